"""The feed `actions`: what was done because of something."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, identifier, instant, one_of


class Actions(FeedModel):
    """One row per action: towards customers or processes, never a talk with an agent."""

    action_id: Text = identifier("The action, unique within its source.")
    origin_kind: Text = one_of(
        [
            "rating",
            "survey",
            "complaint",
            "ticket_audit",
            "topic_signal",
            "incident",
            "monitoring",
            "plan",
            "social_mention",
        ],
        "Kind of what it was done because of.",
    )
    origin_id: Text = identifier("What it was done because of.")
    kind: Text = one_of(
        [
            "customer_follow_up",
            "customer_notice",
            "announcement",
            "knowledge_update",
            "briefing",
            "process_change",
            "none_needed",
        ],
        "What was done.",
    )
    actor_id: Text = identifier("Who did it.")
    taken_at: Instant = instant("When it was done.")
    contact_id: Text = identifier("Contact in which it was done, or that it is about.", nullable=True)
    result: Text = one_of(
        ["resolved", "unresolved", "true_event", "false_alarm"], "What came of it, where that is known.", nullable=True
    )


FEED = Feed(
    name="actions",
    grain="One row per action.",
    model=Actions,
    subject="governance",
    key=("action_id",),
    time_column="taken_at",
    topics=("actions",),
    recorded_from_first_row=True,
)
