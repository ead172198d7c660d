"""Values as texts of SQL, where DuckDB takes no parameter: paths to attach, comments, settings."""

from __future__ import annotations


def text_literal(value: object) -> str:
    """Return the value's text as a literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"
