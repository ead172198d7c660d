"""The records behind the numbers of the last days, one file per scope and day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from orchestration.progress import say
from orchestration.site.results import Column, Results, row_as_json, table_text
from orchestration.site.store import SiteStore, safe

_MOST_RECORDS = 5_000
"""A scope with more records on a day has no file of them: a page can't show them, and narrower scopes have."""

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
)
"""What a record says of itself, in this order; its measures follow."""

_ORDER = {"started_at", "record_kind", "contact_key", "review_id", "rating_id", "agent_id"}


ALL_KINDS = ("agent", "team", "queue", "channel", "centre")
INSIDE_KINDS = ("agent", "team")
"""Scopes whose records are all inside an audience; of a wider one it would see some and take them for the number's."""


def write_drills(
    results: Results, store: SiteStore, first_day: date, last_day: date, days: int, kinds: tuple[str, ...] = ALL_KINDS
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write the days whose facts have changed; return key -> file name, and what to remember for the next time."""
    if days == 0:
        return {}, {}
    marks = {day: f"{'|'.join(kinds)} {mark}" for day, mark in _fingerprints(results, first_day).items()}
    known = store.remembered("drill")
    remember: dict[str, Any] = {}
    changed: list[str] = []
    for number in range((last_day - first_day).days + 1):
        day = (first_day + timedelta(days=number)).isoformat()
        before = known.get(day, {})
        if day not in marks:
            continue
        remember[day] = {"mark": marks[day], "files": before.get("files", {})}
        if before.get("mark") != marks[day] or not all(store.keep(name) for name in remember[day]["files"].values()):
            changed.append(day)
    # A day is too few rows for DuckDB to share among threads, so two days are worked on beside each other.
    with ThreadPoolExecutor(2) as pool:
        for day, of_day in zip(
            changed, pool.map(lambda day: _write_day(results.beside(), store, day, kinds), changed), strict=True
        ):
            say(f"writing the records of {day}")
            remember[day]["files"] = of_day
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
    version = safe(results.sql("drill"))
    return {day: f"{version} {safe(mark)}" for day, mark in rows}


def _write_day(results: Results, store: SiteStore, day: str, kinds: tuple[str, ...]) -> dict[str, str]:
    columns = results.keep("drill", "drill_record", date=day)
    files = {}
    for kind in kinds:
        shown = _worth_showing(results, columns, kind)
        if not shown:  # no record of that kind of scope
            continue
        # A full order: the same records give the same bytes, whichever thread saw them first.
        order = ", ".join(column.quoted for column in shown if column.name in _ORDER)
        rows = results.connection.execute(
            f"""
            select scope_id, string_agg({row_as_json(shown)}, ',' order by {order})
            from drill_record
            where scope_kind = $kind
            group by scope_id
            having count(*) <= {_MOST_RECORDS}
            order by scope_id
            """,  # noqa: S608 - own names
            {"kind": kind},
        ).fetchall()
        for scope_id, text in rows:
            unit = _UNITS.get(kind, "contact")
            content = f'{{"unit":"{unit}",' + table_text(shown, text)[1:]
            files[f"drill/{kind}/{scope_id}/{day}"] = store.put(f"drill/{day}/{safe(f'{kind}/{scope_id}')}", content)
    return files


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
