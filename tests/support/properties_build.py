"""Builds warehouses in seconds: the SQL that dbt compiled once, run by DuckDB over home after home.

dbt itself takes half a minute a home, nearly all of it around the SQL. What it runs is taken from its own manifest; a
test holds that the same home comes out as from dbt, so that what is true of these warehouses is true of dbt's.
"""

from __future__ import annotations

import json
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.centre import load_centre
from orchestration.centre.tables import write_settings_tables
from orchestration.dbt_project import PROJECT
from orchestration.landing.taking import ensure_empty_parts, take_file
from orchestration.settings import Home

Node = dict[str, Any]


class CompiledProject:
    """The models of a project as dbt compiled them for one home, to be built in others."""

    def __init__(self, home: Path, target: Path) -> None:
        """Read the manifest that a build of `home` left in the folder `target`, and the home's seeds."""
        nodes: dict[str, Node] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
        self.home = home
        self.seeds = [node for node in nodes.values() if node["resource_type"] == "seed"]
        models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
        parents = {key: [one for one in node["depends_on"]["nodes"] if one in models] for key, node in models.items()}
        ordered = (models[key] for key in TopologicalSorter(parents).static_order())
        # An ephemeral model stands within those that read it.
        self.models = [model for model in ordered if model["config"]["materialized"] in ("table", "view")]
        profiles = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
        self.settings: dict[str, object] = profiles["scorehouse"]["outputs"]["home"]["settings"]

    def build(self, home: Path, threads: int = 2) -> Path:
        """Take the landing files of a home, build with so many threads, and return the file to be published."""
        take_landing(home)
        place = Home(home)
        with duckdb.connect() as connection:
            for file in (place.built_file, place.warehouse_file):
                connection.execute(f"attach '{file}' as {file.stem}; use {file.stem}")
            connection.execute(f"attach '{Home(self.home).warehouse_file}' as known (read_only)")
            for name, value in (self.settings | {"threads": threads}).items():
                connection.execute(f"set {name} = '{value}'")
            for schema in {f"{node['database']}.{node['schema']}" for node in (*self.seeds, *self.models)}:
                connection.execute(f"create schema if not exists {schema}")
            for seed in self.seeds:
                name = f"{seed['schema']}.{seed['alias']}"
                connection.execute(f"create table {name} as from known.{name}")
            for model in self.models:
                sql = model["compiled_code"].replace(str(self.home), str(home))
                kind = model["config"]["materialized"]
                connection.execute(f"create {kind} {model['relation_name']} as {sql}")
        return place.built_file


def take_landing(root: Path) -> None:
    """Take every landing file of a home, all of whose records must be good."""
    home = Home(root)
    home.create_folders()
    centre = load_centre(home)
    ensure_empty_parts(home)
    write_settings_tables(home, centre, None)
    for path in sorted(home.landing.glob("*/*/*")):
        record = take_file(home, centre, path.parts[-3], date.fromisoformat(path.parts[-2]), path)
        assert record.records_quarantined == 0, record
