"""The engines that make the site's texts, each with the published file or a part of it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.centre import Centre
from orchestration.home.paths import Home, memory_limit
from orchestration.home.sql_text import text_literal
from orchestration.site.store.dates import SiteDates
from orchestration.site.store.results import Results

ENGINES = 2
"""So many at work beside each other: as many as the cores that a small machine has."""

_MOST_MEGABYTES = 500
"""Of memory for one piece of work: enough for its sums; what does not fit goes to the disk."""

_MEGABYTES = {"K": 0.001, "M": 1.0, "G": 1_000.0, "T": 1_000_000.0}


@dataclass(frozen=True)
class Engines:
    """Opens the engines of one publication.

    Each has one thread: texts are put together in the order of rows sorted once, which only one thread keeps, so that
    the same rows give the same bytes. Pieces of work beside each other share an engine by connections of their own
    instead (`Results.beside`), and so what was read of the published file; what differs in the rows that it may see,
    as audiences do, has engines of its own.
    """

    home: Home
    centre: Centre
    dates: SiteDates
    scratch: Path

    @contextmanager
    def open(
        self, restrict: Callable[[duckdb.DuckDBPyConnection], object] | None = None, *, shares: int = 1
    ) -> Iterator[Results]:
        """Give the results on an engine of their own, of what `restrict` leaves to see of the published file.

        The engine may use `shares` of the memory, one for every piece of work that shares it.
        """
        with self.connect() as connection:
            connection.execute(f"set memory_limit = '{_share_of_memory(shares)}'")
            connection.execute("use published.scorecard")
            parameters = self.dates.parameters() | _rated(self.centre)
            parameters["names_in_groups"] = self.centre.notices.names_in_groups
            _tell_places(Results(connection, parameters))
            if restrict is not None:
                restrict(connection)
            connection.execute("set enable_external_access = false")
            yield Results(connection, parameters)

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection with the published file attached as `published`."""
        # A folder of its own for what does not fit in memory: files of two engines have the same names.
        with tempfile.TemporaryDirectory(prefix="engine-", dir=self.scratch) as own, duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("set autoinstall_known_extensions = false")
            connection.execute(f"set memory_limit = '{_share_of_memory(1)}'")
            connection.execute(f"set temp_directory = {text_literal(own)}")
            connection.execute("set threads = 1")
            connection.execute(f"attach {text_literal(self.home.published_file)} as published (read_only)")
            yield connection


def _share_of_memory(shares: int) -> str:
    """Return what an engine for so many pieces of work may use: a part of the limit, and no more than helps.

    It keeps what it read of the published file as long as it may, though much of it is read once.
    """
    limit = re.fullmatch(r"([0-9.]+)\s*([A-Za-z]*)", memory_limit())
    if limit is None:
        return memory_limit()
    share, unit = float(limit[1]) * shares / (ENGINES + 2), limit[2]
    megabytes = share * _MEGABYTES.get(unit[:1].upper(), 1.0)
    most = _MOST_MEGABYTES * shares
    return f"{most}MB" if megabytes > most else f"{share:.3f}{unit}"


def _rated(centre: Centre) -> dict[str, object]:
    """Return where ratings can come from: channels and sources, as the parameters of the records' SQL."""
    sources = [source.name for source in centre.sources if "ratings" in source.recorded_topics()]
    return {"rated_channels": [str(channel) for channel in centre.rated_channels], "rating_sources": sources}


def _tell_places(results: Results) -> None:
    """Keep the places of all periods, before anything is hidden from an audience: dates are nobody's."""
    results.run(
        "scope_periods",
        f"""
        create table memory.main.place as
        select *, row_number() over (partition by is_closed, period_kind order by period_start) - 1 as place
        from ({results.sql("scope_periods")}) as result
        """,  # noqa: S608 - own text
    )
