"""The dbt project as Dagster needs it: its folder, its manifest, and how a build is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from orchestration.home.durable import put_file
from orchestration.home.errors import ScorehouseError
from orchestration.home.made_of import digest_of_files
from orchestration.home.paths import CHECKOUT, HOME_VARIABLE

PROJECT = CHECKOUT / "dbt_project"
MANIFEST = PROJECT / "target" / "graph" / "manifest.json"
"""The project's graph, which does not depend on any home; Dagster's definitions are made from it."""

_STAMP = MANIFEST.with_name("sources.sha256")
_SOURCE_SUFFIXES = {".sql", ".yml", ".csv", ".md"}

BUILD_ARGUMENTS = ("build", "--exclude-resource-type", "unit_test")
"""Unit tests judge the models on made-up rows: they belong to `make test`, not to a night's run."""
OF_SLICE = ("--threads", "1")
"""The statements of some dates are short: two at a time get in each other's way, for a twentieth more processing."""


class DbtProjectError(ScorehouseError, RuntimeError):
    """The dbt project can't be parsed; the message is dbt's own."""


def dbt_executable() -> str:
    """Return the dbt of this Python environment; another one on the PATH may be of any version."""
    return str(Path(sys.executable).with_name("dbt"))


def tools() -> str:
    """Return the versions of what runs the models."""
    return f"dbt {version('dbt-core')}, DuckDB {version('duckdb')}"


def sources_digest(project: Path = PROJECT) -> str:
    """Return a hash over every model, seed, test and macro: what a build depends on besides the data."""
    own = {"target", "logs"}
    paths = (path for path in project.rglob("*") if path.relative_to(project).parts[0] not in own)
    return digest_of_files(project, (path for path in paths if path.suffix in _SOURCE_SUFFIXES))


def ensure_manifest() -> Path:
    """Return the manifest, made anew by `dbt parse` if any file of the project has changed since.

    Raises DbtProjectError with dbt's message if the project can't be parsed.
    """
    digest = sources_digest()
    if MANIFEST.exists() and _STAMP.exists() and _STAMP.read_text() == digest:
        return MANIFEST
    with tempfile.TemporaryDirectory(prefix="scorehouse-parse-") as scratch:
        target = Path(scratch) / "target"
        environment = os.environ | {HOME_VARIABLE: scratch, "DBT_LOG_PATH": scratch, "DBT_TARGET_PATH": str(target)}
        command = [dbt_executable(), "--quiet", "parse", "--no-partial-parse", "--project-dir", str(PROJECT)]
        command += ["--profiles-dir", str(PROJECT)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode != 0:
            raise DbtProjectError(f"{PROJECT}: dbt can't parse the project.\n{done.stdout}{done.stderr}")
        parsed = (target / "manifest.json").read_bytes()
        put_file(MANIFEST, lambda written: written.write_bytes(parsed), beside=str(os.getpid()))
    _STAMP.write_text(digest)
    return MANIFEST


def forget_other_parse(target: Path, project: Path = PROJECT) -> None:
    """Forget what dbt remembers in `target` of a project that lies elsewhere: that folder's seeds would be read."""
    told = target / "project_folder"
    if not told.exists() or told.read_text(encoding="utf-8") != str(project):
        (target / "partial_parse.msgpack").unlink(missing_ok=True)
        target.mkdir(parents=True, exist_ok=True)
        put_file(told, lambda written: written.write_text(str(project), encoding="utf-8"))


def read_manifest(path: Path) -> dict[str, object]:
    """Return a manifest of dbt as a dictionary."""
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    ensure_manifest()
