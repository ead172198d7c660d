"""Assessments of closed months: what a publication tells of them for the first time, or otherwise than before."""

from __future__ import annotations

import duckdb
import polars as pl

POINTS = pl.Decimal(18, 6)
PERSON: dict[str, pl.DataType] = {
    "publication": pl.Int64(),
    "person_kind": pl.String(),
    "id": pl.String(),
    "month": pl.Date(),
    "version_no": pl.Int64(),
}
ASSESSMENT: dict[str, pl.DataType] = {
    **PERSON,
    "restated_reason": pl.String(),
    "policy_version": pl.String(),
    "content_sha": pl.String(),
    "state": pl.String(),
    "reason": pl.String(),
    "role": pl.String(),
    "home_team_id": pl.String(),
    "agent_days": pl.Int64(),
    "component_points": POINTS,
    "reward_points": POINTS,
    "complaint_points": POINTS,
    "error_points": POINTS,
    "fraud_points": POINTS,
    "team_points": POINTS,
    "clip_points": POINTS,
    "unrounded_total": POINTS,
    "total": POINTS,
    "is_excellent": pl.Boolean(),
    "measured_weight": POINTS,
    "quota": POINTS,
    "counted_complaints": pl.Int64(),
    "rounding": pl.Int32(),
}
"""A version of a person's closed month: what a publication told of it for the first time, or otherwise than before."""

ASSESSMENT_LINE: dict[str, pl.DataType] = {
    **PERSON,
    "line_no": pl.Int64(),
    "kind": pl.String(),
    "kpi_id": pl.String(),
    "record_id": pl.String(),
    "code": pl.String(),
    "record_date": pl.Date(),
    "decided_date": pl.Date(),
    "value": pl.Float64(),
    "n": pl.Int64(),
    "excluded_n": pl.Int64(),
    "weight": POINTS,
    "attainment": POINTS,
    "points": POINTS,
    "appeal_state": pl.String(),
    "appeal_until": pl.Date(),
    "is_appeal_late": pl.Boolean(),
    "note": pl.String(),
    "formula_version": pl.String(),
    "target_version": pl.String(),
}
"""A line of such a version."""

TABLES = {"assessment_version": ASSESSMENT, "assessment_version_line": ASSESSMENT_LINE}
"""Folder below history/ -> its columns; the published file has both as fct_<table>."""


def new_assessments(connection: duckdb.DuckDBPyConnection, publication: int) -> dict[str, pl.DataFrame]:
    """Return the versions that dbt made for this publication, and their lines; `new` is the file to be."""
    return {table: _new_rows(connection, table, publication) for table in TABLES}


def _new_rows(connection: duckdb.DuckDBPyConnection, table: str, publication: int) -> pl.DataFrame:
    columns = ", ".join(name for name in TABLES[table] if name != "publication")
    # dbt knew of the publications before its build, and gave what is new the number after theirs.
    return connection.execute(
        f"""
        select $publication::bigint as publication, {columns} from new.scorecard.fct_{table}
        where publication > (select coalesce(max(publication), 0) from new.scorecard.fct_publication)
        """,
        {"publication": publication},
    ).pl()
