"""The command line from raw file to published file, through Dagster: what it takes, tells and returns."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from orchestration.cli import main
from orchestration.home.lock import WAITING
from orchestration.home.paths import HOME_VARIABLE

CENTRE = """\
name: Small
time_zone: UTC
sources:
  - {name: pbx, kind: asterisk_queue_log, channel: voice, not_recorded: [transfers, agent_states]}
"""
CALLS = """\
1767600000|c1|sales|NONE|ENTERQUEUE||5551234|1
1767600030|c1|sales|Agent/A|CONNECT|30|b1|5
1767600150|c1|sales|Agent/A|COMPLETECALLER|30|120|1
1767600200|c2|sales|NONE|ENTERQUEUE||5551235|1
1767600240|c2|sales|NONE|ABANDON|1|1|40
broken line
"""


def scorehouse(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("scorehouse")), *arguments],
        env=os.environ | {"SCOREHOUSE_HOME": str(home), "COLUMNS": "200"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process, for what ends in moments: a process of its own takes two seconds to begin."""

    def scorehouse_here(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        for name, value in {HOME_VARIABLE: str(home), "COLUMNS": "200"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["scorehouse", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), said.out, said.err)

    return scorehouse_here


def drop(home: Path, day: str, name: str, content: str | bytes, *, source: str = "pbx") -> None:
    path = home / "landing" / source / day / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    settled = time.time() - 60
    os.utime(path, (settled, settled))


def ask(home: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home / "published" / "scorehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "centre.yaml").write_text(CENTRE)
    drop(tmp_path, "2026-01-05", "queue_log", CALLS)
    return tmp_path


@pytest.mark.slow
def test_files_that_give_nothing_are_no_success_and_the_rest_is_published(home: Path) -> None:
    (home / "centre.yaml").write_text(CENTRE + "  - {name: desk, kind: feed}\n")
    drop(home, "2026-01-05", "contacts.csv", "name,phone\nA,1\n", source="desk")
    bad = "rating_id,contact_id,invited_at,stars\n" + "".join(
        f"r{n},c{n},2026-01-05T10:00:00Z,nine\n" for n in range(3)
    )
    drop(home, "2026-01-05", "ratings.csv", bad, source="desk")

    first = scorehouse(home, "run", "--no-site")

    assert first.returncode == 4, first.stdout + first.stderr
    lines = first.stdout.splitlines()
    assert lines[0].startswith("Something came in wrong: 2 files gave not one record.")
    assert "desk/2026-01-05/contacts.csv: nothing could be read. The file has no column" in lines[1]
    assert "desk/2026-01-05/ratings.csv: not one record was accepted. 3 of 3 records are in quarantine" in lines[2]
    assert "4 records went to quarantine" in first.stdout
    assert ask(home, "select count(*) from scorecard.fct_contact") == [(2,)]
    shown = scorehouse(home, "status")
    assert shown.stdout.splitlines()[1].startswith("Something came in wrong: 2 files gave not one record.")

    # Mended and dropped again under their names: taken, counted as they are now, and green.
    drop(home, "2026-01-05", "ratings.csv", bad.replace("nine", "5"), source="desk")
    contacts = "contact_id,channel,direction,started_at\nc0,web,inbound,2026-01-05T09:00:00Z\n"
    drop(home, "2026-01-05", "contacts.csv", contacts, source="desk")
    second = scorehouse(home, "run", "--no-site")
    assert second.returncode == 0, second.stdout + second.stderr
    assert "2 files taken." in second.stdout
    assert "quarantine" not in second.stdout
    assert "came in wrong" not in scorehouse(home, "status").stdout


@pytest.mark.slow
def test_a_day_of_calls_goes_from_landing_to_the_published_file(home: Path) -> None:
    os.mkfifo(next((home / "landing" / "pbx").iterdir()) / "pipe.log")
    first = scorehouse(home, "run", "--no-site")

    assert first.returncode == 0, first.stdout + first.stderr
    assert "pipe.log: is no file but a pipe" in first.stdout
    assert "1 files taken." in first.stdout
    assert "1 records went to quarantine" in first.stdout
    assert ask(home, "select records_read, records_accepted, records_quarantined from scorecard.fct_file") == [
        (6, 5, 1)
    ]
    abandoned = """
        select numerator, denominator from scorecard.fct_kpi_value
        where kpi_id = 'abandon_rate' and scope_kind = 'centre' and period_kind = 'all'
    """
    assert ask(home, abandoned) == [(1, 2)]

    # Nothing new: quick (in seconds of processor, so that a busy machine doesn't decide), without dbt.
    touched = {path: path.stat().st_mtime_ns for path in [*home.glob("published/*"), *home.glob("state/dbt/target/*")]}
    before = processor_seconds()
    second = scorehouse(home, "run", "--no-site")
    assert processor_seconds() - before < 5
    assert second.returncode == 0
    assert "Nothing new" in second.stdout
    assert {path: path.stat().st_mtime_ns for path in touched} == touched

    # A settings error: told with its key, and the publication stays.
    (home / "centre.yaml").write_text(CENTRE + "languag: zh\n")
    wrong = scorehouse(home, "run", "--no-site")
    assert wrong.returncode == 2
    assert "languag: unknown key" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert ask(home, abandoned) == [(1, 2)]

    # A later drop restates what it adds to, and the same file under another name adds nothing.
    (home / "centre.yaml").write_text(CENTRE)
    drop(home, "2026-01-06", "queue_log.1", CALLS)
    drop(
        home,
        "2026-03-06",
        "queue_log.2",
        "1767600500|c3|sales|NONE|ENTERQUEUE||5551236|1\n1767600510|c3|sales|NONE|ABANDON|1|1|10\n",
    )
    third = scorehouse(home, "run", "--no-site")
    assert third.returncode == 0, third.stdout + third.stderr
    assert "2 files taken." in third.stdout
    assert ask(home, abandoned) == [(2, 3)]

    shown = scorehouse(home, "status")
    assert shown.returncode == 0
    assert "pbx: 3 files taken, last landing day 2026-03-06" in shown.stdout
    assert "Published file: 20" in shown.stdout


def test_a_home_without_centre_yaml_is_an_error_of_use(told: Command, tmp_path: Path) -> None:
    result = told(tmp_path, "run", "--no-site")

    assert result.returncode == 2
    assert "centre.yaml: no such file. Remedy: write it" in result.stderr


def test_a_relative_home_is_an_error_of_use(told: Command, tmp_path: Path) -> None:
    result = told(Path("data"), "status")

    assert result.returncode == 2
    assert "SCOREHOUSE_HOME=data is not absolute" in result.stderr


@pytest.mark.parametrize("as_of", ["soon", "2026-01-05T08:00:00"])
def test_an_instant_without_offset_is_an_error_of_use(told: Command, home: Path, as_of: str) -> None:
    result = told(home, "run", "--no-site", "--as-of", as_of)

    assert result.returncode == 2
    assert f"--as-of {as_of!r}" in result.stderr


@pytest.mark.parametrize("as_of", ["9998-01-01T00:00:00Z", "1989-12-31T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_an_instant_that_no_data_can_reach_is_an_error_of_use(told: Command, home: Path, as_of: str) -> None:
    result = told(home, "run", "--no-site", "--as-of", as_of)

    assert result.returncode == 2
    assert "lies outside what data can tell. Remedy: give an instant from 1990-01-01 to " in result.stderr


def test_a_home_held_by_another_run_is_left_alone(home: Path) -> None:
    (home / "state").mkdir()
    with FileLock(home / "state" / "run.lock"):
        result = scorehouse(home, "run", "--no-site", SCOREHOUSE_LOCK_TIMEOUT="0.2")

    assert result.returncode == 3
    assert WAITING in result.stderr.splitlines()
    assert "another run has worked on this home" in result.stderr
    assert not (home / "ledger").exists() or not list((home / "ledger").glob("pbx/*/*"))


def test_status_shows_what_waits_before_the_first_run(told: Command, home: Path) -> None:
    result = told(home, "status")

    assert result.returncode == 0, result.stderr
    assert "pbx: 0 files taken, 1 waiting" in result.stdout
    assert "Published file: never" in result.stdout


def test_pages_that_do_not_exist_yet_are_not_served(home: Path) -> None:
    result = scorehouse(home, "serve", "--no-dagster")

    assert result.returncode == 1
    assert "no pages here yet" in result.stderr


@pytest.mark.slow
def test_rows_that_are_lost_are_told_and_come_back_with_their_file(home: Path) -> None:
    drop(home, "2026-01-06", "queue_log", CALLS.replace("17676", "17677").replace("|c", "|d"))
    assert scorehouse(home, "run", "--no-site").returncode == 0
    calls = ask(home, "select count(*) from scorecard.fct_contact")
    landed = home / "landing" / "pbx" / "2026-01-05" / "queue_log"
    content = landed.read_bytes()
    landed.unlink()
    next(home.glob("raw/contact_events/event_date=2026-01-05/*.parquet")).unlink()

    lost = scorehouse(home, "run", "--no-site")

    assert lost.returncode == 4, lost.stdout + lost.stderr
    assert lost.stdout.startswith("Something came in wrong: 1 file lost rows.")
    assert "Copy the file to landing/pbx/2026-01-05/queue_log again" in lost.stdout
    assert ask(home, "select count(*) from scorecard.fct_file where state = 'incomplete'") == [(1,)]
    assert ask(home, "select count(*) from scorecard.fct_contact") < calls
    assert scorehouse(home, "audit").returncode == 1

    drop(home, "2026-01-05", "queue_log", content)
    mended = scorehouse(home, "run", "--no-site")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert ask(home, "select count(*) from scorecard.fct_contact") == calls
    sound = scorehouse(home, "audit")
    assert sound.returncode == 0
    assert "nothing not as the ledger says" in sound.stdout
