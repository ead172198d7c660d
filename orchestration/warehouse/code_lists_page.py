"""The lists of codes as part of the catalogue's page, made from their seeds: a table for each list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from orchestration.warehouse.seeds import Row, cell, read_seed

INTRODUCTION = """## Codes / 代码

Codes that records name, from `dbt_project/seeds/governance/`; in the published file they are `dim_code`. *ours / 建议*
marks a proposal of ours, which the source does not have. A centre adds rows, or puts its own in their place, under
`codes` in `centre.yaml`. A code that no list knows counts all the same and stands under itself.
"""
OURS = "ours / 建议"

Cells = Callable[[Row], list[str]]

LISTS: dict[str, tuple[str, str, str, tuple[str, ...], Cells]] = {
    "complaint_leaves": (
        "complaint_leaves",
        "Complaints / 投诉分类",
        "A complaint names a leaf; a leaf has a cause, and within it a kind.",
        ("cause", "原因", "kind", "类别"),
        lambda row: [row["cause_en"], row["cause_zh"], row["kind_en"], row["kind_zh"]],
    ),
    "error_codes": (
        "error_codes",
        "Errors / 差错代码",
        "The class is ours, and holds where nobody says otherwise: that of the record wins.",
        ("group", "分组", "class"),
        lambda row: [row["group_en"], row["group_zh"], row["default_class"]],
    ),
    "phrases": (
        "phrases",
        "Phrases / 习惯用语与专业表达",
        "What habit brings to the tongue, and what is said instead; labelled so by the source, or found in its text.",
        ("said instead", "专业表达", "labelled"),
        lambda row: [row["professional_en"], row["professional_zh"], "yes" if row["is_labelled"] == "true" else "no"],
    ),
    "norm_items": (
        "norm_items",
        "Service norms / 服务规范",
        "Items that a review can score, version `source-1`. None has a weight; the source remarks that on the "
        "telephone voice weighs 82 and words 18 of 100.",
        ("group", "分组", "norm", "规范", "applies"),
        lambda row: [row["group_en"], row["group_zh"], row["norm_en"], row["norm_zh"], row["applies_when"]],
    ),
    "contact_tags": (
        "contact_tags",
        "Tags of contacts / 会话标签",
        "With a dot: a tag and one of its details.",
        ("detail names",),
        lambda row: [row["detail_list"]],
    ),
    "exit_reasons": (
        "small_lists",
        "Why people leave / 离职原因",
        "Health, family and the like stand under `personal` only.",
        (),
        lambda _: [],
    ),
    "not_delivered_reasons": (
        "small_lists",
        "Why an invitation did not arrive / 评价邀请未送达原因",
        "What a rating's `not_delivered_reason` may say.",
        (),
        lambda _: [],
    ),
    "intervention_methods": (
        "small_lists",
        "How a manager steps in / 实时干预方式",
        "What a listening's `intervention_method` may say, and whether it is allowed while the contact goes on.",
        ("allowed", "是否允许"),
        lambda row: [row["group_en"], row["group_zh"]],
    ),
    "monitoring_focus": (
        "small_lists",
        "What managers listen for / 各级跟听侧重点",
        "A checklist of each level; the source says only that they differ.",
        ("level", "层级"),
        lambda row: [row["group_en"], row["group_zh"]],
    ),
    "reward_grounds": (
        "small_lists",
        "What a reward is for / 奖励依据",
        "What a reward's `ground` may say; a policy says how many points each is worth.",
        (),
        lambda _: [],
    ),
    "reward_forms": (
        "small_lists",
        "What is given / 奖励形式",
        "What a reward's `form` may say.",
        (),
        lambda _: [],
    ),
}
"""List -> the seed that has it, its title, what to know of it, the heads of its own columns and what stands in them."""


def render_lists(folder: Path) -> str:
    """Return the part of the page on codes, made from the seeds in `folder`; raise FileNotFoundError without them."""
    return "\n".join([INTRODUCTION, *(table(name, folder) for name in LISTS)])


def table(name: str, folder: Path) -> str:
    """Return one list: its title, what to know of it, and a row for each code."""
    seed, title, about, heads, cells = LISTS[name]
    rows = [row for row in read_seed(folder, seed) if row.get("code_list", name) == name]
    columns = ["code", "name", "名称", *heads, ""]
    lines = [f"### {title}", "", f"`{name}`. {about}", "", _line(columns), "|" + "---|" * len(columns)]
    return "\n".join([*lines, *_body(rows, cells), ""])


def _body(rows: list[Row], cells: Cells) -> Iterator[str]:
    for row in rows:
        told = [row["name_en"], row["name_zh"], *cells(row), "" if row["is_in_source"] == "true" else OURS]
        yield _line([f"`{row['code']}`", *map(cell, told)])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
