"""The feed `findings`: established misconduct and severe service incidents."""

from __future__ import annotations

from schemas.contract import Day, Feed, FeedModel, Instant, Text, day, identifier, instant, one_of


class Findings(FeedModel):
    """One row per finding; without the approval of another person it is shown as open and changes nothing."""

    finding_id: Text = identifier("The finding, unique within its source.")
    agent_id: Text = identifier("Agent whom it concerns.")
    kind: Text = one_of(
        ["fraud", "harassment", "abuse", "cold_violence", "other_severe"],
        "What was established: falsified work, harassment, abuse of a customer, cold violence, another severe one.",
    )
    occurred_on: Day = day("Day on which it happened; the finding belongs to it.", is_plan=False)
    contact_id: Text = identifier("Contact in which it happened, where there is one.", nullable=True)
    complaint_id: Text = identifier("Complaint that led to it.", nullable=True)
    established_at: Instant = instant("When it was established.")
    established_by: Text = identifier("Who established it.")
    approved_by: Text = identifier("Who approved it: another person, or it has no effect.", nullable=True)
    revoked_at: Instant = instant("When it was taken back.", nullable=True)


FEED = Feed(
    name="findings",
    grain="One row per finding of misconduct or of a severe service incident.",
    model=Findings,
    subject="governance",
    key=("finding_id",),
    time_column="established_at",
    topics=("findings",),
    recorded_from_first_row=True,
)
