"""No file of a site for a team or a person names anybody else, whatever table it comes from: PV-1, whole."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from tests.support.site_audiences import INSIDE_OF_A, INSIDE_OF_B, MARKS, centre
from tests.support.site_names import mark_everybody, named_in_files, named_in_tables
from tests.support.site_published import write_published
from tests.support.site_restated import restated

SITES = "{name: leads, scope: team, ids: [TA, TB]}, {name: own, scope: agent, ids: [marked-a2-end, marked-a3-end]}"
READERS = [
    ("leads/TA", INSIDE_OF_A),
    ("leads/TB", INSIDE_OF_B),
    ("own/marked-a2-end", {"a2"}),
    ("own/marked-a3-end", {"a3"}),
]
"""Of every two agents one is in the other team, so what names anybody names somebody from elsewhere for one of them."""

OFFERS = """
    insert into fct_agent_offer by name
    select contact_key, agent_id, connected_at as offered_at, contact_date, agent_date, channel, queue_id, is_test,
        1 as connect_attempts, 1 as connects
    from fct_contact_leg;
"""
MORE = OFFERS + restated(2, "agent/a3", 0.5) + restated(3, "agent/a2", 0.5)


def names(who: str) -> str:
    """SQL by which the policy names somebody in rankings: own, top_5 or everybody."""
    return f"update fct_points_rank set names = '{who}'; update fct_contest_standing set names = '{who}';"  # noqa: S608 - own words


def published(folder: Path, who: str) -> Home:
    home = Home(folder)
    write_published(home.published_file, extra=MARKS + MORE + names(who))
    mark_everybody(home.published_file)
    write_site(home, centre(SITES, 30))
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return published(tmp_path_factory.mktemp("names"), "own")


def others_in(home: Home, audience: str, inside: set[str]) -> dict[str, set[str]]:
    """Whom the files of a site name beside its own people, by the key that the pages ask for."""
    folder = home.site / "audiences" / audience
    keys = json.loads((folder / "data" / "manifest.json").read_text(encoding="utf-8"))["files"]
    key_of = {f"data/{name}": key for key, name in keys.items()}
    named = named_in_files(folder)
    return {key_of.get(place, place): people - inside for place, people in named.items() if people - inside}


@pytest.mark.parametrize(("audience", "inside"), READERS)
def test_pv_1_no_file_of_a_team_or_a_person_names_anybody_else(home: Home, audience: str, inside: set[str]) -> None:
    assert others_in(home, audience, inside) == {}
    assert set().union(*named_in_files(home.site / "audiences" / audience).values()) == inside


def test_pv_1_every_table_about_people_names_some_of_both_teams(home: Home) -> None:
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        about_people = {
            table
            for (table,) in connection.execute(
                "select table_name from duckdb_columns() where schema_name = 'scorecard' "
                "and column_name in ('agent_id', 'owner_agent_id', 'coached_agent_id', 'helped_agent_id', 'id')"
            ).fetchall()
        }
    named = named_in_tables(home.published_file)
    assert about_people - named.keys() == set()
    assert set().union(*named_in_files(home.site / "data").values()) >= INSIDE_OF_A | INSIDE_OF_B | {"tess"}


def test_pv_1_where_the_policy_names_everybody_it_is_rankings_that_do_and_nothing_else(tmp_path: Path) -> None:
    home = published(tmp_path, "everybody")
    told = {audience: others_in(home, audience, inside) for audience, inside in READERS}
    results = {key.split("/")[0] for others in told.values() for key in others}
    assert results == {"points", "contest_standings", "rewards"}
