"""Records whose values can't be right: each goes to quarantine with field, value and remedy, the others are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, GOOD_MESSAGE, MESSAGES_HEADER, LandHome

REVIEWS_HEADER = "review_id,agent_id,reviewer_id,mode,selection,score,reviewed_at\n"


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def only_finding(home: LandHome) -> tuple[int | None, str | None, str, str | None]:
    findings = home.findings()
    assert len(findings) == 1
    assert len(home.quarantine()[0]["remedy"]) > 10
    return findings[0]


def contact(**changed: str) -> str:
    fields = {
        "contact_id": "c2",
        "customer_id": "u2",
        "channel": "web",
        "direction": "inbound",
        "started_at": "2026-01-05T09:00:00Z",
        "ended_at": "2026-01-05T09:10:00Z",
    } | changed
    return ",".join(fields.values()) + "\n"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("12.9", "12.9"),
        ("1e3", "form 9x9"),
        ("twelve", "form xxxxxx"),
        ("NaN", "form xxx"),
        ("inf", "form xxx"),
        ("-", "form -"),
        ("0x1F", "form 9x9x"),
        ("١٢", "form 99"),
        ("1,000", "form 9,999"),
    ],
)
def test_what_is_no_whole_number_is_not_rounded_into_one(home: LandHome, value: str, told: str) -> None:
    bad = GOOD_MESSAGE.replace("m1", "m2").replace(",5\n", f',"{value}"\n')
    record = home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE + bad)
    assert only_finding(home) == (3, "length", "not_a_whole_number", told)
    assert home.column("messages", "length") == [5]
    assert (record.records_read, record.records_accepted, record.records_quarantined) == (2, 1, 1)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("NaN", "form xxx"),
        ("Infinity", "form xxxxxxxx"),
        ("-inf", "form -xxx"),
        ("97,5", "form 99,9"),
        ("1e2", "form 9x9"),
    ],
)
def test_nan_and_infinities_are_no_scores(home: LandHome, value: str, told: str) -> None:
    rows = ["r1,a1,q1,after,random,97.5,2026-01-05T08:00:00Z", f'r2,a1,q1,after,random,"{value}",2026-01-05T08:00:00Z']
    home.take("quality_reviews.csv", REVIEWS_HEADER + "\n".join(rows) + "\n")
    assert only_finding(home) == (3, "score", "not_a_number", told)
    assert [str(score) for score in home.column("quality_reviews", "score")] == ["97.5000"]


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1989-12-31T23:59:59Z"])
def test_years_that_mean_unknown_or_for_ever_are_no_events(home: LandHome, value: str) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(started_at=value, ended_at=""))
    assert only_finding(home) == (3, "started_at", "out_of_range", value)


@pytest.mark.parametrize("value", ["0001-01-01", "9999-12-31"])
def test_dates_of_no_real_year_are_told(home: LandHome, value: str) -> None:
    header = "agent_id,team_id,valid_from,valid_to,is_home_team\n"
    home.take("team_memberships.csv", header + f"a1,t1,2026-01-01,,true\na2,t1,2026-01-01,{value},true\n")
    found = {(line, field, value) for line, field, _, value in home.findings()}
    assert found == {(3, "valid_to", value)}
    assert home.column("team_memberships", "agent_id") == ["a1"]


@pytest.mark.parametrize(
    ("value", "check", "told"),
    [
        ("2026-02-30T08:00:00Z", "impossible_time", "2026-02-30T08:00:00Z"),
        ("2026-01-05", "not_a_time", "form 9999-99-99"),
        ("2026-01-05T24:00:00Z", "not_a_time", "2026-01-05T24:00:00Z"),
        ("2026-01-05T08:00:60Z", "not_a_time", "2026-01-05T08:00:60Z"),
        ("05/01/2026 08:00:00", "not_a_time", "form 99/99/9999 99:99:99"),
        ("1767571200", "not_a_time", "form 9999999999"),
        ("２０２６-01-05T08:00:00Z", "not_a_time", "form 9999-99-99x99:99:99x"),
    ],
)
def test_what_is_no_time_is_told(home: LandHome, value: str, check: str, told: str) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(started_at=value, ended_at=""))
    assert only_finding(home) == (3, "started_at", check, told)


def test_a_local_time_that_never_was_is_told_and_one_that_was_twice_is_marked(tmp_path: Path) -> None:
    home = LandHome(tmp_path, settings="time_zone: Europe/Berlin")
    rows = [
        contact(contact_id="c1", started_at="2026-03-29 02:30:00", ended_at=""),
        contact(contact_id="c2", started_at="2026-10-25 02:30:00", ended_at=""),
        contact(contact_id="c3", started_at="2026-10-25T02:30:00+01:00", ended_at=""),
        contact(contact_id="c4", started_at="2026-07-01 02:30:00", ended_at=""),
    ]
    home.take("contacts.csv", CONTACTS_HEADER + "".join(rows), day=date(2026, 10, 25))
    assert only_finding(home) == (2, "started_at", "impossible_time", "2026-03-29 02:30:00")
    assert [str(instant) for instant in home.column("contacts", "started_at")] == [
        "2026-10-25 00:30:00+00:00",
        "2026-10-25 01:30:00+00:00",
        "2026-07-01 00:30:00+00:00",
    ]
    assert home.column("contacts", "is_time_ambiguous") == [True, False, False]


def test_a_negative_duration_is_told(home: LandHome) -> None:
    header = "contact_id,occurred_at,event_type,wait_seconds\n"
    rows = "c1,2026-01-05T08:00:00Z,connected,12.5\nc2,2026-01-05T08:00:00Z,connected,-12.5\n"
    home.take("contact_events.csv", header + rows)
    assert only_finding(home) == (3, "wait_seconds", "negative", "-12.5")
    assert [str(wait) for wait in home.column("contact_events", "wait_seconds")] == ["12.500"]


def test_an_end_before_its_start_is_told_with_the_end(home: LandHome) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(ended_at="2026-01-05T08:59:59Z"))
    assert only_finding(home) == (3, "ended_at", "ends_before_start", "2026-01-05T08:59:59Z")


def test_ends_are_compared_as_instants_and_not_as_text(home: LandHome) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + contact(ended_at="2026-01-05T08:30:00-01:00"))
    assert home.findings() == []


def test_an_unknown_value_is_told_with_those_there_are(home: LandHome) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(channel="telegram"))
    assert only_finding(home) == (3, "channel", "unknown_value", "form xxxxxxxx")
    assert "web, wechat, weibo" in home.quarantine()[0]["message"]


def test_an_empty_needed_value_is_told(home: LandHome) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(contact_id=""))
    assert only_finding(home) == (3, "contact_id", "missing_value", None)


def test_every_fault_of_a_record_is_told_and_the_record_counts_once(home: LandHome) -> None:
    record = home.take("contacts.csv", CONTACTS_HEADER + contact(channel="x", direction="y", ended_at="soon"))
    assert [(field, check) for _, field, check, _ in home.findings()] == [
        ("channel", "unknown_value"),
        ("direction", "unknown_value"),
        ("ended_at", "not_a_time"),
    ]
    assert (record.records_read, record.records_quarantined) == (1, 1)


def test_a_missing_column_fails_the_file_and_names_it(home: LandHome) -> None:
    record = home.take("contacts.csv", "contact_id,channel,started_at\nc1,web,2026-01-05T08:00:00Z\n")
    assert record.state == "failed"
    assert only_finding(home) == (1, "direction", "missing_column", None)


def test_a_renamed_column_is_recognised(home: LandHome) -> None:
    record = home.take("contacts.csv", "contact_id,channel,direction,start_at\nc1,web,inbound,2026-01-05T08:00:00Z\n")
    assert record.state == "failed"
    assert "column 4 looks like `started_at`" in (record.message or "")


def test_an_optional_column_may_be_missing(home: LandHome) -> None:
    home.take("contacts.csv", "contact_id,channel,direction,started_at\nc1,web,inbound,2026-01-05T08:00:00Z\n")
    assert home.column("contacts", "ended_at") == [None]
    assert home.column("contacts", "is_test") == [False]


def test_an_extra_column_is_left_out_and_told_once(home: LandHome) -> None:
    header = CONTACTS_HEADER.replace("\n", ",queue,text\n")
    record = home.take("contacts.csv", header + GOOD_CONTACT.replace("\n", ",q1,please help\n"))
    assert record.records_accepted == 1
    assert home.findings() == [(1, "column 7", "unknown_column", None), (1, "column 8", "unknown_column", None)]
    assert "`queue_id`" in home.quarantine()[0]["remedy"]
    assert "please help" not in str(home.quarantine())


def test_a_column_named_twice_fails_the_file(home: LandHome) -> None:
    record = home.take("contacts.csv", CONTACTS_HEADER.replace("ended_at", "channel") + GOOD_CONTACT)
    assert record.state == "failed"
    assert only_finding(home) == (1, "channel", "duplicate_column", None)


def test_the_same_record_twice_is_counted_and_kept_once(home: LandHome) -> None:
    record = home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact() + GOOD_CONTACT)
    assert (record.records_read, record.records_accepted, record.records_duplicate) == (3, 2, 1)
    assert home.column("contacts", "record_number") == [1, 2]
    assert "1 records repeat" in (record.message or "")


def test_the_same_instant_in_another_zone_is_the_same_record(home: LandHome) -> None:
    other = GOOD_CONTACT.replace("T08:00:00Z", "T16:00:00+08:00").replace("T08:10:00Z", " 16:10:00.000")
    record = home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + other)
    assert record.records_duplicate == 1


def test_the_same_key_with_other_content_is_kept_for_the_warehouse_to_decide(home: LandHome) -> None:
    record = home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(contact_id="c1"))
    assert (record.records_accepted, record.records_duplicate) == (2, 0)
    assert home.column("contacts", "contact_id") == ["c1", "c1"]


def test_identical_events_without_ids_are_genuine_repeats(home: LandHome) -> None:
    header = "event_id,contact_id,occurred_at,event_type\n"
    event = ",c1,2026-01-05T08:00:00Z,held\n"
    named = "e1,c1,2026-01-05T08:00:00Z,held\n"
    record = home.take("contact_events.csv", header + event + event + named + named)
    assert (record.records_accepted, record.records_duplicate) == (3, 1)
    assert home.column("contact_events", "event_id") == [None, None, "e1"]


@pytest.mark.parametrize(
    "name", ['=cmd|"/c calc"!A1', "+1+1", "@SUM(A1)", "<img src=x onerror=alert(1)>", "<script>", "${x}", "{{y}}"]
)
def test_names_that_look_like_formulas_or_markup_are_just_names(home: LandHome, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    record = home.take("teams.csv", f"team_id,name,valid_from\nt1,{quoted},2026-01-01\n")
    assert record.records_accepted == 1
    assert home.column("teams", "name") == [name]


@pytest.mark.parametrize(("value", "told"), [("a\x01b", "form x?x"), ("x" * 257, "257 characters")])
def test_ids_that_can_be_no_ids_are_told_by_their_form(home: LandHome, value: str, told: str) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + contact(contact_id=value))
    assert only_finding(home) == (3, "contact_id", "bad_text", told)


def test_an_agent_on_a_customers_message_is_told(home: LandHome) -> None:
    bad = GOOD_MESSAGE.replace("m1", "m2").replace("customer,,", "customer,a7,")
    home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE + bad)
    assert only_finding(home) == (3, "agent_id", "agent_of_other_side", "form x9")


def test_outer_spaces_are_no_part_of_a_value(home: LandHome) -> None:
    spaced = contact(contact_id=" c9 ", channel=" web", started_at="2026-01-05T09:00:00Z ")
    home.take("contacts.csv", CONTACTS_HEADER + spaced)
    assert home.column("contacts", "contact_id") == ["c9"]
