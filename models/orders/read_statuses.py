# Order numbers that one call for headers covers: fewer than a page's 250 rows.
SPAN = 249


def read_statuses(client, numbers):
    """Return {order number: status id} of orders as the store has them now.

    Hundreds in a call, where the numbers lie close together; an order that the store
    does not have is not there.

    :param client: client.Client of the store
    :param numbers: iterable of order numbers
    """
    statuses, left = {}, sorted(numbers)
    while left:
        span = {number for number in left if number < left[0] + SPAN}
        for header in client.order_headers(min_id=min(span), max_id=max(span)):
            if header.get("id") in span:
                statuses[header["id"]] = header.get("status_id")
        left = left[len(span) :]
    return statuses
