"""What is made from the list of facts with records: `python -m orchestration.warehouse.record_facts_made` writes it."""

# ruff: noqa: S608 - all names are our own

from __future__ import annotations

import json
from pathlib import Path

from orchestration.home.paths import CHECKOUT
from orchestration.warehouse.record_facts import KEYS, RECORD_FACTS, SHOWN, WORK_FACTS, RecordFact
from orchestration.warehouse.written import DRILL, with_part

MACRO = CHECKOUT / "dbt_project" / "macros" / "record_facts.sql"
AUDIENCES = CHECKOUT / "orchestration" / "site" / "audiences"
COLUMNS = CHECKOUT / "reports" / "components" / "data" / "recordColumns.js"

MARK = "made from record_facts.py:"
_MADE = "Made by `python -m orchestration.warehouse.record_facts_made`; a test holds it."


def macro(facts: tuple[RecordFact, ...] = RECORD_FACTS) -> str:
    """Return the macros by which dbt reads all these facts as one."""
    tables = ", ".join(f"'{fact.table}'" for fact in facts)
    first, *others = facts
    records = _records(first) + "".join(_more_records(fact) for fact in others)
    return (
        f"{{#- {_MADE} -#}}\n\n"
        "{# The records of persons that count: each with its head, the day it counts on, and its measures. with_kept:\n"
        "    also those that are kept, where it is known of which dates they are made anew. #}\n"
        f"{{% macro person_records(with_kept=true) -%}}\n{records}{{%- endmacro %}}\n\n"
        "{# One text for each measure of these records, as each_measure() has it. #}\n"
        "{% macro each_measure_of_records(text) -%}\n"
        f"    {{{{ each_measure(text, [{tables}], squares=none) }}}}\n"
        "{%- endmacro %}\n"
    )


def _records(fact: RecordFact) -> str:
    return f"""    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        {fact.day} as scope_date,
        {{{{ each_measure('{{}}', '{fact.table}', squares=none) }}}}
    from {{{{ ref('{fact.table}') }}}}
{f"    where {fact.counted}" + chr(10) if fact.counted else ""}"""


def _more_records(fact: RecordFact) -> str:
    records = f"    union all by name\n{_records(fact)}"
    return f"    {{%- if with_kept %}}\n{records}    {{%- endif %}}\n" if fact.is_kept else records


def drill(text: str, facts: tuple[RecordFact, ...] = RECORD_FACTS) -> str:
    """Return the SQL of the records with these facts in it."""
    lines = "".join(
        f"    select '{fact.kind}' as record_kind, * from scorecard.{fact.table}\n"
        f"    where {fact.day} between $date::date and coalesce($last_date, $date)::date"
        f"{f' and {fact.counted}' if fact.counted else ''}\n"
        "    union all by name\n"
        for fact in facts
    )
    return with_part(text, MARK, lines)


def prepared(text: str, facts: tuple[RecordFact, ...] = RECORD_FACTS) -> str:
    """Return the SQL that makes ready what all audiences are filtered from, with these facts in it."""
    work = ((table, day, "") for table, day in WORK_FACTS)
    tables = [*work, *((fact.table, fact.day, fact.counted if fact.is_confidential else "") for fact in facts)]
    lines = (
        f"create table prepared.main.{table} as\n"
        f"from published.scorecard.{table}\n"
        f"where {day} >= getvariable('first_record_day')\n"
        f"{f'    and {counted}' + chr(10) if counted else ''}"
        "    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')\n"
        "order by agent_id;\n"
        for table, day, counted in tables
    )
    return with_part(text, MARK, "".join(lines))


def audiences(text: str, facts: tuple[RecordFact, ...] = RECORD_FACTS) -> str:
    """Return the SQL of one audience's tables with these facts in it, without what it is not told of them."""
    work = (_of_audience(table) for table, _ in WORK_FACTS)
    return with_part(text, MARK, "".join([*work, *(_of_audience(fact.table, fact.hidden) for fact in facts)]))


def _of_audience(table: str, told_nothing_of: tuple[str, ...] = ()) -> str:
    hidden = ", ".join(f"null::varchar as {column}" for column in told_nothing_of)
    return (
        f"create table {table} as\n"
        f"select record.*{f' replace ({hidden})' if hidden else ''}\n"
        f"from prepared.main.{table} as record\n"
        "semi join inside_day on record.agent_id = inside_day.agent_id and record.agent_date = inside_day.agent_date\n"
        "where record.agent_id in (from inside_agent);\n"
    )


def columns() -> str:
    """Return the module by which the pages know what a record says of itself, and in what order records stand."""
    order = ["started_at", "record_kind", "contact_key", *KEYS, "agent_id"]
    return (
        f"// {_MADE}\n\n"
        "/** What a record says of itself, in this order; all else is a measure, and 0 where it is not given. */\n"
        f"export const ATTRIBUTES = {json.dumps(['record_kind', *SHOWN])};\n\n"
        "/** By what records are put in order, first things first. */\n"
        f"export const ORDER = {json.dumps(order)};\n"
    ).replace('"', "'")


def made() -> dict[Path, str]:
    """Return every file that is made from the list, or has a part that is, with the text that it should have."""
    own = {MACRO: macro(), COLUMNS: columns()}
    parts = ((DRILL, drill), (AUDIENCES / "prepared.sql", prepared), (AUDIENCES / "audiences.sql", audiences))
    return own | {path: written(path.read_text(encoding="utf-8")) for path, written in parts}


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
