"""The feed `quality_review_items`: the rubric of a review or of another check, item by item."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Flag, Score, Text, column, identifier, one_of
from schemas.quality_errors import CHECK_KINDS


class QualityReviewItems(FeedModel):
    """One row per rubric item scored in a check."""

    check_kind: Text = one_of(CHECK_KINDS, "Kind of check that it belongs to; a review if empty.", nullable=True)
    review_id: Text = identifier("Review, or other check, that it belongs to.")
    item: Text = identifier("Item of the rubric.")
    score: Score = column("Points given for the item.", unit="points", ge=0, le=10_000)
    max_score: Score = column("Points that it could have; 100 if empty.", unit="points", nullable=True, gt=0, le=10_000)
    is_applicable: Flag = column(
        "False for an item that did not apply: neither scored nor failed; true if empty.", nullable=True
    )


FEED = Feed(
    name="quality_review_items",
    grain="One row per rubric item scored in a review or in another check.",
    model=QualityReviewItems,
    subject="quality",
    key=("review_id", "item", "check_kind"),
    empty_in_key=(("check_kind", f"'{CHECK_KINDS[0]}'"),),
)
