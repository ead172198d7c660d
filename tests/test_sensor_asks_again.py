"""What the sensor's run left undone is asked for again: later each time, and at once when anything of it changed."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunRequest, SkipReason, build_sensor_context

from orchestration.defs import asked_again
from orchestration.defs.instance import SERVER_TAG
from orchestration.home.paths import Home
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome

MINUTE = timedelta(minutes=1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LandHome:
    """One file, which nobody has taken."""
    ensure_manifest()
    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    (tmp_path / "centre.yaml").write_text("name: X\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    home = LandHome(tmp_path, settings="time_zone: UTC")
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    return home


class Daemon:
    """What Dagster's daemon does with the sensor, without running what is asked for."""

    def __init__(self, instance: DagsterInstance) -> None:
        self.instance = instance

    def requests(self) -> list[RunRequest]:
        """Let the sensor look once; return what it asks for."""
        return [one for one in self._tick() if isinstance(one, RunRequest)]

    def reason(self) -> str:
        """Let the sensor look once; return why it asks for nothing."""
        [reason] = self._tick()
        assert isinstance(reason, SkipReason)
        return str(reason.skip_message)

    def _tick(self) -> list[object]:
        from orchestration.defs.sensors import new_files

        found: list[object] = list(new_files(build_sensor_context(self.instance)))  # type: ignore[arg-type]
        assert len({type(one) for one in found}) == 1, "Dagster takes either requests or a reason to skip"
        return found

    def begin(self, status: DagsterRunStatus = DagsterRunStatus.STARTED, server: str | None = None) -> DagsterRun:
        """Begin the one run that the sensor asks for now."""
        [request] = self.requests()
        tags = {**request.tags, "dagster/run_key": str(request.run_key), "dagster/sensor_name": "new_files"}
        if server is not None:
            tags[SERVER_TAG] = server
        return self.instance.add_run(DagsterRun(job_name=str(request.job_name), tags=tags, status=status))

    def fail(self) -> DagsterRun:
        """Begin it, and let it fail."""
        run = self.begin()
        self.instance.report_run_failed(run)
        return run

    def status(self, run: DagsterRun) -> DagsterRunStatus:
        """Return the status that a run has now."""
        found = self.instance.get_run_by_id(run.run_id)
        assert found is not None
        return found.status


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with DagsterInstance.ephemeral() as instance:
        yield Daemon(instance)


def test_nothing_more_is_asked_for_while_a_run_of_the_sensor_goes_on(home: LandHome, daemon: Daemon) -> None:
    run = daemon.begin(DagsterRunStatus.STARTING)
    assert daemon.reason() == f"Run {run.run_id} goes on: what it leaves is asked for after it."

    # Nor for what is dropped meanwhile: one run after it takes all of that.
    home.drop("more.csv", CONTACTS_HEADER + GOOD_CONTACT)
    assert daemon.requests() == []


def test_what_failed_is_asked_for_again_after_a_while_and_the_reason_is_told_until_then(
    home: LandHome, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = daemon.fail()
    assert daemon.reason().startswith(f"2026-01-05 to 2026-01-05: run {run.run_id} ended as FAILURE")

    monkeypatch.setattr(asked_again, "WAITS", (timedelta(0),))
    again = daemon.begin()
    assert again.tags["dagster/run_key"] != run.tags["dagster/run_key"]
    assert again.tags["scorehouse/try"] == "2"


def test_each_try_waits_longer_than_the_one_before_and_at_last_a_day(home: LandHome, daemon: Daemon) -> None:
    def asked(after: timedelta) -> asked_again.Try | asked_again.Wait:
        return asked_again.next_try(daemon.instance, home.home, "abc", datetime.now(UTC) + after)

    first = asked(timedelta(0))
    for number, minutes in enumerate([10, 60, 6 * 60, 24 * 60, 24 * 60], start=1):
        tags = first.tags if number == 1 else asked(timedelta(days=2)).tags  # type: ignore[union-attr]
        assert tags["scorehouse/try"] == str(number)
        run = DagsterRun(job_name="whole_way", tags=tags, status=DagsterRunStatus.STARTED)
        daemon.instance.report_run_failed(daemon.instance.add_run(run))

        assert isinstance(asked((minutes - 1) * MINUTE), asked_again.Wait)
        assert isinstance(asked(minutes * MINUTE), asked_again.Try)


@pytest.mark.parametrize("changed", ["contacts.csv", "more.csv", "centre.yaml", "policy.yaml"])
def test_what_failed_is_asked_for_at_once_when_a_file_or_a_setting_changes(
    home: LandHome, daemon: Daemon, changed: str
) -> None:
    daemon.fail()
    assert daemon.requests() == []

    if changed.endswith(".csv"):
        path = home.drop(changed, CONTACTS_HEADER + GOOD_CONTACT * 2)
        os.utime(path, (time.time() - 30, time.time() - 30))
    else:
        with (home.root / changed).open("a") as file:
            file.write("\n# mended\n")

    [request] = daemon.requests()
    assert request.tags["scorehouse/try"] == "1"


def test_what_failed_after_it_had_taken_its_files_is_asked_for_again_too(
    home: LandHome, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = daemon.begin()
    home.take_all()
    daemon.instance.report_run_failed(run)
    assert "ended as FAILURE" in daemon.reason()

    monkeypatch.setattr(asked_again, "WAITS", (timedelta(0),))
    [request] = daemon.requests()
    assert request.job_name == "whole_way"
    assert request.tags["scorehouse/try"] == "2"
    range_of = "dagster/asset_partition_range_start"
    assert request.tags[range_of] == run.tags[range_of] == "2026-01-05"


def test_what_failed_and_was_published_by_somebody_else_is_not_asked_for(
    home: LandHome, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.defs import sensors

    run = daemon.begin()
    home.take_all()
    daemon.instance.report_run_failed(run)
    nothing_stale: dict[Home, None] = {}
    monkeypatch.setattr(sensors, "first_stale", nothing_stale.get)
    assert daemon.reason() == "No new files in landing/."


def test_a_run_whose_server_is_gone_is_marked_as_failed_and_one_that_has_it_is_not(
    home: LandHome, daemon: Daemon, tmp_path: Path
) -> None:
    there = tmp_path / "server"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(there))
        server.listen()
        going_on = daemon.begin(server=json.dumps({"host": "localhost", "socket": str(there)}))
        daemon.reason()
        assert daemon.status(going_on) == DagsterRunStatus.STARTED

    # The file of the socket outlives a power cut; nobody listens there any more.
    assert there.exists()
    daemon.requests()
    assert daemon.status(going_on) == DagsterRunStatus.FAILURE
