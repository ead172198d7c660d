"""Which period the pages open with and lists count in: reports/sources/scopes.sql over tiny published tables."""

from __future__ import annotations

import re
from datetime import date

import duckdb
import pytest

from orchestration.home.paths import CHECKOUT

SQL = re.sub(
    r"\$scope_(kind|id)", "null", (CHECKOUT / "reports" / "sources" / "scopes.sql").read_text(encoding="utf-8")
)


def _opening(first: date, last: date) -> tuple[str, date]:
    """Kind and start of the opening period of a centre with records from the first to the last day, all of them bad."""
    with duckdb.connect() as connection:
        connection.execute("create schema scorecard")
        connection.execute(
            "create table scorecard.dim_scope as"
            " select 'centre' as scope_kind, 'centre' as scope_id, 'C' as scope_name,"
            " null as parent_scope_kind, null as parent_scope_id, null as team_id, null as channel, null as segment,"
            " null as tenure_band, true as is_active, ?::date as first_date, ?::date as last_date",
            [first, last],
        )
        connection.execute(
            "create table scorecard.fct_kpi_value as"
            " select 'centre' as scope_kind, 'centre' as scope_id, kind as period_kind, start::date as period_start,"
            " (start + step)::date as period_end, 'below_band' as status, 'bad' as verdict"
            " from (values ('day', interval 1 day), ('week', interval 7 day), ('month', interval 1 month))"
            " as k(kind, step),"
            " unnest(generate_series(date_trunc(kind, $first::date), $last::date, step)) as s(start)",
            {"first": first, "last": last},
        )
        result = connection.execute(SQL)
        names = [column[0] for column in result.description or []]
        [row] = result.fetchall()
    scope = dict(zip(names, row, strict=True))
    assert (scope["out_of_band_count"], scope["bad_count"]) == (1, 1)
    return scope["counted_kind"], scope["counted_start"]


@pytest.mark.parametrize(
    ("first", "last", "opening"),
    [
        # January, February and March are whole: April has only begun.
        (date(2026, 1, 1), date(2026, 4, 10), ("month", date(2026, 3, 1))),
        # February and March only, so weeks: that of 30 March ended on Sunday 5 April.
        (date(2026, 1, 20), date(2026, 4, 10), ("week", date(2026, 3, 30))),
        # The last day of the data may still be filling: March is whole with the first of April.
        (date(2026, 1, 1), date(2026, 3, 31), ("week", date(2026, 3, 23))),
        (date(2026, 1, 1), date(2026, 4, 1), ("month", date(2026, 3, 1))),
        # One whole week, from 12 January: too few to compare, so the last whole day.
        (date(2026, 1, 8), date(2026, 1, 21), ("day", date(2026, 1, 20))),
        (date(2026, 1, 8), date(2026, 1, 8), ("day", date(2026, 1, 8))),
    ],
)
def test_pages_open_with_months_only_when_there_are_three_of_them(
    first: date, last: date, opening: tuple[str, date]
) -> None:
    assert _opening(first, last) == opening
