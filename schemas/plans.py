"""The feed `plans`: what is to be put right, by whom, until when."""

from __future__ import annotations

from schemas.contract import Day, Feed, FeedModel, Score, Text, column, day, ends_before_start, identifier, one_of
from schemas.row_rules import missing_with


class Plans(FeedModel):
    """One row per plan, as it stands; told again, with the same id, whenever it changes."""

    plan_id: Text = identifier("The plan, unique within its source.")
    kind: Text = one_of(
        ["defect_elimination", "rectification", "agent_improvement", "leader_onboarding", "leader_development"],
        "What it is for: a defect, a process, an agent's numbers, a new leader, a leader's growth.",
    )
    subject_kind: Text = one_of(
        ["error_code", "complaint_leaf", "knowledge_point", "difficulty", "topic", "kpi", "person"],
        "Kind of what it is about.",
    )
    subject_id: Text = identifier("What it is about: a code, a leaf, a KPI, a person.")
    scope_kind: Text = one_of(["centre", "team", "agent"], "Whose numbers it is to change.")
    scope_id: Text = identifier("The team or agent; empty for the centre.", nullable=True)
    owner_id: Text = identifier("Who answers for it.")
    kpi_id: Text = identifier("KPI that it is measured by; the subject's own rate if empty.", nullable=True)
    baseline_from: Day = day("First day of the window before the plan.")
    baseline_to: Day = day("First day after that window.")
    target_value: Score = column("Value to reach, in the base unit of the KPI.", unit="base unit", nullable=True)
    starts_on: Day = day("First day of the plan.")
    due_on: Day = day("Day by which it is to be done.")
    closed_on: Day = day("Day on which it was closed.", nullable=True)
    state: Text = one_of(["open", "done", "dropped"], "How it stands.")
    criteria_document_id: Text = identifier("Document that says when it is done.", nullable=True)

    baseline_is_a_window = ends_before_start("baseline_to", "baseline_from", "order", may_be_equal=False)
    starts_after_the_baseline = ends_before_start("starts_on", "baseline_to", "order")
    due_after_the_start = ends_before_start("due_on", "starts_on", "order")
    done_on_a_day = missing_with("closed_on", "state", "done")
    team_or_agent_is_named = missing_with("scope_id", "scope_kind", "team", "agent")


FEED = Feed(
    name="plans",
    grain="One row per plan, as it stands.",
    model=Plans,
    subject="governance",
    key=("plan_id",),
    time_column="starts_on",
    topics=("plans",),
    recorded_from_first_row=True,
)
