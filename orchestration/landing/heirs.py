"""Handing over: the rows of a file that changes go to one of the same bytes that landing/ has no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from orchestration.home.durable import put_frame
from orchestration.home.ledger import LedgerRecord, Stored, landed_path
from orchestration.home.paths import Home
from orchestration.landing.known import KnownFiles
from orchestration.landing.own_files import is_own_file
from orchestration.landing.parts import Origin, stored
from orchestration.landing.quarantine import write_quarantine
from orchestration.readers.findings import REJECT_SCHEMA
from schemas import FEEDS


def hand_over(home: Home, known: KnownFiles, before: LedgerRecord, after: LedgerRecord) -> None:
    """Let a file that is gone from landing/ keep the rows that counted only because another one gave them.

    This is done before `after` counts, which is when the rows of `before` go. A run that is cut off in between leaves
    two files of the same bytes, of which recovery lets one count. Where landing/ has all of them they are taken anew.
    """
    is_held = after.state == "taken" and after.file_hash == before.file_hash
    if before.state != "taken" or is_held or known.fault(before) is not None:
        return
    for twin in known.of_content(before):
        is_landed = is_own_file(landed_path(home.landing, twin), home.landing)
        if twin.state == "same_content" and not is_landed:
            known.commit(_with_rows_of(home, twin, before))
            return


def _with_rows_of(home: Home, heir: LedgerRecord, giver: LedgerRecord) -> LedgerRecord:
    """Write a file's rows and findings once more under the name of its heir, and return the heir's record."""
    origin = Origin(heir.source_id, heir.landing_day, heir.file_name, heir.file_hash)
    return replace(
        giver,
        landing_day=heir.landing_day,
        file_name=heir.file_name,
        modified_ns=heir.modified_ns,
        changed_ns=heir.changed_ns,
        parts=tuple(_part(home.raw, part, origin, number) for number, part in enumerate(giver.parts, start=1)),
        findings=_findings(home.quarantine, giver.findings, origin),
    )


def _part(raw: Path, part: Stored, origin: Origin, number: int) -> Stored:
    feed, event_date, _ = part.name.split("/")
    if FEEDS[feed].time_column is None:
        event_date = f"event_date={origin.day}"
    path = f"{feed}/{event_date}/{origin.part_stem}-{number:04d}.parquet"
    rows = pl.read_parquet(raw / part.name, hive_partitioning=False)
    put_frame(raw / path, rows.with_columns(landing_day=pl.lit(origin.day), file_name=pl.lit(origin.file_name)))
    return stored(raw, path)


def _findings(quarantine: Path, findings: Stored | None, origin: Origin) -> Stored | None:
    if findings is None:
        return None
    rows = pl.read_parquet(quarantine / findings.name, columns=list(REJECT_SCHEMA))
    name = write_quarantine(quarantine, origin.source, origin.day, origin.file_name, origin.taking, rows)
    return stored(quarantine, name) if name is not None else None
