"""docs/coverage.md: everything that the practice asks for has a line, and every name in it stands for something."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from orchestration.centre import Centre
from orchestration.policy.versions import SECTIONS
from schemas import FEEDS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "coverage.md"
SEEDS = ROOT / "dbt_project" / "seeds"
LINE = re.compile(r"^\| (?P<id>S\d-\d\d[a-z]?) \|(?P<asked>[^|]*)\|(?P<zh>[^|]*)\|(?P<ends>[^|]*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(?P<kind>[a-z]+):(?P<name>[^`]+)`")

LAST_IDS = {"S0": (1, 32), "S1": (1, 46), "S2": (1, 25), "S3": (30, 41), "S4": (1, 39)}
"""The numbers that each document's rows have: S3's first 29 are its KPIs and their notes, which the catalogue holds."""
BETWEEN = ["S4-33a"]


def asked_for() -> list[str]:
    """All 155 ids."""
    numbered = [f"{name}-{number:02d}" for name, (first, last) in LAST_IDS.items() for number in range(first, last + 1)]
    return [*numbered, *BETWEEN]


def lines() -> dict[str, str]:
    return {found["id"]: found["ends"] for found in LINE.finditer(PAGE.read_text(encoding="utf-8"))}


def named() -> list[tuple[str, str, str]]:
    """Id, kind and name of everything that the page names."""
    return [(key, found["kind"], found["name"]) for key, ends in lines().items() for found in NAMED.finditer(ends)]


def is_feed(name: str) -> bool:
    feed, _, column = name.partition(".")
    return feed in FEEDS and (not column or column in FEEDS[feed].model.to_schema().columns)


@cache
def kpis() -> frozenset[str]:
    return frozenset(row["kpi_id"] for row in rows_of(SEEDS / "catalogue" / "kpis.csv"))


def is_code(name: str) -> bool:
    code_list, _, code = name.partition("/")
    own = SEEDS / "governance" / f"{code_list}.csv"
    rows = rows_of(own) if own.exists() else rows_of(SEEDS / "governance" / "small_lists.csv")
    return any(row["code"] == code and row.get("code_list", code_list) == code_list for row in rows)


def is_table(name: str) -> bool:
    table, _, column = name.partition(".")
    return table in columns_of_models() and (not column or column in columns_of_models()[table])


@cache
def columns_of_models() -> dict[str, frozenset[str]]:
    models = [
        model
        for path in (ROOT / "dbt_project" / "models").rglob("*.yml")
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", [])
    ]
    return {model["name"]: frozenset(column["name"] for column in model.get("columns", [])) for model in models}


def is_page(name: str) -> bool:
    pages = ROOT / "reports" / "pages"
    return (pages / f"{name.strip('/') or 'index'}.md").exists() or (pages / name.strip("/") / "index.md").exists()


def is_setting(name: str) -> bool:
    return has_key(Centre, name.split("."))


def is_policy(name: str) -> bool:
    section, *path = name.split(".")
    return section in SECTIONS and (not path or has_key(SECTIONS[section], path))


def has_key(model: type[BaseModel], path: list[str]) -> bool:
    """Whether a path of keys leads through a model, and through the models in its lists and unions."""
    field = next((field for key, field in model.model_fields.items() if (field.alias or key) == path[0]), None)
    if field is None:
        return False
    return len(path) == 1 or any(has_key(inner, path[1:]) for inner in models_in(field.annotation))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def is_notice(name: str) -> bool:
    text = (ROOT / "dbt_project" / "models").rglob("fct_notice.yml")
    return any(f"'{name}'" in path.read_text(encoding="utf-8") for path in text)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STANDS: dict[str, Callable[[str], bool]] = {
    "feed": is_feed,
    "kpi": lambda name: name in kpis(),
    "code": is_code,
    "table": is_table,
    "page": is_page,
    "setting": is_setting,
    "policy": is_policy,
    "notice": is_notice,
}


def test_every_one_of_the_155_ids_has_exactly_one_line() -> None:
    ids = [found["id"] for found in LINE.finditer(PAGE.read_text(encoding="utf-8"))]
    assert sorted(ids) == sorted(asked_for())
    assert len(ids) == 155


def test_a_line_names_something_or_says_why_nothing_is_there() -> None:
    silent = [key for key, ends in lines().items() if not NAMED.search(ends) and len(ends.split()) < 5]
    assert silent == []


@pytest.mark.parametrize(("key", "kind", "name"), named(), ids=lambda value: str(value))
def test_what_a_line_names_stands(key: str, kind: str, name: str) -> None:
    assert STANDS[kind](name), f"{key}: there is no {kind} `{name}`"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("feed", "complaints.colour"),
        ("kpi", "happiness"),
        ("code", "error_codes/XX-99"),
        ("table", "fct_contact.colour"),
        ("page", "/nowhere"),
        ("setting", "thresholds.colour"),
        ("policy", "assessment.colour"),
        ("notice", "birthday"),
    ],
)
def test_a_name_that_stands_for_nothing_is_found(kind: str, name: str) -> None:
    assert not STANDS[kind](name)
