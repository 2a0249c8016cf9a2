import requests

from .api_path import InvalidApiPath, check_host
from .errors import NoAnswer, Refused

LARGEST_IMAGE = 10 * 1024 * 1024


def fetch_image(url, timeout):
    """Return the bytes of a public image; nothing of the account is sent along.

    :param str url: as a product names it
    :param timeout: seconds, one number
    :raise Refused: for what is no image, or too large
    :raise NoAnswer: when it cannot be read now
    """
    try:
        check_host(url)
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
