"""Arrivals that once left a home other than one built whole: each with what made it so, and equal after every step."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.equality.homes import GrowingHome
from tests.equality.plain import ACCOUNTS, DAYS, EVENTS, HEADERS, MESSAGES, contact, drop, header, plain_home

pytestmark = pytest.mark.slow

OPEN = """opening_hours:
  - {channel: web, days: [mon, tue, wed, thu, fri, sat, sun], opens: '08:00', closes: '18:00'}
"""
ROUTED = (
    "contact_id,occurred_at,event_type,agent_id,queue_id,"
    "transfer_kind,transfer_target_kind,transfer_target_id,event_id\n"
)
WAITED = "contact_id,occurred_at,event_type,agent_id,queue_id,wait_seconds,event_id\n"
BEGUN, AGAIN = DAYS[10], DAYS[10] + timedelta(18)
"""A contact that is taken up once more weeks after it began."""
EARLY, LATE = DAYS[5], DAYS[5] + timedelta(31)
"""Two dates of which the later one has no contact."""
ALONE = DAYS[5] + timedelta(1)
OLD = DAYS[0] - timedelta(20)
TESTED = "test_call_id,kind,agent_id,tester_id,called_at,contact_id,selection,passed\n"
LONG = f"long,,web,inbound,{BEGUN}T09:00:00Z,{AGAIN}T09:10:00Z\n"
OF_TODAY = "desk/2026-03-31"


@dataclass(frozen=True)
class Step:
    """Files that come, and whether the build that follows is killed before a model and not run again."""

    files: dict[str, str | None]
    killed_before: str = ""


CASES = {
    "an account from a date after a contact began that goes on": [
        Step(
            {
                f"desk/{AGAIN}/contact_events_2.csv": EVENTS
                + f"long,{BEGUN}T09:00:00Z,connected,a,l1\nlong,{AGAIN}T09:00:00Z,connected,b,l2\n"
                + f"long,{AGAIN}T09:10:00Z,ended,b,l3\n",
                f"desk/{AGAIN}/contacts_2.csv": HEADERS + LONG,
            }
        ),
        Step({f"{OF_TODAY}/agent_accounts.csv": ACCOUNTS + f"desk,b,bob,{AGAIN - timedelta(3)}\n"}),
    ],
    "a queue that is for experts from a date after a contact began that is passed to it": [
        Step(
            {
                f"{OF_TODAY}/contact_events.csv": ROUTED
                + f"long,{BEGUN}T09:00:00Z,queued,,q1,,,,l0\nlong,{BEGUN}T09:01:00Z,connected,a,q1,,,,l1\n"
                + f"long,{AGAIN}T09:00:00Z,transferred,a,q1,blind,queue,q2,l2\n"
                + f"long,{AGAIN}T09:00:00Z,queued,,q2,,,,l3\nlong,{AGAIN}T09:01:00Z,connected,b,q2,,,,l4\n"
                + f"long,{AGAIN}T09:10:00Z,ended,b,q2,,,,l5\n",
                f"{OF_TODAY}/contacts.csv": HEADERS + LONG,
            }
        ),
        Step(
            {
                f"{OF_TODAY}/queues.csv": "queue_id,name,channel,kind,team_id,valid_from\n"
                f"q2,Q2,web,expert,,{AGAIN - timedelta(3)}\n"
            }
        ),
    ],
    "a first event that another file of the same drop corrects": [
        Step(
            {
                "desk/2026-03-30/contact_events_1.csv": EVENTS + f"new,{EARLY}T09:00:00Z,connected,a,n1\n",
                f"{OF_TODAY}/contact_events.csv": EVENTS + f"new,{LATE}T09:00:00Z,connected,a,n1\n",
            }
        ),
    ],
    "a late file of old rows the first of which is replaced already": [
        Step({f"{OF_TODAY}/messages.csv": MESSAGES + f"x1,{contact(DAYS[6])},{DAYS[6]}T09:03:00Z,customer,true\n"}),
        Step(
            {
                "desk/2026-03-15/messages_2.csv": MESSAGES
                + f"x1,new,{EARLY}T09:03:00Z,customer,true\nx2,new,{LATE}T09:03:00Z,customer,true\n"
            }
        ),
    ],
    "a header that is taken back of a contact whose first event was corrected": [
        Step(
            {
                f"desk/{DAYS[25]}/contacts_2.csv": HEADERS + header("odd", DAYS[25]),
                "desk/2026-03-30/contact_events_1.csv": EVENTS + f"odd,{EARLY}T09:00:00Z,connected,a,o1\n",
            }
        ),
        Step({f"{OF_TODAY}/contact_events.csv": EVENTS + f"odd,{LATE}T09:00:00Z,connected,a,o1\n"}),
        Step({f"desk/{DAYS[25]}/contacts_2.csv": HEADERS}),
    ],
    "a build killed, and its file dropped again with other rows that reach less far": [
        Step(
            {"desk/2026-04-02/contact_events.csv": EVENTS + "zz,2026-04-02T09:00:00Z,connected,a,z1\n"},
            killed_before="int_contact__leg",
        ),
        Step({"desk/2026-04-02/contact_events.csv": EVENTS + "yy,2026-03-31T09:00:00Z,connected,a,y1\n"}),
    ],
    "a build killed, and its file dropped again with rows of other dates": [
        Step(
            {f"{OF_TODAY}/contact_events.csv": EVENTS + f"zz,{ALONE}T09:00:00Z,connected,a,z1\n"},
            killed_before="fct_contact",
        ),
        Step({f"{OF_TODAY}/contact_events.csv": EVENTS + "yy,2026-03-31T09:00:00Z,connected,a,y1\n"}),
    ],
    "a build killed after a header came, which is dropped again without it beside an earlier event": [
        Step({"desk/2026-03-29/contact_events_1.csv": EVENTS + f"hh,{DAYS[12]}T09:00:00Z,connected,a,h1\n"}),
        Step({f"{OF_TODAY}/contacts.csv": HEADERS + header("hh", DAYS[20])}, killed_before="fct_kpi_value"),
        Step(
            {
                f"{OF_TODAY}/contacts.csv": HEADERS + header("other", DAYS[20]),
                f"{OF_TODAY}/contact_events.csv": EVENTS + f"hh,{ALONE}T09:00:00Z,connected,a,h2\n",
            }
        ),
    ],
    "a test call of a contact of long ago, which a correction says to have been another one": [
        Step(
            {f"{OF_TODAY}/test_calls.csv": TESTED + f"v1,silent,a,t,{EARLY}T09:00:00Z,{contact(DAYS[6])},random,true\n"}
        ),
        Step(
            {
                "desk/2026-04-01/test_calls.csv": TESTED
                + f"v1,silent,a,t,{EARLY}T09:00:00Z,{contact(DAYS[9])},random,true\n"
            }
        ),
        Step({f"{OF_TODAY}/test_calls.csv": TESTED}),
    ],
    "older data than any, where a wait reaches back before what was known": [
        Step(
            {
                f"desk/{DAYS[0]}/contact_events_2.csv": WAITED
                + f"w,{DAYS[0]}T09:00:00Z,connected,a,q,{8 * 86_400},w1\n",
                f"desk/{DAYS[0]}/contacts_2.csv": HEADERS + header("w", DAYS[0]),
            }
        ),
        Step({f"desk/{OLD}/contacts.csv": HEADERS + header("older", OLD)}),
    ],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> GrowingHome:
    return plain_home(tmp_path_factory.mktemp("found") / "home")


def misplaced(home: GrowingHome) -> list[tuple[object, ...]]:
    """Contacts that were made anew on a date that is not: dbt's test of it would stop the build."""
    remade = str(home.home.state / "slice" / "remade_date.parquet")
    with duckdb.connect(str(home.home.warehouse_file)) as connection:
        return connection.execute(
            "select contact_key, contact_date from intermediate.int_contact__base "
            "anti join read_parquet(?) as remade on contact_date = remade.remade_date",
            [remade],
        ).fetchall()


@pytest.mark.parametrize("case", CASES)
def test_a_home_that_grew_so_equals_one_built_whole(built: GrowingHome, tmp_path: Path, case: str) -> None:
    shutil.copytree(built.root, tmp_path / "home", symlinks=True)
    home = GrowingHome(tmp_path / "home", built.project)
    settings = built.home.centre_file.read_text(encoding="utf-8") + (OPEN if "wait" in case else "")
    names = [model["name"] for model in built.project.models]
    for step in CASES[case]:
        home.drop(drop(step.files, settings))
        home.take()
        if step.killed_before:
            home.leave_killed(names.index(step.killed_before))
            continue
        home.build()
        assert misplaced(home) == []
    assert home.differences() == []
