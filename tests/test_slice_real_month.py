"""A real month of calls that comes in 28 pieces, a day each, is the month that comes in one file."""

from __future__ import annotations

import gzip
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.equality.homes import GrowingHome
from tests.equality.scenario import Drop
from tests.support.compiled import compiled_project
from tests.support.properties_mart import differences, row_counts
from tests.support.real_data import real_data_folder
from tests.test_real_bank_month import CENTRE_YAML

pytestmark = pytest.mark.slow

ZONE = ZoneInfo("Asia/Jerusalem")
BUILT_ON = {20, 21, 28}
"""Days of the month after which the home that grows is built: the builds make most of the time."""
ROUNDED_CALLERS = 21
"""Records whose caller is 3.26702E+11, which a spreadsheet made of a number."""
CALLS = {"scorecard.fct_contact": "true"}


def pieces(log: bytes) -> dict[date, bytes]:
    """Return the lines of each local date."""
    lines: dict[date, list[bytes]] = defaultdict(list)
    for line in log.splitlines(keepends=True):
        moment = datetime.fromtimestamp(float(line.split(b"|", 1)[0]), UTC)
        lines[moment.astimezone(ZONE).date()].append(line)
    return {day: b"".join(some) for day, some in sorted(lines.items())}


def landed(content: bytes, day: date) -> Drop:
    return Drop({f"pbx/{day}/queue_log.gz": gzip.compress(content)}, CENTRE_YAML)


def test_the_month_in_28_pieces_is_the_month_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "one key, so that a customer is the same in both homes")
    log = gzip.decompress((real_data_folder("bank_calls_1999_02") / "feb1999.queue_log.gz").read_bytes())
    by_day = pieces(log)
    assert len(by_day) == 28
    grown, whole = (
        GrowingHome(tmp_path / name, compiled_project(), most_refused=ROUNDED_CALLERS) for name in ("grown", "whole")
    )
    for day, content in by_day.items():
        grown.drop(landed(content, day + timedelta(days=1)))
        grown.take()
        if day.day in BUILT_ON:
            grown.build()
    whole.drop(landed(log, date(1999, 3, 1)))
    whole.take()
    whole.build()
    assert row_counts(whole.home.built_file, CALLS)["scorecard.fct_contact"] > 30_000
    assert [str(one) for one in differences(whole.home.built_file, grown.home.built_file)] == []
