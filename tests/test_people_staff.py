"""Who belonged where and when: turnover, teams as of the event, accounts, names (TO-1 to 3, AT-1 to 3)."""

# ruff: noqa: S608 - the queries' parts are written here

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome


def add_turnover_cases(home: RawHome) -> None:
    """TO-1 and TO-3 in June in teams north and south of one area, TO-2 over the quarter January to March."""
    home.add(
        "teams",
        [{"team_id": team, "name": team.title(), "parent_team_id": "area"} for team in ("north", "south")],
        "hr",
    )
    home.add("teams", [{"team_id": "area", "name": "Area", "parent_team_id": "division"}], "hr")
    home.add("teams", [{"team_id": "division", "name": "Division"}], "hr")
    for number in range(100):
        left = {"left_on": "2026-06-16", "leave_reason": "pay" if number < 3 else "study"} if number < 4 else {}
        add_person(home, f"to1-{number:03}", "2025-01-01", **left)
        # The membership of those who leave ends with them, as an HR system would write it.
        add_member(home, f"to1-{number:03}", "north", "2025-01-01", left.get("left_on"))
    for number in (100, 101):
        add_person(home, f"to1-{number}", "2026-06-16")
        add_member(home, f"to1-{number}", "south", "2026-06-16")
    add_person(home, "to1-trainee", "2026-05-01", "2026-06-10", role="trainee")
    add_person(home, "to1-part", "2025-01-01", "2026-06-10", employment="part")
    for agent in ("to1-trainee", "to1-part"):
        add_member(home, agent, "north", "2025-01-01")
    add_member(home, "to1-099", "south", "2026-06-12")
    for number in range(100):
        add_person(home, f"to2-{number:03}", "2025-01-01", "2026-02-01" if number < 6 else None)
    for number in range(6):
        add_person(home, f"to2-new-{number}", "2026-02-01")


def add_employment_cases(home: RawHome) -> None:
    """A person who goes on under another agent id, one hired again later, one whose hire date was corrected."""
    add_person(home, "web-jo", "2025-01-01", "2026-06-05", person_id="jo")
    add_person(home, "voice-jo", "2026-06-05", person_id="jo")
    add_person(home, "again", "2025-01-01", "2026-06-05")
    add_person(home, "again", "2026-06-20")
    add_person(home, "fixed", "2026-06-01")
    fixed = {"agent_id": "fixed", "name": "Fixed", "hired_on": "2026-06-03", "valid_from": "2026-06-10"}
    home.add("staff", [fixed | {"left_on": "2026-06-20"}], "hr")


def add_attribution_cases(home: RawHome) -> None:
    """AT-1 a move on the 16th, AT-2 a member of two teams, AT-3 a leaver, a renamed queue, a reassigned extension."""
    add_member(home, "at1", "north", "2026-01-01", "2026-06-16")
    add_member(home, "at1", "south", "2026-06-16")
    start = at("2026-06-15 20:00")
    for number in range(60):
        add_chat(home, f"at1-{number}", "at1", start - timedelta(hours=2 * number), queue="old")
    for number in range(40):
        add_chat(home, f"at1-late-{number}", "at1", at("2026-06-16 00:00") + timedelta(hours=2 * number))
    add_member(home, "at2", "north", "2026-01-01")
    add_member(home, "at2", "south", "2026-01-01", is_home=False)
    for number in range(100):
        add_chat(home, f"at2-{number}", "at2", at("2026-06-20 00:00") + timedelta(minutes=10 * number))
    for agent, since in (("ann", "2026-01-01"), ("bob", "2026-06-16")):
        home.add(
            "agent_accounts", [{"account_source_id": "desk", "account": "201", "agent_id": agent, "valid_from": since}]
        )
    add_person(home, "ann", "2025-01-01", "2026-06-16")
    add_person(home, "bob", "2026-06-16")
    for day, count in (("15", 3), ("16", 2)):
        for number in range(count):
            add_chat(home, f"at3-{day}-{number}", "201", at(f"2026-06-{day} 12:00"))
    for name, since in (("Help", "2026-01-01"), ("Care", "2026-06-16")):
        home.add("queues", [{"queue_id": "help", "name": name, "channel": "web", "valid_from": since}], "hr")


def add_tree_cases(home: RawHome) -> None:
    """A tree of six levels, one that turns in a circle, and a team that changes its parent."""
    deep = [
        {"team_id": f"deep{level}", "name": f"Deep {level}", "parent_team_id": f"deep{level - 1}"}
        for level in range(1, 6)
    ]
    home.add("teams", [*deep, {"team_id": "deep0", "name": "Deep 0"}], "hr")
    circle = [{"team_id": "ring1", "name": "Ring 1", "parent_team_id": "ring2"}]
    home.add("teams", [*circle, {"team_id": "ring2", "name": "Ring 2", "parent_team_id": "ring1"}], "hr")
    rows = [("2026-01-01", "deep1"), ("2026-06-10", "deep0")]
    for since, parent in rows:
        home.add(
            "teams",
            [{"team_id": "wander", "name": f"Under {parent}", "parent_team_id": parent, "valid_from": since}],
            "hr",
        )
    for agent, team in (("diver", "deep5"), ("runner", "ring1"), ("nomad", "wander")):
        add_member(home, agent, team, "2026-06-01")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("staff"), as_of=at("2026-06-30 23:00"))
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.source("hr")
    add_chat(home, "first", "first", at("2026-01-01 09:00"))
    add_turnover_cases(home)
    add_employment_cases(home)
    add_attribution_cases(home)
    add_tree_cases(home)
    home.build(
        "fct_agent_day",
        "bridge_agent_team_day",
        "fct_leaver",
        "dim_agent",
        "dim_team",
        "dim_queue",
        "fct_contact_leg",
        "int_team__scope_name",
    )
    return home


def turnover(home: RawHome, agents: str, first: str, last: str) -> tuple[Any, ...]:
    """Headcount-days and leavers of agents by pattern, over dates both included."""
    return home.query(
        "select sum(headcount_days), sum(leavers) from fct_agent_day "
        f"where agent_id like '{agents}' and agent_date between '{first}' and '{last}'"
    )[0]


def teams_of(home: RawHome, agent: str, day: str) -> list[str]:
    """All teams of an agent on a date, the home path only where it is one, nearest first."""
    rows = home.query(
        f"select team_id from bridge_agent_team_day where agent_id = '{agent}' and agent_date = '{day}' "
        "order by distance, team_id"
    )
    return [team for (team,) in rows]


def test_to_1_headcount_days_count_joiners_and_leavers_from_their_day(home: RawHome) -> None:
    days, leavers = turnover(home, "to1-%", "2026-06-01", "2026-06-30")
    assert (days, leavers) == (2970, 4)
    assert round(100 * leavers * Decimal(365) / days, 2) == Decimal("49.16")
    assert round(100 * leavers / (days / Decimal(30)), 2) == Decimal("4.04")


def test_to_2_a_quarter_is_compared_as_a_year(home: RawHome) -> None:
    days, leavers = turnover(home, "to2-%", "2026-01-01", "2026-03-31")
    assert (days, leavers) == (9000, 6)
    assert round(100 * leavers * Decimal(365) / days, 1) == Decimal("24.3")


def test_to_3_trainees_part_timers_and_movers_are_no_leavers(home: RawHome) -> None:
    by_team = home.query(
        "select team_id, sum(leavers) from bridge_agent_team_day "
        "inner join fct_agent_day using (agent_id, agent_date) "
        "where agent_id like 'to1-%' group by team_id order by team_id"
    )
    # North lost four and the mover; only the four count, once there and once in each team above.
    assert by_team == [("area", 4), ("division", 4), ("north", 4), ("south", 0)]


def test_departures_keep_their_reason_and_home_team_also_where_turnover_leaves_them_out(home: RawHome) -> None:
    rows = home.query(
        "select leave_reason, employment, role, home_team_id, count(*), sum(leavers) from fct_leaver "
        "where agent_id like 'to1-%' group by all order by all"
    )
    assert rows == [
        ("pay", "full", "agent", "north", 3, 3),
        ("study", "full", "agent", "north", 1, 1),
        (None, "full", "trainee", "north", 1, 0),
        (None, "part", "agent", "north", 1, 0),
    ]


def test_going_on_under_another_agent_id_is_no_departure(home: RawHome) -> None:
    assert turnover(home, "%-jo", "2026-06-01", "2026-06-30") == (30, 0)


def test_someone_hired_again_left_once_and_counts_on_both_stretches(home: RawHome) -> None:
    assert turnover(home, "again", "2026-06-01", "2026-06-30") == (4 + 11, 1)


def test_a_corrected_hire_date_gives_no_second_person(home: RawHome) -> None:
    assert turnover(home, "fixed", "2026-06-01", "2026-06-30") == (19, 1)


def legs_by_team(home: RawHome, contacts: str) -> dict[str, int]:
    """Handled legs per team as of the day of the leg, for contacts by pattern."""
    rows = home.query(
        "select team_id, sum(handled_legs) from fct_contact_leg inner join bridge_agent_team_day "
        f"using (agent_id, agent_date) where contact_id like '{contacts}' group by team_id"
    )
    return dict(rows)


def test_at_1_a_move_leaves_each_team_its_own_contacts(home: RawHome) -> None:
    assert legs_by_team(home, "at1-%") == {"north": 60, "south": 40, "area": 100, "division": 100}


def test_at_2_two_teams_count_an_agent_once_each_and_once_above(home: RawHome) -> None:
    assert legs_by_team(home, "at2-%") == {"north": 100, "south": 100, "area": 100, "division": 100}
    assert home.query("select distinct home_team_id from dim_agent_day where agent_id = 'at2'") == [("north",)]


def test_at_3_an_extension_given_to_another_person_keeps_the_two_apart(home: RawHome) -> None:
    rows = home.query(
        "select agent_id, agent_date::varchar, count(*) from fct_contact_leg where contact_id like 'at3-%' group by all"
    )
    assert sorted(rows) == [("ann", "2026-06-15", 3), ("bob", "2026-06-16", 2)]


def test_at_3_names_are_those_of_the_period(home: RawHome) -> None:
    rows = home.query(
        "select day::varchar, scope_name from (values (date '2026-06-15'), (date '2026-06-16')) days (day) "
        "asof join (from intermediate.int_team__scope_name where scope_kind = 'queue' and scope_id = 'help') "
        "on day >= valid_from order by day"
    )
    assert rows == [("2026-06-15", "Help"), ("2026-06-16", "Care")]
    assert home.query("select queue_name from dim_queue where queue_id = 'help'") == [("Care",)]


def test_at_3_a_leaver_keeps_the_days_before(home: RawHome) -> None:
    assert turnover(home, "ann", "2026-06-01", "2026-06-15") == (15, 0)
    assert turnover(home, "ann", "2026-06-16", "2026-06-30") == (0, 1)


def test_a_team_tree_may_have_any_depth(home: RawHome) -> None:
    assert teams_of(home, "diver", "2026-06-30") == ["deep5", "deep4", "deep3", "deep2", "deep1", "deep0"]
    assert home.query("select depth from dim_team where team_id = 'deep5'") == [(5,)]


def test_a_circle_of_teams_ends_the_climb(home: RawHome) -> None:
    assert teams_of(home, "runner", "2026-06-30") == ["ring1", "ring2"]


def test_a_team_that_changes_its_parent_keeps_its_past(home: RawHome) -> None:
    assert teams_of(home, "nomad", "2026-06-09") == ["wander", "deep1", "deep0"]
    assert teams_of(home, "nomad", "2026-06-10") == ["wander", "deep0"]


def test_new_staff_are_told_by_the_days_since_their_hire(home: RawHome) -> None:
    # Hired on 1 February: the 90th day after it is 2 May.
    rows = home.query(
        "select tenure_band, min(agent_date)::varchar from dim_agent_day where agent_id = 'to2-new-0' "
        "group by tenure_band order by 2"
    )
    assert rows == [("new", "2026-02-01"), ("experienced", "2026-05-02")]


def test_an_agent_of_whom_no_list_knows_is_known_by_the_account(home: RawHome) -> None:
    assert home.query("select agent_name, home_team_id, tenure_band from dim_agent where agent_id = 'first'") == [
        ("first", None, None)
    ]
