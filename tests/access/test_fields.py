from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from .access_case import MODULE, AccessCase, our_models

ADDON = MODULE.split(".")[2]
KEYS = {"backend_id", "company_id", "order_id", "picking_id", "remote_id", "state"}
# What a daily-work user may set on the records of the own company.
DAILY_WORK = {
    "bigcommerce.product": {"is_enabled", "hide_when_out_of_stock"},
    "bigcommerce.variant": {
        "product_id",
        "override_rules",
        "max_quantity",
        "max_percentage",
        "end_quantity",
    },
}
# A person's own input, or what a form shows; none of it decides about a store.
FREE = {"bigcommerce.order.fetch", "bigcommerce.link.import"}


@tagged("post_install", "-at_install")
class TestFields(AccessCase):
    """Each field of ours, written over the ORM as each kind of person."""

    def test_readonly_fields_and_keys_are_the_systems(self):
        for role, model, name in self.each_field():
            field = self.records[model]._fields[name]
            if field.readonly or (name in KEYS and model.startswith("bigcommerce.")):
                with self.subTest(f"{role}: {model}.{name}"):
                    self.assertRefused(self.records[model], name, role)

    def test_nobody_creates_records_with_them(self):
        for role, model, name in self.each_field():
            record = self.records[model]
            if record._fields[name].readonly:
                with self.subTest(f"{role}: {model}.{name}"):
                    model = record.browse().with_user(self.people[role])
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        model.create({name: self.value(record, name)})

    def test_a_daily_work_user_sets_switches_links_and_rules_only(self):
        for _role, model, name in self.each_field(["user"]):
            if not model.startswith("bigcommerce."):
                continue
            record = self.records[model]
            with self.subTest(f"{model}.{name}"):
                if name in DAILY_WORK.get(model, ()):
                    self.set_as(record, name, "user")
                else:
                    self.assertRefused(record, name, "user")

    def test_nobody_writes_records_of_another_company(self):
        for role, model, name in self.each_field():
            with self.subTest(f"{role}: {model}.{name}"):
                self.assertRefused(self.foreign[model], name, role)

    def test_nobody_sees_records_of_another_company(self):
        for role, person in self.people.items():
            for model, record in self.foreign.items():
                if not model.startswith("bigcommerce."):
                    continue
                with self.subTest(f"{role}: {model}"):
                    own = {"allowed_company_ids": person.company_ids.ids}
                    theirs = record.with_user(person).with_context(**own)
                    self.assertFalse(theirs.has_access("read"))
                    if theirs.browse().has_access("read"):
                        found = theirs.search([("id", "in", record.ids)])
                        self.assertFalse(found)

    def test_a_default_of_the_caller_sets_none_of_them(self):
        mine = self.env["bigcommerce.backend"].with_user(self.people["manager"])
        store = mine.with_context(
            default_state="connected", default_store_hash="stolen"
        ).create({"name": "New"})
        self.assertEqual((store.state, store.store_hash), ("draft", False))
        orders = self.env["sale.order"].with_user(self.people["salesman"])
        order = self.foreign["bigcommerce.order"]
        sale = orders.with_context(default_bigcommerce_order_id=order.id).create(
            {"partner_id": self.env.user.partner_id.id}
        )
        self.assertFalse(sale.bigcommerce_order_id)

    def test_a_manager_moves_no_store_and_no_mapping(self):
        manager = self.people["manager"]
        company = self.foreign["bigcommerce.backend"].company_id
        manager.company_ids += company
        for model, values in (
            ("bigcommerce.backend", {"company_id": company.id}),
            (
                "bigcommerce.status.mapping",
                {"backend_id": self.foreign["bigcommerce.backend"].id},
            ),
        ):
            with self.assertRaises(AccessError):
                self.records[model].with_user(manager).write(values)

    def test_what_must_be_there_is_asked_for_in_words(self):
        with self.assertRaisesRegex(UserError, "Website Name cannot be empty"):
            self.backend.with_user(self.people["manager"]).name = False

    def each_field(self, roles=None):
        """Yield (role, model, name) of all fields of ours that are there to be
        written."""
        for model in our_models(self.env):
            if model in FREE or model not in self.records:
                continue
            for name, field in self.env[model]._fields.items():
                ours = ADDON in field._modules and name not in MAGIC_COLUMNS
                # lists of other records are written by these records' own fields
                if ours and field.type != "one2many" and (field.store or field.inverse):
                    for role in roles or self.people:
                        yield role, model, name

    def assertRefused(self, record, name, role):
        with self.assertRaises(AccessError):
            self.set_as(record, name, role)

    def set_as(self, record, name, role):
        with self.env.cr.savepoint():
            person = record.with_user(self.people[role])
            person.write({name: self.value(record, name)})
            self.env.flush_all()

    def value(self, record, name):
        """Return a value of a field's type, the present one where it is a link."""
        field = record._fields[name]
        if field.type == "selection":
            return field.get_values(self.env)[0]
        samples = {
            "char": "x",
            "text": "x",
            "boolean": True,
            "integer": 7,
            "float": 7.0,
            "monetary": 7.0,
            "date": "2026-01-01",
            "datetime": "2026-01-01 00:00:00",
            "json": {"x": 1},
            "binary": "eA==",
            "many2many": [],
            "many2one_reference": 7,
        }
        return record[name].id if field.type == "many2one" else samples[field.type]


@tagged("post_install", "-at_install")
class TestCustomers(AccessCase):
    """What a shopper who is a portal user reads of the own order."""

    def test_only_what_is_the_customers(self):
        sale = self.records["sale.order"]
        sale.partner_id = self.people["portal"].partner_id
        order = sale.bigcommerce_order_id
        order.staff_notes = "watch this one"
        mine = sale.with_user(self.people["portal"])
        self.assertTrue(mine.read(["name"]))
        ours = [name for name in mine.fields_get() if "bigcommerce" in name]
        self.assertNotIn("watch this one", str(mine.read(ours)))
        for name in (
            "bigcommerce_staff_notes",
            "bigcommerce_payment_method",
            "bigcommerce_payment_status",
            "bigcommerce_tender_ids",
            "bigcommerce_shipment_ids",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                mine.read([name])


@tagged("post_install", "-at_install")
class TestSalesman(AccessCase):
    """A salesman has no right here, and works with the orders all the same."""

    def test_orders_are_found_by_their_store(self):
        orders = self.env["sale.order"].with_user(self.people["salesman"])
        found = orders.search([("bigcommerce_store_name", "ilike", "sho")])
        self.assertIn(self.records["sale.order"], found)
        self.assertTrue(found.read(["bigcommerce_backend_id", "bigcommerce_order_id"]))

    def test_an_order_is_confirmed_and_cancelled(self):
        sale = self.records["sale.order"].with_user(self.people["salesman"])
        sale._action_cancel()
        sale.action_draft()
        sale.action_confirm()
        self.assertEqual(sale.state, "sale")
