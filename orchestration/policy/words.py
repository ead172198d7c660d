"""The policy in words, English and Chinese: what each version says, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.policy.assessment import Assessment
from orchestration.policy.contests import Contests
from orchestration.policy.known import catalogue_kpis
from orchestration.policy.piece_rate import PieceRate
from orchestration.policy.points import PointsVersion
from orchestration.policy.quality_index import QualityIndex
from orchestration.policy.versions import Dated
from orchestration.policy.words_assessment import assessment_words
from orchestration.policy.words_names import named, number
from orchestration.policy.words_parts import Told, component_words, unmeasured_words

WINDOWS = {"month": ("month", "月"), "quarter": ("quarter", "季度"), "year": ("year", "年")}
NAMES = {
    "own": ("everybody sees only his own place", "每人只看到自己的名次"),
    "top_5": ("the first five are named, beside one's own place", "公布前五名，另可见自己的名次"),
    "everybody": ("everybody of one's own group is named", "公布本组所有人"),
}


@dataclass(frozen=True)
class Sentence:
    """One sentence of a version: what it is about, its place from 1, and its words."""

    version: Dated
    subject: str
    position: int
    en: str
    zh: str


def sentences(versions: Sequence[Dated]) -> Iterator[Sentence]:
    """Yield what every version says, in the order of the file; of an incomplete one, what it lacks."""
    for version in versions:
        told = list(_incomplete(version) if version.rules is None else _told(version))
        for position, (subject, en, zh) in enumerate(told, 1):
            yield Sentence(version, subject, position, en, zh)


def _incomplete(version: Dated) -> Iterator[Told]:
    keys = ", ".join(version.missing)
    yield (
        "incomplete",
        f"Incomplete: nothing is computed by this version. It lacks {keys}.",
        f"不完整：按此版本不作任何计算。缺少 {keys}。",
    )


def _told(version: Dated) -> Iterator[Told]:
    match version.rules:
        case Assessment() as rules:
            yield from assessment_words(rules)
        case QualityIndex() as rules:
            yield "whole", "The index goes from 0 to 100.", "指数为 0 至 100。"
            for component in rules.components:
                yield component_words(component, "component")
            yield unmeasured_words(rules.unmeasured)
        case PointsVersion() as rules:
            yield from _points(rules)
        case Contests() as rules:
            yield from _contests(rules)
        case PieceRate() as rules:
            yield from _rates(rules)


def _points(rules: PointsVersion) -> Iterator[Told]:
    window, names = WINDOWS[rules.window], NAMES[rules.names]
    yield (
        "whole",
        f"Points are added up over the {window[0]}; {names[0]}.",
        f"积分按{window[1]}累计；{names[1]}。",
    )
    for rule, points in rules.rules.model_dump().items():
        name = named("rule", rule)
        told = ("no points", "不计分") if points is None else (number(points), f"{number(points)} 分")
        yield "rule", f"{name[0]}: {told[0]}.", f"{name[1]}：{told[1]}。"
    if rules.likes_per_giver_month is not None:
        yield (
            "likes",
            f"Of one person's likes at most {rules.likes_per_giver_month} count in a month; none for oneself.",
            f"同一人每月最多计 {rules.likes_per_giver_month} 次点赞，给自己点赞不计。",
        )


def _contests(rules: Contests) -> Iterator[Told]:
    if rules.contests is None:
        yield "none", "No contests.", "不设竞赛。"
    for one in rules.contests or ():
        kpi, who = catalogue_kpis()[one.kpi_id].names, named("who", one.scope)
        each = (", each month by itself", "，逐月评比") if one.every else ("", "")
        segment = (f" of segment {one.segment}", f"（{one.segment}）") if one.segment else ("", "")
        yield (
            "contest",
            f"{one.name_en}: {who[0]}{segment[0]} by {kpi[0]} from {one.from_on} to {one.to_on}{each[0]}; with fewer "
            f"than {one.min_n} cases nobody is ranked; places that win: {one.winners}.",
            f"{one.name_zh}：{one.from_on} 至 {one.to_on}{each[1]}，{who[1]}{segment[1]}按“{kpi[1]}”评比；"
            f"少于 {one.min_n} 例不排名；取前 {one.winners} 名。",
        )


def _rates(rules: PieceRate) -> Iterator[Told]:
    if rules.rates is None:
        yield "none", "No piece rate.", "不设计件单价。"
    for rate in rules.rates or ():
        where = named("channel", rate.channel) if rate.channel else (f"queue {rate.queue_id}", f"队列 {rate.queue_id}")
        price = f"{rate.unit_price} {rules.currency}"
        yield (
            "rate",
            f"Each valid handled contact, {where[0]}: {price}.",
            f"每个有效已处理联系（{where[1]}）：{price}。",
        )
