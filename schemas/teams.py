"""The feed `teams`: the tree of teams."""

from __future__ import annotations

from schemas.contract import Day, Feed, FeedModel, Text, column, day, identifier


class Teams(FeedModel):
    """One row per version of a team, valid from a date until the next version."""

    team_id: Text = identifier("The team.")
    name: Text = column("Name as shown on the pages.", str_length={"min_value": 1, "max_value": 256})
    parent_team_id: Text = identifier("Team above it; empty at the top.", nullable=True)
    kind: Text = identifier("Kind of team in the centre's own words.", nullable=True)
    valid_from: Day = day("First day on which this version holds.")


FEED = Feed(
    name="teams",
    grain="One row per version of a team, valid from a date until the next version.",
    model=Teams,
    subject="people",
    key=("team_id", "valid_from"),
)
