"""The feed `complaints`: complaints received, and what became of them."""

from __future__ import annotations

from schemas.contract import (
    CHANNELS,
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
    one_of,
)
from schemas.row_rules import (
    missing_with,
    stands_alone,
    unexpected_with,
)


class Complaints(FeedModel):
    """One row per complaint; dropped again, with the same id, once it is decided."""

    complaint_id: Text = identifier("The complaint, unique within its source.")
    received_at: Instant = instant("When it was received; the complaint belongs to this local date.")
    origin: Text = one_of(
        ["customer", "internal", "authority"],
        "Who complained: a customer, a colleague or department (internal), a regulator or the press (authority).",
    )
    channel: Text = one_of(CHANNELS, "Way on which the complaint came in.", nullable=True)
    contact_id: Text = identifier("Contact complained of, where it is known.", nullable=True)
    queue_id: Text = identifier("Queue complained of, where no contact is known.", nullable=True)
    topic: Text = identifier("Subject complained of, where no contact is known.", nullable=True)
    ticket_id: Text = identifier("Ticket in which it is handled.", nullable=True)
    customer_id: Text = customer_hash()
    is_identified: Flag = is_identified()
    agent_id: Text = identifier("Agent complained of, as claimed.", nullable=True)
    leaf: Text = identifier(
        "What it is about, a leaf of the list of complaints: claimed while pending, confirmed when decided.",
        nullable=True,
    )
    outcome: Text = one_of(
        ["upheld", "not_upheld", "withdrawn"], "What was decided; empty while it is pending.", nullable=True
    )
    decided_at: Instant = instant("When it was decided.", nullable=True)
    decided_by: Text = identifier("Who decided.", nullable=True)
    responsible_agent_id: Text = identifier(
        "Agent whom the decision holds responsible; empty if nobody in particular.", nullable=True
    )
    owner_department: Text = identifier("Department whose fault it is, where it is not the centre's.", nullable=True)
    good_faith: Flag = column(
        "Done in the customer's interest: counted, without a penalty; false if empty.", nullable=True
    )
    case_code: Text = identifier("Entry of the case library that it became.", nullable=True)

    decided_after_received = ends_before_start("decided_at", "received_at", "pending")
    decided_when_and_how = stands_alone("decided_at", "outcome")
    upheld_is_about_something = missing_with("leaf", "outcome", "upheld")
    responsible_only_if_upheld = unexpected_with("responsible_agent_id", "outcome", "upheld")


FEED = Feed(
    name="complaints",
    grain="One row per complaint, told again when it is decided.",
    model=Complaints,
    subject="governance",
    key=("complaint_id",),
    time_column="received_at",
    topics=("complaints",),
    recorded_from_first_row=True,
)
