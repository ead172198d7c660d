"""The feed `quality_errors`: errors found in reviews and in other checks."""

from __future__ import annotations

from schemas.contract import Count, Feed, FeedModel, Flag, Text, column, identifier, one_of

CHECK_KINDS = ["review", "monitoring", "test_call", "ticket_audit"]
"""What errors are found in; the first is meant where a record names none."""


class QualityErrors(FeedModel):
    """One row per error found in a check."""

    check_kind: Text = one_of(CHECK_KINDS, "Kind of check in which it was found; a review if empty.", nullable=True)
    review_id: Text = identifier("Review, or other check, in which it was found.")
    error_code: Text = identifier("Kind of error: a code of the product's list or of the centre's own.")
    occurrence: Count = column(
        "Which of several equal errors in one check it is; the first if empty.",
        unit="number",
        nullable=True,
        ge=1,
        le=10_000,
    )
    class_: Text = column("How grave it is.", alias="class", isin=["severe", "general"])
    good_faith: Flag = column("Made in the customer's interest; counted, without a penalty.")
    knowledge_point: Text = identifier("Knowledge point that was not known.", nullable=True)
    ticket_field: Text = identifier("Of a ticket audit: the field that was wrong.", nullable=True)
    original_code: Text = identifier("Of a ticket audit: the code that stood there.", nullable=True)
    corrected_code: Text = identifier("Of a ticket audit: the code that should have.", nullable=True)
    case_code: Text = identifier("Entry of the case library that it became.", nullable=True)


FEED = Feed(
    name="quality_errors",
    grain="One row per error found in a review or in another check.",
    model=QualityErrors,
    subject="quality",
    key=("review_id", "error_code", "check_kind", "occurrence"),
    empty_in_key=(("check_kind", f"'{CHECK_KINDS[0]}'"), ("occurrence", "1")),
)
