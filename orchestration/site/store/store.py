"""The files of one site: immutable, named by content; only the manifest is replaced."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestration.home.durable import UNFINISHED, put_file
from orchestration.home.kept_json import read_kept

MANIFEST = "manifest.json"
ENDINGS = (".json", ".csv", ".txt")
"""Of the files that a site's data have."""

_KEPT_GENERATIONS = 2
"""A page that pinned the manifest before this one still finds its files."""


def content_hash(content: bytes) -> str:
    """Return the 12 hex digits that name a content."""
    return hashlib.sha256(content).hexdigest()[:12]


def safe(name: str) -> str:
    """Return a short name that any file system and server takes, the same for the same text."""
    return content_hash(name.encode("utf-8"))


class SharedFiles:
    """Files that the sites of one run hold, by what they say: of one content no site needs a copy of its own."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], tuple[Path, str]] = {}

    def offer(self, key: str, mark: str, folder: Path, name: str) -> None:
        """Say that `name` in `folder` is the file of `key` whose rows have the fingerprint `mark`."""
        self._places.setdefault((key, mark), (folder, name))

    def is_empty(self) -> bool:
        """Whether nothing was offered yet."""
        return not self._places

    def find(self, key: str, mark: str) -> tuple[Path, str] | None:
        """Return the folder and name of the file of these rows, if a site of this run holds it."""
        return self._places.get((key, mark))


class SiteStore:
    """Writes the files of one data folder. `state_file` remembers what the last generations hold."""

    def __init__(self, folder: Path, state_file: Path, shared: SharedFiles) -> None:
        self.folder = folder
        self._shared = shared
        self._state_file = state_file
        self._state: dict[str, Any] = read_kept(state_file) or {}
        self._used: set[str] = set()
        self._present = set(_data_files(folder))
        self._folders: set[Path] = set()
        self._lock = threading.Lock()
        self.files_written = 0
        self.bytes_written = 0

    def put(self, stem: str, *texts: str, ending: str = ".json") -> str:
        """Write texts, one after the other, unless they are there already; return the name below the data folder.

        `stem` is a safe path without suffix, such as 'scope/1f3a'. Long plain texts are best given apart from those in
        other scripts: put together they would take twice the memory, and twice the time.
        """
        content = b"".join([text.encode("utf-8") for text in texts])
        name = f"{stem}-{content_hash(content)}{ending}"
        is_new = name not in self._present
        if is_new:
            self._write(self.folder / name, content)
        with self._lock:
            self._used.add(name)
            if is_new:
                self._present.add(name)
                self.files_written += 1
                self.bytes_written += len(content)
        return name

    def keep(self, name: str) -> bool:
        """Use a file of an earlier generation again; False if it is not there any more."""
        if name not in self._present:
            return False
        self._used.add(name)
        return True

    def is_alone(self) -> bool:
        """Whether no other site of this run has offered a file."""
        return self._shared.is_empty()

    def offer(self, key: str, mark: str, name: str) -> None:
        """Let other sites of this run use a file for the same rows: see `SharedFiles.offer`."""
        self._shared.offer(key, mark, self.folder, name)

    def borrow(self, key: str, mark: str) -> str | None:
        """Use the file that another site of this run holds for the same rows; None if there is none.

        The site gets a name of its own for it: what another site drops stays here.
        """
        found = self._shared.find(key, mark)
        if found is None:
            return None
        folder, name = found
        if not self.keep(name):
            self._link(folder / name, self.folder / name)
            with self._lock:
                self._used.add(name)
                self._present.add(name)
        return name

    def remembered(self, topic: str) -> dict[str, Any]:
        """Return what the last publication remembered under a topic; empty if nothing."""
        found: dict[str, Any] = self._state.get(topic, {})
        return found

    def unchanged(self, fingerprint: str) -> str | None:
        """Return the generation in place if it was made of what has this fingerprint and is whole, else None."""
        last = self._state.get("generations", [{"name": "", "files": []}])[0]
        is_whole = (self.folder / MANIFEST).exists() and self._present.issuperset(last["files"])
        return last["name"] if is_whole and self._state.get("fingerprint") == {"rows": fingerprint} else None

    def finish(self, manifest: dict[str, Any], remember: dict[str, dict[str, Any]]) -> str:
        """Put the manifest in place, drop files that no kept generation uses, and return the generation's name."""
        generation = content_hash(json.dumps(manifest, sort_keys=True).encode("utf-8"))
        content = json.dumps({"generation": generation, **manifest}, ensure_ascii=False, separators=(",", ":"))
        earlier = [kept for kept in self._state.get("generations", []) if kept["name"] != generation]
        generations = [{"name": generation, "files": sorted(self._used)}, *earlier][:_KEPT_GENERATIONS]
        self._write(self.folder / MANIFEST, content.encode("utf-8"), on_disk=True)
        # State lost: what an unknown last generation used can't be told from leftovers, so nothing is dropped.
        if earlier or not self._present - self._used:
            self._drop(self._present - {name for kept in generations for name in kept["files"]})
        else:
            generations.append({"name": "unknown", "files": sorted(self._present - self._used)})
        state = {**remember, "generations": generations}
        self._state_file.parent.mkdir(parents=True, exist_ok=True)
        self._write(self._state_file, json.dumps(state, ensure_ascii=False).encode("utf-8"), on_disk=True)
        return generation

    def _folder_of(self, path: Path) -> None:
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)

    def _link(self, source: Path, path: Path) -> None:
        self._folder_of(path)
        try:
            path.hardlink_to(source)
        except OSError:  # a file system without links, or with no more of them for this file
            self._write(path, source.read_bytes())

    @staticmethod
    def _write(path: Path, content: bytes, *, on_disk: bool = False) -> None:
        # A name must never stand for half a content, so it is given only to the whole.
        put_file(path, lambda written: written.write_bytes(content), on_disk=on_disk)

    def _drop(self, names: set[str]) -> None:
        for name in sorted(names):
            (self.folder / name).unlink(missing_ok=True)
        for leftover in self.folder.rglob(f".*{UNFINISHED}"):
            leftover.unlink(missing_ok=True)


def _data_files(folder: Path) -> Iterator[str]:
    """Yield the names of the files below a folder but the manifest's, without asking the system for each of them."""
    root = len(str(folder)) + 1
    for place, _, names in os.walk(folder):
        below = f"{place[root:]}/" if len(place) > root else ""
        yield from (below + name for name in names if name.endswith(ENDINGS) and not name.startswith((".", MANIFEST)))
