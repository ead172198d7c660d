"""Which values of closed periods are other than they were published, and what explains each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from orchestration.warehouse.history.shape import KEY, RESTATEMENT, TOLD

VALUES = "scorecard.fct_kpi_value"
PERIODS = ("day", "week", "month", "quarter", "year")
"""Calendar periods, which close. Those that trail end each day, and `all` never ends: both tell the same days again."""

_NOT_COMPARED = {
    "scope_name",
    "ci_lower",
    "ci_upper",
    "evidence",
    "is_provisional",
    "formula_version",
    "target_version",
}
"""What follows from the other columns, or says by which version they were made: no change of a value by itself."""

_COMPARED = [name for name in TOLD if name not in _NOT_COMPARED]

_RAW = ("raw_numerator", "raw_denominator")
_ADJUSTED = ("numerator", "denominator", "n", "excluded_n", "value", "p50", "p90")
_BOUNDS = ("lower_bound", "upper_bound")


@dataclass(frozen=True)
class Closed:
    """Which periods had been published as closed: those that end up to `before`, but none that ends up to `first`."""

    before: date
    first: date


def closed_of(connection: duckdb.DuckDBPyConnection) -> Closed | None:
    """Return what the published file `old` says was closed, by its own values; None if nothing was."""
    found = connection.execute(
        f"""
        select max(period_end) filter (not is_provisional), min(period_start)
        from old.{VALUES} where period_kind = 'day'
        """
    ).fetchone()
    return Closed(*found) if found and found[0] is not None else None


def has_values(connection: duckdb.DuckDBPyConnection, database: str) -> bool:
    """Tell whether a file has values with all that is compared: one of an older version may not."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = ? and table_name = 'fct_kpi_value'", [database]
    ).fetchall()
    return {name for (name,) in found} >= {*KEY, *TOLD, "period_end"}


def find_restated(
    connection: duckdb.DuckDBPyConnection,
    closed: Closed,
    *,
    is_program_other: bool,
    is_setting_other: bool,
) -> pl.DataFrame:
    """Return the rows of fct_restatement between the files `old` and `new`, but for the numbers of the publications.

    The table `cause` says what may have changed which dates.
    """
    connection.execute(f"create or replace temp table differing as {_differing(closed)}")
    connection.execute(f"create or replace temp table changed as {_changed(closed)}")
    connection.execute(f"create or replace temp table touched as {_touched()}")
    connection.execute(f"create or replace temp table retargeted as {_retargeted(connection)}")
    judged = _judged(is_program_other=is_program_other, is_setting_other=is_setting_other)
    columns = ", ".join(name for name in RESTATEMENT if name not in {"publication", "compared_with"})
    return connection.execute(
        f"""
        with judged as ({judged}),
        explained as (
            select
                *,
                array_to_string(reasons, '|') as restated_reasons,
                case
                    when list_contains(reasons, 'open_window') then 'open_window'
                    when len(reasons) = 0 then 'not_known'
                    when len(reasons) = 1 then reasons[1]
                    else 'mixed'
                end as restated_reason
            from judged
        )
        select {columns} from explained order by {", ".join(KEY)}
        """
    ).pl()


def note_orders(connection: duckdb.DuckDBPyConnection, orders: pl.DataFrame) -> None:
    """Note the orders that this publication obeys: the table `ordered`, and each as the cause of what it changes."""
    connection.register("orders", orders)
    connection.execute("create or replace temp table ordered as select kpi_id, from_date, reason from orders")
    connection.execute(
        """
        insert into cause (cause_reason, first_date, last_date, detail)
        select
            unnest(['definition everywhere', 'target everywhere']),
            from_date,
            date '9999-12-31',
            'scorehouse restate: ' || string_agg(distinct kpi_id, ', ' order by kpi_id) || ': ' || reason
        from ordered
        group by from_date, reason
        """
    )


def _is_closed(closed: Closed) -> str:
    return f"period_kind in {PERIODS} and period_end <= date '{closed.before}' and period_end > date '{closed.first}'"


def _differing(closed: Closed) -> str:
    """Return SQL of the closed periods whose values in the two files have not the same digest.

    Nearly all have: to put all values beside each other would take four times as long, and most of a run's memory.
    (DuckDB's own hash of a text is the same for some texts that are much alike, hardly for their reverse too.)
    """
    told = ", ".join([*KEY, "reverse(scope_id)", "period_end", *_COMPARED])
    digests = (
        f"""
        (
            select period_kind, period_start, count(*) as rows_told, sum(hash({told})) as digest
            from {side}.{VALUES}
            where {_is_closed(closed)}
            group by period_kind, period_start
        ) as {side}s
        """
        for side in ("old", "new")
    )
    return f"""
        select period_kind, period_start
        from {" full outer join ".join(digests)} using (period_kind, period_start)
        where olds.rows_told is distinct from news.rows_told or olds.digest is distinct from news.digest
    """


def _changed(closed: Closed) -> str:
    """Return SQL of the values that differ, old and new beside each other; what was never published is no change.

    So is no KPI that the catalogue did not have: it tells of all that was closed for the first time.
    """
    key = ", ".join(KEY)
    old, new = (f"row({', '.join(f'{side}.{name}' for name in _COMPARED)})" for side in ("olds", "news"))
    told = ", ".join(f"{side}s.{name} as {side}_{name}" for side in ("old", "new") for name in TOLD)
    differing = f"semi join differing using (period_kind, period_start) where {_is_closed(closed)}"
    olds, news = (f"(select * from {side}.{VALUES} {differing}) as {side}s" for side in ("old", "new"))
    return f"""
        select
            {key},
            coalesce(olds.period_end, news.period_end) as period_end,
            {told}
        from {olds}
        full outer join {news} using ({key})
        where
            {old} is distinct from {new}
            and kpi_id in (select kpi_id from old.scorecard.dim_kpi)
            -- A row that says of a scope that there was nothing, where nothing was said before, changes nothing.
            and (
                olds.value is not null
                or news.value is not null
                or (olds.status is not null and news.status is not null)
            )
    """


def _touched() -> str:
    """Return SQL of the reasons that may have changed each period in which something changed."""
    return """
        with spans as (
            select distinct cause_reason, first_date, last_date from cause
        ),
        periods as (
            select distinct period_kind, period_start, period_end from changed
        )
        select periods.period_kind, periods.period_start, list(distinct spans.cause_reason) as touches
        from periods
        inner join spans on spans.first_date < periods.period_end and spans.last_date >= periods.period_start
        group by periods.period_kind, periods.period_start
    """


def _retargeted(connection: duckdb.DuckDBPyConnection) -> str:
    """Return SQL of the KPIs whose targets are other ones, by what both files tell: a column more is no change."""
    found = connection.execute(
        """
        select column_name from duckdb_columns()
        where database_name in ('old', 'new') and schema_name = 'scorecard' and table_name = 'dim_kpi_target'
        group by column_name having count(*) = 2
        order by column_name
        """
    ).fetchall()
    told = ", ".join(name for (name,) in found)
    old, new = (f"select {told} from {side}.scorecard.dim_kpi_target" for side in ("old", "new"))
    return f"select distinct kpi_id from ((({old}) except ({new})) union all (({new}) except ({old})))"


def _judged(*, is_program_other: bool, is_setting_other: bool) -> str:
    """Return SQL of the changed values, each with the list of what may explain it, in this order."""
    raw, adjusted, bounds = (_differs(names) for names in (_RAW, _ADJUSTED, _BOUNDS))
    beside_bounds = "(is_adjusted_other or not is_bound_other)"
    candidates = {
        "open_window": "old_is_provisional",
        "late_data": "is_of_data and list_contains(touches, 'late_data')",
        "correction": "is_of_data and list_contains(touches, 'correction')",
        "removal": "is_of_data and list_contains(touches, 'removal')",
        "incident": "is_adjusted_other and list_contains(touches, 'incident') "
        "and (not is_raw_other or old_excluded_n is distinct from new_excluded_n)",
        "definition": f"old_formula_version != new_formula_version or ({is_program_other} and {beside_bounds})",
        "target": "is_target_other and (is_bound_other or not is_adjusted_other)",
        "staff_or_team": "(is_adjusted_other and list_contains(touches, 'staff_or_team')) "
        "or (is_bound_other and not is_target_other and not is_raw_other)",
        "setting": f"({is_setting_other} or list_contains(touches, 'setting')) and {beside_bounds}",
    }
    listed = ", ".join(f"if(coalesce({told}, false), '{reason}', null)" for reason, told in candidates.items())
    return f"""
        with compared as (
            select
                changed.*,
                coalesce(touched.touches, []) as touches,
                {raw} as is_raw_other,
                {adjusted} or {raw} as is_adjusted_other,
                {bounds} as is_bound_other,
                changed.kpi_id in (select kpi_id from retargeted union select kpi_id from ordered) as is_target_other
            from changed
            left join touched using (period_kind, period_start)
        ),
        weighed as (
            -- With nothing raw changed it is what an incident takes out, unless none changed.
            select *, is_adjusted_other and (is_raw_other or not list_contains(touches, 'incident')) as is_of_data
            from compared
        )
        select *, list_filter([{listed}], reason -> reason is not null) as reasons
        from weighed
    """


def _differs(names: tuple[str, ...]) -> str:
    old, new = (f"row({', '.join(f'changed.{side}_{name}' for name in names)})" for side in ("old", "new"))
    return f"{old} is distinct from {new}"
