"""The ledger of points after a closed month was told anew: what cost points and costs no more is taken back, once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.assessed_home import APPEALS, COMPLAINTS, FIRST, POLICY, complaint
from tests.support.assessments import changed
from tests.support.compiled import compiled_project
from tests.support.points import points_version
from tests.support.publishing_home import CONTACTS, EVENTS, PublishingHome

pytestmark = pytest.mark.slow

EACH_COSTS = changed(POLICY, quota="quota: 2 => quota: 0", cap="      cap: 5 =>       cap: none")
ONE_IS_FREE = changed(EACH_COSTS, quota="quota: 0 => quota: 1")
LEDGER = f"points:\n{points_version('ledger', '2026-01', window='month')}"

STAFF = "agent_id,name,role,employment,hired_on,valid_from\n"
MEMBERS = "agent_id,team_id,valid_from,is_home_team\n"
PEOPLE = ("ann", "ben", "zoe")
BEN_CHATS = "ben-1,2026-03-30T11:00:00Z,connected,ben\nben-1,2026-03-30T11:05:00Z,ended,ben\n"
FILES = FIRST | {
    "desk/2026-03-31/staff.csv": STAFF + "".join(f"{who},{who},agent,full,2026-01-01,2026-01-01\n" for who in PEOPLE),
    "desk/2026-03-31/team_memberships.csv": MEMBERS + "".join(f"{who},north,2026-01-01,true\n" for who in PEOPLE),
    "desk/2026-03-31/contacts-2.csv": CONTACTS + "ben-1,,web,inbound,2026-03-30T11:00:00Z,2026-03-30T11:05:00Z\n",
    "desk/2026-03-31/contact_events-2.csv": EVENTS + BEN_CHATS,
    "desk/2026-03-31/complaints.csv": COMPLAINTS
    + "".join(complaint(name, f"2026-03-{10 + n}") for n, name in enumerate(("over", "not", "whose", "day", "stays")))
    # Zoe was not at work, so she is not assessed: her complaint is listed and costs nothing.
    + complaint("zoe", "2026-03-15", agent="zoe"),
}
APPEALED = "".join(
    f"a-{name},complaint,{name},ann,2026-04-10T09:00:00Z,granted,2026-04-20T08:00:00Z,judge,{effect}\n"
    for name, effect in (("over", "overturned"), ("not", "not_responsible"))
)
DECIDED_ANEW = COMPLAINTS + complaint("whose", "2026-03-12", agent="ben") + complaint("day", "2026-03-20")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> PublishingHome:
    """March is closed and published: each of five complaints has cost ann three points."""
    home = PublishingHome(tmp_path_factory.mktemp("ledger") / "home", compiled_project())
    home.home.create_folders()
    home.home.policy_file.write_text(EACH_COSTS + LEDGER, encoding="utf-8")
    home.publish(FILES)
    return home


def entries(home: PublishingHome, agent: str) -> list[tuple[Any, ...]]:
    """Complaint, date, points and note of each penalty in somebody's ledger."""
    return home.ask(
        "select split_part(record_id, '/', 2), entry_date::varchar, points::integer, note "  # noqa: S608 - own names
        f"from scorecard.fct_points_entry where agent_id = '{agent}' and record_kind = 'penalty' order by 1, 2, 3"
    )


def points_of(home: PublishingHome, agent: str) -> int:
    [[points]] = home.ask(
        "select points::integer from scorecard.fct_points_rank "  # noqa: S608 - own names
        f"where agent_id = '{agent}' and peer_kind = 'centre' and window_start = '2026-03-01'"
    )
    return int(points)


def test_a_penalty_of_a_closed_month_is_taken_back_once_and_sums_are_those_of_what_stands(home: PublishingHome) -> None:
    days = {"over": 10, "not": 11, "whose": 12, "day": 13, "stays": 14}
    cost = {name: (name, f"2026-03-{day}", -3, None) for name, day in days.items()}
    assert entries(home, "ann") == sorted(cost.values())
    assert (entries(home, "ben"), entries(home, "zoe")) == ([], [])
    assert points_of(home, "ann") == -15

    home.publish({"desk/2026-04-22/appeals.csv": APPEALS + APPEALED, "desk/2026-04-22/complaints.csv": DECIDED_ANEW})
    back = {name: (name, f"2026-03-{days[name]}", 3, why) for name, why in (("over", "appeal"), ("not", "appeal"))}
    back["whose"] = ("whose", "2026-03-12", 3, "restated")
    # It was received on another day than was told: still one complaint, which costs three points.
    cost["day"] = ("day", "2026-03-20", -3, None)
    assert entries(home, "ann") == sorted([*cost.values(), *back.values()])
    assert points_of(home, "ann") == -6
    # The one that ben answers for now costs him, and zoe's still nobody.
    assert entries(home, "ben") == [("whose", "2026-03-12", -3, None)]
    assert entries(home, "zoe") == []

    home.home.policy_file.write_text(ONE_IS_FREE + LEDGER, encoding="utf-8")
    home.publish({})
    # The oldest of his is within the quota now.
    back["stays"] = ("stays", "2026-03-14", 3, "restated")
    assert entries(home, "ann") == sorted([*cost.values(), *back.values()])
    assert entries(home, "ben") == [("whose", "2026-03-12", -3, None), ("whose", "2026-03-12", 3, "restated")]
    assert points_of(home, "ann") == -3
    assert points_of(home, "ben") == 0
    reversed_twice = "select entry_id from scorecard.fct_points_entry group by entry_id having count(*) > 1"
    assert home.ask(reversed_twice) == []
    before = home.ask("from scorecard.fct_points_entry order by entry_id")
    home.publish({})
    assert home.ask("from scorecard.fct_points_entry order by entry_id") == before
