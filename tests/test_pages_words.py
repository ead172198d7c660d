"""The texts of the pages: every one in both languages, and Chinese words for every reason that the door gives."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator

import pytest
import yaml

from orchestration.door.reasons import reason_for
from orchestration.home.paths import CHECKOUT
from orchestration.sources.asterisk.rejects import FIELDS
from schemas import FEEDS
from schemas.contract import ROW_CHECKS

REPORTS = CHECKOUT / "reports"
WORDS = REPORTS / "components" / "words"
PAIR = re.compile(r"^\s*(\w+): \['((?:[^'\\]|\\.)*)', '((?:[^'\\]|\\.)*)'\]", re.M)
CHINESE = "[\u4e00-\u9fff]"
NAME = re.compile(r"^[a-z]+(_[a-z0-9]+)*$")


def _pairs(name: str) -> dict[str, tuple[str, str]]:
    """The entries of a dictionary of the pages: key -> its two texts."""
    return {key: (first, second) for key, first, second in PAIR.findall((WORDS / name).read_text(encoding="utf-8"))}


def _code() -> str:
    """The code of all pages and components, the lists of words left out."""
    paths = [path for room in ("pages", "components") for path in (REPORTS / room).rglob("*") if path.is_file()]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if not path.stem.lower().endswith("words"))


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


def test_no_word_is_dead() -> None:
    pages = _code()
    # A word is asked for by its name, by a title of a page, or by a beginning and the value of a row.
    named = set(re.findall(r"(?<!key: )'(\w+)'|title=\"(\w+)\"", pages))
    begun = set(re.findall(r"[`'](\w+_)(?:\$\{|')", pages))
    asked = {name for pair in named for name in pair if name}
    assert [key for key in _pairs("words.js") if key not in asked and not key.startswith(tuple(begun))] == []


def test_every_column_in_words_is_one_that_is_published() -> None:
    published = "".join(path.read_text(encoding="utf-8") for path in (REPORTS / "sources").glob("*.sql"))
    for path in (CHECKOUT / "dbt_project" / "models").rglob("*.yml"):
        published += path.read_text(encoding="utf-8")
    text = (WORDS / "columnWords.js").read_text(encoding="utf-8").partition("export const valueWords")[0]
    assert [key for key, _, _ in PAIR.findall(text) if not re.search(rf"\b{key}\b", published)] == []


@pytest.mark.parametrize(
    ("column", "beginning"),
    [
        ("kpi_group", "group_"),
        ("unit", "unit_"),
        ("cadence", "cadence_"),
        ("control_stage", "stage_"),
        ("reference_kind", "reference_"),
    ],
)
def test_every_value_that_the_catalogue_gives_a_page_has_its_word(column: str, beginning: str) -> None:
    with (CHECKOUT / "dbt_project" / "seeds" / "catalogue" / "kpis.csv").open(encoding="utf-8", newline="") as file:
        values = {value for row in csv.DictReader(file) for value in row[column].split("|") if value}
    assert len(values) > 2
    assert sorted(values - {key.removeprefix(beginning) for key in _pairs("words.js")}) == []


@pytest.mark.parametrize(
    ("table", "column", "beginning"),
    [
        ("fct_assessment", "state", "assess_state_"),
        ("fct_assessment", "reason", "assess_reason_"),
        ("fct_assessment_line", "kind", "assess_line_"),
        ("fct_assessment_line", "note", "assess_note_"),
        ("fct_assessment_line", "appeal_state", "assess_appeal_"),
        ("fct_assessment_version", "restated_reason", "assess_restated_"),
    ],
)
def test_every_word_of_an_assessment_is_said_in_both_languages(table: str, column: str, beginning: str) -> None:
    models = CHECKOUT / "dbt_project" / "models" / "scorecard"
    (model,) = yaml.safe_load((models / f"{table}.yml").read_text(encoding="utf-8"))["models"]
    (described,) = [one for one in model["columns"] if one["name"] == column]
    checks = [one["expression"] for one in described.get("constraints", ()) if "expression" in one]
    # Where no constraint lists them, the description does: names of several words, and these of one.
    listed = re.findall(
        r"\b[a-z]+(?:_[a-z]+)+\b|\b(?:waiting|revoked|cap|incident|floor|ceiling)\b", described["description"]
    )
    values = [value for check in checks for value in re.findall(r"'(\w+)'", check)] or listed
    assert len(values) > 2
    assert [value for value in values if beginning + value not in _pairs("words.js")] == []


def test_every_reason_of_a_restatement_is_said_in_both_languages() -> None:
    model = CHECKOUT / "dbt_project" / "models" / "scorecard" / "fct_restatement.yml"
    (values,) = re.findall(r"restated_reason in \((.*)\)", model.read_text(encoding="utf-8"))
    reasons = {f"because_{reason}" for reason in re.findall(r"'(\w+)'", values)}
    assert len(reasons) == 11
    assert reasons == {key for key in _pairs("words.js") if key.startswith("because_")}


def test_every_reason_of_the_door_is_said_in_chinese() -> None:
    checks = {*FIELDS, *_of_the_contract(), *_of_broken_files()}
    assert {
        "missing_value",
        "unknown_value",
        "ends_before_start",
        "damaged_archive",
        "nul_byte",
        "broken_json",
        "unmapped_value",
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
    for path in [path for room in ("readers", "sources", "door", "landing") for path in door.glob(f"{room}/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _MAKERS:
                yield from next(filter(None, map(_names_in, node.args)), [])
            elif isinstance(node, ast.AnnAssign) and getattr(node.annotation, "id", "") == "Finding":
                assert isinstance(node.value, ast.Tuple)
                yield from _names_in(node.value.elts[0])
            elif isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == _WHY:
                told = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
                yield from [name for one in told if isinstance(one, ast.Tuple) for name in _names_in(one.elts[0])]


_MAKERS = {"FileProblem", "Reject", "BadLine", "told_columns"}
_WHY = "tuple[str, str, Details]"
"""What a function that says why returns: the check, the way in which it is said, and the details."""


def _names_in(part: ast.AST) -> list[str]:
    constants = [node.value for node in ast.walk(part) if isinstance(node, ast.Constant)]
    return [text for text in constants if isinstance(text, str) and NAME.match(text)]
