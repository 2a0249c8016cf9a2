"""The parts of an order by where they go."""


def consignments(kept, with_lines=True, line_cap=None):
    """Return where the parts of an order go (orders.v2.oas2.yml, orderConsignment_Get).

    :param dict kept: the order as the store keeps it
    :param bool with_lines: whole lines, or links to them
    :param line_cap: lines of one consignment that are shown, with a warning when
        there are more
    """

    def part(fields, lines):
        if not with_lines:
            return {**fields, "line_items": _links(kept, lines)}
        shown = {**fields, "line_items": plain(lines[:line_cap])}
        if line_cap and len(lines) > line_cap:
            shown["__warning__"] = f"Only {line_cap} line items are shown."
        return shown

    def lines_of(name, value):
        return [line for line in kept["_lines"] if line[name] == value]

    recipient = {"recipient_email": kept["billing_address"]["email"]}
    pickup, digital = kept["_pickup"], lines_of("type", "digital")
    certificates = lines_of("type", "giftcertificate")
    return {
        "pickups": [part(pickup, lines_of("order_pickup_method_id", pickup["id"]))]
        if pickup
        else [],
        "shipping": [
            part(_address(kept, address), lines_of("order_address_id", address["id"]))
            for address in kept["_addresses"]
        ],
        "downloads": [part(recipient, digital)] if digital else [],
        "email": {
            "gift_certificates": [part(recipient, certificates)] if certificates else []
        },
    }


def plain(lines):
    """Return lines as the API shows them, without what only the store keeps."""
    return [
        {name: value for name, value in line.items() if not name.startswith("_")}
        for line in lines
    ]


def _address(kept, address):
    shown = {name: _number(value) for name, value in address.items()}
    shown["shipping_quotes"] = link(
        f"/orders/{kept['id']}/shippingaddresses/{address['id']}/shipping_quotes"
    )
    return shown


def _links(kept, lines):
    return [link(f"/orders/{kept['id']}/products/{line['id']}") for line in lines]


def _number(value):
    """Costs inside a consignment are JSON numbers (fact F16)."""
    return float(value) if hasattr(value, "quantize") else value


def link(resource):
    """Return the link that stands for a part that was not asked for."""
    base = "https://api.bigcommerce.com/stores/demo/v2"
    return {"url": base + resource, "resource": resource}
