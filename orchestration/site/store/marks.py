"""Fingerprints of what the files are made of: a file stays as it is while its fingerprint does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orchestration.site.store.code import site_code
from orchestration.site.store.digest import rows_digest
from orchestration.site.store.results import Results
from orchestration.site.store.store import safe

_SAID = (
    "kpi_id, period_kind, period_start, period_end, value, n, numerator, denominator, status, verdict, evidence, "
    "lower_bound, upper_bound, excluded_n, raw_value, p50, p90, ci_lower, ci_upper, reason, is_provisional"
)
"""Everything that a file says of a value."""

_RANKED = ("week", "month", "quarter", "year", "trailing_28")

_OWN_RANKED = """(
    from scorecard.own_value
    where period_end > $first_day::date or (scope_kind = 'team' and period_kind != 'week')
)"""
"""Which of an audience's own values stand in rankings: see reports/sources/kpi_values.sql."""

PeriodKey = tuple[str, str, str]
"""KPI, kind of period, start."""


@dataclass(frozen=True)
class ScopeMark:
    """Fingerprints of a scope: of what is closed, and of the rest."""

    closed: str
    open: str


@dataclass(frozen=True)
class PeriodMark:
    """The fingerprint of everybody's values of one KPI in a period and in the one before it, and when it ended."""

    mark: str
    end: date
    is_own: bool = False
    """Whether an audience's own scopes are among them: then nobody else's file is the same."""


@dataclass(frozen=True)
class Marks:
    """All fingerprints of a publication's values."""

    scopes: dict[tuple[str, str], ScopeMark]
    periods: dict[PeriodKey, PeriodMark]
    nothing: ScopeMark
    """Of a scope without any value: its files too say which periods there are."""


@dataclass(frozen=True)
class Said:
    """What a table of values says: digests of its rows by scope and whether they are closed, and by KPI and period."""

    scopes: dict[tuple[str, str, bool], str]
    periods: dict[PeriodKey, tuple[date, str]]
    """Key -> end and digest."""


def read_marks(results: Results) -> Marks:
    """Return the fingerprints of every scope and of every period of every KPI, from one look at all values.

    The SQL and the code that make the files, and the dates that they begin and are closed at, are part of them.
    """
    said = read_said(results, "scorecard.fct_kpi_value")
    ranked = {key: PeriodMark(hashed, end) for key, (end, hashed) in said.periods.items()}
    window = _scope_window(results)
    return Marks(_scope_marks(window, said), _period_marks(results, ranked), _scope_mark(window, None, None))


def read_audience_marks(results: Results, wide: Said, everybody: Marks) -> Marks:
    """Return the fingerprints of what one audience sees: of wider scopes `wide`, of its own ones all that is said.

    So its own scopes have the fingerprints that they have in the site of everybody.
    """
    own_scopes = results.connection.execute("select distinct scope_kind, scope_id from scorecard.own_value").fetchall()
    scopes = _scope_marks(_scope_window(results), wide)
    scopes |= {scope: everybody.scopes.get(scope, everybody.nothing) for scope in own_scopes}
    own = read_said(results, _OWN_RANKED).periods
    ranked = {}
    for key in sorted(wide.periods.keys() | own.keys()):
        end, hashed = wide.periods.get(key) or own[key]
        of_own = own[key][1] if key in own else ""
        ranked[key] = PeriodMark(f"{hashed} {of_own}", end, is_own=bool(of_own))
    return Marks(scopes, _period_marks(results, ranked), everybody.nothing)


def read_said(results: Results, table: str) -> Said:
    """Return the digests of what the pages show of a table of values."""
    rows = results.connection.execute(
        f"""
        select scope_kind, scope_id, is_closed, kpi_id, period_kind, period_start::varchar, period_end,
            {rows_digest("said")}
        from (
            select *, period_end <= $closed_until::date as is_closed, row(scope_kind, scope_id, {_SAID}) as said
            from {table}
            where period_end > case
                when period_kind = 'day' then $first_day::date
                when starts_with(period_kind, 'trailing') then $closed_until::date
                else date '1900-01-01'
            end
        ) as kept
        group by grouping sets ((scope_kind, scope_id, is_closed), (kpi_id, period_kind, period_start, period_end))
        order by kpi_id, period_kind, period_start
        """,  # noqa: S608 - own names
        {name: results.parameters[name] for name in ("first_day", "closed_until")},
    ).fetchall()
    return Said(
        {(kind, scope, closed): said for kind, scope, closed, kpi, *_, said in rows if kpi is None},
        {(kpi, kind, start): (end, said) for *_, kpi, kind, start, end, said in rows if kpi is not None},
    )


def _scope_window(results: Results) -> str:
    names = ("scope_values", "scope_changes", "scope_details", "scope_periods")
    return _window(results, names)


def _scope_marks(window: str, said: Said) -> dict[tuple[str, str], ScopeMark]:
    hashes = said.scopes
    return {
        (kind, scope): _scope_mark(window, hashes.get((kind, scope, True)), hashes.get((kind, scope, False)))
        for kind, scope, _ in hashes
    }


def _scope_mark(window: str, closed: str | None, still_open: str | None) -> ScopeMark:
    return ScopeMark(f"{window} {closed}", f"{window} {still_open}")


def _period_marks(results: Results, ranked: dict[PeriodKey, PeriodMark]) -> dict[PeriodKey, PeriodMark]:
    """`ranked` is in the order of KPI, kind and start: what the period before says belongs to a period's mark."""
    window = _window(results, ("kpi_values",))
    # By them the places are given.
    kpis = results.connection.execute("select kpi_id, direction, pleasant_side from scorecard.dim_kpi").fetchall()
    sides = {kpi: f"{direction} {pleasant}" for kpi, direction, pleasant in kpis}
    before: dict[tuple[str, str], PeriodMark] = {}
    marks = {}
    for (kpi, kind, start), own in ranked.items():
        if kind in _RANKED:
            last = before.get((kpi, kind))
            is_own = own.is_own or (last is not None and last.is_own)
            mark = f"{window} {sides.get(kpi)} {own.mark} {last and last.mark}"
            marks[kpi, kind, start] = PeriodMark(mark, own.end, is_own)
            before[kpi, kind] = own
    return marks


def _window(results: Results, names: tuple[str, ...]) -> str:
    """Return a fingerprint of what makes the files besides the values: SQL, the publisher's code, dates."""
    said = [results.sql(name) for name in names]
    dates = [str(results.parameters[name]) for name in ("first_day", "closed_until")]
    return safe(" ".join([*said, site_code(), *dates]))
