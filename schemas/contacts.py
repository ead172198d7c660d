"""The feed `contacts`: the header of a contact."""

from __future__ import annotations

from schemas.contract import (
    CHANNELS,
    DIRECTIONS,
    Feed,
    FeedModel,
    Flag,
    Instant,
    Text,
    column,
    customer_hash,
    ends_before_start,
    identifier,
    instant,
    is_identified,
    is_test_caller,
    one_of,
)


class Contacts(FeedModel):
    """One row per contact: chat, call, thread or mail, from its first moment to its last."""

    contact_id: Text = identifier("The contact, unique within its source.")
    customer_id: Text = customer_hash()
    is_identified: Flag = is_identified()
    is_test_caller: Flag = is_test_caller()
    channel: Text = one_of(CHANNELS, "Way on which the contact came in; the source's channel if empty.")
    direction: Text = one_of(DIRECTIONS, "Who began it: the customer (inbound) or the centre (callback, outbound).")
    queue_id: Text = identifier("Queue that it was meant for; routing events win over it.", nullable=True)
    topic: Text = identifier("Subject of the contact, for first-contact resolution.", nullable=True)
    started_at: Instant = instant("The contact began; it belongs to the local date of this instant.")
    ended_at: Instant = instant(
        "The contact ended; empty while it is open or where the source does not say.", nullable=True
    )
    end_reason: Text = identifier("Why or by whom it was ended, in the source's words.", nullable=True)
    reopened_from: Text = identifier(
        "Contact of the same source that this one reopens; it still counts by itself.", nullable=True
    )
    is_test: Flag = column("A test, which counts in no service KPI; false if empty.")

    ends_after_start = ends_before_start("ended_at", "started_at")


FEED = Feed(
    name="contacts",
    grain="One row per contact: chat, call, thread or mail, from its first moment to its last.",
    model=Contacts,
    subject="contacts",
    key=("contact_id",),
    time_column="started_at",
    dates_centre="always",
    dated_by=("ended_at",),
    topics=("customer_ids",),
    is_sliced=True,
)
