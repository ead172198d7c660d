"""How the rows of a centre arrive: most with the drop that can first know of them, some later, some in parts."""

from __future__ import annotations

from collections import defaultdict

from tests.equality.deal import FIRST_TIME, LATER_TIMES, Deal
from tests.equality.kinds import Kind
from tests.oracle.feeds import Row, instant

OF_CONTACTS = ("contacts", "contact_events", "messages")
LATE_PARTS = {
    Kind.LATE_HEADER: ("contacts",),
    Kind.LATE_EVENTS: ("contact_events",),
    Kind.LATE_MESSAGES: ("messages",),
    Kind.LATE_CONTACT: OF_CONTACTS,
}
LATE_ROWS = {
    "ratings": Kind.LATE_RATING,
    "quality_reviews": Kind.LATE_REVIEW,
    "quality_errors": Kind.LATE_REVIEW_PART,
    "quality_review_items": Kind.LATE_REVIEW_PART,
    "agent_states": Kind.LATE_STATE,
    "observations": Kind.LATE_RECORD,
    "recognitions": Kind.LATE_RECORD,
    "shifts": Kind.LATE_RECORD,
    "site_visits": Kind.LATE_RECORD,
    "staff": Kind.LATE_VERSION,
    "teams": Kind.LATE_VERSION,
    "team_memberships": Kind.LATE_VERSION,
    "agent_accounts": Kind.LATE_VERSION,
    "queues": Kind.LATE_VERSION,
}
IN_PARTS = {"contacts": Kind.OPEN_CONTACT, "agent_states": Kind.OPEN_STATE, "ratings": Kind.OPEN_RATING}


def deal_contacts(deal: Deal) -> None:
    """Deal headers, events and messages, contact by contact."""
    contacts: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for (source, feed), rows in deal.writer.rows.items():
        for row in rows if feed in OF_CONTACTS else ():
            contacts[source, row["contact_id"]][feed].append(row)
    for (source, _), parts in contacts.items():
        _deal_contact(deal, source, parts)


def _deal_contact(deal: Deal, source: str, parts: dict[str, list[Row]]) -> None:
    kind = deal.rng.choice(list(LATE_PARTS)) if deal.chance(deal.late) else None
    if not parts.get("contact_events") and kind in (Kind.LATE_HEADER, Kind.LATE_EVENTS):
        kind = Kind.LATE_CONTACT
    header = parts["contacts"][0]
    if kind == Kind.LATE_HEADER and deal.chance(0.2):
        deal.kinds[deal.drop_of(instant(header["started_at"]))].add(Kind.NO_HEADER)
        parts = parts | {"contacts": []}
    for feed in OF_CONTACTS:
        for row in parts.get(feed, []):
            _deal_row(deal, source, feed, row, kind if kind and feed in LATE_PARTS[kind] else None)
    if header["reopened_from"]:
        deal.kinds[deal.drop_of(instant(header["started_at"]))].add(Kind.REOPENED)


def deal_others(deal: Deal) -> None:
    """Deal everything else row by row."""
    reviewed = {row["review_id"]: row for row in deal.writer.rows["desk", "quality_reviews"]}
    for (source, feed), rows in list(deal.writer.rows.items()):
        for row in rows if feed not in OF_CONTACTS else ():
            kind = LATE_ROWS[feed] if feed in LATE_ROWS and deal.chance(deal.late) else None
            if feed in FIRST_TIME:
                _deal_row(deal, source, feed, row, kind)
            else:
                _send(deal, deal.drop_of(instant(reviewed[row["review_id"]]["reviewed_at"])), source, feed, row, kind)


def _deal_row(deal: Deal, source: str, feed: str, row: Row, late: Kind | None) -> None:
    """Send a row once it is whole, or also as far as it was known at the drops before."""
    drops = sorted({deal.drop_of(moment) for moment in deal.times(feed, row)})
    if feed == "ratings" and late and row["rated_at"]:
        # The invitation comes in time, what was said on it late.
        deal.send(drops[-1], source, feed, row | {"rated_at": "", "stars": ""}, Kind.OPEN_RATING)
    if feed in LATER_TIMES and late is None:
        for drop in drops[:-1]:
            kinds = [IN_PARTS[feed]] if feed in IN_PARTS else []
            deal.send(drop, source, feed, deal.as_known(feed, row, drop), *kinds)
    _send(deal, drops[-1], source, feed, row, late)


def _send(deal: Deal, drop: int, source: str, feed: str, row: Row, late: Kind | None) -> None:
    if late is None or drop == deal.last:
        deal.send(drop, source, feed, row)
    else:
        deal.send(deal.later(drop), source, feed, row, late)
