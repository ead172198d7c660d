"""The draft for files with one record per call, chat or ticket: contacts, what happened in them, ratings."""

from __future__ import annotations

import re
from typing import Any

from orchestration.look.guess import MOST_SHOWN, Guess
from orchestration.look.private import is_shown
from orchestration.look.translated import CHANNELS, DIRECTIONS, VERDICTS, answered_words, translated
from orchestration.look.zones import asked_of

_MOST_TOPICS = 200
_ALL_RATED = 0.95
_VOICE = {"wait", "talk", "answered_at"}


def calls(guess: Guess) -> None:
    """Add contacts, events and ratings of a file with one record per contact."""
    contact = _contact(guess)
    guess.feeds["contacts"] = contact
    events = _events(guess, contact)
    if events:
        guess.feeds["contact_events"] = events
    if guess.has("stars"):
        if guess.meant["stars"].filled >= _ALL_RATED:
            guess.ask(
                "Every record has a rating: does the file tell all contacts? Of a survey `ratings` alone may stay."
            )
        guess.feeds["ratings"] = _rating(guess, contact)


def ratings(guess: Guess) -> None:
    """Add the ratings of a survey, whose contacts another file tells."""
    contact = {"contact_id": guess.field("contact_id")}
    if not guess.meant["contact_id"].is_unique:
        guess.ask(f"`{guess.meant['contact_id'].name}` stands in several records: which of its ratings counts?")
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
            "No column is the id of a contact: is each record a whole one? One that is told again in another file "
            "counts again."
        )
    contact |= _customer(guess)
    contact["direction"] = _direction(guess)
    contact |= _channel(guess)
    if guess.has("queue_id"):
        contact["queue_id"] = guess.meant["queue_id"].name
    # A subject that comes once is what somebody wrote, and text of people does not enter.
    if guess.has("topic") and guess.meant["topic"].comes_again and guess.meant["topic"].different <= _MOST_TOPICS:
        contact["topic"] = guess.meant["topic"].name
        guess.ask(f"`{guess.meant['topic'].name}`: does it say what the contact was about?")
    contact["started_at"] = start_of(guess)
    if guess.has("ended_at"):
        contact["ended_at"] = guess.field("ended_at")
    elif guess.has("answered_at", "talk"):
        talk = guess.meant["talk"].name
        guess.ask(f"Contacts end `{talk}` after their answer: is holding in it, and no work after the contact?")
        contact["ended_at"] = {"plus": [guess.field("answered_at"), guess.seconds("talk")]}
    elif guess.has("length") and not _is_reckoned(contact["started_at"]):
        guess.ask(f"`{guess.meant['length'].name}`: is it from the start, waiting included, to the end?")
        contact["ended_at"] = {"plus": [contact["started_at"], guess.seconds("length")]}
    else:
        guess.ask("No column tells when a contact ended: nobody is known to have given up, and no contact to be long.")
    return contact


def _customer(guess: Guess) -> dict[str, Any]:
    if not guess.has("customer_id"):
        guess.ask("No column tells the customer: without it nobody is known to come back (repeats, first contact).")
        return {}
    column = guess.meant["customer_id"]
    if re.search(r"name|昵称|姓名", column.name, re.IGNORECASE):
        guess.ask(f"`{column.name}`: does it tell one customer from another? Of two with one name it makes one.")
    words = guess.meant["direction"].words if guess.has("direction") else ()
    if set(translated(words, DIRECTIONS)[0].values()) - {"inbound"}:
        guess.ask(f"`{column.name}`: is it the customer in outbound contacts too? There the centre is the caller.")
    return {"customer_id": column.name}


def start_of(guess: Guess) -> Any:
    """Return the field of the instant at which a record began."""
    if guess.has("started_at"):
        return guess.field("started_at")
    if guess.has("start_day", "start_clock"):
        day, clock = guess.meant["start_day"], guess.meant["start_clock"]
        has_no_seconds = {"HH:MM", "MM:SS"} & {clock.form, clock.other_form}
        of_clock = clock.form if clock.holding == "clock" else "%H:%M" if has_no_seconds else "%H:%M:%S"
        guess.ask(asked_of(clock.name))
        if day.other_form is not None:
            guess.field("start_day")
        key = {"key": [day.name, clock.name], "separator": " "}
        return key | {"time_format": f"{day.form or '%Y-%m-%d'} {of_clock}"}
    if guess.has("wait"):
        _ask_of_wait(guess)
        return {"minus": [guess.field("answered_at"), guess.seconds("wait")]}
    guess.ask("Only the answer has a time: contacts begin with it, and nobody waited. Does the system export more?")
    return guess.field("answered_at")


def _ask_of_wait(guess: Guess) -> None:
    name = guess.meant["wait"].name
    guess.ask(
        f"An answer is taken to come `{name}` after the start: is all waiting in it, in the queue and at the phone?"
    )


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
    is_chat = guess.has("contact_id") and "chat" in guess.meant["contact_id"].name.lower()
    guess.channel = "voice" if _VOICE & guess.meant.keys() and not is_chat else "web"
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
    # What somebody wrote down for once is no list of outcomes.
    is_list = status is not None and status.comes_again and all(map(is_shown, status.words))
    words = answered_words(status.words) if status is not None and is_list else []
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
        _ask_of_wait(guess)
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
    at = guess.field("rated_at") if guess.has("rated_at") else contact.get("ended_at", contact.get("started_at"))
    stars: Any = guess.field("stars")
    given: Any = {"filled": True}
    if column.holding == "words":
        found, others = translated(column.words, VERDICTS)
        stars = {"column": column.name, "values": found} if found else column.name
        if found and others:
            given = list(found)
            shown = [f"`{word}`" for word in others if column.comes_again and is_shown(word)][:MOST_SHOWN]
            some = ", ".join(shown) or f"{len(others)} others"
            guess.ask(f"`{column.name}`: {some} count as no rating: are they none?")
        elif others:
            guess.ask(f"`{column.name}`: how do its words become 1 to 5 stars? Say it in `values`.")
    elif float(column.highest or 0) > 5 or float(column.lowest or 1) < 1:
        guess.ask(f"`{column.name}` goes from {column.lowest} to {column.highest}: how does it become 1 to 5 stars?")
    guess.ask(
        "Only records with a rating tell of one: who was asked and did not answer is not in it, so that "
        "participation is not known."
    )
    rating = {"contact_id": contact["contact_id"], "invited_at": at, "rated_at": at, "stars": stars}
    return {"where": {column.name: given}, "columns": rating}
