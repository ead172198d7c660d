"""Hand-sized chats, states and people for tests of the people facts: each helper adds the rows of one occurrence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.raw_rows import RawHome


def at(local: str) -> datetime:
    """An instant of a UTC centre, written `2026-06-01 10:00` or with seconds."""
    return datetime.fromisoformat(local).replace(tzinfo=UTC)


def add_chat(
    home: RawHome,
    contact_id: str,
    agents: str | list[str],
    starts: datetime,
    minutes: float = 5,
    *,
    customer: str | None = None,
    topic: str | None = None,
    queue: str = "help",
    channel: str = "web",
    direction: str = "inbound",
    wrap_up_minutes: float = 0,
    source_id: str = "desk",
    is_test: bool = False,
    file_name: str | None = None,
) -> None:
    """A contact that connects when it starts; several agents share its minutes evenly, one handing over to the next."""
    handlers = [agents] if isinstance(agents, str) else agents
    ends = starts + timedelta(minutes=minutes)
    header = {"contact_id": contact_id, "customer_id": customer, "topic": topic, "queue_id": queue, "channel": channel}
    header |= {"direction": direction, "started_at": starts, "ended_at": ends, "is_test": is_test}
    home.add("contacts", [header], source_id, file_name=file_name)
    share = timedelta(minutes=minutes) / max(len(handlers), 1)
    events = []
    for number, agent in enumerate(handlers):
        begins = starts + number * share
        if number:
            sender = {"agent_id": handlers[number - 1], "transfer_kind": "blind", "transfer_target_kind": "agent"}
            events.append({"event_type": "transferred", "occurred_at": begins, "transfer_target_id": agent} | sender)
        events.append({"event_type": "connected", "occurred_at": begins, "agent_id": agent})
    events.append({"event_type": "ended", "occurred_at": ends})
    if wrap_up_minutes:
        done = ends + timedelta(minutes=wrap_up_minutes)
        events.append({"event_type": "wrap_up_started", "occurred_at": ends, "agent_id": handlers[-1]})
        events.append({"event_type": "wrap_up_ended", "occurred_at": done, "agent_id": handlers[-1]})
    home.add("contact_events", [{"contact_id": contact_id} | event for event in events], source_id, file_name=file_name)


def add_states(
    home: RawHome, agent: str, changes: list[tuple[str, datetime, datetime | None]], source_id: str = "desk"
) -> None:
    """State intervals of an agent: state, start, end (none: until the next change)."""
    rows = [{"agent_id": agent, "state": state, "started_at": start, "ended_at": end} for state, start, end in changes]
    home.add("agent_states", rows, source_id)


def add_person(home: RawHome, agent: str, hired_on: str, left_on: str | None = None, **attributes: object) -> None:
    """A staff version that holds from the hire on."""
    row = {"agent_id": agent, "name": agent.title(), "hired_on": hired_on, "left_on": left_on, "valid_from": hired_on}
    home.add("staff", [row | attributes], "hr")


def add_member(
    home: RawHome, agent: str, team: str, valid_from: str, valid_to: str | None = None, *, is_home: bool = True
) -> None:
    """A membership of an agent; `valid_to` is the first day without it."""
    row = {"agent_id": agent, "team_id": team, "valid_from": valid_from, "valid_to": valid_to, "is_home_team": is_home}
    home.add("team_memberships", [row], "hr")


def add_rating(
    home: RawHome,
    contact_id: str,
    invited: datetime,
    stars: int | None = None,
    *,
    is_delivered: bool = True,
    rated_after: int = 10,
    source_id: str = "desk",
) -> None:
    """An invitation to rate; with stars it was answered `rated_after` minutes later."""
    row = {
        "rating_id": f"{contact_id}-{invited:%d%H%M%S}",
        "contact_id": contact_id,
        "invited_at": invited,
        "delivered_at": invited if is_delivered else None,
        "not_delivered_reason": None if is_delivered else "blocked",
        "rated_at": invited + timedelta(minutes=rated_after) if stars is not None else None,
        "stars": stars,
    }
    home.add("ratings", [row], source_id)
