"""Cases worked by hand for what makes a gap: each has a team, or a month of the centre, of its own.

Instants are UTC and so is the centre. Records of people are reviews without a contact wherever these will do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.contact_rows import Day, Row
from tests.support.governance import complain, review
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome

MINUTE = timedelta(minutes=1)


def add_targets(home: RawHome) -> None:
    """The bounds of the cases; all others are those that are shipped."""
    own = {"scope_kind": "default", "target_version": "case"}
    bounds: list[dict[str, Any]] = [
        {"kpi_id": "severe_error_rate", "upper_bound": "0.02"},
        {"kpi_id": "transfer_rate", "upper_bound": "0.02"},
        {"kpi_id": "complaint_rate", "upper_bound": "1"},
        # A band whose sides are equally unpleasant.
        {"kpi_id": "live_review_share", "lower_bound": "0.2", "upper_bound": "0.5"},
    ]
    home.setting("target_overrides", [{"target_id": f"case-{one['kpi_id']}"} | own | one for one in bounds])


def reviewed(home: RawHome, agent: str, day: str, severe: int, count: int) -> None:
    """So many reviews of an agent on a day, the first of them with a severe error."""
    for number in range(count):
        name = f"{agent}-{day}-{number}"
        review(home, name, agent, reviewed_at=at(f"{day} 12:00"))
        if number < severe:
            row = {"review_id": name, "occurrence": 1, "class": "severe", "error_code": "AT-03"}
            home.add("quality_errors", [row])


def add_three(home: RawHome) -> None:
    """DP-1: A 10/200, B 1/100, C 1/100 in team dp1. DP-10: D of the same team has a contact and no review."""
    for agent, severe, count in (("dp1-a", 10, 200), ("dp1-b", 1, 100), ("dp1-c", 1, 100)):
        add_member(home, agent, "dp1", "2026-01-01")
        reviewed(home, agent, "2026-01-05", severe, count)
    add_member(home, "dp1-d", "dp1", "2026-01-01")
    add_chat(home, "dp10", "dp1-d", at("2026-01-05 09:00"), queue="dp10")


def add_one(home: RawHome) -> None:
    """DP-2: one agent has all reviews of team dp2."""
    add_member(home, "dp2-a", "dp2", "2026-01-01")
    reviewed(home, "dp2-a", "2026-01-06", 3, 50)


def add_passes(home: RawHome) -> None:
    """DP-3: of A's reviews 90 of 100 pass, of B's 190 of 200."""
    for agent, failed, count in (("dp3-a", 10, 100), ("dp3-b", 10, 200)):
        add_member(home, agent, "dp3", "2026-01-01")
        for number in range(count):
            score = "90" if number < failed else "98"
            review(home, f"{agent}-{number}", agent, reviewed_at=at("2026-01-07 12:00"), score=score)


def add_turns(home: RawHome, agent: str, day: str, contact_minutes: int, turns: int, seconds: int) -> None:
    """One contact in which the agent answers so many times after so many seconds."""
    name = f"turns-{agent}"
    add_chat(home, name, agent, at(f"{day} 01:00"), contact_minutes, queue="turns", source_id="chat")
    rows: list[Row] = []
    for number in range(turns):
        begins = 3600 + 60 * number
        rows.append(Day(day).message(name, begins, "customer"))
        rows.append(Day(day).message(name, begins + seconds, "agent", agent))
    home.add("messages", rows, "chat")


def add_responses(home: RawHome) -> None:
    """DP-4: A answers 100 turns in 3,000 s, B 200 in 9,000 s. DP-7: 40 first responses of 12 s, 30 and 10."""
    for agent, turns, seconds in (("dp4-a", 100, 30), ("dp4-b", 200, 45)):
        add_member(home, agent, "dp4", "2026-01-01")
        add_turns(home, agent, "2026-01-08", turns + 1, turns, seconds)
    rows: list[Row] = []
    for agent, count in (("dp7-a", 30), ("dp7-b", 10)):
        add_member(home, agent, "dp7", "2026-01-01")
        for number in range(count):
            name, begins = f"{agent}-{number}", 36000 + 60 * number
            add_chat(home, name, agent, at("2026-01-09 10:00") + number * MINUTE, 1, queue="dp7", source_id="chat")
            rows.append(Day("2026-01-09").message(name, begins, "customer"))
            rows.append(Day("2026-01-09").message(name, begins + 12, "agent", agent))
    home.add("messages", rows, "chat")


def add_mover(home: RawHome) -> None:
    """DP-5, all of February: M 2/40 in T1, then 4/60 in T2; R1 1/100 in T1, R2 3/200 in T2."""
    add_member(home, "dp5-m", "dp5-t1", "2026-02-01", "2026-02-15")
    add_member(home, "dp5-m", "dp5-t2", "2026-02-15")
    add_member(home, "dp5-r1", "dp5-t1", "2026-02-01")
    add_member(home, "dp5-r2", "dp5-t2", "2026-02-01")
    reviewed(home, "dp5-m", "2026-02-10", 2, 40)
    reviewed(home, "dp5-m", "2026-02-20", 4, 60)
    reviewed(home, "dp5-r1", "2026-02-10", 1, 100)
    reviewed(home, "dp5-r2", "2026-02-10", 3, 200)


def add_transfers(home: RawHome) -> None:
    """DP-8: A handles 100 and sends 4 of them to B, who handles 54 and sends 1 of his own on to A and 4 elsewhere.

    The team has 150 contacts, 8 of which were passed on: A 4 of 100 legs, B 5 of 54; one of them was both's.
    """
    for agent in ("dp8-a", "dp8-b"):
        add_member(home, agent, "dp8", "2026-01-01")
    start = at("2026-01-12 09:00")
    for number in range(150):
        if number == 0:
            # Passed on by A, and by B once more: one transferred contact of the team, a transferred leg of each.
            agents = ["dp8-a", "dp8-b", "dp8-x"]
        elif number < 4:
            agents = ["dp8-a", "dp8-b"]
        elif number < 100:
            agents = ["dp8-a"]
        elif number < 104:
            agents = ["dp8-b", "dp8-x"]
        else:
            agents = ["dp8-b"]
        add_chat(home, f"dp8-{number}", agents, start + number * 4 * MINUTE, 3, queue="dp8")


def add_complaints(home: RawHome) -> None:
    """DP-9: A 6 in 2,000, B 2 in 3,000. C of the same month has a complaint and handled nothing."""
    # From the first one on complaints are recorded.
    complain(home, "first", "2026-01-01 09:00", queue_id="none")
    for agent, complaints, days in (("dp9-a", 6, 2), ("dp9-b", 2, 3)):
        add_member(home, agent, "dp9", "2026-01-01")
        for number in range(1000 * days):
            begins = at("2026-03-02 00:00") + number // 1000 * 1440 * MINUTE + number % 1000 * MINUTE
            add_chat(home, f"{agent}-{number}", agent, begins, 1, queue="dp9")
        for number in range(complaints):
            complain(home, f"{agent}-{number}", "2026-03-10 09:00", agent_id=agent)
    add_person(home, "dp9-c", "2026-01-01")
    add_member(home, "dp9-c", "dp9-leave", "2026-01-01")
    complain(home, "dp9-c", "2026-03-10 09:00", agent_id="dp9-c")


def add_tree(home: RawHome) -> None:
    """April: Up has teams Left and Right, and Lea works in it directly.

    Gus is at home in Right and a guest of Left, where Liz is at home; Nat is in no team.
    """
    home.add("teams", [{"team_id": "up", "name": "Up"}], "hr")
    home.add("teams", [{"team_id": team, "name": team, "parent_team_id": "up"} for team in ("left", "right")], "hr")
    add_member(home, "liz", "left", "2026-04-01")
    add_member(home, "gus", "right", "2026-04-01")
    add_member(home, "gus", "left", "2026-04-01", is_home=False)
    add_member(home, "lea", "up", "2026-04-01")
    for agent, severe, count in (("liz", 2, 100), ("gus", 3, 60), ("lea", 0, 20), ("nat", 1, 20)):
        reviewed(home, agent, "2026-04-10", severe, count)


def add_sides(home: RawHome) -> None:
    """May, shares of live reviews against 20 to 50 %: 30 % in team near-low, 60 % in above, 10 % in below."""
    for team, live in (("near-low", 30), ("above", 60), ("below", 10), ("middle", 35)):
        add_member(home, f"s-{team}", team, "2026-01-01")
        for number in range(100):
            told = {"reviewed_at": at("2026-05-05 13:00"), "mode": "live" if number < live else "after"}
            review(home, f"s-{team}-{number}", f"s-{team}", **told)


def add_causes(home: RawHome) -> None:
    """DP-6: 100 reviews of team dp6, severe errors in 4 of them: a twice, b once, a and b once; one has a twice."""
    add_member(home, "dp6-a", "dp6", "2026-01-01")
    reviewed(home, "dp6-a", "2026-01-14", 0, 100)
    for number, codes in enumerate(("a", "aa", "b", "ab")):
        errors = [{"occurrence": place, "error_code": code} for place, code in enumerate(codes, 1)]
        row = {"review_id": f"dp6-a-2026-01-14-{number}", "class": "severe"}
        home.add("quality_errors", [row | error for error in errors])


ALL_CASES = (
    add_targets,
    add_three,
    add_one,
    add_passes,
    add_responses,
    add_mover,
    add_transfers,
    add_complaints,
    add_tree,
    add_sides,
    add_causes,
)
