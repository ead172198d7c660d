"""Models of a manifest as dbt materialises them, and the hooks of those that keep rows from build to build."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import jinja2

Node = dict[str, Any]


class Hooks:
    """Renders the hooks of models, by macros of the project alone."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        own = manifest["metadata"]["project_name"]
        self._macros = {
            macro["name"]: str(macro["macro_sql"])
            for macro in manifest["macros"].values()
            if macro["package_name"] == own
        }
        self._relations = {
            node["name"]: str(node["relation_name"])
            for node in manifest["nodes"].values()
            if node["resource_type"] in ("model", "seed")
        }

    def of(self, node: Node, when: str, *, is_incremental: bool) -> list[str]:
        """Return the statements of a model before (`pre-hook`) or after (`post-hook`) its own; those not empty."""
        environment = jinja2.Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - SQL, no page
        rendered = [
            environment.from_string(self._called(hook["sql"]) + hook["sql"]).render(
                this=node["relation_name"], ref=self._relations.__getitem__, is_incremental=lambda: is_incremental
            )
            for hook in node["config"].get(when, [])
        ]
        return [sql for sql in rendered if sql.strip()]

    def _called(self, text: str) -> str:
        """Return the macros that a text names, and those that they name."""
        names: set[str] = set()
        waiting = [text]
        while waiting:
            found = set(re.findall(r"\w+", waiting.pop())) & self._macros.keys() - names
            names |= found
            waiting += [self._macros[name] for name in found]
        return "".join(self._macros[name] for name in sorted(names))


def make(connection: duckdb.DuckDBPyConnection, node: Node, sql: str, hooks: Hooks, *, kept: bool) -> None:
    """Make a model's view or table; one that is incremental takes rows into the table that is there, if `kept`."""
    relation, kind = node["relation_name"], node["config"]["materialized"]
    is_incremental = kept and kind == "incremental" and _is_there(connection, node)
    made: list[str] = []
    if is_incremental:
        statement = f"insert into {relation} by name {sql}"
    elif kind != "view" and node["contract"]["enforced"]:
        made = [f"create or replace table {relation} ({', '.join(_column(one) for one in node['columns'].values())})"]
        statement = f"insert into {relation} by name {sql}"
    else:
        statement = f"create or replace {'view' if kind == 'view' else 'table'} {relation} as {sql}"
    # In one transaction, as in dbt: a build that is cut off has given up no row that it has not taken again.
    connection.begin()
    try:
        for before in hooks.of(node, "pre-hook", is_incremental=is_incremental):
            connection.execute(before)
        for one in (*made, statement):
            connection.execute(one)
        for after in hooks.of(node, "post-hook", is_incremental=is_incremental):
            connection.execute(after)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _column(column: Node) -> str:
    """Return a column of a contract as it stands in the definition of a table."""
    words = {"not_null": "not null"}
    rules = [words.get(rule["type"]) or f"check ({rule['expression']})" for rule in column["constraints"]]
    return " ".join([column["name"], column["data_type"], *rules])


def _is_there(connection: duckdb.DuckDBPyConnection, node: Node) -> bool:
    found = connection.execute(
        "select count(*) from duckdb_tables() where (database_name, schema_name, table_name) = (?, ?, ?)",
        [node["database"], node["schema"], node["alias"]],
    ).fetchone()
    return found != (0,)
