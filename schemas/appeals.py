"""The feed `appeals`: objections to a record, and what became of them."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, ends_before_start, identifier, instant, one_of
from schemas.row_rules import (
    missing_with,
    same_person,
    stands_alone,
    unexpected_with,
)


class Appeals(FeedModel):
    """One row per appeal; told again, with the same id, once it is decided."""

    appeal_id: Text = identifier("The appeal, unique within its source.")
    subject_kind: Text = one_of(
        ["complaint", "error", "review", "finding", "audit"], "Kind of record that is objected to."
    )
    subject_source_id: Text = identifier("Source of that record; the appeal's own if empty.", nullable=True)
    subject_id: Text = identifier(
        "The record; of an error `check_kind/check/code/occurrence`, such as `review/R17/KN-02/1`."
    )
    filed_by: Text = identifier("Who objects.")
    filed_at: Instant = instant("When the appeal was filed.")
    outcome: Text = one_of(["granted", "rejected"], "What was decided; empty while it is pending.", nullable=True)
    decided_at: Instant = instant("When it was decided; a decided appeal belongs to this local date.", nullable=True)
    decided_by: Text = identifier("Who decided: never who filed it.", nullable=True)
    effect: Text = one_of(
        ["overturned", "not_responsible", "good_faith"],
        "Of a granted appeal: the record does not count (a complaint counts as not upheld), counts for the centre but "
        "for no agent, or counts without a penalty.",
        nullable=True,
    )

    decided_after_filed = ends_before_start("decided_at", "filed_at", "pending")
    decided_when_and_how = stands_alone("decided_at", "outcome")
    granted_has_an_effect = missing_with("effect", "outcome", "granted")
    only_granted_has_an_effect = unexpected_with("effect", "outcome", "granted")
    decided_by_another = same_person("decided_by", "filed_by")


FEED = Feed(
    name="appeals",
    grain="One row per appeal, told again when it is decided.",
    model=Appeals,
    subject="governance",
    key=("appeal_id",),
    time_column="filed_at",
    topics=("appeals",),
    recorded_from_first_row=True,
)
