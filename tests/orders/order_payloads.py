"""Orders in the shape of GET /v2/orders, over the dimensions that money has.

What a store may charge: prices with and without tax, entered with two or four
decimals, several rates, rounded per unit, per line or per document, zero-rated lines,
lines taken out, coupons and manual discounts, shipping, handling, wrapping, fees,
several delivery addresses, pickups and downloads, certificates and credit, currencies
with two, three and no decimals.
"""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

RATES = [
    Decimal(rate)
    for rate in "0 5 5.5 7 8.25 8.875 9.975 13 17.5 19 20 21 22 25 25.5".split()
]
CURRENCIES = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}
# What is rounded to cents, and where half cents go: stores differ (fact F81).
STEPS = ("unit", "line", "document")
HALVES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def rounded(amount, decimals, half=ROUND_HALF_UP):
    return amount.quantize(Decimal(1).scaleb(-decimals), half)


@st.composite
def orders(draw, currencies=tuple(CURRENCIES)):
    """Return the payload of an order that adds up as a store's does.

    What GET /v2/orders/{id}/taxes would list stands under `_taxes`, the rates that the
    store has set up under `_rates`.
    """
    currency = draw(st.sampled_from(currencies))
    shop = _Shop(draw, CURRENCIES[currency])
    lines = [shop.line(number) for number in range(1, draw(st.integers(1, 6)) + 1)]
    destinations = shop.destinations()
    wrapping = shop.cost("gift-wrapping")
    fees = [shop.fee(number) for number in range(draw(st.integers(0, 2)))]
    costs = shop.costs(destinations, wrapping)
    extra = [*costs.values(), *((fee["net"], fee["gross"]) for fee in fees)]
    gross = sum(line["paid"] for line in lines) + sum(cost[1] for cost in extra)
    net = sum(line["paid_net"] for line in lines) + sum(cost[0] for cost in extra)
    # the document is rounded at last
    gross, tax = shop.cents(gross), shop.cents(gross - net)
    net = gross - tax
    payload = {
        **HEADER,
        "is_tax_inclusive_pricing": shop.inclusive,
        "default_currency_code": currency,
        "items_total": sum(line["payload"]["quantity"] for line in lines),
        "subtotal_ex_tax": text(sum(line["net"] for line in lines)),
        "subtotal_inc_tax": text(sum(line["gross"] for line in lines)),
        **shop.discount_fields(lines),
        **shop.tender_fields(gross),
        **cost_fields(costs),
        "total_ex_tax": text(net),
        "total_inc_tax": text(gross),
        "total_tax": text(tax),
        "fees": [fee["payload"] for fee in fees],
        "consignments": shop.consignments(destinations, lines),
        "_is_whole": shop.step != "document",
        "_taxes": shop.tax_lines,
        "_rates": shop.rates,
    }
    return payload


def cost_fields(costs):
    """Return the fields of an order's costs: {name: (without tax, with tax)}."""
    return {
        f"{name}_cost_{side}": text(amount)
        for name, amounts in costs.items()
        for side, amount in zip(("ex_tax", "inc_tax"), amounts, strict=True)
    }


ADDRESS = {
    "first_name": "Ana",
    "last_name": "Silva",
    "company": "",
    "street_1": "Rua A 1",
    "street_2": "",
    "city": "Porto",
    "state": "",
    "zip": "4000-001",
    "country": "Portugal",
    "country_iso2": "PT",
    "phone": "",
    "email": "ana@example.com",
}
# What all orders have in common.
HEADER = {
    "id": 1000,
    "status_id": 11,
    "customer_id": 0,
    "date_created": "Mon, 02 Mar 2026 09:15:04 +0000",
    "date_modified": "Mon, 02 Mar 2026 09:15:31 +0000",
    "payment_method": "Credit Card",
    "payment_status": "captured",
    "billing_address": ADDRESS,
}


def text(amount):
    """Return money as V2 writes it: a string with 4 decimals."""
    return f"{amount:.4f}"


class _Shop:
    """Prices lines and costs the way one store does throughout an order."""

    def __init__(self, draw, decimals):
        self.draw = draw
        self.decimals = decimals
        self.inclusive = draw(st.booleans())
        self.rates = draw(st.lists(st.sampled_from(RATES), min_size=1, max_size=3))
        self.step = draw(st.sampled_from(STEPS))
        self.half = draw(st.sampled_from(HALVES))
        self.tax_lines = []
        # a manual discount may leave a line's tax as it was (orders.v2.oas2.yml,
        # the order product in its first example)
        self.discounts_tax = draw(st.booleans())

    def cents(self, amount):
        return rounded(amount, self.decimals, self.half)

    def of_line(self, amount):
        """Round the amount of a line: where only the document is, to four decimals."""
        return self.cents(amount) if self.step != "document" else rounded(amount, 4)

    def price(self):
        """Return a unit price as a merchant enters it, seldom with four decimals."""
        price = self.money(0, 50_000)
        if self.draw(st.integers(0, 9)) == 0:
            price += Decimal(self.draw(st.integers(0, 99))).scaleb(-4)
        return price

    def costs(self, destinations, wrapping):
        """Return {cost: (without tax, with tax)} of the whole order."""
        totals = {
            name: tuple(
                sum(destination[name][side] for destination in destinations)
                for side in (0, 1)
            )
            for name in ("shipping", "handling")
        }
        return {**totals, "wrapping": wrapping}

    def tax_line(self, kind, rate, line_id=None, address_id=0):
        """Note what the store says of the tax on an amount."""
        self.tax_lines.append(
            {
                "name": "Tax",
                "rate": text(rate),
                "priority": 1,
                "line_item_type": kind,
                "order_product_id": str(line_id) if line_id else None,
                "order_address_id": address_id,
            }
        )

    def money(self, low, high):
        cents = self.draw(st.integers(low, high))
        return Decimal(cents).scaleb(-self.decimals)

    def pair(self, price, rate):
        """Return (without tax, with tax) of a price as it is entered in the store."""
        if self.inclusive:
            return price / (1 + rate / 100), price
        return price, price * (1 + rate / 100)

    def line(self, number):
        rate = self.draw(st.sampled_from(self.rates))
        quantity = self.draw(st.sampled_from([0, 1, 1, 1, 2, 3, 7, 12]))
        self.tax_line("item", rate, 100 + number)
        unit_net, unit_gross, net, gross = self.priced(rate, quantity)
        paid, discounts = self.discounted(gross)
        paid_net = net - (gross - paid)
        if paid == gross:
            paid_net = net
        elif self.discounts_tax or paid_net < 0:
            self.discounts_tax = True
            paid_net = self.of_line(paid / (1 + rate / 100))
        payload = {
            "id": 100 + number,
            "order_id": 1000,
            "product_id": number,
            "variant_id": number,
            "sku": f"SKU-{number}",
            "name": f"Product {number}",
            "type": self.draw(st.sampled_from(["physical"] * 4 + ["digital"])),
            "quantity": quantity,
            "price_ex_tax": text(unit_net),
            "price_inc_tax": text(unit_gross),
            "total_ex_tax": text(net),
            "total_inc_tax": text(gross),
            "total_tax": text(paid - paid_net),
            "discounted_total_inc_tax": text(paid),
            "applied_discounts": discounts,
        }
        return {
            "payload": payload,
            "net": net,
            "gross": gross,
            "paid": paid,
            "paid_net": paid_net,
        }

    def priced(self, rate, quantity):
        """Return the price and the amount of a line, each without and with tax."""
        price = self.price()
        decimals = self.decimals if self.step == "unit" else 4
        unit = [rounded(p, decimals, self.half) for p in self.pair(price, rate)]
        if self.step == "unit":
            return (*unit, *(side * quantity for side in unit))
        return (*unit, *map(self.of_line, self.pair(price * quantity, rate)))

    def discounted(self, gross):
        """Return what is paid for a line, and its discounts: none, one or two."""
        left, discounts = gross, []
        for kind in ("coupon", "manual-discount"):
            share = self.draw(st.sampled_from([0, 0, 0, 10, 15, 33, 100]))
            amount = min(rounded(gross * share / 100, self.decimals), left)
            if amount:
                left -= amount
                coupon = kind == "coupon"
                discounts.append(
                    {
                        "id": kind,
                        "amount": text(amount),
                        "name": f"{share}% off" if coupon else "Manual Discount",
                        "code": f"SAVE{share}" if coupon else None,
                        "target": "order",
                    }
                )
        return left, discounts

    def discount_fields(self, lines):
        amounts = {"coupon": Decimal(0), "manual-discount": Decimal(0)}
        for line in lines:
            for discount in line["payload"]["applied_discounts"]:
                amounts[discount["id"]] += Decimal(discount["amount"])
        return {
            "coupon_discount": text(amounts["coupon"]),
            "discount_amount": text(amounts["manual-discount"]),
        }

    def tender_fields(self, gross):
        certificate = min(self.money(0, 3_000), gross)
        credit = min(self.money(0, 3_000), gross - certificate)
        return {
            "gift_certificate_amount": text(certificate),
            "store_credit_amount": text(credit),
        }

    def destinations(self):
        """Return the costs of each delivery address; none of a pickup."""
        if self.draw(st.integers(0, 7)) == 0:
            nothing = (Decimal(0), Decimal(0))
            return [{"kind": "pickups", "shipping": nothing, "handling": nothing}]
        return [
            {
                "kind": "shipping",
                "shipping": self.cost("shipping", 10 + destination),
                "handling": self.cost("handling", 10 + destination),
            }
            for destination in range(self.draw(st.sampled_from([1, 1, 1, 2, 3])))
        ]

    def consignments(self, destinations, lines):
        digital = [line for line in lines if line["payload"]["type"] == "digital"]
        sent = [line for line in lines if line not in digital]
        result = {"shipping": [], "pickups": [], "downloads": []}
        for number, destination in enumerate(destinations):
            part = {
                "id": 10 + number,
                "line_items": [
                    line["payload"] for line in sent[number :: len(destinations)]
                ],
            }
            if destination["kind"] == "shipping":
                part.update(ADDRESS, street_1=f"Rua {number}")
                part["shipping_method"] = "Flat Rate"
                for cost, name in (("cost", "shipping"), ("handling_cost", "handling")):
                    part[f"{cost}_ex_tax"] = float(destination[name][0])
                    part[f"{cost}_inc_tax"] = float(destination[name][1])
            for line in part["line_items"]:
                line["order_address_id"] = part["id"]
            result[destination["kind"]].append(part)
        if digital:
            result["downloads"] = [
                {"line_items": [line["payload"] for line in digital]}
            ]
        return result

    def cost(self, kind=None, address_id=0):
        """Return (without tax, with tax) of a cost; the tax on a fee is not listed."""
        rate = self.draw(st.sampled_from(self.rates))
        price = self.money(0, 3_000) if self.draw(st.booleans()) else Decimal(0)
        if kind:
            self.tax_line(kind, rate, address_id=address_id)
        net, gross = self.pair(price, rate)
        return self.cents(net), self.cents(gross)

    def fee(self, number):
        net, gross = self.cost()
        payload = {
            "id": number + 1,
            "type": "custom_fee",
            "display_name_customer": f"Fee {number + 1}",
            "cost_ex_tax": text(net),
            "cost_inc_tax": text(gross),
            "cost_tax": text(gross - net),
        }
        return {"payload": payload, "net": net, "gross": gross}
