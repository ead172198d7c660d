"""The feed `meetings`: meetings of teams and of leaders that took place."""

from __future__ import annotations

from schemas.contract import Count, Feed, FeedModel, Instant, Text, column, identifier, instant, one_of
from schemas.row_rules import missing_with


class Meetings(FeedModel):
    """One row per meeting."""

    meeting_id: Text = identifier("The meeting, unique within its source.")
    kind: Text = one_of(
        ["achievement", "team_meeting", "progress", "quality_exchange", "campaign"],
        "What it was for: achievements of a team, its regular meeting, the progress of a leader, an exchange on "
        "quality, a campaign.",
    )
    team_id: Text = identifier("Team that met.", nullable=True)
    leader_id: Text = identifier("Leader whose progress it was about, or who led it.", nullable=True)
    held_at: Instant = instant("When it began.")
    minutes: Count = column("How long it took.", unit="minutes", nullable=True, ge=1, le=1_440)
    attendees: Count = column("How many were there.", unit="people", nullable=True, ge=0, le=100_000)

    team_of_a_team_meeting = missing_with("team_id", "kind", "achievement", "team_meeting")
    leader_of_a_progress_meeting = missing_with("leader_id", "kind", "progress")


FEED = Feed(
    name="meetings",
    grain="One row per meeting.",
    model=Meetings,
    subject="people",
    key=("meeting_id",),
    time_column="held_at",
    topics=("meetings",),
    recorded_from_first_row=True,
)
