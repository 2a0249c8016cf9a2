from odoo.tests import BaseCase

from .. import openapi


class TestSpecObserver(BaseCase):
    """The observer finds what breaks BigCommerce's specs."""

    def setUp(self):
        if not openapi.folder():
            self.skipTest("BigCommerce's OpenAPI files are not at hand")
        self.specs = openapi.SpecObserver()

    def see(self, method, path, status, answer, query=None, body=None):
        """Show the observer a call; return what it found."""
        self.specs(
            {"method": method, "path": path, "query": query or {}, "body": body},
            {"status": status, "body": answer},
        )
        return self.specs.violations

    def test_a_right_answer_passes(self):
        self.assertFalse(self.see("GET", "/v2/time", 200, '{"time": 1}'))
        self.assertEqual(self.specs.checked, 1)
        self.specs.check()

    def test_a_wrong_answer_is_found(self):
        (found,) = self.see("GET", "/v2/time", 200, '{"time": "now"}')
        self.assertIn("GET /v2/time 200 response", found)
        with self.assertRaises(AssertionError):
            self.specs.check()

    def test_lines_may_hold_nothing_else_than_the_spec_names(self):
        self.assertTrue(
            self.see("GET", "/v2/orders/7/products", 200, '[{"id": 1, "colour": ""}]')
        )

    def test_a_request_names_exactly_one_identity(self):
        path = "/v3/inventory/adjustments/absolute"
        item = {"location_id": 1, "quantity": 1, "sku": "A"}
        for row, wrong in ((item, False), ({**item, "variant_id": 1}, True)):
            found = self.see("PUT", path, 200, "{}", body={"items": [row]})
            self.assertEqual(bool(found), wrong)

    def test_parameters_are_held_to_the_spec(self):
        for query, wrong in (
            ({"sort": "id:asc", "limit": "250", "include": "consignments,fees"}, False),
            ({"include": "products"}, True),
            ({"min_id": "first"}, True),
            ({"modified_since": "x"}, True),
        ):
            self.specs.violations.clear()
            found = self.see("GET", "/v2/orders", 200, "[]", query=query)
            self.assertEqual(bool(found), wrong, query)

    def test_an_unknown_call_is_found_unless_it_was_refused(self):
        self.assertFalse(self.see("GET", "/v2/orders/7/colours", 404, ""))
        self.assertTrue(self.see("GET", "/v2/orders/7/colours", 200, "[]"))
