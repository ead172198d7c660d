"""Drafts for exports in the forms of systems that no preset knows: who the customer is, who answered, what is asked."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from orchestration.look import holds
from orchestration.look.draft import Draft, draft_of
from orchestration.look.sample import look_at
from orchestration.look.totals import columns_of
from tests.support.looked import drafted, events, told, tried


def asked(draft: Draft) -> str:
    return " ".join(draft.questions)


def lines_of(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def customers(path: Path, draft: Draft) -> list[tuple[object, ...]]:
    return sorted(told(tried(path, draft), "contacts", "contact_id", "customer_id"))


FIVE9 = """CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,DNIS,CALL TIME,QUEUE WAIT TIME,ABANDONED,SKILL
1,"Mon, 05 Jan 2026 10:00:00",Support,Inbound,ann@x.org,Resolved,4930111,8005550100,00:02:00,00:00:10,0,Bills
2,"Mon, 05 Jan 2026 10:05:00",Support,Inbound,[None],Abandon,4930222,8005550100,00:00:31,00:00:25,1,Bills
3,"Mon, 05 Jan 2026 10:07:00",Support,Outbound,ann@x.org,Done,8005550100,4930111,00:01:00,00:00:00,0,Bills
4,"Mon, 05 Jan 2026 10:09:00",Support,Inbound,[None],Voicemail,4930333,8005550100,00:01:00,00:00:30,0,Bills
"""


def test_a_call_log_tells_its_end_by_its_length_and_who_gave_up_by_a_flag(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "Call Log.csv", FIVE9)
    result = tried(path, draft)
    # 4 left a message: neither answered nor given up.
    assert (result.quarantined, events(result)) == (
        0,
        [("1", "connected"), ("1", "ended"), ("1", "queued"), ("2", "abandoned"), ("2", "queued"),
         ("3", "connected"), ("3", "ended"), ("3", "queued"), ("4", "queued")],
    )  # fmt: skip
    ends = [str(end)[11:19] for (end,) in told(result, "contacts", "ended_at")]
    assert ends == ["09:02:00", "09:05:31", "09:08:00", "09:10:00"]
    assert set(told(result, "contacts", "queue_id")) == {("Bills",)}


def test_the_customer_is_who_calls_in_and_who_is_called(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "Call Log.csv", FIVE9)
    keys = dict(customers(path, draft))
    assert keys["1"] == keys["3"]
    assert len(set(keys.values())) == 3
    assert "Is the customer `DNIS` in outbound contacts, and `ANI` in all others" in asked(draft)


def test_calls_of_an_api_have_a_sid_and_legs(tmp_path: Path) -> None:
    at = "Mon, 05 Jan 2026 10:00:00 +0000"
    same = {"to": "+1800", "start_time": at, "end_time": at, "duration": "0", "status": "completed"}
    calls = [
        {"sid": "CA1", "parent_call_sid": None, "from": "+4911", "direction": "inbound"} | same,
        {"sid": "CA2", "parent_call_sid": "CA1", "from": "+1800", "direction": "outbound-dial"} | same,
        {"sid": "CA3", "parent_call_sid": None, "from": "+1800", "direction": "outbound-api"} | same,
    ]
    path, draft = drafted(tmp_path, "Calls.json", json.dumps({"calls": calls, "page": 0}))
    rows = told(tried(path, draft), "contacts", "contact_id", "direction", "channel")
    assert rows == [("CA1", "inbound", "voice"), ("CA2", "outbound", "voice"), ("CA3", "outbound", "voice")]
    assert "`parent_call_sid` names another record: is a record that has it a contact of its own" in asked(draft)


def test_the_address_of_an_agent_is_no_customer(tmp_path: Path) -> None:
    def call(number: int, digits: str, answered: int | None) -> dict[str, object]:
        user = {"id": 21, "name": "Ann", "email": "ann@x.org"} if answered else None
        times = {"started_at": 1767607200, "answered_at": answered, "ended_at": 1767607300}
        return {"id": number, "direction": "inbound", "raw_digits": digits, "user": user} | times

    calls = [call(1, "+33 6 11", 1767607210), call(2, "+33 6 22", None)]
    path, draft = drafted(tmp_path, "aircall.json", json.dumps({"meta": {"total": 2}, "calls": calls}))
    assert len({key for _, key in customers(path, draft)}) == 2
    assert ("1", "connected", "21") in told(
        tried(path, draft), "contact_events", "contact_id", "event_type", "agent_id"
    )


def test_the_number_that_was_called_is_no_customer(tmp_path: Path) -> None:
    def call(number: int, direction: str, who: str, other: str) -> dict[str, object]:
        ways = {"to": {"phoneNumber": other}, "from": {"phoneNumber": who, "name": "A"}, "direction": direction}
        return {"id": f"I{number}", "sessionId": f"{400 + number}", "startTime": "2026-01-05T10:00:00Z"} | ways

    calls = [call(1, "Inbound", "+4911", "+1800"), call(2, "Inbound", "+4922", "+1800")]
    calls.append(call(3, "Outbound", "+1800", "+4911"))
    path, draft = drafted(tmp_path, "call-log.json", json.dumps({"records": calls}))
    keys = dict(customers(path, draft))
    assert keys["401"] == keys["403"] != keys["402"]


def test_an_id_that_all_records_share_is_no_customer(tmp_path: Path) -> None:
    chat = {"properties": {"source": {"client_id": "app"}}, "thread": {"created_at": "2026-01-05T10:00:00.123456Z"}}
    chats = [{"id": f"P{number}", "is_followed": False} | chat for number in range(6)]
    path, draft = drafted(tmp_path, "archives.json", json.dumps({"chats": chats, "found_chats": 6}))
    assert set(told(tried(path, draft), "contacts", "is_identified")) == {(False,)}
    assert "`properties.source.client_id` is one and the same in all records" in asked(draft)


def test_an_id_of_the_record_is_asked_about_as_a_customer(tmp_path: Path) -> None:
    rows = "".join(f"m{number // 2},c{number},2026-01-05 10:00:00\n" for number in range(6))
    _, draft = drafted(tmp_path, "calls.csv", "Call ID,Contact ID,Start\n" + rows)
    assert "`Contact ID` is another one in each record" in asked(draft)


def test_agent_0_is_nobody(tmp_path: Path) -> None:
    text = (
        "Contact_ID,ANI_DIALNUM,Skill_Name,Agent_No,Start_Date,Start_Time,InQueue,Agent_Time\n"
        "500,4930111,Bills,3001,01/25/2026,10:00:00,5,60\n501,4930222,Bills,0,01/25/2026,10:01:00,9,0\n"
    )
    path, draft = drafted(tmp_path, "CallDetail_20260125.csv", text)
    assert events(tried(path, draft)) == [
        ("500", "connected"), ("500", "ended"), ("500", "queued"), ("501", "abandoned"), ("501", "queued"),
    ]  # fmt: skip
    assert "`Agent_No`: is 0 no agent?" in asked(draft)


def test_tickets_are_answered_by_their_first_reply_and_rated_by_its_words(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Source,Agent,Group,Created time,Resolved time,Initial response time,Survey results,Email\n"
        "1,Portal,Ann,No Group,2026-01-05 10:00:00,2026-01-05 12:00:00,2026-01-05 10:30:00,Extremely happy,a@x.org\n"
        "2,Email,No Agent,Bills,2026-01-05 10:00:00,,,,b@x.org\n"
        "3,Facebook,Ann,Bills,2026-01-05 10:00:00,2026-01-05 12:00:00,2026-01-05 11:00:00,Very unhappy,b@x.org\n"
    )
    path, draft = drafted(tmp_path, "tickets_december.csv", text)
    result = tried(path, draft)
    assert (result.quarantined, told(result, "ratings", "contact_id", "stars")) == (0, [("1", 5), ("3", 1)])
    assert [channel for (channel,) in told(result, "contacts", "channel")] == ["web", "email", "other"]
    assert events(result) == [
        ("1", "connected"), ("1", "ended"), ("1", "queued"), ("2", "queued"),
        ("3", "connected"), ("3", "ended"), ("3", "queued"),
    ]  # fmt: skip
    assert "was it no automatic one" in asked(draft)
    assert draft.source is not None
    assert (draft.source["name"], draft.source["mapping"][0]["files"]) == ("tickets", "tickets_*.csv")


def test_a_rating_has_the_time_of_its_own_object(tmp_path: Path) -> None:
    rating = {"rating": 4, "created_at": 1767610000, "teammate": {"id": 8}}
    ticket = {"id": "1", "created_at": 1767607200, "conversation_rating": rating}
    path, draft = drafted(tmp_path, "conversations.json", json.dumps({"conversations": [ticket]}))
    assert [str(at) for (at,) in told(tried(path, draft), "ratings", "rated_at")] == ["2026-01-05 10:46:40+00:00"]


def conversation(name: str, *parts: dict[str, object]) -> dict[str, object]:
    return {
        "type": "conversation", "id": name, "created_at": 1767607200, "admin_assignee_id": 8,
        "contacts": {"contacts": [{"type": "contact", "id": "u1"}]},
        "conversation_parts": {"conversation_parts": list(parts), "total_count": len(parts)},
    }  # fmt: skip


def part(number: int, kind: str, by: str, who: str) -> dict[str, object]:
    author = {"type": by, "id": who, "email": "x@x.org"}
    return {"type": "conversation_part", "id": f"p{number}", "part_type": kind, "created_at": 1767607200 + number,
            "body": "<p>secret</p>", "author": author}  # fmt: skip


def test_messages_within_conversations_are_unrolled_and_no_conversation_is_lost(tmp_path: Path) -> None:
    talked = conversation("1", part(1, "comment", "user", "u1"), part(2, "comment", "admin", "8"))
    closed = conversation("2", part(3, "close", "bot", "b"))
    text = json.dumps({"conversations": [talked, closed, conversation("3")]})
    path, draft = drafted(tmp_path, "conversations.json", text)
    result = tried(path, draft)
    assert result.quarantined == 0
    assert sorted({name for (name,) in told(result, "contacts", "contact_id")}) == ["1", "2", "3"]
    rows = told(result, "messages", "message_id", "contact_id", "sender", "agent_id")
    assert rows == [("p1", "1", "customer", None), ("p2", "1", "agent", "8"), ("p3", "2", "system", None)]
    assert "`conversation_parts.conversation_parts` is unrolled" in asked(draft)
    assert "`part_type` is `close`, `comment`: which of them are messages" in asked(draft)
    assert "`contacts.contacts` is a list" in asked(draft)
    assert "secret" not in draft.text


CMS = (
    "Call Records\nDate: 1/5/2026\n\n"
    "Call ID\tDate\tStart Time\tStop Time\tCalling Pty\tDisposition\tWait Time\tSplit/Skill\tAns Login ID\tTalk Time\n"
    "101\t1/5/2026\t9:00:00 AM\t9:01:07 AM\t4930111\tAnswered\t:07\tSupport\t3001\t1:00\n"
    "102\t1/5/2026\t1:00:00 PM\t1:00:40 PM\t4930222\tAbandon\t:40\tSupport\t\t\n"
)


def test_a_report_of_a_switch_leaves_out_the_minutes(tmp_path: Path) -> None:
    path, draft = drafted(tmp_path, "cms.txt", CMS)
    rows = told(tried(path, draft), "contact_events", "contact_id", "event_type", "occurred_at", "agent_id")
    times = [(one, event, str(at)[:19], agent) for one, event, at, agent in rows]
    # Halves of a day are American: the 5th of January.
    assert ("101", "connected", "2026-01-05 08:00:07", "3001") in times
    assert ("101", "ended", "2026-01-05 08:01:07", None) in times


def test_an_id_may_be_made_of_several(tmp_path: Path) -> None:
    text = (
        "Node ID - Session ID - Sequence No.,Start Time,End Time,Originator DN (Calling Number),CSQ Names,Agent Name\n"
        "1-170-0,1/25/26 9:00:00 AM,1/25/26 9:05:00 AM,4930111,Support,Ann\n"
    )
    path, draft = drafted(tmp_path, "ccdr.csv", text)
    rows = told(tried(path, draft), "contacts", "contact_id", "queue_id", "is_identified")
    assert rows == [("1-170-0", "Support", True)]


def test_a_direction_of_its_own_goes_before_a_type_of_call(tmp_path: Path) -> None:
    text = (
        "Call Type,Interaction ID,Direction,Start Time,End Time,Wait Time,Agent Email\n"
        "abandoned,a1,IN,01/25/2026 10:00,01/25/2026 10:00,30,\n"
        "inbound,a2,IN,01/25/2026 10:00,01/25/2026 10:01,49,a@x.org\n"
    )
    path, draft = drafted(tmp_path, "calls.csv", text)
    result = tried(path, draft)
    assert (result.quarantined, result.rows["contacts"]) == (0, 2)
    assert "`Start Time` has no seconds" in asked(draft)


def test_of_two_starts_the_one_that_all_have_is_of_the_waiting(tmp_path: Path) -> None:
    text = (
        "会话ID,用户ID,进入时间,会话开始时间,会话结束时间,会话时长,客服组,接待客服\n"
        "1,u1,2026/1/5 10:00:00,2026/1/5 10:00:20,2026/1/5 10:05:20,5分0秒,售后组,小王\n"
        "2,u2,2026/1/5 10:00:00,,2026/1/5 10:00:50,50秒,售后组,\n"
    )
    path, draft = drafted(tmp_path, "会话记录.csv", text, "gb18030")
    result = tried(path, draft)
    rows = told(result, "contact_events", "contact_id", "event_type", "agent_id", "queue_id")
    assert result.quarantined == 0
    assert sorted(rows, key=str) == [
        ("1", "connected", "小王", "售后组"), ("1", "ended", None, None), ("1", "queued", None, "售后组"),
        ("2", "abandoned", None, None), ("2", "queued", None, "售后组"),
    ]  # fmt: skip
    assert "`会话开始时间` stands only in some records: is it when an agent answered?" in asked(draft)


def test_a_name_may_say_in_brackets_of_what_it_is(tmp_path: Path) -> None:
    text = "Ticket Id,Ticket Owner,Email,Created Time (Ticket)\n1,Ann,a@x.org,05 Jan 2026 10:00 AM\n"
    path, draft = drafted(tmp_path, "Tickets__1.csv", text, "utf-16")
    assert [str(at) for (at,) in told(tried(path, draft), "contacts", "started_at")] == ["2026-01-05 09:00:00+00:00"]


def test_a_table_without_a_header_is_drafted_by_the_names_given(tmp_path: Path) -> None:
    path = tmp_path / "Master.csv"
    path.write_text('"Ann","4930111","5000","2026-01-05 10:00:00","","2026-01-05 10:00:30","u-1"\n', encoding="utf-8")
    names = (
        "caller name",
        "caller id number",
        "destination number",
        "start_stamp",
        "answer_stamp",
        "end_stamp",
        "uuid",
    )
    looked = look_at(path, columns=names)
    draft = draft_of(looked, columns_of(looked))
    result = tried(path, draft)
    assert told(result, "contacts", "contact_id", "is_identified") == [("u-1", True)]
    assert draft.source is not None
    assert draft.source["mapping"][0]["columns"] == list(names)


@pytest.mark.parametrize(("today", "form"), [("2026-01-06", "%m/%d/%Y"), ("2026-05-02", "%d/%m/%Y")])
def test_a_day_that_lies_ahead_is_read_the_other_way(monkeypatch: pytest.MonkeyPatch, today: str, form: str) -> None:

    monkeypatch.setattr(holds, "_now", lambda: today)
    assert holds.column_of("Date", pl.Series(["1/5/2026", "1/5/2026"])).form == form


def test_messages_are_of_who_wrote_them_and_not_of_whose_conversation_it_is(tmp_path: Path) -> None:
    text = (
        "Message ID,Conversation ID,Direction,Message date,Author,Assignee\n"
        "m1,c1,Inbound,01/25/2026 10:00:00,,amy@x.org\n"
        "m2,c1,Outbound,01/25/2026 10:01:00,bob@x.org,amy@x.org\n"
    )
    path, draft = drafted(tmp_path, "front.csv", text)
    rows = told(tried(path, draft), "messages", "message_id", "sender", "agent_id")
    assert rows == [("m1", "customer", None), ("m2", "agent", "bob@x.org")]
    assert "are all messages that go out of agents" in asked(draft)


def test_calls_with_a_direction_and_an_id_are_no_messages(tmp_path: Path) -> None:
    text = "id,call_id,direction,created_at\n1,c1,inbound,2026-01-05T10:00:00Z\n2,c2,outbound,2026-01-05T10:00:00Z\n"
    path, draft = drafted(tmp_path, "calls.csv", text)
    assert dict(tried(path, draft).rows) == {"contacts": 2}


def test_messages_of_an_archive_name_who_sent_them_and_what_he_is(tmp_path: Path) -> None:
    text = (
        "消息ID,会话ID,发送人,发送人类型,发送时间\n"
        "m1,s1,wmABC,客户,2026/01/05 10:00\nm2,s1,zhangsan,员工,2026/01/05 10:01\n"
    )
    path, draft = drafted(tmp_path, "会话存档.csv", text)
    rows = told(tried(path, draft), "messages", "message_id", "sender", "agent_id")
    assert rows == [("m1", "customer", None), ("m2", "agent", "zhangsan")]


def test_dates_that_say_first_that_they_are_dates_are_read(tmp_path: Path) -> None:
    text = (
        "call_id,direction,date_started,date_connected,date_ended,external_number,operator_name\n"
        "1,inbound,2026-01-05T10:00:00Z,2026-01-05T10:00:15Z,2026-01-05T10:03:00Z,+4911,Amy Lee\n"
        "2,inbound,2026-01-05T10:07:00Z,,2026-01-05T10:07:20Z,+4922,\n"
    )
    path, draft = drafted(tmp_path, "dialpad.csv", text)
    result = tried(path, draft)
    assert events(result) == [
        ("1", "connected"), ("1", "ended"), ("1", "queued"), ("2", "abandoned"), ("2", "queued"),
    ]  # fmt: skip
    rows = told(result, "contact_events", "event_type", "agent_id")
    assert (result.quarantined, ("connected", "Amy Lee") in rows) == (0, True)
    assert len(customers(path, draft)) == 2


def test_tickets_begin_on_the_date_of_their_creation_and_not_of_the_first_reply(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Create date,Close date,Ticket owner,First agent reply date,Associated Contact IDs\n"
        "1,2026-01-05 10:00,2026-01-05 12:00,Amy Lee,2026-01-05 10:05,91\n2,2026-01-05 10:00,,,,92\n"
    )
    path, draft = drafted(tmp_path, "tickets.csv", text)
    result = tried(path, draft)
    assert result.quarantined == 0
    rows = told(result, "contact_events", "contact_id", "event_type", "occurred_at")
    assert ("1", "connected", "2026-01-05 09:05:00") in [(one, event, str(at)[:19]) for one, event, at in rows]
    assert told(result, "contacts", "contact_id", "is_identified") == [("1", True), ("2", True)]


def test_a_chat_of_few_letters_is_read_with_its_messages(tmp_path: Path) -> None:
    at = "2026-01-05T10:00:00Z"
    sent = [{"_id": "m1", "ts": at, "from": "visitor"}, {"_id": "m2", "ts": at, "from": "agent", "agentId": "a1"}]
    chat = {"_id": "c1", "visitor": {"_id": "v1"}, "servedBy": {"username": "amy"}, "ts": at, "closedAt": at}
    unanswered = {"_id": "c2", "visitor": {"_id": "v2"}, "ts": at, "closedAt": at, "messages": []}
    path, draft = drafted(tmp_path, "chats.jsonl", lines_of([chat | {"messages": sent}, unanswered]))
    result = tried(path, draft)
    assert sorted({one for (one,) in told(result, "contacts", "contact_id")}) == ["c1", "c2"]
    rows = told(result, "messages", "message_id", "contact_id", "sender", "agent_id")
    assert rows == [("m1", "c1", "customer", None), ("m2", "c1", "agent", "a1")]


def test_states_of_agents_begin_with_a_transition(tmp_path: Path) -> None:
    text = (
        "Agent Name,Agent ID,State Transition Time,Agent State,Duration\n"
        "Amy Lee,alee,01/25/2026 09:00:00 AM,Ready,00:10:00\nAmy Lee,alee,01/25/2026 09:10:00 AM,Work,00:01:00\n"
    )
    path, draft = drafted(tmp_path, "agent_state_detail.csv", text)
    assert [state for (state,) in told(tried(path, draft), "agent_states", "state")] == ["ready", "wrap_up"]


def test_the_group_of_a_skill_goes_before_that_of_people(tmp_path: Path) -> None:
    text = "通话编号,进线时间,坐席组,技能组\n1,2026-01-05 10:00:00,客服一组,售后\n"
    path, draft = drafted(tmp_path, "通话记录.csv", text)
    assert told(tried(path, draft), "contacts", "queue_id") == [("售后",)]
