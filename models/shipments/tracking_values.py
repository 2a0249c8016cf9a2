"""What is sent to the store of a shipment, and how it is known again there.

Reads records and writes none.
"""

from ...client.limits import TRACKING_LINK_LENGTH

# What Odoo's delivery methods have in place of the number in their tracking link.
NUMBER_IN_LINK = "<shipmenttrackingnumber>"


def marker(shipment):
    """Return the words in the comments by which a parcel is known again."""
    names = [shipment.picking_id.name, shipment.package_id.name]
    return " ".join(name for name in names if name)


def tracking_values(shipment):
    """Return what of a shipment may change after it was created.

    Fields: orderShipment_Put in orders.v2.oas2.yml. With an empty provider the store
    shows our own link (fact F49).

    :param shipment: bigcommerce.shipment
    :return: dict of str
    """
    mapping = _carrier_mapping(shipment)
    provider = mapping.shipping_provider or ""
    slug = mapping.tracking_carrier or ""
    link = "" if provider or slug else shipment.tracking_link or ""
    comments = [marker(shipment), shipment.other_numbers]
    return {
        "tracking_number": shipment.tracking_number or "",
        "shipping_provider": provider,
        "tracking_carrier": slug,
        "tracking_link": link if len(link) <= TRACKING_LINK_LENGTH else "",
        "shipping_method": shipment.carrier_id.name or "",
        "comments": "\n".join(text for text in comments if text),
    }


def odoo_link(shipment):
    """Return the carrier's page that shows a parcel, as Odoo knows it, or False."""
    number = shipment.tracking_number or (shipment.other_numbers or "").split(", ")[0]
    if not number:
        return False
    template = shipment.carrier_id.tracking_url or ""
    if NUMBER_IN_LINK in template:
        return template.replace(NUMBER_IN_LINK, number)
    links = shipment.picking_id.get_multiple_carrier_tracking()
    if links:
        return next((link for name, link in links if number in (name, link)), False)
    return shipment.picking_id.carrier_tracking_url


def find_twin(shipment, remotes, others):
    """Return the one among the store's shipments that is this one, or None.

    By the marker in its comments, else by tracking number and items, else, as one
    that was made by hand has neither, by the same items where a number is missing
    (fact F13). What is another parcel's is never
    taken.

    :param shipment: bigcommerce.shipment
    :param list remotes: dicts of GET /v2/orders/{id}/shipments
    :param others: the other bigcommerce.shipment records of the order
    """
    taken, markers = set(others.mapped("remote_id")), {marker(o) for o in others}
    own = marker(shipment)
    free = [
        remote
        for remote in remotes
        if remote.get("order_address_id") == shipment.order_address_id
        and remote["id"] not in taken
        and (_first_line(remote) == own or _first_line(remote) not in markers)
    ]
    number = shipment.tracking_number or ""
    same = [r for r in free if units_of(r.get("items")) == units_of(shipment.items)]
    numbers = [(remote, remote.get("tracking_number") or "") for remote in same]
    candidates = [
        *(remote for remote in free if _first_line(remote) == own),
        *(remote for remote, other in numbers if number and other == number),
        *(remote for remote, other in numbers if not number or not other),
    ]
    return candidates[0] if candidates else None


def _first_line(remote):
    return (remote.get("comments") or "").split("\n")[0].strip()


def _carrier_mapping(shipment):
    """Return how the store calls the carrier of a parcel, if it is mapped.

    Several services of a store may be carried by one carrier: the first that names a
    provider or a tracking carrier is taken.
    """
    return shipment.backend_id.shipping_mapping_ids.filtered(
        lambda mapping: (
            mapping.carrier_id == shipment.carrier_id
            and mapping.carrier_id
            and (mapping.shipping_provider or mapping.tracking_carrier)
        )
    )[:1]


def units_of(items):
    """Return what a shipment holds as {order_product_id: quantity}."""
    units = {}
    for item in items or ():
        key = int(item["order_product_id"])
        units[key] = units.get(key, 0) + int(item["quantity"])
    return units
