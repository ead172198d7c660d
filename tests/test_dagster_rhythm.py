"""How often a source comes is known by its landing days; one that is silent for longer is told, and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dagster import AssetCheckResult, AssetCheckSeverity

from orchestration.home.paths import Home
from orchestration.run.status import read_status
from orchestration.site.rhythm import Rhythm, rhythms
from orchestration.warehouse.dbt_project import ensure_manifest

MONDAY = date(2026, 1, 5)
WORKDAYS = [MONDAY + timedelta(number) for number in range(28) if (MONDAY + timedelta(number)).weekday() < 5]
FRIDAY = WORKDAYS[-1]


def landed(root: Path, days: Iterable[date], source: str = "desk") -> Home:
    """A home whose ledger has a file of each of these days."""
    for day in days:
        record = root / "ledger" / source / day.isoformat() / "contacts.csv.json"
        record.parent.mkdir(parents=True, exist_ok=True)
        content = {"source_id": source, "landing_day": day.isoformat(), "file_name": "contacts.csv", "state": "taken"}
        record.write_text(json.dumps(content))
    return Home(root)


DAILY = [MONDAY + timedelta(number) for number in range(10)]
WEEKLY = [MONDAY + timedelta(7 * number) for number in range(5)]
CASES = {
    "daily, today's is not there yet": (DAILY, DAILY[-1] + timedelta(1), 1, False),
    "daily, yesterday's never came": (DAILY, DAILY[-1] + timedelta(2), 1, True),
    "weekly, on its day": (WEEKLY, WEEKLY[-1] + timedelta(7), 7, False),
    "weekly, a day after its day": (WEEKLY, WEEKLY[-1] + timedelta(8), 7, True),
    "on workdays, at the weekend": (WORKDAYS, FRIDAY + timedelta(3), 3, False),
    "on workdays, and not on Monday": (WORKDAYS, FRIDAY + timedelta(4), 3, True),
    "one long outage is nothing usual": ([*DAILY[:9], *(d + timedelta(20) for d in DAILY)], date(2026, 2, 5), 1, True),
    "four days tell nothing": (DAILY[:4], date(2026, 3, 1), None, False),
    "a clock that is ahead": (DAILY, DAILY[-1] - timedelta(1), 1, False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_source_is_late_when_it_is_silent_for_longer_than_usual(tmp_path: Path, case: str) -> None:
    days, today, usual, is_late = CASES[case]
    [found] = rhythms(landed(tmp_path, days), ["desk"], today)
    assert (found.last_day, found.usual_days, found.is_late) == (max(days), usual, is_late)


def test_sources_are_told_apart_and_one_without_files_is_named(tmp_path: Path) -> None:
    landed(tmp_path, DAILY)
    found = rhythms(landed(tmp_path, WEEKLY[:2], "hr"), ["desk", "hr", "ops"], DAILY[-1])
    assert [str(one) for one in found] == [
        "desk: last landing day 2026-01-14, 0 days ago, usually every day",
        "hr: last landing day 2026-01-12, not enough data to know how often it comes",
        "ops: no file yet",
    ]
    assert found[2] == Rhythm("ops", None, None, None)


def test_a_late_source_is_a_warning_of_its_check_and_a_line_of_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_manifest()
    from orchestration.defs.checks import every_source_comes_as_often_as_usual

    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    (tmp_path / "centre.yaml").write_text(
        "name: X\ntime_zone: UTC\nsources: [{name: desk, kind: feed}, {name: hr, kind: feed}]\n"
    )
    today = datetime.now(UTC).date()
    landed(tmp_path, [today - timedelta(number) for number in range(5)], "hr")

    quiet = every_source_comes_as_often_as_usual()
    assert isinstance(quiet, AssetCheckResult)
    assert quiet.passed
    assert quiet.description is not None
    assert "desk: no file yet" in quiet.description

    home = landed(tmp_path, [today - timedelta(10 + number) for number in range(6)])
    late = every_source_comes_as_often_as_usual()
    assert isinstance(late, AssetCheckResult)
    assert (late.passed, late.severity) == (False, AssetCheckSeverity.WARN)
    said = f"desk: late, last landing day {today - timedelta(10)}, 10 days ago, usually every day"
    assert late.description == said
    assert [str(one) for one in read_status(home).late] == [said]
