from urllib.parse import parse_qs, urlsplit

from ...client import UnreadableAnswer
from .client_case import ClientCase


class TestPaging(ClientCase):
    def queries(self):
        return [
            {
                name: value[0]
                for name, value in parse_qs(urlsplit(r["path"]).query).items()
            }
            for r in self.asked
        ]

    def test_orders_are_read_by_id_so_that_none_slips_between_pages(self):
        self.server.answer([{"id": 3}, {"id": 8}]).answer([{"id": 9}]).answer([])
        pages = list(self.client.order_pages(page_size=2))
        self.assertEqual(pages, [[{"id": 3}, {"id": 8}], [{"id": 9}]])
        self.assertEqual([q["min_id"] for q in self.queries()], ["1", "9", "10"])
        self.assertEqual({q["sort"] for q in self.queries()}, {"id:asc"})

    def test_a_full_last_page_is_followed_by_an_empty_one(self):
        self.server.answer([{"id": 3}, {"id": 8}]).answer(status=204)
        self.assertEqual(len(list(self.client.order_pages(page_size=2))), 1)

    def test_a_server_that_ignores_the_ids_is_noticed(self):
        self.server.answer([{"id": 3}, {"id": 8}]).answer([{"id": 3}, {"id": 8}])
        with self.assertRaises(UnreadableAnswer):
            list(self.client.order_pages(page_size=2))

    def test_v3_lists_are_read_as_their_pagination_tells(self):
        for number in (1, 2):
            self.server.answer(
                {
                    "data": [{"id": number}],
                    "meta": {"pagination": {"total_pages": 2}},
                }
            )
        rows = list(self.client.products(include_fields="sku"))
        self.assertEqual([row["id"] for row in rows], [1, 2])
        self.assertEqual([q["page"] for q in self.queries()], ["1", "2"])

    def test_refunds_of_many_orders_are_asked_a_hundred_at_a_time(self):
        for _call in range(3):
            self.server.answer({"data": [], "meta": {}})
        self.assertEqual(list(self.client.refunds(list(range(1, 251)))), [])
        counts = [len(q["order_id:in"].split(",")) for q in self.queries()]
        self.assertEqual(counts, [100, 100, 50])

    def test_a_v3_answer_without_data_is_unreadable(self):
        for _try in range(4):
            self.server.answer({"meta": {}})
        with self.assertRaises(UnreadableAnswer):
            list(self.client.products())
