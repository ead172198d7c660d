"""The feed `recognitions`: praise that customers gave."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, identifier, instant, one_of


class Recognitions(FeedModel):
    """One row per recognition."""

    recognition_id: Text = identifier("The recognition, unique within its source.")
    agent_id: Text = identifier("Agent who was praised, where it is known.", nullable=True)
    contact_id: Text = identifier("Contact that it is about, where it is known.", nullable=True)
    kind: Text = one_of(
        ["praise_in_contact", "praise_contact", "other"],
        "Praise within a contact, a contact made only to praise, or another form.",
    )
    received_at: Instant = instant("When it was received.")


FEED = Feed(
    name="recognitions",
    grain="One row per recognition.",
    model=Recognitions,
    subject="quality",
    key=("recognition_id",),
    time_column="received_at",
    dates_centre="alone",
    topics=("recognitions",),
)
