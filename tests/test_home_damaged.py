"""A home whose own files are damaged: the next run makes them right again, or one message says what a person has to do.

Every file that a run leaves is cut, emptied, changed in one bit and removed, as the folder has them and not as a list
does: what a later version keeps is damaged too. Whatever lies in landing/ and the settings are the user's own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import Home
from orchestration.run.doctor import examine
from tests.test_cli_run import CALLS, CENTRE, drop, scorehouse

pytestmark = pytest.mark.slow

Damage = Callable[[Path], object]


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


DAMAGES: dict[str, Damage] = {"cut": cut, "empty": empty, "flip": flip, "remove": Path.unlink}
OF_THE_USER = ("landing", "centre.yaml", "customer_key", "customer_key.fingerprint", "run.lock", "history")
"""What comes back from a copy alone; history has its own tests."""
OF_HISTORY = {"fct_publication", "fct_restatement", "fct_restatement_cause"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published home without pages, in which a changed file was taken and another is unreadable."""
    home = tmp_path_factory.mktemp("sound") / "home"
    home.mkdir()
    (home / "centre.yaml").write_text(CENTRE)
    drop(home, "2026-01-05", "queue_log", CALLS)
    drop(home, "2026-01-06", "queue_log.gz", b"no archive")
    done = scorehouse(home, "run", "--no-site")
    assert done.returncode == 4, done.stderr
    return home


def told(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every published row, but for the times at which files were taken."""
    with duckdb.connect(str(home / "published" / "scorehouse.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'scorecard' order by all"
        ).fetchall()
        return {
            table: connection.execute(
                f"select columns(c -> c not in ('taken_at', 'modified_ns')) from scorecard.{table} order by all"  # noqa: S608
            ).fetchall()
            for (table,) in tables
            if table not in OF_HISTORY
        }


def own_files(home: Path) -> list[Path]:
    return [
        path
        for path in sorted(home.rglob("*"))
        if path.is_file() and not set(path.relative_to(home).parts) & set(OF_THE_USER)
    ]


def damaged(sound: Path, folder: Path, damage: str) -> Path:
    """A copy of the home whose every own file has this damage."""
    home = folder / "home"
    shutil.copytree(sound, home)
    for path in own_files(home):
        DAMAGES[damage](path)
    return home


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_home_whose_every_file_is_damaged_is_right_after_the_next_run(
    sound: Path, tmp_path: Path, damage: str
) -> None:
    home = damaged(sound, tmp_path, damage)
    done = scorehouse(home, "run", "--no-site")
    assert "Traceback" not in done.stderr
    assert told(home) == told(sound), done.stderr
    assert examine(Home(home)) == []
    assert scorehouse(home, "status").returncode == 0


# Where everything is gone nothing says that there was anything: it is a new home.
@pytest.mark.parametrize("damage", sorted(DAMAGES.keys() - {"remove"}))
def test_status_and_doctor_speak_of_a_damaged_home_without_changing_it(
    sound: Path, tmp_path: Path, damage: str
) -> None:
    home = damaged(sound, tmp_path, damage)
    before = {path: path.read_bytes() for path in own_files(home)}
    for command in ("status", "doctor"):
        done = scorehouse(home, command)
        assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode == 1
    assert "The next run makes it anew." in done.stdout
    assert {path: path.read_bytes() for path in own_files(home)} == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_another_customer_key_is_never_taken_in_silence(sound: Path, tmp_path: Path, damage: str) -> None:
    home = tmp_path / "home"
    shutil.copytree(sound, home)
    DAMAGES[damage](home / "state" / "customer_key")
    done = scorehouse(home, "run", "--no-site")
    assert done.returncode == 2
    assert "Remedy: put back the key from a copy." in done.stderr
    assert told(home) == told(sound)
