"""Builds warehouses in seconds: the SQL that dbt compiled once, run by DuckDB over home after home.

dbt itself takes half a minute a home, nearly all of it around the SQL. What it runs is taken from its own manifest; a
test holds that the same home comes out as from dbt, so that what is true of these warehouses is true of dbt's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.centre import load_centre
from orchestration.centre.tables import write_settings_tables
from orchestration.home.paths import Home
from orchestration.landing.taking import ensure_empty_parts, take_file
from orchestration.policy import load_policy
from orchestration.policy.tables import write_policy_tables
from orchestration.warehouse.dbt_project import PROJECT
from orchestration.warehouse.slice.folder import write_whole
from tests.support.properties_kept import Hooks, make

PACKAGE = "scorehouse"
MADE = ("table", "view", "incremental")
MEMORY_LIMIT = "1GB"
"""Of a build, as of dbt's own by its profile: DuckDB's default is most of the machine for each process of the tests."""
Node = dict[str, Any]


class CompiledProject:
    """The models of a project as dbt compiled them for one home, to be built in others."""

    def __init__(self, home: Path, target: Path) -> None:
        """Read the manifest that a build of `home` left in the folder `target`, and the home's seeds."""
        manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
        nodes: dict[str, Node] = manifest["nodes"]
        self.home = home
        self.target = target
        self.manifest: dict[str, Any] = manifest
        self.seeds = [node for node in nodes.values() if node["resource_type"] == "seed"]
        self.tests = [node for node in nodes.values() if node["resource_type"] == "test"]
        self.parents: dict[str, list[str]] = manifest["parent_map"]
        models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
        parents = {key: [one for one in node["depends_on"]["nodes"] if one in models] for key, node in models.items()}
        ordered = (models[key] for key in TopologicalSorter(parents).static_order())
        # An ephemeral model stands within those that read it.
        self.models = [model for model in ordered if model["config"]["materialized"] in MADE]
        profiles = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
        output = profiles["scorehouse"]["outputs"]["home"]
        at_connect = {name: value for name, value in output["config_options"].items() if name != "temp_directory"}
        self.settings: dict[str, object] = output["settings"] | at_connect
        self.files = {one["alias"]: Path(one["path"]).name for one in output["attach"]}
        self.files[Path(output["path"]).stem] = Path(output["path"]).name

    def build(self, home: Path, threads: int = 2, *, tested: bool = False) -> Path:
        """Take the landing files of a home, build with so many threads, and return the file to be published.

        With `tested`, all of dbt's tests are run as well; one that fails is an error.
        """
        take_landing(home)
        with self._opened(home, threads) as connection:
            self._make(connection, home, [*self.seeds, *self.models])
            if tested:
                self._test(connection, home, self.tests)
        return Home(home).built_file

    @contextmanager
    def built_again(
        self,
        home: Path,
        *,
        kept: bool,
        in_memory: bool = False,
        before: Callable[[str], object] = str,
        only: Sequence[str] = (),
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Run all models over what a home holds, its raw parts and its files of before, and give the connection.

        With `kept`, an incremental model whose table is there gives up and takes rows by its own hooks and statement,
        as dbt would let it; otherwise all tables are made anew. `in_memory` writes no file. `before` is called with
        each model's name before its turn: what it raises leaves the home as a killed build does. `only` names models
        that are made with what they read; without it all are.
        """
        nodes = [node for node in self.chosen(*only) if node["resource_type"] != "test"] if only else None
        with self._opened(home, threads=1, in_memory=in_memory) as connection:
            # Each view that is bound would open every part of its feed once more.
            connection.execute("set parquet_metadata_cache = true")
            for node in nodes or (*self.seeds, *self.models):
                before(node["name"])
                self._make(connection, home, [node], kept=kept)
            yield connection

    def build_with_parents(self, home: Path, *names: str, tested: bool = False) -> None:
        """Build the models of these names, and whatever they read, of a home whose raw parts are there.

        With `tested`, dbt's tests that look at these models alone are run as well; one that fails is an error.
        """
        chosen = self.chosen(*names)
        write_whole(Home(home))
        with self._opened(home, threads=2) as connection:
            self._make(connection, home, [node for node in chosen if node["resource_type"] != "test"])
            if tested:
                self._test(connection, home, [node for node in chosen if node["resource_type"] == "test"])

    def chosen(self, *names: str) -> list[Node]:
        """Return the models of these names and whatever they read, in order, and the tests of nothing but these."""
        waiting = [f"model.{PACKAGE}.{name}" for name in names]
        keys: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key not in keys:
                keys.add(key)
                waiting += self.parents[key]
        tests = [test for test in self.tests if set(test["depends_on"]["nodes"]) <= keys]
        return [node for node in (*self.seeds, *self.models) if node["unique_id"] in keys] + tests

    @contextmanager
    def _opened(self, home: Path, threads: int, *, in_memory: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        folder = Home(home).warehouse_file.parent
        spilled = home / "state" / "duckdb_temp"
        with duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(spilled)}) as connection:
            for name, file in self.files.items():
                connection.execute(f"attach '{':memory:' if in_memory else folder / file}' as {name}; use {name}")
            connection.execute(f"attach '{Home(self.home).warehouse_file}' as known (read_only)")
            for name, value in (self.settings | {"threads": threads}).items():
                connection.execute(f"set {name} = '{value}'")
            for schema in {f"{node['database']}.{node['schema']}" for node in (*self.seeds, *self.models)}:
                connection.execute(f"create schema if not exists {schema}")
            yield connection

    def _make(
        self, connection: duckdb.DuckDBPyConnection, home: Path, nodes: list[Node], *, kept: bool = False
    ) -> None:
        for node in nodes:
            if node["resource_type"] == "seed":
                name = f"{node['schema']}.{node['alias']}"
                connection.execute(f"create or replace table {name} as from known.{name}")
            else:
                # As dbt does: where a contract is enforced, columns stand in its order.
                columns = ", ".join(node["columns"]) if node["contract"]["enforced"] else "*"
                sql = f"select {columns} from ({self._sql(node, home)}\n)"  # noqa: S608 - own names
                make(connection, node, sql, Hooks(self.manifest), kept=kept)

    def _test(self, connection: duckdb.DuckDBPyConnection, home: Path, tests: list[Node]) -> None:
        for test in tests:
            if test["config"]["severity"].lower() == "error":
                failures = connection.execute(f"select count(*) from ({self._sql(test, home)})").fetchone()  # noqa: S608
                assert failures == (0,), f"{test['name']}: {(failures or (0,))[0]} rows"

    def _sql(self, node: Node, home: Path) -> str:
        return str(node["compiled_code"]).replace(str(self.home), str(home))


def take_landing(root: Path) -> None:
    """Take every landing file of a home, all of whose records must be good."""
    home = Home(root)
    home.create_folders()
    centre = load_centre(home)
    ensure_empty_parts(home)
    write_settings_tables(home, centre, None)
    write_policy_tables(home, load_policy(home, centre))
    for path in sorted(home.landing.glob("*/*/*")):
        record = take_file(home, centre, path.parts[-3], date.fromisoformat(path.parts[-2]), path)
        assert record.records_quarantined == 0, record
    # As a run does: what dbt reads are the parts that are there by then.
    write_whole(home)
