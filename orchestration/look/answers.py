"""Whether a contact was answered, when and by whom, as far as the columns of its record tell it."""

from __future__ import annotations

import re
from typing import Any

from orchestration.look.guess import Guess
from orchestration.look.private import is_shown
from orchestration.look.translated import answered_words

_YES = r"^(?:1|y|yes|true|是|有|abandon(?:ed)?)$"
_START = r"(?i)start|begin|began|创建|开始|进入"
_FIRST_REPLY = r"(?i)response|reply|响应|回复"

Condition = dict[str, Any]


def answered(guess: Guess, contact: dict[str, Any]) -> tuple[Any, Condition, Condition]:
    """Return when a contact was answered, and the conditions under which it was and was not."""
    if guess.has("answered_at"):
        name = guess.meant["answered_at"].name
        if re.search(_FIRST_REPLY, name):
            guess.ask(f"`{name}` is taken for the answer: was it no automatic one, and did the agent named give it?")
        elif re.search(_START, name):
            guess.ask(f"`{name}` stands only in some records: is it when an agent answered?")
        return guess.field("answered_at"), {name: {"filled": True}}, {name: {"filled": False}}
    is_answered, is_not = _conditions(guess)
    if not is_answered:
        return None, {}, {}
    if guess.has("wait") and not is_reckoned(contact["started_at"]):
        ask_of_wait(guess)
        return {"plus": [contact["started_at"], guess.seconds("wait")]}, is_answered, is_not
    if guess.has("talk") and "ended_at" in contact and not is_reckoned(contact["ended_at"]):
        return {"minus": [contact["ended_at"], guess.seconds("talk")]}, is_answered, is_not
    return None, is_answered, is_not


def _conditions(guess: Guess) -> tuple[Condition, Condition]:
    status, abandoned = guess.meant.get("status"), guess.meant.get("abandoned")
    gave_up = [word for word in abandoned.words if re.search(_YES, word.strip().lower())] if abandoned else []
    if abandoned and gave_up and guess.has("agent_id"):
        stayed = [word for word in abandoned.words if word not in gave_up]
        return {abandoned.name: stayed} | _has_agent(guess)[0], {abandoned.name: gave_up}
    # What somebody wrote down for once is no list of outcomes.
    is_list = status is not None and status.comes_again and all(map(is_shown, status.words))
    words = answered_words(status.words) if status is not None and is_list else []
    if status and words:
        return {status.name: words}, {status.name: [word for word in status.words if word not in words]}
    if not guess.has("agent_id"):
        return {}, {}
    name = guess.meant["agent_id"].name
    guess.ask(f"No column tells whether a contact was answered: is it wherever `{name}` is filled?")
    return _has_agent(guess)


def _has_agent(guess: Guess) -> tuple[Condition, Condition]:
    column = guess.meant["agent_id"]
    if column.has_zero:
        guess.ask(f"`{column.name}`: is 0 no agent?")
        return {column.name: {"matches": "[^0]"}}, {column.name: ["", "0"]}
    return {column.name: {"filled": True}}, {column.name: {"filled": False}}


def agent_of(guess: Guess) -> Any:
    """Return the field of the agent who answered."""
    column = guess.meant["agent_id"]
    return {"column": column.name, "empty": ["0"]} if column.has_zero else column.name


def ask_of_wait(guess: Guess) -> None:
    """Ask whether a wait is all of it."""
    name = guess.meant["wait"].name
    guess.ask(
        f"An answer is taken to come `{name}` after the start: is all waiting in it, in the queue and at the phone?"
    )


def is_reckoned(field: Any) -> bool:
    """Tell whether a field is reckoned already: of such a field nothing more is reckoned."""
    return isinstance(field, dict) and bool({"plus", "minus"} & field.keys())
