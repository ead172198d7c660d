"""Listenings, test calls, audits, talks and documents of hand-sized homes: each helper adds one record."""

from __future__ import annotations

from typing import Any

from tests.support.people_cases import at
from tests.support.raw_rows import RawHome


def listen(home: RawHome, name: str, agent: str, level: str, started: str, **told: Any) -> None:
    """A manager of a level listens to the recording of an agent's contact, unless said otherwise."""
    row = {"session_id": name, "agent_id": agent, "level": level, "started_at": at(started)}
    home.add("monitoring_sessions", [row | told])


def step_in(home: RawHome, name: str, agent: str, method: str | None, **told: Any) -> None:
    """The supervisor `boss` steps in on 10 March, while he listens to the contact going on."""
    stepped = {"mode": "live", "intervened_at": at("2026-03-10 09:01"), "intervention_method": method}
    listen(home, name, agent, "supervisor", "2026-03-10 09:00", **stepped | told)


def call(
    home: RawHome, name: str, agent: str, called: str, *, passed: bool, source_id: str = "desk", **told: Any
) -> None:
    """A direct question to an agent, unless said otherwise."""
    row = {"test_call_id": name, "agent_id": agent, "called_at": at(called), "passed": passed}
    home.add("test_calls", [row | told], source_id)


def audit(home: RawHome, name: str, agent: str, audited: str, **told: Any) -> None:
    """An audit of an agent's ticket in which nothing was wrong, unless said otherwise."""
    row = {"audit_id": name, "ticket_id": f"t-{name}", "agent_id": agent, "audited_at": at(audited)}
    home.add("ticket_audits", [row | told])


def coach(home: RawHome, name: str, agent: str, started: str, **told: Any) -> None:
    """A talk of the leader `boss` with an agent."""
    home.add("coaching_sessions", [{"coaching_id": name, "agent_id": agent, "started_at": at(started)} | told])


def document(home: RawHome, name: str, acknowledge_by: str | None = None, **told: Any) -> None:
    """A rule published on 2 March at 08:00."""
    due = at(acknowledge_by) if acknowledge_by else None
    row = {"document_id": name, "published_at": at("2026-03-02 08:00"), "acknowledge_by": due}
    home.add("documents", [row | told])


def address(
    home: RawHome, name: str, agent: str, acknowledged: str | None = None, addressed: str = "2026-03-02 09:00"
) -> None:
    """A document addressed to somebody, opened and acknowledged by him at once or not at all."""
    done = at(acknowledged) if acknowledged else None
    row = {"document_id": name, "agent_id": agent, "addressed_at": at(addressed)}
    home.add("document_receipts", [row | {"read_at": done, "acknowledged_at": done}])
