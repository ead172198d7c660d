"""Records of a Parquet file, as text again where the type alone doesn't say what is meant.

Instants with a zone are taken as they are; everything else goes through the same format checks as text, so that a
12.9 in a column of floats is told and not rounded.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.landing.bytes import COMPRESSED_ENDINGS, pieces
from orchestration.landing.records import Records
from orchestration.sources.base import FileProblem, LandingFile, reject_frame

BATCH_ROWS = 1_000_000  # rows; see BLOCK_BYTES of text files


def parquet_records(file: LandingFile, choose: Callable[[list[str]], list[str]]) -> Iterator[Records]:
    """Yield the rows of a Parquet file in batches; a row's line number is its own number. Raises FileProblem."""
    before = 0
    try:
        parquet = pq.ParquetFile(_opened(file))
        wanted = choose(parquet.schema_arrow.names)
        for batch in parquet.iter_batches(batch_size=BATCH_ROWS, columns=wanted):
            records = _as_text(pl.DataFrame(batch))
            numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + before
            frame = records.select(numbers.alias("record_number"), numbers.alias("line_number"), *wanted)
            before += frame.height
            yield Records(frame, reject_frame(), frame.height)
    except (pa.ArrowException, OSError) as error:
        raise FileProblem(
            "damaged_parquet",
            f"The file is no whole Parquet file ({str(error).splitlines()[0][:200]}).",
            "Write it again and copy it whole under the same name.",
        ) from error


def _opened(file: LandingFile) -> str | io.BytesIO:
    if file.path.suffix.lower() in COMPRESSED_ENDINGS:
        # Parquet is read from its end, so a compressed one has to be unpacked whole.
        return io.BytesIO(b"".join(pieces(file.path)))
    return str(file.path)


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(_text(name, dtype) for name, dtype in frame.schema.items())


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        if dtype.time_zone is not None:
            return column.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f")
    if isinstance(dtype, pl.List | pl.Struct | pl.Array | pl.Binary | pl.Object):
        # Nothing of the contract is nested: this text fails every format check but that of an id.
        return pl.lit("\x01nested").alias(name)
    return column.cast(pl.String)
