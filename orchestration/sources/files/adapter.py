"""Adapter for foreign CSV and JSON Lines files, by the mapping of their source in centre.yaml."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from orchestration.readers.bytes import plain_name
from orchestration.readers.csv import CsvForm, csv_records
from orchestration.readers.findings import FileProblem, LandingFile, reject_frame
from orchestration.readers.headers import (
    DELIMITERS,
    other_delimiter,
    refuse_no_header,
    refuse_repeats,
    refuse_too_many,
    resembling,
)
from orchestration.readers.jsonl import jsonl_records
from orchestration.readers.records import Records
from orchestration.sources.adapter import Batch
from orchestration.sources.files.columns import feed_rows
from orchestration.sources.files.keys import KeysSeen
from orchestration.sources.files.mapping import FileRule

if TYPE_CHECKING:
    from orchestration.centre import Centre, Source

VERSION = "2"
NO_ROW = "no_feed"
"""Kind under which records are counted that meet no feed's `where`."""


class MappedFiles:
    """Reads foreign files by mapping."""

    kind = "files"

    def fingerprint(self, file: LandingFile, source: Source) -> str:
        """Return what besides the bytes decides the rows: the rule that fits the file. Raises FileProblem."""
        rule = hashlib.sha256(_rule_for(file, source).model_dump_json().encode()).hexdigest()[:12]
        return f"{self.kind}:{VERSION}:{rule}:{source.encoding or 'utf-8'}"

    def read(self, file: LandingFile, source: Source, centre: Centre) -> Iterator[Batch]:
        """Yield rows of every feed that the file's rule names. Raises FileProblem."""
        rule = _rule_for(file, source)
        encoding = rule.encoding or source.encoding or "utf-8"
        columns = rule.columns_read()
        keys = KeysSeen(rule.files, columns)
        is_json = _format_of(file, rule) == "jsonl"
        if is_json:
            records = jsonl_records(file, encoding, columns, keys.add)
        else:
            form = CsvForm(encoding, rule.delimiter, rule.columns)
            records = csv_records(file, form, lambda found: _present(rule, columns, found))
        for read in records:
            yield _batch(rule, read)
        if is_json and (absent := keys.absent()):
            yield Batch({}, 0, reject_frame(absent))


def _rule_for(file: LandingFile, source: Source) -> FileRule:
    rule = source.mapping.rule_for(plain_name(file.name)) if source.mapping else None
    if rule is None:
        patterns = ", ".join(rule.files for rule in source.mapping.root) if source.mapping else "none"
        raise FileProblem(
            "no_rule",
            f"No rule of the mapping fits the file name (`files`: {patterns}).",
            f"Add a rule for it under `mapping` of source {source.name} in centre.yaml, or remove the file.",
        )
    return rule


def _format_of(file: LandingFile, rule: FileRule) -> str:
    if rule.format is not None:
        return rule.format
    return "jsonl" if plain_name(file.name).lower().endswith((".jsonl", ".ndjson", ".json")) else "csv"


def _present(rule: FileRule, columns: list[str], found: list[str]) -> list[str]:
    refuse_too_many(len(found))
    there = set(found)
    missing = [name for name in columns if name not in there]
    if not missing:
        refuse_repeats(found, columns)
        return columns
    sign = other_delimiter(found)
    if sign is not None and sign != rule.delimiter:
        raise FileProblem(
            "wrong_delimiter",
            f"The header is one column if the delimiter is {DELIMITERS.get(rule.delimiter, rule.delimiter)}; "
            f"it looks like {DELIMITERS[sign]}.",
            # As YAML wants it: a tab stands in double quotes only.
            f"Write `delimiter: {json.dumps(sign)}` in the rule `{rule.files}` of the mapping.",
            line_number=1,
        )
    refuse_no_header(found, columns)
    wanted = set(columns)
    strange = [name if name not in wanted else "" for name in found]
    guesses = [guess for name in missing if (guess := resembling(name, strange))]
    hint = "; ".join([f"there are {len(found)}", *guesses])
    raise FileProblem(
        "missing_column",
        f"The file has no column {', '.join(missing)} ({hint}).",
        f"Correct the rule `{rule.files}` of the mapping, or ask for the column in the export.",
        line_number=1,
        field=missing[0],
    )


def _batch(rule: FileRule, records: Records) -> Batch:
    feeds, rejects = {}, [records.rejects]
    for name, feed_rule in rule.feeds.items():
        rows, found = feed_rows(name, feed_rule, records.frame)
        feeds[name] = rows
        rejects.append(found)
    used = pl.concat([rows["record_number"] for rows in feeds.values()]).unique()
    unused = records.frame.height - len(used)
    return Batch(
        {name: rows for name, rows in feeds.items() if rows.height},
        records.records_read,
        pl.concat(rejects) if rejects else reject_frame(),
        {NO_ROW: unused} if unused else {},
    )
