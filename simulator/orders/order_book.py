from decimal import Decimal

from ..formats import money, rfc2822
from ..pricing.totals import price_cost, terms_of, totals
from .cart import Item
from .order_lines import apply_discounts, line_row
from .statuses import STATUSES, WITHOUT_STOCK

ADDRESS = {
    "first_name": "Sam",
    "last_name": "Shopper",
    "company": "",
    "street_1": "1 Market Street",
    "street_2": "",
    "city": "Austin",
    "state": "Texas",
    "zip": "78701",
    "country": "United States",
    "country_iso2": "US",
    "phone": "512-555-0100",
    "email": "sam@example.com",
}


class OrderBook:
    """The store's orders, their lines and addresses."""

    def __init__(self, shop):
        self._shop = shop
        self.orders = {}
        self._next_id = {"order": 1000, "line": 5000, "address": 300, "fee": 40}

    def _id(self, kind):
        self._next_id[kind] += 1
        return self._next_id[kind]

    def place(self, items, options):
        """Write down an order.

        :param items: list of Item
        :param dict options: as `Shop.buy` takes them, all given
        :return: dict, the order
        """
        order_id = self._id("order")
        billing = {**ADDRESS, **(options["billing"] or {})}
        if options["email"]:
            billing["email"] = options["email"]
        order = {
            **self._header(order_id, options, billing),
            "_options": options,
            "_terms": terms_of(self._shop, options),
            "_lines": [],
            "_addresses": [],
            "_pickup": None,
            "_fees": [],
        }
        for item in items:
            self.add_line(order, item)
        self._send(order, billing, options)
        order["_fees"] = [self._fee(order, *fee) for fee in options["fees"]]
        self.price(order)
        self.orders[order_id] = order
        return order

    def add_line(self, order, item):
        """Add a line, and one for each part of a bundle."""
        row = self._row(order, item)
        order["_lines"].append(row)
        for sku, quantity in item.parts:
            part = self._row(order, Item(sku, quantity, item.place, price=0))
            part["parent_order_product_id"] = row["id"]
            part["is_bundled_product"] = True
            order["_lines"].append(part)

    def set_quantity(self, order, line_id, quantity):
        """Change a line's quantity; a removed line stays with quantity 0
        (bigcommerce-api.md section 4.5)."""
        row = next(row for row in order["_lines"] if row["id"] == line_id)
        item = row["_item"]
        item.quantity = quantity
        kept = (
            "order_address_id",
            "order_pickup_method_id",
            "quantity_shipped",
            "quantity_refunded",
            "parent_order_product_id",
            "is_bundled_product",
        )
        fresh = line_row(line_id, order["id"], item, row["_article"], order["_terms"])
        row.update({**fresh, **{name: row[name] for name in kept}})

    def price(self, order):
        """Work out discounts and totals from the order's parts."""
        rows, addresses = order["_lines"], order["_addresses"]
        apply_discounts(rows, order["_terms"])
        order.update(totals(rows, addresses, order["_fees"]))
        for address in addresses:
            address["items_total"] = sum(
                row["quantity"]
                for row in rows
                if row["order_address_id"] == address["id"]
            )

    def _row(self, order, item):
        return line_row(
            self._id("line"), order["id"], item, self._article(item), order["_terms"]
        )

    def _article(self, item):
        """Return what an item is: of the catalogue, or made up for this order."""
        shop = self._shop
        if not item.sku:
            untaxed = item.type == "giftcertificate"
            return {
                "product_id": 0,
                "variant_id": None,
                "name": item.name,
                "sku": "",
                "upc": "",
                "type": item.type,
                "price": Decimal(0),
                "rate": Decimal(0) if untaxed else shop.tax_rate,
                "weight": 0.0,
                "option_values": [],
            }
        variant = shop.catalog.variant_by_sku(item.sku)
        product = shop.catalog.products[variant["product_id"]]
        rate, own = product["_tax_rate"], variant["price"]
        return {
            "product_id": product["id"],
            "variant_id": variant["id"],
            "name": product["name"],
            "sku": variant["sku"],
            "upc": variant["upc"],
            "type": product["type"],
            "price": Decimal(str(product["price"] if own is None else own)),
            "rate": shop.tax_rate if rate is None else rate,
            "weight": product["weight"],
            "option_values": variant["option_values"],
        }

    def _send(self, order, billing, options):
        """Say where the physical lines go: to addresses, or to be collected."""
        rows = [row for row in order["_lines"] if row["type"] == "physical"]
        order["order_is_digital"] = not rows
        order["shipping_address_count"] = 0
        if not rows:
            return
        if options["pickup"]:
            order["_pickup"] = self._pickup(options["pickup"])
            for row in rows:
                row["order_pickup_method_id"] = order["_pickup"]["id"]
            return
        wanted = options["addresses"] or [options["shipping"] or {}]
        for place, address in enumerate(wanted):
            kept = self._address(order, {**billing, **address}, options, place)
            order["_addresses"].append(kept)
        order["shipping_address_count"] = len(wanted)
        for row in rows:
            place = row["_item"].place
            row["order_address_id"] = order["_addresses"][place]["id"]

    def _address(self, order, address, options, place):
        """Return a delivery address; the shipping cost is paid for each."""
        terms = order["_terms"]

        def cost(amount):
            return price_cost(amount, terms.rate, terms.inclusive, terms.decimals)

        own = address.pop("shipping_cost", options["shipping_cost"])
        net, gross = cost(own)
        handling = cost(options["handling"] if not place else 0)
        return {
            **address,
            "id": self._id("address"),
            "form_fields": [],
            "items_total": 0,
            "items_shipped": 0,
            "shipping_method": address.pop(
                "shipping_method", options["shipping_method"]
            ),
            "base_cost": net,
            "cost_ex_tax": net,
            "cost_inc_tax": gross,
            "cost_tax": gross - net,
            "cost_tax_class_id": 0,
            "base_handling_cost": handling[0],
            "handling_cost_ex_tax": handling[0],
            "handling_cost_inc_tax": handling[1],
            "handling_cost_tax": handling[1] - handling[0],
            "handling_cost_tax_class_id": 0,
            "shipping_zone_id": 1,
            "shipping_zone_name": "Everywhere",
        }

    def _pickup(self, location_id):
        location = self._shop.catalog.locations[location_id]
        return {
            "id": self._id("address"),
            "pickup_method_id": 1,
            "pickup_method_display_name": "Collect in store",
            "collection_instructions": "Bring your ID",
            "collection_time_description": "9am - 6pm",
            "location": {
                "id": location_id,
                "name": location["label"],
                "code": location["code"],
                "address_line_1": "1 Shop Street",
                "address_line_2": "",
                "city": "Austin",
                "state": "Texas",
                "postal_code": "78701",
                "country_alpha2": "US",
                "email": "shop@example.com",
                "phone": "512-555-0199",
            },
        }

    def _fee(self, order, name, amount):
        terms = order["_terms"]
        net, gross = price_cost(amount, terms.rate, terms.inclusive, terms.decimals)
        return {
            "id": self._id("fee"),
            "type": "custom_fee",
            "display_name_customer": name,
            "display_name_merchant": name,
            "source": "AA",
            "base_cost": money(net),
            "cost_ex_tax": money(net),
            "cost_inc_tax": money(gross),
            "cost_tax": money(gross - net),
            "tax_class_id": None,
        }

    def _header(self, order_id, options, billing):
        shop, status_id = self._shop, options["status_id"]
        name = STATUSES[status_id][0]
        now = rfc2822(shop.now())
        paid = status_id not in (0, 1, 6, 7)
        return {
            "id": order_id,
            "customer_id": options["customer_id"],
            "date_created": now,
            "date_modified": now,
            "date_shipped": "",
            "status_id": status_id,
            "status": name,
            "custom_status": name,
            "channel_id": 1,
            "order_source": "www",
            "cart_id": f"00000000-0000-4000-8000-{order_id:012d}",
            "is_deleted": False,
            "is_tax_inclusive_pricing": shop.tax_inclusive,
            "store_credit_amount": money(options["store_credit"]),
            "gift_certificate_amount": money(options["gift_certificate"]),
            "refunded_amount": "0.0000",
            "payment_method": options["payment_method"],
            "payment_provider_id": f"pi_{order_id}",
            "payment_status": "captured" if paid else "",
            "currency_id": 1,
            "currency_code": options["currency"] or shop.currency,
            "currency_exchange_rate": "1.0000000000",
            "default_currency_id": 1,
            "default_currency_code": options["currency"] or shop.currency,
            "store_default_currency_code": shop.currency,
            "store_default_to_transactional_exchange_rate": "1.0000000000",
            "customer_locale": "en",
            "customer_message": options["note"],
            "staff_notes": "",
            "external_id": None,
            "external_order_id": "",
            "external_source": None,
            "external_merchant_id": None,
            "tax_provider_id": "BasicTaxProvider",
            "ebay_order_id": "0",
            "ip_address": "192.0.2.1",
            "geoip_country": billing["country"],
            "geoip_country_iso2": billing["country_iso2"],
            "is_email_opt_in": False,
            "billing_address": {**billing, "form_fields": []},
            "items_shipped": 0,
        }

    def set_status(self, order, status_id):
        """Set a status; cancelling and the like give the units back, and an order
        that comes back to life takes them again."""
        had_stock = order["status_id"] not in WITHOUT_STOCK
        holds_stock = status_id not in WITHOUT_STOCK
        order["status_id"] = status_id
        order["status"] = order["custom_status"] = STATUSES[status_id][0]
        if had_stock != holds_stock:
            for line in order["_lines"]:
                left = line["quantity"] - line["quantity_shipped"]
                self.move_stock(line, left if holds_stock else -left)

    def move_stock(self, line, quantity):
        """Take units of a line from the stock, or give them back below 0."""
        catalog = self._shop.catalog
        variant = catalog.variants.get(line.get("variant_id"))
        if variant and catalog.is_tracked(variant):
            catalog.take(variant, quantity)
