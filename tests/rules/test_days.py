from datetime import date, datetime

from odoo.tests import BaseCase

from ...rules.days import StoreDays, days_between, first_stretch


class TestDays(BaseCase):
    """The calendar of a store."""

    def test_a_day_is_the_stores_own(self):
        chicago = StoreDays("America/Chicago")
        evening = datetime(2026, 1, 6, 5, 59, 59)
        self.assertEqual(chicago.day_of(evening), date(2026, 1, 5))
        self.assertEqual(chicago.day_of(datetime(2026, 1, 6, 6)), date(2026, 1, 6))

    def test_days_meet_without_a_gap_when_clocks_change(self):
        # on 2026-03-08 and 2026-11-01 a day of Chicago has 23 and 25 hours
        chicago = StoreDays("America/Chicago")
        for day, hours in ((date(2026, 3, 8), 23), (date(2026, 11, 1), 25)):
            low, high = chicago.bounds(day, day)
            self.assertEqual((high - low).total_seconds(), hours * 3600 - 1)
            self.assertEqual(chicago.day_of(low), day)
            self.assertEqual(chicago.day_of(high), day)

    def test_a_zone_that_nobody_knows_goes_by_its_offset(self):
        for name in ("Middle/Earth", "", False):
            half = StoreDays(name, 5.5)
            self.assertEqual(
                half.start_of(date(2026, 1, 6)), datetime(2026, 1, 5, 18, 30)
            )

    def test_days_that_follow_one_another(self):
        days = days_between(date(2026, 2, 27), date(2026, 3, 2))
        self.assertEqual([day.day for day in days], [27, 28, 1, 2])
        self.assertEqual(first_stretch([*days, date(2026, 3, 4)], 31), days)
        self.assertEqual(first_stretch(days, 3), days[:3])
        self.assertEqual(first_stretch([], 3), [])
