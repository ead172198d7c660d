"""Adapter for foreign CSV and JSON Lines files, by the mapping of their source in centre.yaml."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from orchestration.readers.bytes import plain_name
from orchestration.readers.columns_seen import ColumnsSeen
from orchestration.readers.csv import csv_records
from orchestration.readers.csv_header import numbered
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.readers.headers import (
    other_delimiter,
    refuse_no_header,
    refuse_repeats,
    refuse_too_many,
    resembling,
)
from orchestration.readers.json_file import is_no_jsonl, json_records
from orchestration.readers.json_objects import Keys
from orchestration.readers.jsonl import jsonl_records
from orchestration.readers.records import Records
from orchestration.readers.workbook import ENDINGS, workbook_records
from orchestration.sources.adapter import Batch
from orchestration.sources.files.expressions import Around
from orchestration.sources.files.keys import KeysSeen
from orchestration.sources.files.lookups import lookup_fingerprint, lookup_tables
from orchestration.sources.files.mapping import FileRule
from orchestration.sources.files.rows import rows_of
from orchestration.sources.files.settings import FilesSource, MappedSource

VERSION = "8"
NO_ROW, SKIPPED, LOOKED_UP = "no_feed", "skipped", "looked_up"
"""Kinds under which is counted what gives no rows: records that meet no feed's `where`, those that meet `skip_where`,
and a file, as one, that others look up in."""


class MappedFiles:
    """Reads foreign files by mapping, dropped ones or those that are pulled."""

    def __init__(self, kind: str = "files", settings: type[MappedSource] = FilesSource) -> None:
        self.kind = kind
        self.settings = settings

    def fingerprint(self, file: LandingFile, source: MappedSource) -> str:
        """Return what besides the bytes decides the rows: the rule that fits the file. Raises FileProblem."""
        if _is_looked_up_only(file, source):
            return f"{self.kind}:{VERSION}:{LOOKED_UP}"
        fits = _rule_for(file, source)
        rule = hashlib.sha256(fits.model_dump_json(exclude_defaults=True).encode()).hexdigest()[:12]
        read = f"{self.kind}:{VERSION}:{rule}:{source.text_encoding}:{list(source.empty)}"
        lookups = fits.lookups()
        return f"{read}:{lookup_fingerprint(file, lookups)}" if lookups else read

    def read(self, file: LandingFile, source: MappedSource) -> Iterator[Batch]:
        """Yield rows of every feed that the file's rule names. Raises FileProblem."""
        if _is_looked_up_only(file, source):
            # It is read with the files that look up in it; what is wrong with it is told of these.
            yield Batch({}, 1, reject_frame(), {LOOKED_UP: 1})
            return
        rule = _rule_for(file, source)
        encoding = rule.encoding or source.text_encoding
        columns = rule.columns_read()
        optional = rule.optional_columns()
        keys = KeysSeen(rule.files, [*(name for name in columns if name not in optional), *rule.each], len(rule.each))
        tables = lookup_tables(file, rule.lookups(), source.text_encoding, is_pulled=source.is_pulled)
        around = Around(source.time_zone or "UTC", f"{file.day}/{file.name}", tables)
        form = _format_of(file, rule)
        is_json = form in ("json", "jsonl")
        seen = ColumnsSeen()

        def choose(found: list[str]) -> list[str]:
            chosen = _present(rule, columns, found)
            seen.header(numbered(found), columns)
            return chosen

        def on_block(present: set[str], of_block: Keys) -> None:
            keys.add(present, of_block)
            seen.keys(present, of_block, columns)

        match form:
            case "jsonl":
                records = jsonl_records(file, encoding, rule.object_form(columns, rule.values_read()), on_block)
            case "json":
                objects = rule.object_form(columns, rule.values_read())
                records = json_records(file, encoding, objects, rule.path(), on_block)
            case "workbook":
                records = workbook_records(file, rule.sheet_form(columns), choose)
            case _:
                records = csv_records(file, rule.csv_form(encoding, columns), choose)
        count = 0
        for read in records:
            count += read.frame.height
            batch = _batch(rule, rule.empty or source.empty, around, read)
            yield replace(batch, columns=seen.of(read.frame, columns))
        if is_json and (absent := keys.absent(count)):
            yield Batch({}, 0, reject_frame(absent))


def _is_looked_up_only(file: LandingFile, source: MappedSource) -> bool:
    name = plain_name(file.name)
    return source.mapping.rule_for(name) is None and source.mapping.is_looked_up(name)


def _rule_for(file: LandingFile, source: MappedSource) -> FileRule:
    rule = source.mapping.rule_for(plain_name(file.name))
    if rule is None:
        patterns = [rule.files for rule in source.mapping.root]
        raise FileProblem("no_rule", details={"patterns": patterns}, known={"source": source.name})
    return rule


def _format_of(file: LandingFile, rule: FileRule) -> str:
    if rule.format is not None:
        return rule.format
    name = plain_name(file.name).lower()
    if name.endswith(ENDINGS):
        return "workbook"
    if name.endswith((".jsonl", ".ndjson", ".json")):
        return "json" if rule.records or (name.endswith(".json") and is_no_jsonl(file)) else "jsonl"
    return "csv"


def _present(rule: FileRule, columns: list[str], found: list[str]) -> list[str]:
    refuse_too_many(len(found))
    refuse_repeats(found, columns, "mapping")
    there = set(numbered(found))
    missing = [name for name in columns if name not in there]
    if rule.optional_columns().issuperset(missing):
        return [name for name in columns if name in there]
    sign = other_delimiter(found)
    if sign is not None and sign != rule.delimiter:
        raise FileProblem(
            "wrong_delimiter",
            "mapping",
            line_number=1,
            details={"found": sign, "wanted": rule.delimiter},
            # As YAML wants it: a tab stands in double quotes only.
            known={"yaml": json.dumps(sign), "rule": rule.files},
        )
    refuse_no_header(found, columns)
    wanted = set(columns)
    strange = [name if name not in wanted else "" for name in found]
    alike = [guess for name in missing if (guess := resembling(name, strange))]
    raise FileProblem(
        "missing_column",
        "mapping_alike" if alike else "mapping",
        line_number=1,
        field=missing[0],
        details={"columns": missing},
        known={"count": len(found), "rule": rule.files, "alike": "; ".join(alike)},
    )


def _batch(rule: FileRule, empty: tuple[str, ...], around: Around, records: Records) -> Batch:
    absent = [name for name in rule.columns_read() if name not in records.frame.columns]
    frame = records.frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    rows = rows_of(rule, empty, around, frame)
    ignored = {NO_ROW: rows.unused, SKIPPED: records.skipped + rows.skipped}
    return Batch(
        rows.feeds,
        records.records_read,
        pl.concat([records.rejects, rows.rejects]),
        {kind: count for kind, count in ignored.items() if count},
    )
