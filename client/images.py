import ipaddress
import socket
import time

import requests
import urllib3

from .api_path import InvalidApiPath, check_host
from .errors import NoAnswer, Refused

LARGEST_IMAGE = 10 * 1024 * 1024
CHUNK = 64 * 1024
# Pictures only: what else is called an image may hold a script.
KINDS = {"image/png", "image/jpeg", "image/gif", "image/webp"}


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
    :param timeout: seconds for all of it
    :raise Refused: for what is no image, or too large
    :raise NoAnswer: when it cannot be read now
    """
    deadline = time.monotonic() + timeout
    try:
        if not is_public(check_host(url).hostname):
            raise Refused(f"The image {url} is not at a public address")
        answer = requests.get(url, timeout=timeout, stream=True, allow_redirects=False)
    except InvalidApiPath as error:
        raise Refused(str(error)) from error
    except requests.RequestException as error:
        raise NoAnswer(f"The image {url} cannot be reached") from error
    with answer:
        kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if answer.status_code != 200 or kind not in KINDS:
            raise Refused(f"{url} is no image (HTTP {answer.status_code}, {kind})")
        try:
            return _read(answer, url, deadline)
        except urllib3.exceptions.HTTPError as error:
            raise NoAnswer(f"The image {url} is cut off") from error


def _read(answer, url, deadline):
    """Return the bytes of an image, as long as they come in time and are not too many.

    :param deadline: by the monotonic clock
    """
    chunks, size = [], 0
    while chunk := answer.raw.read1(CHUNK, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_IMAGE:
            raise Refused(f"The image {url} is too large")
        if time.monotonic() > deadline:
            raise NoAnswer(f"The image {url} does not come in time")
    return b"".join(chunks)
