"""The records behind the numbers of the last days: each stands in one block of its kind, and scopes share blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from orchestration.home.progress import say
from orchestration.site.records.blocks import block_files, forget, keep_teams, share_out
from orchestration.site.records.index import DayIndex
from orchestration.site.records.rows import CONTACTS, LEGS, MERGED, VISITS, Days, Group, keep_rows, opinions
from orchestration.site.records.totals import totals
from orchestration.site.store.code import site_code
from orchestration.site.store.dates import SiteDates
from orchestration.site.store.digest import rows_digest
from orchestration.site.store.engine import ENGINES
from orchestration.site.store.results import Column, Results
from orchestration.site.store.store import SiteStore, safe
from orchestration.warehouse.record_facts import RECORD_FACTS, WORK_FACTS

_MOST_RECORDS = 5_000
"""More records than this are parted: a file holds no more, and a page shows no more of them at a time."""

_FACTS_TOGETHER = 500_000
"""A statement takes its time to be planned, so several days are asked for in one; their texts must fit in memory."""

_FEW_FACTS = 20_000
"""So few are put into a table first: to plan the statement takes longer than to run it."""

_FACTS = (
    ("fct_contact", "contact_date"),
    ("fct_queue_visit", "contact_date"),
    *WORK_FACTS,
    *((fact.table, fact.day) for fact in RECORD_FACTS),
    ("bridge_agent_team_day", "agent_date"),
)

KINDS = ("agent", "team", "queue", "channel", "centre")
"""Scopes that have records; a team by channel is its team's records of the channel."""

KINDS_OF_TEAM = ("agent", "team")
KINDS_OF_AGENT = ("agent",)
"""What an audience may see of wider scopes would not add up to their numbers."""


def write_drills(
    results: Results,
    store: SiteStore,
    dates: SiteDates,
    days: int,
    kinds: tuple[str, ...],
    columns: list[Column] | None = None,
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write the days whose facts changed, for these kinds of scopes; return key -> file name, and what to remember.

    A key is `drill/<day>`, its file the index of the day. `columns` are those of drill.sql, if they are known.
    """
    if days == 0:
        return {}, {}
    is_all = kinds == KINDS
    kept, changed = _kept_days(results, store, dates, is_all)
    columns = columns or (results.columns("drill") if changed else [])
    # Some days are too few rows for DuckDB to share among threads, so two pieces are worked on beside each other.
    work = [(results.beside(), piece, _groups(kinds, facts)) for piece, facts in _pieces(changed)]
    written: dict[str, dict[str, Any]] = {}
    with ThreadPoolExecutor(ENGINES) as pool:
        for of_piece in pool.map(lambda one: _write_days(store, one[0], one[1], one[2], columns), work):
            written |= of_piece
    nothing: dict[str, Any] = {"index": None, "files": []}
    remember = {
        day: {"mark": mark} | (written.get(day, nothing) if day in changed else before)
        for day, (mark, before) in kept.items()
    }
    return {f"drill/{day}": told["index"] for day, told in remember.items() if told["index"]}, remember


def _kept_days(
    results: Results, store: SiteStore, dates: SiteDates, is_all: bool
) -> tuple[dict[str, tuple[str, dict[str, Any]]], dict[str, int]]:
    """Return day -> (fingerprint, what was remembered of it), and the days to write with how many facts they have."""
    marks = _fingerprints(results, dates.first_drill_day)
    known = store.remembered("drill")
    kept: dict[str, tuple[str, dict[str, Any]]] = {}
    changed: dict[str, int] = {}
    for number in range((dates.last_day - dates.first_drill_day).days + 1):
        day = (dates.first_drill_day + timedelta(days=number)).isoformat()
        if day not in marks:
            continue
        told, facts = marks[day]
        mark = f"{is_all} {told}"
        before = known.get(day, {})
        kept[day] = (mark, {"index": before.get("index"), "files": before.get("files", [])})
        if before.get("mark") != mark or not all(store.keep(name) for name in _names(before)):
            changed[day] = facts
    return kept, changed


def _pieces(changed: dict[str, int]) -> Iterator[tuple[Days, int]]:
    """Yield the changed days, those together that follow each other and are not too many facts; and how many."""
    together: list[date] = []
    facts = 0
    for day, count in changed.items():
        on = date.fromisoformat(day)
        if together and (on != together[-1] + timedelta(days=1) or facts + count > _FACTS_TOGETHER):
            yield Days(together[0], together[-1]), facts
            together, facts = [], 0
        together.append(on)
        facts += count
    if together:
        yield Days(together[0], together[-1]), facts


def _groups(kinds: tuple[str, ...], facts: int) -> list[Group]:
    """Return the groups of rows that these kinds of scopes need: first those that the others are written with."""
    groups = [opinions("centre" if kinds == KINDS else "agent"), LEGS]
    groups += [MERGED] if "team" in kinds else []
    groups += [CONTACTS, VISITS] if kinds == KINDS else []
    return [replace(group, is_made_once=group.is_made_once or facts <= _FEW_FACTS) for group in groups]


def _fingerprints(results: Results, first_day: date) -> dict[str, tuple[str, int]]:
    """Return per day a fingerprint of the facts that its records are made of, and of the SQL; and their number."""
    parts = " union all ".join(
        f"select {column} as day, '{table}' as fact, {rows_digest('fact')} as mark, count(*) as n "  # noqa: S608 - own names
        f"from scorecard.{table} as fact where {column} >= $first_day::date group by {column}"
        for table, column in _FACTS
    )
    rows = results.connection.execute(
        "select day::varchar, string_agg(fact || mark, ' ' order by fact), sum(n)::bigint "  # noqa: S608 - own names
        f"from ({parts}) group by day",
        {"first_day": first_day},
    ).fetchall()
    rated = [results.parameters[name] for name in ("rated_channels", "rating_sources")]
    version = safe(f"{results.sql('drill')} {rated} {_MOST_RECORDS} {site_code()}")
    return {day: (f"{version} {safe(mark)}", count) for day, mark, count in rows}


def _names(kept: dict[str, Any]) -> list[str]:
    """Return every file of a day that was remembered."""
    return [*kept["files"], *([kept["index"]] if kept["index"] else [])]


def _write_days(
    store: SiteStore, results: Results, days: Days, groups: list[Group], columns: list[Column]
) -> dict[str, dict[str, Any]]:
    """Write the records of some days; return day -> its files, without those that have none."""
    say(f"writing the records of {days.first} to {days.last}")
    opinion = keep_rows(results, groups[0], days, columns)
    indexes: dict[str, DayIndex] = defaultdict(lambda: DayIndex(_MOST_RECORDS))
    for group in groups[1:]:
        told = keep_rows(results, group, days, columns) | ({} if group.name == MERGED.name else opinion)
        if group.name == LEGS.name:
            keep_teams(results.connection)
        share_out(results.connection, group.name)
        for day, file in block_files(results.connection, group.name, told, _MOST_RECORDS):
            stem = f"drill/{day}/{safe(f'{file.family}/{file.block}/{file.part}')}"
            indexes[day].add(file, store.put(stem, file.text))
        forget(results.connection, group.name)
    large = {(day, *scope) for day, index in indexes.items() for scope in index.large()}
    added_up = totals(results, days, columns, large)
    written = {}
    for day, index in indexes.items():
        own = {(kind, scope): found for (of_day, kind, scope), found in added_up.items() if of_day == day}
        written[day] = {"index": store.put(f"drill/{day}", index.text(own)), "files": index.names}
    return written
