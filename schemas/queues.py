"""The feed `queues`: queues as they were from a date on."""

from __future__ import annotations

from schemas.contract import CHANNELS, Day, Feed, FeedModel, Text, column, day, identifier, one_of


class Queues(FeedModel):
    """One row per version of a queue, valid from a date until the next version."""

    queue_id: Text = identifier("The queue, over all sources.")
    name: Text = column("Name as shown on the pages.", str_length={"min_value": 1, "max_value": 256})
    channel: Text = one_of(CHANNELS, "Channel that it serves, where it serves one.", nullable=True)
    kind: Text = one_of(["normal", "technical", "expert"], "Kind of queue; targets differ by it.")
    team_id: Text = identifier("Team that answers for it.", nullable=True)
    valid_from: Day = day("First day on which this version holds.")


FEED = Feed(
    name="queues",
    grain="One row per version of a queue, valid from a date until the next version.",
    model=Queues,
    subject="contacts",
    key=("queue_id", "valid_from"),
)
