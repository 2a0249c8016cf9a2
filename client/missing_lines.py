"""Orders whose lines the list leaves out, and how they are put together again."""

from .parsing import consignment_parts
from .reading import Reader


def lines_are_missing(payload):
    """Tell whether a listed order lacks lines that must be read by themselves.

    The list caps lines at 50 a consignment (then a `__warning__` appears), and has
    been seen without any (fact F24).
    """
    order = Reader(payload, f"order {payload.get('id')}")
    consignments = order.part("consignments")
    if not isinstance(consignments.raw, dict) or "url" in consignments.raw:
        return True
    if _has_warning(consignments.raw):
        return True
    lines = [
        line
        for _kind, part in consignment_parts(consignments)
        for line in part.parts("line_items")
    ]
    if any("url" in line.raw for line in lines):
        return True
    items = sum(line.integer("quantity") for line in lines)
    return items != order.integer("items_total") and not _bundled(lines)


def _bundled(lines):
    """Tell whether a bundle is among the lines: its parts may not be counted."""
    return bool(lines) and any(line.raw.get("is_bundled_product") for line in lines)


def _has_warning(value):
    if isinstance(value, dict):
        return "__warning__" in value or any(map(_has_warning, value.values()))
    return isinstance(value, list) and any(map(_has_warning, value))


def put_together(payload, lines, addresses):
    """Return the consignments of an order whose lines were read by themselves.

    :param dict payload: the order as the list shows it
    :param list lines: its lines
    :param list addresses: its delivery addresses
    :return: dict, as `consignments` of a complete payload
    """
    known = payload.get("consignments")
    known = known if isinstance(known, dict) else {}
    shipping = [
        {**address, "line_items": _of(lines, "order_address_id", address)}
        for address in addresses
    ]
    placed = _line_ids(shipping)
    rest = [line for line in lines if line["id"] not in placed]
    pickups = [
        {**pickup, "line_items": _of(rest, "order_pickup_method_id", pickup)}
        for pickup in known.get("pickups") or ()
    ]
    placed = _line_ids(pickups)
    others = [line for line in rest if line["id"] not in placed]
    downloads = [{"line_items": others}] if others else []
    return {"shipping": shipping, "pickups": pickups, "downloads": downloads}


def _of(lines, name, consignment):
    return [line for line in lines if line.get(name) == consignment["id"]]


def _line_ids(consignments):
    return {line["id"] for part in consignments for line in part["line_items"]}
