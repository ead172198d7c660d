"""The feed `observations`: times taken by an observer beside the agent."""

from __future__ import annotations

from schemas.contract import (
    ONE_DAY,
    Feed,
    FeedModel,
    Instant,
    LateTopic,
    Seconds,
    Text,
    identifier,
    instant,
    one_of,
    seconds,
)


class Observations(FeedModel):
    """One row per time taken in the field."""

    agent_id: Text = identifier("Agent's account in the source.")
    contact_id: Text = identifier("Contact observed, where it is known.", nullable=True)
    kind: Text = one_of(
        ["wrap_up", "listening", "talking"],
        "What was timed: wrap-up after a contact, or how long the agent listened or talked within it.",
    )
    seconds: Seconds = seconds("How long it took.", most=ONE_DAY)
    observer_id: Text = identifier("Who took the time.")
    observed_at: Instant = instant("When it was observed.")


FEED = Feed(
    name="observations",
    grain="One row per time taken in the field.",
    model=Observations,
    subject="quality",
    key=("agent_id", "contact_id", "kind", "observer_id", "observed_at"),
    time_column="observed_at",
    dates_centre="alone",
    topics=("observations",),
    late_topics=(LateTopic("speech", "kind in ('listening', 'talking')"),),
)
