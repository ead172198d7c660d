"""Topic signals reckoned one window at a time: counts, what is usual, the limit, and signals of windows in a row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import sqrt
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
ALL = "*"


class Window(NamedTuple):
    """Two hours of a local date that end at this hour of its clock."""

    day: date
    end: int


class Found(NamedTuple):
    """What is told of a topic in a window."""

    contacts: int
    references: int
    expected: float | None
    limit: float | None
    state: str


@dataclass(frozen=True)
class Rules:
    """The settings of signals."""

    z: float
    min_count: int
    factor: float
    factor_all: float
    weeks: int


class Signals:
    """A centre's contacts by topic, and what each window says of them."""

    def __init__(
        self,
        zone: str,
        first: date,
        as_of: datetime,
        contacts: list[tuple[datetime, str | None]],
        rules: Rules,
        holidays: list[date],
        incidents: list[tuple[datetime, datetime]],
        actions: list[tuple[str, str | None, datetime]],
    ) -> None:
        """Count contacts by topic, local date and hour; of a signal the last word that was said is kept."""
        self.zone = ZoneInfo(zone)
        self.first, self.as_of, self.rules = first, as_of, rules
        self.holidays, self.incidents = set(holidays), incidents
        self.hours: Counter[tuple[str, date, int]] = Counter()
        for at, topic in contacts:
            local = at.astimezone(self.zone)
            for name in {topic, ALL} - {None}:
                self.hours[str(name), local.date(), local.hour] += 1
        self.topics = sorted({topic for topic, _, _ in self.hours})
        self.dates_with_contacts = {day for _, day, _ in self.hours}
        self.events = _events(actions)
        self._references: dict[tuple[str, Window], list[int]] = {}
        self._dispersions: dict[tuple[str, date], float] = {}

    @cached_property
    def windows(self) -> dict[Window, tuple[datetime, datetime]]:
        """Beginning and end of every window of two real hours that is over."""
        found = {}
        day = self.first
        while day <= self.as_of.astimezone(self.zone).date():
            for end in range(2, 25):
                midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
                minutes = [self._instants(midnight, end * 60 - minute) for minute in range(120, 0, -15)]
                if all(len(instants) == 1 for instants in minutes):
                    begins, ends = minutes[0][0], minutes[-1][0] + timedelta(minutes=15)
                    if ends <= self.as_of:
                        found[Window(day, end)] = begins, ends
            day += timedelta(days=1)
        return found

    def _instants(self, midnight: datetime, minute: int) -> list[datetime]:
        """The instants at which the clock shows this minute of the day: none, one or two."""
        clock = midnight.replace(tzinfo=None) + timedelta(minutes=minute)
        told = {clock.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        return sorted(at for at in told if at.astimezone(self.zone).replace(tzinfo=None) == clock)

    def count(self, topic: str, window: Window) -> int:
        """Contacts of the two hours."""
        return sum(self.hours[topic, window.day, window.end - back] for back in (1, 2))

    def references(self, topic: str, window: Window) -> list[int]:
        """Counts of the same window in the weeks before that say what is usual."""
        if (topic, window) not in self._references:
            before = [Window(window.day - week * WEEK, window.end) for week in range(1, self.rules.weeks + 1)]
            counts = [self.count(topic, one) for one in before if self.is_reference(topic, one)]
            self._references[topic, window] = counts
        return self._references[topic, window]

    def is_reference(self, topic: str, window: Window) -> bool:
        """Whether a window of the past says what is usual of a topic."""
        if window not in self.windows or window.day in self.holidays or window.day not in self.dates_with_contacts:
            return False
        begins, ends = self.windows[window]
        if any(begins < until and ends > since for since, until in self.incidents):
            return False
        return (topic, window.day) not in self.events

    def found(self, topic: str, window: Window) -> Found:
        """What is told of a topic in a window."""
        counts = self.references(topic, window)
        contacts = self.count(topic, window)
        is_holiday = topic == ALL and window.day in self.holidays
        if len(counts) < 4:
            state = "holiday" if is_holiday else "too_little_history"
            return Found(contacts, len(counts), None, None, state)
        expected = max(self.level(topic, window) * sum(counts) / len(counts), 0.5)
        spread = sqrt(self.dispersion(topic, window.day) * expected * (1 + 1 / len(counts)))
        limit = expected * (1 + 2 / 3 * self.rules.z * spread / expected) ** 1.5
        factor = self.rules.factor_all if topic == ALL else self.rules.factor
        is_signal = contacts > limit and contacts >= self.rules.min_count and contacts >= factor * expected
        state = "holiday" if is_holiday else "signal" if is_signal else "usual"
        return Found(contacts, len(counts), expected, limit, state)

    def dispersion(self, topic: str, day: date) -> float:
        """Variance over mean, of all windows of the date together, and at least 1."""
        if (topic, day) not in self._dispersions:
            self._dispersions[topic, day] = self._dispersion(topic, day)
        return self._dispersions[topic, day]

    def _dispersion(self, topic: str, day: date) -> float:
        variance = mean = 0.0
        for window in (one for one in self.windows if one.day == day):
            counts = self.references(topic, window)
            if len(counts) >= 4:
                middle = sum(counts) / len(counts)
                mean += middle
                variance += sum((count - middle) ** 2 for count in counts) / (len(counts) - 1)
        return max(1.0, variance / mean) if mean else 1.0

    def level(self, topic: str, window: Window) -> float:
        """What the other topics have now, over what they had."""
        if topic == ALL:
            return 1.0
        now = usual = 0.0
        for other in self.topics:
            counts = [] if other in (topic, ALL) else self.references(other, window)
            if len(counts) >= 4:
                now += self.count(other, window)
                usual += sum(counts) / len(counts)
        return min(max(now / usual, 0.25), 4.0) if usual >= 20 else 1.0

    def signals(self) -> set[tuple[str, int]]:
        """Name and last hour of each signal."""
        told = set()
        for topic in self.topics:
            flagged = [window for window in self.windows if self.found(topic, window).state == "signal"]
            for window in flagged:
                if Window(window.day, window.end - 1) not in flagged:
                    last = window.end
                    while Window(window.day, last + 1) in flagged:
                        last += 1
                    told.add((f"{topic}@{window.day}T{window.end:02}", last))
        return told


def _events(actions: list[tuple[str, str | None, datetime]]) -> set[tuple[str, date]]:
    """Topics and dates that had an event, by the last word about each signal."""
    words: dict[str, str] = {}
    for name, result, _ in sorted(actions, key=lambda one: one[2]):
        if result in ("true_event", "false_alarm"):
            words[name] = result
    found = set()
    for name, result in words.items():
        parts = re.fullmatch(r"(.+)@(\d{4}-\d{2}-\d{2})T(\d{2})", name)
        if parts and result == "true_event":
            found.add((parts[1], date.fromisoformat(parts[2])))
    return found
