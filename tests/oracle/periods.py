"""The periods that a centre's dates touch, and which of them are still open."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tests.oracle.feeds import Centre

DAY = timedelta(days=1)
CLOSED_AFTER = timedelta(days=7)
TRAILING = {"trailing_7": 7, "trailing_28": 28, "trailing_365": 365}


class Period(NamedTuple):
    """A kind of period, its first date, and the first date after it."""

    kind: str
    start: date
    end: date


class Covered(NamedTuple):
    """First and last local date that the records cover."""

    first: date
    last: date

    def dates(self) -> Iterator[date]:
        """Yield every date."""
        return (self.first + number * DAY for number in range((self.last - self.first).days + 1))

    def days_in(self, period: Period) -> int:
        """Return how many covered dates lie in a period."""
        return sum(period.start <= day < period.end for day in self.dates())

    def is_open(self, period: Period) -> bool:
        """Return whether a period is still open: it closes some days after its end."""
        return self.last < period.end + CLOSED_AFTER


def covered(centre: Centre) -> Covered:
    """Return the dates covered by contacts, their events and messages, states and ratings."""
    return Covered(centre.local_date(min(centre.moments())), centre.local_date(centre.now))


def periods(dates: Covered, *, every_trailing: bool) -> set[Period]:
    """Return all periods that touch the dates; of the trailing ones the latest, or one for each date."""
    found = {Period("all", dates.first, dates.last + DAY)}
    for day in dates.dates():
        month = day.replace(day=1)
        quarter = month.replace(month=(day.month - 1) // 3 * 3 + 1)
        week = day - day.weekday() * DAY
        found |= {Period("day", day, day + DAY), Period("week", week, week + 7 * DAY)}
        found |= {Period("month", month, _months_on(month, 1)), Period("quarter", quarter, _months_on(quarter, 3))}
        found.add(Period("year", date(day.year, 1, 1), date(day.year + 1, 1, 1)))
        if every_trailing or day == dates.last:
            found |= {Period(kind, day + DAY - length * DAY, day + DAY) for kind, length in TRAILING.items()}
    return found


def _months_on(first: date, months: int) -> date:
    """Return the first day of a month so many months later."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
