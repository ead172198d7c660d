"""Amounts of people: state time, agent-days, headcount, peaks, memberships."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import accumulate

from tests.oracle.contact import Contact, Leg
from tests.oracle.feeds import Centre, Row, instant
from tests.oracle.message_amounts import Amounts

AgentDay = tuple[str, date]
Span = tuple[datetime, datetime]

REPLACEMENT_COST = 7_000
WORKING = {"ready", "wrap_up"}
AWAY = {"away", "meal"}


def state_amounts(centre: Centre) -> dict[AgentDay, Amounts]:
    """Seconds per agent and local date: signed in, working, busy, away, training."""
    days: dict[AgentDay, Amounts] = defaultdict(Counter)
    for row in centre.rows("agent_states"):
        if row["state"] == "offline":
            continue
        for day, start, end in centre.days_of(instant(row["started_at"]), instant(row["ended_at"])):
            length = int((end - start).total_seconds())
            kind = "working" if row["state"] in WORKING else "away" if row["state"] in AWAY else row["state"]
            days[row["agent_id"], day].update({"signed_in": length, kind: length})
    return days


def legs_begun(centre: Centre, contacts: list[Contact]) -> dict[AgentDay, Amounts]:
    """Handled legs by agent and the local date on which they began, and whether a source of them records states."""
    days: dict[AgentDay, Amounts] = defaultdict(Counter)
    for contact in contacts:
        for leg in contact.legs:
            recording = int(contact.source.records("agent_states"))
            begun = leg.agent_id, centre.local_date(leg.connected)
            days[begun].update(legs=int(contact.handled), recording=recording)
    return days


def spans_of_work(centre: Centre, contacts: list[Contact]) -> dict[AgentDay, list[Span]]:
    """Legs and wrap-ups of each agent, cut at local midnights."""
    spans: dict[AgentDay, list[Span]] = defaultdict(list)
    for contact in contacts:
        for leg in contact.legs:
            for start, end in [(leg.connected, _until(centre, leg)), *leg.wrap_ups]:
                for day, piece_start, piece_end in centre.days_of(start, end):
                    spans[leg.agent_id, day].append((piece_start, piece_end))
    return spans


def _until(centre: Centre, leg: Leg) -> datetime:
    """Return until when a leg keeps its agent busy; an open one does so still, a lost one never did."""
    return leg.ended or (centre.now if leg.is_open else leg.connected)


def union(spans: list[Span]) -> list[Span]:
    """Merge overlapping spans."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def length(spans: list[Span]) -> int:
    """Add up the seconds of spans."""
    return sum(int((end - start).total_seconds()) for start, end in spans)


def overlap(one: list[Span], other: list[Span]) -> int:
    """Seconds that two lists of disjoint spans share."""
    return sum(
        max(0, int((min(one_end, end) - max(one_start, start)).total_seconds()))
        for one_start, one_end in one
        for start, end in other
    )


def state_spans(centre: Centre, state: str) -> dict[AgentDay, list[Span]]:
    """Spans of one state of each agent, cut at local midnights."""
    spans: dict[AgentDay, list[Span]] = defaultdict(list)
    for row in centre.rows("agent_states"):
        if row["state"] == state:
            for day, start, end in centre.days_of(instant(row["started_at"]), instant(row["ended_at"])):
                spans[row["agent_id"], day].append((start, end))
    return spans


def occupancy_amounts(centre: Centre, contacts: list[Contact]) -> dict[AgentDay, Amounts]:
    """Engaged (legs, wrap-up, the wrap-up state) and available seconds of agent-days whose states are recorded."""
    work = spans_of_work(centre, contacts)
    ready, wrap_up = state_spans(centre, "ready"), state_spans(centre, "wrap_up")
    amounts: dict[AgentDay, Amounts] = {}
    for key in state_amounts(centre):
        engaged = union([*work.get(key, []), *wrap_up.get(key, [])])
        own = ready.get(key, [])
        free = length(own) - overlap(union(own), engaged)
        amounts[key] = Counter(occupied=length(engaged), occupancy_base=length(engaged) + free)
    return amounts


def concurrency_amounts(centre: Centre, contacts: list[Contact]) -> dict[AgentDay, Amounts]:
    """Seconds with a leg or wrap-up running, and the same with each that runs counted; the wrap-up state alone is one.

    Asked of every day with work, whether or not its states are recorded.
    """
    work, wrap_up = spans_of_work(centre, contacts), state_spans(centre, "wrap_up")
    amounts: dict[AgentDay, Amounts] = {}
    for key in {*work, *wrap_up}:
        own = work.get(key, [])
        engaged = length(union([*own, *wrap_up.get(key, [])]))
        state_alone = engaged - length(union(own))
        amounts[key] = Counter(engaged=engaged, engaged_each=length(own) + state_alone)
    return amounts


def peaks(centre: Centre, contacts: list[Contact]) -> dict[AgentDay, int]:
    """The largest number of open legs per agent and local date, by a sweep; a leg that ends frees its place first."""
    steps: dict[AgentDay, list[tuple[datetime, int]]] = defaultdict(list)
    for contact in contacts:
        for leg in contact.legs:
            for day, start, end in centre.days_of(leg.connected, _until(centre, leg)):
                steps[leg.agent_id, day] += [(start, 1), (end, -1)]
    return {key: max(accumulate(step for _, step in sorted(moves))) for key, moves in steps.items()}


def headcount(centre: Centre, first: date, last: date) -> dict[AgentDay, Amounts]:
    """Headcount-days and leavers of full-time agents that are no trainees."""
    days: dict[AgentDay, Amounts] = defaultdict(Counter)
    for row in centre.rows("staff"):
        if row["employment"] != "full" or row["role"] == "trainee":
            continue
        left = date.fromisoformat(row["left_on"]) if row["left_on"] else date.max
        day = max(first, date.fromisoformat(row["hired_on"]))
        while day <= last and day < left:
            days[row["agent_id"], day]["headcount"] += 1
            day += timedelta(days=1)
        if first <= left <= last:
            days[row["agent_id"], left].update(leavers=1, replacement_cost=REPLACEMENT_COST)
    return days


def staff_on(centre: Centre, agent_id: str, day: date) -> list[Row]:
    """Return what is known of an agent on a date: nothing before he was hired."""
    return [row for row in centre.rows("staff") if row["agent_id"] == agent_id and row["hired_on"] <= day.isoformat()]


def team_parents(centre: Centre) -> dict[str, str]:
    """Return the parent of each team."""
    return {row["team_id"]: row["parent_team_id"] for row in centre.rows("teams")}


def teams_of(centre: Centre, agent_id: str, day: date) -> set[str]:
    """Return every team that the agent belongs to on a date, the teams above included, each once."""
    parents = team_parents(centre)
    found: set[str] = set()
    for row in centre.rows("team_memberships"):
        holds = row["valid_from"] <= day.isoformat() and (not row["valid_to"] or day.isoformat() < row["valid_to"])
        team = row["team_id"] if row["agent_id"] == agent_id and holds else ""
        while team and team not in found:
            found.add(team)
            team = parents.get(team, "")
    return found
