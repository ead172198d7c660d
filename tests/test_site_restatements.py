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
