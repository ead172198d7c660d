"""Points and the quality index reckoned a second time, in plain Python, from records and the policy's text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Rules:
    """One version of the section `points`: from when to when it holds, and what it says."""

    valid_from: date
    valid_to: date
    window: str
    points: Mapping[str, int]
    likes: int


@dataclass(frozen=True)
class Entry:
    """A line of the ledger."""

    agent: str
    day: date
    rule: str
    points: int
    note: str | None


def window_start(day: date, window: str) -> date:
    """Return the first day of the month, quarter or year of a day."""
    months = {"month": 1, "quarter": 3, "year": 12}[window]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def ledger(
    recognitions: Sequence[Record], rewards: Sequence[Record], findings: Sequence[Record], rules: Sequence[Rules]
) -> list[Entry]:
    """Return every entry that these records make."""
    found: list[Entry] = []
    for record, note in _likes_counted(recognitions, rules):
        found += _entries(record["agent_id"], record["received_at"].date(), record["kind"], note, None, rules)
    for reward in rewards:
        approvers = (reward.get("leader_approved_by"), reward.get("supervisor_approved_by"))
        is_approved = None not in approvers and approvers[0] != approvers[1]
        taken_back = "revoked" if is_approved and reward.get("revoked_at") else None
        note = None if is_approved else "waiting"
        found += _entries(reward["agent_id"], reward["decided_at"].date(), reward["ground"], note, taken_back, rules)
    for one in findings:
        if one.get("approved_by") and one["approved_by"] != one["established_by"]:
            taken_back = "revoked" if one.get("revoked_at") else None
            found += _entries(one["agent_id"], one["occurred_on"], one["kind"], None, taken_back, rules)
    return found


def _likes_counted(records: Sequence[Record], rules: Sequence[Rules]) -> Iterable[tuple[Record, str | None]]:
    likes = [one for one in records if one["kind"] == "peer_like"]
    given = {(one["given_by"], one["agent_id"], one["received_at"].date()) for one in likes}
    counted: dict[tuple[str, int, int], int] = defaultdict(int)
    for record in sorted(records, key=lambda one: (one["received_at"], one["recognition_id"])):
        note = None
        if record["kind"] == "peer_like":
            giver, day = record["given_by"], record["received_at"].date()
            if giver is None:
                note = "giver_unknown"
            elif giver == record["agent_id"]:
                note = "own_like"
            elif (record["agent_id"], giver, day) in given:
                note = "mutual_like"
            else:
                counted[giver, day.year, day.month] += 1
                held = _holding(day, rules)
                if held and counted[giver, day.year, day.month] > held.likes:
                    note = "over_limit"
        yield record, note


def _holding(day: date, rules: Sequence[Rules]) -> Rules | None:
    return next((one for one in rules if one.valid_from <= day < one.valid_to), None)


def _entries(
    agent: str, day: date, rule: str, note: str | None, taken_back: str | None, rules: Sequence[Rules]
) -> list[Entry]:
    held = _holding(day, rules)
    if held is None or rule not in held.points:
        return []
    entries = [Entry(agent, day, rule, 0 if note else held.points[rule], note)]
    if taken_back and not note:
        entries.append(Entry(agent, day, rule, -held.points[rule], taken_back))
    return entries


def places(totals: Mapping[str, int]) -> dict[str, int]:
    """Return the place of each: one more than so many have more."""
    return {name: 1 + sum(other > points for other in totals.values()) for name, points in totals.items()}


def attained(value: float, curve: Mapping[str, float | None]) -> float:
    """Return which share of its weight a value brings on its curve."""
    low, high = (curve["zero_low"], curve["full_low"]), (curve["full_high"], curve["zero_high"])
    share = 1.0
    if low[0] is not None and low[1] is not None and value < low[1]:
        share = max(0.0, (value - low[0]) / (low[1] - low[0])) if low[1] > low[0] else 0.0
    if high[0] is not None and high[1] is not None and value > high[0]:
        share = min(share, max(0.0, (high[1] - value) / (high[1] - high[0])) if high[1] > high[0] else 0.0)
    return share


def index(
    parts: Sequence[tuple[float | None, int, Mapping[str, float | None]]], min_weight: int | None
) -> float | None:
    """Return the index of values (None: not measured), weights and curves; without min_weight it waits for all."""
    measured = [(value, weight, curve) for value, weight, curve in parts if value is not None]
    whole = sum(weight for _, weight, _ in measured)
    if whole < (100 if min_weight is None else max(min_weight, 1)):
        return None
    return sum(weight * attained(value, curve) for value, weight, curve in measured) * 100 / whole
