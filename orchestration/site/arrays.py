"""Histories as arrays: the rows of a result by period, put together per scope, KPI and kind of period."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.site.results import Column, Results, columns_as_json, row_as_json

_KEYS = ("scope_kind", "scope_id", "kpi_id", "period_kind")
_TEXTS = ("look",)
"""Codes of one length, one after the other in one text."""

_STEADY = ("lower_bound", "upper_bound", "reason", "is_provisional", "excluded_n", "raw_value", "p50", "p90")
"""Mostly the same in all periods, or nowhere: then one entry stands for all, or null for none."""


class HistoryTexts:
    """One result of `reports/sources` as JSON text per scope: arrays in the order of the periods.

    The connection must have one thread. Rows are brought into the order of their periods once and keep it on their way
    into the arrays: sorting every array by itself takes five times as long, and the same rows give the same bytes.
    The connection needs a table `memory.main.place` (is_closed, period_kind, period_start, place).
    """

    def __init__(self, results: Results, name: str, *, is_closed: bool) -> None:
        self._table = f"text_of_{name}"
        self._connection = results.connection
        given = {"is_closed": is_closed}
        arrays = [column for column in results.columns(name, **given) if column.name not in (*_KEYS, "period_start")]
        results.run(
            name, f"create or replace table memory.main.history as {_grouped(results.sql(name), arrays)}", **given
        )
        shown = [Column("kpi_id", "VARCHAR"), Column("period_kind", "VARCHAR"), Column("first_place", "BIGINT")]
        shown += [Column("places", "BIGINT[]")]
        shown += [Column(item.name, "VARCHAR" if item.name in _TEXTS else f"{item.kind}[]") for item in arrays]
        self._columns = columns_as_json(shown)
        self._connection.execute(
            f"create or replace table memory.main.{self._table} as select scope_kind, scope_id, "  # noqa: S608
            f"string_agg({row_as_json(shown)}, ',') as text "
            f"from ({_PLACED}) group by scope_kind, scope_id",
            {"is_closed": is_closed},
        )
        self._connection.execute("drop table memory.main.history")

    def in_order(self) -> Iterator[tuple[str, str, str]]:
        """Yield (scope_kind, scope_id, JSON text of the table) in the order of kind and id."""
        cursor = self._connection.cursor().execute(
            f"select scope_kind, scope_id, text from memory.main.{self._table} order by scope_kind, scope_id"  # noqa: S608
        )
        while rows := cursor.fetchmany(64):
            for kind, scope_id, text in rows:
                yield kind, scope_id, f'{{"columns":{self._columns},"rows":[{text}]}}'

    def empty(self) -> str:
        """Return the table of a scope without rows."""
        return f'{{"columns":{self._columns},"rows":[]}}'


_PLACED = """
    with placed as (
        select history.*, first.place as first_place, last.place as last_place
        from memory.main.history as history
        inner join memory.main.place as first
            on first.is_closed = $is_closed
            and history.period_kind = first.period_kind and history.first_start = first.period_start
        inner join memory.main.place as last
            on last.is_closed = $is_closed
            and history.period_kind = last.period_kind and history.last_start = last.period_start
    ),

    -- Only where a period is missing in between is the place of each value written.
    started as (
        select scope_kind, scope_id, kpi_id, period_kind, unnest(starts) as period_start
        from placed
        where len(starts) <= last_place - first_place
    ),

    gap as (
        select started.scope_kind, started.scope_id, started.kpi_id, started.period_kind,
            list(place.place order by place.place) as places
        from started
        inner join memory.main.place as place
            on place.is_closed = $is_closed
            and started.period_kind = place.period_kind and started.period_start = place.period_start
        group by all
    )

    select placed.*, gap.places
    from placed
    left join gap using (scope_kind, scope_id, kpi_id, period_kind)
    order by placed.scope_kind, placed.scope_id, placed.kpi_id, placed.period_kind
"""


def _grouped(sql: str, arrays: list[Column]) -> str:
    lists = ", ".join(f"{_array(column)} as {column.quoted}" for column in arrays)
    return f"""
        select {", ".join(_KEYS)}, min(period_start) as first_start, max(period_start) as last_start,
            list(period_start) as starts, {lists}
        from ({sql}) as result
        group by {", ".join(_KEYS)}
    """  # noqa: S608 - own text


def _array(column: Column) -> str:
    name = column.quoted
    if column.name in _TEXTS:
        return f"string_agg({name}, '')"
    if column.name in _STEADY:
        return (
            f"case when count({name}) = 0 then null "
            f"when count({name}) = count(*) and min({name}) = max({name}) then list_value(min({name})) "
            f"else list({name}) end"
        )
    return f"list({name})"
