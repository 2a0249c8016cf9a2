import ipaddress
import socket

import requests

from .api_path import InvalidApiPath, check_host
from .errors import NoAnswer, Refused

LARGEST_IMAGE = 10 * 1024 * 1024


def is_public(host):
    """Tell whether all addresses of a host are public, or this machine's own.

    A store that names a host of the network behind Odoo is not to have it asked.

    :raise requests.ConnectionError: when the host has no address
    """
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise requests.ConnectionError(str(error)) from error
    addresses = {ipaddress.ip_address(row[4][0]) for row in found}
    return all(address.is_global or address.is_loopback for address in addresses)


def fetch_image(url, timeout):
    """Return the bytes of a public image; nothing of the account is sent along.

    :param str url: as a product names it
    :param timeout: seconds, one number
    :raise Refused: for what is no image, or too large
    :raise NoAnswer: when it cannot be read now
    """
    try:
        if not is_public(check_host(url).hostname):
            raise Refused(f"The image {url} is not at a public address")
        answer = requests.get(url, timeout=timeout, stream=True, allow_redirects=False)
    except InvalidApiPath as error:
        raise Refused(str(error)) from error
    except requests.RequestException as error:
        raise NoAnswer(f"The image {url} cannot be reached") from error
    with answer:
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith("image/"):
            raise Refused(f"{url} is no image (HTTP {answer.status_code}, {kind})")
        image = answer.raw.read(LARGEST_IMAGE + 1, decode_content=True)
    if len(image) > LARGEST_IMAGE:
        raise Refused(f"The image {url} is too large")
    return image
