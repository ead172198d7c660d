"""The units of deploy/systemd/ are what systemd takes, and call commands that there are."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from orchestration.cli import app
from orchestration.home.paths import CHECKOUT

UNITS = sorted((CHECKOUT / "deploy" / "systemd").iterdir())
PROGRAM = "/opt/scorehouse/.venv/bin/scorehouse"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_every_unit_without_a_word(tmp_path: Path) -> None:
    for unit in UNITS:
        # A program and a user that every machine has.
        text = unit.read_text().replace(PROGRAM, "/bin/true").replace("=scorehouse\n", "=root\n")
        (tmp_path / unit.name).write_text(text)
    units = [str(tmp_path / unit.name) for unit in UNITS]
    told = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    about_ours = [line for line in told.stderr.splitlines() if "scorehouse" in line]
    assert (told.returncode, about_ours) == (0, [])


def commands() -> list[list[str]]:
    texts = [unit.read_text() for unit in UNITS] + [(CHECKOUT / "deploy" / "README.md").read_text()]
    called = re.findall(rf"{PROGRAM} ([^\n`]+)", "\n".join(texts))
    return [shlex.split(one) for one in called]


@pytest.mark.parametrize("called", commands(), ids=" ".join)
def test_every_command_that_is_called_is_one(called: list[str]) -> None:
    command = get_command(app).commands[called[0]]  # type: ignore[attr-defined]
    command.make_context(called[0], called[1:])


def test_every_timer_has_its_service() -> None:
    names = {unit.name for unit in UNITS}
    assert {name.replace(".timer", ".service") for name in names if name.endswith(".timer")} <= names
