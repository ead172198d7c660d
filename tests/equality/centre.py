"""The rows of a random centre before they are dealt: as one that is landed whole, and a few things more."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

from tests.oracle.random_contacts import write_contacts
from tests.oracle.random_parts import Spec, Writer
from tests.oracle.random_people import write_people

UNDECLARED_QUEUE = "qu"
LONG_DAYS = 46
"""So many that a scope seen in the first days is silent for 28, and a customer back after 40."""

# A first day and a zone: with a clock set forward or back, over the end of a year, and with neither.
CALENDARS = (
    ("Europe/Berlin", date(2025, 3, 24)),
    ("Europe/Berlin", date(2025, 10, 18)),
    ("America/New_York", date(2025, 10, 27)),
    ("Asia/Shanghai", date(2024, 12, 23)),
    ("Asia/Kolkata", date(2025, 6, 2)),
)


def draw_spec(seed: int) -> Spec:
    """Return what the centre of a seed is made of: every third is long."""
    rng = Random(seed)  # noqa: S311 - a reproducible sample, no secret
    zone, first_day = CALENDARS[seed % len(CALENDARS)]
    is_long = seed % 3 == 2
    return Spec(
        seed,
        zone,
        days=LONG_DAYS if is_long else rng.randint(18, 24),
        agents=4,
        contacts=rng.randint(80, 120),
        first_day=first_day,
    )


def write_rows(spec: Spec) -> Writer:
    """Return the rows of all feeds."""
    writer = Writer(spec, Random(spec.seed))  # noqa: S311 - a reproducible sample, no secret
    write_people(writer)
    write_contacts(writer)
    _name_events(writer)
    _write_shifts(writer)
    _write_items(writer)
    if spec.days >= LONG_DAYS:
        _use_undeclared_queue(writer)
    return writer


def _name_events(writer: Writer) -> None:
    """Give the events of the desk ids; those of the telephone are named by what they say."""
    for number, row in enumerate(writer.rows["desk", "contact_events"]):
        row["event_id"] = f"e{number}"


def _write_shifts(writer: Writer) -> None:
    for agent in writer.spec.staff:
        for day in range(0, writer.spec.days, 3):
            start = writer.at(day, time(8, 0))
            writer.add("desk", "shifts", agent_id=agent, starts_at=start, ends_at=start + timedelta(hours=8))


def _write_items(writer: Writer) -> None:
    for review in list(writer.rows["desk", "quality_reviews"]):
        writer.add("desk", "quality_review_items", review_id=review["review_id"], item="greeting", score=3)


def _use_undeclared_queue(writer: Writer) -> None:
    """Let some chats of the first days be of a queue that no file names, and that nobody uses again."""
    last = writer.at(5, time(0, 0)).isoformat()
    early = [row for row in writer.rows["desk", "contacts"] if row["started_at"] < last][:5]
    ids = {row["contact_id"] for row in early}
    for feed in ("contacts", "contact_events"):
        for row in writer.rows["desk", feed]:
            if row["contact_id"] in ids and row["queue_id"] in ("q1", "q2"):
                row["queue_id"] = UNDECLARED_QUEUE
