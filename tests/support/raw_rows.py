"""Tiny raw homes for tests: rows as dicts become the raw Parquet that dbt reads, without passing the door.

`RawHome.add(feed, rows)` collects rows of a feed, `RawHome.build("fct_contact")` writes them with the settings and
builds a model and whatever it reads, `RawHome.query(sql)` asks the warehouse that came out. Instants are ISO 8601 text
with offset or `Z`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from orchestration.centre import parse_centre
from orchestration.home.ledger_index import ensure_index
from orchestration.home.notice_ledger import ensure_empty_ledger
from orchestration.home.paths import Home
from orchestration.policy import parse_policy
from orchestration.policy.tables import write_policy_tables
from schemas import TOPICS
from tests.support.compiled import compiled_project
from tests.support.raw_columns import FEED_COLUMNS, META_COLUMNS, SETTING_COLUMNS
from tests.support.warehouse import open_warehouse

Row = dict[str, Any]

FEED_DEFAULTS: dict[str, Row] = {
    "contacts": {"channel": "web", "direction": "inbound", "is_test_caller": False, "is_test": False},
    "contact_events": {"is_test_caller": False},
    "messages": {"is_manual": True},
    "quality_errors": {"good_faith": False},
    "quality_reviews": {"mode": "after", "selection": "random"},
    "staff": {"role": "agent", "employment": "full", "fte": "1", "name": "", "valid_from": "2000-01-01"},
    "team_memberships": {"is_home_team": True},
    "teams": {"kind": "group", "valid_from": "2000-01-01"},
    "queues": {"kind": "normal", "valid_from": "2000-01-01"},
    "observations": {"kind": "wrap_up"},
    "recognitions": {"kind": "praise_in_contact"},
    "complaints": {"origin": "customer"},
    "plans": {"kind": "defect_elimination", "scope_kind": "centre", "state": "open", "owner_id": "owner"},
    "monitoring_sessions": {"level": "supervisor", "mode": "recorded", "monitor_id": "boss"},
    "test_calls": {"kind": "direct_question", "tester_id": "tess", "selection": "random", "passed": True},
    "ticket_audits": {"auditor_id": "tess", "has_error": False, "callback_needed": False},
    "coaching_sessions": {"coach_id": "boss", "kind": "one_to_one"},
    "documents": {"kind": "rule", "title": "A rule"},
    "rewards": {
        "ground": "RG1",
        "form": "bonus",
        "decided_at": "2026-03-20T09:00:00Z",
        "leader_approved_by": "boss",
        "supervisor_approved_by": "chief",
    },
}
CENTRE = parse_centre("name: Test centre\ntime_zone: UTC\nsources: []\n", "centre.yaml")
CENTRE_DEFAULTS: Row = {
    "centre_name": "Test centre",
    "time_zone": "UTC",
    "language": "en",
    "as_of": None,
    "service_level_seconds": 20,
    "short_abandon_seconds": 5,
    "queue_placement_seconds": 60,
    "fcr_window_days": 7,
    "new_staff_days": 90,
    "new_leader_days": 180,
    "close_after_days": 7,
    "message_mix_tolerance": "0.2",
    "replacement_cost": 7000,
    "replacement_cost_currency": "CNY",
    "quality_review_judged": "reviewer",
    "participation_gate": "0.5",
    "drill_days": 35,
    "site_day_points": 92,
    "open_state_hours": 16,
    "pareto_share": "0.8",
    "coaching_delay_minutes": 20,
    "monitoring_best_sessions": 2,
    "cascade_signed": None,
    "cascade_known": None,
    "achievement_meeting_cadence": None,
}
TOPIC_SIGNAL_DEFAULTS: Row = {"z": 4, "min_count": 5, "factor": 2, "factor_all": "1.5", "weeks": 8}

NOTICE_DEFAULTS: Row = {"begin_on": None, "names_in_groups": False, "outside_shifts": False, "ahead_hours": 24}


def converted(value: Any, kind: pl.DataType) -> Any:
    """Bring one hand-written value to the type of its column."""
    if value is None:
        return None
    if isinstance(kind, pl.Decimal):
        return Decimal(str(value))
    if kind == pl.Date:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if isinstance(kind, pl.Datetime):
        return value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return value


def frame(rows: list[Row], columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """Rows as a frame with exactly these columns; a name that is none of them is a mistake of the test."""
    unknown = {name for row in rows for name in row} - set(columns)
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    return pl.DataFrame(
        {name: [converted(row.get(name), kind) for row in rows] for name, kind in columns.items()}, schema=columns
    )


class RawHome:
    """A scratch home that dbt can be run in."""

    def __init__(self, folder: Path, **centre: Any) -> None:
        """Centre settings that differ from the defaults are keyword arguments."""
        self.folder = folder
        self.centre = CENTRE_DEFAULTS | centre
        self.rows: dict[str, list[Row]] = {feed: [] for feed in FEED_COLUMNS}
        self.settings: dict[str, list[Row]] = {table: [] for table in SETTING_COLUMNS if table != "centre_settings"}
        self.settings["topic_signal"] = [TOPIC_SIGNAL_DEFAULTS]
        self.settings["notice_settings"] = [NOTICE_DEFAULTS]
        self.policy = ""
        """Text of policy.yaml; empty: the centre has none."""

    def source(
        self,
        source_id: str,
        not_recorded: tuple[str, ...] = (),
        recorded_from: Mapping[str, str] = MappingProxyType({}),
        **attributes: Any,
    ) -> None:
        """Declare a source; it records every topic but those named, and those that begin with a row as it says."""
        self.settings["source_settings"].append(
            {"source_id": source_id, "source_kind": "feed", "is_received_without_routing": False} | attributes
        )
        self.settings["source_topics"] += [
            {
                "source_id": source_id,
                "topic": topic,
                "is_recorded": topic not in not_recorded,
                "recorded_from": recorded_from.get(topic),
            }
            for topic in TOPICS
        ]

    def setting(self, table: str, rows: list[Row]) -> None:
        """Add rows to a table of settings."""
        self.settings[table] += rows

    def add(
        self,
        feed: str,
        rows: list[Row],
        source_id: str = "desk",
        landing_day: str = "2026-01-01",
        file_name: str | None = None,
    ) -> None:
        """Add the rows of one landed file; numbers, the file's hash and the defaults of the feed are filled in."""
        name = file_name or f"{feed}.csv"
        file_hash = hashlib.sha256(json.dumps([source_id, landing_day, name]).encode()).hexdigest()
        first = sum(row["file_hash"] == file_hash for row in self.rows[feed]) + 1
        for number, given in enumerate(rows, start=first):
            row = FEED_DEFAULTS.get(feed, {}) | given
            if "is_identified" in FEED_COLUMNS[feed]:
                row.setdefault("is_identified", row.get("customer_id") is not None)
            self.rows[feed].append(
                {
                    "source_id": source_id,
                    "landing_day": landing_day,
                    "file_name": name,
                    "file_hash": file_hash,
                    "record_number": number,
                    "line_number": number + 1,
                    "row_in_record": 0,
                    "record_version": None,
                    "is_time_ambiguous": False,
                }
                | row
            )

    def write(self) -> None:
        """Write every feed and every table of settings as raw Parquet."""
        for feed, columns in FEED_COLUMNS.items():
            self._write_part(feed, frame(self.rows[feed], META_COLUMNS | columns))
        tables = self.settings | {"centre_settings": [self.centre]}
        for table, columns in SETTING_COLUMNS.items():
            self._write_part(table, frame(tables[table], columns))
        write_policy_tables(Home(self.folder), parse_policy(self.policy, "policy.yaml", CENTRE))

    def _write_part(self, table: str, rows: pl.DataFrame) -> None:
        part = self.folder / "raw" / table / "event_date=1900-01-01" / "part.parquet"
        part.parent.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(part)

    def build(self, *models: str, tested: bool = False) -> None:
        """Write the home and build these models and whatever they read, with the SQL that dbt compiled.

        With `tested`, dbt's own tests of them are run as well.
        """
        self.write()
        ensure_index(Home(self.folder))
        ensure_empty_ledger(self.folder / "ledger" / "notices")
        (self.folder / "warehouse").mkdir(exist_ok=True)
        compiled_project().build_with_parents(self.folder, *models, tested=tested)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse; instants come as UTC."""
        with open_warehouse(self.folder) as connection:
            return connection.execute(sql).fetchall()
