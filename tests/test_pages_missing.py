"""What a scorecard says of KPIs without a value: the pages' own code, in both languages."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from orchestration.home.paths import CHECKOUT

COMPONENTS = (CHECKOUT / "reports" / "components").as_uri()
NODE = shutil.which("node") or "node"
ASK = """
import { countLooks, entriesFor, groupsOf, missingByReason, readScope } from '%(room)s/scorecard/scorecard.js';
import { reasonText } from '%(room)s/scorecard/facts.js';
import { translate } from '%(room)s/words/i18n.js';
const { kpis, rows, period, language } = JSON.parse(process.argv[1]);
const columns = [...new Set(rows.flatMap(Object.keys))];
const values = { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
const data = readScope({ scope: {}, values, peers: { columns: [], rows: [] } });
const entries = entriesFor(data, { kpis, kpiById: new Map(kpis.map((kpi) => [kpi.kpi_id, kpi])) }, period);
const word = (key, values) => translate(language, key, values);
console.log(JSON.stringify({
    lines: [...groupsOf(entries).values()].flat().map((entry) => [entry.kpi.kpi_id, ...entry.companions.map((one) => one.kpi.kpi_id)]),
    missing: [...missingByReason(entries).values()].map((of) => [reasonText(of[0], language, word), ...of.map((one) => one.kpi.kpi_id)]),
    counts: countLooks(entries)
}));
"""  # noqa: E501
SHOW = """
import { formatValue } from '%(room)s/words/format.js';
console.log(JSON.stringify(['en', 'zh'].map((language) => formatValue(...JSON.parse(process.argv[1]), language))));
"""
DAY = {"kind": "day", "start": "2026-03-02", "end": "2026-03-03"}
MONTH = {"kind": "month", "start": "2026-03-01", "end": "2026-04-01"}
OF_DAY = {"period_kind": "day", "period_start": "2026-03-02", "period_end": "2026-03-03"}
OF_MONTH = {"period_kind": "month", "period_start": "2026-03-01", "period_end": "2026-04-01"}
GOOD = {"value": 0.5, "status": "in_band", "verdict": "good"}
NOT_SET = {"value": None, "status": "no_data", "verdict": "none", "reason": "not_set"}
KPIS = [
    {"kpi_id": "daily", "kpi_number": 1, "kpi_group": "access"},
    {"kpi_id": "beside_daily", "parent_kpi_id": "daily", "kpi_group": "access", "period_kinds": "week|month"},
    {"kpi_id": "slow", "kpi_group": "people", "period_kinds": "week|month"},
    {"kpi_id": "slow_too", "kpi_group": "people", "period_kinds": "week|month"},
    {"kpi_id": "met", "kpi_group": "people", "period_kinds": "month", "missing_settings": "meeting_habit|meeting_day"},
]
ROWS = [
    {"kpi_id": "daily"} | OF_DAY | GOOD,
    *({"kpi_id": kpi} | OF_MONTH | GOOD for kpi in ("daily", "beside_daily", "slow", "slow_too")),
    {"kpi_id": "met"} | OF_MONTH | NOT_SET,
]


def answered(script: str, *asked: Any) -> Any:
    """What the pages' code answers."""
    command = [NODE, "--input-type=module", "-e", script % {"room": COMPONENTS}, *map(json.dumps, asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT / "reports")
    return json.loads(done.stdout)


def scorecard(period: dict[str, str], language: str) -> Any:
    """Lines with their companions, what is missing and why, and how many KPIs stand where."""
    return answered(ASK, {"kpis": KPIS, "rows": ROWS, "period": period, "language": language})


def test_a_kpi_without_days_is_no_line_of_a_day_and_no_gap_in_it_but_told_below() -> None:
    shown = scorecard(DAY, "en")
    assert shown["lines"] == [["daily"]]
    assert shown["counts"] == {"good": 1}
    assert shown["missing"] == [
        ["Measured by other periods: Week, Month", "beside_daily", "slow", "slow_too"],
        ["Measured by other periods: Month", "met"],
    ]
    assert scorecard(DAY, "zh")["missing"][0][0] == "按其他周期统计：周、月"


def test_in_a_period_that_it_has_it_is_a_line_like_any_other() -> None:
    shown = scorecard(MONTH, "en")
    assert shown["lines"] == [["daily", "beside_daily"], ["slow"], ["slow_too"], ["met"]]
    assert shown["counts"] == {"good": 4, "no_data": 1}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not set in centre.yaml: meeting_habit, meeting_day"),
        ("zh", "centre.yaml 中未设置：meeting_habit、meeting_day"),
    ],
)
def test_a_kpi_that_is_not_set_says_which_setting_it_needs(language: str, text: str) -> None:
    assert scorecard(MONTH, language)["missing"] == [[text, "met"]]


@pytest.mark.parametrize(
    ("value", "kpi", "shown"),
    [
        (1234.5, {"unit": "hours", "decimals": 1}, ["1,234.5 h", "1,234.5 小时"]),
        (42, {"unit": "minutes", "decimals": 0}, ["42 min", "42 分钟"]),
    ],
)
def test_hours_and_minutes_are_shown_as_such(value: float, kpi: dict[str, Any], shown: list[str]) -> None:
    assert answered(SHOW, [value, kpi]) == shown
