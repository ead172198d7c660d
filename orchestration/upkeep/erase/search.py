"""A look for ids and hashes at every byte of a home, also inside of Parquet and DuckDB files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.home.names import shown_name
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.upkeep.erase.landed import holds
from orchestration.upkeep.erase.persons import Words


def places_with(home: Home, words: Words) -> list[str]:
    """Return the files of a home that still name one of the customers."""
    found = []
    for folder, _, names in os.walk(home.root):
        for path in sorted(Path(folder, name) for name in names):
            place = shown_name(path.relative_to(home.root).as_posix())
            say(f"looking for what is left: {place}")
            if words.is_in([path.name]) or (path.is_file() and _holds(path, words)):
                found.append(place)
    return sorted(found)


def _holds(path: Path, words: Words) -> bool:
    if path.suffix == ".duckdb":
        return any(_tables_with(path, words))
    return holds(path, words) or _holds_beginning(path, words)


def _holds_beginning(path: Path, words: Words) -> bool:
    """Tell whether a page has the beginning of a hash, which stands for the customer there."""
    if "site" not in path.parts:
        return False
    content = path.read_bytes()
    return any(beginning.encode() in content for beginning in words.beginnings)


def _tables_with(path: Path, words: Words) -> Iterator[str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            """
            select schema_name, table_name, list(column_name)
            from duckdb_columns()
            where data_type = 'VARCHAR' and not internal
                and (schema_name, table_name) in (select (schema_name, table_name) from duckdb_tables())
            group by all
            """
        ).fetchall()
        for schema, table, names in columns:
            any_of = " or ".join(f'regexp_matches("{name}", $pattern)' for name in names)
            sql = f'select 1 from "{schema}"."{table}" where {any_of} limit 1'  # noqa: S608 - names of its own catalogue
            if connection.execute(sql, {"pattern": words.of_re2}).fetchone():
                yield f"{schema}.{table}"
