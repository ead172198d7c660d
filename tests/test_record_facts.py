"""A fact with records is declared once; whatever lists such facts is made from the declaration or reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from orchestration.home.paths import CHECKOUT
from orchestration.site.records import rows
from orchestration.warehouse import record_facts_made
from orchestration.warehouse.dbt_project import PROJECT
from orchestration.warehouse.record_facts import RECORD_FACTS, SHOWN, RecordFact
from orchestration.warehouse.written import DRILL, with_part

ONE_MORE = (
    *RECORD_FACTS,
    RecordFact(
        "fct_remark",
        "remark",
        "remark_id",
        "remarked_on",
        counted="is_upheld",
        says=("severity",),
        hidden=("recorded_by", "judged_by"),
    ),
)
SOURCES = CHECKOUT / "reports" / "sources"


@pytest.mark.parametrize("path", record_facts_made.made(), ids=lambda path: path.name)
def test_what_is_made_from_the_list_is_made_from_it_as_it_is(path: Path) -> None:
    made = record_facts_made.made()[path]
    assert path.read_text(encoding="utf-8") == made, "python -m orchestration.warehouse.record_facts_made"


def test_records_of_one_more_fact_count_in_the_numbers_of_persons() -> None:
    macro = record_facts_made.macro(ONE_MORE)
    assert (
        "        remarked_on as scope_date,\n"
        "        {{ each_measure('{}', 'fct_remark', squares=none) }}\n"
        "    from {{ ref('fct_remark') }}\n"
        "    where is_upheld\n"
        "{%- endmacro %}" in macro
    )
    assert "'fct_rating', " in macro
    assert ", 'fct_remark'], squares=none)" in macro


def test_records_of_one_more_fact_are_shown_behind_numbers() -> None:
    sql = record_facts_made.drill(DRILL.read_text(encoding="utf-8"), ONE_MORE)
    assert (
        "    select 'remark' as record_kind, * from scorecard.fct_remark\n"
        "    where remarked_on between $date::date and coalesce($last_date, $date)::date and is_upheld\n"
        "    union all by name\n"
        "    -- so far.\n" in sql
    )


def test_an_audience_has_its_own_records_of_one_more_fact_and_no_names_of_others() -> None:
    prepared, audiences = (record_facts_made.AUDIENCES / name for name in ("prepared.sql", "audiences.sql"))
    assert (
        "create table prepared.main.fct_remark as\n"
        "from published.scorecard.fct_remark\n"
        "where remarked_on >= getvariable('first_record_day')\n"
    ) in record_facts_made.prepared(prepared.read_text(encoding="utf-8"), ONE_MORE)
    assert (
        "create table fct_remark as\n"
        "select record.* replace (null::varchar as recorded_by, null::varchar as judged_by)\n"
        "from prepared.main.fct_remark as record\n"
        "semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date\n"
        "where record.agent_id in (from inside_agent);\n"
    ) in record_facts_made.audiences(audiences.read_text(encoding="utf-8"), ONE_MORE)


def test_every_published_table_that_pages_read_is_made_for_an_audience() -> None:
    """A table that is missing there stops an audience's site: none can be read past the audience."""
    read = {
        table
        for path in SOURCES.glob("*.sql")
        for table in re.findall(r"scorecard\.(\w+)", path.read_text(encoding="utf-8"))
    }
    names = ("audiences.sql", "scopes.sql", "impact.sql", "governance.sql", "points.sql", "assessment.sql")
    scripts = (record_facts_made.AUDIENCES / name for name in names)
    made = {
        table
        for path in scripts
        for table in re.findall(r"create (?:table|view) (\w+)", path.read_text(encoding="utf-8"))
    }
    assert read - made == set()


@pytest.mark.parametrize("fact", RECORD_FACTS, ids=lambda fact: fact.table)
def test_a_fact_with_records_has_the_head_that_all_have(fact: RecordFact) -> None:
    (path,) = (PROJECT / "models" / "core").rglob(f"{fact.table}.yml")
    (model,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    described = {column["name"]: column["data_type"] for column in model["columns"]}
    head = (
        "contact_key",
        "agent_id",
        "agent_date",
        "channel",
        "queue_id",
        fact.key,
        fact.day,
        *fact.says,
        *fact.hidden,
    )
    assert set(head) <= described.keys()
    assert described[fact.day] == described["agent_date"] == "date"


def test_the_columns_of_records_are_those_of_the_pages() -> None:
    assert rows.SHOWN == SHOWN
    assert f"{['record_kind', *SHOWN]}" in record_facts_made.COLUMNS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["", "-- so far.\n-- made:\n", "-- made:\n-- made:\n-- so far.\n", "-- made:\n", "x -- made:\n-- so far.\n"]
)
def test_a_file_without_a_place_for_what_is_made_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="so far"):
        with_part(text, "made:", "made\n")


def test_all_around_what_is_made_stays() -> None:
    assert (
        with_part("a\n  -- made:\nold\n  -- so far.\nb\n", "made:", "new\n") == "a\n  -- made:\nnew\n  -- so far.\nb\n"
    )
