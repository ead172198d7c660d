"""The feed `coaching_sessions`: talks of leaders with their agents."""

from __future__ import annotations

from schemas.contract import (
    Feed,
    FeedModel,
    Flag,
    Instant,
    Text,
    column,
    ends_before_start,
    identifier,
    instant,
    one_of,
)


class CoachingSessions(FeedModel):
    """One row per talk with an agent; nothing of what was said."""

    coaching_id: Text = identifier("The talk, unique within its source.")
    agent_id: Text = identifier("Agent who was talked to.")
    coach_id: Text = identifier("Who talked to him.")
    kind: Text = one_of(
        ["joint_listening", "performance_interview", "emotional_support", "case_study", "one_to_one"],
        "What it was: listening to a recording together, an interview on results, support, a case, a talk in private.",
    )
    contact_id: Text = identifier("Contact that it was about, where it was about one.", nullable=True)
    plan_id: Text = identifier("Plan that it belongs to.", nullable=True)
    started_at: Instant = instant("When it began; the talk belongs to this local date.")
    ended_at: Instant = instant("When it ended.", nullable=True)
    place: Text = one_of(["quiet_room", "desk", "remote"], "Where it took place.", nullable=True)
    account_differs: Flag = column("Whether the agent's account differs from the recording.", nullable=True)

    ends_after_start = ends_before_start("ended_at", "started_at")


FEED = Feed(
    name="coaching_sessions",
    grain="One row per talk with an agent.",
    model=CoachingSessions,
    subject="governance",
    key=("coaching_id",),
    time_column="started_at",
    topics=("coaching",),
    recorded_from_first_row=True,
)
