"""The feed `messages`: who wrote when, never what."""

from __future__ import annotations

import polars as pl

from schemas.contract import Count, Feed, FeedModel, Flag, Instant, Text, column, identifier, instant, one_of, row_check


class Messages(FeedModel):
    """One row per message of a contact."""

    message_id: Text = identifier("The message, unique within its source.")
    contact_id: Text = identifier("Contact that it belongs to.")
    sent_at: Instant = instant("When it was sent.")
    sender: Text = one_of(["customer", "agent", "system", "bot"], "Side that sent it.")
    agent_id: Text = identifier("Agent's account; of agent messages only.", nullable=True)
    is_manual: Flag = column("Written by a person; automatic agent messages count as system messages.")
    length: Count = column(
        "Length of the text, which itself never enters.", unit="characters", nullable=True, ge=0, le=10_000_000
    )

    agent_only_of_agent_messages = row_check(
        "agent_id", "agent_of_other_side", pl.col("agent_id").is_null() | (pl.col("sender") == "agent")
    )


FEED = Feed(
    name="messages",
    grain="One row per message of a contact.",
    model=Messages,
    subject="contacts",
    key=("message_id",),
    time_column="sent_at",
    dates_centre="always",
    topics=("messages", "system_messages"),
    is_sliced=True,
)
