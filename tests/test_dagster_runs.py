"""Runs in Dagster: what they were for, what is tried again, one writer at a time, and old ones that go."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Timer

import pytest
from dagster import AssetKey, DagsterInstance, DagsterRunStatus, Definitions, RunConfig, RunsFilter
from filelock import FileLock

from orchestration.defs.run_tags import asked_by
from orchestration.home.errors import RunError, ScorehouseError
from orchestration.home.lock import WAITING
from orchestration.home.paths import LOCK_TIMEOUT_VARIABLE
from orchestration.landing import take
from orchestration.site.shell import ShellKilledError
from orchestration.warehouse.dbt_project import ensure_manifest
from orchestration.warehouse.memory import ShortOfMemoryError
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome

DAYS = [date(2026, 1, day) for day in (5, 6, 7, 8)]
LANDING = AssetKey("landing")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LandHome:
    """A contact on each of four days."""
    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    (tmp_path / "centre.yaml").write_text("name: X\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    home = LandHome(tmp_path)
    for day in DAYS:
        home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("c1,", f"c{day.day},"), day=day)
    return home


@pytest.fixture
def defs(home: LandHome) -> Definitions:
    ensure_manifest()
    from orchestration.definitions import definitions_of

    return definitions_of(home.home)


@pytest.fixture
def instance(home: LandHome) -> Iterator[DagsterInstance]:
    from orchestration.defs.instance import open_instance

    with open_instance(home.home) as instance:
        yield instance


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.defs.assets import remedy

    monkeypatch.setattr(remedy, "FIRST_WAIT_SECONDS", 0.01)


def execute(instance: DagsterInstance, defs: Definitions, job: str, first: date, last: date) -> None:
    from orchestration.run.in_dagster import execute_job

    execute_job(instance, defs, job, first, last, RunConfig())


@pytest.mark.parametrize(
    ("tags", "who"),
    [
        ({"scorehouse/command_line": "true"}, "command_line"),
        ({"dagster/sensor_name": "new_files"}, "sensor"),
        ({"dagster/schedule_name": "nightly"}, "schedule"),
        ({"dagster/backfill": "abc"}, "backfill"),
        ({}, "person"),
    ],
)
def test_a_run_says_who_asked_for_it(tags: dict[str, str], who: str) -> None:
    assert asked_by(tags) == who


def test_old_runs_go_with_all_they_wrote_and_their_landing_days_stay_taken(
    home: LandHome, defs: Definitions, instance: DagsterInstance
) -> None:
    from orchestration.defs.old_runs import forget_old_runs

    # One run for a stretch of days, then one for each of two: of one day the last run is kept, of the others none.
    execute(instance, defs, "landing_only", DAYS[0], DAYS[-1])
    for day in DAYS[:2]:
        execute(instance, defs, "landing_only", day, day)
    oldest_first = [run.run_id for run in instance.get_runs()][::-1]
    [tagged] = instance.get_runs(RunsFilter(tags={"scorehouse/landing_days": "2026-01-05..2026-01-08"}))
    assert tagged.run_id == oldest_first[0]
    assert tagged.tags["scorehouse/asked_by"] == "command_line"
    unfinished = instance.create_run_for_job(defs.resolve_job_def("landing_only"))
    taken = instance.get_materialized_partitions(LANDING)
    assert taken == {day.isoformat() for day in DAYS}

    assert forget_old_runs(home.home, instance, kept=1) == 2

    assert {run.run_id for run in instance.get_runs()} == {oldest_first[-1], unfinished.run_id}
    assert instance.get_materialized_partitions(LANDING) == taken
    events = home.home.dagster_home / "history" / "runs"
    assert not [path.name for path in events.iterdir() if path.name.startswith(tuple(oldest_first[:2]))]
    assert not [gone for gone in oldest_first[:2] if (home.home.dagster_home / "storage" / gone).exists()]
    with closing(sqlite3.connect(events / "index.db")) as index:
        for table in ("event_logs", "asset_check_executions"):
            runs = {run for (run,) in index.execute(f"select distinct run_id from {table}")}  # noqa: S608
            assert runs.isdisjoint(oldest_first[:2]), table
    assert forget_old_runs(home.home, instance, kept=1) == 0


LOCKED = {"landing_only": DAYS[0], "dates_anew_without_pages": None, "publish_only": DAYS[0], "pages_only": DAYS[0]}


def test_a_run_leaves_a_home_alone_that_another_one_holds_and_says_so(
    home: LandHome, defs: Definitions, instance: DagsterInstance, no_waiting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOCK_TIMEOUT_VARIABLE, "0.05")
    today = date.fromisoformat(
        defs.resolve_asset_graph().get(AssetKey("dates")).partitions_def.get_last_partition_key()
    )  # type: ignore[union-attr, arg-type]
    home.home.create_folders()
    with FileLock(home.home.lock_file):
        for job, day in LOCKED.items():
            with pytest.raises(RunError, match="another run has worked on this home"):
                execute(instance, defs, job, day or today, day or today)
            [run] = instance.get_runs(limit=1)
            assert [entry for entry in instance.all_logs(run.run_id) if entry.user_message == f"{WAITING}."], job
    assert home.ledger() == []
    assert not home.home.published_file.exists()

    # Once the other one is done, the same works.
    execute(instance, defs, "landing_only", DAYS[0], DAYS[0])
    assert len(home.ledger()) == 1


def test_a_command_line_that_holds_the_home_waits_for_no_step_that_waits_for_the_home(
    home: LandHome, defs: Definitions, instance: DagsterInstance
) -> None:
    # What the daemon began meanwhile has the slot of the pool, and can't go on before this run is done.
    storage = instance.event_log_storage
    storage.initialize_concurrency_limit_to_default("landing")
    assert storage.claim_concurrency_slot("landing", "of the daemon", "landing").is_claimed
    given_up = Timer(30, storage.free_concurrency_slots_for_run, ["of the daemon"])
    given_up.start()
    execute(instance, defs, "landing_only", DAYS[0], DAYS[0])
    assert given_up.is_alive(), "it had to wait"
    given_up.cancel()
    assert storage.get_concurrency_info("landing").active_run_ids == {"of the daemon"}
    assert len(home.ledger()) == 1


def fails_first(monkeypatch: pytest.MonkeyPatch, *errors: Exception) -> list[str]:
    """Have the files be taken only after these errors; what is returned has an entry per try."""
    tries: list[str] = []
    whole = take.take_files

    def taking(*given: object, **named: object) -> object:
        tries.append("")
        if len(tries) <= len(errors):
            raise errors[len(tries) - 1]
        return whole(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(take, "take_files", taking)
    return tries


@pytest.mark.parametrize("last", [ShellKilledError("killed"), ShortOfMemoryError("more")])
def test_a_disk_that_does_not_answer_and_a_build_that_was_killed_are_tried_again_and_later_each_time(
    home: LandHome,
    defs: Definitions,
    instance: DagsterInstance,
    no_waiting: None,
    monkeypatch: pytest.MonkeyPatch,
    last: Exception,
) -> None:
    tries = fails_first(monkeypatch, OSError(errno.ESTALE, "Stale file handle"), OSError(errno.EIO, "I/O error"), last)
    execute(instance, defs, "landing_only", DAYS[0], DAYS[-1])
    assert len(tries) == 4
    assert len(home.ledger()) == 4
    [run] = instance.get_runs()
    assert run.status == DagsterRunStatus.SUCCESS
    said = [entry.user_message for entry in instance.all_logs(run.run_id) if "Tried again in" in entry.user_message]
    assert [words.rpartition("Tried again in ")[2] for words in said] == ["0.01 s.", "0.04 s.", "0.16 s."]


@pytest.mark.parametrize("error", [ScorehouseError("desk/x.csv: no table. Remedy: mend it."), KeyError("x")])
def test_what_is_wrong_with_data_or_program_is_not_tried_again(
    defs: Definitions,
    instance: DagsterInstance,
    no_waiting: None,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    tries = fails_first(monkeypatch, error)
    with pytest.raises(RunError):
        execute(instance, defs, "landing_only", DAYS[0], DAYS[-1])
    assert len(tries) == 1
