"""What the cells of a workbook mean: dates, lengths of time, and numbers that are longer than a cell holds."""

from __future__ import annotations

import polars as pl

_STAMP = r"^-?[0-9]{4,5}-[0-9]{2}-[0-9]{2} [0-9:.]+$"
_MIDNIGHT = r" 00:00:00$"
_LENGTH = r"^(?:1899-12-31|190[0-4]-[0-9]{2}-[0-9]{2}) "
"""Before the first day of either calendar of Excel there are clock times and lengths of time, of up to some years."""
_LONG = r"^[1-9][0-9]{15,36}$"
_EXACT = 2**53
"""From here on a number of a workbook stands for several whole numbers, of which it is the one that is exact."""
_BITS_OF_ZERO = 3.3
_ENOUGH_BITS = 17.0
"""Of ids that are text, not one column in a hundred thousand is so by chance."""


def meant_text(name: str, cells: pl.DataFrame) -> pl.Expr:
    """Return a column of cells: lengths of time as such, and dates without clock time where none of them has one.

    Long numbers that lost digits are as a spreadsheet shows them, 1.23456789012345E+17, so that they are told.
    """
    text = _rounded(name, cells)
    stamps = cells[name].filter(cells[name].str.contains(_STAMP))
    if stamps.is_empty():
        return text
    day = text.str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms", strict=False)
    length = pl.when(text.str.contains(_LENGTH) & text.str.contains(_STAMP)).then(_length(day))
    has_days_only = stamps.filter(~stamps.str.contains(_LENGTH)).str.contains(_MIDNIGHT).all()
    rest = text.str.replace(f"^([0-9-]+){_MIDNIGHT}", "$1") if has_days_only else text
    return pl.coalesce(length, rest)


def _length(day: pl.Expr) -> pl.Expr:
    """Return hours, minutes and seconds since the beginning of the calendar, of which Excel has two."""
    begins = (
        pl.when(day.dt.year() == 1904)
        .then(pl.datetime(1904, 1, 1, time_unit="ms"))
        # Excel's 1900 has a 29 February, so that the days before it are one later.
        .when(day < pl.datetime(1900, 3, 1, time_unit="ms"))
        .then(pl.datetime(1899, 12, 31, time_unit="ms"))
        .otherwise(pl.datetime(1899, 12, 30, time_unit="ms"))
    )
    seconds = (day - begins).dt.total_seconds()
    parts = [seconds // 3600, seconds // 60 % 60, seconds % 60]
    return pl.concat_str([part.cast(pl.String).str.zfill(2) for part in parts], separator=":")


def _rounded(name: str, cells: pl.DataFrame) -> pl.Expr:
    """Return long numbers as a spreadsheet shows them, where all of the column are such as a cell can hold.

    Excel keeps 15 digits, so that a 16th is 0; of longer ones a cell holds only every second number, or fewer.
    """
    text, number = pl.col(name), pl.col(name).cast(pl.Int128, strict=False)
    long = cells.filter(text.str.contains(_LONG)).select(name).unique()
    if long.is_empty():
        return text
    is_exact = number < _EXACT
    held = pl.when(is_exact).then(number % 10 == 0).otherwise(number.cast(pl.Float64).cast(pl.Int128) == number)
    bits = pl.when(is_exact).then(_BITS_OF_ZERO).otherwise(number.cast(pl.Float64).log(2).floor() - 52)
    are_held, evidence = long.select(held.all(), bits.sum().alias("bits")).row(0)
    if not are_held or evidence < _ENOUGH_BITS:
        return text
    exponent = (text.str.len_chars() - 1).cast(pl.String)
    shown = pl.concat_str(text.str.slice(0, 1), pl.lit("."), text.str.slice(1, 14), pl.lit("E+"), exponent)
    return pl.when(text.str.contains(_LONG)).then(shown).otherwise(text)
