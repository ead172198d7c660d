"""The feed `quality_reviews`: contacts heard or read by a reviewer."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Score, Text, column, identifier, instant, one_of


class QualityReviews(FeedModel):
    """One row per quality review."""

    review_id: Text = identifier("The review, unique within its source.")
    contact_id: Text = identifier("Contact reviewed, where it is known.", nullable=True)
    agent_id: Text = identifier("Agent reviewed.")
    reviewer_id: Text = identifier("Who reviewed.")
    mode: Text = one_of(["live", "after"], "While the contact went on, or after it.")
    selection: Text = one_of(["random", "targeted"], "How the contact was chosen.")
    level: Text = identifier("Level of the reviewer, such as team leader.", nullable=True)
    score: Score = column("Result of the review.", unit="points of 100", ge=0, le=100)
    reviewed_at: Instant = instant("When it was reviewed; the review belongs to this local date.")
    rubric_version: Text = identifier("Version of the rubric that was scored.", nullable=True)
    sample_id: Text = identifier("Sample that the contact was drawn in.", nullable=True)
    acknowledged_at: Instant = instant("When the agent saw the result.", nullable=True)


FEED = Feed(
    name="quality_reviews",
    grain="One row per quality review.",
    model=QualityReviews,
    subject="quality",
    key=("review_id",),
    time_column="reviewed_at",
    dates_centre="alone",
    topics=("reviews",),
)
