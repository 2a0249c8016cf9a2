"""The house keeps its floors: who may call whom, and how large things may grow.

Read from the source (docs/architecture.md tells the rules), so that a wrong call is
found when it is written and not when it surprises somebody.
"""

import ast
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

from odoo.tests import BaseCase

ROOT = Path(__file__).resolve().parents[1]
# From the ground up: a room calls itself and what lies below it.
ROOMS = (
    "store",
    "sync",
    "catalog",
    "orders",
    "accounting",
    "inventory",
    "shipments",
    "proof",
)
# Inventory and shipments stand on orders; accounting is beside them, not below.
BESIDE = {"inventory": {"accounting"}, "shipments": {"accounting", "inventory"}}
# The one step that orders take to accounting.
STEP_UP = {("orders", "_book")}
# Fields whose names documents or Odoo's own models have, too.
COMMON_NAMES = {
    "amount",
    "create_date",
    "date",
    "items",
    "location_id",
    "message",
    "move_id",
    "order_id",
    "partner_id",
    "payment_method",
    "payments",
    "res_id",
    "sent",
    "variant_id",
}
# One or several numbers, on one line or on two of a comment.
CITATION = re.compile(r"facts?((?:(?:[\s,#]|and)+F\d+)+)")
MOST_FILES = 16
MOST_LINES = 350
MOST_LINES_OF_FUNCTION = 40
MOST_METHODS_OF_STORE = 60


class TestFloors(BaseCase):
    """No room calls upward."""

    def test_rules_know_nothing_of_odoo_or_http(self):
        self.assert_free_of("rules", {"odoo", "requests", "client", "models"})

    def test_the_client_knows_nothing_of_odoo(self):
        self.assert_free_of("client", {"odoo", "models"})

    def test_the_simulator_shares_nothing_with_what_it_tests(self):
        self.assert_free_of("simulator", {"odoo", "models", "client", "rules"})

    def test_a_room_imports_from_below(self):
        wrong = [
            f"{path.relative_to(ROOT)} imports {name}"
            for room in ROOMS
            for path in sources(f"models/{room}")
            for name in imports(path)
            if name.startswith("models/")
            and name.split("/")[1] not in rooms_within_reach(room)
        ]
        self.assertFalse(wrong)

    def test_a_room_names_models_methods_and_fields_of_the_rooms_below(self):
        home = defaultdict(set)
        for room in ROOMS:
            for path in sources(f"models/{room}"):
                for name in defined(path) - COMMON_NAMES:
                    home[name].add(room)
        wrong = [
            f"{path.relative_to(ROOT)} uses {name} of {sorted(home[name])}"
            for room in ROOMS
            for path in sources(f"models/{room}")
            for name in used(path)
            if name in home
            and not home[name] & rooms_within_reach(room)
            and (room, name) not in STEP_UP
        ]
        self.assertFalse(wrong)

    def assert_free_of(self, folder, strangers):
        wrong = [
            f"{path.relative_to(ROOT)} imports {name}"
            for path in sources(folder)
            for name in imports(path)
            if name.split("/")[0] in strangers
        ]
        self.assertFalse(wrong)


class TestSizes(BaseCase):
    """Rooms stay small enough to be known."""

    def test_no_folder_holds_too_many_files(self):
        files = defaultdict(list)
        for path in everything():
            files[path.parent].append(path)
        wrong = {
            str(folder.relative_to(ROOT)): len(paths)
            for folder, paths in files.items()
            if len(paths) > MOST_FILES
        }
        self.assertFalse(wrong)

    def test_no_file_is_too_long(self):
        lengths = {
            path: len(path.read_text().splitlines())
            for path in everything()
            if path.suffix in (".py", ".xml", ".js", ".md", ".rst")
        }
        wrong = {str(path): n for path, n in lengths.items() if n > MOST_LINES}
        self.assertFalse(wrong)

    def test_no_function_is_too_long(self):
        wrong = [
            f"{path.relative_to(ROOT)}: {node.name}"
            for path in sources(".")
            for node in functions(path)
            if node.end_lineno - node.lineno >= MOST_LINES_OF_FUNCTION
        ]
        self.assertFalse(wrong)

    def test_the_store_is_no_attic(self):
        methods = [
            node
            for path in sources("models")
            for model in classes(path)
            if model.name == "BigcommerceBackend"
            for node in model.body
            if isinstance(node, ast.FunctionDef)
        ]
        self.assertLessEqual(len(methods), MOST_METHODS_OF_STORE)
        for node in methods:
            arguments = {arg.arg for arg in node.args.args}
            self.assertFalse(arguments >= {"client", "run"}, node.name)


class TestHabits(BaseCase):
    """What a reader may rely on everywhere."""

    def test_every_override_says_what_it_is_for(self):
        wrong = [
            f"{path.relative_to(ROOT)}: {node.name}"
            for path in sources("models")
            for node in functions(path)
            if calls_super(node)
            and not (ast.get_docstring(node) or "").startswith(
                f"Override of `{node.name}`"
            )
        ]
        self.assertFalse(wrong)

    def test_every_sudo_says_why(self):
        wrong = [
            f"{path.relative_to(ROOT)}:{number}"
            for folder in ("models", "wizards", "controllers")
            for path in sources(folder)
            for number, (before, line) in enumerate(
                pairwise(["", *path.read_text().splitlines()]), 1
            )
            if ".sudo()" in line and "# " not in before + line
        ]
        self.assertFalse(wrong)

    def test_states_of_what_is_tried_again_are_written_in_one_gate(self):
        wrong = [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for path in sources("models")
            if "bigcommerce.retry.mixin" in path.read_text()
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Assign)
            and any(
                isinstance(target, ast.Attribute) and target.attr == "state"
                for target in node.targets
            )
            or isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "write"
            and node.args
            and isinstance(node.args[0], ast.Dict)
            and any(
                isinstance(key, ast.Constant) and key.value == "state"
                for key in node.args[0].keys
            )
        ]
        # the gate itself
        (gate,) = wrong
        self.assertIn("bigcommerce_retry_mixin.py", gate)


class TestFacts(BaseCase):
    """What the code says of BigCommerce can be looked up."""

    def test_each_cited_fact_stands_in_the_handbook(self):
        known = set(re.findall(r"\*\*(F\d+)\*\*", self.page("bigcommerce-facts.md")))
        cited = {
            fact
            for path in sources(".")
            for words in re.findall(CITATION, path.read_text())
            for fact in re.findall(r"F\d+", words)
        }
        self.assertTrue(cited)
        self.assertFalse(cited - known)

    def test_a_number_means_one_fact(self):
        text = self.page("bigcommerce-facts.md")
        numbers = [int(number) for number in re.findall(r"\*\*F(\d+)\*\*", text)]
        self.assertEqual(sorted(numbers), list(range(1, len(numbers) + 1)))

    def test_nothing_is_cited_that_readers_do_not_have(self):
        # put together, or this line would be the one found
        absent = re.compile("bigcommerce" + r"-api\.md|\(sections?\s+\d")
        wrong = [
            str(path.relative_to(ROOT))
            for path in everything()
            if path.suffix in (".py", ".xml", ".html", ".md", ".rst")
            if absent.search(path.read_text())
        ]
        self.assertFalse(wrong)

    def test_each_link_of_a_fact_leads_somewhere(self):
        text = self.page("bigcommerce-facts.md")
        used = set(re.findall(r"\[\[([^\]]+)\]\]", text))
        self.assertEqual(used, set(re.findall(r"^\[([^\]]+)\]:", text, re.MULTILINE)))

    def test_the_handbook_names_files_that_exist(self):
        named = re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", self.page("architecture.md"))
        found = {path.relative_to(ROOT).as_posix() for path in everything()}
        self.assertFalse(
            [name for name in named if not found & {name, f"models/{name}"}]
        )

    def page(self, name):
        return (ROOT / "docs" / name).read_text()


def everything():
    """Return all files of the project, but for what tools leave about."""
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(
            part.startswith(".") or part == "__pycache__"
            for part in path.relative_to(ROOT).parts
        )
    ]


def sources(folder):
    """Return the Python files below a folder of the project."""
    top = ROOT / folder
    return [p for p in everything() if p.suffix == ".py" and p.is_relative_to(top)]


@cache
def tree(path):
    return ast.parse(path.read_text())


def classes(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def functions(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def imports(path):
    """Yield what a file imports: `odoo`, or `models/store/webhooks` of the project."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.replace(".", "/") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.replace(".", "/")
        elif isinstance(node, ast.ImportFrom):
            folder = path.parents[node.level - 1].relative_to(ROOT)
            module = (node.module or "").replace(".", "/")
            yield from ((folder / module / a.name).as_posix() for a in node.names)


def rooms_within_reach(room):
    """Return a room and those below it."""
    below = set(ROOMS[: ROOMS.index(room) + 1])
    return below - BESIDE.get(room, set())


def defined(path):
    """Return the models, methods and fields that a file defines."""
    return set(definitions(path))


def definitions(path):
    for model in classes(path):
        for node in model.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
                if not calls_super(node):
                    yield node.name
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name == "_name" and node.value.value.startswith("bigcommerce."):
                    yield node.value.value
                elif isinstance(node.value, ast.Call) and not name.startswith("_"):
                    yield name


def used(path):
    """Yield the attributes and the texts of a file that may be such names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            # a path through several records
            if "." in node.value and not node.value.startswith("bigcommerce."):
                yield from node.value.split(".")


def calls_super(function):
    """Tell whether a method carries on to the same method of its parent."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == function.name
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "super"
        for node in ast.walk(function)
    )
