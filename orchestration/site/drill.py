"""The records behind the numbers of the last days, one file per scope and day."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from orchestration.progress import say
from orchestration.site.dates import SiteDates
from orchestration.site.results import Column, Results, row_as_json, table_text
from orchestration.site.store import SiteStore, safe

_MOST_RECORDS = 5_000
"""More records than this on a day are parted: a page shows one part at a time, and the totals of all."""

_UNITS = {"agent": "leg", "queue": "visit"}

_FACTS = (
    ("fct_contact", "contact_date"),
    ("fct_contact_leg", "contact_date"),
    ("fct_queue_visit", "contact_date"),
    ("fct_agent_offer", "contact_date"),
    ("fct_rating", "contact_date"),
    ("fct_quality_review", "review_date"),
    ("fct_agent_day", "agent_date"),
    ("bridge_agent_team_day", "agent_date"),
)

_SHOWN = (
    "record_kind",
    "contact_key",
    "review_id",
    "rating_id",
    "started_at",
    "ended_at",
    "channel",
    "direction",
    "queue_id",
    "agent_id",
    "reviewer_id",
    "end_kind",
    "outcome",
    "customer",
)
"""What a record says of itself, in this order; its measures follow."""

_ORDER = {"started_at", "record_kind", "contact_key", "review_id", "rating_id", "agent_id"}


KINDS = ("agent", "team", "queue", "channel", "centre")
"""Scopes that have records; a team by channel is its team's records of the channel."""

KINDS_OF_AUDIENCE = ("agent", "team")
"""What an audience may see of wider scopes would not add up to their numbers."""


def write_drills(
    results: Results, store: SiteStore, dates: SiteDates, days: int, kinds: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write the days whose facts changed, for these kinds of scopes; return key -> file name, and what to remember."""
    if days == 0:
        return {}, {}
    first_day, last_day = dates.first_drill_day, dates.last_day
    marks = {day: f"{'|'.join(kinds)} {mark}" for day, mark in _fingerprints(results, first_day).items()}
    known = store.remembered("drill")
    remember: dict[str, Any] = {}
    changed: list[str] = []
    for number in range((last_day - first_day).days + 1):
        day = (first_day + timedelta(days=number)).isoformat()
        before = known.get(day, {})
        if day not in marks:
            continue
        remember[day] = {"mark": marks[day], "files": before.get("files", {}), "parts": []}
        if before.get("mark") != marks[day] or not all(store.keep(name) for name in _names(before)):
            changed.append(day)
        else:
            remember[day]["parts"] = before["parts"]
    # A day is too few rows for DuckDB to share among threads, so two days are worked on beside each other.
    work = [(day, results.beside()) for day in changed]
    with ThreadPoolExecutor(2) as pool:
        for day, of_day in zip(
            changed, pool.map(lambda piece: _write_day(piece[1], store, piece[0], kinds), work), strict=True
        ):
            say(f"writing the records of {day}")
            remember[day] |= of_day
    files = {key: name for kept in remember.values() for key, name in kept["files"].items()}
    return files, remember


def _fingerprints(results: Results, first_day: date) -> dict[str, str]:
    """Return a fingerprint per day over every fact that the records of the day are made of, and the SQL itself."""
    parts = " union all ".join(
        f"select {column} as day, '{table}' as fact, sum(hash(fact)::hugeint) as mark from scorecard.{table} as fact "  # noqa: S608 - own names
        f"where {column} >= $first_day::date group by {column}"
        for table, column in _FACTS
    )
    rows = results.connection.execute(
        f"select day::varchar, string_agg(fact || mark::varchar, ' ' order by fact) from ({parts}) group by day",  # noqa: S608
        {"first_day": first_day},
    ).fetchall()
    rated = [results.parameters[name] for name in ("rated_channels", "rating_sources")]
    version = safe(f"{results.sql('drill')} {rated} {_MOST_RECORDS}")
    return {day: f"{version} {safe(mark)}" for day, mark in rows}


def _names(kept: dict[str, Any]) -> list[str]:
    """Return every file of a day that was remembered."""
    return [*kept["files"].values(), *kept["parts"]]


def _write_day(results: Results, store: SiteStore, day: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    columns = results.keep("drill", "drill_record", date=day)
    files: dict[str, str] = {}
    parts: list[str] = []
    for kind in kinds:
        shown = _worth_showing(results, columns, kind)
        if not shown:  # no record of that kind of scope
            continue
        totals: dict[str, list[str]] = {}
        for scope_id, part, text, count in _texts(results, shown, kind):
            content = f'{{"unit":"{_UNITS.get(kind, "contact")}",' + table_text(shown, text)[1:]
            name = store.put(f"drill/{day}/{safe(f'{kind}/{scope_id}/{part}')}", content)
            if count <= _MOST_RECORDS:
                files[f"drill/{kind}/{scope_id}/{day}"] = name
            else:
                totals.setdefault(scope_id, []).append(name)
        for scope_id, names in totals.items():
            content = _head(results, shown, kind, scope_id, names)
            files[f"drill/{kind}/{scope_id}/{day}"] = store.put(f"drill/{day}/{safe(f'{kind}/{scope_id}')}", content)
            parts += names
    return {"files": files, "parts": parts}


def _texts(results: Results, shown: list[Column], kind: str) -> list[tuple[str, int, str, int]]:
    """Return (scope, number of the part, its rows as text, records of the scope), parts in their order."""
    # A full order: the same records give the same bytes, whichever thread saw them first.
    order = ", ".join(column.quoted for column in shown if column.name in _ORDER)
    text = row_as_json(shown)
    whole = f"""
        select scope_id, 0, string_agg({text}, ',' order by {order}), count(*)
        from drill_record
        where scope_kind = $kind
        group by scope_id
        having count(*) <= {_MOST_RECORDS}
        order by scope_id
    """  # noqa: S608 - own names
    parted = f"""
        select scope_id, part, string_agg({text}, ',' order by {order}), any_value(record_count)
        from (
            select *, (row_number() over (partition by scope_id order by {order}) - 1) // {_MOST_RECORDS} as part,
                count(*) over (partition by scope_id) as record_count
            from drill_record
            where scope_kind = $kind
            qualify record_count > {_MOST_RECORDS}
        ) as placed
        group by scope_id, part
        order by scope_id, part
    """  # noqa: S608 - own names
    largest = results.connection.execute(
        "select max(n) from (select count(*) as n from drill_record where scope_kind = $kind group by scope_id)",
        {"kind": kind},
    ).fetchone()
    queries = [whole, parted] if largest and largest[0] > _MOST_RECORDS else [whole]
    return [row for query in queries for row in results.connection.execute(query, {"kind": kind}).fetchall()]


def _head(results: Results, shown: list[Column], kind: str, scope_id: str, names: list[str]) -> str:
    """Return the file of a scope with more records than a page shows: the parts, and what all of them add up to."""
    measures = [column for column in shown if column.name in _summed_measures(results)]
    row = results.connection.execute(
        f"select count(*), {', '.join(f'sum({column.quoted})::double' for column in measures)} "  # noqa: S608 - own names
        "from drill_record where scope_kind = $kind and scope_id = $scope_id",
        {"kind": kind, "scope_id": scope_id},
    ).fetchone()
    count, *sums = row or (0,)
    totals = {column.name: value or 0 for column, value in zip(measures, sums, strict=True)}
    return json.dumps({"unit": _UNITS.get(kind, "contact"), "count": count, "totals": totals, "parts": names})


def _worth_showing(results: Results, columns: list[Column], kind: str) -> list[Column]:
    """Return the describing columns, then the measures of any KPI, each only if some record of the kind has it."""
    summed = _summed_measures(results)
    by_name = {column.name: column for column in columns}
    shown = [by_name[name] for name in _SHOWN if name in by_name]
    # A record without a measure adds nothing to it: 0 is a quarter of the bytes of null.
    measures = [replace(column, empty="0") for column in columns if column.name in summed]
    tests = [f"coalesce(bool_or({column.quoted} is not null), false)" for column in shown]
    tests += [f"coalesce(bool_or({column.quoted} != 0), false)" for column in measures]
    row = results.connection.execute(
        f"select {', '.join(tests)} from drill_record where scope_kind = $kind",  # noqa: S608 - own names
        {"kind": kind},
    ).fetchone()
    return [column for column, is_used in zip(shown + measures, row or (), strict=True) if is_used]


def _summed_measures(results: Results) -> set[str]:
    rows = results.connection.execute(
        "select numerator_measure from scorecard.dim_kpi union select denominator_measure from scorecard.dim_kpi"
    ).fetchall()
    return {row[0] for row in rows}
