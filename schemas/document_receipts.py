"""The feed `document_receipts`: whom a document was addressed to, and when he read and acknowledged it."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, identifier, instant


class DocumentReceipts(FeedModel):
    """One row per document and person addressed, whether or not he read it; told again once he does."""

    document_id: Text = identifier("Document that was addressed.")
    agent_id: Text = identifier("Whom it was addressed to.")
    addressed_at: Instant = instant("When it was addressed to him.")
    read_at: Instant = instant("When he opened it; empty if he has not.", nullable=True)
    acknowledged_at: Instant = instant("When he acknowledged it; empty if he has not.", nullable=True)
    relayed_by: Text = identifier("Who passed it on to him.", nullable=True)


FEED = Feed(
    name="document_receipts",
    grain="One row per document and person addressed.",
    model=DocumentReceipts,
    subject="governance",
    key=("document_id", "agent_id"),
    time_column="addressed_at",
    topics=("documents",),
    recorded_from_first_row=True,
)
