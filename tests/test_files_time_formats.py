"""`time_format` of a mapping means what strptime means, or is refused when centre.yaml is read; no zone is dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest

from orchestration.centre import CentreError
from orchestration.sources.files.time_format import read_format
from tests.support.land_home import LandHome


def home_with(tmp_path: Path, time_format: str, zone: str = "America/New_York") -> LandHome:
    sources = f"""
- name: crm
  kind: files
  channel: web
  mapping:
    - files: a*.csv
      feeds:
        contacts:
          contact_id: id
          direction: {{constant: inbound}}
          started_at: {{column: at, time_format: "{time_format}"}}
"""
    return LandHome(tmp_path, sources=sources, settings=f"time_zone: {zone}")


# New York is five hours behind UTC in January.
@pytest.mark.parametrize(
    ("time_format", "text", "instant"),
    [
        ("%Y-%m-%d %H:%M:%S %Z", "2026-01-06 02:30:00 UTC", "2026-01-06 02:30:00+00:00"),
        ("%Y-%m-%d %H:%M:%S UTC", "2026-01-06 02:30:00 UTC", "2026-01-06 02:30:00+00:00"),
        ("%Y-%m-%dT%H:%M:%SZ", "2026-01-06T02:30:00Z", "2026-01-06 02:30:00+00:00"),
        ("%Y-%m-%dT%H:%M:%S%.fZ", "2026-01-06T02:30:00.25Z", "2026-01-06 02:30:00.250000+00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-01-06T02:30:00Z", "2026-01-06 02:30:00+00:00"),
        ("%Y-%m-%d %H:%M:%S %z", "2026-01-06 02:30:00 +0530", "2026-01-05 21:00:00+00:00"),
        ("%Y-%m-%d %H:%M:%S.%f", "2026-01-06 10:00:00.9", "2026-01-06 15:00:00.900000+00:00"),
        ("%Y-%m-%d %H:%M:%S,%f", "2026-01-06 10:00:00,000001", "2026-01-06 15:00:00.000001+00:00"),
        ("%m/%d/%Y %I %p", "1/5/2026 3 PM", "2026-01-05 20:00:00+00:00"),
        ("%d/%b/%y %I:%M %p", "06/Jan/26 12:03 am", "2026-01-06 05:03:00+00:00"),
        ("%a, %d %B %Y %H:%M", "Tue, 6 January 2026 10:00", "2026-01-06 15:00:00+00:00"),
        ("%d.%m.%Y %H:%M Uhr", "6.1.2026 9:05 Uhr", "2026-01-06 14:05:00+00:00"),
    ],
)
def test_a_pattern_reads_the_instant_that_strptime_reads(
    tmp_path: Path, time_format: str, text: str, instant: str
) -> None:
    home = home_with(tmp_path, time_format)
    home.take("a.csv", f'id,at\n1,"{text}"\n', source="crm")
    assert home.findings() == []
    assert [str(started) for started in home.column("contacts", "started_at")] == [instant]


@pytest.mark.parametrize(
    ("time_format", "text"),
    [
        ("%Y-%m-%d %H:%M:%S", "2026-01-06 02:30:00 UTC"),
        ("%Y-%m-%d %H:%M:%S", "2026-01-06 02:30:00.5"),
        ("%Y-%m-%d %H:%M:%S", "26-01-06 02:30:00"),
        ("%Y-%m-%d %H:%M:%S %Z", "2026-01-06 02:30:00 EST"),
        ("%Y-%m-%d %H:%M:%S %Z", "2026-01-06 02:30:00"),
        ("%Y-%m-%dT%H:%M:%SZ", "2026-01-06T02:30:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-01-06T02:30:00"),
        ("%Y-%m-%d %I:%M %p", "2026-01-06 13:30 PM"),
        ("%Y-%m-%d %H:%M:%S", "2026-02-30 02:30:00"),
        ("%d %b %Y %H:%M", "6 Janvier 2026 02:30"),
    ],
)
def test_a_text_of_another_form_goes_to_quarantine(tmp_path: Path, time_format: str, text: str) -> None:
    home = home_with(tmp_path, time_format)
    home.take("a.csv", f'id,at\n1,"{text}"\n', source="crm")
    assert home.column("contacts", "started_at") == []
    assert "not_a_time" in [check for _, _, check, _ in home.findings()]


@pytest.mark.parametrize(
    ("time_format", "remedy"),
    [
        ("%Y-%m-%d %H:%M:%S EST", "%z"),
        ("%Y-%m-%d %H:%M:%S CET", "time_zone"),
        ("%Y-%m-%dT%H:%M:%S+08:00", "%z"),
        ("%c", "%Y"),
        ("%Y-%m-%d %H:%M %q", "%q can't be read"),
        ("%Y-%m-%d %I:%M", "%p"),
        ("%H:%M:%S", "%Y, %m, %d"),
        ("%Y-%m-%d", "%H:%M"),
        ("%Y-%m-%d %H:%H", "twice"),
        ("%Y-%m-%d %H:%M %", "can't be read"),
    ],
)
def test_a_pattern_that_cannot_work_stops_at_centre_yaml(tmp_path: Path, time_format: str, remedy: str) -> None:
    home = home_with(tmp_path, time_format)
    with pytest.raises(CentreError, match="time_format") as caught:
        _ = home.centre
    assert remedy in str(caught.value)
    assert "sources[0].mapping" in str(caught.value)
    assert "docs/sources.md" in str(caught.value)


def test_a_format_belongs_to_instants_and_dates(tmp_path: Path) -> None:
    home = home_with(tmp_path, "%Y-%m-%d %H:%M:%S")
    home.sources = home.sources.replace("contact_id: id", "contact_id: {column: id, time_format: epoch_seconds}")
    with pytest.raises(CentreError, match="`contact_id` is neither instant nor date"):
        _ = home.centre


def test_a_date_may_be_written_with_a_clock_time(tmp_path: Path) -> None:
    sources = """
- name: hr
  kind: files
  mapping:
    - files: teams.csv
      feeds:
        teams: {team_id: id, name: name, valid_from: {column: since, time_format: "%d.%m.%Y %H:%M"}}
"""
    home = LandHome(tmp_path, sources=sources)
    home.take("teams.csv", "id,name,since\nt1,North,05.01.2026 00:00\n", source="hr")
    assert [str(day) for day in home.column("teams", "valid_from")] == ["2026-01-05"]


@pytest.mark.parametrize(
    "pattern",
    [
        "%Y-%m-%d %H:%M:%S",
        "%d.%m.%y %H:%M:%S",
        "%Y%m%d%H%M%S",
        "%m/%d/%Y %I:%M:%S %p",
        "%d %b %Y %H:%M:%S.%f",
        "%A, %d %B %Y %H:%M:%S %z",
        "%Y年%m月%d日 %H:%M:%S",
    ],
)
def test_what_strftime_writes_is_read_as_strptime_reads_it(pattern: str) -> None:
    random = Random(7)  # noqa: S311 - a reproducible choice, no secret
    start = datetime(1990, 1, 1, tzinfo=UTC)
    # Two-digit years are of 1969 to 2068.
    moments = [start + timedelta(microseconds=random.randrange(70 * 365 * 86_400 * 1_000_000)) for _ in range(300)]
    texts = [moment.strftime(pattern) for moment in moments]
    frame = pl.DataFrame({"text": texts}).select(read_format(pattern).iso_text(pl.col("text")))
    read = [datetime.fromisoformat(text) for text in frame.to_series()]
    assert read == [datetime.strptime(text, pattern) for text in texts]  # noqa: DTZ007 - the zone is in some patterns
