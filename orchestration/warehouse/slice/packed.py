"""The parts of feeds that are read whole, and the quarantine, one file for each month: in state/slice/packed/.

A feed of a year has hundreds of parts, small ones, and dbt reads it in many statements: each would open them all, which
costs some fifty times what their rows do. A month's file is written again when a part of it came, went or changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.home.durable import names_below, put_file, remove
from orchestration.home.paths import Home, memory_limit
from orchestration.home.sql_text import text_literal
from orchestration.landing.parts import EMPTY_PART
from orchestration.landing.quarantine import EMPTY_FILE
from orchestration.warehouse.slice.parts import parts_of_feed

_PARQUET = b"PAR1"
"""What a whole file begins and ends with."""


def packed_folder(home: Home) -> Path:
    """Return the folder of the months of all feeds."""
    return home.state / "slice" / "packed"


def drop_packed(home: Home) -> None:
    """Have nothing packed: every month is written again when it is next read."""
    shutil.rmtree(packed_folder(home), ignore_errors=True)


def link_packed(home: Home, feed: str, place: Path) -> None:
    """Have in a folder all that a feed has: links to its months, each in one file, and its part without rows.

    A month that can't be packed, since a part of it can't be read, is linked part by part: who reads it says which.
    """
    months: dict[str, list[str]] = defaultdict(list)
    raw = str(home.raw)
    for part in sorted(parts_of_feed(home, feed)):
        months[part.event_date.isoformat()[: len("YYYY-MM")]].append(part.path(raw))
    _link(home.raw / feed, months, home.raw / feed / EMPTY_PART, packed_folder(home) / feed, place)


def link_findings(home: Home, place: Path) -> None:
    """Have the same of the findings in quarantine, by the month of the landing day."""
    months: dict[str, list[str]] = defaultdict(list)
    for name in names_below(home.quarantine, ".parquet"):
        if name.endswith(".parquet") and name != EMPTY_FILE.as_posix():
            _, day, _ = name.split("/")
            months[day[: len("YYYY-MM")]].append(f"{home.quarantine}/{name}")
    _link(home.quarantine, months, home.quarantine / EMPTY_FILE, packed_folder(home) / "quarantine", place)


def _link(root: Path, months: Mapping[str, list[str]], empty: Path, folder: Path, place: Path) -> None:
    """Link the months' files, each made of its parts below `root` in that order; `empty` is the part without rows."""
    place.mkdir()
    wanted = set()
    if empty.parent.is_dir():
        (place / empty.parent.name).symlink_to(empty.parent)
    for month, parts in months.items():
        name = f"{month}-{_digest(parts)}.parquet"
        if _is_whole(folder / name) or _pack(parts, empty, folder / name):
            wanted.add(name)
            continue
        for day in {Path(part).parent for part in parts}:
            (place / ".".join(day.relative_to(root).parts)).symlink_to(day)
    for file in list(folder.iterdir()) if folder.is_dir() else ():
        if file.name not in wanted:
            remove(file)
    if wanted:
        (place / "packed").symlink_to(folder)


def _digest(parts: list[str]) -> str:
    """Return a digest of some parts: their names, sizes and times."""
    stats = ((part.rpartition("/")[2], os.stat(part)) for part in parts)  # noqa: PTH116
    told = sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_PARQUET))
            opened.seek(-len(_PARQUET), os.SEEK_END)
            return begin == opened.read() == _PARQUET
    except OSError:
        return False


def _pack(parts: list[str], empty: Path, file: Path) -> bool:
    """Write some parts into one file; tell whether all of them could be read."""
    # The part without rows has the columns of today, also if those of a month long ago have fewer.
    paths = (str(empty), *parts)
    rows = f"read_parquet([{', '.join(map(text_literal, paths))}], hive_partitioning = false, union_by_name = true)"

    def write(written: Path) -> None:
        # Most feeds of most runs have nothing to pack: a connection of its own for each month that has.
        with duckdb.connect(config={"memory_limit": memory_limit()}) as connection:
            connection.execute(f"copy (from {rows}) to {text_literal(str(written))} (format parquet, compression zstd)")

    try:
        return put_file(file, write, on_disk=True)
    except duckdb.Error:
        return False
