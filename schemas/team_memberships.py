"""The feed `team_memberships`: who was in which team when."""

from __future__ import annotations

from schemas.contract import Day, Feed, FeedModel, Flag, Text, column, day, ends_before_start, identifier


class TeamMemberships(FeedModel):
    """One row per membership of an agent in a team."""

    agent_id: Text = identifier("The agent.")
    team_id: Text = identifier("The team.")
    valid_from: Day = day("First day of the membership.")
    valid_to: Day = day("First day on which it holds no more; empty while it holds.", nullable=True)
    is_home_team: Flag = column("The agent's home team; others are further memberships.")

    ends_after_start = ends_before_start("valid_to", "valid_from", "member")


FEED = Feed(
    name="team_memberships",
    grain="One row per membership of an agent in a team.",
    model=TeamMemberships,
    subject="people",
    key=("agent_id", "team_id", "valid_from"),
)
