"""Which lines of a queue_log can't be used, why, and what to do about it."""

from __future__ import annotations

import polars as pl

from orchestration.readers.findings import REJECT_SCHEMA
from orchestration.readers.quoting import form_of, quoted
from schemas.contract import CLOCK_TIME, SMALL_NUMBER
from schemas.words import texts_of

EVENT_NAME = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
"""Names that a dialplan may write; anything else is a damaged line, not an event of its own kind."""

FIELDS: dict[str, str | None] = {
    "control_character": None,
    "field_count": None,
    "time": "occurred_at",
    "event_name": "event_type",
    "call_id": "contact_id",
    "agent": "agent_id",
    "ring_time": "occurred_at",
    "wrap_up_time": "occurred_at",
}
"""Check -> field."""

MAX_RING_MS = 24 * 3600 * 1000
MAX_WRAP_UP_SECONDS = 24 * 3600


def find_faults(records: pl.DataFrame) -> pl.DataFrame:
    """Return one row of REJECT_SCHEMA per line that can't be used, with the first reason that applies."""
    nobody = ["", "NONE"]
    is_contact = pl.col("target") == "contact"
    is_agent = pl.col("target").is_in(["state", "pause"])
    ring_text = pl.coalesce(pl.when(pl.col("ring_ms_at") == 1).then(pl.col("p1")), pl.lit(""))
    wrap_up_text = pl.coalesce(pl.when(pl.col("wrap_up_at") == 1).then(pl.col("p1")), pl.lit(""))
    check = (
        pl.when("has_control_characters")
        .then(pl.lit("control_character"))
        .when(pl.col("field_count") < 5)
        .then(pl.lit("field_count"))
        .when(pl.col("occurred_at").is_null())
        .then(pl.lit("time"))
        .when(~pl.col("event").str.contains(EVENT_NAME))
        .then(pl.lit("event_name"))
        .when(is_contact & pl.col("call_id").is_in(nobody))
        .then(pl.lit("call_id"))
        .when(is_agent & pl.col("agent").is_in(nobody))
        .then(pl.lit("agent"))
        .when((ring_text != "") & ~pl.col("ring_ms").is_between(0, MAX_RING_MS).fill_null(value=False))
        .then(pl.lit("ring_time"))
        .when(
            (wrap_up_text != "") & ~pl.col("wrap_up_seconds").is_between(0, MAX_WRAP_UP_SECONDS).fill_null(value=False)
        )
        .then(pl.lit("wrap_up_time"))
    )
    # A line that slipped by a field has a caller's number or a name anywhere.
    shown = (
        pl.when(pl.col("check_name") == "time")
        .then(quoted(pl.col("epoch"), f"{CLOCK_TIME}|{SMALL_NUMBER}"))
        .when(pl.col("check_name") == "event_name")
        .then(form_of(pl.col("event")))
        .when(pl.col("check_name").is_in(["ring_time", "wrap_up_time"]))
        .then(quoted(pl.col("p1"), SMALL_NUMBER))
    )
    notices = pl.DataFrame(
        [(check_name, field, *texts_of(check_name)) for check_name, field in FIELDS.items()],
        schema={"check_name": pl.String, "field": pl.String, "message": pl.String, "remedy": pl.String},
        orient="row",
    )
    faulty = records.with_columns(check_name=check).filter(pl.col("check_name").is_not_null())
    return (
        faulty.with_columns(value=shown, feed=pl.lit(None, dtype=pl.String), details=pl.lit(None, dtype=pl.String))
        .join(notices, on="check_name", how="left", maintain_order="left")
        .select(*REJECT_SCHEMA)
    )
