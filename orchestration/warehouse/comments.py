"""Table and column comments of the published file, out of the descriptions that dbt holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home.sql_text import text_literal


def write_comments(
    connection: duckdb.DuckDBPyConnection, manifest: Path, schema: str, tables: Iterable[str], views: Iterable[str]
) -> None:
    """Comment each relation of the schema, in the database in use, and its columns, as its dbt model is described.

    Columns described but not there (of another version of a model) are passed over.
    """
    described = _models(manifest)
    there = _columns(connection, schema)
    # Thousands of statements: each for itself would be a commit to the disk.
    connection.begin()
    for kind, relation in [*(("table", name) for name in tables), *(("view", name) for name in views)]:
        model = described.get(relation)
        if model is None:
            continue
        target = f'"{schema}"."{relation}"'
        if model["description"]:
            connection.execute(f"comment on {kind} {target} is {_text(model['description'])}")
        for column, entry in model["columns"].items():
            if entry["description"] and column in there.get(relation, set()):
                connection.execute(f'comment on column {target}."{column}" is {_text(entry["description"])}')
    connection.commit()


def _models(manifest: Path) -> dict[str, Any]:
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    return {node["alias"]: node for node in nodes if node["resource_type"] in {"model", "seed"}}


def _columns(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, set[str]]:
    rows = connection.execute(
        """
        select table_name, list(column_name)
        from duckdb_columns()
        where database_name = current_database() and schema_name = ?
        group by table_name
        """,
        [schema],
    ).fetchall()
    return {name: set(columns) for name, columns in rows}


def _text(value: str) -> str:
    return text_literal(" ".join(value.split()))
