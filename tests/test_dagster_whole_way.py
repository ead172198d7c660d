"""Real runs of the whole way: days in one go, a failed step rerun alone, dates built anew with nothing restated."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from dagster import (
    DagsterInstance,
    DagsterRun,
    JobDefinition,
    ReexecutionOptions,
    RunsFilter,
    execute_job,
    reconstructable,
)

from orchestration.defs.range_tags import range_tags
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.run.run import run as run_home
from orchestration.warehouse.dbt_project import ensure_manifest
from orchestration.warehouse.publish import PublicationError, publish
from tests.support.compiled import write_tiny_centre

FIRST, LAST = date(2026, 3, 3), date(2026, 3, 5)
STEPS = ("landing", "dates", "warehouse", "published_file", "report")
CONTACT_DAY = date(2026, 3, 2)


def without_pages() -> JobDefinition:
    """The job of the home that the environment names, as Dagster loads it."""
    from orchestration.definitions import definitions_of

    return definitions_of(Home.from_env()).resolve_job_def("without_pages")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The tiny centre, and a day later one more contact."""
    ensure_manifest()
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    write_tiny_centre(tmp_path)
    later = tmp_path / "landing" / "desk" / LAST.isoformat()
    later.mkdir()
    (later / "contacts.csv").write_text(
        "contact_id,customer_id,channel,direction,started_at,ended_at\n"
        "three,d,web,inbound,2026-03-04T09:00:00Z,2026-03-04T09:05:00Z\n"
    )
    for path in tmp_path.rglob("*.csv"):
        os.utime(path, (1_780_000_000, 1_780_000_000))
    home = Home(tmp_path)
    home.create_folders()
    return home


@pytest.fixture
def instance(home: Home) -> Iterator[DagsterInstance]:
    from orchestration.defs.instance import open_instance

    with open_instance(home) as instance:
        yield instance


def steps(instance: DagsterInstance, run: DagsterRun) -> list[str]:
    """The steps of a run that came to their end, in order, but for checks."""
    return [
        str(event.step_key)
        for entry in instance.all_logs(run.run_id)
        if (event := entry.dagster_event) is not None and event.is_step_success and event.step_key in STEPS
    ]


def values(home: Home) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        return connection.execute("from scorecard.fct_kpi_value order by all").fetchall()


@pytest.mark.slow
def test_days_go_the_whole_way_in_one_run_a_failed_step_is_rerun_alone_and_dates_are_built_anew(
    home: Home, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.defs.assets import publish as publishing

    def fail(_: Home) -> None:
        raise PublicationError("fct_contact: 2 rows to publish, 1 in the copy. Remedy: run again.")

    # Three landing days in one run, as a backfill over them asks for: one build at its end. Publishing fails.
    monkeypatch.setattr(publishing, "publish", fail)
    tags = range_tags(FIRST, LAST)
    job = reconstructable(without_pages)
    with execute_job(job, instance, tags=tags) as failed:
        assert not failed.success
    [run] = instance.get_runs()
    assert steps(instance, run) == ["landing", "warehouse"]
    assert not home.published_file.exists()

    # Rerun from the failure: what was taken and built is not made once more.
    monkeypatch.setattr(publishing, "publish", publish)
    built = home.built_file.stat().st_mtime_ns
    again = ReexecutionOptions.from_failure(run.run_id, instance)
    with execute_job(job, instance, tags=tags, reexecution_options=again) as mended:
        assert mended.success
    [rerun] = [one for one in instance.get_runs() if one.parent_run_id == run.run_id]
    assert steps(instance, rerun) == ["published_file"]
    assert home.built_file.stat().st_mtime_ns == built
    assert rerun.tags["scorehouse/publication"] == "1"
    assert run.tags["scorehouse/landing_days"] == f"{FIRST}..{LAST}"
    assert run.tags["scorehouse/built"] == "everything"

    # Dates built anew: by the same job for whoever asks, and nothing is other than it was.
    before = values(home)
    done = run_home(home, site=False, dates=(CONTACT_DAY, CONTACT_DAY))
    assert "1 of them was asked for" in done.built
    assert (done.files, done.restated) == (0, 0)
    assert values(home) == before
    [asked] = instance.get_runs(RunsFilter(job_name="dates_anew_without_pages"))
    found = {name.removeprefix("scorehouse/"): value for name, value in asked.tags.items() if "scorehouse/" in name}
    assert found == {
        "asked_by": "command_line",
        "command_line": "true",
        "dates": f"{CONTACT_DAY}..{CONTACT_DAY}",
        "built": "slice",
        "publication": found["publication"],
    }
