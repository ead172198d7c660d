"""Since when a KPI is out of its band, and what is shown in a period that does not judge it: the pages' own code."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from orchestration.home.paths import CHECKOUT

SCORECARD = (CHECKOUT / "reports" / "components" / "scorecard" / "scorecard.js").as_uri()
NODE = shutil.which("node") or "node"
ASK = """
import { entriesFor, readScope } from '%s';
const { kpi, rows, period } = JSON.parse(process.argv[1]);
const columns = [...new Set(rows.flatMap(Object.keys))];
const values = { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
const data = readScope({ scope: { first_date: '2026-03-01' }, values, peers: { columns: [], rows: [] } });
const [entry] = entriesFor(data, { kpis: [kpi], kpiById: new Map([[kpi.kpi_id, kpi]]) }, period);
console.log(JSON.stringify(entry));
"""
JUDGED = {
    "good": ("in_band", "good", "none"),
    "bad": ("below_band", "bad", "clear"),
    "chance": ("below_band", "watch", "chance"),
    "above": ("above_band", "bad", "clear"),
    "empty": ("no_data", "none", "none"),
}
Row = dict[str, Any]


def shown(rows: list[Row], period: Row, **kpi: Any) -> Row:
    """What a page shows of a KPI in a period."""
    asked = json.dumps({"kpi": {"kpi_id": "k", "kpi_number": 1} | kpi, "rows": rows, "period": period})
    command = [NODE, "--input-type=module", "-e", ASK % SCORECARD, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT / "reports")
    found: Row = json.loads(done.stdout)
    return found


def value(look: str, kind: str, start: str, end: str, **rest: Any) -> Row:
    status, verdict, evidence = JUDGED[look]
    row = {"kpi_id": "k", "period_kind": kind, "period_start": start, "period_end": end, "value": 0.5}
    return row | {"status": status, "verdict": verdict, "evidence": evidence} | rest


@pytest.mark.parametrize(
    ("looks", "since", "turned", "is_longer", "is_new"),
    [
        ("good bad bad bad", "02", None, False, False),
        ("good chance chance bad", "02", "04", False, False),
        # A day without cases is neither out nor in.
        ("good bad empty chance chance", "02", "04", False, False),
        ("good bad chance bad chance", "02", "05", False, False),
        # The other side of the band is another matter.
        ("above above bad", "03", None, False, True),
        ("good chance", "02", None, False, True),
        ("bad empty chance", "01", "03", True, False),
        ("bad bad good", None, None, None, None),
    ],
)
def test_an_unbroken_run_on_one_side_is_counted_and_what_may_be_chance_apart(
    looks: str, since: str | None, turned: str | None, is_longer: bool | None, is_new: bool | None
) -> None:
    days = [
        value(look, "day", f"2026-03-{day:02d}", f"2026-03-{day + 1:02d}")
        for day, look in enumerate(looks.split(), start=1)
    ]
    row = shown(days, {"kind": "day", "start": days[-1]["period_start"], "end": days[-1]["period_end"]})["row"]
    assert row["out_since"] == (f"2026-03-{since}" if since else None)
    assert row.get("turned_since") == (f"2026-03-{turned}" if turned else None)
    assert (row.get("is_longer"), row.get("is_new")) == (is_longer, is_new)


WEEK = {"kind": "week", "start": "2026-03-02", "end": "2026-03-09"}
OF_WEEK = value("bad", "week", WEEK["start"], WEEK["end"], verdict="none", evidence="none", value=0.9, change=0.4)


def test_a_period_that_does_not_judge_a_kpi_shows_the_last_that_did_by_its_name_and_without_a_change() -> None:
    past = [value("bad", "trailing_365", f"2025-03-0{day}", f"2026-03-0{day}", value=day / 10) for day in (7, 8, 9)]
    later = value("good", "trailing_365", "2025-03-10", "2026-03-10")
    row = shown([OF_WEEK, *past, later], WEEK, judged_periods="year|trailing_365")["row"]
    assert row["judged_in"] == {"kind": "trailing_365", "start": "2025-03-09", "end": "2026-03-09"}
    assert (row["value"], row["verdict"], row["change"]) == (0.9, "bad", None)


def test_before_anything_was_judged_the_period_around_it_stands_there() -> None:
    year = value("bad", "year", "2026-01-01", "2027-01-01", value=0.3, change=0.1)
    row = shown([OF_WEEK, year], WEEK, judged_periods="year|trailing_365")["row"]
    assert row["judged_in"] == {"kind": "year", "start": "2026-01-01", "end": "2027-01-01"}
    assert (row["value"], row["change"]) == (0.3, None)


def test_a_period_that_judges_shows_itself() -> None:
    row = shown([OF_WEEK | {"verdict": "bad"}], WEEK, judged_periods="week|year")["row"]
    assert (row["value"], row["change"], row.get("judged_in")) == (0.9, 0.4, None)
