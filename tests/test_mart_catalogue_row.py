"""A new ratio over measures that exist is one row of the catalogue: no SQL, every scope and period."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.home.paths import CHECKOUT
from tests.support.copied import copy_folder
from tests.support.mart_home import build_mart, value_row
from tests.support.people_cases import add_chat, add_member, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

NEW_ROW = {
    "kpi_id": "legs_per_contact",
    "name_en": "Legs per contact",
    "name_zh": "每次接待段数",
    "kpi_group": "efficiency",
    "method": "ratio",
    "numerator_measure": "handled_legs",
    "denominator_measure": "contacts_handled",
    "sample_measure": "contacts_handled",
    "scale": "1",
    "scale_kind": "constant",
    "unit": "count",
    "direction": "none",
    "pleasant_side": "none",
    "decimals": "2",
    "scopes": "team|queue|centre",
    "interval_kind": "none",
    "min_sample": "1",
    "needs_participation": "false",
    "formula_version": "1",
    "display_order": "9999",
}


def test_a_ratio_kpi_is_one_row_of_the_catalogue(tmp_path: Path) -> None:
    home = RawHome(tmp_path / "home")
    home.source("desk")
    for agent in ("a", "b"):
        add_member(home, agent, "t", "2026-01-01")
    for number in range(4):
        handlers = ["a", "b"] if number == 0 else "a"
        add_chat(home, f"c{number}", handlers, at(f"2026-03-0{number + 1} 09:00"), queue="q")
    build_mart(home)

    project = tmp_path / "project"
    copy_folder(CHECKOUT / "dbt_project", project)
    kpis = project / "seeds/catalogue/kpis.csv"
    with kpis.open(encoding="utf-8", newline="") as file:
        columns = csv.DictReader(file).fieldnames or []
    with kpis.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerow(NEW_ROW)
    build_again(home, project)

    for scope_kind, scope_id in (("team", "t"), ("queue", "q"), ("centre", "centre")):
        row = value_row(home.folder, "legs_per_contact", scope_kind, scope_id, "month", "2026-03-01")
        assert (row["numerator"], row["denominator"], row["value"]) == (5, 4, 1.25)
    day = value_row(home.folder, "legs_per_contact", "centre", "centre", "day", "2026-03-01")
    week = value_row(home.folder, "legs_per_contact", "centre", "centre", "week", "2026-02-23")
    assert (day["value"], week["value"]) == (2.0, 2.0)


def build_again(home: RawHome, project: Path) -> None:
    """Build what depends on the seed `kpis`, of a project with a catalogue of its own."""
    state = home.folder / "state/dbt-again"
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--log-path", str(state / "logs"), "build"]
    command += ["--select", "kpis+,+fct_kpi_value", "--exclude-resource-type", "test"]
    done = subprocess.run(
        [*command, "--project-dir", str(project), "--profiles-dir", str(project)],
        env=os.environ | {"SCOREHOUSE_HOME": str(home.folder), "DBT_TARGET_PATH": str(state / "target")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
