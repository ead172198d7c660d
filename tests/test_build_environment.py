"""What dbt is told for one build: its memory, its threads, and whether contracts were checked."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from orchestration.home.made_of import Step
from orchestration.home.paths import HOME_VARIABLE, MEMORY_LIMIT_VARIABLE, THREADS_VARIABLE, Home, SettingsError
from orchestration.warehouse.build_environment import CONTRACTS_VARIABLE, build_environment
from orchestration.warehouse.contracts import Contracts
from orchestration.warehouse.dbt_project import PROJECT, dbt_executable
from orchestration.warehouse.slice.state import SliceState


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that no environment tells anything of."""
    for name in (MEMORY_LIMIT_VARIABLE, CONTRACTS_VARIABLE, THREADS_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    home = Home(tmp_path)
    home.create_folders()
    return home


def begin(home: Home, *, sliced: bool) -> None:
    """Begin a build of some dates, or of everything."""
    SliceState(home).tell("what is built anew", sliced=sliced)
    SliceState(home).begin(frozenset(), [])


def test_dbt_finds_the_limit_of_a_build_of_some_dates_and_the_next_build_does_not(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    begin(home, sliced=True)
    with build_environment(home, Contracts(home)) as may_get_more:
        assert os.environ[MEMORY_LIMIT_VARIABLE] == "768MB"
        assert may_get_more
    assert MEMORY_LIMIT_VARIABLE not in os.environ


def test_a_stated_limit_holds_for_every_build(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY_LIMIT_VARIABLE, "300MB")
    begin(home, sliced=True)
    with build_environment(home, Contracts(home)) as may_get_more:
        assert os.environ[MEMORY_LIMIT_VARIABLE] == "300MB"
        assert not may_get_more
    assert os.environ[MEMORY_LIMIT_VARIABLE] == "300MB"


def told_of_contracts(home: Home, *, sliced: bool) -> str:
    """Begin a build and return what dbt is told of contracts."""
    begin(home, sliced=sliced)
    with build_environment(home, Contracts(home)):
        told = os.environ[CONTRACTS_VARIABLE]
    assert CONTRACTS_VARIABLE not in os.environ
    return told


def test_contracts_are_compared_until_a_build_has_come_to_its_end(home: Home) -> None:
    assert told_of_contracts(home, sliced=True) == "unchecked"
    Contracts(home).remember()
    assert told_of_contracts(home, sliced=True) == "checked"
    assert told_of_contracts(home, sliced=False) == "unchecked"


@pytest.mark.parametrize("changed", ["models", "code", "schemas", "tools"])
def test_contracts_are_compared_again_by_another_program(home: Home, changed: str) -> None:
    Contracts(home).remember()
    step = Step.of(home, "contracts")
    step.remember({**step.made_of, changed: "other"})
    assert told_of_contracts(home, sliced=True) == "unchecked"


@pytest.mark.parametrize(("sliced", "megabytes", "threads"), [(True, 50, "1"), (True, 51, None), (False, 1, None)])
def test_duckdb_works_with_one_thread_on_a_small_slice(
    home: Home, sliced: bool, megabytes: int, threads: str | None
) -> None:
    begin(home, sliced=sliced)
    part = home.state / "slice" / "raw" / "contacts" / "event_date=2026-03-03" / "one.parquet"
    part.parent.mkdir(parents=True)
    with part.open("wb") as opened:
        opened.truncate(megabytes * 1_000_000)
    with build_environment(home, Contracts(home)):
        assert os.environ.get(THREADS_VARIABLE) == threads
    assert THREADS_VARIABLE not in os.environ


def test_stated_threads_hold_for_every_build(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, " 3 ")
    for sliced in (True, False):
        begin(home, sliced=sliced)
        with build_environment(home, Contracts(home)):
            assert os.environ[THREADS_VARIABLE] == "3"
    assert os.environ[THREADS_VARIABLE] == " 3 "


@pytest.mark.parametrize("stated", ["0", "-1", "2.5", "all", "²"])
def test_threads_that_are_no_number_are_told_by_their_variable(
    home: Home, monkeypatch: pytest.MonkeyPatch, stated: str
) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, stated)
    begin(home, sliced=True)
    told = f"SCOREHOUSE_THREADS={stated} is no number of threads. Remedy: 1 or more."
    with pytest.raises(SettingsError, match=re.escape(told)), build_environment(home, Contracts(home)):
        pass


class Shell:
    """dbt in a home, asked for one row."""

    def __init__(self, root: Path) -> None:
        Home(root).create_folders()
        self._root = root

    def show(self, query: str, **told: str) -> subprocess.CompletedProcess[str]:
        """Run a query with what the environment tells."""
        environment = os.environ | {HOME_VARIABLE: str(self._root)} | told
        target = str(self._root / "target")
        folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", target]
        command = [dbt_executable(), "--log-path", target, "show", "--inline", query, *folders]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """One home for all, whose project is parsed once."""
    return Shell(tmp_path_factory.mktemp("shell"))


@pytest.mark.slow
def test_dbt_opens_duckdb_with_the_limit_and_the_threads_of_the_build(shell: Shell) -> None:
    query = "select current_setting('memory_limit') as allowed, 'with ' || current_setting('threads') as threads"
    shown = shell.show(query, **{MEMORY_LIMIT_VARIABLE: "512MiB", THREADS_VARIABLE: "3"})
    assert "512.0 MiB" in shown.stdout
    assert "with 3" in shown.stdout


@pytest.mark.slow
def test_dbt_checks_a_contract_unless_told_that_it_was_checked(shell: Shell) -> None:
    # An inline query has no columns described, so a check of its contract must fail.
    query = "select 'made' as told {{ get_assert_columns_equivalent(\"select 'made' as told\") }}"
    table = "{{ config(materialized='table') }} " + query
    for asked, contracts, is_made in (
        (table, "unchecked", False),
        (table, "checked", True),
        # A view is made without the columns of its contract.
        (query, "checked", False),
    ):
        shown = shell.show(asked, **{CONTRACTS_VARIABLE: contracts})
        assert ("made" in shown.stdout.splitlines()[-2], shown.returncode == 0) == (is_made, is_made), shown.stdout
