"""The marts of assessments by themselves: their compiled SQL over tiny tables of what they read, in memory.

The policy comes from the text of a policy.yaml, as a run reads it; values and records are rows of the facts. No feed,
door or fact is built, so that a hundred random centres take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import Any

import duckdb
import polars as pl

from orchestration.policy.tables import TABLES as POLICY_TABLES
from orchestration.policy.tables import policy_tables
from orchestration.warehouse.history.shape import TABLES as HISTORY_TABLES
from tests.support.assessed_centre import AssessedCentre
from tests.support.compiled import compiled_project
from tests.support.policies import EP, policy

INSTANT, DAY, TEXT, FLAG, WHOLE = pl.Datetime("us", "UTC"), pl.Date(), pl.String(), pl.Boolean(), pl.Int64()
MARTS = ("fct_assessment", "fct_assessment_line", "fct_assessment_version", "fct_assessment_version_line")
GUARD = "assert_one_version_of_the_policy_holds_for_a_person"
RECORD = dict.fromkeys(("contact_key", "agent_id", "appeal_effect"), TEXT) | {"agent_date": DAY, "landing_day": DAY}

READS: dict[str, dict[str, pl.DataType]] = {
    "stg_centre_setting": {"time_zone": TEXT},
    "int_as_of": {"as_of_date": DAY, "kept_from": DAY},
    "int_measure__period": {
        "period_kind": TEXT,
        "period_start": DAY,
        "period_end": DAY,
        "last_covered_date": DAY,
        "is_open": FLAG,
    },
    "dim_agent_day": {"agent_id": TEXT, "agent_date": DAY, "role": TEXT, "home_team_id": TEXT},
    "fct_headcount_day": {"agent_id": TEXT, "headcount_date": DAY, "is_employed": FLAG},
    "fct_agent_day": {"agent_id": TEXT, "agent_date": DAY, "agent_days": WHOLE},
    "bridge_agent_team_day": {"agent_id": TEXT, "agent_date": DAY, "team_id": TEXT},
    "int_team__version": {"team_id": TEXT, "team_kind": TEXT, "valid_from": DAY, "valid_to": DAY},
    "int_staff__employment": {"agent_id": TEXT, "employed_from": DAY, "employed_to": DAY},
    "int_measure__scope_month": dict.fromkeys(("kpi_group", "scope_kind", "scope_id"), TEXT)
    | {"month_start": DAY, "headcount_days": pl.Decimal(18, 4), "agent_days": pl.Decimal(18, 4)},
    "fct_kpi_value": dict.fromkeys(
        ("kpi_id", "scope_kind", "scope_id", "period_kind", "status", "reason", "formula_version", "target_version"),
        TEXT,
    )
    | {"period_start": DAY, "value": pl.Float64(), "n": WHOLE, "excluded_n": WHOLE},
    "fct_complaint": RECORD
    | dict.fromkeys(("complaint_id", "leaf", "complaint_outcome"), TEXT)
    | {"received_date": DAY, "decided_date": DAY, "is_good_faith": FLAG}
    | dict.fromkeys(("complaints", "complaints_decided", "complaints_upheld"), WHOLE),
    "fct_check_error": RECORD
    | dict.fromkeys(("error_id", "error_code", "error_class"), TEXT)
    | {"error_date": DAY, "is_good_faith": FLAG, "review_errors": WHOLE},
    "fct_finding": RECORD
    | dict.fromkeys(("finding_id", "finding_kind"), TEXT)
    | {"occurred_on": DAY, "is_effective": FLAG},
    "stg_findings": {"source_id": TEXT, "finding_id": TEXT, "established_at": INSTANT},
    "fct_appeal": dict.fromkeys(("appeal_id", "subject_kind", "subject_id", "agent_id", "appeal_outcome"), TEXT)
    | {"appeal_date": DAY, "agent_date": DAY, "appeals_granted": WHOLE},
    "stg_appeals": {"source_id": TEXT, "appeal_id": TEXT, "filed_at": INSTANT},
    "fct_reward": dict.fromkeys(("reward_id", "agent_id", "team_id", "ground", "reward_state"), TEXT)
    | {"for_month": DAY, "decided_date": DAY, "landing_day": DAY},
    "fct_contact": {"contact_key": TEXT, "contact_date": DAY},
    "int_contact__excluded": {"contact_key": TEXT, "kpi_group": TEXT},
    "dim_code": {"code_list": TEXT, "code": TEXT, "group_code": TEXT},
    "stg_publication": {"publication": WHOLE, "as_of": INSTANT, "published_at": INSTANT},
}
"""What the marts read beside the policy and the history, with the columns that they use."""

HISTORY = {f"stg_{table}": table for table in ("assessment_version", "assessment_version_line")}
Node = dict[str, Any]

VERSION = EP.removeprefix("assessment:\n")
"""The one version of the example policy; a second one may stand behind it."""


def changed(text: str, **replaced: str) -> str:
    """A policy with words replaced: each key is a name that says what for, its value `old => new`."""
    for told in replaced.values():
        old, new = told.split(" => ")
        assert old in text, f"not in the policy: {old}"
        text = text.replace(old, new)
    return text


def nodes() -> dict[str, Node]:
    """The nodes of the project's models by name."""
    manifest = compiled_project().manifest
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


def steps(known: dict[str, Node]) -> list[Node]:
    """The models that the marts come from, in the order in which they are made; those within others are none.

    What only others read of the assessments, such as the ledger of points, is left out.
    """
    ours = {name for name in known if name.startswith("int_assessment__") or name in MARTS}
    reads: dict[str, set[str]] = {}
    asked = [*MARTS]
    while asked:
        name = asked.pop()
        reads[name] = {parent.rsplit(".", 1)[-1] for parent in known[name]["depends_on"]["nodes"]} & ours
        asked += reads[name] - reads.keys()
    ordered = TopologicalSorter(reads).static_order()
    return [known[name] for name in ordered if known[name]["config"]["materialized"] != "ephemeral"]


def assessed(centre: AssessedCentre) -> duckdb.DuckDBPyConnection:
    """The marts of a centre, made in memory; they stand on the search path."""
    known = nodes()
    made = steps(known)
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    names = [*READS, *HISTORY, *(f"stg_{table}" for table in POLICY_TABLES)]
    places = {(node["database"], node["schema"]) for node in (*made, *(known[name] for name in names))}
    for database in {database for database, _ in places}:
        connection.execute(f"attach ':memory:' as {database}")
    for database, schema in places:
        connection.execute(f"create schema {database}.{schema}")
    for name, frame in _frames(centre):
        connection.register("rows_of_one", frame)
        connection.execute(f"create table {place(known[name])} as from rows_of_one")
    for node in made:
        connection.execute(f"create table {place(node)} as {node['compiled_code']}")
    connection.execute("set search_path = '" + ",".join(f"{database}.{schema}" for database, schema in places) + "'")
    return connection


def _frames(centre: AssessedCentre) -> Iterable[tuple[str, pl.DataFrame]]:
    tables = centre.tables()
    for name, columns in READS.items():
        yield name, pl.DataFrame(tables.pop(name, []), schema=columns)
    for name, frame in policy_tables(policy(centre.policy)).items():
        yield f"stg_{name}", frame
    for name, table in HISTORY.items():
        rows = pl.DataFrame(tables.pop(name, []), schema=HISTORY_TABLES[table], orient="row")
        yield name, rows.rename({"id": "person_id", "month": "month_start"})
    assert not tables, f"read by no model: {sorted(tables)}"


def place(node: Node) -> str:
    """Where a model stands."""
    return f"{node['database']}.{node['schema']}.{node['alias']}"


def guard_sql() -> str:
    """The compiled test that stops a build in which two versions hold for somebody."""
    manifest = compiled_project().manifest
    (node,) = (node for node in manifest["nodes"].values() if node["name"] == GUARD)
    return str(node["compiled_code"])


def seal(centre: AssessedCentre, connection: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Have the history keep what this build tells as new, as a publication of the end of the data `as_of` does."""
    number = len(centre.publications) + 1
    for name, table in HISTORY.items():
        columns = ", ".join(HISTORY_TABLES[table])
        rows = connection.execute(
            f"select {columns} from fct_{table} where publication = ?",  # noqa: S608 - own names
            [number],
        ).fetchall()
        centre.sealed.setdefault(name, []).extend(rows)
    centre.publish(number, as_of)


def told(
    connection: duckdb.DuckDBPyConnection,
    columns: str,
    person: str = "ann",
    month: str = "2026-03",
    kind: str = "agent",
) -> tuple[Any, ...]:
    """Columns of the one row of a person and month; decimals as numbers."""
    (row,) = connection.execute(
        f"select {columns} from fct_assessment where id = ? and month = ? and person_kind = ?",  # noqa: S608
        [person, f"{month}-01", kind],
    ).fetchall()
    return tuple(float(one) if isinstance(one, Decimal) else one for one in row)


def lines(
    connection: duckdb.DuckDBPyConnection,
    columns: str,
    of: str,
    person: str = "ann",
    month: str = "2026-03",
    kind: str = "agent",
) -> list[Any]:
    """Columns of a person's lines of one kind in a month, in their order; one column as it is, several as tuples."""
    rows = connection.execute(
        f"select {columns} from fct_assessment_line "  # noqa: S608 - own names
        "where kind = ? and id = ? and month = ? and person_kind = ? order by line_no",
        [of, person, f"{month}-01", kind],
    ).fetchall()
    plain = [tuple(float(one) if isinstance(one, Decimal) else one for one in row) for row in rows]
    return [row[0] if len(row) == 1 else row for row in plain]


def versions(
    connection: duckdb.DuckDBPyConnection, person: str = "ann", month: str = "2026-03", kind: str = "agent"
) -> list[tuple[Any, ...]]:
    """Number, reason, state and total of each version of a person's month."""
    rows = connection.execute(
        "select version_no, restated_reason, state, total from fct_assessment_version "
        "where id = ? and month = ? and person_kind = ? order by version_no",
        [person, f"{month}-01", kind],
    ).fetchall()
    return [(*row[:3], None if row[3] is None else float(row[3])) for row in rows]
