"""Recognitions, rewards and findings of hand-sized homes, and policies that make points of them."""

from __future__ import annotations

from typing import Any

from tests.support.people_cases import at
from tests.support.raw_rows import RawHome

RULES = {
    "praise_in_contact": "2",
    "praise_contact": "2",
    "peer_like": "1",
    "achievement": "5",
    "best_practice": "3",
    "meeting_praise": "2",
    "suggestion_adopted": "3",
    "story": "2",
    "other": "none",
    "RG1": "10",
    "RG2": "10",
    "RG3": "5",
    "RG4": "5",
    "RG5": "none",
    "contest_1": "10",
    "contest_2": "6",
    "contest_3": "3",
    "fraud": "-20",
    "harassment": "-20",
    "abuse": "-3",
    "cold_violence": "-10",
    "other_severe": "none",
    "complaint_penalty": "-3",
    "error_penalty": "-1",
}


def points_version(version: str, month: str, window: str = "month", names: str = "top_5", **changed: str) -> str:
    """One version of the section `points`, as an item of its list."""
    rules = "\n".join(f"      {rule}: {points}" for rule, points in (RULES | changed).items())
    return f"""\
  - version: {version}
    valid_from: {month}
    approved_by: [A0001, A0002]
    window: {window}
    names: {names}
    rules:
{rules}
    likes_per_giver_month: 2
"""


def contest(contest_id: str, kpi_id: str, from_on: str, to_on: str, min_n: int, winners: int = 3) -> str:
    """One contest of agents, as an item of its list."""
    return f"""\
      - contest_id: {contest_id}
        name_en: {contest_id}
        name_zh: {contest_id}
        kpi_id: {kpi_id}
        from: {from_on}
        to: {to_on}
        scope: agent
        segment: none
        min_n: {min_n}
        winners: {winners}
"""


def recognise(home: RawHome, name: str, agent: str | None, kind: str, day: str, **told: Any) -> None:
    """A recognition at nine of a day, written `2026-03-02`."""
    row = {"recognition_id": name, "agent_id": agent, "kind": kind, "received_at": at(f"{day} 09:00")}
    home.add("recognitions", [row | told])


def reward(home: RawHome, name: str, agent: str | None, ground: str, day: str, **told: Any) -> None:
    """A reward with both approvals, decided at nine of a day."""
    row = {"reward_id": name, "agent_id": agent, "ground": ground, "for_month": day, "decided_at": at(f"{day} 09:00")}
    home.add("rewards", [row | told])


def find(home: RawHome, name: str, agent: str, kind: str, day: str, **told: Any) -> None:
    """A finding that somebody else has approved."""
    row = {"finding_id": name, "agent_id": agent, "kind": kind, "occurred_on": day, "approved_by": "max"}
    home.add("findings", [row | {"established_by": "eve", "established_at": at(f"{day} 18:00")} | told])
