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

from orchestration.landing.arrow_columns import read_column
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
            yield _records(batch, wanted, before)
            before += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        # What Arrow says may quote the file, so its words stay out.
        raise FileProblem(
            "damaged_parquet",
            f"The file is no whole Parquet file, or has something that can't be read ({type(error).__name__}).",
            "Write it again, its columns as text, numbers or instants, and copy it whole under the same name.",
        ) from error


def _records(batch: pa.RecordBatch, wanted: list[str], before: int) -> Records:
    columns = {name: read_column(batch.column(name)) for name in wanted}
    numbers = pl.int_range(1, batch.num_rows + 1, dtype=pl.Int64, eager=True) + before
    frame = pl.DataFrame(
        [numbers.alias("record_number"), numbers.alias("line_number")]
        + [column.values.alias(name) for name, column in columns.items()]
    )
    rejects = [reject_frame(), *(column.rejects(name, numbers) for name, column in columns.items())]
    return Records(frame, pl.concat(rejects), frame.height)


def _opened(file: LandingFile) -> str | io.BytesIO:
    if file.path.suffix.lower() in COMPRESSED_ENDINGS:
        # Parquet is read from its end, so a compressed one has to be unpacked whole.
        return io.BytesIO(b"".join(pieces(file.path)))
    return str(file.path)
