"""Whole exports in the forms in which systems write them: records, rows and what is told, all worked by hand."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.support.land_home import LandHome
from tests.support.workbooks import xlsx

NO_HEADER = """
- name: pbx
  kind: files
  channel: voice
  time_zone: Europe/Berlin
  mapping:
    - files: cdr*.log
      format: csv
      columns: [history, callid, duration, start, answered, end, reason, from-no, to-no, from-dn, to-dn, chain, rest]
      feeds:
        contacts:
          contact_id: callid
          customer_id: from-no
          direction: {constant: inbound}
          started_at: {column: start, time_format: '%Y/%m/%d %H:%M:%S'}
        contact_events:
          contact_id: callid
          occurred_at: {column: answered, time_format: '%Y/%m/%d %H:%M:%S'}
          event_type: {constant: connected}
          agent_id: to-dn
          talk_seconds: {column: duration, duration: 'HH:MM:SS'}
"""
CALLS = (
    "Call 1001,00000147_1,00:01:15,2026/01/05 09:00:00,2026/01/05 09:00:12,2026/01/05 09:01:27,"
    "Src,49301,Ext.101,1,101,Chain,\n"
    "Call 1003,00000149_3,,2026/01/05 09:10:00,,2026/01/05 09:10:31,Src,49303,Ext.800,1,800,Chain: 10000;800;,\n"
)


def test_call_records_without_a_header_keep_the_call_that_nobody_answered(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=NO_HEADER)
    record = home.take("cdr_20260105.log", CALLS, source="pbx")
    assert home.column("contacts", "contact_id") == ["00000147_1", "00000149_3"]
    events = home.rows("contact_events").select("contact_id", "agent_id", "talk_seconds").rows()
    assert [(contact, agent, float(talk)) for contact, agent, talk in events] == [("00000147_1", "101", 75.0)]
    assert (record.records_accepted, record.is_balanced, home.findings()) == (2, True, [])


CONTACT_RECORDS = """
- name: connect
  kind: files
  channel: voice
  mapping:
    - files: 'ctr*'
      format: json
      feeds:
        contacts: {contact_id: Id, customer_id: Customer.Address, direction: {constant: inbound}, started_at: Started}
        contact_events:
          - {contact_id: Id, occurred_at: Queue.Enqueued, event_type: {constant: queued}, queue_id: Queue.Name}
          - {contact_id: Id, occurred_at: Agent.Connected, event_type: {constant: connected}, agent_id: Agent.Name}
          - where: {Agent.Name: {filled: false}}
            columns: {contact_id: Id, occurred_at: Ended, event_type: {constant: abandoned}}
"""


@pytest.mark.parametrize("between", ["", "\n"])
def test_nested_contact_records_give_what_happened_in_them(tmp_path: Path, between: str) -> None:
    home = LandHome(tmp_path, sources=CONTACT_RECORDS)
    queue = {"Name": "Billing", "Enqueued": "2026-01-05T15:00:00Z"}
    answered = {"Agent": {"Name": "kim", "Connected": "2026-01-05T15:00:12Z"}, "Ended": "2026-01-05T15:05:12Z"}
    lost = {"Agent": None, "Ended": "2026-01-05T15:10:40Z"}
    calls = [
        {"Id": f"ctr-{at}", "Customer": {"Address": "+1555"}, "Started": queue["Enqueued"], "Queue": queue} | more
        for at, more in enumerate([answered, lost], start=1)
    ]
    home.take("ctr-2026-01-05", between.join(map(json.dumps, calls)), source="connect")
    rows = home.rows("contact_events").sort("record_number", "row_in_record")
    assert rows.select("contact_id", "event_type", "queue_id", "agent_id").rows() == [
        ("ctr-1", "queued", "Billing", None),
        ("ctr-1", "connected", None, "kim"),
        ("ctr-2", "queued", "Billing", None),
        ("ctr-2", "abandoned", None, None),
    ]


DESK = """
- name: desk
  kind: files
  channel: web
  time_zone: Europe/London
  mapping:
    - files: 'tickets*'
      feeds:
        contacts: {contact_id: Ticket ID, customer_id: Requester, direction: {constant: inbound}, started_at: Created}
"""
HEADER = "Ticket ID,Created,Requester\n"
PAGE = b"<html><body><table><tr><td>Ticket ID</td></tr></table></body></html>"


def test_one_drop_of_a_desk_in_every_form_that_people_save(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=DESK)
    rows = [f"T{number},2026-01-05 1{number}:00:00,c{number}\n" for number in range(6)]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("tickets_feb.csv", HEADER + rows[1])
    home.drop("tickets_jan.xlsx", xlsx({1: HEADER.strip().split(","), 2: rows[0].strip().split(",")}))
    home.drop("feb.zip", written.getvalue())
    home.drop("tickets_mar.xls", PAGE)
    home.drop("tickets_apr.csv.gz", gzip.compress((HEADER + rows[3]).encode()) + gzip.compress(rows[4].encode()))
    records = home.take_all()
    assert sorted(home.column("contacts", "contact_id")) == ["T0", "T1", "T3", "T4"]
    assert [name for name, record in records.items() if record.state == "failed"] == ["tickets_mar.xls"]
    assert "web page" in (records["tickets_mar.xls"].message or "")


def test_a_form_that_a_rule_declares_and_a_file_does_not_have_is_told_by_its_own_name(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=DESK.replace("files: 'tickets*'", "files: 'tickets*'\n      format: csv"))
    book = home.take("tickets.xlsx", xlsx({1: ["Ticket ID"]}), source="desk")
    page = home.take("tickets.xls", PAGE, source="desk")
    assert "Leave `format` out" in (book.message or "")
    assert "a web page (HTML)" in (page.message or "")
    assert [check for _, _, check, _ in home.findings()] == ["not_text", "not_text"]


def test_an_object_around_the_records_is_told_once_with_what_to_write(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=DESK)
    record = home.take("tickets.json", json.dumps({"tickets": [{"Ticket ID": "T1"}], "next_page": None}), source="desk")
    assert "one JSON object" in (record.message or "")
    (row,) = [row for row in home.quarantine() if row["record_number"] is None]
    assert (row["check_name"], "`records: data.items`" in row["remedy"]) == ("one_object", True)
