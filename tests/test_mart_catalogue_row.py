"""A new ratio over measures that exist is one row of the catalogue: no SQL, every scope and period."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import CHECKOUT
from tests.support.copied import copy_folder
from tests.support.mart_home import build_mart, value_row
from tests.support.people_cases import add_chat, add_member, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

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
NEW_ROWS = [
    # A setting that the centre has takes nothing away.
    NEW_ROW | {"requires_settings": "close_after_days"},
    NEW_ROW | {"kpi_id": "legs_by_month", "period_kinds": "month|all"},
    NEW_ROW | {"kpi_id": "legs_since_complaints", "requires_topics": "complaints|routing"},
    NEW_ROW | {"kpi_id": "legs_by_a_setting", "requires_settings": "close_after_days|as_of"},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    """Four chats of March, the first with two agents, complaints since the third day, more rows in the catalogue."""
    folder = tmp_path_factory.mktemp("catalogue_row")
    home = RawHome(folder / "home")
    home.source("desk")
    home.source("tickets")
    complaint = {"complaint_id": "c", "received_at": at("2026-03-03 23:00"), "origin": "customer"}
    home.add("complaints", [complaint | {"is_identified": False}], "tickets")
    for agent in ("a", "b"):
        add_member(home, agent, "t", "2026-01-01")
    for number in range(4):
        handlers = ["a", "b"] if number == 0 else "a"
        add_chat(home, f"c{number}", handlers, at(f"2026-03-0{number + 1} 09:00"), queue="q")
    build_mart(home, "fct_kpi_half_hour")

    project = folder / "project"
    copy_folder(CHECKOUT / "dbt_project", project)
    kpis = project / "seeds/catalogue/kpis.csv"
    with kpis.open(encoding="utf-8", newline="") as file:
        columns = csv.DictReader(file).fieldnames or []
    with kpis.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerows(NEW_ROWS)
    build_again(home, project)
    return home


def build_again(home: RawHome, project: Path) -> None:
    """Build what depends on the seed `kpis`, of a project with a catalogue of its own."""
    state = home.folder / "state/dbt-again"
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--log-path", str(state / "logs"), "build"]
    command += ["--select", "kpis+,+fct_kpi_value", "kpis+,+fct_kpi_half_hour", "--exclude-resource-type", "test"]
    done = subprocess.run(
        [*command, "--project-dir", str(project), "--profiles-dir", str(project)],
        env=os.environ | {"SCOREHOUSE_HOME": str(home.folder), "DBT_TARGET_PATH": str(state / "target")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def asked(home: RawHome, sql: str) -> list[Any]:
    """The first column of what the warehouse answers, in order."""
    with open_warehouse(home.folder) as connection:
        return sorted(row[0] for row in connection.execute(sql).fetchall())


def test_a_ratio_kpi_is_one_row_of_the_catalogue(home: RawHome) -> None:
    for scope_kind, scope_id in (("team", "t"), ("queue", "q"), ("centre", "centre")):
        row = value_row(home.folder, "legs_per_contact", scope_kind, scope_id, "month", "2026-03-01")
        assert (row["numerator"], row["denominator"], row["value"]) == (5, 4, 1.25)
    day = value_row(home.folder, "legs_per_contact", "centre", "centre", "day", "2026-03-01")
    week = value_row(home.folder, "legs_per_contact", "centre", "centre", "week", "2026-02-23")
    assert (day["value"], week["value"]) == (2.0, 2.0)


def test_a_kpi_has_values_of_the_kinds_of_periods_that_it_names_and_no_half_hours_without_days(home: RawHome) -> None:
    kinds = "select distinct period_kind from scorecard.fct_kpi_value where kpi_id = '{}'"
    assert asked(home, kinds.format("legs_by_month")) == ["all", "month"]
    assert asked(home, kinds.format("legs_per_contact")) == [
        "all", "day", "month", "quarter", "trailing_28", "trailing_365", "trailing_7", "week", "year"
    ]  # fmt: skip
    row = value_row(home.folder, "legs_by_month", "team", "t", "month", "2026-03-01")
    assert (row["numerator"], row["denominator"], row["value"]) == (5, 4, 1.25)
    half_hours = "select distinct kpi_id from scorecard.fct_kpi_half_hour where kpi_id like 'legs%'"
    assert asked(home, half_hours) == ["legs_per_contact", "legs_since_complaints"]


def test_a_kpi_whose_setting_the_centre_has_not_is_not_set_in_every_scope(home: RawHome) -> None:
    told = "select distinct concat_ws(' ', status, verdict, reason, value, numerator, n) from scorecard.fct_kpi_value"
    missing = "select concat_ws(' ', kpi_id, missing_settings) from scorecard.dim_kpi where kpi_id like 'legs%'"
    assert asked(home, missing) == [
        "legs_by_a_setting as_of", "legs_by_month", "legs_per_contact", "legs_since_complaints"
    ]  # fmt: skip
    assert asked(home, f"{told} where kpi_id = 'legs_by_a_setting'") == ["no_data none not_set"]


def test_periods_that_end_before_a_topic_is_recorded_are_not_recorded_and_one_that_it_cuts_is_measured(
    home: RawHome,
) -> None:
    told = (
        "select period_kind || ' ' || period_start || ' ' || coalesce(reason, value::varchar) "
        "from scorecard.fct_kpi_value where kpi_id = 'legs_since_complaints' and scope_kind = 'centre'"
        " and period_kind in ('day', 'week', 'month')"
    )
    assert asked(home, told) == [
        "day 2026-03-01 not_recorded",
        "day 2026-03-02 not_recorded",
        "day 2026-03-03 1.0",
        "day 2026-03-04 1.0",
        "month 2026-03-01 1.25",
        "week 2026-02-23 not_recorded",
        "week 2026-03-02 1.0",
    ]
    dates = "select distinct local_date::varchar from scorecard.fct_kpi_half_hour where kpi_id = '{}'"
    assert asked(home, dates.format("legs_since_complaints")) == ["2026-03-03", "2026-03-04"]
    assert asked(home, dates.format("legs_per_contact"))[0] == "2026-03-01"
