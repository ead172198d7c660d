"""The drafts for files of messages, of agents' states, and of agents and their teams."""

from __future__ import annotations

from typing import Any

from orchestration.look.drafts_of_calls import start_of
from orchestration.look.guess import Guess
from orchestration.look.translated import SENDERS, STATES


def messages(guess: Guess) -> None:
    """Add the messages of chats; their text is never read."""
    sender = _sender(guess)
    message: dict[str, Any] = {
        "message_id": guess.field("message_id") if guess.has("message_id") else {"row_number": True},
        "contact_id": guess.field("contact_id"),
        "sent_at": guess.field("sent_at"),
        "sender": sender,
        "is_manual": {"constant": True},
    }
    writer = guess.meant.get("writer", guess.meant.get("agent_id"))
    if writer is not None:
        if not guess.has("writer"):
            guess.ask(f"`{writer.name}`: is it who wrote the message, and not whose the conversation is?")
        words = (
            [word for word, meant in sender["values"].items() if meant == "agent"]
            if isinstance(sender, dict) and "values" in sender
            else ["agent"]
        )
        message["agent_id"] = {"column": writer.name, "when": {guess.meant["sender"].name: words}}
    else:
        guess.ask("No column tells which agent wrote a message.")
    guess.ask("All messages count as written by hand: which column tells an automatic answer of an agent?")
    guess.feeds["messages"] = message


def messages_by_way(guess: Guess) -> None:
    """Add the messages of which the way that they go tells who wrote them."""
    guess.meant["sender"] = guess.meant.pop("way")
    guess.ask(f"`{guess.meant['sender'].name}`: are all messages that go out of agents, and none of a robot?")
    messages(guess)


def _sender(guess: Guess) -> Any:
    """Return the field of who wrote a message: a user is a customer to some systems, to others an agent."""
    told = guess.words("sender", SENDERS, "sender (customer, agent, system)")
    found = told["values"] if isinstance(told, dict) else {}
    users = [word for word in found if word.strip().lower() == "user"]
    if not users:
        return told
    meant = "agent" if "customer" in found.values() else "customer"
    guess.ask(f"`{guess.meant['sender'].name}`: is `{users[0]}` the {meant}? Other systems mean the other one by it.")
    return {"column": told["column"], "values": found | dict.fromkeys(users, meant)}


def states(guess: Guess) -> None:
    """Add the states in which agents were."""
    state: dict[str, Any] = {
        "agent_id": guess.field("agent_id"),
        "state": guess.words("state", STATES, "state (ready, busy, away, meal, training, wrap_up)"),
        "started_at": start_of(guess),
    }
    if guess.has("ended_at"):
        state["ended_at"] = guess.field("ended_at")
    elif guess.has("length"):
        state["ended_at"] = {"plus": [state["started_at"], guess.seconds("length")]}
    guess.feeds["agent_states"] = state


def people(guess: Guess) -> None:
    """Add the agents, and the teams that they are in."""
    since = guess.field("valid_from") if guess.has("valid_from") else {"constant": "2020-01-01"}
    if not guess.has("valid_from"):
        guess.ask("No column tells since when: everything holds from 2020-01-01 on.")
    meant = {column.name for column in guess.meant.values()}
    times = [column for column in guess.columns if column.holding in ("instant", "day", "clock", "duration")]
    for column in [column for column in times if column.name not in meant][:1]:
        guess.ask(f"The file tells times too (`{column.name}`): is it a list of people at all?")
    agent = guess.field("agent_id")
    if not guess.meant["agent_id"].is_unique:
        guess.ask(f"`{guess.meant['agent_id'].name}` stands in several records: is each a version of the agent?")
    name: Any = guess.field("agent_name") if guess.has("agent_name") else None
    if guess.has("first_name", "last_name"):
        name = {"key": [guess.meant["first_name"].name, guess.meant["last_name"].name], "separator": " "}
    if name is not None:
        guess.ask("Are all of them employees in the role of an agent? `role` and `employment` have other values too.")
        guess.feeds["staff"] = {
            "agent_id": agent,
            "name": name,
            "role": {"constant": "agent"},
            "employment": {"constant": "full"},
            "valid_from": since,
        }
        if guess.has("left_on"):
            guess.feeds["staff"]["left_on"] = guess.field("left_on")
            left = guess.meant["left_on"].name
            guess.ask(f"`{left}`: is it the first day on which somebody is gone, or the last one there?")
    if guess.has("team_id"):
        home = {"is_home_team": {"constant": True}}
        guess.feeds["team_memberships"] = {
            "agent_id": agent,
            "team_id": guess.field("team_id"),
            "valid_from": since,
        } | home
