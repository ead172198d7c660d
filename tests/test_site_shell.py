"""The build of the pages' shell: what is said when it fails, and whether the machine or the pages are at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.site import shell
from orchestration.site.shell import ShellError, ShellKilledError


def build_with(npm: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build a shell whose npm is this script."""
    reports = folder / "reports"
    (reports / "node_modules").mkdir(parents=True)
    program = folder / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{npm}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setattr(shell, "REPORTS", reports)
    monkeypatch.setattr(shell, "BUILD", reports / "build")
    monkeypatch.setattr(shell, "_STAMP", reports / "build" / ".sources.sha256")
    shell.ensure_shell()


# The shell that runs npm's script tells a signal as 128 and its number; the script itself may be killed too.
@pytest.mark.parametrize("npm", ["exit 137", "kill -9 $$"])
def test_a_build_that_is_killed_may_succeed_the_next_time(
    npm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ShellKilledError, match="can't be built"):
        build_with(npm, tmp_path, monkeypatch)


def test_a_build_that_finds_a_fault_says_it_and_is_no_killed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ShellError, match=r"can't be built: Agent\.svelte: no such component") as caught:
        build_with("echo Agent.svelte: no such component; exit 1", tmp_path, monkeypatch)
    assert not isinstance(caught.value, ShellKilledError)


def test_a_build_that_leaves_no_page_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ShellError, match="can't be built"):
        build_with("exit 0", tmp_path, monkeypatch)
