"""Histories as arrays: the rows of a result by period, put together per scope, KPI and kind of period."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

import polars as pl

from orchestration.site.histories.changes import CHANGES
from orchestration.site.histories.lines import lines_of
from orchestration.site.histories.rows import LOOK, looks_for, name_of, part_of, read_rows
from orchestration.site.store.results import Column, Results, columns_as_json, row_as_json

_KEYS = ("scope_kind", "scope_id", "kpi_id", "period_kind", "period_start")

_AT_A_TIME = 32
"""Parts whose text is made at once: a few megabytes."""


class HistoryTexts:
    """One result of `reports/sources` as JSON text per part: arrays in the order of the periods.

    A part is what is closed of a scope, or what is open. The connection needs the tables `memory.main.wanted`
    (scope_kind, scope_id, part), `memory.main.place` (is_closed, period_kind, period_start, place) and
    `scorecard.dim_kpi`. Rows go by one number each: sorting texts and dates, or adding to millions of lists in turn,
    takes twice as long.
    """

    def __init__(self, results: Results, name: str, *, is_closed: bool) -> None:
        self._results = results
        arrays = looks_for([item for item in results.columns(name, is_closed=is_closed) if item.name not in _KEYS])
        history = read_rows(results, name, arrays, is_closed=is_closed)
        listed = arrays + [Column(name, "DOUBLE") for name in CHANGES if history.changes is not None]
        self._shown = [Column("kpi_id", "VARCHAR"), Column("period_kind", "VARCHAR"), Column("first_place", "BIGINT")]
        self._shown += [Column("places", "BIGINT[]")]
        self._shown += [Column(item.name, "VARCHAR" if item.name == LOOK else f"{item.kind}[]") for item in listed]
        self._columns = columns_as_json(self._shown)
        lines = lines_of(history)
        numbers = lines.get_column("line")
        self._lines = lines.with_columns(
            part_of(numbers).alias("part"),
            *(name_of(results, column, numbers) for column in ("kpi_id", "period_kind")),
        )

    def in_order(self, at_once: int = 1) -> Iterator[tuple[int, str]]:
        """Yield (part, JSON text of its table) in the order of the parts' numbers; parts without rows are left out.

        Texts are made ahead of whoever takes them, by so many threads beside each other.
        """
        parts = self._lines.get_column("part").unique().sort()
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
