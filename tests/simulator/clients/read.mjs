// Lists, filters and pages orders and products with the clients of npm; prints, for
// each client, the ids that it saw: {client: {read: ids}}.
import * as aligent from "@aligent/bigcommerce-api";
import BigCommerce from "node-bigcommerce";
import space48 from "@space48/bigcommerce-api";

const storeHash = process.env.STORE_HASH;
const accessToken = process.env.STORE_TOKEN;
const [minId, sku] = [process.env.MIN_ID, process.env.SKU];

// node-bigcommerce takes paths, and gives a page as it was answered
async function readByPaths() {
    const account = { clientId: "a-client", storeHash, accessToken };
    const client = (apiVersion) => new BigCommerce({ ...account, apiVersion });
    const [v2, v3] = [client("v2"), client("v3")];
    const orders = [];
    for (let page = 1, rows; page === 1 || rows.length; page++) {
        rows = (await v2.get(`/orders?limit=2&page=${page}`)) || [];
        orders.push(...rows);
    }
    const products = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
        const answer = await v3.get(`/catalog/products?limit=2&page=${page}`);
        products.push(...answer.data);
        pages = answer.meta.pagination.total_pages;
    }
    return {
        orders,
        later: await v2.get(`/orders?min_id=${minId}&sort=id:desc`),
        products,
        found: (await v3.get(`/catalog/products?sku=${sku}`)).data,
    };
}

// the other two take typed queries, and page V3 lists themselves
async function readByQueries(Client) {
    const { v2, v3 } = new Client({ storeHash, accessToken });
    const orders = [];
    for (let page = 1, rows; page === 1 || rows; page++) {
        rows = await v2.get("/orders", { query: { limit: 2, page } });
        orders.push(...(rows || []));
    }
    const products = [];
    for await (const product of v3.list("/catalog/products", { query: { limit: 2 } })) {
        products.push(product);
    }
    return {
        orders,
        later: await v2.get("/orders", { query: { min_id: minId, sort: "id:desc" } }),
        products,
        found: await v3.get("/catalog/products", { query: { "sku:in": [sku] } }),
    };
}

const seen = {
    "node-bigcommerce": await readByPaths(),
    "@aligent/bigcommerce-api": await readByQueries(aligent.Management.Client),
    "@space48/bigcommerce-api": await readByQueries(space48.Management.Client),
};
for (const reads of Object.values(seen)) {
    for (const name of Object.keys(reads)) {
        reads[name] = reads[name].map((row) => row.id);
    }
}
console.log(JSON.stringify(seen));
