"""How far values are from earlier ones: from the period directly before, a day also from its weekday a week before."""

from __future__ import annotations

import polars as pl

CHANGES = {"change": 1, "weekday_change": 7}
"""Column -> how many numbers of its kind a period is away from the earlier one."""

NUMBERED_PLACES = """
    with numbered as (
        select
            *,
            -- By the calendar, so that neighbours differ by one; a week is added, so that none is less than that.
            7 + case period_kind
                when 'day' then period_start - date '1970-01-01'
                when 'week' then datediff('week', date '1970-01-01', period_start)
                when 'month' then datediff('month', date '1970-01-01', period_start)
                when 'quarter' then datediff('quarter', date '1970-01-01', period_start)
                when 'year' then datediff('year', date '1970-01-01', period_start)
                else place
            end as number,
            case
                when period_kind = 'day' then 7
                when period_kind in ('week', 'month', 'quarter', 'year') then 1
                else 0
            end as reach
        from memory.main.place
    )

    select is_closed, period_kind, period_start, place, number, reach
    from numbered
    union all
    -- What is open begins by a comparison with the end of what is closed.
    select false, period_kind, period_start, -1, number, 0
    from numbered as closed
    inner join (select period_kind, min(number) as first_number from numbered where not is_closed group by period_kind)
        as first_open using (period_kind)
    where is_closed and number >= first_number - reach
"""
"""SQL of the periods of `memory.main.place`, each with its number in the order of its kind, and how far back its values
are compared: 0 is not at all. At place -1 stands what an open part is only compared with."""


def rounded(value: pl.Expr) -> pl.Expr:
    """Return values with four digits more than a page shows, so that rounding them there gives the same last digit."""
    few, many = (value.round(decimals, mode="half_away_from_zero") for decimals in (4, 8))
    return pl.when(value.abs() >= 100).then(few).otherwise(many)


def changes_by_line(rows: pl.DataFrame, line_size: int) -> pl.DataFrame:
    """Return, of every line with compared periods, `line` and the arrays CHANGES in the order of its periods.

    `rows` are key, place, reach and the unrounded value of the compared periods and of those of place -1, in any order.
    A key is the line's number times `line_size` and the period's. An array without any change is null.
    """
    changes = (rounded(_change(distance)).alias(name) for name, distance in CHANGES.items())
    lines = (
        rows.sort("key")
        .with_columns(changes)
        .filter(pl.col("place") >= 0)
        .with_columns((pl.col("key") // line_size).alias("line").set_sorted())
        .group_by("line", maintain_order=True)
        .agg(*CHANGES, *(pl.col(name).is_not_null().any().alias(f"has {name}") for name in CHANGES))
    )
    return lines.select("line", *(pl.when(f"has {name}").then(name).alias(name) for name in CHANGES))


def _change(distance: int) -> pl.Expr:
    """How far a value is from the one so many numbers before; null where one of the two is missing."""
    key, value = pl.col("key"), pl.col("value")
    # Where periods are missing in between, the one so many numbers before is fewer rows before.
    away = [pl.when(key - key.shift(rows) == distance).then(value.shift(rows)) for rows in range(1, distance + 1)]
    return pl.when(pl.col("reach") >= distance).then(value - pl.coalesce(away))
