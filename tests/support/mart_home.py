"""A scratch home whose value table is asked by KPI, scope and period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestration.landing.quarantine import ensure_empty_quarantine
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse


def build_mart(home: RawHome, *more: str) -> None:
    """Build everything that the value table, and these models beside it, need.

    dbt's tests are left out, since the cases are only a few rows.
    """
    ensure_empty_quarantine(home.folder / "quarantine")
    home.build("fct_kpi_value", *more)


def value_row(
    folder: Path, kpi_id: str, scope_kind: str, scope_id: str, period_kind: str, start: str
) -> dict[str, Any]:
    """The one row of a KPI, scope and period that begins on a date."""
    with open_warehouse(folder) as connection:
        cursor = connection.execute(
            "select * from scorecard.fct_kpi_value where kpi_id = ? and scope_kind = ? and scope_id = ? "
            "and period_kind = ? and period_start = cast(? as date)",
            [kpi_id, scope_kind, scope_id, period_kind, start],
        )
        names = [column[0] for column in cursor.description or []]
        rows = cursor.fetchall()
    assert len(rows) == 1, f"{kpi_id} {scope_kind} {scope_id} {period_kind} {start}: {len(rows)} rows"
    return dict(zip(names, rows[0], strict=True))
