"""The parts of an order by where they go."""


def consignments(kept, with_lines=True, line_cap=None):
    """Return where the parts of an order go (orders.v2.oas2.yml, orderConsignment_Get).

    :param dict kept: the order as the store keeps it
    :param bool with_lines: whole lines, or links to them
    :param line_cap: lines of one consignment that are shown, with a warning when
        there are more
    """
    shipping = []
    for address in kept["_addresses"]:
        lines = [
            line for line in kept["_lines"] if line["order_address_id"] == address["id"]
        ]
        part = {k: _number(v) for k, v in address.items()}
        part["shipping_quotes"] = link(
            f"/orders/{kept['id']}/shippingaddresses/{address['id']}/shipping_quotes"
        )
        if with_lines:
            part["line_items"] = lines[:line_cap]
            if line_cap and len(lines) > line_cap:
                part["__warning__"] = f"Only {line_cap} line items are shown."
        else:
            part["line_items"] = _links(kept, lines)
        shipping.append(part)
    return {
        "pickups": [],
        "shipping": shipping,
        "downloads": _downloads(kept, with_lines),
        "email": {"gift_certificates": []},
    }


def _downloads(kept, with_lines):
    lines = [line for line in kept["_lines"] if line["type"] == "digital"]
    if not lines:
        return []
    email = kept["billing_address"]["email"]
    shown = lines if with_lines else _links(kept, lines)
    return [{"recipient_email": email, "line_items": shown}]


def _links(kept, lines):
    return [link(f"/orders/{kept['id']}/products/{line['id']}") for line in lines]


def _number(value):
    """Costs inside a consignment are JSON numbers (section 4.4)."""
    return float(value) if hasattr(value, "quantize") else value


def link(resource):
    """Return the link that stands for a part that was not asked for."""
    base = "https://api.bigcommerce.com/stores/demo/v2"
    return {"url": base + resource, "resource": resource}
