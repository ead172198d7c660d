"""A measure is declared once, in measures.csv; whatever sums measures knows them from there."""

from __future__ import annotations

import re

import duckdb
import pytest
import yaml

from orchestration.warehouse import measures
from orchestration.warehouse.dbt_project import PROJECT
from orchestration.warehouse.written import DRILL
from tests.support.catalogue_tables import seed_rows
from tests.support.compiled import compiled_project

DECLARED = seed_rows("measures")
FACTS = sorted({fact for row in DECLARED for fact in row["facts"].split("|")})
SQL = [path for folder in ("models", "tests", "macros") for path in (PROJECT / folder).rglob("*.sql")]
REMEDY = "write it anew: python -m orchestration.warehouse.measures"

# Numbers that say something of a record and are summed nowhere.
ATTRIBUTES = {
    "record_number",
    "line_number",
    "leg_number",
    "visit_number",
    "leg_count",
    "wait_seconds",
    "minutes",
    "score",
}
ATTRIBUTES |= {"audience", "forecast_contacts", "meetings"}
ATTRIBUTES |= {"reported_value", "warehouse_value", "final_value", "difference"}


@pytest.fixture(scope="module")
def columns() -> dict[str, dict[str, str]]:
    """Table -> column -> type, of the warehouse as dbt builds it for a centre without files."""
    home = compiled_project().home
    with duckdb.connect() as connection:
        for number, file in enumerate(sorted((home / "warehouse").glob("*.duckdb"))):
            connection.execute(f"attach '{file}' as file_{number} (read_only)")
        rows = connection.execute("select table_name, column_name, data_type from duckdb_columns()").fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, data_type in rows:
        found.setdefault(table, {})[column] = data_type
    return found


def test_the_macro_and_the_records_know_the_measures_of_the_seed() -> None:
    assert measures.MACRO.read_text(encoding="utf-8") == measures.macro(), REMEDY
    records = DRILL.read_text(encoding="utf-8")
    assert records == measures.drill(records), REMEDY


@pytest.mark.parametrize("fact", FACTS)
def test_every_measure_is_a_column_of_the_facts_that_it_names(columns: dict[str, dict[str, str]], fact: str) -> None:
    of_fact = [row for row in DECLARED if fact in row["facts"].split("|")]
    named = {
        row["measure"] if row["measure"] in columns[fact] else row["measure"].removesuffix("_squared")
        for row in of_fact
    }
    assert named - set(columns[fact]) == set()


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.startswith("fct_")])
def test_a_number_in_a_fact_is_a_measure_or_said_to_be_none(columns: dict[str, dict[str, str]], fact: str) -> None:
    numbers = {column for column, data_type in columns[fact].items() if re.match("BIGINT|DECIMAL|DOUBLE", data_type)}
    of_fact = {row["measure"] for row in DECLARED if fact in row["facts"].split("|")}
    assert numbers - of_fact - {measure.removesuffix("_squared") for measure in of_fact} - ATTRIBUTES == set()


def test_a_measure_of_agents_says_how_a_team_has_it_and_no_other_does() -> None:
    """Contacts, visits and forecasts have no agent of their own; peaks and distinct counts are no sums."""
    of_nobody = {"fct_contact", "fct_queue_visit", "fct_site_visit", "int_measure__service_day"}
    of_nobody |= {"fct_forecast_interval", "fct_team_record"}
    for row in DECLARED:
        is_of_agents = row["rollup"] == "sum" and not set(row["facts"].split("|")) <= of_nobody
        assert bool(row["in_team"]) == is_of_agents, row["measure"]
        ratio = row["in_team"].split(" / ")
        assert row["in_team"] in ("", "once", "sum", "contact") or {*ratio} <= {one["measure"] for one in DECLARED}


def test_nothing_finds_measures_by_their_names_or_by_what_is_left() -> None:
    """But tables that hold nothing beside measures and their own few keys: `* exclude (scope_kind, scope_id)`."""
    for path in SQL:
        text = path.read_text(encoding="utf-8")
        assert "duckdb_columns" not in text, path
        if path.parts[-3] not in ("intermediate", "staging"):
            assert not re.search(r"columns\(\s*(?:'\^|c ->)", text), path
            assert not re.search(r"exclude\s*\([^)]*\b(?:line_number|landing_day|is_test)\b", text), path


def test_published_tables_say_of_a_measure_what_its_fact_says() -> None:
    """A measure that the contract of its fact does not describe could not be published."""
    described = {
        model["name"]: {column["name"] for column in model["columns"]}
        for path in (PROJECT / "models" / "core").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    }
    for row in DECLARED:
        for fact in set(row["facts"].split("|")) & set(described):
            base = row["measure"].removesuffix("_squared")
            assert {row["measure"], base} & described[fact], (row["measure"], fact)
