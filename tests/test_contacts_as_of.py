"""How far the data reach: "now" is the latest instant of contacts and of what agents did, never the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

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
