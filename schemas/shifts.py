"""The feed `shifts`: planned working times."""

from __future__ import annotations

import polars as pl

from schemas.contract import Feed, FeedModel, Instant, Text, ends_before_start, identifier, instant


class Shifts(FeedModel):
    """One row per planned shift of an agent."""

    agent_id: Text = identifier("The agent.")
    starts_at: Instant = instant("The shift begins.", is_plan=True)
    ends_at: Instant = instant("The shift ends.", is_plan=True)

    @ends_before_start("ends_at", "starts_at")
    def ends_after_start(cls) -> pl.Expr:  # noqa: N805 - Pandera binds the class
        """Hold the order of the two instants."""
        return pl.col("ends_at") >= pl.col("starts_at")


FEED = Feed(
    name="shifts",
    grain="One row per planned shift of an agent.",
    model=Shifts,
    subject="people",
    key=("agent_id", "starts_at"),
    time_column="starts_at",
)
