"""The same records give the same mart, however they came; and what becomes known on a day leaves earlier days alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.settings import CUSTOMER_KEY_VARIABLE
from tests.oracle.random_centre import write_centre
from tests.oracle.random_parts import FIRST_DAY, Spec
from tests.oracle.warehouse import build_warehouse
from tests.support.properties_landing import Rows, make_coarse, read_rows, rearrange, tangle_states, write_rows
from tests.support.properties_mart import differences, profile_with_threads, row_counts
from tests.support.properties_queue_log import rearrange_queue_log, write_queue_log

pytestmark = pytest.mark.slow

CENTRE = Spec(seed=20260302, zone="America/New_York", days=9, agents=8, contacts=220)
CHANGED_ON = FIRST_DAY + timedelta(days=5)
MANY = 10
BEFORE_THE_CHANGE = {
    table: f"{column} < date '{CHANGED_ON}'"
    for table, column in {
        "core.bridge_agent_team_day": "agent_date",
        "core.dim_agent_day": "agent_date",
        "core.fct_agent_day": "agent_date",
        "core.fct_agent_state_day": "agent_date",
        "core.fct_contact": "contact_date",
        "core.fct_contact_leg": "contact_date",
        "core.fct_headcount_day": "headcount_date",
        "core.fct_quality_review": "review_date",
        "core.fct_queue_visit": "contact_date",
        "core.fct_rating": "contact_date",
        # The first date after the period.
        "scorecard.fct_kpi_value": "period_end - 1",
    }.items()
}


@pytest.fixture(scope="module")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random centre in which much happens at the same instant, each feed landed as one file."""
    home = tmp_path_factory.mktemp("properties") / "first"
    write_centre(home, CENTRE)
    tangle_states(home / "landing")
    make_coarse(home / "landing")
    write_queue_log(home, FIRST_DAY, seed=3)
    return home


@pytest.fixture(scope="module")
def first_warehouse(first_home: Path) -> Path:
    return build_warehouse(first_home)


@pytest.fixture(autouse=True, scope="module")
def one_customer_key() -> Iterator[None]:
    """Customers are told by a keyed hash, so that homes are only comparable under the same key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CUSTOMER_KEY_VARIABLE, "the same key for every home of this test")
        yield


def test_shuffled_split_and_replayed_records_under_other_threads_give_the_same_mart(
    first_home: Path, first_warehouse: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    rearrange(first_home / "landing", other / "landing", seed=5)
    rearrange_queue_log(first_home / "landing", other / "landing", seed=5)
    shutil.copy(first_home / "centre.yaml", other)
    warehouse = build_warehouse(other, profile_with_threads(tmp_path / "profile", 5))
    with_rows = dict.fromkeys(BEFORE_THE_CHANGE, "true")
    assert min(row_counts(warehouse, with_rows).values()) >= MANY
    assert differences(first_warehouse, warehouse) == []


def land_changes(home: Path) -> None:
    """On the day of the change a5 leaves, a6 and a queue get another name, and a7 and a team move; told weeks later."""
    first, later = (home / "landing" / "desk" / day for day in ("2026-03-20", "2026-03-27"))
    changed = {"valid_from": CHANGED_ON.isoformat()}

    def version(feed: str, key: str, entity: str, **cells: str) -> Rows:
        return [row | cells for row in read_rows(first / f"{feed}.csv") if row[key] == entity]

    leaver = version("staff", "agent_id", "a5", left_on=CHANGED_ON.isoformat(), leave_reason="pay", **changed)
    renamed = version("staff", "agent_id", "a6", name="Another Name", segment="technical", **changed)
    write_rows(later / "staff.csv", leaver + renamed)
    left = version("team_memberships", "agent_id", "a7", valid_to=CHANGED_ON.isoformat())
    joined = version("team_memberships", "agent_id", "a7", team_id="t2", **changed)
    write_rows(later / "team_memberships.csv", left + joined)
    write_rows(later / "teams.csv", version("teams", "team_id", "t11", name="Far", parent_team_id="t2", **changed))
    write_rows(later / "queues.csv", version("queues", "queue_id", "q1", name="Care", kind="technical", **changed))


def test_a_leaver_a_rename_and_a_move_change_nothing_before_their_day(
    first_home: Path, first_warehouse: Path, tmp_path: Path
) -> None:
    shutil.copytree(first_home / "landing", tmp_path / "landing")
    shutil.copy(first_home / "centre.yaml", tmp_path)
    land_changes(tmp_path)
    warehouse = build_warehouse(tmp_path)
    assert min(row_counts(first_warehouse, BEFORE_THE_CHANGE).values()) >= MANY
    assert differences(first_warehouse, warehouse, BEFORE_THE_CHANGE) == []
    since = {table: f"not ({condition})" for table, condition in BEFORE_THE_CHANGE.items()}
    changed = {difference.table for difference in differences(first_warehouse, warehouse, since)}
    assert changed >= {"core.bridge_agent_team_day", "core.dim_agent_day", "scorecard.fct_kpi_value"}
