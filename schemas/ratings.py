"""The feed `ratings`: invitations to rate a contact, and what came back."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Score, Text, column, ends_before_start, identifier, instant


class Ratings(FeedModel):
    """One row per invitation to rate a contact."""

    rating_id: Text = identifier("The rating, unique within its source.", nullable=True)
    contact_id: Text = identifier("Contact that was rated.")
    agent_id: Text = identifier("Agent that the customer was asked about, where the source says it.", nullable=True)
    invited_at: Instant = instant("The invitation was sent.")
    delivered_at: Instant = instant("The invitation reached the customer.", nullable=True)
    not_delivered_reason: Text = identifier("Why it did not reach the customer.", nullable=True)
    rated_at: Instant = instant("The customer rated; empty if not (yet).", nullable=True)
    stars: Score = column("Rating given, mapped to 1 (worst) to 5 (best).", unit="stars", nullable=True, ge=1, le=5)
    themes: Text = column(
        "Themes chosen in the answer, separated by `|`; never free text.", nullable=True, str_length={"max_value": 1000}
    )

    rated_after_invitation = ends_before_start("rated_at", "invited_at")


FEED = Feed(
    name="ratings",
    grain="One row per invitation to rate a contact.",
    model=Ratings,
    subject="quality",
    key=("rating_id",),
    time_column="invited_at",
    key_without_id=("contact_id", "agent_id", "invited_at"),
    dates_centre="always",
    dated_by=("delivered_at", "rated_at"),
    topics=("ratings",),
)
