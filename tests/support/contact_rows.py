"""Rows of contact feeds in few words: a clock time on a day, who, and what."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.support.raw_rows import RawHome

Row = dict[str, Any]
# Everything about contacts; dbt's own tests of these models are run as well.
CONTACT_MODELS = (
    "fct_contact",
    "fct_contact_leg",
    "fct_queue_visit",
    "fct_message_turn",
    "fct_agent_offer",
    "int_feed__reconciliation",
)
_message_numbers = count(1)


def instant(day: str, clock: str | float, zone: str = "+00:00") -> str:
    """A clock time `HH:MM:SS`, or seconds after midnight, of a day as ISO 8601 text with offset."""
    if isinstance(clock, str):
        return f"{day}T{clock}{zone}"
    return (datetime.fromisoformat(f"{day}T00:00:00{zone}") + timedelta(seconds=clock)).isoformat()


class Day:
    """Rows of one day; cases that share a home keep apart by their days."""

    def __init__(self, day: str, zone: str = "+00:00") -> None:
        """The offset is that of every clock time given."""
        self.day, self.zone = day, zone

    def event(self, contact: str, clock: str | float, event_type: str, **rest: Any) -> Row:
        """A routing event."""
        at = instant(self.day, clock, self.zone)
        return {"contact_id": contact, "occurred_at": at, "event_type": event_type} | rest

    def message(self, contact: str, clock: str | float, sender: str, agent: str | None = None, **rest: Any) -> Row:
        """A message; with an agent it is his, manual unless said otherwise."""
        return {
            "message_id": f"m{next(_message_numbers)}",
            "contact_id": contact,
            "sent_at": instant(self.day, clock, self.zone),
            "sender": sender,
            "agent_id": agent,
        } | rest

    def contact(self, contact: str, clock: str | float, **rest: Any) -> Row:
        """A contact header."""
        return {"contact_id": contact, "started_at": instant(self.day, clock, self.zone)} | rest

    def answered_call(
        self, contact: str, clock: float, wait: float, talk: float, agent: str = "anna", queue: str = "calls"
    ) -> list[Row]:
        """Queued, connected after the wait and ended after the talk, in seconds."""
        return [
            self.event(contact, clock, "queued", queue_id=queue),
            self.event(contact, clock + wait, "connected", queue_id=queue, agent_id=agent),
            self.event(contact, clock + wait + talk, "ended", agent_id=agent),
        ]

    def abandoned_call(self, contact: str, clock: float, wait: float, queue: str = "calls") -> list[Row]:
        """Queued and abandoned after the wait, in seconds."""
        return [
            self.event(contact, clock, "queued", queue_id=queue),
            self.event(contact, clock + wait, "abandoned", queue_id=queue),
        ]


def contact(home: RawHome, contact_id: str, *columns: str) -> tuple[Any, ...]:
    """Columns of the one contact with this id."""
    (row,) = home.query(f"select {', '.join(columns)} from fct_contact where contact_id = '{contact_id}'")  # noqa: S608
    return row


def totals(home: RawHome, like: str, *columns: str, fact: str = "fct_contact") -> tuple[Any, ...]:
    """Sums of columns over the facts whose contact key ends like this pattern."""
    sums = ", ".join(f"sum({column})" for column in columns)
    (row,) = home.query(f"select {sums} from {fact} where contact_key like '%/{like}'")  # noqa: S608
    return row
