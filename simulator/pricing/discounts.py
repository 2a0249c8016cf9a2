"""The discounts of an order, spread over its lines."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ..formats import cents, money


@dataclass(frozen=True)
class Discount:
    """A reduction of an order: a percentage of its lines, or an amount with tax."""

    id: str
    name: str
    code: str | None = None
    percent: Decimal | None = None
    amount: Decimal = Decimal(0)
    target: str = "order"


def apply_discounts(rows, terms):
    """Reduce the lines by all discounts of an order, each spread over them.

    Percentages count from the line's total; an amount is spread in proportion to
    the lines (orders.v2.oas2.yml, orderProductAppliedDiscounts).
    """
    left = {row["id"]: Decimal(row["total_inc_tax"]) for row in rows}
    for row in rows:
        row["applied_discounts"] = []
    for discount in terms.discounts:
        for row, amount in _shares(discount, rows, left, terms):
            _reduce(row, discount, amount, left)
    for row in rows:
        if amount := min(Decimal(row["_item"].discount), left[row["id"]]):
            manual = replace(terms.manual, target="product")
            _reduce(row, manual, amount, left)
    for row in rows:
        paid, gross = left[row["id"]], Decimal(row["total_inc_tax"])
        net = Decimal(row["total_ex_tax"])
        factor = 1 + row["_article"]["rate"] / 100
        paid_net = (
            net if paid == gross else terms.rounding.paid(paid / factor, terms.decimals)
        )
        row["discounted_total_inc_tax"] = money(paid)
        row["total_tax"] = money(paid - paid_net)


def _shares(discount, rows, left, terms):
    """Yield (row, amount) of a discount."""
    rows = [row for row in rows if row["type"] != "giftcertificate"]
    if discount.percent is not None:
        for row in rows:
            share = Decimal(row["total_inc_tax"]) * discount.percent / 100
            yield row, min(cents(share, terms.decimals), left[row["id"]])
        return
    whole = sum(left[row["id"]] for row in rows)
    rest, base = min(discount.amount, whole), whole
    for row in rows:
        part = left[row["id"]]
        share = cents(rest * part / base, terms.decimals) if base else Decimal(0)
        yield row, share
        rest, base = rest - share, base - part


def _reduce(row, discount, amount, left):
    if not amount:
        return
    left[row["id"]] -= amount
    row["applied_discounts"].append(
        {
            "id": discount.id,
            "amount": money(amount),
            "name": discount.name,
            "code": discount.code,
            "target": discount.target,
        }
    )
