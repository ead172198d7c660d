"""A version of the assessment in words."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.policy.assessment import Assessment, Manager, Team
from orchestration.policy.words_names import named, number, several, valued
from orchestration.policy.words_parts import (
    Told,
    component_words,
    fraud_words,
    penalty_words,
    reward_words,
    unmeasured_words,
)


def assessment_words(rules: Assessment) -> Iterator[Told]:
    """Yield the sentences of a version: for agents, then for teams, then for managers."""
    yield _applies(rules)
    yield (
        "agent",
        f"Agents: {number(rules.full_points)} points for all components together. With fewer than "
        f"{rules.min_agent_days} days at work in the month nobody is assessed.",
        f"客服：各项满分合计 {number(rules.full_points)} 分。当月出勤少于 {rules.min_agent_days} 天的不考核。",
    )
    yield from (component_words(one, "agent") for one in rules.components)
    yield unmeasured_words(rules.unmeasured)
    yield penalty_words("agent", "complaints", rules.complaints)
    yield penalty_words("agent", "errors", rules.errors)
    yield fraud_words(rules.fraud)
    yield reward_words("agent", rules.rewards)
    yield (
        "harassment",
        "Established harassment of customers: unfit for the post, without a total, whatever else.",
        "认定恶意骚扰客户：不适岗，不计总分。",
    )
    yield _total(rules)
    yield (
        "appeals",
        f"An appeal is in time within {rules.appeals.file_within_days} days after the decision, or after the line was "
        "first published if that is later. One that comes later is marked late and honoured if granted.",
        f"申诉须在判定后 {rules.appeals.file_within_days} 天内提出；该条目首次公布更晚的，自公布起算。"
        "逾期申诉注明逾期，成立仍予更正。",
    )
    yield from _team(rules.team)
    yield from _manager(rules, rules.manager)


def _applies(rules: Assessment) -> Told:
    roles = several(named("role", role) for role in rules.applies_to.roles)
    kinds = several((kind, kind) if kind else ("none", "未分类") for kind in rules.applies_to.team_kinds)
    return (
        "applies",
        f"Holds from {rules.valid_from:%Y-%m} for: {roles[0]}, in teams of kind {kinds[0]}.",
        f"自 {rules.valid_from:%Y-%m} 起适用于：{roles[1]}；班组类型：{kinds[1]}。",
    )


def _total(rules: Assessment) -> Told:
    floor = (
        ("", "") if rules.floor is None else (f", at least {number(rules.floor)}", f"，最低 {number(rules.floor)} 分")
    )
    top = (
        ("", "")
        if rules.ceiling is None
        else (f", at most {number(rules.ceiling)}", f"，最高 {number(rules.ceiling)} 分")
    )
    best = (
        ("nobody is excellent", "不设优秀")
        if rules.excellent is None
        else (f"excellent from {number(rules.excellent)} on", f"{number(rules.excellent)} 分及以上为优秀")
    )
    return (
        "total",
        f"Total: components and rewards, less what was deducted{floor[0]}{top[0]}; rounded once, to {rules.rounding} "
        f"decimals; {best[0]}.",
        f"总分 = 各项得分 + 奖励 - 扣分{floor[1]}{top[1]}；最后一次性保留 {rules.rounding} 位小数；{best[1]}。",
    )


def _team(team: Team | None) -> Iterator[Told]:
    if team is None:
        yield "team", "Teams are not assessed.", "班组不考核。"
        return
    best = (
        ("", "")
        if team.excellent is None
        else (f" Excellent from {number(team.excellent)} on.", f"{number(team.excellent)} 分及以上为优秀。")
    )
    yield "team", f"Teams, by the values of the team.{best[0]}", f"班组，按班组数值。{best[1]}"
    yield from (component_words(one, "team") for one in team.components)
    yield penalty_words("team", "complaints", team.complaints)
    yield reward_words("team", team.rewards)


def _manager(rules: Assessment, manager: Manager | None) -> Iterator[Told]:
    if manager is None:
        yield "manager", "Managers are not assessed.", "管理者不考核。"
        return
    roles = several(named("role", role) for role in manager.roles)
    share = valued(manager.team_share, "share")
    yield (
        "manager",
        f"Managers ({roles[0]}): {share[0]} of the total from the teams that they led, by days; the rest from their "
        "own components. A team without a result leaves its manager without one.",
        f"管理者（{roles[1]}）：总分的 {share[1]} 来自所带班组（按带班天数加权），其余来自本人各项。"
        "班组无结果时管理者亦无。",
    )
    yield from (component_words(one, "manager") for one in manager.components or ())
