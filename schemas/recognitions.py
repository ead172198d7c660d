"""The feed `recognitions`: praise that customers gave."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Flag, Instant, Text, column, identifier, instant, one_of


class Recognitions(FeedModel):
    """One row per recognition."""

    recognition_id: Text = identifier("The recognition, unique within its source.")
    agent_id: Text = identifier("Agent who was praised, where it is known.", nullable=True)
    contact_id: Text = identifier("Contact that it is about, where it is known.", nullable=True)
    kind: Text = one_of(
        [
            "praise_in_contact",
            "praise_contact",
            "peer_like",
            "achievement",
            "best_practice",
            "meeting_praise",
            "suggestion_adopted",
            "story",
            "other",
        ],
        "Of customers: praise within a contact, a contact made only to praise. Of colleagues: a like, an achievement, "
        "a practice that others take up, praise in a meeting, a suggestion that was adopted, a story. Or another form.",
    )
    received_at: Instant = instant("When it was received.")
    given_by: Text = identifier("Colleague who gave it.", nullable=True)
    meeting_id: Text = identifier("Meeting in which it was given.", nullable=True)
    document_id: Text = identifier("Document in which it was told.", nullable=True)
    is_personalised: Flag = column(
        "Of praise by customers: for warm, personal service that solved the matter; false if empty.", nullable=True
    )


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
