"""Who is told of an assessment: a team of its own people and nothing of what was established, an agent all his own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import Home
from tests.support.site_audiences import data_of, publish, texts
from tests.support.site_home import rows

Row = dict[str, Any]
SITES = "{name: leads, scope: team, ids: [TA, TB, T0]}, {name: own, scope: agent, ids: [a1, a2]}"
MARCH = "assessment/2026-03-01"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("assessed"))
    publish(home, SITES)
    return home


def folder_of(home: Home, audience: str | None) -> Path:
    return data_of(home, audience) if audience else home.site / "data"


def told(home: Home, audience: str | None, key: str) -> list[Row]:
    """The rows of a key of a site; none where it has no such file."""
    folder = folder_of(home, audience)
    name = json.loads((folder / "manifest.json").read_text())["files"].get(key)
    return rows(json.loads((folder / name).read_text())) if name else []


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (None, {("agent", "a1"), ("agent", "a2"), ("agent", "a3"), ("team", "TA"), ("manager", "a1")}),
        ("leads/TA", {("agent", "a1"), ("agent", "a3"), ("team", "TA")}),
        ("leads/TB", {("agent", "a2")}),
        ("leads/T0", {("agent", "a1"), ("agent", "a2"), ("agent", "a3"), ("team", "TA")}),
        ("own/a1", {("agent", "a1"), ("manager", "a1")}),
        ("own/a2", {("agent", "a2")}),
    ],
)
def test_a_month_is_told_of_whose_home_team_is_inside(home: Home, audience: str | None, people: set[str]) -> None:
    assert {(row["person_kind"], row["person_id"]) for row in told(home, audience, MARCH)} == people
    files = json.loads((folder_of(home, audience) / "manifest.json").read_text())["files"]
    keys = {(kind, who) for kind, who in people if (kind, who) != ("agent", "a3")}
    for beginning, expected in (("assessed", people), ("assessed_lines", keys), ("assessed_versions", keys)):
        found = {tuple(key.split("/")[1:]) for key in files if key.startswith(f"{beginning}/")}
        assert found == expected, beginning


@pytest.mark.parametrize("audience", ["leads/TA", "leads/T0"])
def test_what_was_established_is_told_to_no_team_not_even_by_subtraction(home: Home, audience: str) -> None:
    (row,) = told(home, audience, "assessed/agent/a1")
    assert row["assessment_state"] == "see_centre"
    hidden = ("reason", "fraud_points", "clip_points", "unrounded_total", "total")
    assert [row[name] for name in hidden] == [None] * len(hidden)
    assert [line["line_kind"] for line in told(home, audience, "assessed_lines/agent/a1")] == [
        "component",
        "reward",
        "complaint",
    ]
    versions = told(home, audience, "assessed_versions/agent/a1")
    assert [(one["version_no"], one["assessment_state"], one["total"]) for one in versions] == [
        (2, "see_centre", None),
        (1, "assessed", 82.71),
    ]
    found = texts(data_of(home, audience))
    assert "finding-of-a1" not in found
    assert "62.71" not in found


@pytest.mark.parametrize("audience", [None, "own/a1"])
def test_his_own_assessment_and_that_of_the_centre_are_complete(home: Home, audience: str | None) -> None:
    (row,) = told(home, audience, "assessed/agent/a1")
    assert (row["assessment_state"], row["total"], row["fraud_points"]) == ("assessed", 62.71, 20.0)
    lines = told(home, audience, "assessed_lines/agent/a1")
    assert [(line["line_kind"], line["points"]) for line in lines] == [
        ("component", 83.714286),
        ("reward", 2.0),
        ("complaint", -3.0),
        ("fraud", -20.0),
    ]
    assert told(home, audience, "assessed_lines/manager/a1")[0]["record_id"] == "TA"


def test_an_objection_and_until_when_it_can_be_made_stand_at_the_line(home: Home) -> None:
    _, line = told(home, "own/a2", "assessed_lines/agent/a2")
    assert (line["appeal_state"], line["appeal_until"], line["note"]) == ("appealed", "2026-03-27", "over_quota")


def test_unfit_is_told_to_no_team(tmp_path: Path) -> None:
    home = Home(tmp_path)
    unfit = """
        update fct_assessment set state = 'unfit', reason = 'harassment', total = null where id = 'a3';
        insert into fct_assessment_line by name
        select * replace ('a3' as id, 'unfit' as kind, 'harassment-of-a3' as record_id) from fct_assessment_line
        where kind = 'fraud';
    """
    publish(home, SITES, extra=unfit)
    (row,) = told(home, "leads/TA", "assessed/agent/a3")
    assert (row["assessment_state"], row["reason"]) == ("see_centre", None)
    found = texts(data_of(home, "leads/TA"))
    assert [word for word in ("unfit", "harassment", "fraud_of") if f'"{word}' in found] == []


def test_the_policy_is_told_to_all_and_who_approved_it_to_none_of_a_part(home: Home) -> None:
    everybody = home.site / "data" / json.loads((home.site / "data" / "manifest.json").read_text())["files"]["policy"]
    for audience in ("leads/TA", "own/a1"):
        assert told(home, audience, "policy") == rows(json.loads(everybody.read_text()))
        assert '"chief"' not in texts(data_of(home, audience))
