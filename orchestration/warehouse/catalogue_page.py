"""The KPI catalogue as a Markdown page, made from the seeds: `python -m orchestration.warehouse.catalogue_page`.

The page holds nothing of its own: what stands in `docs/catalogue.md` is what the mart computes with.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from orchestration.home.paths import CHECKOUT
from orchestration.warehouse.code_lists_page import render_lists
from orchestration.warehouse.seeds import LISTS, SEEDS, Row, cell, read_seed

PAGE = CHECKOUT / "docs" / "catalogue.md"

GROUPS = {
    "workforce": "Workforce / 人员",
    "access": "Access and queue / 接入与排队",
    "efficiency": "Efficiency / 效率",
    "response": "Response / 响应",
    "resolution": "Resolution and transfer / 解决与转接",
    "quality": "Quality / 质量",
    "rating": "Rating / 评价",
    "complaint": "Complaints / 投诉",
    "control": "Control / 过程控制",
    "voice": "Voice of the customer / 客户之声",
    "people": "People and leadership / 人员与管理",
}
UNIT_SUFFIX = {"seconds": " s", "points": " points", "per_1000": " per 1,000", "hours": " h", "minutes": " min"}
INTRODUCTION = """# KPI catalogue

Made from `dbt_project/seeds/catalogue/` by `python -m orchestration.warehouse.catalogue_page`; change the seeds, not
this page.

A value is *scale x numerator / denominator*, each a sum of measures over the scope and the period; a KPI without a
denominator is a count, a peak is the largest value. Bounds belong to the band. Where a band has two ends, the side
marked *check* is pleasant and yet no reason to rest: too good to be true, or dearly bought.
"""


def amount(text: str, unit: str) -> str:
    """Return an amount in base units as people read it: `0.98` of unit share is `98 %`."""
    if unit == "share":
        return f"{(Decimal(text) * 100).normalize():f} %"
    return f"{Decimal(text).normalize():f}{UNIT_SUFFIX.get(unit, '')}"


def band(target: Row, unit: str) -> str:
    """Return the band of a target in words; a target without bounds takes the band away."""
    lower, upper = target["lower_bound"], target["upper_bound"]
    if target["upper_measure"]:
        text = f"<= `{target['upper_measure']}`"
    elif lower and upper:
        text = f"{amount(lower, unit)} to {amount(upper, unit)}"
    elif lower or upper:
        text = f">= {amount(lower, unit)}" if lower else f"<= {amount(upper, unit)}"
    else:
        text = "no band"
    return f"{text}, stretch {amount(target['stretch'], unit)}" if target["stretch"] else text


def bands(kpi: Row, targets: Iterable[Row]) -> str:
    """Return all default bands of a KPI, those of segments named."""
    named = [
        f"{target['segment']}: {band(target, kpi['unit'])}" if target["segment"] else band(target, kpi["unit"])
        for target in targets
    ]
    return "; ".join(named) or "none"


def formula(kpi: Row) -> str:
    """Return the formula over measures as the mart computes it."""
    line = f"`{kpi['numerator_measure']}`"
    if kpi["denominator_measure"]:
        line += f" / `{kpi['denominator_measure']}`"
    factors = [kpi["scale"]] if kpi["scale"] != "1" else []
    factors += ["days of the period"] if kpi["scale_kind"] == "period_days" else []
    return " x ".join([*factors, line])


def facts(kpi: Row, targets: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield label and text of each line of a KPI's table; empty ones are left out by the caller."""
    unit = kpi["unit"]
    reference = f"{amount(kpi['reference_value'], unit)} ({kpi['reference_kind']})" if kpi["reference_value"] else ""
    alarm = f"{amount(kpi['alarm_lower'], unit)} to {amount(kpi['alarm_upper'], unit)}" if kpi["alarm_lower"] else ""
    check = {"low": "below the band", "high": "above the band"}.get(kpi["pleasant_side"], "")
    yield "Formula", kpi["formula_en"]
    yield "公式", kpi["formula_zh"]
    yield "Example", kpi["example_en"]
    yield "示例", kpi["example_zh"]
    yield "Measures / 度量", f"{kpi['method']}: {formula(kpi)}; n = `{kpi['sample_measure']}`"
    yield "Band / 区间", bands(kpi, targets)
    yield "Check / 复核", check
    yield "Alarm / 警戒", alarm
    yield "Reference / 参考值", reference
    yield "Periods / 周期", kpi["period_kinds"].replace("|", ", ")
    yield "Judged periods / 判定周期", kpi["judged_periods"].replace("|", ", ")
    yield "Scopes / 范围", kpi["scopes"].replace("|", ", ")
    yield "Sample / 样本", f"at least {kpi['min_sample']}; interval {kpi['interval_kind']}"
    yield "Needs / 需要记录", kpi["requires_topics"].replace("|", ", ")
    yield "Settings / 需要设置", kpi["requires_settings"].replace("|", ", ")
    yield "Source", kpi["data_source_en"]
    yield "数据来源", kpi["data_source_zh"]
    yield "Cadence, stage / 频率、阶段", f"{kpi['cadence'].replace('|', ', ')}; {kpi['control_stage']} the contact"


def section(kpi: Row, targets: list[Row], actions: list[Row]) -> str:
    """Return the section of one KPI: names, definition, table of facts, recommended actions."""
    number = f"{kpi['kpi_number']}. " if kpi["kpi_number"] else ""
    companion = f" — beside `{kpi['parent_kpi_id']}`" if kpi["parent_kpi_id"] else ""
    lines = [f"### {number}{kpi['name_en']} / {kpi['name_zh']}", "", f"`{kpi['kpi_id']}`{companion}", ""]
    lines += [cell(kpi["definition_en"]), "", cell(kpi["definition_zh"]), "", "| | |", "|---|---|"]
    lines += [f"| {label} | {cell(text)} |" for label, text in facts(kpi, targets) if text]
    if actions:
        lines += ["", "| side | what to do | 措施 |", "|---|---|---|"]
        lines += [f"| {row['side']} | {cell(row['text_en'])} | {cell(row['text_zh'])} |" for row in actions]
    return "\n".join([*lines, ""])


def render(folder: Path = SEEDS, lists: Path = LISTS) -> str:
    """Return the whole page made from the seeds in `folder`, and from those of the codes in `lists`."""
    targets, actions = read_seed(folder, "kpi_targets"), read_seed(folder, "kpi_actions")
    kpis = sorted(read_seed(folder, "kpis"), key=lambda kpi: int(kpi["display_order"]))
    parts = [INTRODUCTION]
    for group, title in GROUPS.items():
        sections = [
            section(
                kpi,
                [row for row in targets if row["kpi_id"] == kpi["kpi_id"]],
                [row for row in actions if row["kpi_id"] == kpi["kpi_id"]],
            )
            for kpi in kpis
            if kpi["kpi_group"] == group
        ]
        parts += [f"## {title}\n", *sections] if sections else []
    parts += [measure_table(read_seed(folder, "measures")), render_lists(lists)]
    return "\n".join(parts)


def measure_table(measures: list[Row]) -> str:
    """Return the table of all measures, in the order of the seed."""
    lines = ["## Measures / 度量", "", "| measure | unit | counts | 含义 |", "|---|---|---|---|"]
    lines += [
        f"| `{row['measure']}` | {row['unit']} | {cell(row['description_en'])} | {cell(row['description_zh'])} |"
        for row in measures
    ]
    return "\n".join([*lines, ""])


def write(page: Path = PAGE) -> None:
    """Write the page made from the seeds."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    write()
