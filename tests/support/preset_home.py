"""A home that has one drop of a known system, read by its preset, built as dbt compiled the project."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home.ledger import read_ledger
from orchestration.home.paths import Home
from tests.support.compiled import compiled_project

FIXTURES = Path(__file__).parent.parent / "presets"
DAY = "2026-01-07"


class PresetHome:
    """What came of the files in tests/presets/<preset>, all dropped on one day."""

    def __init__(self, root: Path, preset: str, zone: str, more: str = "") -> None:
        """Land, take, build and check by dbt's own tests. `more`: what the centre says of its source, as YAML."""
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        settings = f"name: Presets\ntime_zone: {zone}\nsources:\n- name: desk\n  preset: {preset}\n{more}"
        (root / "centre.yaml").write_text(settings, encoding="utf-8")
        shutil.copytree(FIXTURES / preset, root / "landing" / "desk" / DAY)
        self.published = compiled_project().build(root, tested=True)
        records = read_ledger(Home(root).ledger)
        failed = [(record.file_name, record.message) for record in records if record.state == "failed"]
        assert failed == [], failed

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the file that would be published; instants are UTC."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'; use scorecard")
            return connection.execute(sql, parameters).fetchall()

    def kpi(self, kpi_id: str, scope_kind: str = "centre", scope_id: str = "centre") -> tuple[float | None, ...]:
        """Numerator and denominator of a KPI over all the time there is; (None, None) where it is not recorded."""
        found = self.rows(
            "select numerator::double, denominator::double from fct_kpi_value"
            " where kpi_id = ? and scope_kind = ? and scope_id = ? and period_kind = 'all'",
            kpi_id,
            scope_kind,
            scope_id,
        )
        assert len(found) == 1, f"{kpi_id} {scope_kind} {scope_id}: {len(found)} rows"
        return found[0]

    def reason(self, kpi_id: str) -> str | None:
        """Why a KPI of the centre has no value over all the time there is."""
        ((reason,),) = self.rows(
            "select reason from fct_kpi_value where kpi_id = ? and scope_kind = 'centre' and period_kind = 'all'",
            kpi_id,
        )
        return None if reason is None else str(reason)
