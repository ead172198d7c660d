"""Records of a JSON file that is no JSON Lines: an array, objects in a row, or an array under a path, of any size."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import polars as pl

from orchestration.readers.bytes import pieces, refuse_other_kinds
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.readers.json_objects import BlockFound, ObjectForm, object_records
from orchestration.readers.json_split import Splitting
from orchestration.readers.records import Records

BLOCK_BYTES = 16 << 20


def json_records(
    file: LandingFile, encoding: str, form: ObjectForm, path: tuple[str, ...], on_block: BlockFound
) -> Iterator[Records]:
    """Yield the records of a JSON file, those of the array under `path`. Raises FileProblem, after what came before.

    `on_block` is told of each block before its records are handed out.
    """
    splitting, before, objects_before = Splitting(path), 0, 0
    problem: FileProblem | None = None
    blocks = _blocks(file, encoding)
    while problem is None:
        block = None
        try:
            block = next(blocks, None)
        except FileProblem as found:
            problem = found
        if block is None:
            break
        for objects in splitting.add(block):
            numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + objects_before
            objects_before += objects.height
            numbered = objects.select(numbers.alias("record_number"), "line_number", "line")
            records = object_records(numbered, reject_frame(), form, on_block, before)
            before += records.records_read
            yield records
    if problem is not None:
        problem.line_number = splitting.line_left
        raise problem
    splitting.finish()


def is_no_jsonl(file: LandingFile) -> bool:
    """Tell by its beginning whether a JSON file is an array or an object over several lines."""
    try:
        beginning = next(pieces(file.path), b"")[:4_096].removeprefix(codecs.BOM_UTF8).lstrip()
    except (FileProblem, OSError):
        return False
    return looks_like_one_value(beginning)


def looks_like_one_value(beginning: bytes) -> bool:
    """Tell of text without spaces before it whether it begins an array, or an object over several lines."""
    return beginning.startswith(b"[") or beginning.partition(b"\n")[0].rstrip() == b"{"


def _blocks(file: LandingFile, encoding: str) -> Iterator[bytes]:
    """Yield the file as UTF-8 without a mark, in blocks; a file that is torn gives what it has first."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    waiting, size, is_first = list[bytes](), 0, True
    try:
        for piece in pieces(file.path):
            if is_first:
                refuse_other_kinds(piece)
            text = decoder.decode(piece)
            waiting.append((text.removeprefix("\ufeff") if is_first else text).encode())
            is_first = False
            size += len(waiting[-1])
            if size >= BLOCK_BYTES:
                yield b"".join(waiting)
                waiting, size = [], 0
        decoder.decode(b"", final=True)
    except FileProblem:
        yield b"".join(waiting)
        raise
    except UnicodeDecodeError as error:
        yield b"".join(waiting)
        told, known = {"encoding": encoding}, {"reason": error.reason}
        raise FileProblem("encoding", "file", details=told, known=known) from error
    yield b"".join(waiting)
