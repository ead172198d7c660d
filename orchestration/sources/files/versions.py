"""`version` of a rule: which of several tellings of one record is the newer one, as the source says it."""

from __future__ import annotations

import polars as pl

from orchestration.readers.findings import reject_columns, reject_frame, told_columns
from orchestration.readers.quoting import form_of
from orchestration.sources.files.conditions import met
from orchestration.sources.files.converted import Converted
from orchestration.sources.files.expressions import Around, field_text, source_text
from orchestration.sources.files.fields import FieldRule
from orchestration.sources.files.reckoned import instant

NUMBER = r"^[0-9]{1,18}$"


def lost_versions(field: FieldRule | None, around: Around, records: pl.DataFrame) -> pl.DataFrame:
    """Reject records whose version is neither an instant nor a whole number: which is newer could not be told."""
    if field is None or not isinstance(field, Converted):
        return reject_frame()
    written = source_text(field)
    text = field_text(field, around)
    is_known = text.str.contains(NUMBER) | instant(text, around.zone).is_not_null()
    values = {
        "field": pl.lit(field.parts[-1]),
        "value": form_of(written),
        **told_columns("not_a_version", field=field.parts[-1]),
    }
    lost = records.filter(met(field.when) & written.is_not_null() & ~is_known.fill_null(value=False))
    return lost.select(reject_columns(values))
