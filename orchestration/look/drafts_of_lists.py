"""The draft for conversations that hold their messages: the list is unrolled, and contacts are told from around it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from orchestration.look.drafts_of_calls import calls
from orchestration.look.drafts_of_people import messages
from orchestration.look.guess import Guess
from orchestration.look.holds import Column, column_of
from orchestration.look.meaning import may_mean, meanings_of
from orchestration.look.private import is_shown
from orchestration.look.sample import Looked, look_within

_OF_A_MESSAGE = frozenset({"message_id", "sender", "sent_at", "writer", "agent_id"})
_TO_BE_TOLD = {"sender", "sent_at"}
_KIND = r"(?:^|[._ ])(?:part ?_?)?(?:type|kind|visibility)$"


def unrolled(looked: Looked, columns: list[Column], called: str, wanted: Collection[str]) -> tuple[str, Guess] | None:
    """Return the list of messages in the records of a file and the guess by which it is unrolled, if one is plain.

    columns: of the records themselves. wanted: what is looked for among them.
    """
    around = meanings_of(columns, wanted)
    if looked.nested is None or not {"contact_id", "started_at"} <= around.keys():
        return None
    inside = looked.nested.inside
    likely = [name for name in inside if all(any(may_mean(one, what) for one in inside[name]) for what in _TO_BE_TOLD)]
    for name in likely:
        elements = look_within(looked, name).frame
        own = [column_of(one, elements[one]) for one in looked.nested.inside[name] if one in elements.columns]
        meant = meanings_of(own, _OF_A_MESSAGE)
        if meant.keys() >= _TO_BE_TOLD:
            outside = {column.name: replace(column, name=f"^{column.name}") for column in columns}
            there = {meaning: outside[column.name] for meaning, column in around.items()}
            return name, _guess(name, own, meant, there, outside, looked.frame.height, called)
    return None


def _guess(
    name: str,
    own: list[Column],
    meant: dict[str, Column],
    around: dict[str, Column],
    outside: dict[str, Column],
    records: int,
    called: str,
) -> Guess:
    all_columns = [*own, *outside.values()]
    guess = Guess(around, all_columns, records, called)
    guess.ask(f"`{name}` is unrolled: is each of its elements a message? What has none of them keeps its contact.")
    calls(guess)
    writer = _who(meant["sender"], own)
    if writer is not None:
        meant |= {"writer": writer}
    inner = Guess(meant | {"contact_id": around["contact_id"]}, all_columns, records)
    _ask_of_kinds(inner, own)
    messages(inner)
    guess.feeds |= inner.feeds
    for question in inner.questions:
        guess.ask(question)
    return guess


def _who(sender: Column, own: list[Column]) -> Column | None:
    """Return the id beside what a sender is: author.id of author.type, sender_id of sender_type."""
    beside = re.sub(r"(?:type|role)$", "id", sender.name)
    return next((column for column in own if column.name == beside != sender.name), None)


def _ask_of_kinds(guess: Guess, own: list[Column]) -> None:
    for column in own:
        if column.name != guess.meant["sender"].name and re.search(_KIND, column.name) and len(column.words) > 1:
            some = ", ".join(f"`{word}`" for word in column.words if is_shown(word))
            guess.ask(
                f"`{column.name}` is {some}: which of them are messages between customer and centre? "
                f"The others are left out by a `where` of `messages`."
            )
