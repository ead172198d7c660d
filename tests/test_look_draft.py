"""A draft of a mapping, as it was printed, takes the file that it was made from; what is guessed is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from orchestration.look.attempt import not_recorded
from tests.support.looked import centre_with, drafted, events, told, tried

CALLS = """\
Report of 2026-01-05;;;;;;
Call ID;Caller;Queue;Agent;Start;Answered;End
c1;+49301;Sales;Müller;05.01.2026 10:00:00;05.01.2026 10:00:12;05.01.2026 10:05:00
c2;+49302;Sales;;05.01.2026 10:01:00;--;05.01.2026 10:02:00
c3;+49303;Service;Jürgens;25.01.2026 10:03:00;25.01.2026 10:03:05;25.01.2026 10:09:00
Total;3;;;;;
"""


def test_a_report_of_calls_gives_contacts_waits_and_who_answered(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "calls_20260105.csv", CALLS, "cp1252")
    result = tried(path, draft)
    assert (result.records, result.quarantined, dict(result.ignored)) == (4, 0, {"skipped": 1})
    assert [(row[0], str(row[1])) for row in told(result, "contacts", "contact_id", "started_at")] == [
        ("c1", "2026-01-05 09:00:00+00:00"),
        ("c2", "2026-01-05 09:01:00+00:00"),
        ("c3", "2026-01-25 09:03:00+00:00"),
    ]
    assert events(result) == [
        ("c1", "connected"), ("c1", "ended"), ("c1", "queued"),
        ("c2", "abandoned"), ("c2", "queued"),
        ("c3", "connected"), ("c3", "ended"), ("c3", "queued"),
    ]  # fmt: skip
    assert draft.source is not None
    assert draft.source["mapping"][0]["files"] == "calls_*.csv"


def test_the_same_day_of_another_file_fits_the_pattern(tmp_path: Path) -> None:
    _, draft = drafted(tmp_path, "calls_2026-01-05.csv", CALLS)
    other, _ = drafted(tmp_path, "calls_2026-01-06.csv", CALLS)
    assert tried(other, draft).rows["contacts"] == 3


def test_who_is_told_only_how_long_it_took_is_reckoned_with(tmp_path: Path) -> None:
    text = "Call,Caller,Agent,Answered,Wait,Talk\na1,1,ann,13/01/2026 10:00:12,00:00:12,00:01:15\n"
    path, draft = drafted(tmp_path, "calls.csv", text)
    result = tried(path, draft)
    assert [tuple(map(str, row)) for row in told(result, "contacts", "started_at", "ended_at")] == [
        ("2026-01-13 09:00:00+00:00", "2026-01-13 09:01:27+00:00")
    ]


def test_day_and_clock_in_two_columns_make_one_time(tmp_path: Path) -> None:
    path, draft = drafted(
        tmp_path, "calls.csv", "Call,Date,Time,Agent\nc1,05.01.2026,10:00:30,ann\nc2,25.01.2026,9:00:00,bob\n"
    )
    result = tried(path, draft)
    assert [str(row[0]) for row in told(result, "contacts", "started_at")] == [
        "2026-01-05 09:00:30+00:00",
        "2026-01-25 08:00:00+00:00",
    ]


def test_a_chinese_export_is_read_with_its_words(tmp_path: Path) -> None:
    text = (
        "会话ID,客户手机,渠道,开始时间,接入时间,结束时间,客服,满意度\n"
        "s1,13800000001,微信,2026/1/5 9:03,2026/1/5 9:04,2026/1/5 9:13,王伟,非常满意\n"
        "s2,13800000002,网页,2026/1/5 9:05,--,2026/1/5 9:08,--,--\n"
    )
    path, draft = drafted(tmp_path, "会话.csv", text, "gb18030")
    result = tried(path, draft)
    assert told(result, "contacts", "contact_id", "channel") == [("s1", "wechat"), ("s2", "web")]
    assert told(result, "ratings", "contact_id", "stars") == [("s1", 5)]
    assert ("s2", "abandoned") in events(result)
    assert (result.quarantined, draft.text.isascii()) == (0, False)


def test_tickets_of_nested_json_are_read_by_their_paths(tmp_path: Path) -> None:
    tickets = [
        {"id": 1, "created_at": "2026-01-05T10:00:00Z", "via": {"channel": "email"}, "requester": {"id": 7}},
        {"id": 2, "created_at": "2026-01-05T11:00:00Z", "via": {"channel": "web"}, "requester": {"id": 8}},
    ]
    path, draft = drafted(tmp_path, "tickets.json", json.dumps({"tickets": tickets, "count": 2}))
    result = tried(path, draft)
    assert told(result, "contacts", "contact_id", "channel") == [("1", "email"), ("2", "web")]


def test_messages_are_read_without_their_text(tmp_path: Path) -> None:
    lines = [
        {
            "id": "m1",
            "conversation_id": "c1",
            "created_at": "2026-01-05T10:00:00Z",
            "sender_type": "Contact",
            "content": "x",
        },
        {
            "id": "m2",
            "conversation_id": "c1",
            "created_at": "2026-01-05T10:01:00Z",
            "sender_type": "User",
            "agent_id": "ann",
        },
    ]
    path, draft = drafted(tmp_path, "messages.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    result = tried(path, draft)
    assert told(result, "messages", "contact_id", "sender", "agent_id") == [
        ("c1", "customer", None),
        ("c1", "agent", "ann"),
    ]
    assert "content" not in draft.text


def test_states_of_agents_are_read_with_their_words(tmp_path: Path) -> None:
    text = (
        "Agent,State,Start,End\nann,Available,2026-01-05 09:00:00,2026-01-05 10:00:00\nann,Lunch,2026-01-05 10:00:00,\n"
    )
    path, draft = drafted(tmp_path, "states.csv", text)
    assert told(tried(path, draft), "agent_states", "agent_id", "state") == [("ann", "ready"), ("ann", "meal")]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("queue_log", "1767603600|t1|q|NONE|ENTERQUEUE||1001|1\n1767603605|t1|q|A|CONNECT|5\n", "asterisk_queue_log"),
        ("contacts.csv", "contact_id,direction,started_at\nc1,inbound,2026-01-05T10:00:00Z\n", "feed"),
    ],
)
def test_a_file_that_needs_no_mapping_gets_none(tmp_path: Path, name: str, text: str, kind: str) -> None:
    path, draft = drafted(tmp_path, name, text)
    assert draft.source is not None
    assert draft.source["kind"] == kind
    assert tried(path, draft).quarantined == 0


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Call,Start\nc1,05/06/2026 10:00:00\n", "5th of June"),
        ("Call,Start,Direction\nc1,2026-01-05 10:00:00,inbound\nc2,2026-01-05 10:00:00,sideways\n", "`sideways`"),
        ("Call,Start,Agent\nc1,2026-01-05 10:00:00,a\nc1,2026-01-05 10:01:00,b\n", "several records"),
        ("1,2026-01-05 10:00:00\n2,2026-01-05 10:00:00\n", "no header"),
    ],
)
def test_what_only_a_person_can_say_is_asked(tmp_path: Path, text: str, asked: str) -> None:
    _, draft = drafted(tmp_path, "calls.csv", text)
    assert asked in " ".join(draft.questions)


def test_a_file_of_which_nothing_can_be_told_gets_no_draft_and_says_so(tmp_path: Path) -> None:
    _, draft = drafted(tmp_path, "stock.csv", "part,shelf\nbolt,4\nnut,5\n")
    assert (draft.source, draft.text) == (None, "")
    assert "docs/sources.md" in draft.questions[0]


def test_names_that_try_to_be_yaml_stay_names(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "calls.csv", 'Call,Start,"Agent: {x: [1]} #"\nc1,2026-01-05 10:00:00,ann\n')
    assert tried(path, draft).rows["contacts"] == 1


def test_bad_records_are_told_by_reason_with_their_lines(tmp_path: Path) -> None:
    rows = ["c1,2026-01-05 10:00:00", "c2,2026-13-05 10:00:00", "c3,2026-01-05 10:00:00,torn"]
    good, draft = drafted(tmp_path, "calls.csv", "Call,Start\nc1,2026-01-05 10:00:00\n")
    good.write_text("Call,Start\n" + "".join(f"{row}\n" for row in rows))
    result = tried(good, draft)
    reasons = [(row["records"], row["lines"]) for row in result.reasons.iter_rows(named=True)]
    assert (result.records, result.quarantined, result.rows["contacts"]) == (3, 2, 1)
    assert sorted(reasons) == [(1, [3]), (1, [4])]


def test_kpis_that_no_source_records_are_named(tmp_path: Path) -> None:
    _, draft = drafted(tmp_path, "calls.csv", CALLS)
    missing: Sequence[str] = not_recorded(centre_with(draft))
    assert "severe_error_rate" in missing
    assert "connect_rate" not in missing
