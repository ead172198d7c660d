"""Whatever a step is made from and changes: the step and those after it are made again, the others stay."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.home.made_of import Step
from orchestration.home.paths import CHECKOUT, Home
from orchestration.run.run import run
from orchestration.site.site_state import SiteState, first_stale
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.publish import publish
from tests.support.copied import copy_folder
from tests.test_publish_file import build_warehouse

FOLDERS = {
    "orchestration.warehouse.build_state.PROJECT": "dbt_project",
    "orchestration.warehouse.build_state.CODE": "orchestration/centre",
    "orchestration.warehouse.build_state.POLICY_CODE": "orchestration/policy",
    "orchestration.warehouse.file_state.CODE": "orchestration/warehouse",
    "orchestration.site.site_state.CODE": "orchestration/site",
    "orchestration.site.site_state.QUERIES": "reports/sources",
    "orchestration.site.site_state.REPORTS": "reports",
}


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all code, of which the steps are made."""
    copy = tmp_path / "code"
    for variable, folder in FOLDERS.items():
        copy_folder(CHECKOUT / folder, copy / folder)
        monkeypatch.setattr(variable, copy / folder)
    return copy


@pytest.fixture
def home(tmp_path: Path, code: Path) -> Home:
    """A home that is built, published and has pages."""
    home = Home(tmp_path / "home")
    home.create_folders()
    home.centre_file.write_text("name: X\ntime_zone: UTC\nsources: []\n")
    build_warehouse(home, value=1)
    publish(home)
    for name in ("index.html", "data/manifest.json", "data/table/1.json"):
        (home.site / name).parent.mkdir(parents=True, exist_ok=True)
        (home.site / name).write_text("{}")
    SiteState(home).remember()
    return home


def append(*names: str) -> Callable[[Home, Path], None]:
    """Change a file, first of the home and else of the code."""

    def change(home: Home, code: Path) -> None:
        for name in names:
            path = home.root / name if (home.root / name).exists() else code / name
            path.write_bytes(path.read_bytes() + b"\n")

    return change


def cut(name: str) -> Callable[[Home, Path], None]:
    """Cut a file of the home."""

    def change(home: Home, code: Path) -> None:
        (home.root / name).write_bytes((home.root / name).read_bytes()[:1])

    return change


def new_record(home: Home, code: Path) -> None:
    (home.ledger / "desk" / "2026-01-05").mkdir(parents=True)
    (home.ledger / "desk" / "2026-01-05" / "messages.csv.json").write_text("{}")


CHANGES: dict[str, tuple[str, Callable[[Home, Path], None]]] = {
    "a ledger record": ("build", new_record),
    "the centre's settings": ("build", append("centre.yaml")),
    "a policy where there was none": ("build", lambda home, code: home.policy_file.touch()),
    "what writes the policy for dbt": ("build", append("orchestration/policy/tables.py")),
    "a model": ("build", append("dbt_project/models/scorecard/v_scorecard.sql")),
    "a row of the catalogue": ("build", append("dbt_project/seeds/catalogue/kpis.csv")),
    "what writes settings for dbt": ("build", append("orchestration/centre/tables.py")),
    "the built file": ("build", append("warehouse/scorehouse.duckdb")),
    "a build cut off": ("build", lambda home, code: BuildState(home).forget()),
    "a damaged record of the build": ("build", cut("state/made_of/build.json")),
    "the publisher of the file": ("file", append("orchestration/warehouse/comments.py")),
    "the published file": ("file", append("published/scorehouse.duckdb")),
    "no published file": ("file", lambda home, code: home.published_file.unlink()),
    "a query of the pages": ("site", append("reports/sources/scope_values.sql")),
    "the writer of the pages' files": ("site", append("orchestration/site/records/drill.py")),
    "a rule of what readers see": ("site", append("orchestration/site/audiences/hidden.sql")),
    "a page": ("site", append("reports/pages/index.md")),
    "a file of the site": ("site", append("site/data/table/1.json")),
    "a file of the site that is gone": ("site", lambda home, code: (home.site / "index.html").unlink()),
    "the manifest": ("site", cut("site/data/manifest.json")),
}


def test_what_has_not_changed_is_not_made_again(home: Home) -> None:
    assert first_stale(home) is None


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_its_step_made_again_and_none_before_it(home: Home, code: Path, name: str) -> None:
    first, change = CHANGES[name]
    change(home, code)
    assert first_stale(home) == first
    assert first_stale(home, site=False) == (None if first == "site" else first)


def test_another_now_has_the_build_made_again(home: Home) -> None:
    assert first_stale(home, datetime(2026, 1, 5, tzinfo=UTC)) == "build"


def test_a_new_build_is_published_and_shown_and_a_new_file_is_not_built(home: Home) -> None:
    build_warehouse(home, value=2)
    assert first_stale(home) == "file"
    publish(home)
    assert first_stale(home) == "site"
    SiteState(home).remember()
    assert first_stale(home) is None


def test_a_step_names_what_has_changed(tmp_path: Path) -> None:
    step = Step(tmp_path / "step.json")
    assert step.changed({"a": "1", "b": None}) == ["a", "b"]
    step.remember({"a": "1", "b": None}, left="x")
    assert (step.changed({"a": "1", "b": None}), step.is_as_left("x"), step.is_as_left("y")) == ([], True, False)
    assert step.changed({"a": "2", "c": "3"}) == ["a", "b", "c"]
    step.forget()
    assert not step.is_current({"a": "1", "b": None}, "x")


@pytest.mark.slow
def test_a_changed_query_writes_the_pages_again_and_builds_nothing(
    sample_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = shutil.copytree(CHECKOUT / "reports" / "sources", tmp_path / "sources")
    assert not run(sample_home).is_new
    with (queries / "scope_values.sql").open("a") as file:
        file.write("-- told otherwise\n")
    monkeypatch.setattr("orchestration.site.site_state.QUERIES", queries)
    built, published = sample_home.built_file.stat(), sample_home.published_file.stat()
    result = run(sample_home)
    assert (result.is_new, result.first, result.files) == (True, "site", 0)
    assert (sample_home.built_file.stat(), sample_home.published_file.stat()) == (built, published)
    assert not run(sample_home).is_new
    monkeypatch.undo()
    assert run(sample_home).first == "site"
