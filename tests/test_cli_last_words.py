"""What the commands say at their end: what lies there now, what was meant, and the one thing to do next."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import typer
from rich.console import Console

from orchestration import cli
from orchestration.demo import DemoResult
from orchestration.home.paths import Home
from orchestration.run.cli_home import command
from orchestration.run.cli_report import tell_demo, tell_run
from orchestration.run.run import RunResult


def told_of_run(home: Home, result: RunResult) -> list[str]:
    text = io.StringIO()
    tell_run(Console(file=text, soft_wrap=True), home, result, "make serve")
    return text.getvalue().splitlines()


def told_of_demo(home: Home, *, was_there: bool = False) -> list[str]:
    text = io.StringIO()
    written = DemoResult(507, 1, 1, date(2026, 2, 16), date(2026, 4, 16), was_there)
    tell_demo(Console(file=text, soft_wrap=True), home, 40, written, "scorehouse run")
    return text.getvalue().splitlines()


def sample(folder: Path) -> Home:
    home = Home(folder)
    home.state.mkdir()
    (home.state / "demo.json").write_text("{}", encoding="utf-8")
    return home


def test_a_run_ends_with_the_one_thing_to_open(tmp_path: Path) -> None:
    lines = told_of_run(Home(tmp_path), RunResult(True, files=3, site=tmp_path / "site"))
    assert lines[-1] == "To look at them: make serve, then open http://127.0.0.1:8080"
    assert sum("serve" in line for line in lines) == 1


def test_what_the_sample_has_in_quarantine_is_said_to_be_on_purpose(tmp_path: Path) -> None:
    result = RunResult(True, files=3, records_quarantined=6077)
    assert any("on purpose" in line for line in told_of_run(sample(tmp_path), result))


def test_what_a_real_centre_has_in_quarantine_is_not_on_purpose(tmp_path: Path) -> None:
    lines = told_of_run(Home(tmp_path), RunResult(True, files=3, records_quarantined=6077))
    assert any(line.startswith("6077 records went to quarantine, with reasons") for line in lines)
    assert not any("on purpose" in line for line in lines)


def test_the_sample_is_named_with_its_days_and_the_next_command(tmp_path: Path) -> None:
    first, *_, last = told_of_demo(Home(tmp_path))
    assert first.startswith("A sample centre of 40 agents, 16 Feb 2026 to 16 Apr 2026, lies in ")
    assert last == "Next: scorehouse run"


def test_a_sample_that_was_there_already_says_how_to_get_a_new_one(tmp_path: Path) -> None:
    said = "It was there already. For days that end yesterday, take another SCOREHOUSE_HOME or remove that folder."
    assert said in told_of_demo(Home(tmp_path), was_there=True)
    assert said not in told_of_demo(Home(tmp_path))


@pytest.mark.parametrize(
    ("on_path", "home", "said"),
    [
        (None, None, "make serve"),
        ("/usr/bin/scorehouse", None, "scorehouse serve"),
        ("/usr/bin/scorehouse", Path("/data/my centre"), "scorehouse serve --home '/data/my centre'"),
    ],
)
def test_the_next_command_is_one_that_the_reader_has(
    monkeypatch: pytest.MonkeyPatch, on_path: str | None, home: Path | None, said: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: on_path)
    assert command("serve", home) == said


def test_a_last_day_that_is_no_day_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="2026-01-31"):
        cli._day("31.01.2026")
