"""The feed `quality_errors`: errors found in reviews."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Flag, Text, column, identifier


class QualityErrors(FeedModel):
    """One row per error found in a review."""

    review_id: Text = identifier("Review in which it was found.")
    error_code: Text = identifier("Kind of error in the centre's own list.")
    class_: Text = column("How grave it is.", alias="class", isin=["severe", "general"])
    good_faith: Flag = column("Made in the customer's interest; counted, without a penalty.")


FEED = Feed(
    name="quality_errors",
    grain="One row per error found in a review.",
    model=QualityErrors,
    subject="quality",
    key=("review_id", "error_code"),
)
