"""The texts of the pages: every one in both languages, and Chinese words for every reason that the door gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from orchestration.landing.reasons import reason_for
from orchestration.settings import CHECKOUT
from orchestration.sources.asterisk_rejects import NOTICES
from schemas import FEEDS
from schemas.contract import ROW_CHECKS

WORDS = CHECKOUT / "reports" / "components" / "words"
PAIR = re.compile(r"^\s*(\w+): \['((?:[^'\\]|\\.)*)', '((?:[^'\\]|\\.)*)'\]", re.M)
CHINESE = "[\u4e00-\u9fff]"
NAME = re.compile(r"^[a-z]+(_[a-z0-9]+)*$")


def _pairs(name: str) -> dict[str, tuple[str, str]]:
    """The entries of a dictionary of the pages: key -> its two texts."""
    return {key: (first, second) for key, first, second in PAIR.findall((WORDS / name).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", ["words.js", "columnWords.js"])
def test_every_text_stands_in_both_languages(name: str) -> None:
    pairs = _pairs(name)
    assert len(pairs) > 40
    assert [key for key, (english, chinese) in pairs.items() if not english or not chinese] == []
    # Marks and abbreviations are the same in both.
    same = {key for key, (english, chinese) in pairs.items() if english == chinese}
    assert same <= {"save_csv"}


@pytest.mark.parametrize("name", ["words.js", "columnWords.js", "reasonWords.js"])
def test_chinese_texts_have_chinese_punctuation(name: str) -> None:
    beside = re.compile(rf"{CHINESE}[,;:?!()]|[,;:?!()]{CHINESE}")
    texts = [text for pair in _pairs(name).values() for text in pair]
    assert [text for text in texts if beside.search(text)] == []


def test_every_reason_of_the_door_is_said_in_chinese() -> None:
    checks = {*NOTICES, *_of_the_contract(), *_of_broken_files()}
    assert {
        "missing_value",
        "unknown_value",
        "ends_before_start",
        "damaged_archive",
        "nul_byte",
        "broken_json",
    } <= checks
    said = _pairs("reasonWords.js")
    assert sorted(check for check in checks if check not in said) == []
    assert [check for check, pair in said.items() if not all(re.search(CHINESE, text) for text in pair)] == []


def _of_the_contract() -> Iterator[str]:
    """The names of all checks of all columns, asked for as Pandera calls them."""
    failures = [
        "not_nullable",
        "impossible_time",
        "after_landing_day",
        "isin(['a'])",
        "greater_than(0)",
        "less_than(9)",
        "format",
        *ROW_CHECKS,
    ]
    for feed in FEEDS.values():
        for column in feed.model.to_schema().columns:
            for failure in failures:
                yield reason_for(feed, column, failure).check


def _of_broken_files() -> Iterator[str]:
    """The names of checks that stand in the readers: given to what makes a finding, or first of a constant one."""
    door = CHECKOUT / "orchestration"
    for path in [*door.glob("landing/*.py"), *door.glob("sources/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"FileProblem", "Reject", "BadLine"}:
                yield from next(filter(None, map(_names_in, node.args)), [])
            elif isinstance(node, ast.AnnAssign) and getattr(node.annotation, "id", "") == "Finding":
                assert isinstance(node.value, ast.Tuple)
                yield from _names_in(node.value.elts[0])
            elif isinstance(node, ast.Dict):
                values = [v for k, v in zip(node.keys, node.values, strict=True) if ast.dump(k or node) == _CHECK_NAME]
                yield from [name for value in values for name in _names_in(value)]


_CHECK_NAME = ast.dump(ast.Constant("check_name"))


def _names_in(part: ast.AST) -> list[str]:
    constants = [node.value for node in ast.walk(part) if isinstance(node, ast.Constant)]
    return [text for text in constants if isinstance(text, str) and NAME.match(text)]
