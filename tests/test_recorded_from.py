"""From which local date a source, and a scope, record what a centre begins to write down one day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

BEGUN = date(2026, 3, 11)
STATED = date(2026, 2, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    """A chat platform, a phone switch that states since when it tells of complaints, a ticket system and a mailbox."""
    home = RawHome(tmp_path_factory.mktemp("recorded_from") / "home", time_zone="Asia/Shanghai")
    home.source("chat")
    home.source("phone", recorded_from={"complaints": "2026-02-01"})
    home.source("tickets")
    home.source("mail", not_recorded=("complaints", "routing"))
    add_chat(home, "c", "ann", at("2026-01-05 09:00"), source_id="chat")
    add_chat(home, "p", "bob", at("2026-01-05 09:00"), source_id="phone", channel="voice")
    # 01:30 of 11 March in Shanghai; the file that came first tells of a later one.
    complain(home, "tickets", "late", "2026-04-02 09:00")
    complain(home, "tickets", "first", "2026-03-10 17:30")
    complain(home, "phone", "old", "2025-06-01 09:00")
    complain(home, "mail", "unasked", "2026-01-06 09:00")
    home.add(
        "plans",
        [{"plan_id": "p1", "kind": "improvement", "subject_kind": "centre", "starts_on": "2026-03-01"}],
        "tickets",
    )
    home.build("int_measure__scope_topic")
    return home


def complain(home: RawHome, source_id: str, complaint_id: str, received_at: str) -> None:
    row = {"complaint_id": complaint_id, "received_at": at(received_at), "origin": "customer", "is_identified": False}
    home.add("complaints", [row], source_id)


def dates_of(home: RawHome, topic: str, column: str) -> dict[str, date | None]:
    """Source -> date, of those that have one."""
    sql = f"select source_id, {column} from int_source__topic where topic = '{topic}' and {column} is not null"  # noqa: S608
    return dict(home.query(sql))


def test_a_topic_is_recorded_from_the_local_date_of_the_first_row_on_or_from_the_date_stated(home: RawHome) -> None:
    assert dates_of(home, "complaints", "recorded_from") == {"tickets": BEGUN, "phone": STATED}
    assert dates_of(home, "plans", "recorded_from") == {"tickets": date(2026, 3, 1)}


def test_a_source_that_never_gave_the_feed_has_not_recorded_it(home: RawHome) -> None:
    assert dates_of(home, "appeals", "recorded_from") == {}
    assert dates_of(home, "appeals", "contacts_recorded_from") == {}


def test_a_source_without_contacts_tells_of_the_contacts_of_all(home: RawHome) -> None:
    contacts = dates_of(home, "complaints", "contacts_recorded_from")
    assert (contacts["chat"], contacts["phone"]) == (BEGUN, STATED)


def test_other_topics_are_recorded_always_or_not_at_all(home: RawHome) -> None:
    assert dates_of(home, "routing", "recorded_from::varchar") == dict.fromkeys(
        ("chat", "phone", "tickets"), "-infinity"
    )


def test_a_scope_records_from_the_first_date_of_its_sources(home: RawHome) -> None:
    rows = home.query(
        "select scope_kind || ' ' || scope_id, recorded_from from int_measure__scope_topic where topic = 'complaints'"
    )
    assert dict(rows) == {
        "centre centre": STATED,
        "channel voice": STATED,
        "agent bob": STATED,
        "channel web": BEGUN,
        "agent ann": BEGUN,
        "queue help": STATED,
    }
    assert home.query("select count(*) from int_measure__scope_topic where topic = 'appeals'") == [(0,)]
