import os
import re
from collections import Counter
from inspect import isfunction
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...client import Client
from ..common import BigCommerceCase
from .faults import FAULTS, TELLING
from .operations import OPERATIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "fault-matrix.md"
# Where it is set, each fault is tried with each operation, and the page is written.
ALL = bool(os.environ.get("FAULT_MATRIX"))


@tagged("post_install", "-at_install")
class TestFaultMatrix(BigCommerceCase):
    """Whatever goes wrong with a call: it is said in words, and right again after it.

    No exception leaves a scheduled action, nothing is lost, nothing is done twice.
    """

    rows = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=10**5)
        _number, cls.cup = cls.add_product("Cup", "CUP-1", stock=10)
        _number, cls.plate = cls.add_product("Plate", "PLATE-1", stock=10)
        cls.shop.add_product(
            "Sock",
            variants=[
                {"sku": f"SOCK-{size}", "options": {"Size": size}, "stock": 5}
                for size in ("S", "M")
            ],
        )
        cls.sock, other = cls.env["product.product"].create(
            [
                {"name": sku, "default_code": sku, "is_storable": True}
                for sku in ("SOCK-S", "SOCK-M")
            ]
        )
        cls.set_stock(cls.sock, 5)
        cls.set_stock(other, 5)
        cls.shop.catalog.add_location("Shop")
        cls.backend.write({"visibility_policy": "all", "disable_purchasing": True})
        cls.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == 5
        ).export_event = "cancelled"
        cls.backend.webhook_url = "https://odoo.example/bigcommerce/webhook/1"

    @classmethod
    def tearDownClass(cls):
        if ALL and len(cls.rows) == len(OPERATIONS) * len(FAULTS):
            PAGE.write_text(page(cls.rows))
        super().tearDownClass()

    @classmethod
    def observe_specs(cls):
        """Override of `observe_specs`: what arrives here breaks all specs."""

    def setUp(self):
        super().setUp()
        self.run_action("action_fetch_settings")
        self.run_action("action_link_products")
        self.run_cron("cron_import_orders")
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")
        self.shop.settle()

    def outcome(self, operation, before):
        """Return in a word what became of an operation under a fault."""
        if not operation.kind:
            return "done"
        run = self.backend.sync_run_ids.filtered(
            lambda run: run.kind == operation.kind
        )[:1]
        if run == before:
            return "not tried"
        self.assertNotIn("Unexpected error", run.message or "")
        self.assertIn(run.state, ("done", "postponed", "failed", "unfinished"))
        if run.state == "failed":
            self.assertTrue(run.message)
        return "noted on the record" if run.failed else run.state

    def strike(self, operation, fault):
        """Do something while a fault is on; return what became of it."""
        runs = self.backend.sync_run_ids.filtered(
            lambda run: run.kind == operation.kind
        )
        with fault(self.sim, *operation.at):
            try:
                operation.run()
            except UserError as error:
                self.assertGreater(len(str(error)), 10)
                self.assertNotIn("Traceback", str(error))
                return "told in words"
        outcome = self.outcome(operation, runs[:1])
        if outcome == "done" and not self.is_done(operation):
            return "noted on the record"
        return outcome

    def is_done(self, operation):
        """Tell whether the fault made no difference."""
        self.shop.settle()
        self.env.invalidate_all()
        try:
            operation.check()
        except (AssertionError, ValueError):
            return False
        return True

    def recover(self, operation):
        """Let the fault be over, and a person do what the messages ask for."""
        if self.backend.state != "connected":
            self.run_action("action_test_connection")
        operation.again()
        self.shop.settle()
        operation.check()
        operation.run()
        self.shop.settle()
        operation.check()

    def try_all(self, kind):
        """Try an operation without a fault, then with each of them."""
        names = [*FAULTS] if ALL else TELLING
        operation = kind(self, 0)
        operation.prepare()
        operation.run()
        self.shop.settle()
        operation.check()
        for number, name in enumerate(names, 1):
            with self.subTest(kind.__name__, fault=name):
                operation = kind(self, number)
                operation.prepare()
                outcome = self.strike(operation, FAULTS[name])
                self.rows[kind.__name__, name] = outcome
                self.env.invalidate_all()
                self.recover(operation)

    def test_the_page_knows_all_operations_and_faults(self):
        """It is written anew by `make faults`."""
        text = page(self.rows) if ALL else PAGE.read_text()
        for kind in OPERATIONS:
            self.assertIn(f"| {in_words(kind.__name__)} |", text)
        for name in FAULTS:
            self.assertIn(name, text)

    def test_every_method_of_the_client_is_tried(self):
        """A new one cannot be forgotten."""
        called = Counter()
        methods = {
            name: function
            for name, function in vars(Client).items()
            if isfunction(function) and not name.startswith("_")
        }

        def counted(name, function):
            def method(client, *args, **options):
                called[name] += 1
                return function(client, *args, **options)

            return method

        with patch.multiple(
            Client, **{name: counted(name, f) for name, f in methods.items()}
        ):
            for kind in OPERATIONS:
                operation = kind(self, 0)
                operation.prepare()
                # after an answer that got lost the store is read again
                self.strike(operation, FAULTS["dropped after the work"])
                self.recover(operation)
        self.assertEqual(methods.keys() - called.keys(), set())


def page(rows):
    """Return the page of all outcomes.

    :param dict rows: {(operation, fault): what became of it}
    """
    lines = [INTRODUCTION.strip(), "", "| Operation | What becomes of it | When |"]
    lines.append("| --- | --- | --- |")
    for kind in OPERATIONS:
        outcomes = {}
        for name in FAULTS:
            outcomes.setdefault(rows[kind.__name__, name], []).append(name)
        for outcome, names in sorted(outcomes.items()):
            label = in_words(kind.__name__)
            lines.append(f"| {label} | {outcome} | {', '.join(names)} |")
    return "\n".join(lines) + "\n"


def in_words(name):
    """Return the name of an operation as a person reads it."""
    return re.sub("(?<!^)([A-Z])", lambda found: f" {found[1].lower()}", name)


INTRODUCTION = """
# What goes wrong, and what becomes of it

Each operation was tried under each fault, over HTTP, until the fault was over; `make
faults` does so and writes this page, `make test` tries the most telling ones. What is
true of all of them, and checked each time:

- no exception leaves a scheduled action, and no person sees a traceback,
- the run or the record says why,
- after the fault, the next run or *Retry* (for an order that came spoilt: *Refetch*)
  makes it right: nothing is lost, nothing is done twice.

*Done*: it made no difference, or the store was asked in another way. *Postponed*: the
run ended, and a later one goes on by itself. *Failed*: the run ended, and says why.
*Noted on the record*: that record failed, and is tried again or waits for a person; the
others went on. *Told in words*: a person pressed a button, and was told. *Not tried*:
the connection is paused since the store refused the token.
"""


for _kind in OPERATIONS:
    setattr(
        TestFaultMatrix,
        f"test_{_kind.__name__}",
        lambda self, kind=_kind: self.try_all(kind),
    )
