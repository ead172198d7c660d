"""Rewards as facts: who is given what, and whether both roles have approved it (RW-1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.people_cases import at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

REWARD = {"agent_id": "ann", "for_month": "2026-03-15", "decided_at": at("2026-03-20 09:00")}
REWARDS: dict[str, dict[str, Any]] = {
    "granted": {},
    "one-approval": {"supervisor_approved_by": None},
    "no-approval": {"supervisor_approved_by": None, "leader_approved_by": None},
    "revoked": {"revoked_at": at("2026-03-25 09:00")},
    # Data reach to the end of April.
    "revoked-later": {"revoked_at": at("2026-05-02 09:00")},
    "decided-later": {"decided_at": at("2026-05-02 09:00")},
    "of-a-team": {"agent_id": None, "team_id": "north", "ground": "RG5"},
    "by-account": {"agent_id": "SIP/1"},
    "last-minute": {"decided_at": at("2026-03-31 23:30")},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("rewards"), as_of=at("2026-04-30 23:00"), time_zone="Asia/Shanghai")
    home.source("desk")
    home.add("rewards", [REWARD | {"reward_id": name} | changed for name, changed in REWARDS.items()])
    home.add(
        "agent_accounts",
        [{"account_source_id": "desk", "account": "SIP/1", "agent_id": "bob", "valid_from": "2026-01-01"}],
    )
    home.build("fct_reward", tested=True)
    return home


def told(home: RawHome, columns: str) -> dict[str, Any]:
    rows = home.query(f"select split_part(reward_id, '/', 2), {columns} from scorecard.fct_reward")  # noqa: S608
    return {name: values[0] if len(values) == 1 else tuple(values) for name, *values in rows}


def test_a_reward_waits_for_both_approvals_and_is_one_until_it_is_taken_back(home: RawHome) -> None:
    states = told(home, "reward_state")
    assert states == {
        "granted": "granted",
        "one-approval": "waiting",
        "no-approval": "waiting",
        "revoked": "revoked",
        "revoked-later": "granted",
        "of-a-team": "granted",
        "by-account": "granted",
        "last-minute": "granted",
    }


def test_a_reward_is_of_an_agent_as_his_source_knew_him_or_of_a_team(home: RawHome) -> None:
    who = told(home, "agent_id, team_id")
    assert (who["granted"], who["by-account"], who["of-a-team"]) == (("ann", None), ("bob", None), (None, "north"))


def test_it_stands_on_the_local_date_of_the_decision_for_a_month(home: RawHome) -> None:
    dates = told(home, "decided_date::varchar, for_month::varchar")
    assert dates["granted"] == ("2026-03-20", "2026-03-01")
    assert dates["last-minute"] == ("2026-04-01", "2026-03-01")
