"""Editions of the bulletin in the site's files: whose names stand in which, as list, as text and as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import Home
from tests.support.site_home import WEEK_OF_RECORDS, data_of, manifest_of, publish, read, rows

AUDIENCES = "audiences: [{name: all}, {name: leads, scope: team, ids: [TA]}, {name: own, scope: agent, ids: [a3]}]\n"
NAMED = "notices: {names_in_groups: true}\n"
FORMULA = "update dim_scope set scope_name = '=1+' || scope_id || ', \"X\"' where scope_id in ('a1', 'a3')"
NOON = "2026-04-16/noon"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("bulletin"))
    publish(made, AUDIENCES + WEEK_OF_RECORDS, extra=FORMULA)
    return made


def saved(home: Home, scope: str, form: str, audience: str = "") -> str:
    name = manifest_of(home, audience)["texts"][f"{NOON}/{scope}/{form}"]
    return (data_of(home, audience) / name).read_bytes().decode("utf-8")


def ranked(home: Home, scope: str, audience: str = "") -> list[tuple[Any, ...]]:
    told = rows(read(home, f"ranking/{scope}", audience))
    return [(row["agent_id"], row["place"], row["good_ratings"]) for row in told if row["agent_id"] is not None]


def test_everybodys_site_has_all_of_a_team_by_place_and_those_with_too_few_ratings_last(home: Home) -> None:
    told = ranked(home, "team/TA")
    placed = [row for row in told if row[1] is not None]
    assert placed == sorted(placed, key=lambda row: row[1])
    assert told[: len(placed)] == placed
    assert ("a1", 1, 19) in placed


def test_a_teams_site_has_its_own_people_and_a_persons_site_himself_and_his_place(home: Home) -> None:
    everybody = ranked(home, "team/TA")
    assert ranked(home, "team/TA", "leads/TA") == everybody
    files = manifest_of(home, "leads/TA")["files"]
    assert [key for key in files if key.startswith("ranking/")] == ["ranking/team/TA"]
    assert [row[0] for row in ranked(home, "agent/a3", "own/a3")] == ["a3"]
    own = manifest_of(home, "own/a3")
    assert [key for key in own["files"] if key.startswith("ranking/")] == ["ranking/agent/a3"]
    assert own["texts"] == {}


def test_a_text_for_a_group_has_places_and_no_name(home: Home) -> None:
    text = saved(home, "team/TA", "en")
    assert text.splitlines()[:3] == [
        "Team A, 16 Apr 2026, noon",
        "Name 1: 95.0 % (190 / 200), band ≥ 95.0 %",
        "1. 95.0 % (19 / 20)",
    ]
    assert saved(home, "team/TA", "zh").splitlines()[1] == "名称 1：95.0%（190 / 200），目标 ≥ 95.0%"
    assert "=1+" not in text


def test_where_the_centre_allows_names_in_groups_the_text_has_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, NAMED + AUDIENCES + WEEK_OF_RECORDS, extra=FORMULA)
    assert '1. =1+a1, "X" 95.0 % (19 / 20)' in saved(home, "team/TA", "en").splitlines()


def test_a_name_is_no_formula_in_the_csv(home: Home) -> None:
    lines = saved(home, "team/TA", "csv").split("\r\n")
    assert lines[0] == "\ufeffplace,agent_id,agent_name,good_ratings,ratings,value,lower_bound,upper_bound,reason"
    assert lines[2] == '1,"a1","\'=1+a1, ""X""",19,20,0.95,0.950000,,'


def test_who_was_told_what_is_on_no_site_but_that_of_everybody(home: Home) -> None:
    health = read(home, "health")
    assert rows(health["notices"]) == [
        {
            "notice_kind": "out_of_band",
            "notices": 2,
            "notices_sent": 0,
            "notices_given_up": 1,
            "notices_unsent": 0,
            "notices_without_shift": 1,
            "notices_not_needed": 0,
        }
    ]
    (lost,) = rows(health["undelivered"])
    assert (lost["notice_channel"], lost["agent_id"], lost["delivery_state"]) == ("post", "a1", "given_up")
    for audience in ("leads/TA", "own/a3"):
        assert {"notices", "undelivered"} & read(home, "health", audience).keys() == set()
