"""Orders in the shape of GET /v2/orders, over the dimensions that money has.

What a store may charge: prices with and without tax, several rates, zero-rated
lines, discounts and coupons, shipping, handling, wrapping, fees, currencies with
and without decimals.
"""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

RATES = [Decimal(rate) for rate in ("0", "5", "7", "8.875", "19", "20", "25.5")]
CURRENCIES = {"USD": 2, "EUR": 2, "JPY": 0}


def rounded(amount, decimals):
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@st.composite
def orders(draw, currencies=tuple(CURRENCIES)):
    """Return the payload of an order that adds up as a store's does."""
    currency = draw(st.sampled_from(currencies))
    shop = _Shop(draw, CURRENCIES[currency])
    lines = [shop.line(number) for number in range(1, draw(st.integers(1, 6)) + 1)]
    costs = {name: shop.cost() for name in ("shipping", "handling", "wrapping")}
    fees = [shop.fee(number) for number in range(draw(st.integers(0, 2)))]
    paid = sum(line["paid"] for line in lines)
    gross = paid + sum(cost[1] for cost in costs.values())
    gross += sum(fee["gross"] for fee in fees)
    net = sum(line["paid_net"] for line in lines)
    net += sum(cost[0] for cost in costs.values()) + sum(fee["net"] for fee in fees)
    discount = sum(line["gross"] - line["paid"] for line in lines)
    payload = {
        "id": 1000,
        "status_id": 11,
        "customer_id": 0,
        "date_created": "Mon, 02 Mar 2026 09:15:04 +0000",
        "date_modified": "Mon, 02 Mar 2026 09:15:31 +0000",
        "is_tax_inclusive_pricing": shop.inclusive,
        "default_currency_code": currency,
        "items_total": sum(line["quantity"] for line in lines),
        "subtotal_ex_tax": text(sum(line["net"] for line in lines)),
        "subtotal_inc_tax": text(sum(line["gross"] for line in lines)),
        "discount_amount": "0.0000",
        "coupon_discount": text(discount),
        "total_ex_tax": text(net),
        "total_inc_tax": text(gross),
        "total_tax": text(gross - net),
        "payment_method": "Credit Card",
        "payment_status": "captured",
        "billing_address": ADDRESS,
        "fees": [fee["payload"] for fee in fees],
        "consignments": {
            "shipping": [
                {
                    **ADDRESS,
                    "id": 10,
                    "shipping_method": "Flat Rate",
                    "cost_ex_tax": float(costs["shipping"][0]),
                    "cost_inc_tax": float(costs["shipping"][1]),
                    "handling_cost_ex_tax": float(costs["handling"][0]),
                    "handling_cost_inc_tax": float(costs["handling"][1]),
                    "line_items": [line["payload"] for line in lines],
                }
            ]
        },
    }
    for name, (cost_net, cost_gross) in costs.items():
        payload[f"{name}_cost_ex_tax"] = text(cost_net)
        payload[f"{name}_cost_inc_tax"] = text(cost_gross)
    return payload


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
        quantity = self.draw(st.integers(1, 12))
        price = self.money(0, 50_000)
        unit_net, unit_gross = (rounded(p, 4) for p in self.pair(price, rate))
        net, gross = (
            rounded(amount, self.decimals)
            for amount in self.pair(price * quantity, rate)
        )
        share = self.draw(st.sampled_from([0, 0, 10, 15, 33, 100]))
        paid = rounded(gross * (100 - share) / 100, self.decimals)
        paid_net = rounded(paid / (1 + rate / 100), self.decimals)
        discounts = []
        if paid != gross:
            discounts.append(
                {
                    "id": "coupon",
                    "amount": text(gross - paid),
                    "name": f"{share}% off",
                    "code": f"SAVE{share}",
                    "target": "order",
                }
            )
        payload = {
            "id": 100 + number,
            "order_id": 1000,
            "product_id": number,
            "variant_id": number,
            "order_address_id": 10,
            "sku": f"SKU-{number}",
            "name": f"Product {number}",
            "type": "physical",
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
            "quantity": quantity,
            "net": net,
            "gross": gross,
            "paid": paid,
            "paid_net": paid_net,
        }

    def cost(self):
        rate = self.draw(st.sampled_from(self.rates))
        price = self.money(0, 3_000) if self.draw(st.booleans()) else Decimal(0)
        net, gross = self.pair(price, rate)
        return rounded(net, self.decimals), rounded(gross, self.decimals)

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
