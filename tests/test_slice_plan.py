"""Which dates a build makes anew: those that a change of each feed reaches and no others; or everything, and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.warehouse.slice.folder import Slice
from orchestration.warehouse.slice.parts import Part, parts_of
from orchestration.warehouse.slice.plan import Basis, Plan, plan_build
from orchestration.warehouse.slice.state import SliceState
from tests.equality.homes import GrowingHome
from tests.equality.plain import (
    ACCOUNTS,
    DAYS,
    EVENTS,
    HEADERS,
    LAST,
    MESSAGES,
    TODAY,
    contact,
    drop,
    header,
    plain_home,
)

BASIS = Basis("UTC", 7)
WINDOW = 8
"""Dates before a contact on which it may be the return of its customer: seven days, and one for clocks that change."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> GrowingHome:
    return plain_home(tmp_path_factory.mktemp("plan") / "home")


@pytest.fixture
def home(built: GrowingHome, tmp_path: Path) -> GrowingHome:
    """A copy of that home, to be changed."""
    shutil.copytree(built.root, tmp_path / "home", symlinks=True)
    return GrowingHome(tmp_path / "home", built.project)


def planned(home: GrowingHome, files: dict[str, str | None], **asked: bool) -> Plan:
    """Drop and take files, and say what the next build would make anew."""
    home.drop(drop(files))
    home.take()
    return plan_build(home.home, BASIS, **asked)


def remade(plan: Plan) -> set[date]:
    """The dates with contacts that a plan makes anew, but for the last days, which may still change by themselves."""
    assert isinstance(plan.chosen, Slice), plan.reason
    return {day for day in plan.chosen.dates if day in DAYS}


def reach(*days: date) -> set[date]:
    """The dates of contacts within the window before these days, and these days."""
    return {day for day in DAYS if any(0 <= (told - day).days <= WINDOW for told in days)}


OLD, OLDER, NEW = DAYS[15], DAYS[8], date(2026, 2, 16)

MOVED = f"m{contact(OLD)},{contact(OLDER)},{OLDER}T09:02:00Z,customer,true\n"

TEST_CALLS = "test_call_id,kind,agent_id,tester_id,called_at,contact_id,selection,passed\n"

REACHED = {
    "a contact of today": ({"desk/2026-03-31/contacts.csv": HEADERS + header("new", TODAY)}, reach(TODAY)),
    "a header that comes late": ({"desk/2026-03-31/contacts.csv": HEADERS + header("late", NEW)}, reach(NEW)),
    "an event of a contact of long ago": (
        {"desk/2026-03-31/contact_events.csv": EVENTS + f"{contact(OLD)},2026-03-31T08:00:00Z,ended,,e3\n"},
        reach(OLD),
    ),
    "a message of a contact of long ago": (
        {"desk/2026-03-31/messages.csv": MESSAGES + f"late,{contact(OLD)},2026-03-31T08:00:00Z,customer,true\n"},
        reach(OLD),
    ),
    "a header that moves its contact": (
        {"desk/2026-03-31/contacts.csv": HEADERS + header(contact(OLD), OLDER)},
        reach(OLD, OLDER),
    ),
    "a message that moves to another contact": (
        {"desk/2026-03-31/messages.csv": MESSAGES + MOVED},
        reach(OLD, OLDER),
    ),
    "a file that is taken back": ({f"desk/{OLD}/messages.csv": MESSAGES}, reach(OLD)),
    "accounts from a date on": (
        {
            "desk/2026-03-31/agent_accounts.csv": ACCOUNTS
            + f"desk,a,ann,2026-01-01\ndesk,b,bob,{DAYS[-3]}\n"
        },
        reach(*DAYS[-3:]),
    ),
    "accounts that are known": (
        {
            "desk/2026-03-31/agent_accounts.csv": (
                ACCOUNTS + "desk,a,ann,2026-01-01\n"
            )
        },
        set(),
    ),
    "a test call of a contact of long ago": (
        {"desk/2026-03-31/test_calls.csv": TEST_CALLS + f"v1,silent,a,t,{OLD}T09:00:00Z,{contact(OLD)},random,true\n"},
        reach(OLD),
    ),
    "a test call without a contact": (
        {"desk/2026-03-31/test_calls.csv": TEST_CALLS + f"v1,silent,a,t,{OLD}T09:00:00Z,,random,true\n"},
        set(),
    ),
    "a rating": (
        {"desk/2026-03-31/ratings.csv": f"contact_id,invited_at,stars,rated_at\n{contact(OLD)},{OLD}T10:00:00Z,,\n"},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", REACHED)
def test_a_change_reaches_its_dates_and_no_others(home: GrowingHome, change: str) -> None:
    files, dates = REACHED[change]
    assert remade(planned(home, dict(files))) == dates


def test_nothing_new_leaves_all_closed_dates_alone(home: GrowingHome) -> None:
    assert remade(plan_build(home.home, BASIS)) == set()


def append(name: str) -> Callable[[GrowingHome], object]:
    def change(home: GrowingHome) -> None:
        path = home.root / name
        path.write_bytes(path.read_bytes() + b"x")

    return change


def lose_a_table(home: GrowingHome) -> None:
    with duckdb.connect(str(home.home.kept_file)) as kept:
        kept.execute("drop table intermediate.int_kept__leg")
    cut_off(home, parts_of(home.home))


def tear(home: GrowingHome) -> None:
    home.home.kept_file.write_bytes(home.home.kept_file.read_bytes()[:20_000])
    cut_off(home, parts_of(home.home))


UNSURE = {
    "what the last build left was changed or is gone": append("warehouse/kept.duckdb"),
    "a table that it goes on from is missing": lose_a_table,
    "what it goes on from can't be read": tear,
    "it is not known what the last build read": lambda home: (home.home.state / "slice" / "parts.parquet").unlink(),
    "there is no build to go on from": lambda home: (home.home.state / "made_of" / "kept.json").unlink(),
    "the centre's settings changed": append("raw/centre_settings/event_date=1900-01-01/settings.parquet"),
}


def test_a_cut_record_of_a_build_that_was_cut_off_leads_to_everything(home: GrowingHome) -> None:
    (home.home.state / "slice" / "unfinished.json").write_text('{"dates": [', encoding="utf-8")
    assert plan_build(home.home, BASIS).reason == "what the last build left was changed or is gone"


@pytest.mark.parametrize("reason", UNSURE)
def test_whatever_is_unsure_leads_to_everything_and_says_why(home: GrowingHome, reason: str) -> None:
    UNSURE[reason](home)
    plan = plan_build(home.home, BASIS)
    assert plan.chosen is None
    assert str(plan).startswith(f"Everything is built anew: {reason}")


def test_everything_is_made_anew_when_asked_for_and_for_an_instant_that_stands_for_now(home: GrowingHome) -> None:
    assert plan_build(home.home, BASIS, whole=True).reason == "that was asked for"
    assert plan_build(home.home, BASIS, has_as_of=True).reason == "an instant that stands for now was given"


def test_a_list_of_accounts_that_is_taken_back_leads_to_everything(home: GrowingHome) -> None:
    plan = planned(home, {"desk/2026-01-01/agent_accounts.csv": ACCOUNTS})
    assert plan.reason == "a file of accounts or queues is gone or came anew"


def test_data_that_reach_less_far_than_before_lead_to_everything(home: GrowingHome) -> None:
    empty = {f"desk/{LAST}/{name}.csv": text for name, text in (
        ("contacts", HEADERS), ("contact_events", EVENTS), ("messages", MESSAGES)
    )}  # fmt: skip
    assert planned(home, dict(empty)).reason == "the data may reach less far than before"


def cut_off(home: GrowingHome, parts: set[Part], times: int = 1) -> None:
    for _ in range(times):
        SliceState(home.home).begin(frozenset({OLD}), parts)


def test_dates_that_a_build_cut_off_left_are_made_anew(home: GrowingHome) -> None:
    cut_off(home, parts_of(home.home))
    assert remade(plan_build(home.home, BASIS)) == {OLD}


def test_a_file_that_a_build_cut_off_had_read_and_that_is_gone_leads_to_everything(home: GrowingHome) -> None:
    cut_off(home, {*parts_of(home.home), Part("messages", OLD, "gone.parquet")})
    assert plan_build(home.home, BASIS).reason.startswith("a file that a build which was cut off had read is gone")


def test_two_builds_in_a_row_that_did_not_end_lead_to_everything(home: GrowingHome) -> None:
    cut_off(home, parts_of(home.home), times=2)
    assert plan_build(home.home, BASIS).reason == "2 builds in a row did not come to their end"


def test_data_that_begin_earlier_than_before_lead_to_everything(home: GrowingHome) -> None:
    plan = planned(home, {"desk/2025-12-01/contacts.csv": HEADERS + header("first", date(2025, 12, 1))})
    assert plan.reason == "the data may begin on another date than before"
