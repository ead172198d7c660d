"""Components, penalties and rewards in words."""

from __future__ import annotations

from orchestration.policy.components import Component, Unmeasured
from orchestration.policy.known import catalogue_kpis
from orchestration.policy.penalties import GROUNDS, Complaints, Errors, Fraud, Rewards, TeamComplaints
from orchestration.policy.words_names import Pair, causes_named, named, number, points_en, several, valued

Told = tuple[str, str, str]
"""What it is about, English, Chinese."""

_COSTING: dict[str, Pair] = {
    "complaints": ("Upheld complaints", "属实投诉"),
    "errors": ("Severe errors of reviews", "质检严重差错"),
}
_FREE_OF: dict[str, Pair] = {
    "complaints": (
        "What was done in good faith, or about a contact in a platform incident, costs nothing.",
        "善意或平台故障期间的投诉不扣分。",
    ),
    "errors": ("What was done in good faith costs nothing.", "善意差错不扣分。"),
}


def component_words(component: Component, subject: str) -> Told:
    """Return what a component brings at which value."""
    kpi = catalogue_kpis()[component.kpi_id]
    full, none = _ends(component, kpi.unit, "full"), _ends(component, kpi.unit, "zero")
    return (
        subject,
        f"{kpi.names[0]}: {points_en(component.weight)}; all of them {full[0]}, none {none[0]}, in proportion between.",
        f"{kpi.names[1]}：{number(component.weight)} 分；{full[1]}得满分，{none[1]}不得分，其间按比例。",
    )


def _ends(component: Component, unit: str, name: str) -> Pair:
    """Return where a curve is full, or where it is at zero, on each side that it has."""
    low, high = (getattr(component, f"{name}_{side}") for side in ("low", "high"))
    told = [valued(one, unit) for one in (low, high) if one is not None]
    if len(told) == 2:
        joined = {"full": ("{} to {}", "{} 至 {}"), "zero": ("{} and below or {} and above", "{} 及以下或 {} 及以上")}[
            name
        ]
        en, zh = (text.format(told[0][n], told[1][n]) for n, text in enumerate(joined))
        return (f"from {en}" if name == "full" else f"at {en}", zh)
    (en, zh) = told[0]
    if name == "full":
        return (f"from {en} on", f"{zh} 及以上") if low is not None else (f"up to {en}", f"{zh} 及以下")
    return (f"at {en} and below", f"{zh} 及以下") if low is not None else (f"at {en} and above", f"{zh} 及以上")


def unmeasured_words(unmeasured: Unmeasured) -> Told:
    """Return what happens where a component can't be measured."""
    if unmeasured.rule == "hold" or unmeasured.min_weight is None:
        return (
            "unmeasured",
            "If one of them has no value, or too few cases, there is no result.",
            "任一项无数据或样本不足时，不出结果。",
        )
    least = number(unmeasured.min_weight)
    return (
        "unmeasured",
        f"What has no value, or too few cases, is left out and the rest weighed up; below a weight of {least} there is "
        "no result.",
        f"无数据或样本不足的项不计，其余按比例放大；可计权重低于 {least} 时不出结果。",
    )


def penalty_words(subject: str, kind: str, rule: Complaints | TeamComplaints | Errors | None) -> Told:
    """Return what complaints or errors cost."""
    what = {"complaints": ("Upheld complaints", "属实投诉"), "errors": ("Severe errors of reviews", "质检严重差错")}[
        kind
    ]
    if rule is None:
        return subject, f"{what[0]} cost no points.", f"{what[1]}不扣分。"
    causes, month = causes_named(kind, rule.causes), named("month", rule.month)
    if isinstance(rule, TeamComplaints):
        rounding = named("rounding", rule.quota_rounding)
        free = (
            f"{number(rule.quota_per_head)} per head ({rounding[0]})",
            f"人均 {number(rule.quota_per_head)} 次（{rounding[1]}）",
        )
    elif rule.quota_for_part_month == "full":
        free = (f"{rule.quota}, also in part of a month,", f"{rule.quota} 次（不足一月亦同）")
    else:
        rounding = named("rounding", rule.quota_rounding)
        free = (
            f"{rule.quota}, of part of a month in proportion ({rounding[0]}),",
            f"{rule.quota} 次（不足一月按在职天数折算，{rounding[1]}）",
        )
    cap = (
        ("without a limit", "不设上限")
        if rule.cap is None
        else (f"{number(rule.cap)} at most", f"最多扣 {number(rule.cap)} 分")
    )
    each, free_of = rule.points_each, _FREE_OF[kind]
    return (
        subject,
        f"{what[0]} for {causes[0]}, {month[0]}: {free[0]} cost nothing, each further one {points_en(each)}, {cap[0]}. "
        f"{free_of[0]}",
        f"{what[1]}（{causes[1]}，{month[1]}）：{free[1]}以内不扣分，超出每次扣 {number(each)} 分，{cap[1]}。"
        f"{free_of[1]}",
    )


def fraud_words(fraud: Fraud | None) -> Told:
    """Return what fraud costs."""
    if fraud is None:
        return "agent", "Established fraud costs no points.", "弄虚作假不扣分。"
    month = named("month", fraud.month)
    return (
        "agent",
        f"Established fraud, {month[0]}: {points_en(fraud.points)} each, outside of quota and limit; no "
        "excellent result in that month.",
        f"认定弄虚作假（{month[1]}）：每次扣 {number(fraud.points)} 分，不受限额与上限约束；当月不得评优。",
    )


def reward_words(subject: str, rewards: Rewards | None) -> Told:
    """Return what rewards bring."""
    if rewards is None:
        return subject, "Rewards bring no points.", "奖励不加分。"
    given = [(ground, getattr(rewards, ground)) for ground in GROUNDS]
    told = several(
        (f"{name} {number(points)}", f"{name} {number(points)} 分") for name, points in given if points is not None
    )
    cap = (
        ("", "")
        if rewards.cap is None
        else (f"; {number(rewards.cap)} at most", f"；合计最多 {number(rewards.cap)} 分")
    )
    return (
        subject,
        f"Rewards with both approvals: {told[0] or 'no points'}{cap[0]}. RG4 and RG5 count in the month after.",
        f"双重审批的奖励加分：{told[1] or '不加分'}{cap[1]}。RG4、RG5 计入次月。",
    )
