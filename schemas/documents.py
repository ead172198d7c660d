"""The feed `documents`: what the centre tells its people in writing."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, column, identifier, instant, one_of


class Documents(FeedModel):
    """One row per document: its title, never what it says."""

    document_id: Text = identifier("The document, unique within its source.")
    version: Text = identifier("Its version, as it calls itself.", nullable=True)
    kind: Text = one_of(["notice", "rule", "norm", "knowledge", "post", "campaign"], "What it is.")
    title: Text = column("Its title.", str_matches=r"^[^\x00-\x1f\x7f]{1,256}$")
    published_at: Instant = instant("When it was published.")
    acknowledge_by: Instant = instant(
        "Until when it is to be acknowledged; empty if it need not be.", nullable=True, is_plan=True
    )
    knowledge_point: Text = identifier("Knowledge point that it is about.", nullable=True)


FEED = Feed(
    name="documents",
    grain="One row per document.",
    model=Documents,
    subject="governance",
    key=("document_id",),
    time_column="published_at",
)
