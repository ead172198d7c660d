"""Parquet files with what Arrow can hold and a record can't: each costs its record or its file, never the centre."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.land_home import GOOD_MESSAGE, MESSAGES_HEADER, LandHome

START = "2026-01-05T08:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path, sources="- {name: desk, kind: feed, channel: web}")


def parquet(**columns: Any) -> bytes:
    """Two contacts with the columns given; the others are sound."""
    sound = {"contact_id": pa.array(["c1", "c2"]), "direction": ["inbound"] * 2, "started_at": [START] * 2}
    return written(pa.table(sound | columns))


def written(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def latin_1(*values: str) -> pa.Array:
    """Bytes that call themselves text and are not UTF-8."""
    encoded = pa.array([value.encode("latin-1") for value in values], pa.binary())
    return pa.Array.from_buffers(pa.string(), len(encoded), encoded.buffers())


NESTED, UNREADABLE, ENCODING, RANGE = "nested_value", "unreadable_type", "encoding", "out_of_range"


@pytest.mark.parametrize(
    ("column", "values", "check"),
    [
        ("contact_id", latin_1("Zoé", "c2"), ENCODING),
        ("customer_id", latin_1("Zoé", ""), ENCODING),
        ("customer_id", pa.array([b"abc", None], pa.binary(3)), NESTED),
        ("customer_id", pa.array([b"abc", None], pa.binary()), NESTED),
        ("customer_id", pa.array([["abc"], None]), NESTED),
        ("customer_id", pa.array([{"id": "abc"}, None]), NESTED),
        ("customer_id", pa.array([timedelta(seconds=5), None], pa.duration("s")), UNREADABLE),
        ("customer_id", pa.array([Decimal("4917.5"), None], pa.decimal256(60, 5)), UNREADABLE),
        ("started_at", pa.array([2**62, 1_767_600_000_000_000], pa.timestamp("us", tz="UTC")), RANGE),
        ("started_at", pa.array([2**62, 1_767_600_000_000], pa.timestamp("ms", tz="Mars/Olympus")), RANGE),
        ("started_at", pa.array([-(2**62), 1_767_600_000_000_000], pa.timestamp("us")), RANGE),
    ],
)
def test_what_is_no_value_costs_its_record(home: LandHome, column: str, values: pa.Array, check: str) -> None:
    record = home.take("contacts.parquet", parquet(**{column: values}))
    assert home.column("contacts", "contact_id") == ["c2"]
    assert home.findings() == [(1, column, check, None)]
    assert (record.state, record.records_read, record.records_quarantined) == ("taken", 2, 1)
    assert len(home.quarantine()[0]["remedy"]) > 10


def test_six_customers_whose_ids_are_bytes_do_not_become_one(home: LandHome) -> None:
    table = pa.table(
        {
            "contact_id": [f"c{n}" for n in range(6)],
            "customer_id": pa.array([f"u{n}".encode() for n in range(6)], pa.binary()),
            "direction": ["inbound"] * 6,
            "started_at": [START] * 6,
        }
    )
    record = home.take("contacts.parquet", written(table))
    assert (record.records_accepted, record.records_quarantined) == (0, 6)


def test_instants_of_every_unit_are_the_same_instant(home: LandHome) -> None:
    for unit, one in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)):
        times = pa.array([1_767_600_000 * one] * 2, pa.timestamp(unit, tz="Asia/Shanghai"))
        home.take(f"contacts_{unit}.parquet", parquet(started_at=times))
    assert {str(instant) for instant in home.column("contacts", "started_at")} == {"2026-01-05 08:00:00+00:00"}
    assert home.findings() == []


def test_an_instant_where_a_flag_belongs_costs_its_record(home: LandHome) -> None:
    instants = pa.array([1_767_600_000, None], pa.timestamp("s", tz="UTC"))
    home.take("contacts.parquet", parquet(is_test=instants))
    assert home.column("contacts", "contact_id") == ["c2"]
    assert [(line, field, check) for line, field, check, _ in home.findings()] == [(1, "is_test", "not_a_flag")]


def test_two_columns_of_one_name_fail_the_file_by_that_name(home: LandHome) -> None:
    columns = [pa.array(["c1"]), pa.array(["c2"]), pa.array(["inbound"]), pa.array([START])]
    table = pa.Table.from_arrays(columns, names=["contact_id", "contact_id", "direction", "started_at"])
    record = home.take("contacts.parquet", written(table))
    assert record.state == "failed"
    assert home.findings() == [(1, "contact_id", "duplicate_column", None)]


def test_a_file_of_oddities_does_not_hold_up_its_neighbour(home: LandHome) -> None:
    home.drop("contacts_1.parquet", parquet(contact_id=latin_1("é", "ü")))
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE)
    records = home.take_all()
    assert records["contacts_1.parquet"].records_quarantined == 2
    assert records["messages.csv"].records_accepted == 1


class Panic(BaseException):
    """What a panic of a Rust library is in Python: no Exception."""


@pytest.mark.parametrize("error", [Panic("Anna 491701"), ValueError("Anna 491701"), MemoryError(), RecursionError()])
def test_whatever_a_reader_raises_is_that_files_failure_and_quotes_nothing(
    home: LandHome, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def raise_it(*_: object) -> None:
        raise error

    monkeypatch.setattr("orchestration.sources.feed.parquet_records", raise_it)
    home.drop("contacts.parquet", parquet())
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE)
    records = home.take_all()
    assert (records["contacts.parquet"].state, records["messages.csv"].state) == ("failed", "taken")
    assert [check for _, _, check, _ in home.findings()] == ["reader_failed"]
    assert type(error).__name__ in (records["contacts.parquet"].message or "")
    assert "Anna" not in str(home.quarantine())
