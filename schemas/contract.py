"""What the feeds of the contract share: column types, the description of a column, checks that span columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.words import PLAIN, Words, words_of

Text = str
Count = int
Flag = bool
Instant = Annotated[pl.Datetime, "us", "UTC"]
Day = pl.Date
Seconds = Annotated[pl.Decimal, 18, 3]
Score = Annotated[pl.Decimal, 9, 4]
Money = Annotated[pl.Decimal, 18, 4]

# Landing days begin in 1990 too. Years 0001 and 9999 are how systems write "unknown" and "for ever", never an event.
FIRST_INSTANT = datetime(1990, 1, 1, tzinfo=UTC)
LAST_INSTANT = datetime(2100, 1, 1, tzinfo=UTC)
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 1, 1)
# Zones and clocks that go wrong account for two days between what a file tells and the folder that it lies in.
MAX_DAYS_AHEAD = 2

ONE_DAY, ONE_MONTH, ONE_YEAR = 86_400, 31 * 86_400, 366 * 86_400

# An id is a key and a label: no control characters, and short enough to be one.
ID_PATTERN = r"^[^\x00-\x1f\x7f]{1,256}$"
CUSTOMER_HASH_PATTERN = r"^[0-9a-f]{64}$"

# Set at the door, so no file brings them.
DOOR_COLUMNS = ("is_identified", "is_test_caller")
# Columns that may be empty in a file although an accepted row always has a value.
DEFAULTED_COLUMNS = {("contacts", "is_test"), ("contacts", "channel")}
# The header of this one column is `source_id`; its rows carry the name below, beside the source of their own file.
CONTRACT_HEADERS = {("agent_accounts", "account_source_id"): "source_id"}

# What of a file may be quoted about it: what can be nobody's name, number or words, whatever column it slipped into.
# Of any other value only its form is told. A number of seven digits may be somebody's; a clock time is nobody's.
SMALL_NUMBER = r"^[+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?$"
CLOCK_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9:]{2,6})?$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

CHANNELS = ["web", "wechat", "weibo", "app", "voice", "email", "other"]
DIRECTIONS = ["inbound", "callback", "outbound"]


Subject = Literal["contacts", "quality", "people", "service", "governance"]
SUBJECTS: tuple[Subject, ...] = ("contacts", "quality", "people", "service", "governance")


class FeedModel(pa.DataFrameModel):
    """The rows of one feed after the cast, before `source_id` and the other columns of origin are added."""

    class Config:
        """Columns are exactly those declared, in the order declared."""

        strict = True


@dataclass(frozen=True)
class LateTopic:
    """A topic of a feed that is recorded from the first row on that tells of it.

    told: the SQL condition of such a row, over columns of the feed's staging model.
    day: the column of its local date; None = that of the feed's time column.
    """

    name: str
    told: str
    day: str | None = None


@dataclass(frozen=True)
class Feed:
    """One feed of the contract.

    grain: what one row is.
    model: the Pandera model that its rows satisfy.
    subject: what its rows are about; the folder of its staging model, and its place on the contract's page.
    key: the columns that name a row within its source; two rows that agree in all columns are one row told twice.
    key_without_id: what names a row whose first key column is empty.
    empty_in_key: columns of the key with what an empty value of them stands for there.
    time_column: the instant or date whose UTC date names the Parquet folder; None = the landing day.
    repeats_need: a column without which identical rows are genuine repeats and both stay (an event without an id);
        such a row is named by its content and its number among its like.
    dates_centre: `always` if its instants say how far the data of a centre reach, `alone` if only in a centre that has
        nothing else; None if they do not, as plans reach further.
    dated_by: the instants by which it does, besides time_column.
    topics: what a source that gives the feed records.
    recorded_from_first_row: whether it does so from the local date of its first row on (by time_column), not always.
    late_topics: what it may record besides, from the first row on that tells of it.
    is_sliced: whether a build reads, of its UTC dates, only those on which the contacts that it makes anew have rows.
    """

    name: str
    grain: str
    model: type[FeedModel]
    subject: Subject
    key: tuple[str, ...]
    key_without_id: tuple[str, ...] = ()
    empty_in_key: tuple[tuple[str, str], ...] = ()
    time_column: str | None = None
    repeats_need: str | None = None
    dates_centre: Literal["always", "alone"] | None = None
    dated_by: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    recorded_from_first_row: bool = False
    late_topics: tuple[LateTopic, ...] = ()
    is_sliced: bool = False

    @property
    def all_topics(self) -> tuple[str, ...]:
        """Return what a source that gives the feed records, or may record besides."""
        return (*self.topics, *(late.name for late in self.late_topics))

    @property
    def goes_with_time(self) -> bool:
        """Tell whether its rows go when they are older than a centre keeps records: those that grow with contacts.

        What people decide later (complaints, plans, reviews) is little, and looks back far.
        """
        return self.dates_centre == "always"


def contract_columns(feed: Feed) -> dict[str, str]:
    """Return header name in a file -> column of the feed, for every column that a file may bring."""
    return {
        CONTRACT_HEADERS.get((feed.name, name), name): name
        for name in feed.model.to_schema().columns
        if name not in DOOR_COLUMNS
    }


def happened_columns(feed: Feed) -> list[str]:
    """Return the times of what the source saw: none lies more than MAX_DAYS_AHEAD after the file's landing day."""
    described = feed.model.to_schema().columns
    return [name for name, one in described.items() if (one.metadata or {})["has_happened"]]


def required_headers(feed: Feed) -> list[str]:
    """Return the header names without which no row of the feed can be accepted."""
    columns = feed.model.to_schema().columns
    return [
        header
        for header, name in contract_columns(feed).items()
        if not columns[name].nullable and (feed.name, name) not in DEFAULTED_COLUMNS
    ]


def quotable_pattern(feed: Feed, column: str) -> str | None:
    """Return what a value must match to be quoted in quarantine; None where no value of the column may be."""
    dtype = feed.model.to_schema().columns[column].dtype.type
    if dtype == pl.Datetime:
        return CLOCK_TIME
    if dtype == pl.Date:
        return DATE
    return SMALL_NUMBER if dtype.is_numeric() else None


@dataclass(frozen=True)
class RowCheck:
    """A check over several columns of a row, and in what way of words.json its failures are told."""

    field: str
    name: str
    way: str
    details: Mapping[str, object]

    @property
    def words(self) -> Words:
        """Return what is wrong, and what to do about it."""
        return words_of(self.name, self.way, {"field": self.field, **self.details})


ROW_CHECKS: dict[str, RowCheck] = {}
"""Checks that span columns, by the text that Pandera reports for them."""


def column(
    meaning: str, *, unit: str | None = None, nullable: bool = False, has_happened: bool = False, **checks: Any
) -> Any:
    """Describe a column: what it means, its unit, whether it may be empty, and Pandera's checks of its values.

    `has_happened`: a time of what the source saw, which a file can't tell before it lands (see happened_columns).
    """
    metadata = {"unit": unit, "has_happened": has_happened}
    return pa.Field(nullable=nullable, description=meaning, metadata=metadata, **checks)


def identifier(meaning: str, *, nullable: bool = False) -> Any:
    """Describe a column that names something."""
    return column(meaning, nullable=nullable, str_matches=ID_PATTERN)


def one_of(values: list[str], meaning: str, *, nullable: bool = False) -> Any:
    """Describe a column with a closed list of values."""
    return column(meaning, nullable=nullable, isin=values)


def instant(meaning: str, *, nullable: bool = False, is_plan: bool = False) -> Any:
    """Describe an instant within the years that a contact centre can have; one of a plan may lie ahead."""
    unit, happened = "instant, UTC", not is_plan
    return column(meaning, unit=unit, nullable=nullable, has_happened=happened, ge=FIRST_INSTANT, lt=LAST_INSTANT)


def day(meaning: str, *, nullable: bool = False, is_plan: bool = True) -> Any:
    """Describe a local date of the centre: most say from when something holds, which may lie ahead."""
    unit, happened = "local date of the centre", not is_plan
    return column(meaning, unit=unit, nullable=nullable, has_happened=happened, ge=FIRST_DAY, lt=LAST_DAY)


def seconds(meaning: str, *, most: int, nullable: bool = False) -> Any:
    """Describe a duration of 0 to `most` seconds; what is longer is a number that slipped into the column."""
    return column(meaning, unit="seconds", nullable=nullable, ge=0, le=most)


def customer_hash() -> Any:
    """Describe a customer id: plain in the file, hashed here."""
    return column(
        "Customer; plain in the file, replaced at the door by its keyed hash (HMAC-SHA256, hexadecimal).",
        nullable=True,
        str_matches=CUSTOMER_HASH_PATTERN,
    )


def is_identified() -> Any:
    """Describe the mark of an identified customer."""
    return column(
        "Set at the door: the plain customer id passes the source's `customer_id_pattern` and is none of its "
        "`anonymous_values`."
    )


def is_test_caller() -> Any:
    """Describe the mark of a test caller."""
    return column("Set at the door: the plain customer id is listed under `test_callers` in centre.yaml.")


def row_check(
    field: str, name: str, kept: pl.Expr, way: str = PLAIN, details: Mapping[str, object] | None = None
) -> Any:
    """Return a check of a model, reported against `field`, of what each row keeps (false = broken)."""

    def check(cls: type[FeedModel], data: PolarsData) -> pl.LazyFrame:
        # A comparison with an empty value is neither kept nor broken: only false breaks a row.
        return data.lazyframe.select(kept.fill_null(value=True))

    told = RowCheck(field, name, way, details or {})
    # Feeds share names of columns and of checks; their words differ by way and details.
    error = f"{field}: {name} {way} {dict(told.details)}"
    ROW_CHECKS[error] = told
    return pa.dataframe_check(check, error=error)


def ends_before_start(end: str, start: str, way: str = PLAIN, *, may_be_equal: bool = True) -> Any:
    """Check that `end` is not before `start`, nor the same where that is no stretch of time."""
    kept = pl.col(end) >= pl.col(start) if may_be_equal else pl.col(end) > pl.col(start)
    return row_check(end, "ends_before_start", kept, way, {"end": end, "start": start})
