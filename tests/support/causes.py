"""Errors, tags and plans of hand-sized homes, in numbers: each helper adds many records of one cause."""

from __future__ import annotations

from typing import Any

from tests.support.governance import review
from tests.support.people_cases import at
from tests.support.raw_rows import RawHome


def err(home: RawHome, agent: str, day: str, **counts: int) -> None:
    """Severe errors of one agent and day, a review for each: `AT_03=2` are two of code AT-03."""
    for code, count in counts.items():
        for number in range(count):
            name = f"{agent}-{day}-{code}-{number}"
            review(home, name, agent, reviewed_at=at(f"{day} 12:00"))
            error = {"review_id": name, "error_code": code.replace("_", "-"), "class": "severe"}
            home.add("quality_errors", [error])


def plan(home: RawHome, name: str, subject_kind: str, subject_id: str, **told: Any) -> None:
    """A plan for the centre about what went wrong in January, from 1 February until the end of the month."""
    row = {"plan_id": name, "subject_kind": subject_kind, "subject_id": subject_id}
    row |= {"baseline_from": "2026-01-01", "baseline_to": "2026-02-01", "starts_on": "2026-02-01"}
    home.add("plans", [row | {"due_on": "2026-02-28"} | told])


def check(home: RawHome, agent: str, day: str, count: int, wrong: int, code: str = "KN-02") -> None:
    """So many reviews of one agent and day, the first wrong with a severe error of this code, and seen by him."""
    names = [f"{agent}-{day}-{number}" for number in range(count)]
    row = {"agent_id": agent, "reviewer_id": "rex", "score": "98", "reviewed_at": at(f"{day} 12:00")}
    seen = {name: at(f"{day} 13:00") for name in names[:wrong]}
    home.add("quality_reviews", [{"review_id": name, "acknowledged_at": seen.get(name)} | row for name in names])
    error = {"error_code": code, "class": "severe"}
    home.add("quality_errors", [{"review_id": name} | error for name in names[:wrong]])
