"""A value that an earlier formula made says so at its place, and what that formula was."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from orchestration.home.paths import CHECKOUT, Home
from tests.support.site_home import manifest_of

NODE = shutil.which("node") or "node"
EARLIER = CHECKOUT / "reports" / "components" / "scorecard" / "earlier.js"
ASK = f"""
import {{ earlierFormula }} from '{EARLIER.as_uri()}';
const [versions, kpi, period] = JSON.parse(process.argv[1]);
console.log(JSON.stringify(earlierFormula(versions, kpi, period)?.formula_version ?? null));
"""


def versions_of(home: Home) -> list[dict[str, Any]]:
    """The stretches of earlier formulas of the catalogue's data file."""
    name = manifest_of(home)["files"]["catalogue"]
    table = json.loads((home.site / "data" / name).read_text(encoding="utf-8"))["versions"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def test_the_catalogue_names_stretches_of_earlier_formulas_with_what_they_said(plain: Home) -> None:
    (stretch,) = versions_of(plain)
    assert (stretch["kpi_id"], stretch["period_kind"], stretch["formula_version"]) == ("kpi_2", "month", "0")
    assert stretch["last_start"] == "2026-03-01"
    assert (stretch["formula_en"], stretch["formula_zh"]) == ("part / (whole - 1)", "部分 / (总数 - 1)")


@pytest.mark.parametrize(
    ("kpi", "kind", "start", "version"),
    [
        ("kpi_2", "month", "2026-03-01", "0"),
        ("kpi_2", "month", "2026-04-01", None),
        ("kpi_2", "week", "2026-03-02", None),
        ("kpi_1", "month", "2026-03-01", None),
    ],
)
def test_a_period_says_which_formula_made_it_if_it_is_not_todays(
    plain: Home, kpi: str, kind: str, start: str, version: str | None
) -> None:
    asked = json.dumps([versions_of(plain), kpi, {"kind": kind, "start": start}])
    done = subprocess.run([NODE, "--input-type=module", "-e", ASK, asked], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == version
