from urllib.parse import urljoin


def open_in_control_panel(backend, path):
    """Return the action that opens a page of a store's control panel.

    :param str path: of the page
    """
    domain = f"https://store-{backend.store_hash}.mybigcommerce.com/"
    return {"type": "ir.actions.act_url", "url": urljoin(domain, path)}
