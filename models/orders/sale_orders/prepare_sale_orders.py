from typing import Any, NamedTuple

from odoo import Command, models

from ..errors import OrderHeldError

SERVICE_PRODUCTS = {
    "discount": "product_discount",
    "shipping": "product_shipping",
    "handling": "product_fee",
    "wrapping": "product_fee",
    "fee": "product_fee",
    "tax": "product_tax",
    "rounding": "product_rounding",
}


class Delivery(NamedTuple):
    """What the lines of one consignment share.

    currency, carrier, country, fiscal_position: records, all but the first may be empty
    lang: code of the customer's language, or False
    """

    currency: Any
    carrier: Any
    country: Any
    fiscal_position: Any
    lang: Any


class BigcommerceOrder(models.Model):
    """The values of the sale orders: one for each delivery address."""

    _inherit = "bigcommerce.order"

    def _prepare_sale_orders(self, reading, products):
        """Return the values of this order's sale orders: one for each consignment.

        :param Reading reading: of this order
        :param OrderProducts products: that holds its lines
        :return: list of dicts for `sale.order.create`
        :raise OrderHeldError: when something in it is not known in Odoo
        """
        document = reading.document
        if not document.lines:
            raise OrderHeldError(self.env._("The order has no lines: use Fetch Again."))
        currency = self._get_active_currency(document)
        self._check_taxes(reading)
        self._settle_tax(reading)
        customer = self._get_customer(document)
        billing = self._get_address(
            customer, self._get_billing_address(document), "invoice"
        )
        common = {
            "partner_id": customer.id,
            "partner_invoice_id": billing.id,
            **self._prepare_common_values(document, currency),
            **self._prepare_checkout_fields(document),
        }
        self._set_vat(document, customer)
        return [
            {
                **common,
                **self._prepare_name(number),
                **self._prepare_consignment(part, customer, reading, products),
            }
            for number, part in enumerate(reading.consignments, 1)
        ]

    def _prepare_name(self, number):
        """Return the sale order's name, where the store names them.

        :param int number: of its consignment, from 1 on
        """
        prefix = self.backend_id.order_prefix
        suffix = f"-{number}" if number > 1 else ""
        return {"name": f"{prefix}{self.remote_id}{suffix}"} if prefix else {}

    def _get_order_currency(self, document):
        """Return the currency the shopper paid in, in use in Odoo or not."""
        backend = self.backend_id
        if document.currency_code:
            return backend._get_currency(document.currency_code)
        return backend.default_currency_id or self.company_id.currency_id

    def _get_active_currency(self, document):
        """Return the currency the shopper paid in.

        :raise OrderHeldError: when it is not in use in Odoo
        """
        currency = self._get_order_currency(document)
        if not currency.active:
            raise OrderHeldError(
                self.env._(
                    "The currency %(code)s is not active in Odoo: activate it under "
                    "Accounting > Currencies.",
                    code=document.currency_code,
                ),
                awaits="currency",
            )
        return currency

    def _prepare_common_values(self, document, currency):
        backend = self.backend_id
        payment = backend.payment_mapping_ids._filter_by_name(self.payment_method or "")
        values = {
            "bigcommerce_order_id": self.id,
            "bigcommerce_backend_id": backend.id,
            "company_id": backend.company_id.id,
            "client_order_ref": str(self.remote_id),
            "origin": f"{backend.name} #{self.remote_id}",
            "date_order": self.date_created,
            "pricelist_id": self._get_pricelist(currency).id,
            "team_id": backend.team_id.id,
            "user_id": backend.user_id.id,
            "tag_ids": [Command.set(backend.tag_ids.ids)],
        }
        if backend.warehouse_id:
            values["warehouse_id"] = backend.warehouse_id.id
        if payment.payment_term_id:
            values["payment_term_id"] = payment.payment_term_id.id
        return values

    def _get_pricelist(self, currency):
        """Return a pricelist of a foreign currency; the company's needs none."""
        pricelists = self.env["product.pricelist"]
        if currency == self.company_id.currency_id:
            return pricelists
        company = self.company_id.id
        return pricelists.search(
            [
                ("currency_id", "=", currency.id),
                ("company_id", "in", (False, company)),
            ],
            limit=1,
        ) or pricelists.create(
            {
                "name": f"BigCommerce {currency.name}",
                "currency_id": currency.id,
                "company_id": company,
            }
        )

    def _prepare_consignment(self, part, customer, reading, products):
        """Return what is one consignment's own: address, carrier, warehouse, lines.

        :param ConsignmentCharges part: of this order
        """
        consignment, address = part.consignment, customer
        if consignment and consignment.address:
            address = self._get_address(customer, consignment.address, "delivery")
        delivery = self._get_delivery(consignment, customer, address, reading.document)
        lines = [
            self._prepare_line(charge, delivery, products)
            for charge in part.charges
            # a removed line that Odoo does not know needs no product
            if charge.quantity or self._get_known_product(charge.line, products)
        ]
        lines += self._prepare_tax_lines(part.charges, delivery)
        values = {
            "partner_shipping_id": address.id,
            "fiscal_position_id": delivery.fiscal_position.id,
            "bigcommerce_address_id": consignment.id if consignment else 0,
            "order_line": [Command.create(line) for line in lines],
        }
        if delivery.carrier:
            values["carrier_id"] = delivery.carrier.id
        if warehouse := self._get_pickup_warehouse(consignment):
            values["warehouse_id"] = warehouse.id
        return values

    def _get_delivery(self, consignment, customer, address, document):
        positions = self.env["account.fiscal.position"].with_company(self.company_id)
        return Delivery(
            self._get_order_currency(document),
            self._get_carrier(consignment),
            self._get_tax_country([consignment], document),
            positions._get_fiscal_position(customer, address),
            customer.lang,
        )

    def _get_pickup_warehouse(self, consignment):
        """Return the warehouse of the store location where goods are collected."""
        locations = self.backend_id.location_ids.filtered(
            lambda location: (
                consignment and location.remote_id == consignment.location_id
            )
        )
        return locations.location_ids.warehouse_id[:1]

    def _get_carrier(self, consignment):
        """Return the delivery method that stands for a shipping service, or none."""
        services = self.backend_id.shipping_mapping_ids
        if consignment is None:
            return services.carrier_id.browse()
        return services._filter_by_name(consignment.shipping_method).carrier_id

    def _prepare_line(self, charge, delivery, products):
        """Return a sale order line's values for one charge (rules/charges.py)."""
        taxes, _collected = self._divide_tax(charge, delivery)
        product = self._get_charge_product(charge, delivery, products)
        values = {
            "name": _line_text(charge.name, product.with_context(lang=delivery.lang)),
            "product_id": product.id,
            "product_uom_qty": charge.quantity,
            "bigcommerce_charge": charge.kind,
            "is_bigcommerce_price": True,
            "is_delivery": charge.kind == "shipping",
            **self.env["account.tax"]._bigcommerce_prepare_amounts(
                delivery.currency, charge.quantity, charge.net, taxes
            ),
        }
        if charge.line:
            values["bigcommerce_line_id"] = charge.line.id
            values["is_bigcommerce_digital"] = charge.line.type != "physical"
        return values

    def _get_charge_product(self, charge, delivery, products):
        if charge.kind == "product":
            return self._get_product(charge.line, products)
        if charge.kind == "shipping" and delivery.carrier:
            return delivery.carrier.product_id
        return self.env.ref(f"connector_bigcommerce.{SERVICE_PRODUCTS[charge.kind]}")

    def _prepare_tax_lines(self, charges, delivery):
        """Return one line for each tax that a person wants on a line of its own."""
        amounts = {}
        for charge in charges:
            _taxes, collected = self._divide_tax(charge, delivery)
            for row, amount in collected.items():
                amounts[row] = amounts.get(row, 0) + amount
        return [
            self._prepare_service_line("tax", row.display_name, amount)
            for row, amount in amounts.items()
            if amount
        ]

    def _prepare_service_line(self, kind, name, amount):
        product = self.env.ref(f"connector_bigcommerce.{SERVICE_PRODUCTS[kind]}")
        return {
            "name": name,
            "product_id": product.id,
            "product_uom_qty": 1,
            "price_unit": float(amount),
            "discount": 0.0,
            "tax_ids": [Command.clear()],
            "is_bigcommerce_price": True,
        }


def _line_text(text, product):
    """Return what stands on a line.

    A product that is called the same here is named as Odoo names it: its screens show
    what comes after that, and not the name a second time.
    """
    name, _line, rest = text.partition("\n")
    if name != product.name:
        return text
    return f"{product.display_name}\n{rest}" if rest else product.display_name
