"""Rows of a version of the assessment, for agents, teams and managers alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from orchestration.policy.assessment import Assessment, Manager, Team
from orchestration.policy.components import Component
from orchestration.policy.penalties import GROUNDS, Complaints, Errors, Fraud, Rewards, TeamComplaints
from orchestration.policy.values import PersonKind

Row = dict[str, Any]
_QUOTA = {"quota", "quota_per_head", "quota_for_part_month", "quota_rounding", "points_each", "cap"}


def assessment_rows(rules: Assessment) -> Iterator[tuple[str, Row]]:
    """Yield table and row of everything that a version says."""
    yield from _agent_rows(rules)
    if rules.team is not None:
        yield from _team_rows(rules, rules.team)
    if rules.manager is not None:
        yield from _manager_rows(rules, rules.manager)


def component_row(section: str, version: str, person_kind: str, position: int, component: Component) -> Row:
    """Return the row of a component, its position from 1."""
    of_version = {"section": section, "version": version, "person_kind": person_kind, "position": position}
    return of_version | component.model_dump()


def _agent_rows(rules: Assessment) -> Iterator[tuple[str, Row]]:
    yield _head(rules, "agent", rules.rewards, min_agent_days=rules.min_agent_days, excellent=rules.excellent)
    yield from _components(rules, "agent", rules.components)
    for kind, penalty in (("complaints", rules.complaints), ("errors", rules.errors)):
        yield from _penalty(rules, "agent", kind, penalty)
    yield from _fraud(rules, "agent", rules.fraud)
    yield from _rewards(rules, "agent", rules.rewards)


def _team_rows(rules: Assessment, team: Team) -> Iterator[tuple[str, Row]]:
    yield _head(rules, "team", team.rewards, excellent=team.excellent)
    yield from _components(rules, "team", team.components)
    yield from _penalty(rules, "team", "complaints", team.complaints)
    yield from _rewards(rules, "team", team.rewards)


def _manager_rows(rules: Assessment, manager: Manager) -> Iterator[tuple[str, Row]]:
    yield _head(rules, "manager", None, excellent=rules.excellent, team_share=manager.team_share)
    yield from _components(rules, "manager", manager.components or ())
    yield from _fraud(rules, "manager", rules.fraud)
    for role in manager.roles:
        yield "policy_applies", {"version": rules.version, "attribute": "manager_role", "value": role}


def _head(rules: Assessment, person_kind: PersonKind, rewards: Rewards | None, **own: Any) -> tuple[str, Row]:
    return "policy_assessments", {
        "version": rules.version,
        "person_kind": person_kind,
        "full_points": rules.full_points,
        "unmeasured_rule": rules.unmeasured.rule,
        "min_weight": rules.unmeasured.min_weight,
        "reward_cap": rewards.cap if rewards else None,
        "floor_points": rules.floor,
        "ceiling_points": rules.ceiling,
        "file_within_days": rules.appeals.file_within_days,
        "rounding": rules.rounding,
        **own,
    }


def _components(
    rules: Assessment, person_kind: PersonKind, components: Sequence[Component]
) -> Iterator[tuple[str, Row]]:
    for position, component in enumerate(components, 1):
        yield "policy_components", component_row("assessment", rules.version, person_kind, position, component)


def _penalty(
    rules: Assessment, person_kind: PersonKind, kind: str, penalty: Complaints | TeamComplaints | Errors | None
) -> Iterator[tuple[str, Row]]:
    if penalty is None:
        return
    of_what = {"version": rules.version, "person_kind": person_kind, "kind": kind}
    yield "policy_penalties", of_what | {"month_by": penalty.month} | penalty.model_dump(include=_QUOTA)
    for cause in penalty.causes:
        yield "policy_penalty_causes", of_what | {"cause": cause}


def _fraud(rules: Assessment, person_kind: PersonKind, fraud: Fraud | None) -> Iterator[tuple[str, Row]]:
    if fraud is not None:
        of_what = {"version": rules.version, "person_kind": person_kind, "kind": "fraud"}
        yield "policy_penalties", of_what | {"month_by": fraud.month, "points_each": fraud.points}


def _rewards(rules: Assessment, person_kind: PersonKind, rewards: Rewards | None) -> Iterator[tuple[str, Row]]:
    for ground in GROUNDS if rewards is not None else ():
        row = {"version": rules.version, "person_kind": person_kind, "ground": ground}
        yield "policy_rewards", row | {"points": getattr(rewards, ground)}
