"""What is worth knowing about a file, as a sentence and as its code: both made here, so that they say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import polars as pl

from orchestration.home.ledger import LedgerRecord, Remark
from orchestration.landing.told_twice import ToldTwice
from orchestration.readers.findings import FileProblem
from schemas.words import remark_words

IN_QUARANTINE, REPEATED, TOLD_OTHERWISE = "in_quarantine", "repeated_records", "told_otherwise"
SAME_CONTENT, ROWS_LOST, RECORD_LOST = "same_content", "rows_lost", "record_lost"
CODES = (IN_QUARANTINE, REPEATED, TOLD_OTHERWISE, SAME_CONTENT, ROWS_LOST, RECORD_LOST)
"""Codes of remarks that are no check."""


@dataclass(frozen=True)
class Told:
    """The sentences about a file with the remark that each of them is."""

    sentences: tuple[tuple[str, Remark], ...]

    @property
    def message(self) -> str | None:
        """Return the sentences as one text, None if there are none."""
        return " ".join(sentence for sentence, _ in self.sentences) or None

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return the sentences as codes."""
        return tuple(remark for _, remark in self.sentences)


def told_of_file(
    rejects: pl.DataFrame,
    problem: FileProblem | None,
    read: int,
    quarantined: int,
    duplicate: int,
    twice: ToldTwice | None = None,
) -> Told:
    """Say what broke a file off or what else holds for all of it, the commonest finding, and what is told twice."""
    sentences = list(_about_file(rejects) if problem is None else _problem(problem))
    if quarantined:
        sentences.append(_in_quarantine(rejects, read, quarantined))
    if duplicate:
        sentences.append(_remark(REPEATED, {"records": duplicate}))
    if twice is not None:
        sentences.append(_remark(TOLD_OTHERWISE, {"rows": twice.rows, "first_line": twice.first_line}))
    return Told(tuple(sentences))


def same_content(twin: LedgerRecord) -> Told:
    """Say of which file another one has the same bytes."""
    return Told((_remark(SAME_CONTENT, {"file": f"{twin.landing_day}/{twin.file_name}"}),))


def rows_lost(place: str, fault: str) -> Told:
    """Say that rows of a file are gone which landing/ can't give again."""
    return Told((_remark(ROWS_LOST, {"place": place}, fault=fault),))


def record_lost(place: str) -> Told:
    """Say that the ledger record of a file is gone which landing/ has no more."""
    return Told((_remark(RECORD_LOST, {"place": place}),))


def _remark(code: str, details: dict[str, Any], **known: object) -> tuple[str, Remark]:
    """Return the sentence of a remark with its code; `known` fills the sentence, and goes no further."""
    return remark_words(code, **details, **known), Remark(code, details)


def _problem(problem: FileProblem) -> Iterator[tuple[str, Remark]]:
    yield str(problem), Remark(problem.check, dict(problem.details or {}))


def _about_file(rejects: pl.DataFrame) -> Iterator[tuple[str, Remark]]:
    about = rejects.filter(pl.col("record_number").is_null()).unique("message", keep="first", maintain_order=True)
    for check, message, details in about.select("check_name", "message", "details").iter_rows():
        yield message, Remark(check, _details(details))


def _in_quarantine(rejects: pl.DataFrame, read: int, quarantined: int) -> tuple[str, Remark]:
    of_records = rejects.filter(pl.col("record_number").is_not_null())
    counted = of_records.group_by("message").len().sort("len", "message", descending=[True, False])
    commonest = of_records.filter(pl.col("message") == counted["message"].item(0))
    check, message, details = commonest.select("check_name", "message", "details").row(0)
    first_line = cast(int | None, commonest["line_number"].min())
    told = {
        "quarantined": quarantined,
        "read": read,
        "first_line": first_line,
        "check_name": check,
        "details": _details(details),
    }
    return _remark(IN_QUARANTINE, told, reason=message)


def _details(text: str | None) -> dict[str, Any]:
    return dict(json.loads(text)) if text else {}
