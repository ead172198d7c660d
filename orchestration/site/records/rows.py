"""The rows of drill.sql as texts, for several days at once and each of them once, in temporary tables of a connection.

Every group has a table of its rows (`row_<group>`) and one of their sums (`sum_<group>`). Columns that say nothing in
any row of a kind are left out of its texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from orchestration.site.records.text import is_whole, row_as_text
from orchestration.site.store.results import Column, Results
from orchestration.warehouse.record_facts import DAYS, KEYS, KINDS, SHOWN

Told = dict[str, list[Column]]
"""Kind of record -> the columns of its texts."""

_DAY = f"coalesce({', '.join(DAYS)})"
"""The day that a record is told on: of contacts theirs, of reviews and working days their own."""


@dataclass(frozen=True)
class Group:
    """Rows that one statement gives: of which scopes and kinds of records, and by what they are shared out."""

    name: str
    scope_kind: str
    record_kinds: tuple[str, ...]
    keys: tuple[str, ...]
    fewest_legs: int | None = None
    is_made_once: bool = False
    """Whether its rows are put into a table before they are added up and written: few rows, or dear ones."""


LEGS = Group("leg", "agent", ("leg", "offer"), ("agent_id", "agent_date"))
CONTACTS = Group("contact", "centre", ("contact",), ("channel",))
VISITS = Group("visit", "queue", ("visit",), ("queue_id",))
# Of a team only the contacts that several of its legs make up, or that last longer than its leg: of all others the leg
# is the record.
MERGED = Group("merged", "team", ("contact",), ("scope_id",), fewest_legs=2, is_made_once=True)
_OPINION_KINDS = ("eligible", *KINDS, "agent_day")


def opinions(scope_kind: str) -> Group:
    """Return the group of ratings, reviews and working days: those of the centre, or of agents only."""
    return Group("opinion", scope_kind, _OPINION_KINDS, ("agent_id", "agent_date", "channel", "queue_id"))


@dataclass(frozen=True)
class Days:
    """Days that are worked on together, one after the other."""

    first: date
    last: date


def keep_rows(results: Results, group: Group, days: Days, columns: list[Column]) -> Told:
    """Make the two tables of a group; return the columns of the texts by kind of record. `columns` are drill.sql's."""
    run = _source(results, group, days)
    by_name = {column.name: column for column in columns}
    # A record without a measure adds nothing to it: 0 is a quarter of the bytes of null.
    measures = [replace(by_name[name], empty="0") for name in summed_measures(results) if name in by_name]
    shown = [by_name[name] for name in SHOWN if name in by_name]
    _keep_sums(run, group, shown, measures)
    told = _columns_told(results, group, shown, measures)
    texts = " ".join(f"when '{kind}' then {row_as_text(used)}" for kind, used in told.items())
    run(
        f"""
        create or replace temp table row_{group.name} as
        select {_DAY} as day, record_kind, scope_id, contact_key, {", ".join(KEYS)}, agent_id, agent_date, channel,
            queue_id, started_at, case record_kind {texts or "when null then ''"} end as text
        """,
        "",
    )
    return told


def keep_replaced(results: Results, days: Days, measures: list[str]) -> None:
    """Make `sum_replaced`: per day and team what those legs add up to that its merged contacts stand for."""
    own = ", ".join(f'"{name}"' for name in measures)
    sums = ", ".join(f'sum("{name}")::double as "{name}"' for name in measures)
    _run(
        results,
        LEGS,
        days,
        f"""
        create or replace temp table sum_replaced as
        select leg.day, merged.scope_id, count(*) as n, {sums}
        from (select {_DAY} as day, agent_id, agent_date, contact_key, {own}
        """,  # noqa: S608 - own names
        """
        ) as leg
        inner join team_set on leg.agent_id = team_set.agent_id and leg.agent_date = team_set.agent_date
        inner join row_merged as merged
            on leg.day = merged.day and leg.contact_key = merged.contact_key and list_contains(teams, merged.scope_id)
        group by leg.day, merged.scope_id
        """,
    )


def summed_measures(results: Results) -> list[str]:
    """Return the measures that KPIs are made of, in the order of their names."""
    rows = results.connection.execute(
        "select distinct unnest([numerator_measure, denominator_measure]) as measure from scorecard.dim_kpi order by 1"
    ).fetchall()
    return [row[0] for row in rows if row[0] is not None]


def _keep_sums(run: Callable[[str, str], object], group: Group, shown: list[Column], measures: list[Column]) -> None:
    keys = ", ".join(group.keys)
    counts = ", ".join(f"count({column.quoted}) as has_{column.name}" for column in shown)
    sums = ", ".join(f"sum({column.quoted})::double as {column.quoted}" for column in measures)
    # Seconds are whole in most centres: then they are written as such.
    parts = "".join(
        f", bool_or({column.quoted} % 1 != 0) as parts_{column.name}"
        for column in measures
        if column.kind.startswith("DECIMAL")
    )
    run(
        f"create or replace temp table sum_{group.name} as "
        f"select {_DAY} as day, record_kind, {keys}, count(*) as n, {counts}, {sums}{parts}",
        f"group by {_DAY}, record_kind, {keys}",
    )


def _columns_told(results: Results, group: Group, shown: list[Column], measures: list[Column]) -> Told:
    """Return per kind of record the columns that say something. Measures count and time: a sum of 0 is 0 throughout."""
    decimals = [column for column in measures if column.kind.startswith("DECIMAL")]
    tests = [f"sum(has_{column.name}) > 0" for column in shown]
    tests += [f"coalesce(bool_or({column.quoted} != 0), false)" for column in measures]
    tests += [f"coalesce(bool_or(parts_{column.name}), false)" for column in decimals]
    rows = results.connection.execute(
        f"select record_kind, {', '.join(tests)} from sum_{group.name} group by record_kind order by record_kind"  # noqa: S608 - own names
    ).fetchall()
    told = {}
    for kind, *said in rows:
        used = [column for column, is_told in zip(shown + measures, said, strict=False) if is_told]
        in_parts = {
            column.name for column, is_parted in zip(decimals, said[-len(decimals) :], strict=False) if is_parted
        }
        whole = [
            replace(column, kind="BIGINT") if column in decimals and column.name not in in_parts else column
            for column in used
        ]
        told[kind] = sorted(whole, key=is_whole)
    return told


def _run(results: Results, group: Group, days: Days, head: str, tail: str = "") -> None:
    """Run a statement over the rows of the group: `head` is its begin up to the list of columns."""
    kinds = ", ".join(f"'{kind}'" for kind in group.record_kinds)
    results.run(
        "drill",
        f"{head} from ({results.sql('drill')}) as record where record_kind in ({kinds}) {tail}",
        date=days.first,
        last_date=days.last,
        scope_kind=group.scope_kind,
        fewest_legs=group.fewest_legs,
    )


def _source(results: Results, group: Group, days: Days) -> Callable[[str, str], object]:
    """Return what runs a statement, from its head and its tail, over the rows of the group."""
    if not group.is_made_once:
        return lambda head, tail: _run(results, group, days, head, tail)
    _run(results, group, days, f"create or replace temp table kept_{group.name} as select *")
    return lambda head, tail: results.connection.execute(f"{head} from kept_{group.name} as record {tail}")
