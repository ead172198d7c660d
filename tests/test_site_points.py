"""What a narrowed site tells of points, contests, rewards, pay and the quality index: whom the policy lets it name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import Home
from tests.support.site_audiences import EVERYBODY_AT_WORK, INSIDE_OF_A, INSIDE_OF_B, data_of, publish, texts
from tests.support.site_home import rows

AUDIENCES = "{name: leads, scope: team, ids: [TA]}, {name: own, scope: agent, ids: [a1, a3, a5]}"
SITES = ("leads/TA", "own/a1", "own/a3", "own/a5")
Row = dict[str, Any]


def published(folder: Path, names: str) -> Home:
    home = Home(folder)
    named = "".join(
        f"update {table} set names = '{names}';"  # noqa: S608 - own names
        for table in ("fct_points_rank", "fct_contest_standing")
    )
    publish(home, AUDIENCES, extra=EVERYBODY_AT_WORK + named, contacts=480)
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Home]:
    return {names: published(tmp_path_factory.mktemp(names), names) for names in ("own", "top_5", "everybody")}


def table(home: Home, audience: str | None, key: str) -> list[Row]:
    """A table of a site, of None that of everybody; no rows where it has none."""
    folder = data_of(home, audience) if audience else home.site / "data"
    files = json.loads((folder / "manifest.json").read_text())["files"]
    return rows(json.loads((folder / files[key]).read_text())) if key in files else []


def keys(home: Home, audience: str, beginning: str) -> set[str]:
    files = json.loads((data_of(home, audience) / "manifest.json").read_text())["files"]
    return {key for key in files if key.startswith(beginning)}


def ranked(home: Home, audience: str | None, group: str) -> set[str]:
    return {row["agent_id"] for row in table(home, audience, f"points/{group}")}


FIRST_FIVE = {"a1", "a2", "a3", "a4", "a5"}
FIRST_FIVE_OF_A = {"a1", "a3", "a5", "a7", "a9"}


@pytest.mark.parametrize(
    ("names", "audience", "team", "centre"),
    [
        ("own", None, INSIDE_OF_A, INSIDE_OF_A | INSIDE_OF_B),
        ("own", "leads/TA", set(), set()),
        ("own", "own/a1", {"a1"}, {"a1"}),
        ("top_5", "leads/TA", FIRST_FIVE_OF_A, FIRST_FIVE),
        ("top_5", "own/a1", FIRST_FIVE_OF_A, FIRST_FIVE),
        ("everybody", "leads/TA", INSIDE_OF_A, FIRST_FIVE),
        ("everybody", "own/a1", INSIDE_OF_A, FIRST_FIVE),
    ],
)
def test_ranks_name_whom_the_policy_lets_them_name(
    homes: dict[str, Home], names: str, audience: str | None, team: set[str], centre: set[str]
) -> None:
    home = homes[names]
    assert (ranked(home, audience, "team/TA"), ranked(home, audience, "centre/centre")) == (team, centre)
    if audience:
        assert ranked(home, audience, "team/TB") == set()
        # In team A they are all experienced, and whom the others are ranked among is no matter of theirs.
        assert keys(home, audience, "points/tenure_band/") <= {"points/tenure_band/experienced"}
        assert ranked(home, audience, "tenure_band/experienced") == (team if names == "own" else FIRST_FIVE_OF_A)


@pytest.mark.parametrize("names", ["own", "top_5", "everybody"])
def test_in_no_file_is_anybody_else_named(homes: dict[str, Home], names: str) -> None:
    named = set() if names == "own" else FIRST_FIVE
    for audience, inside in (("leads/TA", INSIDE_OF_A), *((f"own/{agent}", {agent}) for agent in ("a1", "a3", "a5"))):
        found = texts(data_of(homes[names], audience))
        of_team = inside if names != "everybody" else INSIDE_OF_A
        for agent in (INSIDE_OF_A | INSIDE_OF_B) - of_team - named - (FIRST_FIVE_OF_A if named else set()):
            assert f"Person {agent} end" not in found, (audience, agent)
            assert f'"{agent}"' not in found, (audience, agent)
        assert not [name for name in ("approver", "second") if f'"{name}"' in found]


def test_the_ledger_is_told_to_whom_it_is_about_and_nobodys_findings_to_others(homes: dict[str, Home]) -> None:
    for home in homes.values():
        assert {row["record_kind"] for row in table(home, None, "ledger/team/TA")} == {"recognition", "finding"}
        assert {row["record_id"] for row in table(home, "own/a3", "ledger/team/TA")} == {"desk/like-a3", "desk/f3"}
        assert [row["given_by"] for row in table(home, "own/a1", "ledger/team/TA")] == [None]
        assert keys(home, "leads/TA", "ledger/") == set()
        for audience in ("leads/TA", "own/a1", "own/a5"):
            found = texts(data_of(home, audience))
            assert not [word for word in ('"desk/f3"', '"excluded"') if word in found]
            # Of a1 fraud stands in his own assessment.
            assert audience == "own/a1" or '"fraud"' not in found


@pytest.mark.parametrize(
    ("names", "audience", "told"),
    [
        ("own", "leads/TA", {}),
        ("own", "own/a1", {"a1": "ranked"}),
        ("own", "own/a3", {"a3": "excluded"}),
        ("top_5", "leads/TA", dict.fromkeys(("a1", "a2", "a4", "a5"), "ranked")),
        ("top_5", "own/a3", dict.fromkeys(("a1", "a2", "a4", "a5"), "ranked") | {"a3": "excluded"}),
        ("everybody", "own/a5", dict.fromkeys(("a1", "a2", "a4", "a5", "a7", "a9", "a11"), "ranked")),
    ],
)
def test_contests_tell_of_others_the_place_alone(
    homes: dict[str, Home], names: str, audience: str, told: dict[str, str]
) -> None:
    standings = table(homes[names], audience, "contest_standings")
    assert {row["scope_id"]: row["standing"] for row in standings} == told
    own = audience.split("/")[1]
    numbers = {row["scope_id"] for row in standings if row["value"] is not None or row["n"] is not None}
    assert numbers <= {own}


@pytest.mark.parametrize("names", ["own", "top_5", "everybody"])
def test_what_was_granted_is_named_to_who_leads_and_to_colleagues_where_the_policy_names_everybody(
    homes: dict[str, Home], names: str
) -> None:
    home = homes[names]
    assert {row["reward_state"] for row in table(home, None, "rewards")} == {"granted", "waiting", "revoked"}
    granted = {"a1", "a7", "a9", "a11"}
    for audience, own, state in (
        ("leads/TA", None, None),
        ("own/a1", "a1", "granted"),
        ("own/a3", "a3", "waiting"),
        ("own/a5", "a5", "revoked"),
    ):
        rewards = {row["agent_id"]: row for row in table(home, audience, "rewards")}
        named = granted if own is None or names == "everybody" else set()
        assert rewards.keys() == named | ({own} if own else set())
        # What it is worth in money is nobody else's.
        assert {agent for agent, row in rewards.items() if row["amount"] is not None} == ({own} if own else set())
        assert not own or rewards[own]["reward_state"] == state


def test_pay_is_told_to_whom_it_is_about(homes: dict[str, Home]) -> None:
    home = homes["everybody"]
    assert len(table(home, None, "piece_rates")) == 12
    for audience in SITES:
        scope, own = audience.split("/")
        people = {row["agent_id"] for row in table(home, audience, "piece_rates")}
        assert people == ({own} if scope == "own" else set())


def test_the_index_is_told_of_own_teams_and_of_oneself(homes: dict[str, Home]) -> None:
    home = homes["own"]
    assert {row["quality_index"] for row in table(home, None, "index/centre/centre")} == {70}
    assert keys(home, "leads/TA", "index/team") == {"index/team/TA"}
    assert keys(home, "own/a1", "index/") - {"index/centre/centre"} == {"index/agent/a1"}
    assert keys(home, "leads/TA", "index/agent") == set()


def test_the_index_of_the_centre_is_told_where_all_its_values_are(tmp_path: Path) -> None:
    home = Home(tmp_path)
    # On a site that is not told the KPI of the centre the index would tell it.
    hidden = "update fct_quality_index_part set kpi_id = 'kpi_unseen' where scope_kind = 'centre';"
    publish(home, AUDIENCES, extra=EVERYBODY_AT_WORK + hidden, contacts=480)
    assert keys(home, "leads/TA", "index/centre") == set()
    unmeasured = hidden.replace("set ", "set is_measured = false, ")
    publish(home, AUDIENCES, extra=EVERYBODY_AT_WORK + unmeasured, contacts=480)
    assert keys(home, "leads/TA", "index/centre") == {"index/centre/centre"}
