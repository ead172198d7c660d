"""The signs that structure JSON, as columns: where they stand, whether outside of texts, and how deep."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

QUOTE, COMMA, LINE_END = 34, 44, 10
OPEN_OBJECT, OPEN_LIST = 123, 91
_OPEN, _CLOSE = [OPEN_OBJECT, OPEN_LIST], [125, 93]


def signs_of(data: bytes, depth: int) -> pl.DataFrame:
    """Return the signs of JSON that begins outside of a text, at this depth.

    at: place in the data; sign: its byte; depth: open brackets after it; is_open and is_close: of brackets; line_ends:
    how many there are up to it, those in texts among them. Only signs outside of texts are there.
    """
    # What is escaped in a text is no sign: first backslashes in pairs, then quotes that one stands before.
    plain = data.replace(b"\\\\", b"__").replace(b'\\"', b"__") if b"\\" in data else data
    signs = pl.Series("sign", pa.Array.from_buffers(pa.uint8(), len(plain), [None, pa.py_buffer(plain)]))
    sign = pl.col("sign")
    is_any = pl.any_horizontal(sign == one for one in (QUOTE, COMMA, LINE_END, *_OPEN, *_CLOSE))
    found = signs.to_frame().with_row_index("at").filter(is_any)
    found = found.with_columns(
        is_inside=(sign == QUOTE).cum_sum() % 2 == 1,
        line_ends=(sign == LINE_END).cum_sum().cast(pl.Int64),
    ).filter(~pl.col("is_inside") & ~sign.is_in([QUOTE, LINE_END]))
    return found.select(
        pl.col("at").cast(pl.Int64),
        "sign",
        "line_ends",
        sign.is_in(_OPEN).alias("is_open"),
        sign.is_in(_CLOSE).alias("is_close"),
    ).with_columns(depth=(pl.col("is_open").cast(pl.Int32) - pl.col("is_close").cast(pl.Int32)).cum_sum() + depth)


def texts_between(data: bytes, start: int, ends: pl.Series) -> pl.Series:
    """Return the texts from `start` to the first end, from there to the next, and so on."""
    offsets = pl.concat([pl.Series([start], dtype=pl.Int64), ends]).to_arrow()
    return pl.Series("line", pa.LargeStringArray.from_buffers(len(ends), offsets.buffers()[1], pa.py_buffer(data)))
