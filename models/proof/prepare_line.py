"""A named difference as a line of a proof: with the record to look at."""

from .orders_in_odoo import credit_notes, posted_invoices


def prepare_line(proof, number, order, difference, record=None, status=""):
    """Return the values of a proof's line.

    :param proof: bigcommerce.proof
    :param int number: of the order in the store
    :param order: its inbox row, or none
    :param Difference difference: of it
    :param record: that differs; by default the one that the cause is about
    :param str status: of the order in the store, in words
    """
    record = record or _find_record(order, difference.cause)
    return {
        "proof_id": proof.id,
        "order_number": number,
        "order_id": order.id,
        "cause": difference.cause,
        "value_store": float(difference.store),
        "value_odoo": float(difference.odoo),
        "res_model": record._name if record else False,
        "res_id": record.id,
        "record_name": record.display_name or False,
        "detail": _find_detail(order, record, difference.cause, status),
    }


def _find_record(order, cause):
    """Return what a person has to look at; the inbox row where there is no other."""
    sales = order.sale_order_ids
    live = sales.filtered(lambda sale: sale.state != "cancel")
    deliveries = sales.picking_ids.filtered(
        lambda picking: picking.location_dest_id.usage == "customer"
    )
    unsent = order.shipment_ids.filtered(lambda parcel: parcel.state != "exported")
    records = {
        "invoice_open": posted_invoices(order),
        "credit_amount": credit_notes(order),
        "credit_alone": credit_notes(order),
        "shipped_store": deliveries.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        ),
        "shipped_odoo": unsent
        or deliveries.filtered(lambda picking: picking.state == "done"),
    }
    if cause in ("held", "waiting", "missing_odoo", "left_out", "archived"):
        return order
    return (records.get(cause) or live or sales or order)[:1]


def _find_detail(order, record, cause, status):
    """Return what the record says of itself, or the store of an order."""
    if record and "error" in record._fields and record.error:
        return record.error
    if cause in ("left_out", "cancelled_store"):
        return status or False
    return order.error or False
