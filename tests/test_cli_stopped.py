"""Ctrl-C ends a command with one line and the exit code of a shell, and leaves the home in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from dagster import DagsterRunStatus

from orchestration.cli import main
from orchestration.home.lock import home_lock
from orchestration.home.paths import CHECKOUT, HOME_VARIABLE, Home
from orchestration.run.cli_stopped import STOPPED
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.compiled import write_tiny_centre
from tests.support.dagster_ui import wait_until
from tests.support.land_home import LandHome


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("command", "where"), [("run", "orchestration.run.run.run"), ("serve", "orchestration.run.serve.serve")]
)
def test_a_command_that_is_stopped_says_so_in_a_line(
    command: str,
    where: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(where, interrupted)
    monkeypatch.setattr(sys, "argv", ["scorehouse", command])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.splitlines() == [STOPPED]


@pytest.mark.slow
def test_ctrl_c_in_the_middle_of_a_build_leaves_no_stack_and_the_home_in_order(tmp_path: Path) -> None:
    ensure_manifest()
    home, told = Home(tmp_path / "home"), tmp_path / "told.txt"
    home.root.mkdir()
    write_tiny_centre(home.root)
    environment = os.environ | {HOME_VARIABLE: str(home.root), "PYTHONPATH": str(CHECKOUT), "COLUMNS": "300"}
    command = [sys.executable, "-c", "from orchestration.cli import main; main()", "run", "--no-site"]
    with told.open("wb") as words:
        # A group of its own, all of which hears of Ctrl-C at its terminal.
        running = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdout=words, stderr=words, start_new_session=True
        )
    try:
        wait_until("dbt builds", lambda: "building the warehouse" in told.read_text() or running.poll() is not None)
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(300) == 130, told.read_text()
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)

    assert told.read_text().splitlines()[-1] == STOPPED
    assert "Traceback" not in told.read_text()
    with home_lock(home, 0):
        assert not home.published_file.exists()
    assert {record.state for record in LandHome(home.root).ledger()} == {"taken"}
    assert statuses(home) <= {DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED}


def statuses(home: Home) -> set[DagsterRunStatus]:
    from orchestration.defs.instance import open_instance

    with open_instance(home) as instance:
        return {run.status for run in instance.get_runs()}
