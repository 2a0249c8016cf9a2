"""Tells which test modules Odoo's own runner would not find or would leave out.

It takes what `tests/__init__.py` imports, and of that the classes that come from
Odoo's test cases: a plain unittest has no tags, and is passed over in silence.
"""

import ast
import sys
from pathlib import Path


def main(folder):
    """Print the modules that would not run; return how many there are."""
    imported = imported_modules(folder / "__init__.py")
    problems = []
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name not in imported:
            problems.append(f"{path}: not imported by {folder.name}/__init__.py")
        if uses_plain_unittest(path):
            problems.append(f"{path}: TestCase is unittest's, take odoo.tests.BaseCase")
    for problem in problems:
        print(problem)
    return len(problems)


def imported_modules(path):
    """Return the paths, relative to the folder, that a package's file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            room = f"{node.module.replace('.', '/')}/" if node.module else ""
            names.update(room + alias.name for alias in node.names)
    return names


def uses_plain_unittest(path):
    """Tell whether a module takes its test case from unittest."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "unittest"
        and any(alias.name.endswith("TestCase") for alias in node.names)
        for node in ast.walk(ast.parse(path.read_text()))
    )


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
