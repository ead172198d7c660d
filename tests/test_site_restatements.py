"""What was restated of closed periods, as the pages get it: newest first of each value, and to each reader his own."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.home.paths import Home
from tests.support.site_audiences import data_of, texts
from tests.support.site_audiences import publish as publish_for
from tests.support.site_home import manifest_of, publish, read, rows
from tests.support.site_restated import CAUSE, restated

KEY = "restated/agent/a3"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def _keys(home: Home, audience: str = "") -> set[str]:
    return {key for key in manifest_of(home, audience)["files"] if key.startswith("restated/")}


def test_a_value_has_what_it_was_before_its_newest_change_and_how_often_it_changed(home: Home) -> None:
    publish(home, extra=restated(2, "agent/a3", 0.25) + restated(3, "agent/a3", 0.5, restated_reason="'correction'"))
    assert rows(read(home, KEY)) == [
        {
            "kpi_id": "kpi_1",
            "period_kind": "month",
            "period_start": "2026-03-01",
            "published_at": "2026-04-19T12:00:00Z",
            "publication": 3,
            "restated_count": 2,
            "restated_reason": "correction",
            "old_value": 0.5,
            "old_n": 40,
            "old_lower_bound": None,
            "old_upper_bound": None,
            "old_status": "in_band",
            "old_verdict": "good",
            "old_evidence": None,
        }
    ]


def test_a_scope_of_which_nothing_was_restated_has_no_file(home: Home) -> None:
    publish(home, extra=restated(2, "agent/a3", 0.25))
    assert _keys(home) == {KEY}


def test_the_page_of_all_has_publications_reasons_values_and_files(home: Home) -> None:
    publish(home, extra=restated(2, "agent/a3", 0.25) + restated(2, "team/TA", 0.5, restated_reason="'target'") + CAUSE)
    told = read(home, "restatements")
    assert [(row["publication"], row["restated_count"]) for row in rows(told["publications"])] == [(2, 2), (1, 0)]
    assert told["reasons"]["rows"] == [[2, "late_data", 1], [2, "target", 1]]
    found = [(row["scope_id"], row["old_value"], row["new_value"], row["told_of"]) for row in rows(told["values"])]
    # Wider scopes first; the value of KPI 1 is 1, of agent 3 it is 1.003.
    assert found == [("TA", 0.5, 1.0, 2), ("a3", 0.25, 1.003, 2)]
    assert [row["file_name"] for row in rows(told["causes"])] == ["ratings_of_all.csv"]


def test_of_many_restatements_the_page_has_the_newest_and_their_number(home: Home) -> None:
    more = """
        insert into fct_restatement by name
        select * exclude (number) replace ('x' || number as kpi_id)
        from fct_restatement cross join range(299) as numbers (number);
        insert into fct_restatement by name
        select * exclude (number) replace (number as publication)
        from fct_restatement cross join range(3, 6) as numbers (number)
    """
    publish(home, extra=restated(2, "agent/a3", 0.25) + more)
    found = rows(read(home, "restatements")["values"])
    assert [len([row for row in found if row["publication"] == number]) for number in (5, 4, 3, 2)] == [300] * 3 + [100]
    assert found[0]["told_of"] == 1200


AUDIENCES = [
    ("{name: leads, scope: team, ids: [TA]}", "leads/TA", {KEY, "restated/team/TA"}),
    ("{name: leads, scope: team, ids: [TB]}", "leads/TB", {"restated/agent/a4"}),
    ("{name: own, scope: agent, ids: [a3]}", "own/a3", {KEY}),
    ("{name: own, scope: agent, ids: [a5]}", "own/a5", set()),
]


@pytest.mark.parametrize(("audience", "site", "seen"), AUDIENCES, ids=[site for _, site, _ in AUDIENCES])
def test_a_reader_sees_what_was_restated_of_his_own_scopes_alone(
    home: Home, audience: str, site: str, seen: set[str]
) -> None:
    # 0.123456 and so on stand nowhere but in these rows; of wider scopes an old value would tell of others.
    told = {"agent/a3": 0.123453, "agent/a4": 0.123454, "team/TA": 0.123455, "centre/centre": 0.123456}
    told |= {"queue/q1": 0.123457, "channel/web": 0.123458}
    publish_for(home, audience, extra="".join(restated(2, scope, old) for scope, old in told.items()) + CAUSE)
    assert _keys(home, site) == seen
    found = texts(data_of(home, site))
    for scope, old in told.items():
        assert (str(old) in found) is (f"restated/{scope}" in seen)
    assert "ratings_of_all.csv" not in found
    page = read(home, "restatements", site)
    assert set(page) == {"publications", "reasons", "values"}
    assert {f"restated/{row['scope_kind']}/{row['scope_id']}" for row in rows(page["values"])} == seen
    # Nor how much was restated of others, or what was published for them alone.
    assert [row["restated_count"] for row in rows(page["publications"])] == ([len(seen)] if seen else [])
