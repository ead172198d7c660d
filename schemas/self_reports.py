"""The feed `self_reports`: figures that agents report of themselves in the middle and at the end of a shift."""

from __future__ import annotations

from schemas.contract import Count, Feed, FeedModel, Instant, Score, Text, column, identifier, instant, one_of

# Those whose facts carry the instants by which a figure of that moment can be worked out again.
KPIS = ["good_rating_rate", "satisfaction_score", "rating_participation_rate", "contacts_handled"]


class SelfReports(FeedModel):
    """One row per figure that an agent reported."""

    agent_id: Text = identifier("Who reported of himself.")
    kpi_id: Text = one_of(KPIS, "Figure that was reported.")
    half: Text = one_of(["noon", "end"], "Middle or end of the shift.")
    reported_at: Instant = instant("When it was reported; the figure is that of the local date up to then.")
    value: Score = column("The figure in the base unit of the KPI: 95.2 % is 0.952.", unit="base unit", ge=0, le=99_999)
    decimals: Count = column(
        "Decimals of that value as it was written: 95.2 % is 0.952 and has 3.", unit="decimals", ge=0, le=4
    )


FEED = Feed(
    name="self_reports",
    grain="One row per figure that an agent reported.",
    model=SelfReports,
    subject="people",
    key=("agent_id", "kpi_id", "reported_at"),
    time_column="reported_at",
    topics=("self_reports",),
    recorded_from_first_row=True,
)
