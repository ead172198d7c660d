"""A site is written anew where a text changed, also into one that DuckDB's `hash()` takes for the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from tests.support.equal_hashes import equal_hashes
from tests.support.site_audiences import centre
from tests.support.site_home import data_of
from tests.support.site_published import write_published

LEADS = "{name: leads, scope: team, ids: [TA]}"

SCOPE = "update fct_kpi_value set reason = '$text' where scope_id = 'a3'"
CENTRE = "update fct_kpi_value set reason = '$text' where scope_id = 'centre'"
HALF_HOUR = "update fct_kpi_half_hour set scope_id = '$text'"
RECORD = "update fct_contact_leg set direction = '$text' where agent_id = 'a3'"
VISIT = "update fct_queue_visit set outcome = '$text' where contact_key = 'desk/c0'"

CHANGES = [
    pytest.param("", SCOPE, {"scope", "kpi"}, id="values of an agent"),
    pytest.param("", CENTRE, {"scope", "kpi"}, id="values of the centre and rankings"),
    pytest.param("", HALF_HOUR, {"half_hour"}, id="half-hours"),
    pytest.param("", RECORD, {"drill"}, id="legs"),
    pytest.param("", VISIT, {"drill"}, id="visits"),
    pytest.param("leads/TA", SCOPE, {"scope", "kpi"}, id="a team's values of its agent"),
    pytest.param("leads/TA", CENTRE, {"scope", "kpi"}, id="wide values in a team's site"),
    pytest.param("leads/TA", RECORD, {"drill"}, id="legs in a team's site"),
]


def publish(home: Home, change: str, text: str) -> None:
    write_published(home.published_file, extra=change.replace("$text", text))
    write_site(home, centre(LEADS, drill_days=7))


def files_with(folder: Path, text: str) -> set[str]:
    """What a site's files are of that hold a text."""
    return {
        path.relative_to(folder).parts[0].split("-")[0]
        for path in folder.rglob("*.json")
        if text in path.read_text(encoding="utf-8")
    }


@dataclass(frozen=True)
class Written:
    """What the files of a site are of that held the one text, and that hold the other after the change."""

    before: set[str]
    after: set[str]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Written]]:
    """Publishes once with each text and gives, by audience, where it stands."""

    @cache
    def written(change: str) -> dict[str, Written]:
        home = Home(tmp_path_factory.mktemp("hashes"))
        told = []
        for text in equal_hashes():
            publish(home, change, text)
            told.append({audience: files_with(data_of(home, audience), text) for audience in ("", "leads/TA")})
        return {audience: Written(*(found[audience] for found in told)) for audience in told[0]}

    return written


@pytest.mark.parametrize(("audience", "change", "kinds"), CHANGES)
def test_a_text_of_the_same_hash_is_written_wherever_the_one_before_it_stood(
    written: Callable[[str], dict[str, Written]], audience: str, change: str, kinds: set[str]
) -> None:
    told = written(change)[audience]
    assert kinds <= told.before
    assert told.after == told.before


def test_halves_of_digests_are_added_so_that_equal_rows_do_not_cancel_out(tmp_path: Path) -> None:
    home = Home(tmp_path)
    twice = "insert into fct_kpi_half_hour select * replace ('$text' as scope_id) from fct_kpi_half_hour, range(2)"
    publish(home, twice.replace("select *", "select * exclude (range)"), "q1")
    publish(home, twice.replace("select *", "select * exclude (range)"), "q2")
    texts = [json.dumps(json.loads(path.read_text())) for path in (data_of(home) / "half_hour").rglob("*.json")]
    assert any('"q2"' in text for text in texts)
