"""A site per team or agent: not a row of anybody else, and no value that covers fewer than five others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orchestration.centre import Centre, parse_centre
from orchestration.settings import Home
from orchestration.site import write_site
from tests.support.site_published import write_published
from tests.support.site_records import days_with_records, scopes_with_records

OWN = "{name: own, scope: agent, ids: [a3, a4]}"

MARKS = """
    -- Names that appear nowhere else, so that a search through the files finds every leak.
    update dim_scope set scope_name = 'Person ' || scope_id || ' end' where scope_kind = 'agent';
    update fct_kpi_value set scope_name = 'Person ' || scope_id || ' end' where scope_kind = 'agent';
"""

MORE_OF_A4 = "update fct_kpi_value set n = 41 where scope_id = 'a4'"

INSIDE_OF_A = {"a1", "a3", "a5", "a7", "a9", "a11"}
INSIDE_OF_B = {"a2", "a4", "a6", "a8", "a10", "a12"}


def centre(audience: str, drill_days: int) -> Centre:
    return parse_centre(
        f"name: Test\ntime_zone: Australia/Sydney\nsources: [{{name: desk, kind: feed}}]\n"
        f"audiences: [{audience}]\nthresholds: {{drill_days: {drill_days}}}\n",
        "centre.yaml",
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def publish(home: Home, audience: str, **options: Any) -> None:
    options["extra"] = MARKS + options.get("extra", "")
    drill_days = options.pop("drill_days", 2)
    write_published(home.published_file, **options)
    write_site(home, centre(audience, drill_days))


def data_of(home: Home, audience: str) -> Path:
    return home.site / "audiences" / audience / "data"


def texts(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.json"))


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def scopes(folder: Path) -> set[tuple[str, str]]:
    table = json.loads((folder / manifest(folder)["files"]["scopes"]).read_text(encoding="utf-8"))
    return {(row[0], row[1]) for row in table["rows"]}


def test_a_team_finds_no_row_of_another_team_in_any_file(home: Home) -> None:
    publish(home, "{name: leads, scope: team, ids: [TA]}")
    folder = data_of(home, "leads/TA")
    found = texts(folder)
    for agent in INSIDE_OF_A:
        assert f"Person {agent} end" in found
    for agent in INSIDE_OF_B:
        assert f"Person {agent} end" not in found
        assert f'"{agent}"' not in found
        assert f"/{agent}/" not in found
    for other in ("TB", "Team B", "team-b-1", "telegraph"):
        assert other not in found


def test_the_site_of_everybody_has_both_teams(home: Home) -> None:
    publish(home, "{name: leads, scope: team, ids: [TA]}")
    found = texts(home.site / "data")
    for agent in INSIDE_OF_A | INSIDE_OF_B:
        assert f"Person {agent} end" in found


def test_wider_values_stay_if_they_cover_five_others(home: Home) -> None:
    # 12 agents: six of them are not of team A.
    publish(home, "{name: leads, scope: team, ids: [TA]}")
    assert ("centre", "centre") in scopes(data_of(home, "leads/TA"))


def test_wider_values_go_if_they_cover_fewer_than_five_others(home: Home) -> None:
    # 9 agents: four of them are not of team A.
    publish(home, "{name: leads, scope: team, ids: [TA]}", agents=9)
    found = scopes(data_of(home, "leads/TA"))
    assert {kind for kind, _ in found} == {"agent", "team", "team_channel"}
    assert ("team", "TA") in found
    assert ("team", "T0") not in found


def test_a_day_with_fewer_than_five_others_is_left_out_of_a_wider_scope(home: Home) -> None:
    publish(
        home,
        "{name: leads, scope: team, ids: [TA]}",
        extra="""
        delete from bridge_agent_team_day
        where agent_date = date '2026-04-15' and agent_id in ('a2', 'a4');
        """,
    )
    folder = data_of(home, "leads/TA")
    file = json.loads((folder / manifest(folder)["files"]["scope/centre/centre"]).read_text(encoding="utf-8"))
    days = file["periods"]["day"]
    lines = [dict(zip(file["series"]["columns"], row, strict=True)) for row in file["series"]["rows"]]
    shown = {tuple(days[place] for place in line["places"]) for line in lines if line["period_kind"] == "day"}
    assert shown == {tuple(day for day in days if day != "2026-04-15")}


def test_a_person_keeps_his_history_where_the_wider_scopes_are_hidden(home: Home) -> None:
    # 9 agents: no wider scope covers five others, and none is there to count the periods by.
    publish(home, "{name: leads, scope: team, ids: [TA]}", agents=9)
    folder = data_of(home, "leads/TA")
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


HALF_HOUR = """
    -- So many of the agents took a contact between nine and ten on the last day.
    delete from fct_contact_leg where contact_date >= date '2026-04-15';
    insert into fct_contact_leg by name
    select leg.* replace ('x' || number as contact_key, 'a' || number as agent_id, date '2026-04-16' as contact_date,
        date '2026-04-16' as agent_date, timestamptz '2026-04-16 09:05:00+00' as connected_at,
        timestamptz '2026-04-16 09:20:00+00' as ended_at)
    from (from fct_contact_leg limit 1) as leg cross join range(1, $people + 1) as numbers (number)
"""


@pytest.mark.parametrize(
    ("people", "is_shown"),
    [
        (12, True),  # six of team A and six others
        (8, False),  # four of team A and four others: the others could be told from the difference
        (1, False),  # one of team A alone: it would be his own half-hour
    ],
)
def test_a_half_hour_is_shown_if_it_is_the_work_of_enough_people(home: Home, people: int, is_shown: bool) -> None:
    publish(home, "{name: leads, scope: team, ids: [TA]}", extra=HALF_HOUR.replace("$people", str(people)))
    assert ("half_hour/2026-04-16" in manifest(data_of(home, "leads/TA"))["files"]) is is_shown


def test_a_half_hour_of_the_audience_alone_is_shown_if_five_of_it_worked(home: Home) -> None:
    # Agents 1, 3, 5, 7, 9 of team A and nobody else: nothing is hidden from their leader.
    odd = HALF_HOUR.replace("$people", "10").rstrip() + " where number % 2 = 1"
    publish(home, "{name: leads, scope: team, ids: [TA]}", extra=odd)
    assert "half_hour/2026-04-16" in manifest(data_of(home, "leads/TA"))["files"]


def test_records_of_wider_scopes_are_in_nobody_elses_site(home: Home) -> None:
    publish(home, "{name: leads, scope: team, ids: [TA]}")
    assert _kinds_with_records(home, "leads/TA") == {"agent", "team"}


def test_of_a_wider_scope_no_records_stand_where_only_some_of_them_could_be_seen(home: Home) -> None:
    publish(home, "{name: leads, scope: team, ids: [TA]}")
    inside = _kinds_with_records(home, "leads/TA")
    outside = _kinds_with_records(home, "")
    assert inside == {"agent", "team"}
    assert outside > inside


def test_what_two_agents_see_alike_is_one_file_in_both_sites(home: Home) -> None:
    publish(home, OWN, extra=HALF_HOUR.replace("$people", "12"))
    first, second = data_of(home, "own/a3"), data_of(home, "own/a4")
    for key in ("scope/centre/centre", "half_hour/2026-04-16"):
        name = manifest(first)["files"][key]
        assert manifest(second)["files"][key] == name
        assert (first / name).samefile(second / name)
    own = manifest(first)["files"]["scope/agent/a3"]
    history = json.loads((first / own).read_text(encoding="utf-8"))["history"]
    assert (first / history).samefile(home.site / "data" / history)


def test_a_site_is_whole_without_the_others(home: Home) -> None:
    publish(home, OWN)
    shutil.rmtree(home.site / "data")
    shutil.rmtree(data_of(home, "own/a4"))
    folder = data_of(home, "own/a3")
    listed = manifest(folder)
    names = {*listed["files"].values(), *listed["tables"].values()}
    for key in list(listed["files"]):
        content = json.loads((folder / listed["files"][key]).read_text(encoding="utf-8"))
        if key.startswith("scope/"):
            names.add(content["history"])
        if key.startswith("drill/"):
            names |= set(content["blocks"])
        if key.startswith("kpi/"):
            names |= {name for by_start in content["periods"].values() for name in by_start.values()}
    for name in names:
        json.loads((folder / name).read_text(encoding="utf-8"))


def test_no_site_has_a_file_of_everybodys_rankings(home: Home) -> None:
    # Of rankings only the wide scopes' could be alike; everybody's hold all agents and teams.
    publish(home, "{name: own, scope: agent, ids: [a3]}")
    everybody = {path.name for path in (home.site / "data" / "kpi").rglob("*.json")}
    assert not everybody & {path.name for path in (data_of(home, "own/a3") / "kpi").rglob("*.json")}


def test_agents_from_whom_different_values_are_hidden_share_no_file_of_them(home: Home) -> None:
    # On 15 April a3 and four others worked: he sees none but the four, they see each other and him.
    publish(
        home,
        OWN,
        extra="""
        delete from bridge_agent_team_day
        where agent_date = date '2026-04-15' and agent_id not in ('a3', 'a5', 'a7', 'a9', 'a11');
        """,
    )
    first, second = data_of(home, "own/a3"), data_of(home, "own/a4")
    shown = {}
    for folder in (first, second):
        file = json.loads((folder / manifest(folder)["files"]["scope/centre/centre"]).read_text(encoding="utf-8"))
        (line, *_) = [
            row
            for row in (dict(zip(file["series"]["columns"], cells, strict=True)) for cells in file["series"]["rows"])
            if row["period_kind"] == "day"
        ]
        shown[folder] = len(line["value"])
    assert (shown[first], shown[second]) == (15, 16)


def test_a_site_whose_rows_are_the_same_is_left_as_it_is(home: Home) -> None:
    publish(home, OWN)
    before = {name: (data_of(home, f"own/{name}") / "manifest.json").stat().st_mtime_ns for name in ("a3", "a4")}
    write_published(home.published_file, extra=f"{MARKS} {MORE_OF_A4}")
    results = {result.audience: result.files_written for result in write_site(home, centre(OWN, 2))}
    after = {name: (data_of(home, f"own/{name}") / "manifest.json").stat().st_mtime_ns for name in ("a3", "a4")}
    assert after["a3"] == before["a3"]
    assert after["a4"] > before["a4"]
    assert results["own/a3"] == 0
    assert results["own/a4"] > 0


def test_a_site_that_lost_a_file_is_made_whole_again(home: Home) -> None:
    publish(home, OWN)
    folder = data_of(home, "own/a3")
    lost = folder / manifest(folder)["files"]["scope/agent/a3"]
    lost.unlink()
    write_site(home, centre(OWN, 2))
    assert lost.exists()


def test_another_process_finds_the_same_rows_the_same(home: Home) -> None:
    publish(home, OWN)
    manifests = {name: data_of(home, f"own/{name}") / "manifest.json" for name in ("a3", "a4")}
    before = {name: file.stat().st_mtime_ns for name, file in manifests.items()}
    again = (
        "from tests.test_site_audiences import OWN, centre; from orchestration.settings import Home; import pathlib; "
        f"from orchestration.site import write_site; write_site(Home(pathlib.Path({str(home.root)!r})), centre(OWN, 2))"
    )
    # Texts are hashed anew in every process: a set has another order there.
    subprocess.run([sys.executable, "-c", again], check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert {name: file.stat().st_mtime_ns for name, file in manifests.items()} == before


def _kinds_with_records(home: Home, audience: str) -> set[str]:
    return {kind for day in days_with_records(home, audience) for kind, _ in scopes_with_records(home, day, audience)}
