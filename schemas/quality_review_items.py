"""The feed `quality_review_items`: the rubric of a review, item by item."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Score, Text, column, identifier


class QualityReviewItems(FeedModel):
    """One row per rubric item scored in a review."""

    review_id: Text = identifier("Review that it belongs to.")
    item: Text = identifier("Item of the rubric.")
    score: Score = column("Points given for the item.", unit="points", ge=0, le=10_000)


FEED = Feed(
    name="quality_review_items",
    grain="One row per rubric item scored in a review.",
    model=QualityReviewItems,
    subject="quality",
    key=("review_id", "item"),
)
