from odoo import Command, models

from .bigcommerce_order_import import OrderHeldError
from .order_charges import parcels

SERVICE_PRODUCTS = {
    "discount": "product_discount",
    "shipping": "product_shipping",
    "handling": "product_fee",
    "wrapping": "product_fee",
    "fee": "product_fee",
    "tax": "product_fee",
    "rounding": "product_rounding",
}


class BigcommerceOrder(models.Model):
    """The values of the sale orders: one for each delivery address."""

    _inherit = "bigcommerce.order"

    def _prepare_sale_orders(self, document):
        """Return the values of this order's sale orders.

        :param document: client.documents.Order
        :return: list of dicts for `sale.order.create`
        :raise OrderHeldError: when something in it is not known in Odoo
        """
        currency = self._order_currency(document)
        customer = self._customer(document)
        common = {
            "partner_id": customer.id,
            "partner_invoice_id": self._address(
                customer, document.billing_address, "invoice"
            ).id,
            **self._prepare_common_values(document, currency),
        }
        return [
            {**common, **self._prepare_parcel_values(parcel, customer, currency)}
            for parcel in self._parcels(document)
        ]

    def _parcels(self, document):
        return parcels(document, self._order_currency(document).decimal_places)

    def _order_currency(self, document):
        """Return the currency the shopper paid in.

        :raise OrderHeldError: when it is not in use in Odoo
        """
        backend = self.backend_id
        currency = backend._currency(document.currency_code)
        if not document.currency_code:
            currency = backend.default_currency_id or self.company_id.currency_id
        if not currency.active:
            raise OrderHeldError(
                self.env._(
                    "The currency %(code)s is not active in Odoo: activate it under "
                    "Accounting > Currencies.",
                    code=document.currency_code,
                )
            )
        return currency

    def _prepare_common_values(self, document, currency):
        backend, payment = self.backend_id, self._payment_mapping()
        values = {
            "bigcommerce_order_id": self.id,
            "bigcommerce_backend_id": backend.id,
            "company_id": backend.company_id.id,
            "client_order_ref": str(self.remote_id),
            "origin": f"{backend.name} #{self.remote_id}",
            "date_order": self.date_created,
            "pricelist_id": self._pricelist(currency).id,
            "team_id": backend.team_id.id,
            "user_id": backend.user_id.id,
            "tag_ids": [Command.set(backend.tag_ids.ids)],
        }
        if backend.order_prefix:
            values["name"] = f"{backend.order_prefix}{self.remote_id}"
        if backend.warehouse_id:
            values["warehouse_id"] = backend.warehouse_id.id
        if payment.payment_term_id:
            values["payment_term_id"] = payment.payment_term_id.id
        return values

    def _pricelist(self, currency):
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

    def _prepare_parcel_values(self, parcel, customer, currency):
        """Return what is one parcel's own: its address, carrier and lines."""
        consignment = parcel.consignment
        carrier = self._carrier(consignment)
        lines = [
            self._prepare_line(charge, currency, carrier) for charge in parcel.charges
        ]
        lines += self._prepare_tax_lines(parcel.charges)
        values = {
            "partner_shipping_id": customer.id,
            "order_line": [Command.create(line) for line in lines],
        }
        if consignment is not None:
            values["bigcommerce_address_id"] = consignment.id
            values["carrier_id"] = carrier.id
            if consignment.address:
                address = self._address(customer, consignment.address, "delivery")
                values["partner_shipping_id"] = address.id
        return values

    def _carrier(self, consignment):
        """Return the delivery method that stands for a shipping service, or none."""
        services = self.backend_id.shipping_mapping_ids
        if consignment is None:
            return services.carrier_id.browse()
        return services.filtered(
            lambda service: service.name == consignment.shipping_method
        ).carrier_id

    def _prepare_line(self, charge, currency, carrier):
        """Return a sale order line's values for one charge (order_charges.py).

        The tax is the store's to the cent: Odoo takes the amounts of
        `extra_tax_data` for as long as price and quantity stay as they are.
        """
        tax = self._tax(charge.rate)
        amount = charge.gross if _includes_tax(tax) else charge.net
        values = {
            "name": charge.name,
            "product_id": self._charge_product(charge, carrier).id,
            "product_uom_qty": charge.quantity,
            "price_unit": float(amount / charge.quantity),
            "discount": 0.0,
            "tax_ids": [Command.set(tax.ids)],
            "is_bigcommerce_price": True,
            "is_delivery": charge.kind == "shipping",
        }
        if charge.line:
            values["bigcommerce_line_id"] = charge.line.id
        if tax:
            values["extra_tax_data"] = tax._bigcommerce_stated(
                currency,
                values["price_unit"],
                charge.quantity,
                float(charge.net),
                float(charge.tax),
            )
        return values

    def _charge_product(self, charge, carrier):
        if charge.kind == "product":
            return self._product(charge.line)
        if charge.kind == "shipping" and carrier:
            return carrier.product_id
        return self.env.ref(f"connector_bigcommerce.{SERVICE_PRODUCTS[charge.kind]}")

    def _prepare_tax_lines(self, charges):
        """Return one line for each rate charged that is mapped to no Odoo tax."""
        amounts = {}
        for charge in charges:
            if charge.tax and not self._tax(charge.rate):
                amounts[charge.rate] = amounts.get(charge.rate, 0) + charge.tax
        return [
            self._prepare_service_line(
                "tax", self.env._("Tax %(rate)s %%", rate=f"{rate:f}"), amount
            )
            for rate, amount in amounts.items()
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

    def _tax(self, rate):
        """Return the Odoo tax of a rate, or none."""
        mapping = self.backend_id.tax_mapping_ids.filtered(
            lambda mapping: round(mapping.rate, 4) == round(float(rate), 4)
        )
        return mapping.tax_id

    def _settle_total(self, document):
        """Compare the sale orders with what was charged, and settle the cents.

        :raise OrderHeldError: when the difference is beyond the store's tolerance
        """
        sales = self.sale_order_ids
        currency = sales.currency_id
        charged = float(document.total_inc_tax)
        difference = currency.round(charged - sum(sales.mapped("amount_total")))
        if currency.is_zero(difference):
            return
        tolerance = self.backend_id.rounding_tolerance
        if currency.compare_amounts(abs(difference), tolerance) > 0:
            raise OrderHeldError(self._explain_difference(document, difference))
        line = self._prepare_service_line(
            "rounding", self.env._("Rounding"), difference
        )
        sales[0].write({"order_line": [Command.create(line)]})

    def _explain_difference(self, document, difference):
        """Return the store's total and each part of it as Odoo sees it."""
        parts = {}
        for parcel in self._parcels(document):
            for charge in parcel.charges:
                parts[charge.kind] = parts.get(charge.kind, 0) + charge.gross
        return self.env._(
            "The store charged %(charged)s, and the parts of the order come to "
            "%(difference)s less: %(parts)s",
            charged=document.total_inc_tax,
            difference=difference,
            parts=", ".join(f"{kind} {amount}" for kind, amount in parts.items()),
        )


def _includes_tax(tax):
    return bool(tax) and tax.price_include
