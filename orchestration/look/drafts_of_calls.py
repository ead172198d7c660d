"""The draft for files with one record per call, chat or ticket: contacts, what happened in them, ratings."""

from __future__ import annotations

from typing import Any

from orchestration.look.guess import Guess
from orchestration.look.translated import CHANNELS, DIRECTIONS, VERDICTS, answered_words

_MOST_TOPICS = 200
_VOICE = {"wait", "talk", "answered_at"}


def calls(guess: Guess) -> None:
    """Add contacts, events and ratings of a file with one record per contact."""
    contact = _contact(guess)
    guess.feeds["contacts"] = contact
    events = _events(guess, contact)
    if events:
        guess.feeds["contact_events"] = events
    if guess.has("stars"):
        guess.feeds["ratings"] = _rating(guess, contact)


def _contact(guess: Guess) -> dict[str, Any]:
    contact: dict[str, Any] = {}
    if guess.has("contact_id"):
        contact["contact_id"] = guess.field("contact_id")
        if not guess.meant["contact_id"].is_unique:
            guess.ask(
                f"`{guess.meant['contact_id'].name}` stands in several records: is a record a part of a contact, a leg "
                "or an event? Then only one of them may give `contacts`, by a `where`."
            )
    else:
        contact["contact_id"] = {"row_number": True}
        guess.ask(
            "No column is the id of a contact: the number of the record stands for it, so that one that is told again "
            "counts again."
        )
    if guess.has("customer_id"):
        contact["customer_id"] = guess.meant["customer_id"].name
    contact["direction"] = _direction(guess)
    contact |= _channel(guess)
    if guess.has("queue_id"):
        contact["queue_id"] = guess.meant["queue_id"].name
    # A subject that comes once is what somebody wrote, and text of people does not enter.
    if guess.has("topic") and guess.meant["topic"].comes_again and guess.meant["topic"].different <= _MOST_TOPICS:
        contact["topic"] = guess.meant["topic"].name
    contact["started_at"] = _start(guess)
    if guess.has("ended_at"):
        contact["ended_at"] = guess.field("ended_at")
    elif guess.has("answered_at", "talk"):
        contact["ended_at"] = {"plus": [guess.field("answered_at"), guess.seconds("talk")]}
    elif guess.has("length") and not _is_reckoned(contact["started_at"]):
        contact["ended_at"] = {"plus": [contact["started_at"], guess.seconds("length")]}
    return contact


def _start(guess: Guess) -> Any:
    if guess.has("started_at"):
        return guess.field("started_at")
    if guess.has("start_day", "start_clock"):
        day, clock = guess.meant["start_day"], guess.meant["start_clock"]
        of_clock = "%H:%M" if clock.form == "HH:MM" else "%H:%M:%S"
        key = {"key": [day.name, clock.name], "separator": " "}
        return key | {"time_format": f"{day.form or '%Y-%m-%d'} {of_clock}"}
    if guess.has("wait"):
        return {"minus": [guess.field("answered_at"), guess.seconds("wait")]}
    guess.ask("Only the answer has a time: contacts begin with it, and nobody waited. Does the system export more?")
    return guess.field("answered_at")


def _direction(guess: Guess) -> Any:
    if guess.has("direction"):
        return guess.words("direction", DIRECTIONS, "direction")
    guess.ask("No column tells the direction: are all of these contacts inbound?")
    return {"constant": "inbound"}


def _channel(guess: Guess) -> dict[str, Any]:
    if guess.has("channel"):
        column = guess.meant["channel"]
        told = guess.words("channel", CHANNELS, "channel (web, wechat, weibo, app, voice, email, other)")
        if isinstance(told, dict) or set(column.words) <= CHANNELS.keys():
            return {"channel": told}
    guess.channel = "voice" if _VOICE & guess.meant.keys() else "web"
    guess.ask(f"No column tells the channel: is it {guess.channel} for all of them?")
    return {}


def _events(guess: Guess, contact: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the events that a record tells: it waited, somebody answered, it ended."""
    answered_at, is_answered, is_not = _answered(guess, contact)
    same = {"contact_id": contact["contact_id"]}
    queue = {"queue_id": contact["queue_id"]} if "queue_id" in contact else {}
    events: list[dict[str, Any]] = [
        same | {"occurred_at": contact["started_at"], "event_type": {"constant": "queued"}} | queue
    ]
    if answered_at is None or not guess.has("agent_id"):
        guess.ask(
            "No column tells who answered and when; without it there are contacts, but no answers, waits or agents."
        )
        return events if queue else []
    agent = {"agent_id": guess.meant["agent_id"].name}
    connected = same | {"occurred_at": answered_at, "event_type": {"constant": "connected"}} | agent | queue
    events.append(_when(is_answered, connected))
    if "ended_at" in contact:
        ended = same | {"occurred_at": contact["ended_at"]}
        events.append(_when(is_answered, ended | {"event_type": {"constant": "ended"}}))
        events.append(_when(is_not, ended | {"event_type": {"constant": "abandoned"}}))
        guess.ask(
            "A contact that nobody answered counts as abandoned by the customer: does the system close some by itself?"
        )
    if guess.has("wrapped_up_at"):
        wrapped = {"occurred_at": guess.field("wrapped_up_at"), "event_type": {"constant": "wrap_up_ended"}}
        events.append(_when(is_answered, same | wrapped | agent))
    return events


def _answered(guess: Guess, contact: dict[str, Any]) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """Return when a contact was answered, and the conditions under which it was and was not."""
    if guess.has("answered_at"):
        name = guess.meant["answered_at"].name
        return guess.field("answered_at"), {name: {"filled": True}}, {name: {"filled": False}}
    status = guess.meant.get("status")
    words = answered_words(status.words) if status else []
    is_answered: dict[str, Any]
    is_not: dict[str, Any]
    if status and words:
        others = [word for word in status.words if word not in words]
        is_answered, is_not = {status.name: words}, {status.name: others}
    elif guess.has("agent_id"):
        name = guess.meant["agent_id"].name
        is_answered, is_not = {name: {"filled": True}}, {name: {"filled": False}}
        guess.ask(f"No column tells whether a contact was answered: is it wherever `{name}` is filled?")
    else:
        return None, {}, {}
    if guess.has("wait") and not _is_reckoned(contact["started_at"]):
        return {"plus": [contact["started_at"], guess.seconds("wait")]}, is_answered, is_not
    if guess.has("talk") and "ended_at" in contact and not _is_reckoned(contact["ended_at"]):
        return {"minus": [contact["ended_at"], guess.seconds("talk")]}, is_answered, is_not
    return None, is_answered, is_not


def _is_reckoned(field: Any) -> bool:
    """Tell whether a field is reckoned already: of such a field nothing more is reckoned."""
    return isinstance(field, dict) and bool({"plus", "minus"} & field.keys())


def _when(condition: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    return {"where": condition, "columns": columns} if condition else columns


def _rating(guess: Guess, contact: dict[str, Any]) -> dict[str, Any]:
    column = guess.meant["stars"]
    at = guess.field("rated_at") if guess.has("rated_at") else contact.get("ended_at", contact["started_at"])
    stars: Any = guess.field("stars")
    if column.holding == "words":
        stars = guess.words("stars", dict(VERDICTS), "number of stars")
    elif float(column.highest or 0) > 5 or float(column.lowest or 1) < 1:
        guess.ask(f"`{column.name}` goes from {column.lowest} to {column.highest}: how does it become 1 to 5 stars?")
    guess.ask(
        "Only records with a rating tell of one: who was asked and did not answer is not in it, so that "
        "participation is not known."
    )
    rating = {"contact_id": contact["contact_id"], "invited_at": at, "rated_at": at, "stars": stars}
    return {"where": {column.name: {"filled": True}}, "columns": rating}
