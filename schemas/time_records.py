"""The feed `time_records`: what people spent their working time on."""

from __future__ import annotations

from schemas.contract import Count, Day, Feed, FeedModel, Text, column, day, identifier, one_of
from schemas.row_rules import stands_alone

MINUTES_OF_A_DAY = 1_440


class TimeRecords(FeedModel):
    """One row per stretch of recorded work."""

    record_id: Text = identifier("The record, unique within its source.")
    agent_id: Text = identifier("Who worked.")
    worked_on: Day = day("Day of the work.", is_plan=False)
    category: Text = one_of(
        [
            "firefighting",
            "coaching",
            "monitoring",
            "training",
            "self_training",
            "error_work",
            "project",
            "meeting",
            "administration",
        ],
        "What the time went into.",
    )
    minutes: Count = column("How long it took.", unit="minutes", ge=1, le=MINUTES_OF_A_DAY)
    cause_kind: Text = one_of(
        ["error_code", "complaint_leaf", "knowledge_point"], "Kind of the cause that was worked on.", nullable=True
    )
    cause_code: Text = identifier("The cause that was worked on.", nullable=True)
    plan_id: Text = identifier("Plan that it was spent on.", nullable=True)

    cause_has_kind_and_code = stands_alone("cause_code", "cause_kind")


FEED = Feed(
    name="time_records",
    grain="One row per stretch of recorded work.",
    model=TimeRecords,
    subject="governance",
    key=("record_id",),
    time_column="worked_on",
    topics=("time_records",),
    recorded_from_first_row=True,
)
