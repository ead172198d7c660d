"""The border of a file: whatever reading it raises is a finding about that file, and never stops its neighbours."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.readers.findings import FileProblem

# What somebody or something asks of the process, which is about no file.
NOT_THE_FILES = (KeyboardInterrupt, SystemExit, GeneratorExit)

MOST_QUARANTINED = 1_000_000
"""Findings of a file are held until its end; a file with more of them is of another form, or a bomb."""


def refuse_flood(quarantined: int) -> None:
    """Stop reading a file of which so many records are in quarantine already. Raises FileProblem."""
    if quarantined > MOST_QUARANTINED:
        raise FileProblem("too_many_bad_records", details={"most": MOST_QUARANTINED})


@contextmanager
def file_border() -> Iterator[None]:
    """Turn whatever is raised inside into a FileProblem; the panic of a library is no Exception in Python either."""
    try:
        yield
    except (FileProblem, *NOT_THE_FILES):
        raise
    except BaseException as error:
        raise _problem(error) from error


def _problem(error: BaseException) -> FileProblem:
    if isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        return FileProblem("unreadable_file", details={"error": why})
    # The words of an error may quote the file: only its kind and the place in the program are told.
    why = f"{type(error).__name__} in {_place(error)}"
    return FileProblem("reader_failed", details={"error": why})


def _place(error: BaseException) -> str:
    """Return module and line of the program's own code that met the error last."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "orchestration" in Path(frame.filename).parts]
    last = (own or frames)[-1]
    return f"{Path(last.filename).stem} line {last.lineno}"
