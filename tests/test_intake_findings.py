"""What came in wrong: files that gave nothing, and more in quarantine than their source usually has."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from orchestration.site.intake import intake_findings

DAY = date(2026, 3, 10)


def take(
    home: Home, name: str, read: int, quarantined: int, *, day: date = DAY, source: str = "desk", **more: object
) -> None:
    """Write the ledger record of a file; what is not in quarantine is accepted."""
    record = {
        "source_id": source,
        "landing_day": day.isoformat(),
        "file_name": name,
        "state": "taken",
        "records_read": read,
        "records_accepted": read - quarantined,
        "records_quarantined": quarantined,
        "records_duplicate": 0,
        "records_ignored": 0,
    } | more
    path = home.ledger / source / day.isoformat() / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record))


def found(home: Home) -> list[tuple[str, str]]:
    return [(finding.place, finding.finding) for finding in intake_findings(home)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_an_empty_home_has_nothing_wrong(home: Home) -> None:
    assert intake_findings(home) == []


def test_a_file_that_could_not_be_read_is_named_with_its_remedy(home: Home) -> None:
    take(home, "a.gz", 0, 0, state="failed", message="The archive is damaged. Remedy: make it again.")

    (finding,) = intake_findings(home)
    assert str(finding) == (
        "desk/2026-03-10/a.gz: nothing could be read. The archive is damaged. Remedy: make it again."
    )


def test_a_file_that_went_into_quarantine_whole_gave_nothing_however_small_it_is(home: Home) -> None:
    take(home, "ratings.csv", 3, 3)

    assert found(home) == [("desk/2026-03-10/ratings.csv", "nothing_accepted")]


def test_a_file_of_duplicates_or_of_ignored_kinds_alone_is_no_fault(home: Home) -> None:
    take(home, "again.csv", 40, 0, records_accepted=0, records_duplicate=40)
    take(home, "news.log", 40, 0, records_accepted=0, records_ignored=40)
    take(home, "same.csv", 0, 0, state="same_content")

    assert found(home) == []


@pytest.mark.parametrize(
    ("quarantined", "findings"),
    # 20 records, no past: the limit is 5 %, one record of them; of 19 records two are 10.5 % and no evidence yet.
    [(1, []), (2, [("desk/2026-03-10/a.csv", "above_usual")])],
)
def test_without_a_past_five_in_a_hundred_are_the_limit(
    home: Home, quarantined: int, findings: list[tuple[str, str]]
) -> None:
    take(home, "a.csv", 20, quarantined)
    assert found(home) == findings

    take(home, "a.csv", 19, quarantined)
    assert found(home) == []


def test_a_source_is_held_against_its_own_usual_share(home: Home) -> None:
    # Usual: the middle of 10 %, 12 % and 50 % is 12 %, so that 17 % are its limit; 16 % stay below, 18 % do not.
    for back, quarantined in enumerate((10, 12, 50), start=1):
        take(home, "calls.csv", 100, quarantined, day=DAY - timedelta(days=back))
    take(home, "calls.csv", 100, 16)
    assert all(finding.day != DAY for finding in intake_findings(home))

    take(home, "calls.csv", 100, 18)
    finding = intake_findings(home)[0]
    assert str(finding) == (
        "desk/2026-03-10/calls.csv: 18 of 100 records (18.0%) are in quarantine, usual for this source are 12.0%."
    )


def test_a_feed_that_dies_is_found_after_a_year_of_good_days(home: Home) -> None:
    for back in range(1, 366):
        take(home, "ratings.csv", 1000, 1, day=DAY - timedelta(days=back))
    take(home, "ratings.csv", 399, 399)

    assert found(home) == [("desk/2026-03-10/ratings.csv", "nothing_accepted")]


def test_many_small_bad_files_are_found_as_their_day(home: Home) -> None:
    # Ten files of three records with one bad each: no file can tell, the day has 10 of 30.
    for number in range(10):
        take(home, f"part_{number}.csv", 3, 1)

    (finding,) = intake_findings(home)
    assert (finding.place, finding.finding, finding.quarantined_share) == ("desk/2026-03-10", "above_usual", 10 / 30)


def test_a_fault_is_forgotten_after_28_more_landing_days_of_its_own_source(home: Home) -> None:
    take(home, "a.gz", 0, 0, state="failed", message="x")
    take(home, "later.csv", 5, 0, day=DAY + timedelta(days=27))
    take(home, "other.csv", 5, 0, day=DAY + timedelta(days=300), source="pbx")
    assert found(home) == [("desk/2026-03-10/a.gz", "unreadable")]

    take(home, "later.csv", 5, 0, day=DAY + timedelta(days=28))
    assert found(home) == []
