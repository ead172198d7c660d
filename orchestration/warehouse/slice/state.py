"""What the tables that a build takes over were made from, and which dates a build that was cut off left in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from orchestration.home.durable import remove
from orchestration.home.kept_json import read_kept, stamp, write_kept
from orchestration.home.made_of import Inputs, Step, digest_of_code, digest_of_files
from orchestration.home.paths import CHECKOUT, Home
from orchestration.warehouse.dbt_project import PROJECT, sources_digest, tools
from orchestration.warehouse.slice.parts import Part, remember_parts, remembered_parts

CODE = (CHECKOUT / "orchestration" / "centre", CHECKOUT / "orchestration" / "warehouse" / "slice")
SETTINGS = ("centre_settings", "source_settings", "source_topics", "opening_hours", "holidays")
"""Tables of settings that decide what a contact's fact is; targets and rated channels only say what is made of it."""


@dataclass(frozen=True)
class Covered:
    """The first local date of the data, and the instant that stands for now, in microseconds."""

    first_date: date
    as_of_us: int

    def last_date(self, zone: str) -> date:
        """Return the local date of the instant that stands for now."""
        return datetime.fromtimestamp(self.as_of_us / 1_000_000, ZoneInfo(zone)).date()


@dataclass(frozen=True)
class Unfinished:
    """A build that was cut off: dates that may be half there, the parts it read, and how many in a row were."""

    dates: frozenset[date]
    parts: frozenset[Part]
    attempts: int


class SliceState:
    """The record of the kept tables of a home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._step = Step.of(home, "kept")
        self._unfinished = home.state / "slice" / "unfinished.json"
        self._told = home.state / "slice" / "told.json"

    def forget(self) -> None:
        """Say that nothing is kept: the next build makes everything anew."""
        self._step.forget()
        remove(self._unfinished)

    def tell(self, sentence: str, *, sliced: bool) -> None:
        """Write down, for people, what the build that begins makes anew and why."""
        write_kept(self._told, {"sentence": sentence, "sliced": sliced})

    def told(self) -> str:
        """Return what the last build that began made anew; empty if there was none."""
        return str((read_kept(self._told) or {}).get("sentence", ""))

    def is_sliced(self) -> bool:
        """Tell whether the last build that began makes some dates anew, and not everything."""
        return bool((read_kept(self._told) or {}).get("sliced", False))

    def begin(self, dates: frozenset[date], parts: Iterable[Part]) -> None:
        """Say that these dates are being made anew from these parts: until the build ends they may be half there."""
        before = self.unfinished()
        remember_parts(self._home, parts, unfinished=True)
        told = sorted(day.isoformat() for day in dates)
        write_kept(self._unfinished, {"dates": told, "attempts": before.attempts + 1 if before else 1})

    def remember(self, parts: set[Part]) -> None:
        """Say that the kept tables are whole, made from these parts and what else the home holds now."""
        remember_parts(self._home, parts)
        self._step.remember(self._inputs(), self._left() | _told(covered(self._home)))
        remove(self._unfinished)

    def unfinished(self) -> Unfinished | None:
        """Return what a build that was cut off was making; None if none was, or if that is not known any more."""
        kept = read_kept(self._unfinished) or {}
        parts = remembered_parts(self._home, unfinished=True)
        try:
            dates = frozenset(date.fromisoformat(day) for day in kept["dates"])
            attempts = int(kept["attempts"])
        except (KeyError, TypeError, ValueError):
            return None
        return None if parts is None else Unfinished(dates, frozenset(parts), attempts)

    def is_known(self) -> bool:
        """Tell whether a build has left anything to go on from."""
        return self._step.at is not None

    def is_as_left(self) -> bool:
        """Tell whether nobody but a build that was cut off wrote to the kept files."""
        if self._unfinished.exists():
            are_there = self._home.kept_file.is_file() and self._home.built_file.is_file()
            return are_there and self.unfinished() is not None
        left = self._step.left
        return isinstance(left, dict) and {key: left.get(key) for key in self._left()} == self._left()

    def changed(self) -> list[str]:
        """Return what the kept tables would be made from now and were not."""
        return self._step.changed(self._inputs())

    def covered(self) -> Covered | None:
        """Return from when to when the data of the last build reached; None if that is not known."""
        left = self._step.left
        try:
            return Covered(date.fromisoformat(left["first_date"]), int(left["as_of_us"]))  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            return None

    def _left(self) -> dict[str, str | None]:
        return {"kept": stamp(self._home.kept_file), "built": stamp(self._home.built_file)}

    def _inputs(self) -> Inputs:
        raw = self._home.raw
        settings = [path for name in SETTINGS for path in _files(raw / name)]
        return {
            "settings": digest_of_files(raw, settings),
            "models": sources_digest(PROJECT),
            "code": " ".join(digest_of_code(folder) for folder in CODE),
            "tools": tools(),
        }


def covered(home: Home) -> Covered | None:
    """Return from when to when the data reach, as the build that has just ended found it; None without a build."""
    if not home.warehouse_file.is_file():
        return None
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        found = connection.execute(
            "select first_date, epoch_us(as_of) from intermediate.int_as_of where as_of is not null"
        ).fetchone()
    return Covered(*found) if found else None


def _told(reach: Covered | None) -> dict[str, str | int]:
    return {} if reach is None else {"first_date": reach.first_date.isoformat(), "as_of_us": reach.as_of_us}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.parquet") if path.is_file()]
