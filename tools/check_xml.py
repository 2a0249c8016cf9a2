"""Tells which XML files of a folder are not well-formed."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(folder):
    """Print the broken files below a folder; return how many there are."""
    broken = 0
    for path in sorted(Path(folder).rglob("*.xml")):
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            print(f"{path}: {error}")
            broken += 1
    return broken


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1])))
