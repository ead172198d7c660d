"""The feed `monitoring_sessions`: managers listening to agents, and what they did while they listened."""

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
from schemas.row_rules import missing_beside, unexpected_with

LEVELS = ["director", "duty_manager", "supervisor", "team_leader"]
"""Who listens, from the top down."""


class MonitoringSessions(FeedModel):
    """One row per listening of a manager; what he did meanwhile are columns of it."""

    session_id: Text = identifier("The session, unique within its source.")
    agent_id: Text = identifier("Agent who was listened to.")
    monitor_id: Text = identifier("Manager who listened.")
    level: Text = one_of(LEVELS, "Level at which he did: director, duty manager, supervisor, team leader.")
    mode: Text = one_of(["live", "recorded"], "While the contact went on (three-way), or from the recording.")
    contact_id: Text = identifier("Contact that was listened to, where one is known.", nullable=True)
    started_at: Instant = instant("When the listening began; the session belongs to this local date.")
    ended_at: Instant = instant("When it ended.", nullable=True)
    conclusion: Text = one_of(
        ["excellent", "ordinary", "needs_training"], "What the manager concluded of the agent.", nullable=True
    )
    difficulty: Text = identifier("Code of the difficulty that was found in serving customers.", nullable=True)
    trigger: Text = one_of(
        ["routine", "voice_rise", "silence", "customer_asked", "other"], "What made the manager listen.", nullable=True
    )
    intervened_at: Instant = instant("When the manager stepped in; empty if he only listened.", nullable=True)
    intervention_method: Text = identifier("How he stepped in: a code of the list of methods.", nullable=True)
    intervention_accepted: Flag = column("Whether the agent took the help.", nullable=True)

    ends_after_start = ends_before_start("ended_at", "started_at")
    nobody_steps_into_a_recording = unexpected_with("intervened_at", "mode", "live")
    a_recording_has_no_method = unexpected_with("intervention_method", "mode", "live")
    nobody_accepts_in_a_recording = unexpected_with("intervention_accepted", "mode", "live")
    method_has_an_instant = missing_beside("intervened_at", "intervention_method")
    acceptance_has_an_instant = missing_beside("intervened_at", "intervention_accepted")


FEED = Feed(
    name="monitoring_sessions",
    grain="One row per listening of a manager to an agent.",
    model=MonitoringSessions,
    subject="governance",
    key=("session_id",),
    time_column="started_at",
    topics=("monitoring",),
    recorded_from_first_row=True,
)
