"""Columns of a database as the text that lands: what the database itself writes, with instants in UTC.

Text says more than the types of a driver: a date that no calendar has, an infinite one, a number of 40 digits or a time
of 36 hours would stop a driver, and here costs the record at the door.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from orchestration.fetch.positions import CursorKind

MYSQL = "mysql"


def text_of(column: sa.Column[Any], dialect: str) -> sa.ColumnElement[Any]:
    """Return SQL that writes a column as text; JSON stays JSON."""
    kind = column.type
    if isinstance(kind, sa.types._Binary | mysql.BIT):
        if isinstance(kind, mysql.BIT):
            return sa.cast(column + 0, sa.Text)
        return sa.func.hex(column) if dialect == MYSQL else sa.func.encode(column, "hex")
    if isinstance(kind, sa.ARRAY):
        return sa.cast(sa.func.to_json(column), sa.Text)
    if isinstance(kind, sa.DateTime):
        local = sa.func.replace(sa.cast(_wall_clock(column), sa.Text), " ", "T")
        return local.concat("+00:00") if is_instant(kind) else local
    return sa.cast(column, sa.Text)


def is_instant(kind: sa.types.TypeEngine[Any]) -> bool:
    """Tell whether a time has a zone: MySQL's TIMESTAMP is an instant, shown in the session's zone, which is UTC."""
    return isinstance(kind, mysql.TIMESTAMP) or (isinstance(kind, sa.DateTime) and kind.timezone)


def is_json(kind: sa.types.TypeEngine[Any]) -> bool:
    """Tell whether what lands of a column is JSON itself."""
    return isinstance(kind, sa.JSON | sa.ARRAY)


def cursor_kind(kind: sa.types.TypeEngine[Any]) -> CursorKind | None:
    """Return what a column is as a cursor; None if it can't be one."""
    if isinstance(kind, sa.DateTime | sa.Date):
        return "instant"
    is_whole = isinstance(kind, sa.Integer) or (isinstance(kind, sa.Numeric) and not kind.scale)
    return "number" if is_whole and not isinstance(kind, sa.Float) else None


def cursor_text(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Return SQL that writes a cursor as text without a zone."""
    return sa.cast(_wall_clock(column) if isinstance(column.type, sa.DateTime) else column, sa.Text)


def _wall_clock(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    is_of_session = not isinstance(column.type, mysql.TIMESTAMP) and is_instant(column.type)
    return sa.func.timezone("UTC", column) if is_of_session else column
