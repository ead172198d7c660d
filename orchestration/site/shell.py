"""The shell of the pages: built by Node once per version of reports/, then put beside the data of each home."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

from orchestration.home.durable import put_file
from orchestration.home.errors import ScorehouseError
from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.made_of import digest_of_files
from orchestration.home.paths import CHECKOUT, Home
from orchestration.home.progress import say

REPORTS = CHECKOUT / "reports"
BUILD = REPORTS / "build"
SHELL_LIST = ".shell.json"
"""In the site: the shell's files and the version they are of, so that a later shell removes what it no longer has."""

_STAMP = REPORTS / "build" / ".sources.sha256"
_SIGNALS = 128
_OWN_FOLDERS = {"node_modules", "build", ".evidence", ".svelte-kit", "sources"}
"""Not sources of the shell: what tools put there, and the publisher's SQL."""


class ShellError(ScorehouseError, RuntimeError):
    """The pages' shell can't be built or is not there; the message says what to do."""


class ShellKilledError(ShellError):
    """The build of the shell was killed, as a machine does that has no memory left."""


def shell_digest(reports: Path = REPORTS) -> str:
    """Return a hash over everything that the shell is built from."""
    paths = (path for path in reports.rglob("*") if path.relative_to(reports).parts[0] not in _OWN_FOLDERS)
    return digest_of_files(reports, (path for path in paths if path.is_file()))


def ensure_shell() -> Path:
    """Return the folder of the built shell, building it if reports/ has changed since.

    Raises ShellError if Node or its packages are missing, or if the build fails: ShellKilledError if it was killed.
    """
    digest = shell_digest()
    if _STAMP.exists() and _STAMP.read_text() == digest and (BUILD / "index.html").exists():
        return BUILD
    npm = shutil.which("npm")
    if npm is None or not (REPORTS / "node_modules").is_dir():
        raise ShellError(
            "the pages' shell can't be built: "
            + ("Node is not installed. " if npm is None else "its packages are not installed. ")
            + "Remedy: install Node 20 and run `make setup`, or leave the pages out: scorehouse run --no-site."
        )
    say("building the pages' shell (about a minute, only after reports/ has changed)")
    environment = os.environ | {"EVIDENCE_TELEMETRY_DISABLED": "1"}
    done = subprocess.run(  # noqa: S603 - npm of this machine, no input of users
        [npm, "run", "build"], cwd=REPORTS, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not (BUILD / "index.html").exists():
        # npm passes on the signal that ended its child as a shell does, 128 and its number.
        kind = ShellKilledError if done.returncode < 0 or done.returncode > _SIGNALS else ShellError
        raise kind(f"the pages' shell can't be built: {(done.stdout + done.stderr)[-3000:]}")
    _STAMP.write_text(digest)
    return BUILD


def install_shell(home: Home, build: Path) -> bool:
    """Copy the built shell into the site of the home, beside data/; return whether anything was copied.

    Files of an earlier shell that the new one lacks are removed after the new ones are in place.
    """
    version = (build / _STAMP.name).read_text()
    listing = home.site / SHELL_LIST
    before = read_kept(listing) or {}
    if before.get("version") == version:
        return False
    say("putting the pages' shell into the site")
    files = [
        path.relative_to(build).as_posix()
        for path in sorted(build.rglob("*"))
        if path.is_file() and path.name != _STAMP.name and path.relative_to(build).parts[0] != "data"
    ]
    # The entry page last: until then the old one finds its old files.
    for name in sorted(files, key=lambda name: name == "index.html"):
        put_file(home.site / name, partial(shutil.copyfile, build / name))
    for name in set(before.get("files", [])) - set(files):
        (home.site / name).unlink(missing_ok=True)
    write_kept(listing, {"version": version, "files": files})
    return True
