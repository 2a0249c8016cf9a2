from unittest import TestCase

import requests
from openapi import SpecObserver

from simulator import Simulator


class SimulatorCase(TestCase):
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
        self.session.headers["X-Auth-Token"] = self.sim.token
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
