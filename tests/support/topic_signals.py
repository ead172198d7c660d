"""The marts of topic signals by themselves: their compiled SQL over tiny tables of what they read, in memory.

No feed, door or fact is built, so that a hundred random centres take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from tests.support.compiled import compiled_project

MARTS = ("fct_topic_hour", "fct_topic_signal", "fct_signal_action")
INSTANT, DAY, TEXT, FLAG, WHOLE = pl.Datetime("us", "UTC"), pl.Date(), pl.String(), pl.Boolean(), pl.Int64()
CONTACT = {
    "topic": TEXT,
    "direction": TEXT,
    "is_test": FLAG,
    "is_received": FLAG,
    "is_handled": FLAG,
    "started_at": INSTANT,
    "half_hour_started_at": INSTANT,
    "contact_date": DAY,
    "landing_day": DAY,
}
READS: dict[str, dict[str, pl.DataType]] = {
    "stg_centre_setting": {"time_zone": TEXT, "site_day_points": pl.Int32()},
    "stg_topic_signal": {
        "z": pl.Decimal(18, 4),
        "min_count": pl.Int32(),
        "factor": pl.Decimal(18, 4),
        "factor_all": pl.Decimal(18, 4),
        "weeks": pl.Int32(),
    },
    "stg_holiday": {"channel": TEXT, "holiday_on": DAY},
    "stg_actions": dict.fromkeys(("source_id", "action_id", "origin_kind", "origin_id", "action_kind"), TEXT)
    | {"taken_at": INSTANT, "action_result": TEXT},
    "int_as_of": {"as_of": INSTANT, "as_of_date": DAY, "valued_from": DAY},
    "fct_incident": {"started_at": INSTANT, "ended_at": INSTANT, "is_effective": FLAG},
    "fct_contact": CONTACT,
    "fct_complaint": {"complaint_id": TEXT, "topic": TEXT, "received_date": DAY}
    | dict.fromkeys(("complaints", "complaints_upheld", "complaints_pending"), WHOLE),
    "stg_complaints": {"source_id": TEXT, "complaint_id": TEXT, "received_at": INSTANT},
}
"""What the marts read, with the columns that they use."""


@dataclass
class SignalCentre:
    """A centre as the marts of signals see it; `contacts` are instants and topics, inbound and received."""

    zone: str
    first_date: date
    as_of: datetime
    contacts: list[tuple[datetime, str | None]]
    holidays: list[date] = field(default_factory=list)
    incidents: list[tuple[datetime, datetime]] = field(default_factory=list)
    actions: list[tuple[str, str | None, datetime]] = field(default_factory=list)
    """Named signal, result, and when it was taken."""
    settings: dict[str, Any] = field(
        default_factory=lambda: {"z": 4, "min_count": 5, "factor": 2, "factor_all": 1.5, "weeks": 8}
    )
    day_points: int = 92

    def local(self, at: datetime) -> datetime:
        """The instant by the centre's clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of every table that the marts read."""
        begun = {"direction": "inbound", "is_test": False, "is_received": True, "is_handled": True}
        return {
            "stg_centre_setting": [{"time_zone": self.zone, "site_day_points": self.day_points}],
            "stg_topic_signal": [self.settings],
            "stg_holiday": [{"holiday_on": day} for day in self.holidays],
            "int_as_of": [
                {"as_of": self.as_of, "as_of_date": self.local(self.as_of).date(), "valued_from": self.first_date}
            ],
            "fct_incident": [
                {"started_at": begins, "ended_at": ends, "is_effective": True} for begins, ends in self.incidents
            ],
            "stg_actions": [
                {
                    "source_id": "desk",
                    "action_id": str(number),
                    "origin_kind": "topic_signal",
                    "origin_id": name,
                    "action_kind": "customer_notice",
                    "taken_at": taken,
                    "action_result": result,
                }
                for number, (name, result, taken) in enumerate(self.actions)
            ],
            "fct_contact": [
                begun
                | {
                    "topic": topic,
                    "started_at": at,
                    "half_hour_started_at": at - timedelta(seconds=at.timestamp() % 1800),
                    "contact_date": self.local(at).date(),
                    "landing_day": self.local(at).date(),
                }
                for at, topic in self.contacts
            ],
        }


def nodes() -> dict[str, dict[str, Any]]:
    """The nodes of the project's models by name."""
    manifest = compiled_project().manifest
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


def schemas(found: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    """Database and schema of these nodes."""
    return {(node["database"], node["schema"]) for node in found}


def signal_warehouse(centre: SignalCentre, counts: pl.DataFrame | None = None) -> duckdb.DuckDBPyConnection:
    """The marts of a centre, made in memory; they stand on the search path. Complaints have none.

    `counts` are more contacts of a centre whose zone is UTC: topic, hour_at, contacts.
    """
    known = nodes()
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    places = schemas(known[name] for name in (*READS, *MARTS))
    for database in {database for database, _ in places}:
        connection.execute(f"attach ':memory:' as {database}")
    for database, schema in places:
        connection.execute(f"create schema if not exists {database}.{schema}")
    rows = centre.tables()
    for name, columns in READS.items():
        frame = pl.DataFrame(rows.get(name, []), schema=columns)
        connection.register("rows_of_one", frame)
        connection.execute(f"create table {place(known[name])} as from rows_of_one")
    if counts is not None:
        connection.register("counts", counts)
        connection.execute(f"insert into {place(known['fct_contact'])} {OF_COUNTS}")
    for name in MARTS:
        connection.execute(f"create table {place(known[name])} as {known[name]['compiled_code']}")
    connection.execute("set search_path = '" + ",".join(f"{database}.{schema}" for database, schema in places) + "'")
    return connection


OF_COUNTS = """
    select topic, 'inbound', false, true, true, hour_at, hour_at, hour_at::date, hour_at::date
    from counts, range(contacts)
"""


def place(node: dict[str, Any]) -> str:
    """Where a model stands."""
    return f"{node['database']}.{node['schema']}.{node['alias']}"
