"""Reads single KPI values out of a published file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb


@dataclass(frozen=True)
class PublishedValues:
    """Read-only access to `scorecard.fct_kpi_value` of one published file."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def open(cls, published_file: Path) -> "PublishedValues":
        """Open a published file as a BI user would."""
        return cls(duckdb.connect(str(published_file), read_only=True))

    def row(self, kpi_id: str, scope_kind: str, scope_id: str, period_kind: str, start: str) -> dict[str, Any]:
        """The one value row of a KPI, scope and period."""
        found = self.connection.execute(
            "select * from scorecard.fct_kpi_value where kpi_id = ? and scope_kind = ? and scope_id = ? "
            "and period_kind = ? and period_start = ?::date",
            [kpi_id, scope_kind, scope_id, period_kind, start],
        ).pl()
        assert found.height == 1, f"{kpi_id} {scope_kind} {scope_id} {period_kind} {start}: {found.height} rows"
        return found.row(0, named=True)

    def by_scope(self, column: str, kpi_id: str, scope_kind: str, period_kind: str, start: str) -> dict[str, float]:
        """One column of a KPI over all scopes of a kind, by scope id."""
        rows = self.connection.execute(
            f"select scope_id, {column}::double from scorecard.fct_kpi_value "  # noqa: S608
            "where kpi_id = ? and scope_kind = ? and period_kind = ? and period_start = ?::date "
            f"and {column} is not null",
            [kpi_id, scope_kind, period_kind, start],
        ).fetchall()
        return dict(rows)

    def by_day(self, column: str, kpi_id: str) -> dict[str, float]:
        """One column of a KPI of the centre over all days, by ISO date."""
        rows = self.connection.execute(
            f"select period_start::varchar, {column}::double from scorecard.fct_kpi_value "  # noqa: S608
            f"where kpi_id = ? and scope_kind = 'centre' and period_kind = 'day' and {column} is not null",
            [kpi_id],
        ).fetchall()
        return dict(rows)
