"""What systems tell otherwise than before of contacts and of what was said about them: the same key, other content."""

from __future__ import annotations

from datetime import timedelta

from tests.equality.deal import Deal
from tests.equality.kinds import Kind
from tests.oracle.feeds import Row, instant
from tests.oracle.random_contacts import TOPICS


def other_date(deal: Deal, drop: int) -> None:
    """Move a contact by some days; what happened in it stays where it is."""
    source = deal.rng.choice(["desk", "phone", "mail"])
    header = deal.pick(drop, "contacts", source)
    if header and (moved := _moved(deal, drop, header, deal.rng.choice([-3, -2, -1, 1, 2]))):
        is_first = instant(moved["started_at"]) < deal.midnight(deal.writer.day(0))
        deal.send(drop, source, "contacts", moved, Kind.BEFORE_FIRST_DATE if is_first else Kind.OTHER_DATE)


def _moved(deal: Deal, drop: int, header: Row, days: int) -> Row | None:
    cells = {
        name: (instant(header[name]) + timedelta(days=days)).isoformat()
        for name in ("started_at", "ended_at")
        if header[name]
    }
    return header | cells if all(instant(cell) <= deal.cuts[drop] for cell in cells.values()) else None


def before_first_date(deal: Deal, drop: int) -> None:
    """Move a contact to before all others; rare, as everything is made anew then."""
    header = deal.pick(drop, "contacts")
    if header and deal.chance(0.3):
        days = (deal.local_date(instant(header["started_at"])) - deal.writer.day(0)).days
        moved = _moved(deal, drop, header, -days - 2)
        if moved:
            deal.send(drop, "desk", "contacts", moved, Kind.BEFORE_FIRST_DATE)


def other_header(deal: Deal, drop: int) -> None:
    """Correct what a header says beside its times."""
    rng = deal.rng
    if header := deal.pick(drop, "contacts"):
        cells = {
            "customer_id": rng.choice(["", *(f"c{number}" for number in range(16))]),
            "topic": rng.choice(TOPICS) or "",
            "channel": rng.choice(["web", "wechat", "app"]),
            "queue_id": rng.choice(["q1", "q2", "qx"]),
            "is_test": rng.choice(["true", "false"]),
            "direction": rng.choice(["inbound", "callback", "outbound"]),
        }
        name = rng.choice([name for name, cell in cells.items() if header[name] != cell])
        deal.send(drop, "desk", "contacts", header | {name: cells[name]}, Kind.OTHER_HEADER)


def moved_message(deal: Deal, drop: int) -> None:
    """Tell a message again of another contact, whose header may come or not."""
    message = deal.pick(drop, "messages")
    if message:
        contact = deal.rng.choice(deal.writer.rows["desk", "contacts"])["contact_id"]
        if contact != message["contact_id"]:
            deal.send(drop, "desk", "messages", message | {"contact_id": contact}, Kind.MOVED_MESSAGE)


def moved_event(deal: Deal, drop: int) -> None:
    """Tell an event again of another contact."""
    event = deal.pick(drop, "contact_events")
    if event:
        contact = deal.rng.choice(deal.writer.rows["desk", "contacts"])["contact_id"]
        if contact != event["contact_id"]:
            deal.send(drop, "desk", "contact_events", event | {"contact_id": contact}, Kind.MOVED_EVENT)


def other_message(deal: Deal, drop: int) -> None:
    """Correct the time or the sender of a message."""
    if message := deal.pick(drop, "messages"):
        sent_at = instant(message["sent_at"]) - timedelta(minutes=deal.rng.choice([1, 20, 3 * 24 * 60]))
        cells = deal.rng.choice([{"sent_at": sent_at.isoformat()}, {"sender": "customer", "agent_id": ""}])
        deal.send(drop, "desk", "messages", message | cells, Kind.OTHER_MESSAGE)


def other_event(deal: Deal, drop: int) -> None:
    """Correct the time, the agent or the queue of an event."""
    if event := deal.pick(drop, "contact_events"):
        occurred_at = instant(event["occurred_at"]) - timedelta(minutes=deal.rng.choice([1, 20, 2 * 24 * 60]))
        cells = [{"occurred_at": occurred_at.isoformat()}]
        cells += [{"agent_id": deal.rng.choice(deal.writer.spec.staff)}] if event["agent_id"] else []
        cells += [{"queue_id": deal.rng.choice(["q1", "q2", "qx"])}] if event["queue_id"] else []
        deal.send(drop, "desk", "contact_events", event | deal.rng.choice(cells), Kind.OTHER_EVENT)


def other_rating(deal: Deal, drop: int) -> None:
    """Correct the stars or the delivery of a rating, or the contact that it is of."""
    if rating := deal.pick(drop, "ratings"):
        cells = [
            {"delivered_at": "", "not_delivered_reason": "left"},
            {"contact_id": deal.rng.choice(deal.writer.rows["desk", "contacts"])["contact_id"]},
        ]
        cells += [{"stars": str(deal.rng.randint(1, 5))}] if rating["stars"] else []
        deal.send(drop, "desk", "ratings", rating | deal.rng.choice(cells), Kind.OTHER_RATING)


def other_review(deal: Deal, drop: int) -> None:
    """Correct a review."""
    if review := deal.pick(drop, "quality_reviews"):
        earlier = instant(review["reviewed_at"]) - timedelta(days=2)
        cells = [
            {"score": str(deal.rng.randint(50, 99))},
            {"agent_id": deal.rng.choice(deal.writer.spec.staff)},
            {"contact_id": deal.rng.choice(deal.writer.rows["desk", "contacts"])["contact_id"]},
            {"reviewed_at": earlier.isoformat()},
        ]
        deal.send(drop, "desk", "quality_reviews", review | deal.rng.choice(cells), Kind.OTHER_REVIEW)


CHANGES = (
    other_date,
    before_first_date,
    other_header,
    moved_message,
    moved_event,
    other_message,
    other_event,
    other_rating,
    other_review,
)
