"""Histories as arrays: the rows of a result by period, put together per scope, KPI and kind of period."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

import polars as pl

from orchestration.site.changes import CHANGES, NUMBERED_PLACES, changes_by_line, rounded
from orchestration.site.results import Column, Results, columns_as_json, row_as_json

_KEYS = ("scope_kind", "scope_id", "kpi_id", "period_kind", "period_start")
_TEXTS = ("look",)
"""Codes of one length, one after the other in one text."""

_STEADY = {"lower_bound", "upper_bound", "reason", "is_provisional", "excluded_n", "raw_value", "p50", "p90"}
"""Mostly the same in all periods, or nowhere: then one entry stands for all, or null for none."""

_VALUE = Column("value", "DOUBLE")

_AT_A_TIME = 32
"""Parts whose text is made at once: a few megabytes."""

_NUMBER_BITS, _KIND_BITS, _KPI_BITS = 16, 4, 12
"""Of the number that a row is sorted by; the part's number stands above them."""


class HistoryTexts:
    """One result of `reports/sources` as JSON text per part: arrays in the order of the periods.

    A part is what is closed of a scope, or what is open. The connection needs the tables `memory.main.wanted`
    (scope_kind, scope_id, is_closed, part), `memory.main.place` (is_closed, period_kind, period_start, place) and
    `scorecard.dim_kpi`. Rows go by one number each: sorting texts and dates, or adding to millions of lists in turn,
    takes twice as long.
    """

    def __init__(self, results: Results, name: str, *, is_closed: bool) -> None:
        self._results = results
        arrays = [column for column in results.columns(name, is_closed=is_closed) if column.name not in _KEYS]
        listed = arrays + [Column(name, "DOUBLE") for name in CHANGES if _VALUE in arrays]
        self._shown = [Column("kpi_id", "VARCHAR"), Column("period_kind", "VARCHAR"), Column("first_place", "BIGINT")]
        self._shown += [Column("places", "BIGINT[]")]
        self._shown += [Column(item.name, "VARCHAR" if item.name in _TEXTS else f"{item.kind}[]") for item in listed]
        self._columns = columns_as_json(self._shown)
        self._lines = self._named(_lines(*_sorted_rows(results, name, arrays, is_closed), arrays))

    def in_order(self, at_once: int = 1) -> Iterator[tuple[int, str]]:
        """Yield (part, JSON text of its table) in the order of the parts' numbers; parts without rows are left out.

        Texts are made ahead of whoever takes them, by so many threads beside each other.
        """
        parts = self._lines.get_column("part").unique(maintain_order=True)
        free: SimpleQueue[Results] = SimpleQueue()
        for _ in range(at_once):
            free.put(self._results.beside())
        waiting: deque[Future[list[tuple[int, str]]]] = deque()
        with ThreadPoolExecutor(at_once) as pool:
            for first in range(0, len(parts), _AT_A_TIME):
                waiting.append(pool.submit(self._texts, free, parts.slice(first, _AT_A_TIME)))
                if len(waiting) > at_once:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    def _texts(self, free: SimpleQueue[Results], parts: pl.Series) -> list[tuple[int, str]]:
        """Return (part, JSON text of its table) of parts that follow each other, made by one that is free."""
        results = free.get()
        connection = results.connection
        connection.register("line", self._lines.filter(pl.col("part").is_between(parts[0], parts[-1])).to_arrow())
        # One thread keeps the order of the lines.
        rows = connection.execute(
            f"select part, string_agg({row_as_json(self._shown)}, ',') from line group by part order by part"  # noqa: S608
        ).fetchall()
        connection.unregister("line")
        free.put(results)
        return [(part, f'{{"columns":{self._columns},"rows":[{text}]}}') for part, text in rows]

    def empty(self) -> str:
        """Return the table of a part without rows."""
        return f'{{"columns":{self._columns},"rows":[]}}'

    def _named(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Put the names of KPIs and kinds of periods in the place of their numbers."""
        names = {}
        for column, query in _NUMBERED.items():
            rows = self._results.connection.execute(f"select name from ({query}) as numbered order by number")  # noqa: S608
            names[column] = pl.Series(column, [name for (name,) in rows.fetchall()], dtype=pl.String)
        return lines.with_columns(names[column].gather(lines.get_column(column)) for column in names)


_NUMBERED = {
    "kpi_id": "select kpi_id as name, row_number() over (order by kpi_id) - 1 as number "
    "from (select distinct kpi_id from scorecard.dim_kpi) as kpi",
    "period_kind": "select period_kind as name, row_number() over (order by period_kind) - 1 as number "
    "from (select distinct period_kind from memory.main.place) as kind",
}


def _sorted_rows(
    results: Results, name: str, arrays: list[Column], is_closed: bool
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return the rows of the wanted parts in the order of part, KPI, kind and period, and their changes by line."""
    # As a table, since the engine knows how small it is; of this connection, since results are read beside each other.
    results.connection.execute(f"create or replace temp table numbered_place as {NUMBERED_PLACES}")
    query = f"""
        select
            (((wanted.part << {_KPI_BITS} | kpi.number) << {_KIND_BITS} | kind.number) << {_NUMBER_BITS} | place.number)
                ::ubigint as key,
            place.place::smallint as place,
            place.reach::utinyint as reach,
            {", ".join(f"result.{column.quoted}" for column in arrays)}
        from ({results.unordered(name)}) as result
        inner join numbered_place as place using (period_kind, period_start)
        inner join ({_NUMBERED["period_kind"]}) as kind on place.period_kind = kind.name
        inner join ({_NUMBERED["kpi_id"]}) as kpi on result.kpi_id = kpi.name
        inner join memory.main.wanted as wanted
            on result.scope_kind = wanted.scope_kind
            and result.scope_id = wanted.scope_id
            and place.is_closed = wanted.is_closed
    """  # noqa: S608 - own text
    batches = results.run(name, query, is_closed=is_closed).to_arrow_reader(100_000)
    rows = pl.DataFrame(pl.from_arrow(batches.read_all()))
    changes = None
    if _VALUE in arrays:
        compared = rows.select("key", "place", "reach", "value").filter((pl.col("reach") > 0) | (pl.col("place") < 0))
        changes = changes_by_line(compared, 2**_NUMBER_BITS)
        rows.replace_column(rows.get_column_index("value"), rows.select(rounded(pl.col("value"))).to_series())
    order = rows.get_column("key").arg_sort()
    order = order.filter(rows.get_column("place").gather(order) >= 0)
    # One column after the other, so that not all of them stand there twice.
    kept = [rows.drop_in_place(column).gather(order) for column in rows.columns if column != "reach"]
    return pl.DataFrame(kept), changes


def _lines(rows: pl.DataFrame, changes: pl.DataFrame | None, arrays: list[Column]) -> pl.DataFrame:
    """Return one line per part, KPI and kind of period, in their order: numbers, first place, places, arrays."""
    line = pl.col("key") // 2**_NUMBER_BITS
    is_first = (line != line.shift()).fill_null(value=True)
    rows = rows.with_columns(line.alias("line"), pl.col("place").cast(pl.Int64), is_first.alias("is_first"))
    steady = [column.name for column in arrays if column.name in _STEADY]
    varies = [
        (pl.col(name).ne_missing(pl.col(name).shift()) & ~pl.col("is_first")).alias(f"{name} varies") for name in steady
    ]
    gathered = [pl.col(item.name).str.join("") if item.name in _TEXTS else pl.col(item.name) for item in arrays]
    lines = (
        rows.with_columns(varies)
        .with_columns(pl.col("line").set_sorted())
        .group_by("line", maintain_order=True)
        .agg(pl.col("place"), *gathered, *(pl.col(f"{name} varies").any() for name in steady))
    )
    if changes is not None:
        lines = lines.join(changes, on="line", how="left", maintain_order="left")
    first, last = pl.col("place").list.first(), pl.col("place").list.last()
    has_gap = last - first >= pl.col("place").list.len().cast(pl.Int64)
    return lines.select(
        (pl.col("line") // 2 ** (_KIND_BITS + _KPI_BITS)).alias("part"),
        (pl.col("line") // 2**_KIND_BITS % 2**_KPI_BITS).alias("kpi_id"),
        (pl.col("line") % 2**_KIND_BITS).alias("period_kind"),
        first.alias("first_place"),
        # Only where a period is missing in between is the place of each value written.
        pl.when(has_gap).then(pl.col("place")).alias("places"),
        *(_array(item.name) for item in arrays),
        *(changes.columns[1:] if changes is not None else []),
    )


def _array(name: str) -> pl.Expr:
    values = pl.col(name)
    if name not in _STEADY:
        return values
    varies = pl.col(f"{name} varies")
    only = pl.when(values.list.first().is_not_null()).then(values.list.head(1))
    return pl.when(varies).then(values).otherwise(only).alias(name)
