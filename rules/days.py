"""The calendar of a store: which day a moment belongs to, and where a day begins."""

from datetime import datetime, time, timedelta, timezone

import pytz


class StoreDays:
    """Days in a store's time zone; moments are in UTC, without a zone."""

    def __init__(self, zone_name, utc_offset=0.0):
        """
        :param str zone_name: as the time zone database has it
        :param float utc_offset: hours, where that name is not known
        """
        try:
            self._zone = pytz.timezone(zone_name or "")
        except pytz.UnknownTimeZoneError:
            self._zone = pytz.FixedOffset(round(utc_offset * 60))

    def day_of(self, moment):
        """Return the date of a moment."""
        aware = moment.replace(tzinfo=timezone.utc)
        return aware.astimezone(self._zone).date()

    def start_of(self, day):
        """Return the moment at which a day begins."""
        start = self._zone.localize(datetime.combine(day, time.min))
        return start.astimezone(timezone.utc).replace(tzinfo=None)

    def bounds(self, first, last):
        """Return the first and the last second of some days, both included."""
        end = self.start_of(last + timedelta(days=1))
        return self.start_of(first), end - timedelta(seconds=1)


def days_between(first, last):
    """Return the dates from the first to the last one, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def first_stretch(days, longest):
    """Return the first days that follow one another without a gap.

    :param list days: dates in their order
    :param int longest: at most so many
    """
    stretch = days[:1]
    for day in days[1:longest]:
        if day - stretch[-1] > timedelta(days=1):
            break
        stretch.append(day)
    return stretch
