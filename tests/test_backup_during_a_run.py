"""A backup made at any step of a run is of one instant: restored elsewhere, the next run goes on as that one did."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from orchestration.home.paths import Home
from orchestration.landing.known import KnownFiles
from orchestration.run.audit import look_at_all
from orchestration.upkeep.backup import back_up
from orchestration.upkeep.restore import restore
from orchestration.warehouse.history.store import HistoryStore, number_in
from tests.support.backups import BackupAtEach, backup_at_each_step
from tests.support.publishing_home import RATINGS, PublishingHome, march_home

pytestmark = pytest.mark.slow

GONE = "desk/2026-04-22/ratings.csv"
TWIN = "desk/2026-04-22/ratings_again.csv"
TWICE = RATINGS + "r2,two,2026-03-30T10:06:00Z,,2026-04-02T10:06:00Z,1\n"
OTHER = RATINGS + "r1,one,2026-03-30T09:06:00Z,2026-03-30T09:06:00Z,2026-03-30T09:10:00Z,3\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[PublishingHome, BackupAtEach]:
    """A run that takes a file which held the rows of another one too, and publishes; a backup before each step."""
    folder = tmp_path_factory.mktemp("backups")
    home = march_home(folder)
    home.publish({GONE: TWICE, TWIN: TWICE})
    (home.home.landing / TWIN).unlink()
    home.publish({})
    with backup_at_each_step(home.home, folder / "backups") as backups:
        home.publish({GONE: OTHER, "desk/2026-04-23/ratings.csv": "rating_id\n"})
    return home, backups


def restored(backups: BackupAtEach, name: str, folder: Path) -> Home:
    home = Home(folder / name)
    restore(home, backups.folder / name)
    return home


def ratings_that_count(home: Home) -> set[str]:
    parts = [home.raw / part.name for record in KnownFiles(home) for part in record.parts]
    return {one for part in parts if part.parts[-3] == "ratings" for one in pl.read_parquet(part)["rating_id"]}


def told(home: PublishingHome) -> list[list[tuple[object, ...]]]:
    """Return every value, and every value that was restated, with the number of its publication."""
    of_what = "kpi_id, scope_kind, scope_id, period_kind, period_start"
    return [
        home.ask(f"select {of_what}, value, n, status from scorecard.fct_kpi_value order by all"),  # noqa: S608
        home.ask(f"select publication, {of_what}, old_value, new_value from scorecard.fct_restatement order by all"),  # noqa: S608
    ]


def test_every_backup_has_all_that_its_ledger_counts_and_one_whole_history(
    run: tuple[PublishingHome, BackupAtEach], tmp_path: Path
) -> None:
    _, backups = run
    for name, step in backups.made.items():
        home = restored(backups, name, tmp_path)
        assert look_at_all(home).faults == [], step
        assert ratings_that_count(home) == {"r1", "r2"}, step
        store = HistoryStore(home)
        store.follow(home.published_file)
        assert len(store.check()) == number_in(home.published_file), step


@pytest.mark.parametrize("step", ["write ledger/", "rename history/record/", "write history/published.json"])
def test_the_run_after_a_restore_publishes_what_that_one_did(
    run: tuple[PublishingHome, BackupAtEach], tmp_path: Path, step: str
) -> None:
    home, backups = run
    name = next(name for name, made in backups.made.items() if made.startswith(step))
    other = PublishingHome(restored(backups, name, tmp_path).root, home.project)
    other.publish({})
    assert told(other) == told(home)


def test_a_restored_home_goes_on_without_a_restatement(tmp_path: Path) -> None:
    home = march_home(tmp_path)
    (home.home.landing / "desk/2026-03-31/ratings.csv").unlink()
    made = back_up(home.home, tmp_path / "backups")
    other = PublishingHome(tmp_path / "other", home.project)
    restore(other.home, made.folder)
    publication = other.publish({})
    assert (publication.number, publication.restated) == (2, 0)
    assert told(other) == told(home)
    assert made.manifest.left_out == ()
