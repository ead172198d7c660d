"""What becomes known of days long gone: people, teams, accounts, queues, incidents, states and visitors."""

from __future__ import annotations

from datetime import timedelta

from tests.equality.centre import UNDECLARED_QUEUE
from tests.equality.deal import Deal
from tests.equality.kinds import Kind
from tests.oracle.feeds import instant
from tests.oracle.random_people import LEAVES


def past_staff(deal: Deal, drop: int) -> None:
    """Tell a version of somebody that holds since a day in the past, now and then that he left."""
    if version := deal.pick(drop, "staff"):
        day = max(deal.past_day(drop), version["valid_from"])
        cells = deal.rng.choice(
            [
                {"name": "Another", "segment": "technical"},
                {"role": deal.rng.choice(["agent", "trainee", "leader"])},
                {"left_on": day, "leave_reason": "pay"},
                {"max_concurrent": "5", "employment": "part"},
            ]
        )
        deal.send(drop, "desk", "staff", version | {"valid_from": day} | cells, Kind.PAST_STAFF)


def past_team(deal: Deal, drop: int) -> None:
    """Tell that a team has another name and another team above it since a day in the past."""
    if version := deal.pick(drop, "teams", team_id="t11"):
        cells = {"name": "Far", "parent_team_id": deal.rng.choice(["t2", "t0", ""])}
        deal.send(drop, "desk", "teams", version | cells | {"valid_from": deal.past_day(drop)}, Kind.PAST_TEAM)


def past_membership(deal: Deal, drop: int) -> None:
    """End a membership on a day in the past, and begin another on it."""
    membership = deal.pick(drop, "team_memberships", valid_to="", is_home_team="true")
    if membership:
        day = deal.past_day(drop)
        team = deal.rng.choice([team for team in LEAVES if team != membership["team_id"]])
        if membership["valid_from"] < day:
            deal.send(drop, "desk", "team_memberships", membership | {"valid_to": day})
            joined = membership | {"team_id": team, "valid_from": day}
            deal.send(drop, "desk", "team_memberships", joined, Kind.PAST_MEMBERSHIP)


def past_account(deal: Deal, drop: int) -> None:
    """Give an account to somebody else since a day in the past."""
    if account := deal.pick(drop, "agent_accounts"):
        cells = {"agent_id": deal.rng.choice(deal.writer.spec.staff), "valid_from": deal.past_day(drop)}
        deal.send(drop, "desk", "agent_accounts", account | cells, Kind.PAST_ACCOUNT)


def past_queue(deal: Deal, drop: int) -> None:
    """Tell that a queue is of another kind, channel or team since a day in the past, or declare one late."""
    if version := deal.pick(drop, "queues"):
        cells = {"channel": deal.rng.choice(["", "web", "app"]), "kind": deal.rng.choice(["normal", "technical"])}
        cells |= {"valid_from": deal.past_day(drop), "team_id": deal.rng.choice(["", "t2"])}
        if deal.chance(0.2):
            cells["queue_id"] = UNDECLARED_QUEUE
        deal.send(drop, "desk", "queues", version | cells, Kind.PAST_QUEUE)


def new_incident(deal: Deal, drop: int) -> None:
    """Tell of an incident in the past that is approved at once."""
    started = deal.midnight(deal.writer.day(0)) + timedelta(hours=deal.rng.randint(8, 96))
    if incident := deal.pick(drop, "platform_incidents"):
        cells = {"started_at": started, "ended_at": started + timedelta(hours=deal.rng.randint(1, 30))}
        told = {name: moment.isoformat() for name, moment in cells.items()}
        told |= {"approved_by": "head", "approved_at": cells["ended_at"].isoformat()}
        told |= {"incident_id": f"late{drop}", "channel": deal.rng.choice(["", "web", "app"])}
        if cells["ended_at"] <= deal.cuts[drop]:
            deal.send(drop, "desk", "platform_incidents", incident | told, Kind.NEW_INCIDENT)


def approved(deal: Deal, drop: int) -> None:
    """Approve an incident that was not."""
    if incident := deal.pick(drop, "platform_incidents", approved_at=""):
        cells = {"approved_by": "head", "approved_at": deal.cuts[drop].isoformat()}
        deal.send(drop, "desk", "platform_incidents", incident | cells, Kind.APPROVED)


def revoked(deal: Deal, drop: int) -> None:
    """Revoke the approval of an incident."""
    if (incident := deal.pick(drop, "platform_incidents", revoked_at="")) and incident["approved_at"]:
        cells = {"revoked_at": deal.cuts[drop].isoformat()}
        deal.send(drop, "desk", "platform_incidents", incident | cells, Kind.REVOKED)


def other_state(deal: Deal, drop: int) -> None:
    """Correct a state, or when it ended."""
    if state := deal.pick(drop, "agent_states"):
        later = instant(state["ended_at"] or state["started_at"]) + timedelta(minutes=deal.rng.choice([1, 40, 1500]))
        cells = [{"state": deal.rng.choice(["busy", "meal"])}, {"ended_at": ""}]
        cells += [{"ended_at": later.isoformat()}] if later <= deal.cuts[drop] else []
        deal.send(drop, "desk", "agent_states", state | deal.rng.choice(cells), Kind.OTHER_STATE)


def other_count(deal: Deal, drop: int) -> None:
    """Correct a count of visitors."""
    if visits := deal.pick(drop, "site_visits"):
        deal.send(drop, "desk", "site_visits", visits | {"visitors": str(deal.rng.randint(61, 90))}, Kind.OTHER_COUNT)


PAST = (
    past_staff,
    past_team,
    past_membership,
    past_account,
    past_queue,
    new_incident,
    approved,
    revoked,
    other_state,
    other_count,
)
