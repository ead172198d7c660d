"""What a feed has lies in one file for each month, which is what its parts are now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from orchestration.home.paths import Home
from orchestration.landing.parts import ensure_empty_parts
from orchestration.landing.quarantine import ensure_empty_quarantine, write_quarantine
from orchestration.readers.findings import REJECT_SCHEMA
from orchestration.warehouse.slice.packed import drop_packed, link_findings, link_packed, packed_folder


def home_with(folder: Path, *days: str) -> Home:
    home = Home(folder)
    home.create_folders()
    ensure_empty_parts(home.raw)
    for day in days:
        write(home, day, "a", 1)
    return home


def write(home: Home, day: str, name: str, number: int) -> Path:
    part = home.raw / "site_visits" / f"event_date={day}" / f"{name}.parquet"
    part.parent.mkdir(parents=True, exist_ok=True)
    empty = pl.read_parquet(next((home.raw / "site_visits" / "event_date=1900-01-01").glob("*.parquet")))
    row = {"source_id": name, "landing_day": date(2026, 1, 1), "record_number": number}
    pl.DataFrame([row], schema_overrides={key: empty.schema[key] for key in row}).write_parquet(part)
    return part


def read(home: Home, place: Path) -> list[tuple[str, int]]:
    link_packed(home, "site_visits", place)
    with duckdb.connect() as connection:
        return connection.execute(
            f"select source_id, record_number from read_parquet('{place}/*/*.parquet', "  # noqa: S608 - a folder of the test
            "hive_partitioning = false, union_by_name = true) order by all"
        ).fetchall()


FINDING = pl.DataFrame([{"record_number": 1, "check_name": "no_time"}], schema=REJECT_SCHEMA)


def told(home: Home, place: Path) -> list[tuple[str, str]]:
    link_findings(home, place)
    with duckdb.connect() as connection:
        return connection.execute(
            f"select source_id, landing_day::varchar from read_parquet('{place}/*/*.parquet', "  # noqa: S608 - as above
            "hive_partitioning = false, union_by_name = true) order by all"
        ).fetchall()


def months(home: Home) -> dict[str, int]:
    """Month -> the time at which its file was written."""
    return {file.name: file.stat().st_mtime_ns for file in (packed_folder(home) / "site_visits").iterdir()}


def test_a_month_is_one_file_with_the_rows_of_all_its_parts(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home", "2026-01-05", "2026-01-06", "2026-02-01")
    assert read(home, tmp_path / "first") == [("a", 1)] * 3
    assert sorted(name[:7] for name in months(home)) == ["2026-01", "2026-02"]


def test_findings_of_all_sources_lie_in_one_file_of_the_month_in_which_they_landed(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home")
    ensure_empty_quarantine(home.quarantine)
    for source, day in (("desk", "2026-01-05"), ("pbx", "2026-01-05"), ("pbx", "2026-02-01")):
        write_quarantine(home.quarantine, source, date.fromisoformat(day), "a.csv", "1", FINDING)
    assert told(home, tmp_path / "first") == [("desk", "2026-01-05"), ("pbx", "2026-01-05"), ("pbx", "2026-02-01")]
    [january, february] = sorted((packed_folder(home) / "quarantine").iterdir())
    assert (january.name[:7], february.name[:7]) == ("2026-01", "2026-02")
    # A month that can't be packed is read part by part, whatever sources its days are of.
    drop_packed(home)
    next((home.quarantine / "pbx" / "2026-02-01").iterdir()).write_bytes(b"PAR1 and no more PAR1")
    link_findings(home, tmp_path / "second")
    assert sorted(path.name for path in (tmp_path / "second").iterdir()) == ["_", "packed", "pbx.2026-02-01"]


def test_only_a_month_with_another_part_is_written_again(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home", "2026-01-05", "2026-02-01")
    read(home, tmp_path / "first")
    before = months(home)
    write(home, "2026-02-02", "b", 2)
    assert read(home, tmp_path / "second") == [("a", 1), ("a", 1), ("b", 2)]
    assert len(months(home)) == 2
    assert [name[:7] for name, _ in before.items() & months(home).items()] == ["2026-01"]


def test_a_part_that_came_anew_under_its_name_and_one_that_went_are_seen(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home", "2026-01-05", "2026-01-06")
    read(home, tmp_path / "first")
    write(home, "2026-01-05", "a", 5)
    assert read(home, tmp_path / "second") == [("a", 1), ("a", 5)]
    (home.raw / "site_visits" / "event_date=2026-01-06" / "a.parquet").unlink()
    assert read(home, tmp_path / "third") == [("a", 5)]


def test_a_month_that_was_left_torn_or_dropped_is_written_again(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home", "2026-01-05")
    read(home, tmp_path / "first")
    [file] = (packed_folder(home) / "site_visits").iterdir()
    file.write_bytes(file.read_bytes()[:50])
    assert read(home, tmp_path / "second") == [("a", 1)]
    drop_packed(home)
    assert read(home, tmp_path / "third") == [("a", 1)]


def test_a_month_with_a_part_that_can_not_be_read_is_linked_part_by_part(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home", "2026-01-05", "2026-02-01")
    torn = write(home, "2026-02-02", "b", 2)
    torn.write_bytes(torn.read_bytes()[:50])
    link_packed(home, "site_visits", tmp_path / "first")
    assert sorted(path.name for path in (tmp_path / "first").iterdir()) == [
        "event_date=1900-01-01",
        "event_date=2026-02-01",
        "event_date=2026-02-02",
        "packed",
    ]
    assert [name[:7] for name in months(home)] == ["2026-01"]


def test_a_feed_without_a_part_has_its_columns(tmp_path: Path) -> None:
    home = home_with(tmp_path / "home")
    assert read(home, tmp_path / "first") == []
