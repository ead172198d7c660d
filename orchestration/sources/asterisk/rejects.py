"""Which lines of a queue_log can't be used, why, and what to do about it."""

from __future__ import annotations

import polars as pl

from orchestration.readers.findings import REJECT_SCHEMA
from orchestration.readers.quoting import form_of, quoted
from schemas.contract import CLOCK_TIME, SMALL_NUMBER

EVENT_NAME = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
"""Names that a dialplan may write; anything else is a damaged line, not an event of its own kind."""

NOTICES: dict[str, tuple[str | None, str, str]] = {
    "line_too_long": (None, "the line is longer than 64 KiB", "copy the file again, it is damaged here"),
    "unterminated_line": (None, "the last line has no end: it was half written", "copy the file again when complete"),
    "encoding": (None, "the line holds bytes that are not UTF-8", "write the file as UTF-8, or mend the name in it"),
    "control_character": (None, "the line holds control characters", "remove them; a crash leaves such bytes"),
    "field_count": (None, "the line has fewer than five fields", "a line is time|call id|queue|agent|event|..."),
    "time": ("occurred_at", "the time is no number of epoch seconds", "write seconds since 1970-01-01 UTC"),
    "event_name": ("event_type", "the event's name is empty or no name", "mend the line, or remove it"),
    "call_id": ("contact_id", "an event of a call without call id", "mend the line, or map the event to `ignored`"),
    "agent": ("agent_id", "an event of an agent without agent", "mend the line, or map the event to `ignored`"),
    "ring_time": ("occurred_at", "the ringing time is no number of milliseconds", "write whole milliseconds"),
    "wrap_up_time": ("occurred_at", "the wrap-up time is no number of seconds", "write whole seconds"),
}
"""Check -> field, what is wrong, remedy."""

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
        pl.when(pl.col("fault").is_not_null())
        .then(pl.col("fault"))
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
        [(check_name, *notice) for check_name, notice in NOTICES.items()],
        schema={"check_name": pl.String, "field": pl.String, "message": pl.String, "remedy": pl.String},
        orient="row",
    )
    faulty = records.with_columns(check_name=check).filter(pl.col("check_name").is_not_null())
    return (
        faulty.with_columns(value=shown, feed=pl.lit(None, dtype=pl.String))
        .join(notices, on="check_name", how="left", maintain_order="left")
        .select(*REJECT_SCHEMA)
    )
