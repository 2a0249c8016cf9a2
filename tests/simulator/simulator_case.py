import requests

from odoo.tests import BaseCase

from ...simulator import Simulator
from ..openapi import SpecObserver


class SimulatorCase(BaseCase):
    """A simulated store and a plain HTTP session; answers are held to the specs."""

    options = {}

    def setUp(self):
        self.sim = Simulator(**self.options)
        self.sim.start()
        self.addCleanup(self.sim.stop)
        self.shop = self.sim.shop
        self.specs = SpecObserver()
        self.sim.observers.append(self.specs)
        self.addCleanup(self.specs.check)
        self.session = requests.Session()
        self.session.headers.update(
            {"X-Auth-Token": self.sim.token, "Accept": "application/json"}
        )
        self.addCleanup(self.session.close)

    def call(self, method, path, body=None, status=200, **params):
        """Ask the API; return the parsed answer after comparing its status."""
        answer = self.session.request(
            method,
            f"{self.sim.url}/stores/demo{path}",
            json=body,
            params=params,
            timeout=10,
        )
        self.assertEqual(answer.status_code, status, answer.text)
        return answer.json() if answer.content else None

    def get(self, path, **params):
        return self.call("GET", path, **params)


class OrderCase(SimulatorCase):
    """A store that sells mugs and T-shirts."""

    def setUp(self):
        super().setUp()
        self.shop.add_product("Mug", sku="MUG-1", price="9.99", stock=10)
        self.shop.add_product("T-shirt", sku="TSH-1", price="20.00", stock=10)

    def lines(self, order_id):
        return self.shop.order(order_id)["products"]

    def ship(self, order_id, *quantities, status=201, **values):
        order = self.shop.order(order_id)
        items = [
            {"order_product_id": line["id"], "quantity": quantity}
            for line, quantity in zip(order["products"], quantities, strict=False)
            if quantity
        ]
        body = {
            "order_address_id": order["consignments"]["shipping"][0]["id"],
            "items": items,
            **values,
        }
        path = f"/v2/orders/{order_id}/shipments"
        return self.call("POST", path, body, status=status)
