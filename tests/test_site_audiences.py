"""A site per team or agent: not a row of anybody else, and no value that covers fewer than five others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from tests.support.site_audiences import (
    EVERYBODY_AT_WORK,
    HALF_HOUR,
    INSIDE_OF_A,
    INSIDE_OF_B,
    data_of,
    manifest,
    nobody_else_at_work,
    publish,
    scopes,
    texts,
)
from tests.support.site_home import rows
from tests.support.site_records import days_with_records, scopes_with_records


@pytest.fixture(scope="module")
def of_twelve(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sites of everybody and of team A, whose six are half of all agents; they are only read."""
    home = Home(tmp_path_factory.mktemp("twelve"))
    publish(home, "{name: leads, scope: team, ids: [TA]}")
    return home


@pytest.fixture(scope="module")
def of_nine(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same with nine agents, five of whom are of team A."""
    home = Home(tmp_path_factory.mktemp("nine"))
    publish(home, "{name: leads, scope: team, ids: [TA]}", agents=9)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_team_finds_no_row_of_another_team_in_any_file(of_twelve: Home) -> None:
    folder = data_of(of_twelve, "leads/TA")
    found = texts(folder)
    for agent in INSIDE_OF_A:
        assert f"Person {agent} end" in found
    for agent in INSIDE_OF_B:
        assert f"Person {agent} end" not in found
        assert f'"{agent}"' not in found
        assert f"/{agent}/" not in found
    for other in ("TB", "Team B", "team-b-1", "telegraph", "contacts_of_all.csv"):
        assert other not in found


def test_the_site_of_everybody_has_both_teams(of_twelve: Home) -> None:
    found = texts(of_twelve.site / "data")
    for agent in INSIDE_OF_A | INSIDE_OF_B:
        assert f"Person {agent} end" in found


def test_a_team_has_its_own_complaints_and_no_counts_of_causes(home: Home) -> None:
    of_a3 = "insert into fct_complaint select * replace ('a3' as agent_id) from fct_complaint where agent_id = 'a2'"
    publish(home, "{name: leads, scope: team, ids: [TA]}", extra=of_a3, drill_days=30)
    complained_of = []
    for folder in (home.site / "data", data_of(home, "leads/TA")):
        table = json.loads((folder / manifest(folder)["files"]["complaint_records"]).read_text(encoding="utf-8"))
        complained_of.append({row[table["columns"].index("agent_id")] for row in table["rows"]})
    everybody, own = complained_of
    assert everybody & INSIDE_OF_B
    assert own == everybody & INSIDE_OF_A == {"a3"}
    counted = {"complaints/centre/centre", "complaints/team/T0", "complaints/team/TB", "causes/centre/centre"}
    assert counted <= set(manifest(home.site / "data")["files"])
    told_to_few = manifest(data_of(home, "leads/TA"))["files"]
    assert [key for key in told_to_few if key.startswith(("complaints/", "causes/"))] == []


def test_wider_values_stay_if_they_cover_five_others(of_twelve: Home) -> None:
    # 12 agents: six of them are not of team A.
    assert ("centre", "centre") in scopes(data_of(of_twelve, "leads/TA"))


def test_wider_values_go_if_they_cover_fewer_than_five_others(of_nine: Home) -> None:
    # 9 agents: four of them are not of team A.
    found = scopes(data_of(of_nine, "leads/TA"))
    assert {kind for kind, _ in found} == {"agent", "team", "team_channel"}
    assert ("team", "TA") in found
    assert ("team", "T0") not in found


def test_a_day_with_fewer_than_five_others_is_left_out_with_the_day_beside_it(home: Home) -> None:
    # Four of team B worked on the 15th: the week less its other days would tell of them, so the 16th is left out too.
    few = nobody_else_at_work("2026-04-15", *INSIDE_OF_A, "a6", "a8", "a10", "a12")
    publish(home, "{name: leads, scope: team, ids: [TA]}", contacts=480, extra=EVERYBODY_AT_WORK + few)
    folder = data_of(home, "leads/TA")
    file = json.loads((folder / manifest(folder)["files"]["scope/centre/centre"]).read_text(encoding="utf-8"))
    days = file["periods"]["day"]
    lines = [dict(zip(file["series"]["columns"], row, strict=True)) for row in file["series"]["rows"]]
    (length,) = {len(line["value"]) for line in lines if line["period_kind"] == "day" and line["first_place"] == 0}
    assert days[length:] == ["2026-04-15", "2026-04-16"]


def test_a_person_keeps_his_history_where_the_wider_scopes_are_hidden(of_nine: Home) -> None:
    # 9 agents: no wider scope covers five others, and none is there to count the periods by.
    folder = data_of(of_nine, "leads/TA")
    file = json.loads((folder / manifest(folder)["files"]["scope/agent/a1"]).read_text(encoding="utf-8"))
    lines = [dict(zip(file["series"]["columns"], row, strict=True)) for row in file["series"]["rows"]]
    assert {len(line["value"]) for line in lines if line["period_kind"] == "day"} == {16}


def test_a_team_with_teams_below_it_sees_those(home: Home) -> None:
    publish(home, "{name: leads, scope: team, ids: [T0]}")
    found = texts(data_of(home, "leads/T0"))
    assert "Person a1 end" in found
    assert "Person a2 end" in found


def test_an_agent_sees_himself_and_only_himself(home: Home) -> None:
    publish(home, "{name: own, scope: agent, ids: [a3]}")
    folder = data_of(home, "own/a3")
    found = texts(folder)
    assert "Person a3 end" in found
    assert {scope for kind, scope in scopes(folder) if kind == "agent"} == {"a3"}
    for agent in (INSIDE_OF_A | INSIDE_OF_B) - {"a3"}:
        assert f'"{agent}"' not in found


def test_an_audience_without_ids_is_a_site_for_every_team(home: Home) -> None:
    publish(home, "{name: leads, scope: team}")
    assert sorted(path.name for path in (home.site / "audiences" / "leads").iterdir()) == ["T0", "TA", "TB"]


def test_records_of_a_day_on_which_somebody_was_in_another_team_stay_there(home: Home) -> None:
    # a3 was in team B until 10 April; the records of those days are B's and not in A's site.
    publish(
        home,
        "{name: leads, scope: team, ids: [TA]}",
        contacts=480,
        drill_days=9,
        extra="""
        update bridge_agent_team_day set team_id = 'TB'
        where agent_id = 'a3' and team_id = 'TA' and agent_date < date '2026-04-10';
        """,
    )
    told = days_with_records(home, "leads/TA")
    days = {day for day in told if ("agent", "a3") in scopes_with_records(home, day, "leads/TA")}
    assert days
    assert min(days) >= "2026-04-10"


@pytest.mark.parametrize(
    ("people", "is_shown"),
    [
        (12, True),  # six of team A and six others
        (8, False),  # four of team A and four others: the others could be told from the difference
        (1, False),  # one of team A alone: it would be his own half-hour
    ],
)
def test_a_half_hour_is_shown_if_it_is_the_work_of_enough_people(home: Home, people: int, is_shown: bool) -> None:
    extra = EVERYBODY_AT_WORK + HALF_HOUR.replace("$people", str(people))
    publish(home, "{name: leads, scope: team, ids: [TA]}", contacts=480, extra=extra)
    assert ("half_hour/2026-04-16" in manifest(data_of(home, "leads/TA"))["files"]) is is_shown


@pytest.mark.parametrize(("numerator", "received"), [(12, 12), (11, None)])
def test_what_came_of_a_forecast_is_told_where_half_hours_add_up_to_it(
    home: Home, numerator: int, received: int | None
) -> None:
    # Twelve came to the channel, as its half-hour says; of queue and centre no half-hour is told.
    extra = EVERYBODY_AT_WORK + HALF_HOUR.replace("$people", "12") + ";"
    extra += f"update fct_kpi_half_hour set kpi_id = 'contacts_received', numerator = {numerator}"  # noqa: S608 - own number
    publish(home, "{name: leads, scope: team, ids: [TA]}", contacts=480, extra=extra)
    folder = data_of(home, "leads/TA")
    files = manifest(folder)["files"]
    forecast = {row["scope_kind"]: row for row in rows(json.loads((folder / files["forecast/2026-04-16"]).read_text()))}
    assert {kind: row["forecast_contacts"] for kind, row in forecast.items()} == dict.fromkeys(forecast, 15.5)
    assert forecast["channel"]["received_contacts"] == received
    assert (forecast["channel"]["difference"] is None) is (received is None)
    assert {row["received_contacts"] for kind, row in forecast.items() if kind != "channel"} == {None}
    assert len(rows(json.loads((folder / files["open/2026-04-16"]).read_text()))) == 2


def test_a_half_hour_of_the_audience_alone_is_shown_if_five_of_it_worked(home: Home) -> None:
    # Agents 1, 3, 5, 7, 9 of team A and nobody else: nothing is hidden from their leader.
    odd = HALF_HOUR.replace("$people", "10").rstrip() + " where number % 2 = 1"
    publish(home, "{name: leads, scope: team, ids: [TA]}", extra=odd)
    assert "half_hour/2026-04-16" in manifest(data_of(home, "leads/TA"))["files"]


@pytest.mark.parametrize(
    ("took", "is_shown"),
    [
        ("1, 3, 5, 7, 9", True),  # five of team A
        ("1, 3, 5, 7, 9, 8", False),  # and one of team B: his work could be told from the difference
        ("2, 4, 6, 8", False),  # four of team B alone
    ],
)
def test_people_who_took_what_began_in_a_half_hour_are_counted_apart(home: Home, took: str, is_shown: bool) -> None:
    # Twelve are at work in it, six of them of team A: most of them with contacts of earlier half-hours.
    began = f"""
        insert into fct_contact by name
        select contact.* replace ('x' || number as contact_key, date '2026-04-16' as contact_date,
            timestamptz '2026-04-16 09:00:00+00' as half_hour_started_at)
        from (from fct_contact limit 1) as contact cross join (select unnest([{took}]) as number);
    """  # noqa: S608 - own numbers
    extra = EVERYBODY_AT_WORK + HALF_HOUR.replace("$people", "12") + ";" + began
    publish(home, "{name: leads, scope: team, ids: [TA]}", contacts=480, extra=extra)
    assert ("half_hour/2026-04-16" in manifest(data_of(home, "leads/TA"))["files"]) is is_shown


def test_records_of_wider_scopes_are_in_nobody_elses_site(of_twelve: Home) -> None:
    assert _kinds_with_records(of_twelve, "leads/TA") == {"agent", "team"}


def test_of_a_wider_scope_no_records_stand_where_only_some_of_them_could_be_seen(of_twelve: Home) -> None:
    inside = _kinds_with_records(of_twelve, "leads/TA")
    outside = _kinds_with_records(of_twelve, "")
    assert inside == {"agent", "team"}
    assert outside > inside


def _kinds_with_records(home: Home, audience: str) -> set[str]:
    return {kind for day in days_with_records(home, audience) for kind, _ in scopes_with_records(home, day, audience)}
