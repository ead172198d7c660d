"""The band that holds for a scope on a date: of the nearest scope first, of the nearest segment second.

A centre's own row comes before a shipped one of the same scope and segment.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.oracle.book import Scope
from tests.oracle.catalogue import Target, shipped_targets
from tests.oracle.feeds import Centre
from tests.oracle.people import staff_on, team_parents

NEW_STAFF = timedelta(days=90)


def band_of(centre: Centre, scope: Scope, kpi_id: str, day: date) -> Target | None:
    """Return the band of a KPI for a scope on a date, if it has any."""
    of_kpi = [row for row in (*centre.targets, *shipped_targets()) if row.kpi_id == kpi_id and row.holds(day)]
    for place in _places(centre, scope, day):
        here = [row for row in of_kpi if (row.scope_kind, row.scope_id) == place]
        for segment in _segments(centre, scope, day):
            found = [row for row in here if row.segment == segment]
            if found:
                return max(found, key=lambda row: row.is_own)
    return None


def _places(centre: Centre, scope: Scope, day: date) -> Iterator[Scope]:
    """Yield the scope itself, the teams above it, its channel, and what holds for all."""
    kind, scope_id = scope
    yield scope
    team, channel = "", ""
    if kind == "agent":
        team = home_team(centre, scope_id, day)
    elif kind == "team":
        team = team_parents(centre)[scope_id]
    elif kind == "team_channel":
        team, _, channel = scope_id.partition("|")
    elif kind == "queue":
        queue = centre.queue(scope_id)
        team, channel = queue.get("team_id", ""), queue.get("channel", "")
    while team:
        yield "team", team
        team = team_parents(centre)[team]
    if channel:
        yield "channel", channel
    yield "default", ""


def _segments(centre: Centre, scope: Scope, day: date) -> Iterator[str]:
    """Yield the segments of a scope, the one of its own first; everything is in the segment without a name."""
    kind, scope_id = scope
    if kind == "agent":
        for row in staff_on(centre, scope_id, day):
            if row["segment"]:
                yield row["segment"]
            yield "new" if day < date.fromisoformat(row["hired_on"]) + NEW_STAFF else "experienced"
    elif kind == "queue":
        queue = centre.queue(scope_id)
        yield from filter(None, (queue.get("kind", ""), queue.get("channel", "")))
    elif kind == "channel":
        yield scope_id
    elif kind == "team_channel":
        yield scope_id.partition("|")[2]
    yield ""


def home_team(centre: Centre, agent_id: str, day: date) -> str:
    """Return the team in which an agent is at home on a date; empty without one."""
    for row in centre.rows("team_memberships"):
        holds = row["valid_from"] <= day.isoformat() and (not row["valid_to"] or day.isoformat() < row["valid_to"])
        if row["agent_id"] == agent_id and row["is_home_team"] == "true" and holds:
            return row["team_id"]
    return ""
