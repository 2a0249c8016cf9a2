from odoo import Command, models

from ...rules.charges import compared_parts, parcels, settle_tax, tax_gap
from .errors import DifferenceError, OrderHeldError

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

    def _prepare_sale_orders(self, document, products):
        """Return the values of this order's sale orders.

        :param document: client.documents.Order
        :param ProductIndex products: that holds its lines
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
            {
                **common,
                **self._prepare_name(place),
                **self._prepare_parcel_values(parcel, customer, currency, products),
            }
            for place, parcel in enumerate(self._parcels(document), 1)
        ]

    def _prepare_name(self, place):
        """Return the name of the sale order of a parcel, where the store names them."""
        prefix, suffix = self.backend_id.order_prefix, f"-{place}" if place > 1 else ""
        return {"name": f"{prefix}{self.remote_id}{suffix}"} if prefix else {}

    def _parcels(self, document):
        """Return the charges of an order by parcel (order_charges.py).

        :raise DifferenceError: when their tax is not the order's, by more than
            rounding explains
        """
        currency = self._order_currency(document)
        result = parcels(document, currency.decimal_places)
        if gap := tax_gap(document, result):
            charges = sum(len(parcel.charges) for parcel in result)
            rounding = self.backend_id.rounding_tolerance + charges * currency.rounding
            if abs(gap) <= rounding:
                settle_tax(result, gap)
            elif not self.difference_accepted_by_id:
                raise DifferenceError(self._explain_difference(document, result), gap)
        return result

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

    def _prepare_parcel_values(self, parcel, customer, currency, products):
        """Return what is one parcel's own: its address, carrier, warehouse, lines."""
        consignment = parcel.consignment
        carrier = self._carrier(consignment)
        lines = [
            self._prepare_line(charge, currency, carrier, products)
            for charge in parcel.charges
            # a removed line that Odoo does not know needs no product
            if charge.quantity or self._known_product(charge.line, products)
        ]
        lines += self._prepare_tax_lines(parcel.charges)
        values = {
            "partner_shipping_id": customer.id,
            "bigcommerce_address_id": consignment.id if consignment else 0,
            "order_line": [Command.create(line) for line in lines],
        }
        if carrier:
            values["carrier_id"] = carrier.id
        if consignment and consignment.address:
            address = self._address(customer, consignment.address, "delivery")
            values["partner_shipping_id"] = address.id
        if warehouse := self._pickup_warehouse(consignment):
            values["warehouse_id"] = warehouse.id
        return values

    def _pickup_warehouse(self, consignment):
        """Return the warehouse of the store location where goods are collected."""
        locations = self.backend_id.location_ids.filtered(
            lambda location: (
                consignment and location.remote_id == consignment.location_id
            )
        )
        return locations.location_ids.warehouse_id[:1]

    def _carrier(self, consignment):
        """Return the delivery method that stands for a shipping service, or none."""
        services = self.backend_id.shipping_mapping_ids
        if consignment is None:
            return services.carrier_id.browse()
        return services.filtered(
            lambda service: service.name == consignment.shipping_method
        ).carrier_id

    def _prepare_line(self, charge, currency, carrier, products):
        """Return a sale order line's values for one charge (order_charges.py).

        The tax is the store's to the cent: Odoo takes the amounts of
        `extra_tax_data` for as long as price and quantity stay as they are.
        """
        tax, quantity = self._tax(charge.rate), charge.quantity
        amount = charge.gross if _includes_tax(tax) else charge.net
        values = {
            "name": charge.name,
            "product_id": self._charge_product(charge, carrier, products).id,
            "product_uom_qty": quantity,
            "price_unit": float(amount / quantity) if quantity else 0.0,
            "discount": 0.0,
            "tax_ids": [Command.set(tax.ids)],
            "is_bigcommerce_price": True,
            "is_delivery": charge.kind == "shipping",
            "extra_tax_data": None,
        }
        if charge.line:
            values["bigcommerce_line_id"] = charge.line.id
            values["is_bigcommerce_digital"] = charge.line.type != "physical"
        if tax and quantity:
            values["extra_tax_data"] = tax._bigcommerce_stated(
                currency,
                values["price_unit"],
                charge.quantity,
                float(charge.net),
                float(charge.tax),
            )
        return values

    def _charge_product(self, charge, carrier, products):
        if charge.kind == "product":
            return self._product(charge.line, products)
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

        :raise DifferenceError: when the difference is beyond the store's tolerance
            and nobody has accepted it
        """
        sales = self._live_sale_orders()
        currency = sales.currency_id
        charged = float(document.total_inc_tax)
        difference = currency.round(charged - sum(sales.mapped("amount_total")))
        if currency.is_zero(difference):
            return
        tolerance, name = self.backend_id.rounding_tolerance, self.env._("Rounding")
        if currency.compare_amounts(abs(difference), tolerance) > 0:
            if not self.difference_accepted_by_id:
                parts = self._explain_difference(document, self._parcels(document))
                raise DifferenceError(parts, difference)
            name = self.env._("Difference to the store's total")
            sales[0].message_post(
                body=self.env._(
                    "%(user)s accepted a difference of %(amount)s.",
                    user=self.difference_accepted_by_id.name,
                    amount=currency.format(difference),
                )
            )
        line = self._prepare_service_line("rounding", name, difference)
        sales[0].write({"order_line": [Command.create(line)]})

    def _explain_difference(self, document, result):
        """Return the order's parts side by side, as the store states them and as the
        order's own lines come to."""
        labels = {
            "product": self.env._("Products"),
            "discount": self.env._("Discounts"),
            "shipping": self.env._("Shipping"),
            "handling": self.env._("Handling"),
            "wrapping": self.env._("Gift wrapping"),
            "fee": self.env._("Fees"),
            "total": self.env._("Total"),
            "tax": self.env._("Tax in it"),
        }
        rows = [
            self.env._(
                "%(part)s: %(stated)s in the store, %(found)s by its lines",
                part=labels[kind],
                stated=f"{stated:f}",
                found=f"{found:f}",
            )
            for kind, stated, found in compared_parts(document, result)
        ]
        title = self.env._(
            "The parts of this order do not come to what the store charged. Correct "
            "it in the store, or accept the difference."
        )
        return "\n".join([title, *rows])


def _includes_tax(tax):
    return bool(tax) and tax.price_include
