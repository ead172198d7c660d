"""The drafts for files of messages, of agents' states, and of agents and their teams."""

from __future__ import annotations

from typing import Any

from orchestration.look.guess import Guess
from orchestration.look.translated import SENDERS, STATES


def messages(guess: Guess) -> None:
    """Add the messages of chats; their text is never read."""
    sender = guess.words("sender", SENDERS, "sender (customer, agent, system)")
    message: dict[str, Any] = {
        "message_id": guess.field("message_id") if guess.has("message_id") else {"row_number": True},
        "contact_id": guess.field("contact_id"),
        "sent_at": guess.field("sent_at"),
        "sender": sender,
        "is_manual": {"constant": True},
    }
    if guess.has("agent_id"):
        words = (
            [word for word, meant in sender["values"].items() if meant == "agent"]
            if isinstance(sender, dict) and "values" in sender
            else ["agent"]
        )
        message["agent_id"] = {"column": guess.meant["agent_id"].name, "when": {guess.meant["sender"].name: words}}
    guess.ask("All messages count as written by hand: which column tells an automatic answer of an agent?")
    guess.feeds["messages"] = message


def states(guess: Guess) -> None:
    """Add the states in which agents were."""
    state: dict[str, Any] = {
        "agent_id": guess.field("agent_id"),
        "state": guess.words("state", STATES, "state (ready, busy, away, meal, training, wrap_up)"),
        "started_at": guess.field("started_at"),
    }
    if guess.has("ended_at"):
        state["ended_at"] = guess.field("ended_at")
    guess.feeds["agent_states"] = state


def people(guess: Guess) -> None:
    """Add the agents, and the teams that they are in."""
    since = guess.field("valid_from") if guess.has("valid_from") else {"constant": "2020-01-01"}
    if not guess.has("valid_from"):
        guess.ask("No column tells since when: everything holds from 2020-01-01 on.")
    agent = guess.field("agent_id")
    if guess.has("agent_name"):
        guess.ask("Are all of them employees in the role of an agent? `role` and `employment` have other values too.")
        guess.feeds["staff"] = {
            "agent_id": agent,
            "name": guess.field("agent_name"),
            "role": {"constant": "agent"},
            "employment": {"constant": "full"},
            "valid_from": since,
        }
    if guess.has("team_id"):
        home = {"is_home_team": {"constant": True}}
        guess.feeds["team_memberships"] = {
            "agent_id": agent,
            "team_id": guess.field("team_id"),
            "valid_from": since,
        } | home
