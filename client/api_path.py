import ipaddress
import re
from urllib.parse import urlsplit

# The one host that tokens of store-level API accounts are for.
API_HOST = "api.bigcommerce.com"


class InvalidApiPath(ValueError):
    """The address entered for a store cannot be used; says why, for a person."""


def corrected(text, auth_method="token"):
    """Return the API path that a person meant who pasted another address of the store.

    The control panel's address and the bare identity name the store, too; a version
    and a scheme may be missing. What names no store is returned as it came.

    :param str text: as it was typed
    :param str auth_method: `token` or `legacy`
    """
    text = text.strip()
    if re.fullmatch(r"[a-z0-9]{6,16}", text):
        text = f"https://{API_HOST}/stores/{text}"
    elif "://" not in text:
        text = f"https://{text}"
    panel = re.match(r"https://store-([a-z0-9]+)\.mybigcommerce\.com(?!/api/)", text)
    if auth_method == "legacy":
        return f"{panel[0]}/api/v2/" if panel else text
    if found := panel or re.match(rf"https://{API_HOST}/stores/([a-z0-9]+)", text):
        return f"https://{API_HOST}/stores/{found[1]}/v3/"
    return text


def base_address(api_path, auth_method="token"):
    """Return the address of a store without its API version.

    :param str api_path: as BigCommerce shows it, such as
        ``https://api.bigcommerce.com/stores/abc123/v3/``; a legacy account's is
        ``https://store-abc123.mybigcommerce.com/api/v2/``
    :param str auth_method: `token` or `legacy`
    :return: str without a slash at its end
    :raise InvalidApiPath: when it is no such address, or would send the token in
        plain text over a network, or to another host than BigCommerce's
    """
    parts = check_host((api_path or "").strip())
    ours = parts.hostname == API_HOST or is_loopback(parts.hostname)
    if auth_method == "token" and not ours:
        raise InvalidApiPath(
            f"A store-level API account is reached at https://{API_HOST}/stores/... "
            "only, not at the storefront's address. The control panel shows the API "
            "path once, when the account is created; the store's identity in it is "
            "also in the control panel's own address: store-....mybigcommerce.com."
        )
    if parts.username or parts.query or parts.fragment:
        raise InvalidApiPath("The API path must hold nothing but host and path.")
    path = re.sub(r"/+(v[23])?/*$", "", parts.path)
    if not path.startswith(("/stores/", "/api")) or path == "/stores/":
        raise InvalidApiPath(
            "The API path must hold the store, such as /stores/abc123/v3/"
        )
    return f"{parts.scheme}://{parts.netloc}{path}"


def check_host(address):
    """Return the parts of an address that may be asked: by https, or on loopback.

    :raise InvalidApiPath: for any other
    """
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise InvalidApiPath(
            "The API path must be an address such as "
            "https://api.bigcommerce.com/stores/abc123/v3/"
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise InvalidApiPath("The API path must begin with https://")
    return parts


def store_hash(address):
    """Return BigCommerce's identity of the store in a base address.

    :return: str, such as ``abc123``; empty for a domain of the merchant's own
    """
    found = re.search(r"/stores/([^/]+)$", address) or re.match(
        r"https?://store-([^./]+)\.", address
    )
    return found[1] if found else ""


def is_loopback(host):
    """Tell whether a host name is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
