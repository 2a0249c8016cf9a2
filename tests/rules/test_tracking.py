from odoo.tests import BaseCase, tagged

from ...rules.tracking import hand_out, split_numbers


@tagged("post_install", "-at_install")
class TestTrackingNumbers(BaseCase):
    def test_numbers_are_separated(self):
        for text in (
            *("A1,B2", "A1; B2", "A1 B2", "A1\nB2", " A1 ,, B2 ;", "A1,B2,A1"),
            *("A1+B2", "A1/B2", "A1 & B2", "A1|B2", "A1 - B2", "A1 and B2", "# A1 B2"),
        ):
            self.assertEqual(split_numbers(text), ["A1", "B2"], text)

    def test_no_number(self):
        for text in (False, None, "", "  ", " , ;", "+", "no tracking", "n/a", "-"):
            self.assertEqual(split_numbers(text), [], text)

    def test_a_number_printed_in_groups_is_one(self):
        self.assertEqual(
            split_numbers("1Z 999 AA1 01 2345 6784, B2"), ["1Z999AA10123456784", "B2"]
        )

    def test_numbers_go_to_the_parcels_in_order(self):
        self.assertEqual(hand_out(["A", "B"], [[], []]), [["A"], ["B"]])
        self.assertEqual(hand_out(["A", "B"], [[], [], []]), [["A"], ["B"], []])
        self.assertEqual(hand_out([], [[], []]), [[], []])

    def test_one_number_is_that_of_all_parcels(self):
        self.assertEqual(hand_out(["A"], [[], []]), [["A"], ["A"]])
        self.assertEqual(hand_out(["A"], [[], ["X"], []]), [["A"], ["X"], ["A"]])

    def test_the_last_parcel_carries_the_rest(self):
        self.assertEqual(hand_out(["A", "B", "C"], [[]]), [["A", "B", "C"]])
        self.assertEqual(hand_out(["A", "B", "C"], [[], []]), [["A"], ["B", "C"]])
        self.assertEqual(hand_out(["A"], [["X"], ["Y"]]), [["X"], ["Y", "A"]])

    def test_a_parcels_own_number_goes_first(self):
        self.assertEqual(hand_out(["A", "B"], [[], ["X"]]), [["A"], ["X", "B"]])
        self.assertEqual(hand_out(["A", "X"], [[], ["X"]]), [["A"], ["X"]])
        self.assertEqual(hand_out(["A", "B"], [["X"], [], []]), [["X"], ["A"], ["B"]])
