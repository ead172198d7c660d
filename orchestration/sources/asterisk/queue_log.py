"""Adapter for the file that Asterisk writes about its queues: `queue_log`.

A line is `epoch seconds|call id|queue|agent|event|parameters...`. Each line becomes rows of `contact_events` or
`agent_states` by itself; which lines make a call, a queue visit or a leg is worked out later over all files.
Times are epoch seconds, so the source's time zone plays no part in reading. A surplus `|` at a line's end (the
dialplan's QueueLog() has written one) is harmless: parameters are taken by position.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

import polars as pl

from orchestration.readers.bytes import packing_by_content
from orchestration.readers.findings import LandingFile, reject_frame
from orchestration.readers.lines import Lines, numbered_lines
from orchestration.readers.text import text_blocks
from orchestration.sources.adapter import Batch
from orchestration.sources.asterisk.events import meaning_frame
from orchestration.sources.asterisk.rejects import find_faults
from orchestration.sources.asterisk.settings import AsteriskSource

# Not raised for what alone a damaged line is told by: years of whole logs would be taken again for it.
VERSION = "2"
UNKNOWN_EVENT = "unknown_event"
"""Kind under which events are counted that are neither documented nor named under `event_types`."""
DEFAULT_CHANNEL = "voice"
PARAMETERS = 6
BATCH_LINES = 250_000
CONTROL_CHARACTER = r"[\x00-\x08\x0a-\x1f\x7f]"
NOBODY = ("", "NONE")
"""What Asterisk writes where a line has no agent, queue or call."""
MAX_LOGIN_SECONDS = 31 * 24 * 3600
"""Longer than that nobody was logged in: without a login Asterisk counts from 1970."""

_RECORD = ("record_number", "line_number")


class AsteriskQueueLog:
    """Reads queue_log files, also rotated and compressed ones."""

    kind = "asterisk_queue_log"
    settings = AsteriskSource

    def fingerprint(self, file: LandingFile, source: AsteriskSource) -> str:
        """Return what besides the bytes decides the rows: version, channel, mappings and encoding."""
        settings: dict[str, object] = {
            "version": VERSION,
            "channel": source.channel,
            "event_types": source.event_types,
            "pause_reasons": source.pause_reasons,
        }
        if codecs.lookup(source.text_encoding).name != "utf-8":
            settings["encoding"] = source.encoding
        return f"{self.kind}:{json.dumps(settings, sort_keys=True)}"

    def read(self, file: LandingFile, source: AsteriskSource) -> Iterator[Batch]:
        """Yield one batch per block of lines; raises FileProblem where the packing breaks off."""
        table = meaning_frame(source.event_types)
        before = 0
        # Rotated logs are called queue_log.2.gz as well as queue_log-20260105, so that the name is not asked. Asterisk
        # writes a line with its end; in one without, the last number may be cut.
        for block in text_blocks(file, source.text_encoding, packing_by_content, ends_every_line=True):
            lines = numbered_lines(block, before)
            before += lines.records_read
            for some in _slices(lines):
                yield _batch(some, table, source)


def _slices(lines: Lines) -> Iterator[Lines]:
    """Yield so many lines at a time that their fields take little memory; what is no text comes with the first."""
    rejects = lines.rejects
    for frame in lines.frame.iter_slices(BATCH_LINES):
        yield Lines(frame, rejects)
        rejects = reject_frame()
    if rejects.height:
        yield Lines(lines.frame.clear(), rejects)


def _batch(lines: Lines, table: pl.DataFrame, source: AsteriskSource) -> Batch:
    records = _parse(lines.frame).join(table, on="event", how="left", maintain_order="left")
    records = records.with_columns(
        pl.col("target").fill_null("ignored"),
        pl.col("wait_at", "talk_at") + (pl.col("p1") == pl.col("longer_method")).fill_null(value=False),
        # These two move an instant, so what is no number is a fault, found below.
        ring_ms=_parameter("ring_ms_at").str.strip_chars(" ").cast(pl.Int64, strict=False),
        wrap_up_seconds=_parameter("wrap_up_at").str.strip_chars(" ").cast(pl.Int64, strict=False),
    )
    faults = find_faults(records)
    sound = records.join(faults, on="record_number", how="anti", maintain_order="left")
    # A name that nobody knows may be anything that slipped into its place, so that it is counted without it.
    known = pl.when(pl.col("event").is_in(table["event"].implode())).then("event").otherwise(pl.lit(UNKNOWN_EVENT))
    ignored = sound.filter(pl.col("target") == "ignored").group_by(known.alias("event")).len().sort("event")
    feeds = {
        "contact_events": _contact_events(sound.filter(pl.col("target") == "contact"), source),
        "agent_states": _agent_states(sound.filter(pl.col("target").is_in(["state", "pause"])), source),
    }
    return Batch(
        feeds={name: frame for name, frame in feeds.items() if frame.height},
        records_read=lines.records_read,
        rejects=pl.concat([lines.rejects, faults]),
        ignored=dict(ignored.iter_rows()),
    )


def _parse(lines: pl.DataFrame) -> pl.DataFrame:
    """Split lines into their named fields; `occurred_at` is null where the time is no epoch time."""
    fields = lines.with_columns(field=pl.col("line").str.split("|"))
    named = fields.select(
        *_RECORD,
        pl.col("line").str.contains(CONTROL_CHARACTER).alias("has_control_characters"),
        pl.col("field").list.len().alias("field_count"),
        *(_field(position).alias(name) for position, name in enumerate(("epoch", "call_id", "queue", "agent"))),
        _field(4).str.strip_chars(" ").alias("event"),
        *(_field(4 + number).alias(f"p{number}") for number in range(1, PARAMETERS + 1)),
    )
    # Digits of at most twelve places before the point: more would overflow microseconds.
    is_epoch = pl.col("epoch").str.contains(r"^[0-9]{1,11}(\.[0-9]{1,6})?$")
    whole = pl.col("epoch").str.extract(r"^([0-9]+)").cast(pl.Int64, strict=False)
    fraction = pl.col("epoch").str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(6, "0").cast(pl.Int64)
    instant = (whole * 1_000_000 + fraction).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    return named.with_columns(occurred_at=pl.when(is_epoch).then(instant))


def _field(position: int) -> pl.Expr:
    return pl.col("field").list.get(position, null_on_oob=True)


def _parameter(position_column: str) -> pl.Expr:
    """Return the parameter whose 1-based number stands in a column; null if that is 0 or the text is empty."""
    value = pl.coalesce(
        pl.when(pl.col(position_column) == number).then(pl.col(f"p{number}")) for number in range(1, PARAMETERS + 1)
    )
    return pl.when(value != "").then(value)


def _unless_nobody(column: str) -> pl.Expr:
    return pl.when(~pl.col(column).is_in(NOBODY)).then(pl.col(column))


def _contact_events(records: pl.DataFrame, source: AsteriskSource) -> pl.DataFrame:
    events = records.select(
        *_RECORD,
        pl.col("call_id").alias("contact_id"),
        "occurred_at",
        "event_type",
        "ring_ms",
        "wrap_up_seconds",
        _unless_nobody("agent").alias("agent_id"),
        _unless_nobody("queue").alias("queue_id"),
        _parameter("customer_at").alias("customer_id"),
        pl.lit(source.channel or DEFAULT_CHANNEL).alias("channel"),
        pl.lit("inbound").alias("direction"),
        "transfer_kind",
        _parameter("transfer_target_at").alias("transfer_target_id"),
        "reason",
        _parameter("wait_at").alias("wait_seconds"),
        _parameter("talk_at").alias("talk_seconds"),
    )
    # A ringing that ended is told by one line: the offer began `ring_ms` before it.
    offers = events.filter(pl.col("ring_ms").is_not_null()).with_columns(
        pl.col("occurred_at") - pl.duration(milliseconds=pl.col("ring_ms")),
        event_type=pl.lit("offered"),
    )
    others = events.filter(pl.col("ring_ms").is_null() | (pl.col("event_type") != "offered"))
    # A wrap-up is told by its start and its length.
    ends = events.filter(pl.col("wrap_up_seconds").is_not_null()).with_columns(
        pl.col("occurred_at") + pl.duration(seconds=pl.col("wrap_up_seconds")),
        event_type=pl.lit("wrap_up_ended"),
    )
    told = [offers.with_columns(rank=0), others.with_columns(rank=1), ends.with_columns(rank=2)]
    rows = pl.concat(told).sort("record_number", "rank")
    row_in_record = pl.int_range(pl.len()).over("record_number").cast(pl.Int32)
    return rows.with_columns(row_in_record=row_in_record).drop("rank", "ring_ms", "wrap_up_seconds")


def _agent_states(records: pl.DataFrame, source: AsteriskSource) -> pl.DataFrame:
    reasons = source.pause_reasons
    paused = pl.col("p1").fill_null("").replace_strict(reasons, default="away", return_dtype=pl.String)
    # A member added in pause (Asterisk 22 says so in the first parameter) waits for its UNPAUSE.
    is_added_paused = (pl.col("event") == "ADDMEMBER") & (pl.col("p1").fill_null("") == "PAUSED")
    login = _parameter("login_at")
    is_too_long = login.str.strip_chars(" ").cast(pl.Int64, strict=False) > MAX_LOGIN_SECONDS
    state = pl.when((pl.col("target") == "pause") | is_added_paused).then(paused).otherwise(pl.col("state"))
    return records.select(
        *_RECORD,
        pl.lit(0, dtype=pl.Int32).alias("row_in_record"),
        pl.col("agent").alias("agent_id"),
        state.alias("state"),
        pl.col("occurred_at").alias("started_at"),
        "is_pause_change",
        pl.when(~is_too_long.fill_null(value=False)).then(login).alias("signed_in_seconds"),
    )
