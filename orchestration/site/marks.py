"""Fingerprints of what the files are made of: a file stays as it is while its fingerprint does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orchestration.site.results import Results
from orchestration.site.store import safe

_SAID = (
    "kpi_id, period_kind, period_start, period_end, value, n, numerator, denominator, status, verdict, lower_bound, "
    "upper_bound, excluded_n, raw_value, p50, p90, ci_lower, ci_upper, reason, is_provisional"
)
"""Everything that a file says of a value. Rows are unique, so their hashes may be combined in any order."""

_RANKED = ("week", "month", "quarter", "year", "trailing_28")

PeriodKey = tuple[str, str, str]
"""KPI, kind of period, start."""


@dataclass(frozen=True)
class ScopeMark:
    """Fingerprints of a scope: of what is closed, and of the rest."""

    closed: str = ""
    open: str = ""


@dataclass(frozen=True)
class PeriodMark:
    """The fingerprint of everybody's values of one KPI in a period and in the one before it, and when it ended."""

    mark: str
    end: date


@dataclass(frozen=True)
class Marks:
    """All fingerprints of a publication's values."""

    scopes: dict[tuple[str, str], ScopeMark]
    periods: dict[PeriodKey, PeriodMark]


def read_marks(results: Results) -> Marks:
    """Return the fingerprints of every scope and of every period of every KPI, from one look at all values.

    The SQL that makes the files, and the dates that they begin and are closed at, are part of them.
    """
    rows = results.connection.execute(
        f"""
        select scope_kind, scope_id, is_closed, kpi_id, period_kind, period_start::varchar, period_end,
            bit_xor(said)::varchar
        from (
            select *, period_end <= $closed_until::date as is_closed, hash(scope_kind, scope_id, {_SAID}) as said
            from scorecard.fct_kpi_value
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
    by_scope = {(kind, scope, closed): said for kind, scope, closed, kpi, *_, said in rows if kpi is None}
    by_period = [(kpi, kind, start, end, said) for *_, kpi, kind, start, end, said in rows if kpi is not None]
    return Marks(_scope_marks(results, by_scope), _period_marks(results, by_period))


def _scope_marks(results: Results, said: dict[tuple[str, str, bool], str]) -> dict[tuple[str, str], ScopeMark]:
    window = _window(results, "scope_values", "scope_details", "scope_periods")
    return {
        (kind, scope): ScopeMark(*(f"{window} {said.get((kind, scope, closed))}" for closed in (True, False)))
        for kind, scope, _ in said
    }


def _period_marks(results: Results, said: list[tuple[str, str, str, date, str]]) -> dict[PeriodKey, PeriodMark]:
    """`said` is in the order of KPI, kind and start: what the period before says belongs to a period's fingerprint."""
    window = _window(results, "kpi_values")
    before: dict[tuple[str, str], str] = {}
    marks = {}
    for kpi, kind, start, end, own in said:
        if kind in _RANKED:
            marks[kpi, kind, start] = PeriodMark(f"{window} {own} {before.get((kpi, kind))}", end)
            before[kpi, kind] = own
    return marks


def _window(results: Results, *names: str) -> str:
    said = [results.sql(name) for name in names]
    return safe(" ".join([*said, str(results.parameters["first_day"]), str(results.parameters["closed_until"])]))
