import json

from odoo.tests import HttpCase, new_test_user

from ...simulator import Simulator
from ..common import BigCommerceCase

GROUPS = {
    "manager": "connector_bigcommerce.group_manager",
    "user": "connector_bigcommerce.group_user",
    "salesman": "sales_team.group_sale_manager",
    "warehouse": "stock.group_stock_manager",
    "plain": "base.group_user",
    "portal": "base.group_portal",
}
MODULE = "odoo.addons.connector_bigcommerce."


class AccessCase(BigCommerceCase, HttpCase):
    """Two companies with a store each, all their records, and a person of each kind.

    The people belong to the first company; `records` and `foreign` hold one record of
    each model, of its store and of the other one's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            role: new_test_user(cls.env, f"bc-{role}", password="secret", groups=groups)
            for role, groups in GROUPS.items()
        }
        cls.records = cls.fill(cls.backend, cls.shop)
        cls.foreign = cls.add_foreign_store()
        cls.add_exceptions()
        for name, record in [*cls.records.items(), *cls.foreign.items()]:
            assert len(record) == 1, name

    @classmethod
    def add_exceptions(cls):
        """Have a shipment of each store failed: a row in the list of exceptions."""
        for records in (cls.records, cls.foreign):
            shipment = records["bigcommerce.shipment"]
            shipment._leave_to_person("No such order")
            cls.env.flush_all()
            domain = [("res_model", "=", shipment._name), ("res_id", "=", shipment.id)]
            row = cls.env["bigcommerce.exception"].search(domain)
            records["bigcommerce.exception"] = row

    @classmethod
    def add_foreign_store(cls):
        other = Simulator(store_hash="elsewhere")
        other.start()
        cls.addClassCleanup(other.stop)
        cls.other_shop = other.shop
        company = cls.env["res.company"].create(
            {"name": "Elsewhere", "country_id": cls.env.company.country_id.id}
        )
        values = {
            **cls.backend_values(),
            "name": "Other",
            "api_path": other.api_path,
            "access_token": other.token,
            "company_id": company.id,
        }
        store = cls.env["bigcommerce.backend"].create(values)
        store.action_test_connection()
        store.action_fetch_settings()
        store.is_live = True
        cls.map_tax(backend=store)
        return cls.fill(store, other.shop)

    @classmethod
    def fill(cls, store, shop):
        """Give a store one record of each model, the way they come about."""
        env = cls.env(context={"allowed_company_ids": store.company_id.ids})
        remote_id = shop.add_product(name="Mug", sku="MUG-1", price="10.00", stock=5)
        listing, variant = cls.fill_catalog(env, store, remote_id)
        order = env["bigcommerce.order"]._fetch_numbers(
            store._in_company(), [shop.buy([("MUG-1", 1)])]
        )[0]
        order._process()
        sale = order.sale_order_ids
        return {
            "bigcommerce.backend": store,
            "bigcommerce.product": listing,
            "bigcommerce.variant": variant,
            "product.template": variant.product_id.product_tmpl_id,
            "bigcommerce.order": order,
            "sale.order": sale,
            "sale.order.line": sale.order_line[:1],
            "stock.picking": sale.picking_ids[:1],
            "res.partner": sale.partner_id,
            **cls.fill_rows(store),
            **cls.fill_outbox(store, order, variant),
        }

    @classmethod
    def fill_catalog(cls, env, store, remote_id):
        product = env["product.product"].create(
            {
                "name": "Mug",
                "default_code": "MUG-1",
                "is_storable": True,
                "company_id": store.company_id.id,
            }
        )
        listing = env["bigcommerce.product"].create(
            {
                "backend_id": store.id,
                "remote_id": remote_id,
                "name": "Mug",
                "inventory_tracking": "product",
            }
        )
        variant = env["bigcommerce.variant"].create(
            {
                "bigcommerce_product_id": listing.id,
                "remote_id": remote_id,
                "sku": "MUG-1",
                "product_id": product.id,
            }
        )
        return listing, variant

    @classmethod
    def fill_rows(cls, store):
        of_store, partner = {"backend_id": store.id}, store.company_id.partner_id
        rows = {
            "bigcommerce.customer": {"remote_id": 1, "partner_id": partner.id},
            "bigcommerce.field.mapping": {"name": "PO"},
            "bigcommerce.finding": {
                "step": "live",
                "severity": "ok",
                "message": "Fine",
            },
            "bigcommerce.dry.run": {"kind": "note", "record_name": "Mug"},
            "bigcommerce.order.fetch": {},
            "bigcommerce.link.import": {"file": "U0tVCg=="},
            "bigcommerce.sync.run": {"kind": "import_orders"},
        }
        return {
            "bigcommerce.status.mapping": store.status_mapping_ids[:1],
            "bigcommerce.shipping.mapping": store.shipping_mapping_ids[:1],
            "bigcommerce.payment.mapping": store.payment_mapping_ids[:1],
            "bigcommerce.tax.mapping": store.tax_mapping_ids[:1],
            "bigcommerce.location": store.location_ids[:1],
            **{
                name: cls.env[name].create({**of_store, **values})
                for name, values in rows.items()
            },
        }

    @classmethod
    def fill_outbox(cls, store, order, variant):
        env, picking = cls.env, order.sale_order_ids.picking_ids[:1]
        run = store.sync_run_ids[:1]
        rows = {
            "bigcommerce.shipment": {
                "picking_id": picking.id,
                "order_id": order.id,
                "order_address_id": 1,
                "items": [],
            },
            "bigcommerce.refund": {"order_id": order.id, "remote_id": 1},
            "bigcommerce.stock.change": {
                "backend_id": store.id,
                "product_id": variant.product_id.id,
            },
            "bigcommerce.stock.difference": {
                "run_id": run.id,
                "bigcommerce_product_id": variant.bigcommerce_product_id.id,
                "cause": "store",
            },
        }
        return {
            **cls.fill_proof(store, order),
            "bigcommerce.stock.level": env["bigcommerce.stock.level"]._ensure(variant),
            "bigcommerce.order.tender": order.tender_ids[:1],
            **{name: env[name].create(values) for name, values in rows.items()},
        }

    @classmethod
    def fill_proof(cls, store, order):
        proof = cls.env["bigcommerce.proof"].create(
            {
                "backend_id": store.id,
                "date": "2026-01-05",
                "currency_id": order.currency_id.id,
            }
        )
        line = proof.line_ids.create(
            {
                "proof_id": proof.id,
                "order_number": order.remote_id,
                "order_id": order.id,
                "cause": "held",
                "res_model": order._name,
                "res_id": order.id,
            }
        )
        return {"bigcommerce.proof": proof, "bigcommerce.proof.line": line}

    def rpc(self, role, record, method, *args):
        """Return the answer to a call, and undo what it did."""
        before = self.env.cr.savepoint()
        try:
            return self.post(role, record, method, *args)
        finally:
            before.rollback()
            before.close()
            self.env.invalidate_all()

    def post(self, role, record, method, *args):
        person = self.people[role]
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": [
                self.env.cr.dbname,
                person.id,
                "secret",
                record._name,
                method,
                [record.ids, *args],
            ],
        }
        response = self.url_open(
            "/jsonrpc",
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
            timeout=60,
        )
        return response.json()


def our_models(env):
    """Return the names of the models that this module defines or extends."""
    return sorted(
        name
        for name, model in env.registry.items()
        if any(base.__module__.startswith(MODULE) for base in model.__mro__)
        and not model._abstract
    )


def our_methods(env):
    """Return {(model, method)} of all methods of ours that can be called over RPC."""
    return {
        (name, method)
        for name in our_models(env)
        for base in env.registry[name].__mro__
        if base.__module__.startswith(MODULE)
        for method, function in vars(base).items()
        if callable(function) and not method.startswith("_")
    }
