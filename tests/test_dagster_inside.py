"""Dagster's inside is used in two modules only, and what they use of it is still there."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster import DagsterInstance
from dagster._core.execution import compute_logs
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster_dbt import DbtCliResource

from orchestration.defs.instance import open_instance
from orchestration.home.paths import CHECKOUT, Home

INSIDE = CHECKOUT / "orchestration" / "defs" / "dagster_inside.py"
CONNECTIONS = INSIDE.with_name("kept_connections.py")
MOVED = "The inside of Dagster has changed: see what replaces this in its sources, and mend what uses it."
"""What whoever raises the version reads first."""


def inside_names(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of everything that a file imports from below a private module of Dagster."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found = [(node.module or "", name.name) for name in node.names]
        elif isinstance(node, ast.Import):
            found = [(name.name, "") for name in node.names]
        else:
            continue
        for module, name in found:
            top, *below = f"{module}.{name}".split(".")
            if top.startswith("dagster") and any(part.startswith("_") for part in below):
                yield module, name


def test_two_modules_use_the_inside_of_dagster() -> None:
    users = [path for path in (CHECKOUT / "orchestration").rglob("*.py") if list(inside_names(path))]

    assert sorted(users) == [INSIDE, CONNECTIONS]


@pytest.mark.parametrize(("module", "name"), [*inside_names(INSIDE), *inside_names(CONNECTIONS)])
def test_what_is_used_of_the_inside_is_there(module: str, name: str) -> None:
    assert hasattr(importlib.import_module(module), name), f"{module}.{name}. {MOVED}"


@pytest.mark.parametrize("name", ["_cli_version", "_initialize_dbt_core_adapter"])
def test_what_is_put_aside_of_dbts_resource_is_there(name: str) -> None:
    assert f"def {name}(" in INSIDE.read_text(encoding="utf-8")
    assert hasattr(DbtCliResource, name), f"DbtCliResource.{name}. {MOVED}"


@pytest.mark.parametrize("name", ["_connect", "_initdb", "conn_string_for_shard"])
def test_what_is_put_aside_of_the_event_log_is_there(name: str) -> None:
    assert name in CONNECTIONS.read_text(encoding="utf-8")
    assert hasattr(SqliteEventLogStorage, name), f"SqliteEventLogStorage.{name}. {MOVED}"


def test_what_says_how_pools_are_kept_is_there() -> None:
    assert "get_pool_config" in INSIDE.read_text(encoding="utf-8")
    assert hasattr(SqliteEventLogStorage, "get_pool_config"), f"get_pool_config. {MOVED}"


def test_what_follows_the_words_of_a_step_is_started_as_it_is_put_aside() -> None:
    assert "compute_logs.subprocess" in INSIDE.read_text(encoding="utf-8")
    source = Path(str(compute_logs.__file__)).read_text(encoding="utf-8")
    assert source.count("subprocess.Popen(") == 2, f"compute_logs. {MOVED}"


def test_the_instance_of_a_home_is_its_own_and_tells_nobody_whatever_the_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    home = Home(tmp_path)
    home.dagster_home.mkdir(parents=True)
    (home.dagster_home / "dagster.yaml").write_text("telemetry: {enabled: true}\nrun_monitoring: {enabled: true}\n")

    with open_instance(home) as instance:
        # What webserver and daemon open.
        with DagsterInstance.get() as theirs:
            assert instance.root_directory == theirs.root_directory == str(home.dagster_home)
        assert instance.is_persistent
        assert instance.run_monitoring_enabled
        assert not instance.telemetry_enabled
