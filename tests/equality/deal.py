"""Rows on their way into a home: which drop brings which, in which version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tests.equality.kinds import Kind
from tests.oracle.feeds import Row, instant
from tests.oracle.random_parts import Writer

FIRST_TIME = {
    "contacts": "started_at",
    "contact_events": "occurred_at",
    "messages": "sent_at",
    "ratings": "invited_at",
    "quality_reviews": "reviewed_at",
    "agent_states": "started_at",
    "observations": "observed_at",
    "recognitions": "received_at",
    "platform_incidents": "started_at",
    "shifts": "starts_at",
    "site_visits": "visited_on",
    "staff": "valid_from",
    "teams": "valid_from",
    "team_memberships": "valid_from",
    "agent_accounts": "valid_from",
    "queues": "valid_from",
}
"""When a row can first be told, by feed."""

LATER_TIMES: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {"ended_at": ()},
    "agent_states": {"ended_at": ()},
    "ratings": {"delivered_at": (), "rated_at": ("stars",)},
    "platform_incidents": {"approved_at": ("approved_by",)},
}
"""What a row tells that may become known later, and the cells that come with it."""


@dataclass(frozen=True)
class Sent:
    """A row as a drop brings it."""

    drop: int
    source: str
    feed: str
    row: Row


@dataclass
class Deal:
    """Rows of a centre being dealt onto drops, each of which knows what happened until its cut.

    `late` is the share of what may come late that does.
    """

    writer: Writer
    rng: Random
    cuts: list[datetime]
    late: float
    sent: list[Sent] = field(default_factory=list)
    kinds: list[set[Kind]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kinds = [set() for _ in self.cuts]

    @property
    def last(self) -> int:
        """Return the number of the last drop."""
        return len(self.cuts) - 1

    def send(self, drop: int, source: str, feed: str, row: Row, *kinds: Kind) -> None:
        """Let a drop bring a row, which is of these kinds."""
        self.sent.append(Sent(drop, source, feed, row))
        self.kinds[drop].update(kinds)

    def drop_of(self, moment: datetime) -> int:
        """Return the first drop that can know of an instant."""
        return next(number for number, cut in enumerate(self.cuts) if moment <= cut)

    def chance(self, share: float) -> bool:
        """Return True in that share of the cases."""
        return self.rng.random() < share

    def later(self, drop: int) -> int:
        """Return any drop after this one."""
        return self.rng.randint(drop + 1, self.last)

    def pick(self, before: int, feed: str, source: str = "desk", **cells: str) -> Row | None:
        """Return any row of a feed with these cells that an earlier drop brought; None if there is none."""
        rows = [
            sent.row
            for sent in self.sent
            if (sent.feed, sent.source) == (feed, source)
            and sent.drop < before
            and all(sent.row[name] == cell for name, cell in cells.items())
        ]
        return self.rng.choice(rows) if rows else None

    def midnight(self, day: date) -> datetime:
        """Return the instant at which a local date begins."""
        return datetime.combine(day, time(0), self.writer.zone).astimezone(UTC)

    def local_date(self, moment: datetime) -> date:
        """Return the local date of an instant."""
        return moment.astimezone(self.writer.zone).date()

    def past_day(self, drop: int) -> str:
        """Return any date of the centre before a drop's cut."""
        days = (self.local_date(self.cuts[drop]) - self.writer.day(0)).days
        return (self.writer.day(0) + timedelta(days=self.rng.randint(0, max(days - 1, 0)))).isoformat()

    def times(self, feed: str, row: Row) -> Iterator[datetime]:
        """Yield the instants of a row at which something of it becomes known."""
        for name in (FIRST_TIME[feed], *LATER_TIMES.get(feed, {})):
            if row.get(name):
                yield instant(row[name]) if "T" in row[name] else self.midnight(date.fromisoformat(row[name]))

    def as_known(self, feed: str, row: Row, drop: int) -> Row:
        """Return a row as far as it was known at a drop's cut."""
        known = dict(row)
        for name, others in LATER_TIMES.get(feed, {}).items():
            if known[name] and instant(known[name]) > self.cuts[drop]:
                known |= dict.fromkeys((name, *others), "")
        return known


def draw_cuts(writer: Writer, rng: Random, count: int) -> list[datetime]:
    """Return the instants up to which each drop knows what happened, most of them amid a contact.

    The first knows most of it, so that there are dates that no later drop need touch; the last knows all.
    """
    spans = sorted(
        (instant(row["started_at"]), instant(row["ended_at"]))
        for source in ("desk", "phone")
        for row in writer.rows[source, "contacts"]
        if row["ended_at"]
    )
    first, last = writer.at(0, time(7)), writer.at(writer.spec.days + 1, time(12))
    base = rng.uniform(0.6, 0.75)
    cuts = []
    for share in sorted([base, *(rng.uniform(base, 0.97) for _ in range(count - 2))]):
        cut = first + (last - first) * share
        started, ended = max((span for span in spans if span[0] < cut), default=(cut, cut))
        cuts.append(started + (ended - started) / 2 if rng.random() < 0.7 else cut)
    return [*sorted(set(cuts)), last]
