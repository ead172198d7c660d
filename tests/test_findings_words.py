"""What is said of files and records: one file has the words of both languages, and findings are told by code alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from orchestration.home.paths import CHECKOUT
from orchestration.landing import remarks
from orchestration.readers.bad_lines import NUL_FOUND, TOO_LONG, TORN
from orchestration.readers.findings import FileProblem, Reject, reject_columns, reject_frame, told_columns
from schemas import words_made
from schemas.words import PLAIN, all_words, filled, parameters, texts_of

CHECKS = all_words()["checks"]
CHINESE = re.compile("[\u4e00-\u9fff]")
OF_OLD_VERSIONS = {"damaged_compression", "unterminated_line"}
"""Codes that only homes of an older version have findings of; these brought their English with them."""
IN_CHINESE_ONLY = {"duplicate_column": {"columns"}, "encoding": {"byte", "position", "mark"}}
"""Details that English leaves to the value of the finding, or says in another form."""
MAKERS = {"Reject", "FileProblem", "BadLine", "told_columns"}
"""What makes a finding."""


def modules() -> Iterator[Path]:
    for room in ("readers", "sources", "door", "landing"):
        yield from (CHECKOUT / "orchestration" / room).rglob("*.py")


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_is_said_in_both_languages(check: str) -> None:
    message, remedy = CHECKS[check]["zh"]
    assert CHINESE.search(message)
    assert CHINESE.search(remedy)
    assert not parameters([message, remedy]), "what an older version found has nothing to fill them with"
    ways = CHECKS[check]["ways"]
    assert (not ways) == (check in OF_OLD_VERSIONS)
    for way in ways:
        english = texts_of(check, way)
        assert all(english)
        assert not CHINESE.search("".join(english))
        added = parameters([ways[way].get("zh", "")])
        assert added <= parameters(english) | IN_CHINESE_ONLY.get(check, set())


@pytest.mark.parametrize("code", remarks.CODES)
def test_every_remark_is_said_in_both_languages(code: str) -> None:
    one = all_words()["remarks"][code]
    assert one["en"]
    assert CHINESE.search(one["zh"])
    assert parameters([one["zh"]]) <= parameters([one["en"]])


def test_values_are_named_by_lists_that_there_are() -> None:
    asked = re.findall(r"{\w+\|(\w+)}", (CHECKOUT / "schemas" / "words.json").read_text(encoding="utf-8"))
    assert set(asked) == set(all_words()["names"])


def test_the_module_of_the_pages_is_made_of_the_words() -> None:
    remedy = "make it anew: python -m schemas.words_made"
    assert words_made.MODULE.read_text(encoding="utf-8") == words_made.module(), remedy


@dataclass(frozen=True)
class Made:
    """A finding that a call makes, as far as it says so: names of what fills its words, None where that is made before.

    One of `told_columns` has its details beside it.
    """

    check: str
    way: str
    details: set[str] | None
    known: set[str] | None


def test_every_finding_is_made_by_a_code_whose_words_it_fills_in_both_languages() -> None:
    found = [one for path in modules() for one in _findings(ast.parse(path.read_text(encoding="utf-8")))]
    ways = {(one.check, one.way) for one in found}
    assert {("missing_column", "contract_alike"), ("encoding", "half"), ("no_records", PLAIN)} <= ways
    assert sorted((check, way) for check, way in ways if way not in CHECKS[check]["ways"]) == []
    for one in found:
        words = CHECKS[one.check]["ways"][one.way]
        if one.details is not None and one.known is not None:
            assert parameters(words["en"]) <= one.details | one.known | {"field"}, one
        if one.details is not None:
            assert parameters([words.get("zh", "")]) <= one.details, one


def _findings(tree: ast.AST) -> Iterator[Made]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in MAKERS:
            continue
        texts = [{one for one in map(_text, ast.walk(each)) if one} for each in node.args]
        at = next((at for at, found in enumerate(texts) if found & CHECKS.keys()), None)
        given = {one.arg: one.value for one in node.keywords}
        if at is None or None in given or "way" in given:
            continue
        # Beside the check stand its value, where the finding has one, and its way.
        of_record = getattr(node.func, "id", "") in {"Reject", "BadLine"}
        ways = {PLAIN} if len(node.args) <= at + 1 + of_record else texts[at + 1 + of_record]
        details, known = (_names(given.get(name)) for name in ("details", "known"))
        if getattr(node.func, "id", "") == "told_columns":
            details, known = None, {name for name in given if name}
        if getattr(node.func, "id", "") == "BadLine":
            details = _names(node.args[-1])
        yield from (Made(check, way, details, known) for check in texts[at] & CHECKS.keys() for way in ways)


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _names(node: ast.AST | None) -> set[str] | None:
    if node is None:
        return set()
    return {text for key in node.keys if key and (text := _text(key))} if isinstance(node, ast.Dict) else None


def test_what_is_wrong_with_a_line_is_said_of_a_header_too() -> None:
    of_lines = {"encoding", *(finding[0] for finding in (NUL_FOUND, TOO_LONG, TORN))}
    assert {check for check in CHECKS if "header" in CHECKS[check]["ways"]} == of_lines
    for check in of_lines:
        first = next(iter(CHECKS[check]["ways"]))
        message, remedy = texts_of(check, first)
        assert texts_of(check, "header") == (f"Header: {message}", remedy)


def test_no_finding_brings_words_of_its_own() -> None:
    """A text of several words that ends as a sentence does stands in words.json, or belongs to no finding."""
    found = {
        f"{path.relative_to(CHECKOUT / 'orchestration')}: {text}"
        for path in modules()
        if MAKERS & set(re.findall(r"\w+", path.read_text(encoding="utf-8"))) or path.stem in ("remarks", "reasons")
        for text in _sentences(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert sorted(found) == []


def _sentences(tree: ast.AST) -> Iterator[str]:
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = _text(node)
        if text and id(node) not in documentation and len(text.split()) > 2 and re.search(r"[.?!)] ?$", text):
            yield text


def test_a_name_from_a_file_stays_text_whatever_signs_it_has() -> None:
    assert filled("Files ending in {ending}.", {"ending": ".{field}"}) == "Files ending in .{field}."
    problem = FileProblem("unknown_format", details={"ending": ".{x}"})
    assert str(problem).startswith("Files ending in .{x} can't be read. Drop .csv")


def test_words_are_filled_row_by_row_where_their_values_are_columns() -> None:
    rows = pl.DataFrame({"record_number": [1, 2], "line_number": [2, 3], "fields": ["3", "7"]})
    told = rows.select(reject_columns(told_columns("short_line", found=pl.col("fields"), wanted=9)))
    assert told["message"].to_list() == ["The line has 3 fields, the header 9.", "The line has 7 fields, the header 9."]
    same = reject_frame([Reject(1, 2, None, "short_line", None, details={"found": 3, "wanted": 9})])
    assert told.head(1).drop("details").equals(same.drop("details"))
