"""The feed `test_calls`: calls made to find out what agents know and how they serve."""

from __future__ import annotations

from schemas.contract import Count, Feed, FeedModel, Flag, Instant, Score, Text, column, identifier, instant, one_of


class TestCalls(FeedModel):
    """One row per test call; the contact that it names counts in no service KPI."""

    test_call_id: Text = identifier("The test call, unique within its source.")
    kind: Text = one_of(
        ["direct_question", "simulated_customer", "silent"],
        "A question put straight, a customer who is played, or a caller who says nothing.",
    )
    agent_id: Text = identifier("Agent who was tested.")
    tester_id: Text = identifier("Who called.")
    called_at: Instant = instant("When the call was made; it belongs to this local date.")
    contact_id: Text = identifier("Contact that the call was; it is marked as a test.", nullable=True)
    document_id: Text = identifier("Document that was asked about.", nullable=True)
    complaint_id: Text = identifier("Complaint whose case was played again.", nullable=True)
    scenario: Text = identifier("Scenario that was played.", nullable=True)
    selection: Text = one_of(["random", "targeted"], "How the agent was picked.")
    sample_id: Text = identifier("Sample that the call belongs to.", nullable=True)
    sample_seed: Count = column("Seed by which the sample was drawn.", unit="number", nullable=True, ge=0)
    frame_size: Count = column("How many the sample was drawn from.", unit="people", nullable=True, ge=1)
    passed: Flag = column("Whether the agent passed.")
    score: Score = column("Points.", unit="points of 100", nullable=True, ge=0, le=100)


FEED = Feed(
    name="test_calls",
    grain="One row per test call.",
    model=TestCalls,
    subject="governance",
    key=("test_call_id",),
    time_column="called_at",
    topics=("test_calls",),
    recorded_from_first_row=True,
)
