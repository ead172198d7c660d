"""The order of an erasure: landed files, rows, then everything that is made of them, and a look at every byte.

Rows stay, as those of a customer whom nobody knows: counts of contacts, customers and returns are what they were.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from orchestration.centre import load_centre
from orchestration.door.customer_key import load_customer_key
from orchestration.home.durable import remove
from orchestration.home.errors import ScorehouseError
from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.ledger_index import index_file
from orchestration.home.lock import home_lock, pulls_held
from orchestration.home.paths import Home
from orchestration.landing.known import KnownFiles
from orchestration.landing.taking import find_untaken, recover
from orchestration.upkeep.erase.kept_rows import erase_from_rows, places_of_rows
from orchestration.upkeep.erase.landed import erase_from_landing
from orchestration.upkeep.erase.persons import Person, Words
from orchestration.upkeep.erase.search import places_with
from orchestration.warehouse.build_state import BuildState, drop_database
from orchestration.warehouse.slice.packed import drop_packed


class EraseError(ScorehouseError, RuntimeError):
    """Nothing can be erased yet; the message says what has to be done first."""


@dataclass(frozen=True)
class Erased:
    """What was removed where; `left` are files that still name a customer, and that a person has to look at."""

    at: str
    customers: int
    too_short: int = 0
    rows_by_feed: dict[str, int] = field(default_factory=dict)
    parts: int = 0
    findings: int = 0
    landing_rewritten: list[str] = field(default_factory=list)
    landing_removed: list[str] = field(default_factory=list)
    others_removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Tell whether no customer was found anywhere."""
        return not (
            self.parts or self.findings or self.landing_rewritten or self.landing_removed or self.others_removed
        )


def erase(home: Home, ids: Sequence[str], publish: Callable[[], object]) -> Erased:
    """Take customers out of a home by their plain ids, and write a report to state/erasures/.

    `publish` builds and publishes everything anew, the pages too if there are any. Raises EraseError where files wait
    to be taken, for they may bring what is erased back.
    """
    plain = sorted({one.strip() for one in ids if one.strip()})
    if not plain:
        raise EraseError("no customer was named. Remedy: give --customer ID, or ids by --file, one a line.")
    centre = load_centre(home)
    # What a pull read before would land after.
    with pulls_held(home, (source.name for source in centre.sources)), home_lock(home):
        known = KnownFiles(home)
        recover(home, known)
        if find_untaken(home, centre, known).new:
            raise EraseError("files wait to be taken, and may name the customer. Remedy: scorehouse run, then erase.")
        key = load_customer_key(home.state, is_production=centre.profile == "production")
        is_resumed = bool(unfinished(home))
        salt = _salt(home)
        words = Words(tuple(Person.of(one, key, salt) for one in plain))
        done = _erased(home, known, words)
        if is_resumed or not done.is_nothing:
            _forget_what_was_made(home)
            publish()
        done = Erased(**{**asdict(done), "left": places_with(home, words)})
        if not done.is_nothing:
            write_kept(home.state / "erasures" / f"{done.at.replace(':', '')}.json", asdict(done))
        remove(_journal(home))
    return done


def unfinished(home: Home) -> list[str]:
    """Say that an erasure was cut off, if one was."""
    if not _journal(home).exists():
        return []
    return ["An erasure was cut off before its end. Remedy: give scorehouse erase the same customers again."]


def _erased(home: Home, known: KnownFiles, words: Words) -> Erased:
    # A file whose id is too short to be found in it goes whole.
    short = Words(tuple(person for person in words.persons if not person.is_findable))
    gave_rows = places_of_rows(home, known, short) if short.persons else set()
    landed = erase_from_landing(home, words, gave_rows)
    kept = erase_from_rows(home, known, words, landed)
    return Erased(
        at=datetime.now(UTC).replace(microsecond=0).isoformat(),
        customers=len(words.persons),
        too_short=len(short.persons),
        rows_by_feed=dict(sorted(kept.rows_by_feed.items())),
        parts=kept.parts,
        findings=kept.findings,
        landing_rewritten=sorted(landed.stamps),
        landing_removed=landed.removed,
        others_removed=_removed_from(home, home.state / "set_aside", words),
    )


def _removed_from(home: Home, folder: Path, words: Words) -> list[str]:
    """Remove what was set aside and names a customer: it is wanted by nobody any more."""
    if not folder.is_dir():
        return []
    below = folder.relative_to(home.root).as_posix()
    found = places_with(Home(folder), words)
    for place in found:
        remove(folder / place)
    return [f"{below}/{place}" for place in found]


def _forget_what_was_made(home: Home) -> None:
    """Drop what was built of the rows: DuckDB keeps deleted values in free blocks, pages keep an earlier generation."""
    BuildState(home).forget()
    drop_database(home.kept_file)
    drop_packed(home)
    remove(index_file(home))
    for folder in (home.site, home.state / "site", home.state / "duckdb_temp"):
        # What is in it, not the folder: it may be another disk, and has the rights of the web server.
        for path in list(folder.iterdir()) if folder.is_dir() else []:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                remove(path)


def _salt(home: Home) -> bytes:
    """Return the salt of this erasure, or of the one that was cut off."""
    kept = read_kept(_journal(home)) or {}
    salt = str(kept.get("salt") or secrets.token_hex(32))
    write_kept(_journal(home), {"salt": salt})
    return bytes.fromhex(salt)


def _journal(home: Home) -> Path:
    return home.state / "erasing.json"
