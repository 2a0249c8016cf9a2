from copy import deepcopy

from ...common import BigCommerceCase
from ..order_payloads import ADDRESS, HEADER


class TaxCase(BigCommerceCase):
    """Orders whose taxes are looked at, as they were recorded or as a shopper buys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=cls.env.company, install_demo=False
            )
        taxes = cls.backend.tax_mapping_ids.tax_id
        cls.backend.tax_mapping_ids.unlink()
        taxes.unlink()
        cls.add_product("Mug", "MUG", price="10.00", stock=1000)

    def receive(self, **fields):
        """Put an order into the inbox as its store would list it; import it."""
        payload = {**deepcopy(HEADER), **fields}
        order = self.env["bigcommerce.order"]._receive(self.backend, [payload])
        order._process()
        return order

    def tax(self, rate, name=None, **values):
        """Create a sale tax of the company."""
        return self.env["account.tax"].create(
            {
                "name": name or f"VAT {rate}",
                "amount": rate,
                "type_tax_use": "sale",
                **values,
            }
        )

    def taxes_on_lines(self, order):
        """Return the taxes on the lines of an order's sale orders."""
        return order.sale_order_ids.order_line.tax_ids

    def rates(self):
        """Return the rates that are known of the store."""
        return sorted(self.backend.tax_mapping_ids.mapped("rate"))


def line(number, quantity, net, gross, tax, unit=None, **fields):
    """Return an order line as V2 lists it; amounts are texts."""
    unit_net, unit_gross = unit or (net, gross)
    return {
        "id": number,
        "product_id": 1,
        "variant_id": 1,
        "sku": "MUG",
        "name": "Mug",
        "type": "physical",
        "quantity": quantity,
        "price_ex_tax": unit_net,
        "price_inc_tax": unit_gross,
        "total_ex_tax": net,
        "total_inc_tax": gross,
        "total_tax": tax,
        **fields,
    }


def sent(*lines, country="PT", **fields):
    """Return the consignments of an order that is sent to one address."""
    address = {**ADDRESS, "country_iso2": country, "state": ""}
    part = {**address, "id": 77, "shipping_method": "Post", "line_items": list(lines)}
    return {"shipping": [{**part, **fields}], "pickups": [], "downloads": []}
