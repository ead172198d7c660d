"""Who of a record of a contact the customer is: a column, or one by the direction, or nobody."""

from __future__ import annotations

import re
from typing import Any

from orchestration.look.guess import FEWEST_RECORDS, Guess
from orchestration.look.translated import DIRECTIONS, translated

_WRITER = r"(?:^|[._/])(?:author|sender|creator|from)(?:[._/]|$)"


def customer_of(guess: Guess) -> dict[str, Any]:
    """Return the field of the customer, if a column tells him, and ask where it may be somebody else."""
    if not guess.has("customer_id"):
        guess.ask("No column tells the customer: without it nobody is known to come back (repeats, first contact).")
        return {}
    column = guess.meant["customer_id"]
    if guess.is_one_word(column):
        guess.ask(f"`{column.name}` is one and the same in all records, so it is taken for no customer: who is it?")
        return {}
    if column.is_unique and guess.records >= FEWEST_RECORDS:
        guess.ask(f"`{column.name}` is another one in each record: is it the customer, or an id of the record?")
    if re.search(r"name|昵称|姓名", column.name, re.IGNORECASE):
        guess.ask(f"`{column.name}`: does it tell one customer from another? Of two with one name it makes one.")
    if not guess.has("direction") and re.search(_WRITER, column.name, re.IGNORECASE):
        guess.ask(f"`{column.name}`: is it the customer too where the centre began?")
    return {"customer_id": _by_direction(guess) or column.name}


def _by_direction(guess: Guess) -> dict[str, Any] | None:
    """Return the field of who calls in inbound and is called in outbound contacts; ask where no column tells it."""
    column = guess.meant["customer_id"]
    words = guess.meant["direction"].words if guess.has("direction") else ()
    found, unknown = translated(words, DIRECTIONS)
    outbound = [word for word, meant in found.items() if meant == "outbound"]
    if outbound and guess.has("called_id"):
        called, told = guess.meant["called_id"].name, guess.meant["direction"].name
        others = [word for word in words if word not in outbound]
        guess.ask(f"Is the customer `{called}` in outbound contacts, and `{column.name}` in all others?")
        ways = [{"column": called, "when": {told: outbound}}, {"column": column.name, "when": {told: others}}]
        return {"cases": ways if others else ways[:1]}
    if outbound or unknown or set(found.values()) - {"inbound"}:
        guess.ask(f"`{column.name}`: is it the customer in outbound contacts too? There the centre is the caller.")
    return None
