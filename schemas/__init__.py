"""The contract: one Pandera model per feed, and FEEDS, which names them all."""

from __future__ import annotations

from schemas import (
    agent_accounts,
    agent_states,
    contact_events,
    contacts,
    messages,
    observations,
    platform_incidents,
    quality_errors,
    quality_review_items,
    quality_reviews,
    queues,
    ratings,
    recognitions,
    shifts,
    site_visits,
    staff,
    team_memberships,
    teams,
)
from schemas.contract import Feed

FEEDS: dict[str, Feed] = {
    module.FEED.name: module.FEED
    for module in (
        contacts,
        contact_events,
        messages,
        agent_states,
        observations,
        ratings,
        quality_reviews,
        quality_errors,
        quality_review_items,
        staff,
        agent_accounts,
        team_memberships,
        teams,
        queues,
        shifts,
        site_visits,
        platform_incidents,
        recognitions,
    )
}
"""Every feed of the contract by name, in the order of its documentation."""
