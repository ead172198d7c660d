"""The feed `platform_incidents`: outages that explain bad numbers."""

from __future__ import annotations

from schemas.contract import (
    CHANNELS,
    Count,
    Feed,
    FeedModel,
    Instant,
    Text,
    column,
    ends_before_start,
    identifier,
    instant,
    one_of,
)


class PlatformIncidents(FeedModel):
    """One row per platform incident."""

    incident_id: Text = identifier("The incident.")
    started_at: Instant = instant("It began.", is_plan=True)
    ended_at: Instant = instant("It ended.", is_plan=True)
    channel: Text = one_of(CHANNELS, "Channel that was hit; all if empty.", nullable=True)
    queue_id: Text = identifier("Queue that was hit; all if empty.", nullable=True)
    system: Text = identifier("System that failed.")
    kind: Text = one_of(
        ["platform", "surge", "emergency"],
        "What it was: a failure (also if empty), a rush, an emergency.",
        nullable=True,
    )
    kpi_groups: Text = identifier(
        "KPI groups whose adjusted values leave out the contacts hit, separated by `|`, not `people`; none if empty.",
        nullable=True,
    )
    evidence: Text = column("Where the proof is, such as a ticket.", str_length={"min_value": 1, "max_value": 1000})
    approved_by: Text = identifier("Who approved it; without approval it changes nothing.", nullable=True)
    approved_at: Instant = instant("When it was approved.", nullable=True)
    revoked_at: Instant = instant("When the approval was taken back.", nullable=True)
    announced_from: Instant = instant("An announcement to callers ran from then on.", nullable=True, is_plan=True)
    announced_to: Instant = instant("Until then.", nullable=True, is_plan=True)
    deflected_contacts: Count = column(
        "Contacts that ended with the announcement.", unit="contacts", nullable=True, ge=0, le=100_000_000
    )

    ends_after_start = ends_before_start("ended_at", "started_at")
    announcement_ends_after_start = ends_before_start("announced_to", "announced_from", "order")


FEED = Feed(
    name="platform_incidents",
    grain="One row per platform incident.",
    model=PlatformIncidents,
    subject="service",
    key=("incident_id",),
    time_column="started_at",
)
