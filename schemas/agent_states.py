"""The feed `agent_states`: what an agent's account was doing."""

from __future__ import annotations

from schemas.contract import (
    ONE_MONTH,
    Feed,
    FeedModel,
    Flag,
    Instant,
    LateTopic,
    Seconds,
    Text,
    column,
    ends_before_start,
    identifier,
    instant,
    one_of,
    seconds,
)
from schemas.row_rules import needs

STATES = ["ready", "busy", "away", "meal", "training", "wrap_up", "offline"]


class AgentStates(FeedModel):
    """One row per state interval of an agent, or per change of state."""

    agent_id: Text = identifier("Agent's account in the source.")
    state: Text = one_of(STATES, "What the account was doing; every state but `offline` is signed in.")
    started_at: Instant = instant("The state began.")
    ended_at: Instant = instant("The state ended; empty if the source writes changes only.", nullable=True)
    is_pause_change: Flag = column(
        "A pause began or ended, and nothing else: of somebody who is signed off it says nothing. Empty: false.",
        nullable=True,
    )
    signed_in_seconds: Seconds = seconds(
        "Of `offline`: how long the agent was signed in until then, as the source measured it; it proves that time, "
        "also where the record of the sign-in was lost or is older than a state may be.",
        most=ONE_MONTH,
        nullable=True,
    )

    approved_by: Text = identifier("Who approved the change to this state.", nullable=True)
    approved_at: Instant = instant("When that was approved.", nullable=True)

    ends_after_start = ends_before_start("ended_at", "started_at")
    approved_at_a_time = needs("approved_by", "approved_at")


FEED = Feed(
    name="agent_states",
    grain="One row per state interval of an agent, or per change of state.",
    model=AgentStates,
    subject="people",
    key=("agent_id", "started_at", "is_pause_change"),
    time_column="started_at",
    empty_in_key=(("is_pause_change", "false"),),
    dates_centre="always",
    dated_by=("ended_at",),
    topics=("agent_states",),
    late_topics=(LateTopic("state_approvals", "approved_at is not null"),),
)
