"""Complaints, appeals and reviews of hand-sized homes: each helper adds one record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.people_cases import at
from tests.support.raw_rows import RawHome

HOUR = timedelta(hours=1)


def complain(home: RawHome, name: str, received: str, **told: Any) -> None:
    """A complaint of a customer; `upheld` and `not_upheld` are decided an hour later unless said otherwise."""
    row = {"complaint_id": name, "received_at": at(received)} | told
    if row.get("outcome"):
        row = {"decided_at": at(received) + HOUR, "leaf": "knowledge.wrong"} | row
    home.add("complaints", [row])


def appeal(
    home: RawHome, name: str, kind: str, subject: str, effect: str | None, decided: str = "2026-03-25 09:00"
) -> None:
    """An appeal that was granted with an effect, or rejected without one."""
    row = {"appeal_id": name, "subject_kind": kind, "subject_id": subject, "filed_by": "somebody"}
    row |= {"filed_at": at("2026-03-20 09:00"), "decided_at": at(decided), "decided_by": "judge", "effect": effect}
    home.add("appeals", [row | {"outcome": "granted" if effect else "rejected"}])


def review(home: RawHome, name: str, agent: str, **told: Any) -> None:
    """A random review of 15 March without a contact."""
    row = {"review_id": name, "agent_id": agent, "reviewer_id": "rex", "score": "98"}
    home.add("quality_reviews", [row | {"reviewed_at": at("2026-03-15 12:00")} | told])
