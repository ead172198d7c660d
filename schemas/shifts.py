"""The feed `shifts`: planned working times."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, ends_before_start, identifier, instant


class Shifts(FeedModel):
    """One row per planned shift of an agent."""

    agent_id: Text = identifier("The agent.")
    starts_at: Instant = instant("The shift begins.", is_plan=True)
    ends_at: Instant = instant("The shift ends.", is_plan=True)

    ends_after_start = ends_before_start("ends_at", "starts_at")


FEED = Feed(
    name="shifts",
    grain="One row per planned shift of an agent.",
    model=Shifts,
    subject="people",
    key=("agent_id", "starts_at"),
    time_column="starts_at",
)
