"""Names of people and places, compared the way people write them."""

import re
import unicodedata

# Codes that people and channels use instead of the ISO ones.
COUNTRY_CODES = {"UK": "GB", "EL": "GR"}
NO_LETTERS = re.compile(r"[\W_]+")


def plain(text):
    """Return a text without case, accents, signs and spare blanks.

    :param text: str; None and False are nothing
    """
    letters = unicodedata.normalize("NFKD", text or "")
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return NO_LETTERS.sub(" ", letters.casefold()).strip()


def same_place(text, code, name, country_code):
    """Tell whether a text means a state: by its code or its name.

    Odoo writes some names twice: "A Coruña (La Coruña)".

    :param str text: as an address has it: TX, US-TX, Texas, texas
    """
    wanted = plain(text)
    names = {plain(code), plain(f"{country_code}-{code}"), plain(name)}
    names |= {plain(part) for part in re.split(r"[()/]", name or "")}
    return bool(wanted) and wanted in names
