"""No long step looks like a hang: in a log and on a terminal something is said at least every 20 seconds."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
from rich.console import Console

from orchestration.home.alive import LOG_SECONDS, Alive, elapsed
from orchestration.home.paths import CHECKOUT
from orchestration.home.progress import say
from orchestration.run import cli_progress

ERR = Console(stderr=True, highlight=False, soft_wrap=True)


def test_a_log_has_a_line_at_least_every_twenty_seconds() -> None:
    assert LOG_SECONDS + 1 < 20


def test_a_log_repeats_a_step_that_takes_long_with_the_time_that_it_has_taken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with cli_progress._in_log(ERR, every=0.1):
        say("building the pages' shell")
        time.sleep(1.5)
    first, *repeated = capsys.readouterr().err.splitlines()
    assert first == "building the pages' shell"
    assert len(repeated) >= 3
    assert {re.sub(r"\d+ s", "N s", line) for line in repeated} == {"building the pages' shell (N s)"}
    assert repeated[-1] == "building the pages' shell (1 s)"


def test_a_log_says_how_far_a_step_of_many_is(capsys: pytest.CaptureFixture[str]) -> None:
    with cli_progress._in_log(ERR, every=0.1):
        for number in range(1, 9):
            say(f"taking file {number} of 8: calls-{number}.csv")
            time.sleep(0.05)
    first, *repeated = capsys.readouterr().err.splitlines()
    # One line for the step, then one now and then for where it is: not one for each file.
    assert first == "taking file 1 of 8: calls-1.csv"
    assert 1 <= len(repeated) <= 4
    assert all(re.fullmatch(r"taking file [2-8] of 8: calls-[2-8]\.csv \(0 s\)", line) for line in repeated)


def test_quick_steps_are_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    with cli_progress._in_log(ERR):
        say("looking for new files")
        say("starting Dagster")
    assert capsys.readouterr().err.splitlines() == ["looking for new files", "starting Dagster"]


def test_the_time_of_a_step_begins_with_the_step() -> None:
    lines: list[str] = []
    with Alive(lines.append, every=0.1) as alive:
        alive.doing("one", "one", is_told=True)
        time.sleep(1.2)
        alive.doing("two", "two", is_told=True)
        time.sleep(0.3)
    assert "one (1 s)" in lines
    assert lines[-1] == "two (0 s)"


def test_a_length_of_time_is_written_as_people_write_it() -> None:
    assert [elapsed(seconds) for seconds in (0.4, 59.9, 60, 125)] == ["0 s", "59 s", "1 min 00 s", "2 min 05 s"]


def test_a_command_keeps_its_output_and_its_exit_code() -> None:
    script = "import sys; print('from within'); sys.exit(3)"
    done = subprocess.run(
        [
            sys.executable,
            str(CHECKOUT / "orchestration/home/alive.py"),
            "a step",
            "--",
            sys.executable,
            "-c",
            script,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("from within\n", "a step\n", 3)


@pytest.mark.parametrize("command", ["npm ci", "uv sync", "pip install", "-m orchestration.warehouse.dbt_project"])
def test_what_takes_long_in_make_shows_signs_of_life(command: str) -> None:
    lines = (CHECKOUT / "Makefile").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if line.startswith("\t") and command in line]
    assert "$(ALIVE)" in line or "alive.py" in line
