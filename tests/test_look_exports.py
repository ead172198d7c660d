"""Drafts for exports as real systems write them: what is guessed must be right, or asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.looked import drafted, events, told, tried


def asked(folder: Path, text: str, name: str = "calls.csv") -> str:
    return " ".join(drafted(folder, name, text)[1].questions)


def lines_of(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_what_is_an_object_in_some_records_and_nothing_in_others_is_no_value(tmp_path: Path) -> None:
    same: dict[str, object] = {
        "InitiationTimestamp": "2026-01-05T10:00:00Z",
        "DisconnectTimestamp": "2026-01-05T10:05:00Z",
    }
    agent: object = {"Username": "ann", "ConnectedToAgentTimestamp": "2026-01-05T10:00:30Z"}
    text = lines_of([{"ContactId": "c1", "Agent": None} | same, {"ContactId": "c2", "Agent": agent} | same])
    path, draft = drafted(tmp_path, "ctr-2026-01-05-08", text)
    result = tried(path, draft)
    assert result.quarantined == 0
    # Disconnected is not connected: c1 gave up.
    assert events(result) == [
        ("c1", "abandoned"), ("c1", "queued"),
        ("c2", "connected"), ("c2", "ended"), ("c2", "queued"),
    ]  # fmt: skip
    assert draft.source is not None
    assert (draft.source["name"], draft.source["mapping"][0]["files"]) == ("ctr", "ctr-*")


def test_the_middle_of_a_word_means_nothing(tmp_path: Path) -> None:
    ticket = {"id": 1, "created_at": "2026-01-05T10:00:00Z", "generated_timestamp": 1767610000, "rating": {"score": 5}}
    path, draft = drafted(tmp_path, "tickets.jsonl", lines_of([ticket]))
    assert "generated_timestamp" not in draft.text
    assert tried(path, draft).rows["ratings"] == 1


def test_names_of_columns_without_a_letter_mean_nothing(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "calls.csv", "Call,Start,Agent,#,:\nc1,2026-01-05 10:00:00,ann,b,c\n")
    assert dict(tried(path, draft).rows) == {"contacts": 1}


def test_a_log_of_calls_whose_times_nobody_reads_is_no_list_of_staff(tmp_path: Path) -> None:
    rows = "".join(f"c{number},at {number:02}h in Jan,ann,Ann Lee\n" for number in range(10))
    _, draft = drafted(tmp_path, "calls.csv", "Call ID,Timestamp,Agent,Agent Name\n" + rows)
    assert draft.source is None
    assert "`Timestamp` looks like a time" in " ".join(draft.questions)


@pytest.mark.parametrize("word", ["Summer", "Total loss", "Sumiko", "Totally"])
def test_records_of_what_is_called_like_a_total_stay(tmp_path: Path, word: str) -> None:
    path, draft = drafted(tmp_path, "calls.csv", f"Call,Start,Queue\nc1,2026-01-05 10:00:00,{word}\n")
    assert tried(path, draft).rows["contacts"] == 1


def test_a_value_that_is_called_as_its_column_is_no_header(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "calls.csv", "Call,Start,Email\nc1,2026-01-05 10:00:00,Email\n")
    assert tried(path, draft).rows["contacts"] == 1


def test_totals_and_headers_of_further_pages_are_left_out_and_told(tmp_path: Path) -> None:
    head = "Call Time,Call,Talk\n"
    text = head + "01/25/2026 10:00:00,c1,00:01:00\n" + head + "01/26/2026 10:00:00,c2,00:01:00\nTotals: 2,,00:02:00\n"
    path, draft = drafted(tmp_path, "calls.csv", text)
    result = tried(path, draft)
    assert (result.rows["contacts"], result.quarantined, dict(result.ignored)) == (2, 0, {"skipped": 2})
    assert "1 records in which `Call Time` says that it is a total" in " ".join(draft.questions)
    assert "quarantined" not in " ".join(draft.questions)


def test_agents_who_are_not_ready_are_away(tmp_path: Path) -> None:
    text = (
        "Agent ID,State,Start Date,Start Time,Duration\n"
        "101,Ready,01/25/2026,01:00:00 PM,0:05:00\n"
        "101,Not Ready,01/25/2026,01:05:00 PM,0:01:00\n"
    )
    path, draft = drafted(tmp_path, "agent_states.csv", text)
    rows = told(tried(path, draft), "agent_states", "state", "started_at", "ended_at")
    assert [tuple(map(str, row)) for row in rows] == [
        ("ready", "2026-01-25 12:00:00+00:00", "2026-01-25 12:05:00+00:00"),
        ("away", "2026-01-25 12:05:00+00:00", "2026-01-25 12:06:00+00:00"),
    ]


def test_where_a_contact_came_from_is_its_channel_and_not_its_customer(tmp_path: Path) -> None:
    text = "Ticket ID,Contact ID,Source,Created\n1,77,Voicemail,2026-01-05 10:00:00\n2,78,Email,2026-01-05 10:00:00\n"
    path, draft = drafted(tmp_path, "tickets.csv", text)
    assert told(tried(path, draft), "contacts", "contact_id", "channel", "is_identified") == [
        ("1", "voice", True),
        ("2", "email", True),
    ]


def test_a_survey_gives_ratings_and_no_contacts(tmp_path: Path) -> None:
    text = "Response ID,Ticket ID,Submitted At,Score,Comment\nr1,t1,2026-01-05 10:00,5,x\nr2,t2,2026-01-05 11:00,1,y\n"
    path, draft = drafted(tmp_path, "survey.csv", text)
    assert dict(tried(path, draft).rows) == {"ratings": 2}


def test_ratings_that_were_only_offered_are_none(tmp_path: Path) -> None:
    text = "Call,Start,Rating\n" + "".join(
        f"c{number},2026-01-05 10:00:00,{word}\n" for number, word in enumerate(["good", "offered", "bad"] * 2)
    )
    path, draft = drafted(tmp_path, "calls.csv", text)
    result = tried(path, draft)
    assert (result.quarantined, result.rows["ratings"]) == (0, 4)
    assert "`offered` count as no rating" in " ".join(draft.questions)


def test_people_have_a_name_of_two_columns_and_leave(tmp_path: Path) -> None:
    text = (
        "Personnel No,First Name,Last Name,Department,Hire Date,Termination Date\n"
        "007,Ann,Lee,Sales,25.1.2024,\n008,Bob,Ray,Sales,26.1.2024,31.12.2025\n"
    )
    path, draft = drafted(tmp_path, "staff_list.csv", text)
    result = tried(path, draft)
    rows = told(result, "staff", "agent_id", "name", "valid_from", "left_on")
    assert [tuple(map(str, row)) for row in rows] == [
        ("007", "Ann Lee", "2024-01-25", "None"),
        ("008", "Bob Ray", "2024-01-26", "2025-12-31"),
    ]
    assert result.rows["team_memberships"] == 2


@pytest.mark.parametrize(("words", "user"), [(("user", "admin"), "customer"), (("User", "Contact"), "agent")])
def test_a_user_is_a_customer_or_an_agent_by_who_else_writes(tmp_path: Path, words: tuple[str, str], user: str) -> None:
    rows = "".join(f"c1,2026-01-05 10:00:0{number},{word}\n" for number, word in enumerate(words))
    path, draft = drafted(tmp_path, "chat.csv", "ConversationId,Timestamp,Role\n" + rows)
    assert told(tried(path, draft), "messages", "sender")[0] == (user,)
    assert f"is `{words[0]}` the {user}" in " ".join(draft.questions)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Call,Start,Direction,From\nc1,2026-01-05 10:00:00,outbound,+491\n", "`From`: is it the customer in outbound"),
        ("Call,Start\nc1,2026-01-05 10:00:00\n", "No column tells the customer"),
        ("Call,Start\nc1,2026-01-05 10:00:00\n", "No column tells when a contact ended"),
        ("Call,Start,Reason\nc1,2026-01-05 10:00:00,a\nc2,2026-01-05 10:00:00,a\n", "`Reason`: does it say what"),
        ("Call,Start,Wait,Agent\nc1,2026-01-05 10:00:00,7,ann\n", "is all waiting in it"),
        ("Call,Start,Duration\nc1,2026-01-05 10:00:00,7\n", "`Duration`: is it from the start"),
        ("Call,Start,Caller Name\nc1,2026-01-05 10:00:00,x\n", "No column tells the customer"),
        ("Call,Start\nc1,2026-01-05 10:00:00\n", "`Start` has no offset: is it in the centre's zone"),
        ("Call,Date,Time\nc1,2026-01-05,10:00:00\n", "`Time` has no offset"),
        ("UCID,Start,Part\n1,2026-01-05 10:00:00,1\n1,2026-01-05 10:00:00,2\n", "`UCID` stands in several records"),
        ("Agent ID,Agent Name,Date,Shift\n1,Ann,2026-01-05,08:00\n", "is it a list of people at all"),
        ("会话ID,开始时间,访客昵称\nc1,2026-01-05 10:00:00,x\n", "`访客昵称`: does it tell one customer from another"),
    ],
)
def test_what_would_be_wrong_without_a_word_is_asked(tmp_path: Path, text: str, question: str) -> None:
    assert question in asked(tmp_path, text)


def test_minutes_are_made_seconds_where_the_name_says_so(tmp_path: Path) -> None:
    text = "Call,Start,Agent,Wait (min)\nc1,2026-01-05 10:00:00,ann,1.5\nc2,2026-01-05 10:00:00,ann,2\n"
    path, draft = drafted(tmp_path, "calls.csv", text)
    assert ("c1", "connected", "2026-01-05 09:01:30+00:00") in [
        (row[0], row[1], str(row[2]))
        for row in told(tried(path, draft), "contact_events", "contact_id", "event_type", "occurred_at")
    ]


def test_times_that_say_utc_in_their_names_are_read_as_that(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "calls.csv", "Call,Start (UTC)\nc1,2026-01-05 10:00:00\n")
    assert [str(row[0]) for row in told(tried(path, draft), "contacts", "started_at")] == ["2026-01-05 10:00:00+00:00"]
    assert "says UTC" in " ".join(draft.questions)


def test_times_with_an_offset_leave_no_question_of_zones(tmp_path: Path) -> None:
    assert "offset" not in asked(tmp_path, "Call,Start\nc1,2026-01-05T10:00:00Z\n")
    assert "offset" not in asked(tmp_path, "Call,Start time\nc1,1767600000\n")
