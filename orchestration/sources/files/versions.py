"""`version` of a rule: which of several tellings of one record is the newer one, as the source says it."""

from __future__ import annotations

import polars as pl

from orchestration.readers.findings import reject_columns, reject_frame, told_columns
from orchestration.readers.quoting import form_of
from orchestration.sources.files.columns import field_text
from orchestration.sources.files.fields import Constant, FieldRule

NUMBER = r"^[0-9]{1,18}$"
INSTANT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$"
)
CLOCK_CHARACTERS = 19  # of 2026-01-05T08:00:00


def lost_versions(field: FieldRule | None, records: pl.DataFrame) -> pl.DataFrame:
    """Reject records whose version is neither an instant nor a whole number: which is newer could not be told."""
    if field is None or isinstance(field, Constant):
        return reject_frame()
    written = pl.coalesce(pl.col(name) for name in field.parts)
    text = field_text(field)
    clock = text.str.slice(0, CLOCK_CHARACTERS).str.replace(" ", "T", literal=True)
    is_instant = text.str.contains(INSTANT) & clock.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False).is_not_null()
    is_known = text.str.contains(NUMBER) | is_instant
    values = {
        "field": pl.lit(field.parts[-1]),
        "value": form_of(written),
        **told_columns("not_a_version", field=field.parts[-1]),
    }
    lost = records.filter(written.is_not_null() & ~is_known.fill_null(value=False))
    return lost.select(reject_columns(values))
