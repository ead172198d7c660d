"""The published file as it was earlier: a macro that BI users call with the number of a publication."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.warehouse.history.compare import PERIODS
from orchestration.warehouse.history.shape import KEY, TOLD

_SQL = Path(__file__).with_suffix(".sql")


def write_macro(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the macro v_scorecard_as_of(publication) into the file in use.

    One row per KPI, scope and closed calendar period, with the columns of fct_kpi_value; none for a publication that
    there was not, or that had nothing closed.
    """
    old = ", ".join(f"old_{name} as {name}" for name in TOLD)
    sql = _SQL.read_text(encoding="utf-8")
    for name, text in {"key": ", ".join(KEY), "told": ", ".join(TOLD), "old": old, "periods": str(PERIODS)}.items():
        sql = sql.replace(f"{{{name}}}", text)
    connection.execute(sql)
