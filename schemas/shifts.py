"""The feed `shifts`: planned working times."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, ends_before_start, identifier, instant, one_of


class Shifts(FeedModel):
    """One row per planned shift of an agent."""

    agent_id: Text = identifier("The agent.")
    starts_at: Instant = instant("The shift begins.", is_plan=True)
    ends_at: Instant = instant("The shift ends.", is_plan=True)
    kind: Text = one_of(
        ["work", "training", "meeting", "leave"], "What the time is planned for; work if empty.", nullable=True
    )

    ends_after_start = ends_before_start("ends_at", "starts_at")


FEED = Feed(
    name="shifts",
    grain="One row per planned shift of an agent.",
    model=Shifts,
    subject="people",
    key=("agent_id", "starts_at"),
    time_column="starts_at",
    topics=("shifts",),
    recorded_from_first_row=True,
)
