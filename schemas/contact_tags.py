"""The feed `contact_tags`: what a contact was, as its agent or a reviewer marked it."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, identifier, instant, one_of

TAGS = [
    "avoidable",
    "not_avoidable",
    "difficult_customer",
    "history_checked",
    "rescheduled",
    "written_follow_up",
    "knowledge_point",
    "transfer_cause",
    "empowered_decision",
    "voicemail_taken",
    "ticket_created",
    "session_label",
    "insight",
]


class ContactTags(FeedModel):
    """One row per tag of a contact."""

    contact_id: Text = identifier("Contact that is marked.")
    tag: Text = one_of(TAGS, "What it was.")
    detail: Text = identifier("Code that goes with the tag, such as the department or the cause.", nullable=True)
    tagged_by: Text = identifier("Who marked it.", nullable=True)
    tagged_at: Instant = instant("When it was marked.")


FEED = Feed(
    name="contact_tags",
    grain="One row per tag of a contact.",
    model=ContactTags,
    subject="governance",
    key=("contact_id", "tag", "detail"),
    empty_in_key=(("detail", "'-'"),),
    time_column="tagged_at",
    topics=("tags",),
    recorded_from_first_row=True,
)
