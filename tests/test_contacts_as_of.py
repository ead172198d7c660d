"""How far the data reach: "now" is the latest instant of contacts and of what agents did, never the clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from orchestration.warehouse.history.shape import RETENTION
from tests.support.people_cases import add_chat, at
from tests.support.raw_rows import RawHome

REVIEW = {
    "review_id": "r",
    "agent_id": "ann",
    "reviewer_id": "rex",
    "score": "99",
    "reviewed_at": at("2026-07-20 12:00"),
}


@pytest.mark.parametrize(
    ("with_chat", "as_of", "dates"),
    [
        # A review of July does not say that the contacts of June and July are all there.
        (True, "2026-06-01 09:05:00", ("2026-06-01", "2026-06-01")),
        # A centre that has nothing but reviews is dated by them.
        (False, "2026-07-20 12:00:00", ("2026-07-20", "2026-07-20")),
    ],
)
def test_reviews_reach_no_further_than_contacts_where_there_are_any(
    tmp_path: Path, with_chat: bool, as_of: str, dates: tuple[str, str]
) -> None:
    home = RawHome(tmp_path)
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.add("quality_reviews", [REVIEW])
    if with_chat:
        add_chat(home, "chat", "ann", at("2026-06-01 09:00"))
    home.build("int_as_of")
    found = home.query(
        "select as_of::timestamp::varchar, first_date::varchar, as_of_date::varchar from intermediate.int_as_of"
    )
    assert found == [(as_of, *dates)]


def home_with_an_early_complaint(folder: Path) -> RawHome:
    """A complaint of January, and a contact of March that nothing of the weeks before it is beside."""
    home = RawHome(folder)
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.add("complaints", [{"complaint_id": "early", "received_at": at("2026-01-20 12:00"), "agent_id": "ann"}])
    add_chat(home, "chat", "ann", at("2026-03-02 09:00"))
    return home


def complaints_of_all(home: RawHome) -> list[tuple[int]]:
    home.build("int_measure__scope_period")
    return home.query(
        "select complaints::int from measure.int_measure__scope_period "
        "where period_kind = 'all' and scope_kind = 'centre' and kpi_group = ''"
    )


def test_a_complaint_from_before_the_first_contact_counts_over_everything(tmp_path: Path) -> None:
    assert complaints_of_all(home_with_an_early_complaint(tmp_path)) == [(1,)]


def test_where_records_went_sums_begin_at_the_first_date_that_is_kept(tmp_path: Path) -> None:
    home = home_with_an_early_complaint(tmp_path)
    row = {"publication": 1, "area": "records", "kept_from": date(2026, 2, 1)}
    gone = pl.DataFrame([row], schema=RETENTION)
    (tmp_path / "history" / "retention").mkdir(parents=True)
    gone.write_parquet(tmp_path / "history" / "retention" / "0.parquet")
    assert complaints_of_all(home) == [(0,)]
