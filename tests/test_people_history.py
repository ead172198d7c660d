"""What becomes known of people on a day changes nothing before that day."""
# ruff: noqa: S608 - the queries' parts are written here

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.people_cases import add_chat, add_member, add_person, add_states, at
from tests.support.raw_rows import RawHome

DAY = "2026-06-16"
DAY_OF = {
    "fct_agent_day": "agent_date",
    "bridge_agent_team_day": "agent_date",
    "dim_agent_day": "agent_date",
    "fct_headcount_day": "headcount_date",
}


def people_home(folder: Path, *, with_changes: bool) -> RawHome:
    """Three agents over June; on the 16th one leaves, one moves, one is renamed, and so are a team and a queue."""
    home = RawHome(folder, as_of=at("2026-06-30 23:00"))
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.source("hr")
    home.add(
        "teams",
        [{"team_id": team, "name": team.title(), "parent_team_id": "area"} for team in ("north", "south")],
        "hr",
    )
    home.add("teams", [{"team_id": "area", "name": "Area"}], "hr")
    home.add("queues", [{"queue_id": "help", "name": "Help", "channel": "web"}], "hr")
    changed = DAY if with_changes else None
    add_person(home, "leaver", "2025-01-01", changed, segment="technical")
    add_member(home, "leaver", "north", "2025-01-01", changed)
    add_person(home, "mover", "2026-05-01", max_concurrent=8)
    add_member(home, "mover", "north", "2025-01-01", changed)
    add_person(home, "renamed", "2025-01-01")
    add_member(home, "renamed", "south", "2025-01-01")
    for agent in ("leaver", "mover", "renamed"):
        for number in range(20):
            starts = at("2026-06-06 09:00") + timedelta(days=number)
            add_chat(home, f"{agent}-{number}", agent, starts, 15)
            add_states(home, agent, [("ready", starts, starts + timedelta(hours=8))])
    if with_changes:
        add_member(home, "mover", "south", DAY)
        version = {"agent_id": "renamed", "name": "New Name", "segment": "voice", "role": "leader", "max_concurrent": 3}
        home.add("staff", [version | {"hired_on": "2025-01-01", "valid_from": DAY}], "hr", file_name="later.csv")
        later = {"team_id": "north", "name": "Far North", "parent_team_id": None, "valid_from": DAY}
        home.add("teams", [later], "hr", file_name="later.csv")
        renamed = {"queue_id": "help", "name": "Care", "channel": "web", "valid_from": DAY}
        home.add("queues", [renamed], "hr", file_name="later.csv")
    home.build("fct_agent_day", "bridge_agent_team_day", "dim_agent_day", "fct_headcount_day", "int_team__scope_name")
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[RawHome, RawHome]:
    """The same month without and with the changes of the 16th."""
    folder = tmp_path_factory.mktemp("history")
    return people_home(folder / "before", with_changes=False), people_home(folder / "after", with_changes=True)


def rows(home: RawHome, table: str, condition: str) -> list[tuple[Any, ...]]:
    return home.query(f"select * from {table} where {condition} order by all")


@pytest.mark.parametrize(("table", "day"), DAY_OF.items())
def test_days_before_a_change_stay_as_they_were(homes: tuple[RawHome, RawHome], table: str, day: str) -> None:
    before, after = (rows(home, table, f"{day} < '{DAY}'") for home in homes)
    assert len(before) >= 30
    assert before == after


@pytest.mark.parametrize(("table", "day"), DAY_OF.items())
def test_the_change_shows_from_its_day_on(homes: tuple[RawHome, RawHome], table: str, day: str) -> None:
    before, after = (rows(home, table, f"{day} >= '{DAY}'") for home in homes)
    assert before != after


def test_names_before_the_day_are_the_old_ones(homes: tuple[RawHome, RawHome]) -> None:
    names = (
        "select scope_kind, scope_id, arg_max(scope_name, valid_from) from intermediate.int_team__scope_name "
        f"where valid_from < '{DAY}' group by all order by all"
    )
    before, after = (home.query(names) for home in homes)
    assert before == after
    assert ("queue", "help", "Help") in after
