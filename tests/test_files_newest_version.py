"""The warehouse keeps the newest version of a row: by what its source says, then by the order of receipt."""

from __future__ import annotations

import re

import pytest

from orchestration.home.names import natural_sql
from orchestration.home.paths import CHECKOUT
from tests.support.contact_rows import Day, Row
from tests.support.raw_rows import RawHome

DAY = Day("2026-01-05")
EIGHT, NINE = 8 * 3600, 9 * 3600


def ticket(name: str, status: str, version: int | None = None) -> Row:
    return DAY.contact(name, EIGHT) | {"end_reason": status, "record_version": version}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = RawHome(tmp_path_factory.mktemp("versions"))
    built.source("zd", channel="email")
    # As an API pages them: 77 was open on page 9 and solved on page 10; 78 was solved, then opened again; of 79 the
    # older version stands on the later line, as where pages overlap.
    built.add("contacts", [ticket("77", "open", 10)], "zd", file_name="page_9.jsonl")
    page_10 = [
        ticket("77", "solved", 12),
        ticket("78", "solved", 12),
        ticket("78", "open", 13),
        ticket("79", "solved", 9),
        ticket("79", "open", 8),
    ]
    built.add("contacts", page_10, "zd", file_name="page_10.jsonl")
    # A version of the day before that came late does not count, nor does what says no version.
    built.add("contacts", [ticket("80", "solved", 5)], "zd", landing_day="2026-01-06", file_name="a.jsonl")
    built.add("contacts", [ticket("80", "open", 4)], "zd", landing_day="2026-01-07", file_name="a.jsonl")
    built.add("contacts", [ticket("80", "lost")], "zd", landing_day="2026-01-08", file_name="a.jsonl")
    # What was open, solved and open again is open.
    built.add("contacts", [ticket("81", "open", 1), ticket("81", "solved", 2), ticket("81", "open", 3)], "zd")
    built.source("plain", channel="email")
    built.add("contacts", [ticket("1", "open")], "plain", file_name="page_9.csv")
    built.add("contacts", [ticket("1", "solved")], "plain", file_name="page_10.csv")
    built.build("stg_contacts", "int_feed__reconciliation")
    return built


@pytest.mark.parametrize(
    ("source", "contact", "status"),
    [
        ("zd", "77", "solved"),
        ("zd", "78", "open"),
        ("zd", "79", "solved"),
        ("zd", "80", "solved"),
        ("zd", "81", "open"),
        ("plain", "1", "solved"),
    ],
)
def test_the_newest_version_counts(home: RawHome, source: str, contact: str, status: str) -> None:
    found = home.query(
        f"select end_reason from staging.stg_contacts where source_id = '{source}' and contact_id = '{contact}'"  # noqa: S608
    )
    assert found == [(status,)]


def test_every_row_that_does_not_count_is_counted(home: RawHome) -> None:
    found = home.query(
        "select sum(accepted_rows), sum(kept_rows), sum(duplicate_rows), sum(superseded_rows)"
        " from intermediate.int_feed__reconciliation where source_id = 'zd'"
    )
    assert [tuple(map(int, row)) for row in found] == [(12, 5, 1, 6)]


def test_the_warehouse_orders_names_as_the_landing_step_does() -> None:
    macro = (CHECKOUT / "dbt_project" / "macros" / "receipt.sql").read_text(encoding="utf-8")
    assert re.sub(r"\s+", "", natural_sql("file_name")) in re.sub(r"\s+", "", macro)
