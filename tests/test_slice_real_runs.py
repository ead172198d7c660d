"""Real runs, one of them killed amid dbt's models, publish what a build of everything makes of the same raw parts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.home.paths import HOME_VARIABLE, Home, memory_limit
from orchestration.run import whole_build
from orchestration.run.run import run
from orchestration.run.whole_build import (
    NothingToHoldError,
    built_beside,
    hold_against_whole_build,
    published_differences,
)
from orchestration.warehouse import build_environment
from orchestration.warehouse.differences import Difference
from orchestration.warehouse.slice.state import SliceState
from tests.equality.homes import GrowingHome
from tests.equality.scenario import scenario
from tests.support.compiled import compiled_project, write_tiny_centre

SEED = 1
LITTLE = "24MB"
"""With so much no build comes to its end."""
MODELS_BEFORE_DEATH = 120
"""Of the second build, by when it is amid the facts."""
PATIENCE_SECONDS = 300


def run_killed(home: Home) -> None:
    """Start a run and kill all its processes when dbt has made so many models."""
    log = home.dbt_state / "target" / "dbt.log"
    made = log.read_text(encoding="utf-8").count("OK created")
    command = [str(Path(sys.executable).with_name("scorehouse")), "run", "--no-site"]
    environment = os.environ | {HOME_VARIABLE: str(home.root)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while log.read_text(encoding="utf-8").count("OK created") < made + MODELS_BEFORE_DEATH:
            assert process.poll() is None, "the run came to its end before it could be killed"
            assert time.monotonic() < give_up, "dbt made no models"
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.slow
def test_runs_of_dbt_itself_one_of_them_killed_publish_what_a_whole_build_makes(tmp_path: Path) -> None:
    home = GrowingHome(tmp_path / "grown", compiled_project())
    first, second = scenario(SEED)[:2]
    home.drop(first)
    run(home.home, site=False)
    before = home.home.published_file.stat().st_mtime_ns
    home.drop(second)
    run_killed(home.home)
    assert home.home.published_file.stat().st_mtime_ns == before
    assert run(home.home, site=False, as_of=second.as_of).is_new
    # Each of the builds had another limit of memory.
    log = (home.home.dbt_state / "target" / "dbt.log").read_text(encoding="utf-8")
    assert log.count("Unable to do partial parsing") == 1, "dbt parsed the project anew, though it is the same"
    with built_beside(home.home) as whole:
        assert published_differences(home.home, whole) == []
        with duckdb.connect(str(home.home.published_file)) as published:
            published.execute("use scorecard")
            published.execute(
                "delete from scorecard.fct_rating where rating_id = (select min(rating_id) from scorecard.fct_rating)"
            )
        [told] = published_differences(home.home, whole)
    assert (told.table, told.too_many, told.missing, len(told.dates)) == ("scorecard.fct_rating", 0, 1, 1)


@pytest.mark.slow
def test_a_build_of_some_dates_that_lacks_memory_is_done_again_with_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = GrowingHome(tmp_path / "grown", compiled_project())
    first, second = scenario(SEED)[:2]
    home.drop(first)
    run(home.home, site=False)
    home.drop(second)
    limits, own_limit = [LITTLE], build_environment.build_memory_limit
    given: list[str] = []

    def little_at_first(home: Home) -> str:
        given.append(limits.pop() if limits else own_limit(home))
        return given[-1]

    monkeypatch.setattr(build_environment, "build_memory_limit", little_at_first)
    assert run(home.home, site=False).is_new
    assert SliceState(home.home).is_sliced()
    assert given == [LITTLE, memory_limit()]
    with built_beside(home.home) as whole:
        assert published_differences(home.home, whole) == []


def test_a_home_without_a_build_has_nothing_to_be_held(tmp_path: Path) -> None:
    write_tiny_centre(tmp_path)
    with pytest.raises(NothingToHoldError, match="Remedy: scorehouse run"):
        hold_against_whole_build(Home(tmp_path))


def test_the_audit_tells_each_difference_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tiny_centre(tmp_path)
    found = [Difference("scorecard.fct_rating", missing=2, date_column="contact_date", dates=("2026-03-02",))]
    monkeypatch.setattr(whole_build, "hold_against_whole_build", lambda _: found)
    result = CliRunner().invoke(app, ["audit", "--whole", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert "scorecard.fct_rating: 0 rows too many, 2 missing, contact_date 2026-03-02" in result.output
    found.clear()
    result = CliRunner().invoke(app, ["audit", "--whole", "--home", str(tmp_path)])
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        0,
        "Every published table is what a build of everything makes.",
    )
