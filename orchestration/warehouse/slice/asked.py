"""Dates that a person wants built anew though nothing of them changed: kept until a build has made them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orchestration.home.durable import remove
from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.paths import Home


class AskedDates:
    """The local dates of contacts of a home that the next build makes anew, whatever else it finds."""

    def __init__(self, home: Home) -> None:
        self._file = home.state / "slice" / "asked.json"

    def add(self, dates: Iterable[date]) -> None:
        """Ask for dates, beside those that are asked for already; the caller holds the home."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_kept(self._file, {"dates": sorted(day.isoformat() for day in self.dates() | set(dates))})

    def dates(self) -> frozenset[date]:
        """Return what is asked for; nothing if that can't be read any more."""
        try:
            return frozenset(date.fromisoformat(day) for day in (read_kept(self._file) or {}).get("dates", ()))
        except (TypeError, ValueError):
            return frozenset()

    def forget(self) -> None:
        """Say that a build has made them."""
        remove(self._file)
