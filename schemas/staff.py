"""The feed `staff`: agents as they were from a date on."""

from __future__ import annotations

from schemas.contract import (
    Count,
    Day,
    Feed,
    FeedModel,
    LateTopic,
    Score,
    Text,
    column,
    day,
    ends_before_start,
    identifier,
    one_of,
)
from schemas.row_rules import needs, stands_alone


class Staff(FeedModel):
    """One row per version of an agent, valid from a date until the next version."""

    agent_id: Text = identifier("The agent, over all sources.")
    person_id: Text = identifier("The person, where one person has had several agent ids.", nullable=True)
    name: Text = column("Name as shown on the pages.", str_length={"min_value": 1, "max_value": 256})
    role: Text = one_of(
        ["agent", "trainee", "leader", "supervisor", "duty_manager", "director", "reviewer", "other"],
        "What the person does.",
    )
    employment: Text = one_of(["full", "part"], "Full-time or part-time; turnover counts full-time agents.")
    fte: Score = column("Share of a full position.", unit="full-time equivalents", nullable=True, ge=0, le=2)
    segment: Text = identifier("Segment that targets may be set for, such as technical or voice.", nullable=True)
    max_concurrent: Count = column(
        "Configured cap of contacts at one time.", unit="contacts", nullable=True, ge=0, le=1_000
    )
    hired_on: Day = day("First day of employment.", nullable=True)
    left_on: Day = day("First day on which the person is gone.", nullable=True)
    leave_reason: Text = identifier("Why the person left, in the centre's own list.", nullable=True)
    valid_from: Day = day("First day on which this version holds.")
    exit_interview_on: Day = day("Day on which somebody talked with the person about leaving.", nullable=True)
    exit_interviewer: Text = one_of(
        ["inside", "outside"], "Whether that was somebody of the centre or from outside.", nullable=True
    )
    exit_reasons: Text = column(
        "Reasons given then, as codes separated by `|`: health, family and the like only as `personal`; never text.",
        nullable=True,
        str_length={"max_value": 1_000},
    )

    leaves_after_hiring = ends_before_start("left_on", "hired_on", "employed")
    interviewed_by_somebody = stands_alone("exit_interviewer", "exit_interview_on")
    reasons_of_an_interview = needs("exit_reasons", "exit_interview_on")


FEED = Feed(
    name="staff",
    grain="One row per version of an agent, valid from a date until the next version.",
    model=Staff,
    subject="people",
    key=("agent_id", "valid_from"),
    topics=("staff",),
    late_topics=(LateTopic("exit_interviews", "exit_interview_on is not null", "exit_interview_on"),),
)
