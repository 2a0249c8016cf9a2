from decimal import Decimal

from .formats import money, rfc2822
from .pricing import cost_fields, decimals_of, price_cost, price_line
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
        self._next_id = {"order": 1000, "line": 5000, "address": 300}

    def _id(self, kind):
        self._next_id[kind] += 1
        return self._next_id[kind]

    def place(self, lines, options):
        """Write down an order.

        :param lines: list of (variant, quantity)
        :param dict options: as `Shop.buy` takes them, all given
        :return: dict, the order
        """
        order_id, address_id = self._id("order"), self._id("address")
        billing = {**ADDRESS, **(options["billing"] or {})}
        if options["email"]:
            billing["email"] = options["email"]
        address = {**billing, **(options["shipping"] or {})}
        rows = [
            self._line(order_id, address_id, variant, quantity, options)
            for variant, quantity in lines
        ]
        shipped = [row for row in rows if row["order_address_id"]]
        shipping = price_cost(
            options["shipping_cost"] if shipped else 0,
            self._shop.tax_rate,
            self._shop.tax_inclusive,
            decimals_of(options["currency"] or self._shop.currency),
        )
        addresses = [self._address(address_id, address, shipping, options, shipped)]
        order = {
            **self._header(order_id, options, billing),
            **self._totals(rows, shipping, options["coupon"]),
            "order_is_digital": not shipped,
            "shipping_address_count": 1 if shipped else 0,
            "_lines": rows,
            "_addresses": addresses if shipped else [],
            "_fees": [],
        }
        self.orders[order_id] = order
        return order

    def _line(self, order_id, address_id, variant, quantity, options):
        shop, coupon = self._shop, options["coupon"]
        product = shop.catalog.products[variant["product_id"]]
        rate = product["_tax_rate"]
        rate = shop.tax_rate if rate is None else rate
        own = variant["price"]
        price = Decimal(str(product["price"] if own is None else own))
        percent = Decimal(coupon[1]) if coupon else Decimal(0)
        decimals = decimals_of(options["currency"] or shop.currency)
        paid = price_line(price, quantity, rate, percent, shop.tax_inclusive, decimals)
        line_id = self._id("line")
        return {
            "id": line_id,
            "order_id": order_id,
            "product_id": product["id"],
            "variant_id": variant["id"],
            "order_pickup_method_id": 0,
            "order_address_id": address_id if product["type"] == "physical" else 0,
            "name": product["name"],
            "name_customer": product["name"],
            "name_merchant": product["name"],
            "sku": variant["sku"],
            "upc": variant["upc"],
            "type": product["type"],
            "base_price": money(price),
            "price_ex_tax": money(paid["unit_net"]),
            "price_inc_tax": money(paid["unit_gross"]),
            "price_tax": money(paid["unit_gross"] - paid["unit_net"]),
            "base_total": money(price * quantity),
            "total_ex_tax": money(paid["net"]),
            "total_inc_tax": money(paid["gross"]),
            "total_tax": money(paid["paid"] - paid["paid_net"]),
            "discounted_total_inc_tax": money(paid["paid"]),
            "quantity": quantity,
            "quantity_shipped": 0,
            "quantity_refunded": 0,
            "is_refunded": False,
            "weight": f"{product['weight']:.4f}",
            "wrapping_id": 0,
            "wrapping_name": "",
            "wrapping_message": "",
            "base_wrapping_cost": "0.0000",
            "wrapping_cost_ex_tax": "0.0000",
            "wrapping_cost_inc_tax": "0.0000",
            "wrapping_cost_tax": "0.0000",
            "parent_order_product_id": None,
            "is_bundled_product": False,
            "bin_picking_number": "",
            "gift_certificate_id": None,
            "applied_discounts": _applied(coupon, paid),
            "product_options": _options(line_id, variant),
            "configurable_fields": [],
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

    def _totals(self, rows, shipping, coupon):
        def total(name):
            return sum(Decimal(row[name]) for row in rows)

        gross, paid = total("total_inc_tax"), total("discounted_total_inc_tax")
        tax = total("total_tax") + shipping[1] - shipping[0]
        everything = paid + shipping[1]
        return {
            "subtotal_ex_tax": money(total("total_ex_tax")),
            "subtotal_inc_tax": money(gross),
            "subtotal_tax": money(total("total_tax")),
            **cost_fields("shipping", *shipping),
            **cost_fields("handling", Decimal(0), Decimal(0)),
            **cost_fields("wrapping", Decimal(0), Decimal(0)),
            "discount_amount": "0.0000",
            "coupon_discount": money(gross - paid if coupon else 0),
            "total_ex_tax": money(everything - tax),
            "total_inc_tax": money(everything),
            "total_tax": money(tax),
            "items_total": sum(row["quantity"] for row in rows),
        }

    def _address(self, address_id, address, shipping, options, rows):
        net, gross = shipping
        return {
            **address,
            "id": address_id,
            "form_fields": [],
            "items_total": sum(row["quantity"] for row in rows),
            "items_shipped": 0,
            "shipping_method": options["shipping_method"],
            "base_cost": net,
            "cost_ex_tax": net,
            "cost_inc_tax": gross,
            "cost_tax": gross - net,
            "cost_tax_class_id": 0,
            "base_handling_cost": Decimal(0),
            "handling_cost_ex_tax": Decimal(0),
            "handling_cost_inc_tax": Decimal(0),
            "handling_cost_tax": Decimal(0),
            "handling_cost_tax_class_id": 0,
            "shipping_zone_id": 1,
            "shipping_zone_name": "Everywhere",
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
                self._move_stock(line, 1 if holds_stock else -1)

    def _move_stock(self, line, sign):
        catalog = self._shop.catalog
        variant = catalog.variants.get(line["variant_id"])
        if variant and catalog.is_tracked(variant):
            left = line["quantity"] - line["quantity_shipped"]
            catalog.take(variant, sign * left)


def _applied(coupon, paid):
    reduced = paid["gross"] - paid["paid"]
    if not coupon or not reduced:
        return []
    code, percent = coupon
    return [
        {
            "id": "coupon",
            "amount": money(reduced),
            "name": f"{percent}% off",
            "code": code,
            "target": "order",
        }
    ]


def _options(line_id, variant):
    return [
        {
            "id": line_id * 10 + place,
            "option_id": option["option_id"],
            "order_product_id": line_id,
            "product_option_id": option["option_id"],
            "display_name": option["option_display_name"],
            "display_name_customer": option["option_display_name"],
            "display_name_merchant": option["option_display_name"],
            "display_value": option["label"],
            "display_value_customer": option["label"],
            "display_value_merchant": option["label"],
            "value": str(option["id"]),
            "type": "Multiple choice",
            "name": option["option_display_name"],
            "display_style": "Rectangle",
        }
        for place, option in enumerate(variant["option_values"], 1)
    ]
