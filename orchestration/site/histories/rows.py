"""The rows behind the histories: read once, each with one number that says where it belongs, and put in that order."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from orchestration.site.histories.changes import NUMBERED_PLACES, changes_by_line, rounded
from orchestration.site.store.results import Column, Results

NUMBER_BITS = 16
"""Of a row's key for the period's number in its kind; what stands above them is the number of the line."""

_KIND_BITS, _PART_BITS = 4, 24

LOOK = "look"
"""The column that status, verdict and evidence become: one number of two letters, the status' in the lower byte."""

_STATUS = {"no_data": "n", "insufficient_sample": "s", "below_band": "l", "in_band": "i", "above_band": "a"}
_VERDICT = {"good": "g", "too_good": "t", "watch": "w", "bad": "b"}
_CHANCE, _NONE = "c", "-"


@dataclass(frozen=True)
class HistoryRows:
    """Rows of the wanted parts, in the order of KPI, part, kind of period and period: key, place and the columns.

    KPI by KPI, since the published file has them so: putting them in order reads neighbours then, in half the time.
    """

    rows: pl.DataFrame
    changes: pl.DataFrame | None
    """By line, of results that have a value: see `changes_by_line`."""


def line_of(key: pl.Series) -> pl.Series:
    """Return the numbers of the rows' lines: KPI, part and kind of period."""
    line: pl.Series = key // 2**NUMBER_BITS
    return line


def part_of(line: pl.Series) -> pl.Series:
    """Return the parts of lines."""
    part: pl.Series = line // 2**_KIND_BITS % 2**_PART_BITS
    return part


def name_of(results: Results, column: str, line: pl.Series) -> pl.Series:
    """Return the KPI ids or kinds of periods of lines."""
    number = line // 2 ** (_KIND_BITS + _PART_BITS) if column == "kpi_id" else line % 2**_KIND_BITS
    rows = results.connection.execute(f"select name from ({_NUMBERED[column]}) as numbered order by number").fetchall()  # noqa: S608
    return pl.Series(column, [name for (name,) in rows], dtype=pl.String).gather(number)


def read_rows(results: Results, name: str, columns: list[Column], *, is_closed: bool) -> HistoryRows:
    """Read a result's rows of the parts in `memory.main.wanted`, closed or open."""
    rows = _numbered_rows(results, name, columns, is_closed)
    changes = None
    if any(column.name == "value" for column in columns):
        compared = rows.select("key", "place", "reach", "value").filter((pl.col("reach") > 0) | (pl.col("place") < 0))
        changes = changes_by_line(compared, 2**NUMBER_BITS)
        rows.replace_column(rows.get_column_index("value"), rows.select(rounded(pl.col("value"))).to_series())
    order = rows.get_column("key").arg_sort()
    order = order.filter(rows.get_column("place").gather(order) >= 0)
    # One column after the other, so that not all of them stand there twice.
    kept = [rows.drop_in_place(column).gather(order) for column in rows.columns if column != "reach"]
    return HistoryRows(pl.DataFrame(kept), changes)


_NUMBERED = {
    "kpi_id": "select kpi_id as name, row_number() over (order by kpi_id) - 1 as number "
    "from (select distinct kpi_id from scorecard.dim_kpi) as kpi",
    "period_kind": "select period_kind as name, row_number() over (order by period_kind) - 1 as number "
    "from (select distinct period_kind from memory.main.place) as kind",
}


def _numbered_rows(results: Results, name: str, columns: list[Column], is_closed: bool) -> pl.DataFrame:
    shown = [f"result.{column.quoted}" if column.name != LOOK else f"{_look()} as {LOOK}" for column in columns]
    # Small tables of this connection, since results are read beside each other; the engine knows how small they are.
    results.connection.execute(
        f"""
        create or replace temp table numbered_place as
        select
            place.period_kind,
            place.period_start,
            place.place::smallint as place,
            place.reach::utinyint as reach,
            (kind.number << {NUMBER_BITS} | place.number)::ubigint as number
        from ({NUMBERED_PLACES}) as place
        inner join ({_NUMBERED["period_kind"]}) as kind on place.period_kind = kind.name
        where place.is_closed = $is_closed
        """,  # noqa: S608 - own text
        {"is_closed": is_closed},
    )
    results.connection.execute(
        f"""
        create or replace temp table numbered_kpi as
        select name, (number << {NUMBER_BITS + _KIND_BITS + _PART_BITS})::ubigint as number
        from ({_NUMBERED["kpi_id"]}) as numbered
        """  # noqa: S608 - own text
    )
    query = f"""
        select
            kpi.number | (wanted.part::ubigint << {NUMBER_BITS + _KIND_BITS}) | place.number as key,
            place.place,
            place.reach,
            {", ".join(shown)}
        from ({results.unordered(name)}) as result
        inner join numbered_place as place using (period_kind, period_start)
        inner join numbered_kpi as kpi on result.kpi_id = kpi.name
        inner join memory.main.wanted as wanted using (scope_kind, scope_id)
    """  # noqa: S608 - own text
    batches = results.run(name, query, is_closed=is_closed).to_arrow_reader(100_000)
    return pl.DataFrame(pl.from_arrow(batches.read_all()))


def looks_for(columns: list[Column]) -> list[Column]:
    """Return a result's columns with LOOK in the place of status, verdict and evidence, if it has them."""
    kept = [column for column in columns if column.name not in ("status", "verdict", "evidence")]
    return [*kept, Column(LOOK, "USMALLINT")] if len(kept) < len(columns) else kept


def _look() -> str:
    # What may be chance is only watched, so that one letter says both.
    verdict = f"case result.evidence when 'chance' then {ord(_CHANCE)} else {_letter('verdict', _VERDICT)} end"
    return f"({_letter('status', _STATUS)} + 256 * {verdict})::usmallint"


def _letter(column: str, letters: dict[str, str]) -> str:
    cases = " ".join(f"when '{code}' then {ord(letter)}" for code, letter in letters.items())
    return f"case result.{column} {cases} else {ord(_NONE)} end"
