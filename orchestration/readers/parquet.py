"""Records of a Parquet file, as text again where the type alone doesn't say what is meant.

Instants with a zone are taken as they are; everything else goes through the same format checks as text, so that a
12.9 in a column of floats is told and not rounded.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import IO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.readers.archived import ArchivedPath
from orchestration.readers.arrow_columns import read_column
from orchestration.readers.bytes import COMPRESSED_ENDINGS, pieces
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.readers.records import Records
from orchestration.readers.unpacking import Unpacking

BATCH_ROWS = 1_000_000  # see BLOCK_BYTES of text files
BATCH_BYTES = 256 << 20
PIECE_ROWS = 16_384


def parquet_records(file: LandingFile, choose: Callable[[list[str]], list[str]]) -> Iterator[Records]:
    """Yield the rows of a Parquet file in batches; a row's line number is its own number. Raises FileProblem."""
    before = 0
    try:
        with _opened(file) as opened:
            parquet = pq.ParquetFile(opened)
            wanted = choose(parquet.schema_arrow.names)
            for batch in _batches(parquet, wanted, Unpacking(file.path)):
                yield _records(batch, wanted, before)
                before += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        # What Arrow says may quote the file, so its words stay out.
        raise FileProblem("damaged_parquet", details={"error": type(error).__name__}) from error


def _batches(parquet: pq.ParquetFile, wanted: list[str], unpacking: Unpacking) -> Iterator[pa.RecordBatch]:
    """Yield batches of many rows, put together of small ones: what a column becomes is not known before it is read."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in parquet.iter_batches(batch_size=PIECE_ROWS, columns=wanted):
        unpacking.add(batch.nbytes)
        waiting.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= BATCH_ROWS or size >= BATCH_BYTES:
            yield pa.concat_batches(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pa.concat_batches(waiting)


def _records(batch: pa.RecordBatch, wanted: list[str], before: int) -> Records:
    columns = {name: read_column(batch.column(name)) for name in wanted}
    numbers = pl.int_range(1, batch.num_rows + 1, dtype=pl.Int64, eager=True) + before
    frame = pl.DataFrame(
        [numbers.alias("record_number"), numbers.alias("line_number")]
        + [column.values.alias(name) for name, column in columns.items()]
    )
    rejects = [reject_frame(), *(column.rejects(name, numbers) for name, column in columns.items())]
    return Records(frame, pl.concat(rejects), frame.height)


def _opened(file: LandingFile) -> IO[bytes]:
    if file.path.suffix.lower() not in COMPRESSED_ENDINGS and not isinstance(file.path, ArchivedPath):
        # Arrow wants names as text, which a file's name need not be.
        return file.path.open("rb")
    # Parquet is read from its end, so one that is packed has to be unpacked whole.
    unpacked = tempfile.TemporaryFile()  # noqa: SIM115 - it is read on, and goes with its last reader
    for piece in pieces(file.path):
        unpacked.write(piece)
    return unpacked
