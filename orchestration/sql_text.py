"""Texts of SQL: values where DuckDB takes no parameter (paths to attach, comments, settings), and whole scripts."""

from __future__ import annotations

from pathlib import Path


def text_literal(value: object) -> str:
    """Return the value's text as a literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def sql_script(name: str) -> str:
    """Return the text of a script that stands beside this module."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
