"""Rows as Dagster shows a table in the metadata of an asset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster import MetadataValue, TableColumn, TableRecord, TableSchema


def table(rows: Sequence[Mapping[str, Any]], types: Mapping[str, str]) -> MetadataValue[Any]:
    """Return rows of the same columns as a table; a column without a type is text."""
    columns = [TableColumn(name, types.get(name, "string")) for name in (rows[0] if rows else ())]
    return MetadataValue.table([TableRecord(dict(row)) for row in rows], TableSchema(columns=columns))


def files_table(failed: Mapping[str, str]) -> MetadataValue[Any]:
    """Return files that could not be read, file -> message, as a table."""
    return table([{"file": file, "message": message} for file, message in failed.items()], {})
