"""Bands of a random centre's own, for scopes and segments of every kind, some for a part of the time only."""

import json
from dataclasses import fields
from datetime import date

from tests.oracle.catalogue import Target
from tests.oracle.random_parts import QUEUES, TEAMS, Writer

COUNT = 60
# KPIs that are judged in every scope but one or two, and what their bands hold: a floor, a ceiling, or both.
BANDS = {
    "connect_rate": ((0.7, 0.95), None),
    "transfer_rate": (None, (0.02, 0.3)),
    "avg_contact_duration": ((20, 200), (250, 600)),
    "first_response_time": ((10, 30), (40, 90)),
    "avg_response_time": ((5, 20), (25, 60)),
    "satisfaction_score": ((60, 90), None),
    "contacts_per_agent_hour": ((0.1, 0.5), (0.6, 4)),
    "avg_queue_time": ((10, 30), (40, 120)),
}
OF_CAUSES = {"severe_error_rate": 0.3, "general_error_rate": 0.1, "severe_errors_per_100_reviews": 20}
"""Ceilings everywhere of KPIs whose records name causes."""
SEGMENTS = {
    "default": ("", "new", "experienced", "technical", "web"),
    "agent": ("",),
    "team": ("", "new", "technical"),
    "queue": ("",),
    "channel": ("", "technical"),
    "team_channel": ("",),
    "centre": ("",),
}
NOT_OF_QUEUES = {"contacts_per_agent_hour"}
NOT_OF_PEOPLE = {"avg_queue_time"}


def draw_targets(writer: Writer) -> tuple[Target, ...]:
    """Draw bands of which no two say something else of the same scope and segment on one date."""
    drawn: dict[tuple[str, ...], list[Target]] = {}
    for number in range(COUNT):
        rng = writer.rng
        kpi_id = rng.choice(list(BANDS))
        kind, scope_id = _scope(writer, kpi_id)
        segment = rng.choice(SEGMENTS[kind])
        lower, upper = (round(rng.uniform(*ends), 4) if ends else None for ends in BANDS[kpi_id])
        split = writer.day(rng.randrange(writer.spec.days))
        valid_from, valid_to = rng.choice([(date.min, date.max), (split, date.max), (date.min, split)])
        target = Target(
            f"{rng.choice('cx')}{number}", kpi_id, kind, scope_id, segment, lower, upper, "", valid_from, valid_to, True
        )
        others = drawn.setdefault((kpi_id, kind, scope_id, segment), [])
        if all(valid_to <= other.valid_from or other.valid_to <= valid_from for other in others):
            others.append(target)
    ceilings = (
        Target(f"causes-{kpi_id}", kpi_id, "default", "", "", None, upper, "", date.min, date.max, True)
        for kpi_id, upper in OF_CAUSES.items()
    )
    return (*(target for same in drawn.values() for target in same), *ceilings)


def _scope(writer: Writer, kpi_id: str) -> tuple[str, str]:
    scopes = [("default", "")] * 3 + [("centre", "centre")]
    if kpi_id not in NOT_OF_PEOPLE:
        scopes += [("agent", writer.rng.choice(writer.spec.staff)), ("team", writer.rng.choice(list(TEAMS)))]
    if kpi_id not in NOT_OF_QUEUES:
        scopes += [("queue", writer.rng.choice(list(QUEUES))), ("channel", writer.rng.choice(["web", "app", "voice"]))]
    if kpi_id not in NOT_OF_PEOPLE | NOT_OF_QUEUES:
        scopes.append(("team_channel", f"{writer.rng.choice(list(TEAMS))}|web"))
    return writer.rng.choice(scopes)


def target_lines(targets: tuple[Target, ...]) -> list[str]:
    """Return the bands as lines of centre.yaml."""
    return ["targets:", *(f"  - {json.dumps(_cells(target))}" for target in targets)]


def _cells(target: Target) -> dict[str, object]:
    cells = {field.name: getattr(target, field.name) for field in fields(Target) if field.name != "is_own"}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in cells.items()
        if value not in (None, "", date.min, date.max)
    } | {"target_version": "own"}
