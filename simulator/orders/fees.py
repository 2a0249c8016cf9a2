"""The fees of an order (orders.v2.oas2.yml, orderFees)."""

from ..formats import money
from ..pricing.prices import price_cost


def fee_row(fee_id, name, amount, terms):
    """Return a fee as the API shows it.

    :param amount: as entered in the store
    :param Terms terms: of the order
    """
    net, gross = price_cost(amount, terms.rate, terms)
    return {
        "id": fee_id,
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
