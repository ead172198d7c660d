"""The feed `staff_surveys`: what staff answered, added up by team before it comes here."""

from __future__ import annotations

import polars as pl

from schemas.contract import Count, Day, Feed, FeedModel, Score, Text, column, day, identifier, one_of, row_check
from schemas.row_rules import missing_with

# Of fewer answers it could be told, or guessed, who gave which.
FEWEST_RESPONDENTS = 5
MOST_PEOPLE = 100_000
SCALE = 100

_ANSWERED = pl.col("respondents")


class StaffSurveys(FeedModel):
    """One row per team, date and question; nobody's single answer."""

    team_id: Text = identifier("Team whose members answered, without those of teams that have a row of their own.")
    surveyed_on: Day = day("Last day of the survey.", is_plan=False)
    question: Text = one_of(["satisfaction", "loyalty"], "What was asked.")
    invited: Count = column("How many were asked.", unit="people", ge=0, le=MOST_PEOPLE)
    respondents: Count = column(
        f"How many answered: none, or {FEWEST_RESPONDENTS} and more.", unit="people", ge=0, le=MOST_PEOPLE
    )
    score_sum: Score = column(
        "Of `satisfaction`: the sum of the scores that they gave, 0 to 100 each.", unit="points", nullable=True, ge=0
    )
    promoters: Count = column("Of `loyalty`: how many recommend the centre.", unit="people", nullable=True, ge=0)
    detractors: Count = column("Of `loyalty`: how many advise against it.", unit="people", nullable=True, ge=0)

    nobody_is_traced = row_check(
        "respondents",
        "too_few_people",
        (_ANSWERED == 0) | (_ANSWERED >= FEWEST_RESPONDENTS),
        details={"fewest": FEWEST_RESPONDENTS},
    )
    answers_of_the_invited = row_check(
        "respondents",
        "more_than",
        pl.col("invited") >= _ANSWERED,
        details={"one": "respondents", "other": "invited"},
    )
    scores_of_those_who_answered = row_check(
        "score_sum",
        "more_than",
        pl.col("score_sum") <= SCALE * _ANSWERED,
        "each",
        {"one": "score_sum", "other": "respondents", "most": SCALE},
    )
    sides_of_those_who_answered = row_check(
        "promoters",
        "more_than",
        pl.col("promoters") + pl.col("detractors") <= _ANSWERED,
        "together",
        {"one": "promoters", "second": "detractors", "other": "respondents"},
    )
    scores_of_satisfaction = missing_with("score_sum", "question", "satisfaction")
    promoters_of_loyalty = missing_with("promoters", "question", "loyalty")
    detractors_of_loyalty = missing_with("detractors", "question", "loyalty")


FEED = Feed(
    name="staff_surveys",
    grain="One row per team, date and question, with the answers added up.",
    model=StaffSurveys,
    subject="people",
    key=("team_id", "surveyed_on", "question"),
    time_column="surveyed_on",
    topics=("staff_surveys",),
    recorded_from_first_row=True,
)
