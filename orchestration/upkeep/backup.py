"""A backup of a home: what can't be made again, as it was at one instant, also while a run is going on.

The ledger says what of raw/ and quarantine/ counts, the history what is published, the ledger of notices what was sent;
each is read until nothing of it changed meanwhile. Parts never change under their names, so that only those of a record
that was replaced can be gone; the ledger is then read once more. What dbt built, and the pages, are made anew.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from orchestration.home.durable import UNFINISHED
from orchestration.home.kept_json import read_kept
from orchestration.home.ledger import LedgerRecord
from orchestration.home.lock import home_lock
from orchestration.home.names import shown_name
from orchestration.home.paths import CUSTOMER_KEY_VARIABLE, Home
from orchestration.home.progress import say
from orchestration.landing.found import UNFINISHED_ENDINGS
from orchestration.landing.known import counted
from orchestration.landing.own_files import leads_out
from orchestration.upkeep.copying import Copying
from orchestration.upkeep.manifest import BackupError, Manifest, backups_in

SECRETS = ("state/customer_key", "state/alerts", "state/dagster/dagster.yaml")
"""Files that hold secrets, or may: nobody but the owner of a backup may read it."""
PLAIN = ("centre.yaml", "policy.yaml", "state/customer_key.fingerprint")
NAME = "%Y-%m-%dT%H%M%SZ"
TRIES = 20
PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class BackedUp:
    """What became of a backup: its folder, what it holds, how many bytes were copied for it, and what to know."""

    folder: Path
    manifest: Manifest
    bytes_copied: int
    told: list[str]
    removed: list[str]


def back_up(home: Home, folder: Path, *, secrets: bool = True, keep: int | None = None) -> BackedUp:
    """Make a backup in a folder of its own below `folder`; with `keep`, remove all but so many of the last ones.

    Raises BackupError where `folder` can't be used, and HomeLockedError where a run changes the home faster than it
    can be read, and does not end in time.
    """
    _assert_apart(home, folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        for left in folder.glob(f".*Z{UNFINISHED}"):
            shutil.rmtree(left)
        before = backups_in(folder)
        made_at = _next_instant(before)
        into = folder / f".{_name(made_at)}{UNFINISHED}"
        into.mkdir(mode=0o700)
        copying = Copying.beside(home.root, into, folder / before[-1] if before else None)
        _copy_all(home, copying, [*PLAIN, *(SECRETS if secrets else ())])
        manifest = Manifest(made_at, copying.files, tuple(copying.left_out))
        os.sync()
        manifest.write(into)
        into.rename(folder / _name(made_at))
        removed = _remove_old(folder, keep)
    return BackedUp(folder / _name(made_at), manifest, copying.bytes_copied, _told(home, manifest), removed)


def _assert_apart(home: Home, folder: Path) -> None:
    one, other = home.root.resolve(), folder.resolve()
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise BackupError(f"{folder}: is within the home, or the home in it. Remedy: take a folder on another disk.")
    if (home.state / "erasing.json").exists():
        raise BackupError(f"{home.root}: an erasure is not at its end. Remedy: let scorehouse erase end first.")
    if not home.centre_file.is_file():
        raise BackupError(f"{home.root}: is no home, it has no centre.yaml. Remedy: name the home by --home.")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder of the backups; what another backup left unfinished is nobody's then."""
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout as error:
        raise BackupError(f"{folder}: another backup is being made there. Remedy: wait for it.") from error


def _copy_all(home: Home, copying: Copying, single: list[str]) -> None:
    for name in single:
        copying.copy(name)
    say("copying what was published")
    _copy_of_one_instant(home, copying, _copy_publications)
    say("copying what was taken")
    _copy_of_one_instant(home, copying, _copy_taken)
    _copy_of_one_instant(home, copying, _copy_notices)
    of_state = [*_below(home, "state/set_aside"), *_below(home, "state/erasures")]
    for name in [*_pulled(home), *_landed(home, copying), *of_state]:
        say(f"copying {name.partition('/')[0]}: {shown_name(name)}")
        copying.copy(name)


def _copy_of_one_instant(home: Home, copying: Copying, attempt: Callable[[Home, Copying], bool]) -> None:
    """Try until nothing changed meanwhile; the home is held only where that does not come about."""
    for _ in range(TRIES):
        if attempt(home, copying):
            return
        time.sleep(PAUSE_SECONDS)
    with home_lock(home):
        if not attempt(home, copying):
            raise BackupError(f"{home.root}: somebody else than a run writes into it. Remedy: see who, and try again.")


def _copy_publications(home: Home, copying: Copying) -> bool:
    """Copy the published file and the history that tells of it; False if a publication came in between."""
    seen = _mark(home)
    copying.copy(home.published_file.relative_to(home.root).as_posix())
    for place in ("history", "state/publication_parts"):
        copying.forget(place)
        for name in _below(home, place):
            copying.copy(name)
    return _mark(home) == seen


def _mark(home: Home) -> list[tuple[int, int, int]]:
    found = []
    for path in (home.published_file, home.history / "published.json"):
        try:
            stat = path.stat()
            found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
        except FileNotFoundError:
            found.append((0, 0, 0))
    return found


def _copy_taken(home: Home, copying: Copying) -> bool:
    """Copy the ledger of one instant with all that it counts; False if that was replaced before it was copied."""
    ledger = _ledger(home)
    if ledger is None:
        return False
    claims = [claim for content in ledger.values() for claim in _counted(content)]
    gone = [claim for claim in claims if claim not in copying.files and not copying.copy(claim)]
    if gone and _ledger(home) != ledger:
        return False
    copying.left_out += [f"{name}: is gone; scorehouse audit says more." for name in gone]
    for name, content in ledger.items():
        copying.put(name, content, 0o644)
    return True


def _copy_notices(home: Home, copying: Copying) -> bool:
    """Copy what was sent to whom; False if files were folded into another one meanwhile."""
    place = home.notice_ledger.relative_to(home.root).as_posix()
    copying.forget(place)
    seen = list(_below(home, place))
    return all(copying.copy(name) for name in seen) and list(_below(home, place)) == seen


def _counted(content: bytes) -> list[str]:
    """Return what a ledger record counts, by its place in the home; nothing if it is damaged."""
    try:
        record = LedgerRecord.from_json(content.decode())
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
    return [f"{area}/{stored.name}" for area, stored in counted(record)]


def _ledger(home: Home) -> dict[str, bytes] | None:
    """Return all records as they were at one instant; None if one of them changed while they were read."""
    stamps = _stamps(home)
    try:
        found = {path.relative_to(home.root).as_posix(): path.read_bytes() for path in stamps}
    except FileNotFoundError:
        return None
    return found if _stamps(home) == stamps else None


def _stamps(home: Home) -> dict[Path, tuple[int, int]]:
    found = {}
    for path in sorted(home.ledger.glob("*/*/*.json")):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found[path] = (stat.st_ino, stat.st_mtime_ns)
    return found


def _landed(home: Home, copying: Copying) -> Iterator[str]:
    for name in _below(home, "landing"):
        path = home.root / name
        if path.name.lower().endswith(UNFINISHED_ENDINGS):
            continue
        if leads_out(path, home.landing) or path.is_dir():
            copying.left_out.append(f"{shown_name(name)}: is a link, which no run follows.")
        else:
            yield name


def _pulled(home: Home) -> Iterator[str]:
    """Yield how far sources were pulled, to be copied before what landed by it: what is in neither is pulled again.

    Where a file waits for its name, which is not copied until then, it is as if nothing were known.
    """
    for name in _below(home, "state/pulled"):
        if not name.endswith(".json") or (read_kept(home.root / name) or {}).get("waiting") is None:
            yield name


def _below(home: Home, place: str) -> Iterator[str]:
    """Yield the files below a folder of the home, and links to folders, but not what is unfinished or hidden."""
    for folder, folders, files in os.walk(home.root / place):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*files, *links]):
            if not name.startswith("."):
                yield Path(folder, name).relative_to(home.root).as_posix()


def _told(home: Home, manifest: Manifest) -> list[str]:
    told = list(manifest.left_out)
    held = [name for name in SECRETS if name in manifest.files]
    if held:
        told.append(f"It holds secrets ({', '.join(held)}): nobody else may read it. --no-secrets leaves them out.")
    if SECRETS[0] not in manifest.files:
        key = home.root / SECRETS[0]
        where = str(key) if key.exists() else f"the value of {CUSTOMER_KEY_VARIABLE}"
        told.append(f"The key of customers is not in it. Keep a copy of {where}: with another one no run goes on.")
    return told


def _name(made_at: datetime) -> str:
    return made_at.strftime(NAME)


def _next_instant(before: list[str]) -> datetime:
    """Return now, or the second after the last backup: names stand in the order in which they were made."""
    now = datetime.now(UTC).replace(microsecond=0)
    if not before or before[-1] < _name(now):
        return now
    return datetime.strptime(before[-1], NAME).replace(tzinfo=UTC) + timedelta(seconds=1)


def _remove_old(folder: Path, keep: int | None) -> list[str]:
    old = [] if keep is None else backups_in(folder)[:-keep]
    for name in old:
        # No backup any more from the first moment on.
        (folder / name).rename(folder / f".{name}{UNFINISHED}")
        shutil.rmtree(folder / f".{name}{UNFINISHED}")
    return old
