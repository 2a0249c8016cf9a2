"""Where an order of a store and what Odoo has of it do not say the same.

Pure functions: both sides go in, named differences come out. Money is in the currency
of the order, rounded to its decimals.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .amounts import ZERO


@dataclass(frozen=True)
class InStore:
    """An order as the store shows it now.

    day: on which it was placed, by the store's calendar
    status: in the merchant's words
    is_void: cancelled or declined: no sale
    is_left_out: in a status whose orders are not imported
    is_refunded: wholly, by its status
    has_refunds: money was given back, the store does not say how much (fact F45)
    is_sent: by its status, whatever shipments there are (fact F31)
    is_collected: the shopper fetches it, there are no shipments (fact F50)
    """

    number: int
    day: date
    currency: str
    total: Decimal
    tax: Decimal
    items: int
    shipped: int
    status: str = ""
    is_void: bool = False
    is_archived: bool = False
    is_left_out: bool = False
    is_refunded: bool = False
    has_refunds: bool = False
    is_sent: bool = False
    is_collected: bool = False


@dataclass(frozen=True)
class InOdoo:
    """What Odoo has of an order.

    state: of the inbox; empty when it never came in
    sold: whether there are sale orders that are not cancelled
    cancelled: whether there are sale orders, and all are cancelled
    invoiced: posted invoices
    credited: credit notes
    has_refunds: refunds of the store are known here
    waiting: whether goods are still to be sent
    record: what it was read from
    """

    state: str = ""
    sold: bool = False
    cancelled: bool = False
    currency: str = ""
    total: Decimal = ZERO
    tax: Decimal = ZERO
    shipped: int = 0
    invoiced: Decimal = ZERO
    credited: Decimal = ZERO
    has_refunds: bool = False
    waiting: bool = False
    record: Any = None


class Difference(NamedTuple):
    """Something that is not the same: its cause, and what each side says."""

    cause: str
    store: Decimal
    odoo: Decimal


# Causes that are none: an order that is not meant to be here.
LEFT_OUT = ("left_out", "archived")


def counts_in_store(store, odoo):
    """Tell whether the store's side of a day counts an order.

    One that was given back before anything of it was invoiced here is no sale.

    :param store: InStore, or None where the store has no such order
    """
    if store is None or store.is_void or store.is_archived:
        return False
    if counts_in_odoo(store, odoo):
        return True
    return not (store.is_refunded if odoo.cancelled else store.is_left_out)


def counts_in_odoo(store, odoo):
    """Tell whether Odoo's side of a day counts an order.

    A cancelled one does when it was invoiced and the store gave the money back: the
    books have both.
    """
    refunded = store is not None and store.is_refunded
    return odoo.sold or bool(refunded and odoo.cancelled and odoo.invoiced)


def units_shipped(store, odoo):
    """Return the units that the store has shipped.

    All of them where staff set the status and made no shipment, and the goods still
    wait here.
    """
    if store.is_sent and not store.shipped and odoo.waiting:
        return store.items
    return store.shipped


def has_refunds(store, odoo):
    """Tell whether the refunds of an order are to be compared."""
    if not counts_in_store(store, odoo):
        return False
    return store.has_refunds or odoo.has_refunds or bool(odoo.credited)


def compare(store, odoo):
    """Return what is not the same about one order, refunds left aside.

    :param store: InStore, or None where the store has no such order
    :param InOdoo odoo: the other side
    :return: list of Difference
    """
    here = counts_in_odoo(store, odoo)
    there = counts_in_store(store, odoo)
    if here and there:
        return _compare_sale(store, odoo)
    if here:
        is_void = store is not None and store.is_void
        cause = "cancelled_store" if is_void else "missing_store"
        return [Difference(cause, ZERO, odoo.total)]
    if there:
        return [Difference(_why_missing(odoo), store.total, ZERO)]
    return _compare_nothing(store, odoo)


def compare_refunds(refunds, odoo):
    """Return what is not the same about the refunds of an order.

    :param dict refunds: {number of a refund of the store: (amount, whether Odoo has a
        credit note of it)}
    :param InOdoo odoo: the other side
    :return: list of (Difference, number of the refund or None)
    """
    given = sum((amount for amount, _credited in refunds.values()), ZERO)
    if given == odoo.credited:
        return []
    missing = {number: row[0] for number, row in refunds.items() if not row[1]}
    if given - odoo.credited == sum(missing.values(), ZERO):
        return [
            (Difference("refund_uncredited", amount, ZERO), number)
            for number, amount in missing.items()
        ]
    cause = "credit_amount" if given else "credit_alone"
    return [(Difference(cause, given, odoo.credited), None)]


def _compare_sale(store, odoo):
    """Return what is not the same about an order that both sides count."""
    if store.currency != odoo.currency:
        return [Difference("currency", store.total, odoo.total)]
    found = []
    if store.total != odoo.total:
        found.append(Difference("total", store.total, odoo.total))
    if store.tax != odoo.tax:
        found.append(Difference("tax", store.tax, odoo.tax))
    shipped = units_shipped(store, odoo)
    if not store.is_collected and shipped != odoo.shipped:
        cause = "shipped_store" if shipped > odoo.shipped else "shipped_odoo"
        found.append(Difference(cause, Decimal(shipped), Decimal(odoo.shipped)))
    return found


def _why_missing(odoo):
    """Return why an order that the store counts is no sale order."""
    if odoo.cancelled:
        return "cancelled_odoo"
    if odoo.state == "held":
        return "held"
    return "waiting" if odoo.state in ("pending", "failed") else "missing_odoo"


def _compare_nothing(store, odoo):
    """Return what there is to say of an order that neither side counts."""
    if store is None:
        return []
    if odoo.cancelled:
        left = odoo.invoiced - odoo.credited
        return [Difference("invoice_open", ZERO, left)] if left > 0 else []
    if store.is_archived:
        return [Difference("archived", store.total, ZERO)]
    return [Difference("left_out", store.total, ZERO)] if store.is_left_out else []
