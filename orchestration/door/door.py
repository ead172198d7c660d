"""The door: rows of a feed as an adapter gave them become checked, typed rows without any plain customer id."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from orchestration.centre import Centre, Source
from orchestration.door.ahead_of_landing import ahead_failures
from orchestration.door.before_kept import before_failures
from orchestration.door.customer_key import CustomerKey, load_customer_key
from orchestration.door.of_spreadsheets import destroyed_ids
from orchestration.door.values import (
    TypedRows,
    cast_rows,
    format_failures,
    prepared_text,
    value_failures,
)
from orchestration.home.paths import Home
from orchestration.home.retained import retained
from schemas.contract import Feed

# Raised whenever the door writes other columns or values for the same file: every file is then taken again.
VERSION = 7


@dataclass(frozen=True)
class Door:
    """What a source's rows are judged by, beside the feed's model.

    zone: IANA zone of its local times. channel: of contacts that don't say theirs.
    customer_id_pattern (a Python regular expression, searched) and anonymous_values decide who is identified.
    gone_before: the UTC date before which records went on purpose; no part of the fingerprint, or each time that more
    went every file would be taken again.
    """

    zone: str
    channel: str | None
    customer_id_pattern: str | None
    anonymous_values: frozenset[str]
    test_callers: frozenset[str]
    key: CustomerKey
    gone_before: date | None = None

    @property
    def fingerprint(self) -> str:
        """Return text that changes whenever the same file would give other rows here."""
        parts = [
            VERSION,
            self.zone,
            self.channel,
            self.customer_id_pattern,
            sorted(self.anonymous_values),
            sorted(self.test_callers),
            self.key.fingerprint,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]

    def is_identified(self, plain: str) -> bool:
        """Tell whether a plain customer id stands for a customer."""
        if plain in self.anonymous_values:
            return False
        return self.customer_id_pattern is None or re.search(self.customer_id_pattern, plain) is not None


def door_of(home: Home, centre: Centre, source: Source) -> Door:
    """Return the door of a source. Raises SettingsError if a production home has no customer key."""
    key = load_customer_key(home.state, is_production=centre.profile == "production")
    return door_with(centre, source, key, retained(home).gone_before.get("records"))


def door_with(centre: Centre, source: Source, key: CustomerKey, gone_before: date | None = None) -> Door:
    """Return the door of a source with a key of the caller's own."""
    return Door(
        zone=centre.source_zone(source),
        channel=source.channel,
        customer_id_pattern=source.customer_id_pattern,
        anonymous_values=frozenset(source.anonymous_values),
        test_callers=frozenset(centre.test_callers),
        key=key,
        gone_before=gone_before,
    )


def checked_rows(feed: Feed, frame: pl.DataFrame, door: Door, landing_day: date) -> TypedRows:
    """Check and cast all rows of a feed; the caller leaves out the records that failed."""
    defaults = {"channel": door.channel, "is_test": "false"} if feed.name == "contacts" else {}
    text = prepared_text(feed, frame, defaults)
    format_found = pl.concat([format_failures(feed, text), destroyed_ids(feed, text)])
    masked_text = _with_customers(text, door) if "customer_id" in text.columns else text
    typed = cast_rows(feed, masked_text, door.zone)
    # What is out of form can't be cast, and what can't be cast is empty now: one finding, not three.
    lost = typed.failures.join(format_found, on=["record_number", "field"], how="anti")
    before = pl.concat([format_found, lost])
    values = value_failures(feed, typed.frame, text).join(before, on=["record_number", "field"], how="anti")
    known = pl.concat([before, values])
    ahead = ahead_failures(feed, typed.frame, text, landing_day)
    gone = before_failures(feed, typed.frame, text, door.gone_before)
    outside = pl.concat([ahead, gone]).join(known, on=["record_number", "field"], how="anti")
    return TypedRows(typed.frame, pl.concat([known, outside]))


def _with_customers(text: pl.DataFrame, door: Door) -> pl.DataFrame:
    """Replace plain customer ids by their hashes; each distinct id is looked at once."""
    hashes = door.key.hashes(text["customer_id"])
    marks = hashes.with_columns(
        pl.Series("is_identified", [door.is_identified(plain) for plain in hashes["plain"]], dtype=pl.Boolean),
        pl.col("plain").is_in(list(door.test_callers)).alias("is_test_caller"),
    )
    return text.join(marks, left_on="customer_id", right_on="plain", how="left", maintain_order="left").select(
        pl.exclude("customer_id", "hash", "is_identified", "is_test_caller"),
        pl.col("hash").alias("customer_id"),
        pl.col("is_identified", "is_test_caller").fill_null(value=False),
    )
