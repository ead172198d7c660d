"""The feed `site_visits`: visitors that could have asked."""

from __future__ import annotations

from schemas.contract import CHANNELS, Count, Day, Feed, FeedModel, Text, column, day, identifier, one_of


class SiteVisits(FeedModel):
    """One row per day, channel and entry point."""

    visited_on: Day = day("Day of the visits.", is_plan=False)
    channel: Text = one_of(CHANNELS, "Channel that these visitors could have used.")
    entry_point: Text = identifier("Page or place of entry.", nullable=True)
    visitors: Count = column("Distinct visitors of that day.", unit="visitors", ge=0, le=1_000_000_000)


FEED = Feed(
    name="site_visits",
    grain="One row per day, channel and entry point.",
    model=SiteVisits,
    subject="service",
    key=("visited_on", "channel", "entry_point"),
    time_column="visited_on",
    topics=("site_visits",),
)
