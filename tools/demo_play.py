"""The main job, played as people and scheduled actions would do it."""

import time

import requests

TOKEN = "demo-token"


class Odoo:
    """Odoo's external API, as any other program would use it."""

    def __init__(self, url, database):
        self._url = f"{url}/jsonrpc"
        self._database = database
        self._uid = self._call("common", "login", database, "admin", "admin")

    def __call__(self, model, method, *args, **kwargs):
        """Call a method of a model; return its answer."""
        login = (self._database, self._uid, "admin")
        return self._call(
            "object", "execute_kw", *login, model, method, list(args), kwargs
        )

    def read(self, model, domain, fields, **options):
        """Return the records of a model that match, as dicts."""
        return self(model, "search_read", domain, fields=fields, **options)

    def _call(self, service, method, *args):
        body = {"service": service, "method": method, "args": args}
        answer = requests.post(
            self._url,
            json={"jsonrpc": "2.0", "method": "call", "params": body},
            timeout=300,
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer.get("result")


class Store:
    """The store's own API, to look at what it shows."""

    def __init__(self, url):
        self.api_path = f"{url}/stores/demo/v3/"
        self._base = f"{url}/stores/demo"

    def get(self, path, **params):
        """Return what an endpoint answers; nothing for 204."""
        answer = requests.get(
            self._base + path,
            params=params,
            headers={"X-Auth-Token": TOKEN, "Accept": "application/json"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else []

    def orders(self):
        """Return all orders, by number."""
        return self.get("/v2/orders", limit=250, sort="id:asc")

    def shipments(self, order_id):
        """Return the shipments of an order."""
        return self.get(f"/v2/orders/{order_id}/shipments")

    def products(self):
        """Return {id: product}."""
        return {row["id"]: row for row in self._data("/v3/catalog/products")}

    def variants(self):
        """Return all variants, base variants of simple products included."""
        return self._data("/v3/catalog/variants")

    def levels(self):
        """Return {variant id: quantity on hand}."""
        return {
            item["identity"]["variant_id"]: sum(
                place["total_inventory_onhand"] for place in item["locations"]
            )
            for item in self._data("/v3/inventory/items")
        }

    def _data(self, path):
        return self.get(path, limit=250)["data"]


class Play:
    """Links the two and plays an ordinary day."""

    def __init__(self, odoo_url, database, store_url, say):
        self.odoo = Odoo(odoo_url, database)
        self.store = Store(store_url)
        self.say = say
        self.backend_id = None
        self.parcels = {}

    def run(self):
        """Play all of it, from the first connection to the last quantity."""
        self.connect()
        self.bring_in_the_goods()
        self.link()
        self.cron("import_orders", "importing the waiting orders")
        self.deliver()
        self.cron("export_shipments", "telling the store about the parcels")
        self.receive_and_sell_out()
        self.cron("push_inventory", "sending quantities and visibility")
        # the store accepts quantities at once, and applies them a little later
        time.sleep(1)

    def connect(self):
        self.say("connecting the store, fetching its settings")
        self.backend_id = self.odoo(
            "bigcommerce.backend",
            "create",
            {
                "name": "Demo Outdoor Shop",
                "api_path": self.store.api_path,
                "access_token": TOKEN,
                "visibility_policy": "all",
            },
        )
        self.button("action_test_connection")
        self.button("action_fetch_settings")
        self.map_shipping()
        self.map_tax()

    def map_shipping(self):
        """Give each shipping service a delivery method with a tracking page."""
        product = self.odoo(
            "product.product", "create", {"name": "Delivery", "type": "service"}
        )
        for service in self.odoo.read(
            "bigcommerce.shipping.mapping",
            [("backend_id", "=", self.backend_id)],
            ["name"],
        ):
            carrier = self.odoo(
                "delivery.carrier",
                "create",
                {
                    "name": service["name"],
                    "product_id": product,
                    "tracking_url": "https://tracking.example.com/"
                    "<shipmenttrackingnumber>",
                },
            )
            self.odoo(
                "bigcommerce.shipping.mapping",
                "write",
                [service["id"]],
                {"carrier_id": carrier},
            )

    def map_tax(self):
        """Have a tax made for the rate that the store charges."""
        mapping = self.odoo(
            "bigcommerce.tax.mapping",
            "create",
            {"backend_id": self.backend_id, "name": "Sales Tax 20 %", "rate": 20},
        )
        self.odoo("bigcommerce.tax.mapping", "action_create_tax", [mapping])

    def bring_in_the_goods(self):
        """Create the products with what lies on the shelf.

        That is what the store shows plus what it has sold and not yet sent.
        """
        self.say("creating products with their stock")
        levels, sold = self.store.levels(), self.sold_units()
        products = self.store.products()
        for variant in self.store.variants():
            if not variant["sku"]:
                continue
            product = products[variant["product_id"]]
            product_id = self.odoo(
                "product.product",
                "create",
                {
                    "name": product["name"],
                    "default_code": variant["sku"],
                    "list_price": float(variant["price"] or product["price"]),
                    "is_storable": product["type"] == "physical",
                    "type": "consu" if product["type"] == "physical" else "service",
                },
            )
            units = levels.get(variant["id"], 0) + sold.get(variant["id"], 0)
            if product["type"] == "physical" and units:
                self.count(product_id, units)

    def sold_units(self):
        """Return {variant id: units} of orders that wait to be sent."""
        sold = {}
        for order in self.store.orders():
            if order["status_id"] in (7, 8, 9, 11, 12, 13, 1):
                for line in self.store.get(f"/v2/orders/{order['id']}/products"):
                    variant_id = line["variant_id"]
                    sold[variant_id] = sold.get(variant_id, 0) + line["quantity"]
        return sold

    def count(self, product_id, units):
        """Count a product's stock in the warehouse."""
        (warehouse,) = self.odoo.read("stock.warehouse", [], ["lot_stock_id"], limit=1)
        quant = self.odoo(
            "stock.quant",
            "create",
            {
                "product_id": product_id,
                "location_id": warehouse["lot_stock_id"][0],
                "inventory_quantity": units,
            },
            context={"inventory_mode": True},
        )
        self.odoo("stock.quant", "action_apply_inventory", [quant])

    def link(self):
        self.say("linking the store's listings by SKU")
        self.button("action_link_products")
        self.odoo(
            "bigcommerce.backend", "write", [self.backend_id], {"sync_inventory": True}
        )
        self.button("action_go_live")

    def deliver(self):
        """Deliver three orders: one whole, one in two parcels, one in part."""
        self.say("delivering: one order whole, one in two parcels, one in part")
        pickings = self.odoo.read(
            "stock.picking",
            [("sale_id.bigcommerce_order_id", "!=", False), ("state", "=", "assigned")],
            ["name", "move_ids", "sale_id"],
            order="id",
        )
        many = [p for p in pickings if len(p["move_ids"]) > 1]
        whole = next(p for p in pickings if p not in many)
        self.deliver_whole(whole, "TRACK-1001")
        self.deliver_in_parcels(many[0], ["TRACK-2001", "TRACK-2002"])
        self.deliver_first_line(many[1], "TRACK-3001")

    def deliver_whole(self, picking, number):
        self.track(picking, number)
        self.odoo("stock.picking", "button_validate", [picking["id"]])

    def deliver_in_parcels(self, picking, numbers):
        """Put the first line into one package and the others into another."""
        lines = self.odoo.read(
            "stock.move.line", [("picking_id", "=", picking["id"])], ["id"], order="id"
        )
        groups = [lines[:1], lines[1:]]
        for group, number in zip(groups, numbers, strict=True):
            package = self.odoo(
                "stock.package", "create", {"bigcommerce_tracking_number": number}
            )
            self.odoo(
                "stock.move.line",
                "write",
                [line["id"] for line in group],
                {"result_package_id": package},
            )
        self.odoo("stock.picking", "button_validate", [picking["id"]])

    def deliver_first_line(self, picking, number):
        """Deliver one line and leave the others to a backorder."""
        self.track(picking, number)
        first, *others = picking["move_ids"]
        self.odoo("stock.move", "write", [first], {"picked": True})
        self.odoo("stock.move", "write", others, {"quantity": 0})
        self.odoo(
            "stock.picking",
            "button_validate",
            [picking["id"]],
            context={"skip_backorder": True},
        )

    def track(self, picking, number):
        self.odoo(
            "stock.picking", "write", [picking["id"]], {"carrier_tracking_ref": number}
        )

    def receive_and_sell_out(self):
        """More of one product comes in, the last of another goes."""
        self.say("receiving stock of one product, selling out another")
        listed = self.odoo.read(
            "bigcommerce.variant",
            [
                ("product_id", "!=", False),
                ("bigcommerce_product_id.inventory_tracking", "!=", "none"),
                ("bigcommerce_product_id.is_visible", "=", True),
            ],
            ["product_id", "bigcommerce_product_id"],
            order="id",
        )
        alone = [
            row
            for row in listed
            if sum(
                other["bigcommerce_product_id"] == row["bigcommerce_product_id"]
                for other in listed
            )
            == 1
        ]
        self.count(listed[0]["product_id"][0], 250)
        self.count(alone[-1]["product_id"][0], 0)

    def button(self, method):
        """Press a button of the store's form."""
        self.odoo("bigcommerce.backend", method, [self.backend_id])

    def cron(self, name, text):
        """Run a scheduled action as the scheduler does."""
        self.say(text)
        (cron,) = self.odoo.read(
            "ir.model.data",
            [("module", "=", "connector_bigcommerce"), ("name", "=", f"cron_{name}")],
            ["res_id"],
        )
        self.odoo("ir.cron", "method_direct_trigger", [cron["res_id"]])
