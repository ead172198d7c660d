"""A policy in a home: one that has none goes on as before, a change is published, and no value of a KPI is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from orchestration.policy import PolicyError
from orchestration.run.run import run
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.publish import publish
from tests.support.policies import EP
from tests.support.publishing_home import PublishingHome, march_home

VERSIONS = "select version, is_complete, missing from scorecard.dim_policy_version order by version"


@pytest.fixture
def home(tmp_path: Path) -> PublishingHome:
    return march_home(tmp_path)


def published(home: PublishingHome, text: str | None) -> list[tuple[object, ...]]:
    """Give the home a policy, build and publish, and return the versions that its file tells."""
    if text is None:
        home.home.policy_file.unlink(missing_ok=True)
    else:
        home.home.policy_file.write_text(text, encoding="utf-8")
    home.drop_and_build({})
    publish(home.home)
    return home.ask(VERSIONS)


@pytest.mark.slow
def test_a_home_of_the_version_before_has_no_policy_and_is_published_as_it_was(home: PublishingHome) -> None:
    values = home.ask("select * from scorecard.fct_kpi_value order by all")
    for folder in home.home.raw.glob("policy_*"):
        shutil.rmtree(folder)
    assert published(home, None) == []
    assert home.ask("select * from scorecard.fct_kpi_value order by all") == values
    assert home.ask("select count(*) from scorecard.fct_restatement") == [(0,)]


@pytest.mark.slow
def test_a_changed_policy_is_published_and_restates_no_value(home: PublishingHome) -> None:
    BuildState(home.home).remember(None)
    assert BuildState(home.home).is_current(None)
    home.home.policy_file.write_text(EP, encoding="utf-8")
    assert not BuildState(home.home).is_current(None)
    assert published(home, EP) == [("2026-1", True, None)]
    assert published(home, EP.replace("      cap: 5\n", "")) == [("2026-1", False, "complaints.cap")]
    assert home.ask("select text_en from scorecard.dim_policy_word") == [
        ("Incomplete: nothing is computed by this version. It lacks complaints.cap.",)
    ]
    assert published(home, None) == []
    assert home.ask("select count(*) from scorecard.fct_restatement") == [(0,)]


def test_a_contradiction_stops_a_run_before_anything_is_taken(tmp_path: Path) -> None:
    root = tmp_path / "home"
    (root / "landing" / "desk" / "2026-03-01").mkdir(parents=True)
    (root / "landing" / "desk" / "2026-03-01" / "staff.csv").write_text("agent_id\n")
    (root / "centre.yaml").write_text("name: X\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    (root / "policy.yaml").write_text(EP.replace("weight: 40", "weight: 39", 1))
    with pytest.raises(PolicyError, match=r"policy.yaml: line 8: .*weights add up to 99"):
        run(Home(root))
    assert not (root / "ledger").exists()
