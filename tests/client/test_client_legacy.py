from ...client import Invalid, LegacyClient, UnreadableAnswer
from .client_case import ClientCase
from .scripted_server import TOKEN


class TestLegacyClient(ClientCase):
    """V2 products, handed out as V3 has them (fact F102)."""

    def setUp(self):
        super().setUp()
        host = self.server.api_path.split("/stores/")[0]
        self.client = LegacyClient(
            f"{host}/api/v2/",
            TOKEN,
            username="me",
            auth_method="legacy",
            sleep=self.waits.append,
        )

    def test_pages_that_are_not_by_id_are_not_believed(self):
        """What is missing between two ids would count as gone from the store."""
        self.server.answer([{"id": 9}, {"id": 7}])
        with self.assertRaises(UnreadableAnswer):
            list(self.client.product_pages())

    def test_refused_quantities_are_named_and_the_others_are_set(self):
        self.server.answer([{"message": "no"}], 404).answer({"id": 8})
        items = [
            {"location_id": 1, "product_id": number, "quantity": 1} for number in (7, 8)
        ]
        with self.assertRaises(Invalid) as caught:
            self.client.set_inventory(items, "test")
        self.assertIn("product_id 7", caught.exception.message)
        self.assertNotIn("product_id 8", caught.exception.message)
        self.assertEqual(len(self.asked), 2)

    def test_what_is_left_of_the_hour_is_known(self):
        self.server.answer({}, headers={"X-BC-ApiLimit-Remaining": "19000"})
        self.client.store()
        self.assertEqual(self.client.quota_left, 19000)
