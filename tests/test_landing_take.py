"""Taking files: the same rows whatever the form of the file, once each."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard

from orchestration.door.values import ValidationDepthError
from orchestration.landing.parts import part_schema
from orchestration.landing.taking import ensure_empty_parts, find_new_files, misplaced, recover
from schemas import FEEDS
from tests.support.killed import assert_nothing_else
from tests.support.land_home import CONTACTS_HEADER, DAY, GOOD_CONTACT, GOOD_MESSAGE, MESSAGES_HEADER, LandHome

SECOND_MESSAGE = "m2,c1,2026-01-05T08:00:09.25Z,agent,a1,true,7\n"
MESSAGES = MESSAGES_HEADER + GOOD_MESSAGE + SECOND_MESSAGE
THIRD_MESSAGE = SECOND_MESSAGE.replace("m2,", "m3,")
LATER = date(2026, 1, 6)


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def as_jsonl(text: str) -> bytes:
    return pl.read_csv(text.encode(), infer_schema=False).write_ndjson().encode()


def as_parquet(text: str) -> bytes:
    typed = pl.read_csv(text.encode(), infer_schema=False).with_columns(
        pl.col("sent_at").str.to_datetime("%+", time_zone="UTC"),
        pl.col("length").cast(pl.Int32),
        pl.col("is_manual") == "true",
    )
    buffer = io.BytesIO()
    typed.write_parquet(buffer)
    return buffer.getvalue()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor().compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("packing", PACKINGS)
def test_every_form_of_a_feed_file_gives_the_same_rows(home: LandHome, form: str, packing: str) -> None:
    content = {"csv": str.encode, "jsonl": as_jsonl, "parquet": as_parquet}[form](MESSAGES)
    record = home.take(f"messages_eu.{form}{packing}", PACKINGS[packing](content))
    assert (record.state, record.records_accepted, record.message) == ("taken", 2, None)
    rows = home.rows("messages").select(list(FEEDS["messages"].model.to_schema().columns)).rows()
    assert rows == [
        ("m1", "c1", datetime(2026, 1, 5, 8, tzinfo=UTC), "customer", None, True, 5),
        ("m2", "c1", datetime(2026, 1, 5, 8, 0, 9, 250_000, tzinfo=UTC), "agent", "a1", True, 7),
    ]


def test_a_parquet_float_in_a_whole_number_column_is_not_rounded(home: LandHome) -> None:
    frame = pl.read_csv(MESSAGES.encode(), infer_schema=False).with_columns(pl.Series("length", [5.0, 12.9]))
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    home.take("messages.parquet", buffer.getvalue())
    assert home.findings() == [(1, "length", "not_a_whole_number", "5.0"), (2, "length", "not_a_whole_number", "12.9")]


def test_rows_carry_their_origin(home: LandHome) -> None:
    record = home.take("messages.csv", MESSAGES_HEADER + "\n" + GOOD_MESSAGE)
    row = home.rows("messages").to_dicts()[0]
    assert row["source_id"] == "desk"
    assert row["landing_day"] == date(2026, 1, 5)
    assert (row["file_name"], row["file_hash"]) == ("messages.csv", record.file_hash)
    assert (row["record_number"], row["line_number"], row["row_in_record"]) == (1, 3, 0)


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        ("contacts.csv", "contacts"),
        ("contacts_2026-01.csv", "contacts"),
        ("contact_events.csv", "contact_events"),
        ("Contact_Events-eu.csv", "contact_events"),
        ("quality_review_items1.csv", "quality_review_items"),
        ("teams.csv", "teams"),
    ],
)
def test_the_longest_feed_name_that_begins_the_file_name_wins(home: LandHome, name: str, feed: str) -> None:
    header = ",".join(FEEDS[feed].model.to_schema().columns)
    record = home.take(name, header.replace(",is_identified,is_test_caller", "") + "\n")
    assert f":{feed}:" in record.adapter_fingerprint
    assert record.state == "taken"


def test_a_part_is_named_after_source_content_and_utc_date(tmp_path: Path) -> None:
    home = LandHome(tmp_path, settings="time_zone: Asia/Shanghai")
    record = home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE.replace("T08:00:00Z", " 07:59:59"))
    [part] = record.parts
    assert re.fullmatch(
        rf"messages/event_date=2026-01-04/desk--{record.file_hash[:16]}-[0-9a-f]{{8}}\.parquet", part.name
    )
    content = (home.home.raw / part.name).read_bytes()
    assert (part.byte_count, part.digest) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_feed_without_times_lies_under_its_landing_day(home: LandHome) -> None:
    record = home.take("teams.csv", "team_id,name,valid_from\nt1,North,2020-01-01\n")
    assert record.parts[0].name.startswith("teams/event_date=2026-01-05/")


def test_a_taken_file_is_not_new_again_and_changes_nothing(home: LandHome) -> None:
    path = home.drop("messages.csv", MESSAGES)
    first = home.take_all()["messages.csv"]
    assert find_new_files(home.home, home.centre) == []
    os.utime(path, (1_700_000_000, 1_700_000_000))
    again = home.take_all()["messages.csv"]
    assert again == first
    assert find_new_files(home.home, home.centre) == []


def test_the_same_content_under_another_name_adds_nothing(home: LandHome) -> None:
    home.take("messages.csv", MESSAGES)
    record = home.take("messages_copy.csv", MESSAGES, day=LATER)
    assert (record.state, record.records_read, record.parts) == ("same_content", 0, ())
    assert "2026-01-05/messages.csv" in (record.message or "")
    assert len(home.rows("messages")) == 2


def test_a_changed_file_replaces_what_it_gave_before(home: LandHome) -> None:
    home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE + "broken\n")
    assert len(home.findings()) == 1
    home.take("messages.csv", MESSAGES_HEADER + SECOND_MESSAGE)
    assert home.column("messages", "message_id") == ["m2"]
    assert home.findings() == []
    assert len(home.ledger()) == 1


def test_a_copy_takes_over_when_the_file_that_it_copied_changes(home: LandHome) -> None:
    home.take("messages.csv", MESSAGES)
    home.take("messages_copy.csv", MESSAGES, day=LATER)
    home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE)
    states = {(record.landing_day.day, record.file_name): record.state for record in home.ledger()}
    assert states == {(5, "messages.csv"): "taken", (6, "messages_copy.csv"): "taken"}
    assert home.column("messages", "message_id") == ["m1", "m1", "m2"]


def test_the_same_content_counts_under_the_later_day_if_it_came_too_early_for_some_records(home: LandHome) -> None:
    late = MESSAGES_HEADER + GOOD_MESSAGE + SECOND_MESSAGE.replace("2026-01-05", "2026-01-19")
    assert home.take("messages.csv", late).records_quarantined == 1
    assert home.take("messages_early.csv", late, day=date(2026, 1, 4)).state == "same_content"
    record = home.take("messages_again.csv", late, day=date(2026, 1, 20))
    assert (record.state, record.records_accepted, record.records_quarantined) == ("taken", 2, 0)
    states = {record.file_name: record.state for record in home.ledger()}
    assert states == {
        "messages.csv": "same_content",
        "messages_early.csv": "same_content",
        "messages_again.csv": "taken",
    }
    assert home.column("messages", "message_id") == ["m1", "m2"]
    assert home.findings() == []
    assert home.take("messages_last.csv", late, day=date(2026, 1, 21)).state == "same_content"


@pytest.mark.parametrize("changed", [MESSAGES_HEADER + THIRD_MESSAGE, "no header of any feed\n"])
def test_rows_that_a_changed_file_gave_stay_with_its_copy_that_is_gone(home: LandHome, changed: str) -> None:
    content = MESSAGES + "broken\n"
    home.take("messages.csv", content)
    home.take("messages_copy.csv", content, day=LATER)
    (home.home.landing / "desk" / LATER.isoformat() / "messages_copy.csv").unlink()
    home.take("messages.csv", changed)
    origins = {
        (row["message_id"], row["landing_day"], row["file_name"]) for row in home.rows("messages").rows(named=True)
    }
    kept = {(name, LATER, "messages_copy.csv") for name in ("m1", "m2")}
    assert origins == kept | ({("m3", DAY, "messages.csv")} if "m3" in changed else set())
    [found] = [row for row in home.quarantine() if row["line_number"] == 4]
    assert (found["landing_day"], found["file_name"]) == (LATER, "messages_copy.csv")
    [copy] = [record for record in home.ledger() if record.file_name == "messages_copy.csv"]
    assert (copy.state, copy.records_read, copy.records_accepted, copy.records_quarantined) == ("taken", 3, 2, 1)
    assert_nothing_else(home)


def test_a_changed_setting_takes_the_file_again(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    home.take_all()
    assert home.column("contacts", "is_test_caller") == [False]
    home.settings = "time_zone: Asia/Shanghai\ntest_callers: [u1]"
    home.take_all()
    assert home.column("contacts", "is_test_caller") == [True]


@pytest.mark.parametrize("is_gone_first", [True, False], ids=["the first is gone", "the second is gone"])
def test_of_the_same_bytes_under_other_settings_the_file_that_lies_there_counts(
    tmp_path: Path, *, is_gone_first: bool
) -> None:
    home = LandHome(tmp_path)
    names = ["contacts.csv", "contacts_copy.csv"]
    gone, left = names if is_gone_first else reversed(names)
    paths = {name: home.drop(name, CONTACTS_HEADER + GOOD_CONTACT) for name in names}
    home.take_all()
    paths[gone].unlink()
    home.settings = "time_zone: Asia/Shanghai\ntest_callers: [u1]"
    home.take_all()
    assert home.rows("contacts").select("file_name", "is_test_caller").rows() == [(left, True)]
    assert {record.file_name: record.state for record in home.ledger()} == {gone: "same_content", left: "taken"}
    assert find_new_files(home.home, home.centre) == []
    assert_nothing_else(home)


def test_a_file_that_is_gone_keeps_records_that_came_too_early_for_the_one_that_lies_there(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    late = CONTACTS_HEADER + GOOD_CONTACT + GOOD_CONTACT.replace("c1,", "c2,").replace("2026-01-05", "2026-01-19")
    home.drop("contacts.csv", late)
    home.drop("contacts.csv", late, day=date(2026, 1, 20))
    home.take_all()
    (home.home.landing / "desk" / "2026-01-20" / "contacts.csv").unlink()
    home.settings = "time_zone: Asia/Shanghai\ntest_callers: [u1]"
    home.take_all()
    assert {record.landing_day.day: record.records_accepted for record in home.ledger()} == {5: 1, 20: 2}


def test_files_that_are_not_finished_wait(home: LandHome) -> None:
    for name in ("messages.csv.part", "messages.csv.tmp", ".messages.csv"):
        home.drop(name, MESSAGES)
    fresh = home.drop("messages.csv", MESSAGES)
    os.utime(fresh)
    assert find_new_files(home.home, home.centre) == []
    os.utime(fresh, (1_700_000_000, 1_700_000_000))
    assert [file.name for file in find_new_files(home.home, home.centre)] == ["messages.csv"]


def test_files_are_found_in_the_order_of_receipt(home: LandHome) -> None:
    home.drop("messages.csv", MESSAGES, day=LATER)
    home.drop("ratings.csv", "")
    home.drop("contacts.csv", "")
    found = [(file.day.day, file.name) for file in find_new_files(home.home, home.centre)]
    assert found == [(5, "contacts.csv"), (5, "ratings.csv"), (6, "messages.csv")]


def test_what_lies_where_no_run_will_take_it_is_told(home: LandHome) -> None:
    home.drop("messages.csv", MESSAGES)
    home.drop("messages.csv", MESSAGES, source="dekstop")
    lost = home.home.landing / "desk"
    for folder in ("20260105", "2026-01-06/inner"):
        (lost / folder).mkdir(parents=True)
    (lost / "messages.csv").write_text(MESSAGES)
    (lost / ".keep").write_text("")
    told = misplaced(home.home, home.centre)
    assert [line.split(":")[0] for line in told] == [
        "landing/dekstop",
        "landing/desk/2026-01-06/inner",
        "landing/desk/20260105",
        "landing/desk/messages.csv",
    ]
    assert all("Remedy: " in line for line in told)
    assert [file.name for file in find_new_files(home.home, home.centre)] == ["messages.csv"]


def test_parts_without_a_ledger_record_are_removed_and_others_stay(home: LandHome) -> None:
    ensure_empty_parts(home.home)
    taken = home.take("messages.csv", MESSAGES)
    orphan = home.home.raw / "messages" / "event_date=2026-01-05" / "desk--0123456789abcdef.parquet"
    orphan.write_bytes((home.home.raw / taken.parts[0].name).read_bytes())
    assert recover(home.home).removed == 1
    assert not orphan.exists()
    assert len(home.rows("messages")) == 2
    assert recover(home.home).removed == 0


def test_a_cut_before_the_ledger_record_leaves_a_file_that_is_taken_again(home: LandHome) -> None:
    home.drop("messages.csv", MESSAGES)
    home.take_all()
    next(home.home.ledger.glob("desk/*/*.json")).unlink()
    assert recover(home.home).removed == 1
    assert home.rows("messages").is_empty()
    home.take_all()
    assert len(home.rows("messages")) == 2


def test_every_feed_has_a_part_without_rows(home: LandHome) -> None:
    ensure_empty_parts(home.home)
    for feed in FEEDS.values():
        part = home.home.raw / feed.name / "event_date=1900-01-01" / "_empty.parquet"
        assert pl.read_parquet(part).is_empty()
        assert pl.read_parquet_schema(part) == part_schema(feed)


def test_a_file_is_told_twice_over_batches_too(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.readers.text.BLOCK_BYTES", 1)
    monkeypatch.setattr("orchestration.readers.bytes.PIECE_BYTES", 60)
    record = home.take("messages.csv", MESSAGES + GOOD_MESSAGE + SECOND_MESSAGE + GOOD_MESSAGE.replace("m1", "m9"))
    assert (record.records_read, record.records_accepted, record.records_duplicate) == (5, 3, 2)
    assert record.is_balanced
    assert record.rows_by_feed == {"messages": 3}
    assert home.column("messages", "record_number") == [1, 2, 5]


def test_the_ledger_says_what_became_of_each_record(home: LandHome) -> None:
    record = home.take("messages.csv", MESSAGES + GOOD_MESSAGE + "broken\n")
    assert record.is_balanced
    counts = (record.records_read, record.records_accepted, record.records_quarantined, record.records_duplicate)
    assert counts == (4, 2, 1, 1)
    assert (record.first_at, record.last_at) == (
        datetime(2026, 1, 5, 8, tzinfo=UTC),
        datetime(2026, 1, 5, 8, 0, 9, 250_000, tzinfo=UTC),
    )
    written = json.loads(next(home.home.ledger.glob("desk/2026-01-05/*.json")).read_text())
    assert written["rows_by_feed"] == {"messages": 2}
    assert written["byte_count"] == len(MESSAGES + GOOD_MESSAGE + "broken\n")
    assert home.ledger() == [record]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_ledger_says_which_columns_of_the_contract_a_file_has(home: LandHome, form: str) -> None:
    content = {"csv": str.encode, "jsonl": as_jsonl, "parquet": as_parquet}[form]
    told = {"messages": ["agent_id", "contact_id", "is_manual", "length", "message_id", "sender", "sent_at"]}
    assert home.take(f"messages.{form}", content(MESSAGES)).columns_by_feed == told
    # A file of a day on which nothing happened has them too.
    short = "message_id,contact_id,sent_at,sender,is_manual\n"
    for number, row in enumerate(("", "m5,c1,2026-01-05T08:00:00Z,customer,true\n")):
        found = home.take(f"messages_{number}.csv", short + row).columns_by_feed
        assert found == {"messages": ["contact_id", "is_manual", "message_id", "sender", "sent_at"]}


def test_a_shallow_validation_is_refused(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY")
    with pytest.raises(ValidationDepthError, match="SCHEMA_ONLY"):
        home.take("messages.csv", MESSAGES)


def test_the_channel_of_a_contact_defaults_to_its_source(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources="- {name: desk, kind: feed, channel: email}")
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("web", "") + GOOD_CONTACT.replace("c1", "c2"))
    assert home.column("contacts", "channel") == ["email", "web"]
