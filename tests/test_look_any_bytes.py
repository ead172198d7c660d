"""Whatever bytes a file has, `look` tells something of it or raises a FileProblem, soon."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from rich.console import Console

from orchestration.look.draft import draft_of
from orchestration.look.sample import look_at
from orchestration.look.told import tell_looked
from orchestration.look.totals import columns_of
from orchestration.readers.findings import FileProblem

SLOWEST = 5.0
"""Seconds that a small file may take on a busy machine."""
cells = some.sampled_from(
    [
        "Call ID",
        "Start",
        "Agent",
        "Caller",
        "Total",
        "2026-01-05 10:00:00",
        "05/06/2026",
        "1,5",
        "00:01:07",
        "--",
        "[red]",
        "",
    ]
) | some.text(max_size=8)
tables = some.builds(
    lambda rows, sign, end: end.join(sign.join(row) for row in rows),
    some.lists(some.lists(cells, min_size=1, max_size=5), max_size=8),
    some.sampled_from([",", ";", "\t", "|", '","']),
    some.sampled_from(["\n", "\r\n", "\r"]),
)
values = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | cells,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(cells, inner, max_size=4),
    max_leaves=12,
)
documents = some.builds(json.dumps, values) | some.lists(values, max_size=4).map(
    lambda found: "\n".join(map(json.dumps, found))
)
texts = tables | documents | documents.map(lambda text: text[: len(text) // 2]) | some.text(max_size=60)
contents = some.binary(max_size=200) | some.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    texts,
    some.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "cp1252"]),
)


def tell(path: Path) -> None:
    """Look at a file as the command does. Raises FileProblem."""
    looked = look_at(path)
    columns = columns_of(looked)
    tell_looked(Console(quiet=True), looked, columns, draft_of(looked, columns))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(content=b'"\n""', ending=".csv")
@given(content=contents, ending=some.sampled_from([".csv", ".json", ".jsonl", ".txt", "", ".csv.gz", ".zip"]))
def test_look_tells_something_of_any_bytes_or_why_it_can_not(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"calls{ending}"
    path.write_bytes(content)
    began = monotonic()
    with suppress(FileProblem):
        tell(path)
    assert monotonic() - began < SLOWEST


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"a," * 600_000,
        b'{"a":"' + b"x" * 3_000_000 + b'"}',
        b'"' * 500_000,
        b"\xff\xfe" + b"\xd8\x00" * 1_000,
        b'{"a":1}' * 100_000,
        b"\n" * 500_000,
        b'{"id":' + b"9" * 10_000 + b"}\n",
    ],
)
def test_look_stays_quick_on_what_has_no_end(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(content)
    began = monotonic()
    with suppress(FileProblem):
        tell(path)
    assert monotonic() - began < SLOWEST
