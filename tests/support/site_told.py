"""What a site tells of wider scopes: the cells of every KPI, read from its files or from a table of values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.support.site_outside import Cell

Values = dict[str, set[Cell]]
"""KPI -> what is told of it."""

WIDE = ("centre", "channel", "queue")


def told_in_files(data: Path) -> Values:
    """Read what a site's files tell of wider scopes: histories, rankings, trends, half-hours, the table."""
    told: Values = defaultdict(set)
    manifest = _json(data / "manifest.json")
    for key, name in manifest["files"].items():
        kind = key.split("/")[0]
        content = _json(data / name)
        if kind == "scope" and key.split("/")[1] in WIDE:
            scope = (content["scope"]["scope_kind"], content["scope"]["scope_id"])
            for file in (content, _json(data / content["history"])):
                for kpi, period, start in _history(file):
                    told[kpi].add((*scope, period, start))
        elif kind == "kpi":
            _add(told, _ranked(data, key.split("/")[1], content))
        elif kind == "half_hour":
            rows = _rows(content)
            _add(told, ({"period_kind": kind, "period_start": row["half_hour_started_at"], **row} for row in rows))
        elif kind == "bulletin":
            _add(told, ({"period_kind": "day", "period_start": row["day"], **row} for row in _rows(content["values"])))
    table = _json(data / manifest["tables"]["fct_kpi_value"])
    for part in (table, *(_json(data / name) for name in table.get("more", []))):
        _add(told, _rows(part))
    return told


def told_in_rows(connection: duckdb.DuckDBPyConnection, table: str) -> Values:
    """Read what a table of values tells of wider scopes."""
    told: Values = defaultdict(set)
    rows = connection.execute(
        f"select kpi_id, scope_kind, scope_id, period_kind, period_start::varchar from {table} "  # noqa: S608 - own name
        "where numerator is not null and scope_kind in ('centre', 'channel', 'queue')"
    ).fetchall()
    for kpi, *cell in rows:
        told[kpi].add(tuple(cell))  # type: ignore[arg-type]
    return told


def half_hours_in_rows(connection: duckdb.DuckDBPyConnection, table: str, first_day: date) -> Values:
    """Read what a table of half-hours tells of wider scopes from a day on."""
    told: Values = defaultdict(set)
    rows = connection.execute(
        "select kpi_id, scope_kind, scope_id, 'half_hour', "  # noqa: S608 - own name
        f"strftime(half_hour_started_at, '%Y-%m-%dT%H:%M:%SZ') from {table} "
        "where scope_kind in ('centre', 'channel', 'queue') and local_date >= $first_day",
        {"first_day": first_day},
    ).fetchall()
    for kpi, *cell in rows:
        told[kpi].add(tuple(cell))  # type: ignore[arg-type]
    return told


def together(*told: Values) -> Values:
    """Join what is told here and there."""
    kpis = {kpi for values in told for kpi in values}
    return {kpi: set().union(*(values.get(kpi, set()) for values in told)) for kpi in kpis}


def _history(file: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield KPI, kind and start of the periods of which a scope's file tells a value or a sample."""
    for line in _rows(file["series"]):
        starts = file["periods"][line["period_kind"]]
        for number, value in enumerate(line["value"]):
            place = line["places"][number] if line["places"] else line["first_place"] + number
            if value is not None or (line["n"] or [])[number : number + 1] not in ([], [None]):
                yield line["kpi_id"], line["period_kind"], starts[place]


def _ranked(data: Path, kpi: str, content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for table in ("trend", "values"):
        yield from ({"kpi_id": kpi, **row} for row in _rows(content.get(table) or {"columns": [], "rows": []}))
    for kind, starts in content["periods"].items():
        for start, name in starts.items():
            for row in _rows(_json(data / name)) if name else ():
                yield {"kpi_id": kpi, "period_kind": kind, "period_start": start, **row}


def _add(told: Values, rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> None:
    for row in rows:
        if row["scope_kind"] in WIDE and (row["value"] is not None or row["n"] is not None):
            told[row["kpi_id"]].add((row["scope_kind"], row["scope_id"], row["period_kind"], row["period_start"]))


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(table["columns"], cells, strict=True)) for cells in table["rows"]]


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
