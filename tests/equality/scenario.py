"""What happens to one random centre: what its drops bring, and with which settings and instants it is built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

from tests.equality.arrivals import deal_contacts, deal_others
from tests.equality.centre import UNDECLARED_QUEUE, draw_spec, write_rows
from tests.equality.changes import CHANGES
from tests.equality.deal import Deal, draw_cuts
from tests.equality.files import Files, as_csv
from tests.equality.kinds import Kind
from tests.equality.past import PAST
from tests.oracle.feeds import instant
from tests.oracle.random_centre import settings_text
from tests.oracle.random_targets import draw_targets

SILENT_DAYS = 28


@dataclass(frozen=True)
class Drop:
    """What comes before a build, and how it is built.

    files: by place below landing/; None is taken away.
    settings: centre.yaml.
    as_of: the instant that stands for now.
    killed_at: the share of its models after which the build is killed, to be run again.
    """

    files: Mapping[str, bytes | None]
    settings: str
    as_of: datetime | None = None
    kinds: frozenset[Kind] = frozenset()
    killed_at: float | None = None

    def __str__(self) -> str:
        """Return what it brings, for people."""
        return f"{len(self.files)} files, as of {self.as_of or 'the data'}: {'; '.join(sorted(self.kinds))}"


def scenario(seed: int, count: int = 4) -> list[Drop]:
    """Return the drops of a seed: the same each time."""
    rng = Random(f"drops {seed}")  # noqa: S311 - a reproducible order, no secret
    writer = write_rows(draw_spec(seed))
    deal = Deal(writer, rng, draw_cuts(writer, rng, count), late=rng.choice([0.01, 0.04, 0.12]))
    # Where nearly all is changed nearly all is made anew: most drops change little.
    shares = [rng.choice([0.05, 0.1, 0.25, 0.45]) for _ in deal.cuts]
    deal_contacts(deal)
    deal_others(deal)
    for drop in range(1, len(deal.cuts)):
        for change in (*CHANGES, *PAST):
            if deal.chance(shares[drop]):
                change(deal, drop)
    files = Files(deal)
    files.write(lambda drop: shares[drop])
    settings = _settings(deal, shares)
    instants = _instants(deal)
    kills = _kills(deal)
    _look_at_calendar(deal)
    drops = []
    for number, written in enumerate(files.drops):
        content = {place: None if rows is None else as_csv(rows) for place, rows in written.items()}
        kinds = frozenset(deal.kinds[number])
        drops.append(Drop(content, settings[number], instants[number], kinds, kills[number]))
    return list(_with_nothing_new(drops, rng))


def _with_nothing_new(drops: list[Drop], rng: Random) -> Iterator[Drop]:
    for number, drop in enumerate(drops):
        yield drop
        if number == 1 and rng.random() < 0.4:
            yield replace(drop, files={}, as_of=None, killed_at=None, kinds=frozenset({Kind.NOTHING_NEW}))


def is_unsteady(seed: int) -> bool:
    """Tell whether thresholds, zone and the instant that stands for now change: each makes everything anew."""
    return seed % 3 == 0


def _settings(deal: Deal, shares: list[float]) -> list[str]:
    spec, targets, thresholds, settings = deal.writer.spec, draw_targets(deal.writer), "", []
    for drop, share in enumerate(shares):
        if drop and deal.chance(share / 2):
            targets = draw_targets(deal.writer)
            deal.kinds[drop].add(Kind.OTHER_TARGETS)
        if drop and is_unsteady(deal.writer.spec.seed) and deal.chance(0.5):
            thresholds = f"thresholds: {{short_abandon_seconds: {drop + 6}, close_after_days: {drop + 1}}}\n"
            deal.kinds[drop].add(Kind.OTHER_THRESHOLDS)
        if drop and is_unsteady(deal.writer.spec.seed) and deal.chance(0.3):
            spec = replace(spec, zone=deal.rng.choice(["Asia/Tokyo", "Europe/London"]))
            deal.kinds[drop].add(Kind.OTHER_ZONE)
        settings.append(settings_text(spec, targets) + thresholds)
    return settings


def _instants(deal: Deal) -> list[datetime | None]:
    """Return what stands for now in each build: mostly what the data say, else some days later, or earlier again."""
    instants: list[datetime | None] = [None]
    for drop in range(1, len(deal.cuts)):
        if is_unsteady(deal.writer.spec.seed) and deal.chance(0.35):
            instants.append(deal.cuts[drop] + timedelta(days=deal.rng.randint(1, 8), hours=5))
            deal.kinds[drop].add(Kind.AS_OF_AHEAD)
        elif is_unsteady(deal.writer.spec.seed) and deal.chance(0.7):
            instants.append(deal.cuts[drop - 1] - timedelta(hours=deal.rng.randint(1, 60)))
            deal.kinds[drop].add(Kind.AS_OF_BACK)
        else:
            instants.append(None)
    return instants


def _kills(deal: Deal) -> list[float | None]:
    kills = [deal.rng.random() if drop and deal.chance(0.3) else None for drop in range(len(deal.cuts))]
    for drop, killed_at in enumerate(kills):
        deal.kinds[drop].update({Kind.KILLED} if killed_at is not None else ())
    return kills


def _look_at_calendar(deal: Deal) -> None:
    """Note what the dates of the centre and of its customers hold."""
    writer = deal.writer
    days = [writer.day(number) for number in range(writer.spec.days)]
    lengths = [deal.midnight(day + timedelta(days=1)) - deal.midnight(day) for day in days]
    for number, cut in enumerate(deal.cuts):
        known = deal.local_date(cut)
        if any(length != timedelta(days=1) for day, length in zip(days, lengths, strict=True) if day <= known):
            deal.kinds[number].add(Kind.CLOCK_CHANGE)
        if number and deal.local_date(deal.cuts[number - 1]).month != known.month:
            deal.kinds[number].add(Kind.NEW_MONTH)
        if any(_is_silent(deal, number)):
            deal.kinds[number].add(Kind.SILENT_QUEUE)
    deal.kinds[-1] |= set(_returns(deal))


def _is_silent(deal: Deal, drop: int) -> Iterator[bool]:
    """Yield whether the undeclared queue, known at the drop before, has been silent since longer than it is active."""
    used = [
        instant(sent.row["occurred_at"])
        for sent in deal.sent
        if sent.feed == "contact_events" and sent.row["queue_id"] == UNDECLARED_QUEUE and sent.drop < drop
    ]
    if used and drop:
        silent = timedelta(days=SILENT_DAYS)
        yield max(used) + silent < deal.cuts[drop] and max(used) + silent >= deal.cuts[drop - 1]


def _returns(deal: Deal) -> Iterator[Kind]:
    dates: dict[str, list[date]] = defaultdict(list)
    for row in sorted(deal.writer.rows["desk", "contacts"], key=lambda row: row["started_at"]):
        if row["customer_id"] not in ("", "c0"):
            dates[row["customer_id"]].append(deal.local_date(instant(row["started_at"])))
    for told in dates.values():
        for before, after in pairwise(told):
            gap = (after - before).days
            yield (
                Kind.BACK_SAME_DAY
                if gap == 0
                else Kind.BACK_WITHIN_WEEK
                if gap <= 7
                else Kind.BACK_WITHIN_MONTH
                if gap <= 30
                else Kind.BACK_LATER
            )
