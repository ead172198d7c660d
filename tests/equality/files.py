"""Rows of drops as files: split, under old and new landing days, dropped again longer, shorter or unchanged."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.equality.deal import Deal, Sent
from tests.equality.kinds import Kind
from tests.oracle.feeds import Row

DAYS_AHEAD = timedelta(days=1)
"""How long after its landing day a file may tell of, with some way to what the door allows."""
BAD = {"contacts": {"channel": "pigeon"}, "messages": {"sender": "nobody"}, "ratings": {"stars": "17"}}


@dataclass
class Files:
    """What the drops write, by place below landing/; None takes a file away."""

    deal: Deal
    drops: list[dict[str, list[Row] | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.drops = [{} for _ in self.deal.cuts]

    def write(self, share: Callable[[int], float]) -> None:
        """Make files of all rows, and let this share of what may happen to files in a drop happen in it."""
        by_feed: dict[tuple[int, str, str], list[Sent]] = defaultdict(list)
        for sent in self.deal.sent:
            by_feed[sent.drop, sent.source, sent.feed].append(sent)
        for (drop, source, feed), rows in sorted(by_feed.items()):
            self._split(drop, source, feed, [sent.row for sent in rows])
        for drop in range(1, len(self.drops)):
            for again in (self._longer, self._shorter, self._same, self._same_content, self._removed, self._bad):
                if self.deal.chance(share(drop)):
                    again(drop)

    def _split(self, drop: int, source: str, feed: str, rows: list[Row]) -> None:
        """Write the rows of a feed in one or two files; those of old dates now and then into an old folder."""
        rng, day = self.deal.rng, self.deal.local_date(self.deal.cuts[drop])
        rng.shuffle(rows)
        if drop and rng.random() < 0.3:
            folder = self.deal.local_date(self.deal.cuts[rng.randrange(drop)])
            old = [row for row in rows if self._last_date(feed, row) <= folder + DAYS_AHEAD]
            if old and folder < day:
                self.drops[drop][f"{source}/{folder}/{feed}_{drop}late.csv"] = old
                self.deal.kinds[drop].add(Kind.OLD_FOLDER)
                rows = [row for row in rows if row not in old]
        middle = rng.randint(0, len(rows))
        for part, some in (("a", rows[:middle]), ("b", rows[middle:])):
            if some:
                self.drops[drop][f"{source}/{day}/{feed}_{drop}{part}.csv"] = some

    def _last_date(self, feed: str, row: Row) -> date:
        times = [cell for name, cell in row.items() if name.endswith(("_at", "visited_on")) and cell]
        return max((date.fromisoformat(cell[:10]) for cell in times), default=date.min)

    def _there(self, before: int) -> dict[str, list[Row]]:
        """Return the files that lie in landing/ before a drop, as they are there."""
        there: dict[str, list[Row] | None] = {}
        for drop in self.drops[:before]:
            there |= drop
        return {place: rows for place, rows in there.items() if rows}

    def _any(self, drop: int, least: int = 1) -> tuple[str, list[Row]] | None:
        there = [
            (place, rows)
            for place, rows in self._there(drop).items()
            if len(rows) >= least and place not in self.drops[drop]
        ]
        return self.deal.rng.choice(there) if there else None

    def _longer(self, drop: int) -> None:
        """Hold back some rows of a file of the drop before; they come with the whole file under the same name."""
        rng = self.deal.rng
        files = [(place, rows) for place, rows in self.drops[drop - 1].items() if rows and len(rows) > 1]
        files = [(place, rows) for place, rows in files if place not in self.drops[drop]]
        if files:
            place, rows = rng.choice(files)
            self.drops[drop - 1][place] = rows[: rng.randint(1, len(rows) - 1)]
            self.drops[drop][place] = rows
            self.deal.kinds[drop].add(Kind.LONGER_FILE)

    def _shorter(self, drop: int) -> None:
        if found := self._any(drop, least=2):
            place, rows = found
            self.drops[drop][place] = self.deal.rng.sample(rows, len(rows) - min(len(rows) - 1, 3))
            self.deal.kinds[drop].add(Kind.SHORTER_FILE)

    def _same(self, drop: int) -> None:
        if found := self._any(drop):
            place, rows = found
            self.drops[drop][place] = rows
            self.deal.kinds[drop].add(Kind.SAME_FILE)

    def _same_content(self, drop: int) -> None:
        if found := self._any(drop):
            place, rows = found
            source, _, name = place.split("/")
            day = self.deal.local_date(self.deal.cuts[drop])
            self.drops[drop][f"{source}/{day}/{name.replace('.csv', f'_again{drop}.csv')}"] = rows
            self.deal.kinds[drop].add(Kind.SAME_CONTENT)

    def _removed(self, drop: int) -> None:
        if found := self._any(drop):
            self.drops[drop][found[0]] = None
            self.deal.kinds[drop].add(Kind.REMOVED_FILE)

    def _bad(self, drop: int) -> None:
        """Add a record that the door refuses to a file of a drop."""
        files = [(place, rows) for place, rows in self.drops[drop].items() if rows and feed_of(place) in BAD]
        if files:
            place, rows = self.deal.rng.choice(files)
            self.drops[drop][place] = [*rows, rows[0] | BAD[feed_of(place)]]
            self.deal.kinds[drop].add(Kind.BAD_RECORD)


def feed_of(place: str) -> str:
    """Return the feed of a file by its name."""
    return place.rsplit("/", 1)[1].rsplit("_", 1)[0].removesuffix("_again")


def as_csv(rows: list[Row]) -> bytes:
    """Return rows as a file, a column for every cell that any of them has."""
    text = io.StringIO()
    sheet = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue().encode()
