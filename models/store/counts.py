def count_by_store(backends, model, domain):
    """Return {store: number of its records in a domain}.

    :param backends: bigcommerce.backend records
    :param str model: that has a `backend_id`
    """
    rows = backends.env[model]._read_group(
        [("backend_id", "in", backends.ids), *domain], ["backend_id"], ["__count"]
    )
    return dict(rows)
