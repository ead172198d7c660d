"""What a run tells of codes that no list knows, and of records of another class than their code."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.home.paths import Home
from orchestration.run.unlisted_codes import unlisted_codes


def home_with(folder: Path, *rows: tuple[str, bool, int, int]) -> Home:
    """A published file with these error codes: code, whether a list knows it, records, those of another class."""
    home = Home(folder)
    home.published_file.parent.mkdir(parents=True)
    with duckdb.connect(str(home.published_file)) as connection:
        connection.execute("create schema scorecard")
        connection.execute(
            "create table scorecard.dim_code (code_list text default 'error_codes', code text, is_known boolean, "
            "records bigint, records_of_another_class bigint)"
        )
        connection.execute("insert into scorecard.dim_code (code, is_known) values ('AT-02', true)")
        for row in rows:
            connection.execute(
                "insert into scorecard.dim_code (code, is_known, records, records_of_another_class) "
                "values (?, ?, ?, ?)",
                row,
            )
    return home


def test_nothing_is_told_where_lists_and_records_agree(tmp_path: Path) -> None:
    assert unlisted_codes(home_with(tmp_path, ("AT-01", True, 7, 0))) == []


def test_codes_on_no_list_are_named_with_their_records_the_commonest_first(tmp_path: Path) -> None:
    (told,) = unlisted_codes(home_with(tmp_path, ("S1", False, 2, 0), ("S9", False, 1200, 0)))
    assert told == (
        "Codes that no list knows: S9 of error_codes (1,200), S1 of error_codes (2). They count, and stand under "
        "themselves. Remedy: add them under `codes` in centre.yaml."
    )


def test_records_of_another_class_than_their_code_are_told(tmp_path: Path) -> None:
    (told,) = unlisted_codes(home_with(tmp_path, ("AT-01", True, 7, 3)))
    assert told.startswith("Records of another class than their code has: AT-01 of error_codes (3). The class of the")


def test_of_many_codes_ten_are_named(tmp_path: Path) -> None:
    (told,) = unlisted_codes(home_with(tmp_path, *((f"S{number:02d}", False, 1, 0) for number in range(13))))
    assert "S09 of error_codes (1), 3 more. They count" in told
