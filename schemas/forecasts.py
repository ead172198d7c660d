"""The feed `forecasts`: how many contacts were expected, interval by interval."""

from __future__ import annotations

from schemas.contract import (
    CHANNELS,
    Count,
    Feed,
    FeedModel,
    Instant,
    Score,
    Text,
    column,
    identifier,
    instant,
    one_of,
)
from schemas.row_rules import one_of_two


class Forecasts(FeedModel):
    """One row per interval and queue, or channel, and time at which it was forecast."""

    queue_id: Text = identifier("Queue that the forecast is for.", nullable=True)
    channel: Text = one_of(CHANNELS, "Channel that it is for, where it is for no queue.", nullable=True)
    starts_at: Instant = instant("The interval begins.", is_plan=True)
    minutes: Count = column("Length of the interval.", unit="minutes", isin=[15, 30, 60])
    contacts: Score = column("Contacts expected in it.", unit="contacts", ge=0)
    made_at: Instant = instant("When it was forecast; the last one before the interval begins counts.")

    queue_or_channel = one_of_two("queue_id", "channel")


FEED = Feed(
    name="forecasts",
    grain="One row per interval and queue or channel, each time that it is forecast.",
    model=Forecasts,
    subject="service",
    key=("queue_id", "channel", "starts_at", "made_at"),
    empty_in_key=(("queue_id", "''"), ("channel", "''")),
    time_column="starts_at",
    topics=("forecasts",),
    recorded_from_first_row=True,
)
