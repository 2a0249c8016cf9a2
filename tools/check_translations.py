"""Tells what the translations lack: all texts in each language, all placeholders."""

import re
import sys
from collections import Counter
from pathlib import Path

import polib

LANGUAGES = ("de", "es", "fr", "nl")
# %(name)s, %s, %%, and the tags of texts that hold HTML
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|</?[a-z][^>]*>")


def main(folder):
    """Print what is wrong; return how much that is."""
    (template,) = folder.glob("*.pot")
    texts = {entry.msgid for entry in polib.pofile(str(template))}
    problems = []
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        if path.exists():
            problems += [f"{path.name}: {text}" for text in check(path, texts)]
        else:
            problems.append(f"{path.name}: is not there")
    for problem in problems:
        print(problem)
    return len(problems)


def check(path, texts):
    """Yield what is wrong with one language.

    :param texts: set of the texts to translate
    """
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    known = {entry.msgid for entry in entries}
    yield from (f"lacks “{text}”" for text in sorted(texts - known))
    yield from (f"has “{text}”, which is gone" for text in sorted(known - texts))
    for entry in entries:
        if not entry.msgstr:
            yield f"does not translate “{entry.msgid}”"
        elif entry.fuzzy:
            yield f"is not sure of “{entry.msgid}”"
        elif placeholders(entry.msgid) != placeholders(entry.msgstr):
            yield f"has other placeholders in “{entry.msgid}”"


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
