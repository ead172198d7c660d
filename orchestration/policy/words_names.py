"""Names of what policies name, English and Chinese, and numbers as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from orchestration.warehouse.seeds import LISTS, read_seed

Pair = tuple[str, str]
"""English, Chinese."""

_NAMES: dict[str, dict[str, Pair]] = {
    "role": {
        "agent": ("agent", "客服"),
        "trainee": ("trainee", "实习客服"),
        "leader": ("team leader", "班长"),
        "supervisor": ("supervisor", "主管"),
        "duty_manager": ("duty manager", "值班经理"),
        "director": ("director", "主任"),
        "reviewer": ("reviewer", "质检员"),
        "other": ("other", "其他"),
    },
    "who": {"agent": ("agents", "客服"), "team": ("teams", "班组"), "manager": ("managers", "管理者")},
    "channel": {
        "web": ("web chat", "网页"),
        "wechat": ("WeChat", "微信"),
        "weibo": ("Weibo", "微博"),
        "app": ("app", "应用"),
        "voice": ("voice", "语音"),
        "email": ("e-mail", "邮件"),
        "other": ("other channels", "其他渠道"),
    },
    "month": {
        "received": ("by the month received", "按受理月份"),
        "decided": ("by the month decided", "按判定月份"),
        "occurred": ("by the month they happened", "按发生月份"),
        "reviewed": ("by the month of the review", "按质检月份"),
        "established": ("by the month established", "按认定月份"),
    },
    "rounding": {
        "up": ("rounded up", "向上取整"),
        "down": ("rounded down", "向下取整"),
        "nearest": ("rounded to the nearest whole number", "四舍五入取整"),
        "none": ("not rounded", "不取整"),
    },
    "rule": {
        "praise_in_contact": ("Praise within a contact", "通话中表扬"),
        "praise_contact": ("A contact made to praise", "专程表扬"),
        "peer_like": ("A like by a colleague", "同事点赞"),
        "achievement": ("An achievement", "成就"),
        "best_practice": ("A practice that others take up", "经验心得"),
        "meeting_praise": ("Praise in a meeting", "例会表扬"),
        "suggestion_adopted": ("A suggestion that was adopted", "建议采纳"),
        "story": ("A story", "感人事迹"),
        "other": ("Another recognition", "其他认可"),
        "contest_1": ("First place of a contest", "竞赛第一名"),
        "contest_2": ("Second place of a contest", "竞赛第二名"),
        "contest_3": ("Third place of a contest", "竞赛第三名"),
        "fraud": ("A finding of fraud", "弄虚作假"),
        "harassment": ("A finding of harassment", "恶意骚扰"),
        "abuse": ("A finding of abuse", "辱骂"),
        "cold_violence": ("A finding of cold violence", "冷暴力"),
        "other_severe": ("A finding of another severe incident", "其他严重事件"),
        "complaint_penalty": ("A complaint that costs points in an assessment", "考核中扣分的投诉"),
        "error_penalty": ("A severe error that costs points in an assessment", "考核中扣分的严重差错"),
    },
}


def named(kind: str, code: str) -> Pair:
    """Return the name of a code; one that has none stands for itself."""
    if code in _grounds():
        en, zh = _grounds()[code]
        return (f"Reward {code}, {en}", f"奖励 {code}，{zh}")
    return _NAMES[kind].get(code, (code, code))


def causes_named(kind: str, causes: Iterable[str]) -> Pair:
    """Return the names of causes of complaints, or of groups of errors."""
    names = _causes() if kind == "complaints" else _error_groups()
    return several(names.get(cause, (cause, cause)) for cause in causes)


def several(names: Iterable[Pair]) -> Pair:
    """Return names in a row."""
    told = list(names)
    return (", ".join(en for en, _ in told), "、".join(zh for _, zh in told))


def number(value: Decimal | int) -> str:
    """Return a number without zeros at its end."""
    return format(Decimal(value).normalize(), "f")


def points_en(value: Decimal | int) -> str:
    """Return so many points, in English."""
    return f"{number(value)} point{'' if value == 1 else 's'}"


def valued(value: Decimal, unit: str) -> Pair:
    """Return a value of a KPI in its unit."""
    match unit:
        case "share":
            return (f"{number(value * 100)} %", f"{number(value * 100)}%")
        case "seconds":
            return (f"{number(value)} s", f"{number(value)} 秒")
        case "per_1000":
            return (f"{number(value)} per 1,000", f"每千次 {number(value)}")
        case _:
            return (number(value), number(value))


@cache
def _causes() -> dict[str, Pair]:
    return {row["cause"]: (row["cause_en"], row["cause_zh"]) for row in read_seed(LISTS, "complaint_leaves")}


@cache
def _grounds() -> dict[str, Pair]:
    rows = read_seed(LISTS, "small_lists")
    return {row["code"]: (row["name_en"], row["name_zh"]) for row in rows if row["code_list"] == "reward_grounds"}


@cache
def _error_groups() -> dict[str, Pair]:
    return {row["group_code"]: (row["group_en"], row["group_zh"]) for row in read_seed(LISTS, "error_codes")}
