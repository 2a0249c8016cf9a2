// Sends what is for api.bigcommerce.com to the simulated store, and refuses all else.
// The clients can be told no other address than https://api.bigcommerce.com.
const http = require("http");
const https = require("https");
const { urlToHttpOptions } = require("url");

const store = new URL(process.env.STORE_URL);

https.request = (...parts) => {
    const answered = parts.find((part) => typeof part === "function");
    const options = Object.assign({}, ...parts.filter((part) => part !== answered).map(asOptions));
    if ((options.hostname || options.host) !== "api.bigcommerce.com") {
        throw new Error(`${options.hostname || options.host} is not the store`);
    }
    const place = { protocol: "http:", host: store.hostname, hostname: store.hostname, port: store.port };
    return http.request({ ...options, ...place, agent: undefined }, answered);
};

function asOptions(part) {
    if (typeof part === "string") {
        return urlToHttpOptions(new URL(part));
    }
    return part instanceof URL ? urlToHttpOptions(part) : part;
}
