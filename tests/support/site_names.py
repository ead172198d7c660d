"""Marks everybody who is named in a small published file, and looks for the marks in all files of a site."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import duckdb

OTHERS = ("boss", "chief", "rex", "eve", "sue", "leo", "max", "judge", "tess")
MARK = re.compile(r"marked-(\w+?)-end")


def mark_everybody(file: Path) -> None:
    """Replace each person in every text of every table, also within longer ids, by a mark that stands nowhere else."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as published; set TimeZone = 'UTC'; use published.scorecard")
        texts = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where database_name = 'published' and data_type in ('VARCHAR', 'VARCHAR[]')"
        ).fetchall()
        people = rf"\b(a\d+|{'|'.join(OTHERS)})\b"
        for table, column, kind in texts:
            marked = f"regexp_replace({{}}, '{people}', 'marked-\\1-end', 'g')"
            new = marked.format(column) if kind == "VARCHAR" else f"list_transform({column}, x -> {marked.format('x')})"
            connection.execute(f'update "{table}" set "{column}" = {new}')  # noqa: S608 - names of the fixture
        connection.execute("use memory; detach published")


def named_in_tables(file: Path) -> dict[str, set[str]]:
    """Whom each published table names, of those that name anybody."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'scorecard'").fetchall()
        told = {
            table: set(MARK.findall(str(connection.execute(f"from scorecard.{table}").fetchall())))
            for (table,) in tables
        }
    return {table: people for table, people in told.items() if people}


def named_in_files(folder: Path) -> dict[str, set[str]]:
    """Whom each file below a folder names, in its name or its content, of those that name anybody."""
    told = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        place = path.relative_to(folder).as_posix()
        people = set(MARK.findall(place + "\n" + text_of(path)))
        if people:
            told[place] = people
    return told


def text_of(path: Path) -> str:
    """What a file says, however it is packed."""
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            return str(connection.execute("from read_parquet(?)", [str(path)]).fetchall())
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8", errors="replace")
