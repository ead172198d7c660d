"""What is to go on purpose: decided before a build, told by its publication, and gone at the build after that.

So no value is ever without its records before it was kept, and whoever asks finds in fct_retention what went and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from orchestration.home.durable import put_file
from orchestration.home.ledger import Stored
from orchestration.home.paths import Home
from orchestration.home.retained import day_before, retained
from orchestration.landing.dropping import has_old_findings, old_files, old_parts
from orchestration.landing.known import KnownFiles
from orchestration.warehouse.history.compare import PERIODS, VALUES, closed_of, has_values
from orchestration.warehouse.history.kept import published_as_old
from orchestration.warehouse.history.shape import KEPT, RETENTION
from orchestration.warehouse.history.store import HistoryStore

LOOKS_BACK_DAYS = 31
"""Beside the window of first contact resolution: rows so long before the first kept date stay, since contacts of it
look back on them (a repeat, an answer to an invitation, a contact over midnight)."""
WEEK = timedelta(7)


@dataclass(frozen=True)
class Going:
    """What is to go of an area: the limits, and how many files, rows and bytes lie before them."""

    area: str
    gone_before: date
    kept_from: date
    files: int
    rows: int
    bytes: int


def decide_retention(home: Home, known: KnownFiles, spans: Mapping[str, str], fcr_window_days: int) -> None:
    """Write down for the next publication what goes after it, and the values that then stay as they are.

    spans: area -> span of `keep` in centre.yaml. The caller has prepared the history.
    """
    number = HistoryStore(home).published() + 1
    going = [found for found in _going(home, known, spans, fcr_window_days) if found.files]
    if not going:
        return
    at = datetime.now(UTC).replace(microsecond=0)
    store = HistoryStore(home)
    records = next((one for one in going if one.area == "records"), None)
    if records is not None:
        _keep_values(home, store.file("outlived_value", number), number, records.kept_from)
    rows = [
        (number, one.area, one.gone_before, one.kept_from, one.files, one.rows, one.bytes, at)
        for one in sorted(going, key=lambda one: one.area)
    ]
    frame = pl.DataFrame(rows, schema=RETENTION, orient="row")
    put_file(store.file("retention", number), frame.write_parquet, on_disk=True)


def values_stay_before(home: Home, known: KnownFiles, spans: Mapping[str, str], fcr_window_days: int) -> date | None:
    """Return the date before which periods begin that the next build makes no more, for want of records; None without.

    What the next build decides to let go counts: from then on its values stay.
    """
    of_records = {area: span for area, span in spans.items() if area == "records"}
    going = [found.kept_from for found in _going(home, known, of_records, fcr_window_days) if found.files]
    return max([*going, *filter(None, [retained(home).kept_from])], default=None)


def _going(home: Home, known: KnownFiles, spans: Mapping[str, str], fcr_window_days: int) -> Iterable[Going]:
    last_day = max((record.landing_day for record in known), default=None)
    if last_day is None:
        return
    if "landing" in spans:
        before = day_before(last_day, spans["landing"])
        sizes = [path.stat().st_size for path in old_files(home, known, before)]
        yield Going("landing", before, before, len(sizes), 0, sum(sizes))
    if "quarantine" in spans:
        before = day_before(last_day, spans["quarantine"])
        found = [record.findings for record in known if has_old_findings(record, before)]
        yield _measured(home.quarantine, [one for one in found if one], "quarantine", before, before)
    if "records" in spans and (kept_from := _kept_from(home, spans["records"])):
        before = kept_from - timedelta(fcr_window_days + LOOKS_BACK_DAYS)
        parts = [part for record in known for part in old_parts(record, before)]
        yield _measured(home.raw, parts, "records", before, kept_from)


def _measured(folder: Path, parts: list[Stored], area: str, before: date, kept_from: date) -> Going:
    rows = sum(pq.read_metadata(folder / part.name).num_rows for part in parts)
    return Going(area, before, kept_from, len(parts), rows, sum(part.byte_count for part in parts))


def _kept_from(home: Home, span: str) -> date | None:
    """Return the first day of the first year of which records stay; None while a period before it is open.

    Whole years go, so that every calendar period that is made of records later has all of them.
    """
    if not home.published_file.is_file():
        return None
    with published_as_old(home) as connection:
        if not has_values(connection, "old") or (closed := closed_of(connection)) is None:
            return None
        days = f"select max(period_start) from old.{VALUES} where period_kind = 'day'"
        (last,) = connection.execute(days).fetchone() or (None,)
    kept_from = day_before(last, span).replace(month=1, day=1)
    before = retained(home).kept_from
    is_closed = kept_from + WEEK <= closed.before and kept_from > closed.first
    return kept_from if is_closed and (before is None or kept_from > before) else None


def _keep_values(home: Home, file: Path, number: int, kept_from: date) -> None:
    """Write the values of all calendar periods that begin before a date and are not kept yet."""
    before = retained(home).kept_from or date.min
    columns = ", ".join(name for name in KEPT if name != "publication")
    with published_as_old(home) as connection:
        rows = connection.execute(
            f"""
            select {number}::bigint as publication, {columns} from old.{VALUES}
            where period_kind in {PERIODS} and period_start < ? and period_start >= ?
            """,
            [kept_from, before],
        ).pl()
    put_file(file, rows.cast(dict(KEPT.items())).select(list(KEPT)).write_parquet, on_disk=True)
