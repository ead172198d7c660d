"""The feed `skill_tests`: what people who are employed were tested in."""

from __future__ import annotations

from schemas.contract import Day, Feed, FeedModel, Flag, Score, Text, column, day, identifier, one_of


class SkillTests(FeedModel):
    """One row per item of a test."""

    test_id: Text = identifier("The test of that person, unique within its source.")
    agent_id: Text = identifier("Who was tested.")
    kind: Text = one_of(["audition", "training", "certification", "self_recording"], "What kind of test it was.")
    item: Text = identifier(
        "What was tested: of an audition voice, comprehension, summarising, emotional_control or quick_reaction; else "
        "a knowledge point or an item of the norms."
    )
    score: Score = column("Points of 100.", unit="points", ge=0, le=100)
    passed: Flag = column("Whether it was passed, where the test says so.", nullable=True)
    taken_on: Day = day("Day of the test.", is_plan=False)


FEED = Feed(
    name="skill_tests",
    grain="One row per item of a test.",
    model=SkillTests,
    subject="people",
    key=("test_id", "item"),
    time_column="taken_on",
    topics=("skill_tests",),
    recorded_from_first_row=True,
)
