"""Adapter for files that are in the contract already: `contacts_2026-01.csv`, `messages.jsonl.gz`, `staff.parquet`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import polars as pl

from orchestration.readers.bytes import plain_name
from orchestration.readers.columns_seen import ColumnsSeen
from orchestration.readers.csv import csv_records
from orchestration.readers.csv_header import CsvForm
from orchestration.readers.findings import FileProblem, LandingFile, Reject, reject_frame
from orchestration.readers.headers import (
    MOST_NOTED,
    meant,
    other_delimiter,
    refuse_no_header,
    refuse_repeats,
    refuse_too_many,
    resembling,
)
from orchestration.readers.json_file import json_records
from orchestration.readers.json_objects import Keys, ObjectForm
from orchestration.readers.jsonl import jsonl_records
from orchestration.readers.parquet import parquet_records
from orchestration.readers.records import Records
from orchestration.readers.workbook import SheetForm, workbook_records
from orchestration.sources.adapter import Batch
from orchestration.sources.settings import Source
from schemas import FEEDS
from schemas.contract import Feed, contract_columns, required_headers

VERSION = "2"
WORKBOOKS = ("xlsx", "ods")
FORMATS = ("csv", "jsonl", "json", "parquet", *WORKBOOKS)


@lru_cache(maxsize=2**14)
def feed_of(name: str) -> Feed:
    """Return the feed whose name begins the file's name, the longest if several do. Raises FileProblem."""
    plain = plain_name(name).lower()
    fitting = [feed for feed in FEEDS if re.match(rf"{feed}(?![a-z])", plain)]
    if not fitting:
        raise FileProblem("unknown_feed", details={"feeds": list(FEEDS)}, known={"name": plain_name(name)})
    return FEEDS[max(fitting, key=len)]


def format_of(name: str) -> str:
    """Return csv, jsonl, json, parquet, xlsx or ods by the file's ending. Raises FileProblem."""
    ending = plain_name(name).rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise FileProblem("unknown_format", details={"ending": f".{ending}"})
    return ending


class FeedSource(Source):
    """A source that writes the contract itself; nothing is said of it but what every source may say."""

    kind: Literal["feed"]


class FeedFiles:
    """Reads files in the contract."""

    kind = "feed"
    settings = FeedSource

    def fingerprint(self, file: LandingFile, source: FeedSource) -> str:
        """Return what besides the bytes decides the rows."""
        return f"{self.kind}:{VERSION}:{feed_of(file.name).name}:{format_of(file.name)}:{source.text_encoding}"

    def read(self, file: LandingFile, source: FeedSource) -> Iterator[Batch]:
        """Yield the rows of the file's one feed. Raises FileProblem."""
        feed = feed_of(file.name)
        notes: list[Reject] = []
        seen = ColumnsSeen()
        for records in _records(file, source.text_encoding, feed, notes, seen):
            columns = seen.of(records.frame, contract_columns(feed))
            yield replace(_batch(feed, records, notes), columns=columns)
            notes.clear()


def _records(file: LandingFile, encoding: str, feed: Feed, notes: list[Reject], seen: ColumnsSeen) -> Iterator[Records]:
    headers = contract_columns(feed)

    def choose(found: list[str]) -> list[str]:
        chosen = _chosen_columns(feed, found, notes)
        seen.header(found, headers)
        return chosen

    told: set[str] = set()

    def note_new_keys(present: set[str], keys: Keys) -> None:
        seen.keys(present, keys, headers)
        for name, line in keys().items():
            if name not in headers and name not in told and len(told) < MOST_NOTED:
                told.add(name)
                notes.append(_unknown_key(feed, name, line))

    match format_of(file.name):
        case "csv":
            return csv_records(file, CsvForm(encoding), choose)
        case "jsonl":
            return jsonl_records(file, encoding, ObjectForm(tuple(contract_columns(feed))), note_new_keys)
        case "json":
            return json_records(file, encoding, ObjectForm(tuple(contract_columns(feed))), (), note_new_keys)
        case form if form in WORKBOOKS:
            return workbook_records(file, SheetForm(expected=tuple(required_headers(feed))), choose)
        case _:
            return parquet_records(file, choose)


def _batch(feed: Feed, records: Records, notes: list[Reject]) -> Batch:
    frame = records.frame.rename(contract_columns(feed), strict=False)
    frame = frame.with_columns(pl.lit(0, dtype=pl.Int32).alias("row_in_record"))
    rejects = pl.concat([records.rejects, reject_frame(notes)])
    return Batch({feed.name: frame}, records.records_read, rejects.with_columns(pl.lit(feed.name).alias("feed")))


def _chosen_columns(feed: Feed, found: list[str], notes: list[Reject]) -> list[str]:
    """Return the contract's columns among those found; note the others; refuse a file without the needed ones."""
    headers = contract_columns(feed)
    refuse_too_many(len(found))
    there = set(found)
    missing = [name for name in required_headers(feed) if name not in there]
    if missing:
        raise _missing_columns(feed, missing, found)
    refuse_repeats(found, headers)
    unknown = [place for place, name in enumerate(found, start=1) if name not in headers]
    absent = [header for header in headers if header not in there]
    notes += [_unknown_column(feed, place, meant(found[place - 1], absent)) for place in unknown[:MOST_NOTED]]
    if len(unknown) > MOST_NOTED:
        more, of_feed = {"more": len(unknown) - MOST_NOTED}, {"feed": feed.name}
        notes.append(Reject(None, 1, None, "unknown_column", None, "more", details=more, known=of_feed))
    return [name for name in found if name in headers]


def _unknown_column(feed: Feed, place: int, meant: str | None) -> Reject:
    return Reject(
        None,
        1,
        f"column {place}",
        "unknown_column",
        None,
        "column_meant" if meant else "column",
        details={"column": place},
        known={"feed": feed.name, "meant": meant},
    )


def _unknown_key(feed: Feed, name: str, line: int) -> Reject:
    guess = meant(name, contract_columns(feed))
    return Reject(
        None,
        line,
        None,
        "unknown_column",
        None,
        "key_meant" if guess else "key",
        details={"first_line": line},
        known={"feed": feed.name, "meant": guess},
    )


def _missing_columns(feed: Feed, missing: list[str], found: list[str]) -> FileProblem:
    other = other_delimiter(found)
    if other is not None:
        return FileProblem("wrong_delimiter", "contract", line_number=1, details={"found": other})
    refuse_no_header(found, contract_columns(feed))
    headers = contract_columns(feed)
    unknown = [name if name not in headers else "" for name in found]
    alike = [guess for name in missing if (guess := resembling(name, unknown))]
    return FileProblem(
        "missing_column",
        "contract_alike" if alike else "contract",
        line_number=1,
        field=missing[0],
        details={"columns": missing},
        known={"feed": feed.name, "needed": required_headers(feed), "alike": "; ".join(alike)},
    )
