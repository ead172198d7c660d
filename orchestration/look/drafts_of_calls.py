"""The draft for files with one record per call, chat or ticket: contacts, what happened in them, ratings."""

from __future__ import annotations

import re
from typing import Any

from orchestration.look.answers import agent_of, answered, ask_of_wait, is_reckoned
from orchestration.look.customers import customer_of
from orchestration.look.guess import MOST_SHOWN, Guess, more_likely
from orchestration.look.private import is_shown
from orchestration.look.translated import CHANNELS, DIRECTIONS, VERDICTS, translated
from orchestration.look.zones import asked_of

_MOST_TOPICS = 200
_ALL_RATED = 0.95
_VOICE = {"wait", "talk", "answered_at"}
_OF_ANOTHER = r"(?i)(?<![a-z])parent"
_CALLED_VOICE = r"(?i)(?<![a-z])(?:calls?|cdr|phone|voice|ivr)(?![a-z])|通话|话单|呼叫|来电"
_CALLED_CHAT = r"(?i)chat|conversation|ticket|会话|对话|工单"


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
    _ask_of_legs(guess)
    _ask_of_minutes(guess)
    contact |= customer_of(guess)
    contact["direction"] = _direction(guess)
    contact |= _channel(guess)
    if guess.has("queue_id"):
        contact["queue_id"] = guess.meant["queue_id"].name
    # A subject that comes once is what somebody wrote, and text of people does not enter.
    topic = guess.meant.get("topic")
    if topic and topic.comes_again and topic.different <= _MOST_TOPICS and not guess.is_one_word(topic):
        contact["topic"] = topic.name
        guess.ask(f"`{topic.name}`: does it say what the contact was about?")
    contact["started_at"] = start_of(guess)
    if guess.has("ended_at"):
        contact["ended_at"] = guess.field("ended_at")
    elif guess.has("answered_at", "talk"):
        talk = guess.meant["talk"].name
        guess.ask(f"Contacts end `{talk}` after their answer: is holding in it, and no work after the contact?")
        contact["ended_at"] = {"plus": [guess.field("answered_at"), guess.seconds("talk")]}
    elif guess.has("wait", "talk") and not guess.has("length") and not is_reckoned(contact["started_at"]):
        guess.ask(
            f"Contacts end `{guess.meant['talk'].name}` after their waiting: is holding in it, and no work after?"
        )
        waited = {"plus": [contact["started_at"], guess.seconds("wait")]}
        contact["ended_at"] = {"plus": [waited, guess.seconds("talk")]}
    elif guess.has("length") and not is_reckoned(contact["started_at"]):
        guess.ask(f"`{guess.meant['length'].name}`: is it from the start, waiting included, to the end?")
        contact["ended_at"] = {"plus": [contact["started_at"], guess.seconds("length")]}
    else:
        guess.ask("No column tells when a contact ended: nobody is known to have given up, and no contact to be long.")
    return contact


def _ask_of_legs(guess: Guess) -> None:
    """Ask of a column that names another record, of which this one may be a part."""
    own = {column.name for name, column in guess.meant.items() if name == "contact_id"}
    for column in guess.columns:
        if column.holding == "id" and column.name not in own and re.search(_OF_ANOTHER, column.name):
            guess.ask(
                f"`{column.name}` names another record: is a record that has it a contact of its own, or a leg of that "
                f"one? Legs are left out by `skip_where: {{{column.name}: {{filled: true}}}}`."
            )


def _ask_of_minutes(guess: Guess) -> None:
    for column in (guess.meant[name] for name in ("started_at", "answered_at", "ended_at") if guess.has(name)):
        if column.form and "%M" in column.form and "%S" not in column.form:
            guess.ask(
                f"`{column.name}` has no seconds: what is between two such times is right to a minute only, and an end "
                "may come before its answer. Does the system export them?"
            )
            return


def start_of(guess: Guess) -> Any:
    """Return the field of the instant at which a record began."""
    if guess.has("started_at"):
        return guess.field("started_at")
    if guess.has("start_day", "start_clock"):
        day, clock = guess.meant["start_day"], guess.meant["start_clock"]
        has_no_seconds = {"HH:MM", "MM:SS"} & {clock.form, clock.other_form}
        of_clock = clock.form if clock.holding == "clock" else "%H:%M" if has_no_seconds else "%H:%M:%S"
        guess.ask(asked_of(clock.name))
        form = day.form or "%Y-%m-%d"
        if day.other_form is not None:
            guess.field("start_day")
            form = more_likely(day.form or "", day.other_form, by=of_clock or "")
        key = {"key": [day.name, clock.name], "separator": " "}
        return key | {"time_format": f"{form} {of_clock}"}
    if guess.has("wait"):
        ask_of_wait(guess)
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
    called = " ".join([guess.called, *(guess.meant[name].name for name in ("contact_id",) if guess.has(name))])
    is_voice = re.search(_CALLED_VOICE, called) or _VOICE & guess.meant.keys()
    guess.channel = "voice" if is_voice and not re.search(_CALLED_CHAT, called) else "web"
    guess.ask(f"No column tells the channel: is it {guess.channel} for all of them?")
    return {}


def _events(guess: Guess, contact: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the events that a record tells: it waited, somebody answered, it ended."""
    answered_at, is_answered, is_not = answered(guess, contact)
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
    agent = {"agent_id": agent_of(guess)}
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
