"""A backup is whole or none, changes with nothing that the home does later, and is restored into an empty home only."""

from __future__ import annotations

import stat
from pathlib import Path
from unittest.mock import patch

import pytest

from orchestration.home.paths import Home
from orchestration.upkeep.backup import back_up
from orchestration.upkeep.copying import Copying
from orchestration.upkeep.manifest import CONTENT, BackupError, backups_in
from orchestration.upkeep.restore import backup_named, check_backup, restore

SETTINGS = "name: Tiny\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n"
STAFF = "agent_id,agent_name,valid_from\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create_folders()
    for place, text in {
        "centre.yaml": SETTINGS,
        "policy.yaml": "points: []",
        "landing/desk/2026-03-01/staff.csv": STAFF,
        "landing/desk/2026-03-02/growing.csv.part": STAFF,
        "raw/staff/event_date=1900-01-01/of-no-record.parquet": "",
        "published/scorehouse.duckdb": "a file",
        "history/published.json": "{}",
        "ledger/notices/20260301.parquet": "what was sent",
        "state/customer_key": "k" * 64,
        "state/customer_key.fingerprint": "f",
        "state/alerts": "json://a-secret",
        "warehouse/warehouse.duckdb": "made anew",
        "site/index.html": "made anew",
    }.items():
        (home.root / place).parent.mkdir(parents=True, exist_ok=True)
        (home.root / place).write_text(text)
    for secret in ("customer_key", "alerts"):
        (home.state / secret).chmod(0o600)
    return home


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def contents(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_what_can_not_be_made_again_is_copied_and_nothing_else(home: Home, backups: Path) -> None:
    made = back_up(home, backups)
    assert set(contents(made.folder / CONTENT)) == {
        "centre.yaml",
        "policy.yaml",
        "landing/desk/2026-03-01/staff.csv",
        "published/scorehouse.duckdb",
        "history/published.json",
        "ledger/notices/20260301.parquet",
        "state/customer_key",
        "state/customer_key.fingerprint",
        "state/alerts",
    }


def test_what_was_sent_is_copied_whole_though_it_is_folded_meanwhile(home: Home, backups: Path) -> None:
    loose = home.notice_ledger / "20260302T080000000000-post.parquet"
    loose.write_text("sent on the second")
    copy, folded = Copying.copy, home.notice_ledger / "20260302.parquet"

    def fold_first(self: Copying, name: str) -> bool:
        if name.endswith("-post.parquet") and loose.exists():
            loose.rename(folded)
        return copy(self, name)

    with patch.object(Copying, "copy", fold_first):
        made = back_up(home, backups)
    kept = [path.name for path in (made.folder / CONTENT / "ledger/notices").iterdir()]
    assert sorted(kept) == ["20260301.parquet", "20260302.parquet"]


def test_a_restored_home_has_the_same_files_with_their_times_and_rights(
    home: Home, backups: Path, tmp_path: Path
) -> None:
    made = back_up(home, backups)
    other = Home(tmp_path / "other")
    restore(other, made.folder)
    assert {**contents(other.root), "state/run.lock": ""} == {
        **contents(made.folder / CONTENT),
        "state/run.lock": "",
    }
    place = "landing/desk/2026-03-01/staff.csv"
    assert (other.root / place).stat().st_mtime_ns == (home.root / place).stat().st_mtime_ns
    assert stat.S_IMODE((other.state / "customer_key").stat().st_mode) == 0o600


def test_nobody_else_may_look_into_a_backup_and_its_secrets_are_told(home: Home, backups: Path) -> None:
    made = back_up(home, backups)
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert made.told == [
        "It holds secrets (state/customer_key, state/alerts): nobody else may read it. --no-secrets leaves them out."
    ]


def test_secrets_may_be_left_out_which_is_told_with_what_is_needed_then(home: Home, backups: Path) -> None:
    made = back_up(home, backups, secrets=False)
    assert not {"state/customer_key", "state/alerts"} & set(made.manifest.files)
    assert made.told == [
        f"The key of customers is not in it. Keep a copy of {home.state}/customer_key: with another one no run goes on."
    ]


def test_the_next_backup_reads_only_what_changed_and_the_one_before_stays(home: Home, backups: Path) -> None:
    first = back_up(home, backups)
    # Written into, not replaced: a backup that shared the file with the home would change with it.
    with home.centre_file.open("a") as file:
        file.write("language: zh\n")
    second = back_up(home, backups)
    assert second.bytes_copied == home.centre_file.stat().st_size
    assert (first.folder / CONTENT / "centre.yaml").read_text() == SETTINGS
    assert (second.folder / CONTENT / "centre.yaml").read_text() == f"{SETTINGS}language: zh\n"
    for made in (first, second):
        check_backup(made.folder)


def test_only_so_many_backups_are_kept_as_are_wanted(home: Home, backups: Path) -> None:
    names = [back_up(home, backups).folder.name for _ in range(3)]
    last = back_up(home, backups, keep=2)
    assert last.removed == names[:2]
    assert backups_in(backups) == [names[2], last.folder.name]
    check_backup(backups / names[2])


def test_a_backup_that_was_cut_off_is_none_and_goes_with_the_next(
    home: Home, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr("os.sync", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            back_up(home, backups)
    with pytest.raises(BackupError, match="has no whole backup"):
        backup_named(backups, None)
    made = back_up(home, backups)
    assert [path.name for path in backups.iterdir() if path.name != ".lock"] == [made.folder.name]


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / CONTENT / "centre.yaml").write_text("name: Other"),
        lambda folder: (folder / CONTENT / "state/alerts").unlink(),
        lambda folder: (folder / "manifest.json").write_text((folder / "manifest.json").read_text()[:-9]),
    ],
    ids=["a file was changed", "a file is gone", "the manifest is cut"],
)
def test_a_damaged_backup_is_told_and_the_home_stays_empty(
    home: Home, backups: Path, tmp_path: Path, harm: object
) -> None:
    made = back_up(home, backups)
    assert callable(harm)
    harm(made.folder)
    other = Home(tmp_path / "other")
    for look in (lambda: check_backup(made.folder), lambda: restore(other, made.folder)):
        with pytest.raises(BackupError, match=r"not as it was written.*Remedy: take another backup"):
            look()
    assert set(contents(other.root)) <= {"state/run.lock"}


def test_nothing_is_restored_over_a_home_that_has_content(home: Home, backups: Path, tmp_path: Path) -> None:
    made = back_up(home, backups)
    other = Home(tmp_path / "other")
    other.create_folders()
    (other.landing / "mine.csv").write_text("mine")
    with pytest.raises(
        BackupError, match=r"has content already, landing/mine.csv for one.*Remedy: name an empty folder"
    ):
        restore(other, made.folder)
    assert contents(other.root) == {"landing/mine.csv": "mine"}


def test_a_restore_that_was_cut_off_leaves_no_half_home(
    home: Home, backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(home, backups)
    other = Home(tmp_path / "other")
    with monkeypatch.context() as cut:
        cut.setattr("os.sync", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore(other, made.folder)
        assert not other.centre_file.exists()
    (other.root / ".restoring").mkdir()
    with pytest.raises(BackupError, match="was cut off"):
        restore(other, made.folder)


def test_backups_lie_outside_of_the_home(home: Home) -> None:
    for folder in (home.root / "backups", home.root.parent):
        with pytest.raises(BackupError, match="Remedy: take a folder on another disk"):
            back_up(home, folder)


def test_names_of_any_bytes_come_back(home: Home, backups: Path, tmp_path: Path) -> None:
    name = b"caf\xe9 \n\\ 1.csv".decode("utf-8", "surrogateescape")
    (home.landing / "desk" / "2026-03-01" / name).write_text(STAFF)
    other = Home(tmp_path / "other")
    restore(other, back_up(home, backups).folder)
    assert (other.landing / "desk" / "2026-03-01" / name).read_text() == STAFF


def test_links_that_lead_out_are_left_out_and_told(home: Home, backups: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "secret").write_text("of somebody else")
    (home.landing / "desk" / "2026-03-01" / "link.csv").symlink_to(tmp_path / "secret")
    (home.landing / "desk" / "2026-03-02" / "folder").symlink_to(tmp_path / "elsewhere")
    made = back_up(home, backups)
    assert {said.partition(":")[0] for said in made.manifest.left_out} == {
        "landing/desk/2026-03-01/link.csv",
        "landing/desk/2026-03-02/folder",
    }


def test_how_far_was_pulled_comes_back_but_not_of_a_file_that_waits_for_its_name(home: Home, backups: Path) -> None:
    folder = home.pulled / "chat"
    folder.mkdir(parents=True)
    (folder / "calls.json").write_text('{"watermark": 5, "waiting": null}')
    (folder / "tickets.json").write_text('{"watermark": 7, "waiting": "2026-03-02/tickets.1.jsonl.zst"}')
    back_up(home, backups)
    restored = Home(backups.parent / "restored")
    restore(restored, backup_named(backups, None))
    assert [path.name for path in (restored.pulled / "chat").iterdir()] == ["calls.json"]
