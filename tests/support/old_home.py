"""A home as the version before wrote it: parts named after their content, known by name only; findings in place."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from tests.support.land_home import LandHome

ADDED_SINCE = ("findings", "changed_ns", "form", "seal")


def as_written_before(home: LandHome) -> None:
    """Give records, parts and findings of a home the form that they had."""
    for path in sorted(home.home.ledger.glob("*/*/*.json")):
        record = json.loads(path.read_text())
        record["parts"] = [_renamed(home.home.raw, part["name"]) for part in record["parts"]]
        if record["findings"]:
            findings = home.home.quarantine / record["findings"]["name"]
            findings.rename(findings.with_name(f"{record['file_name']}.parquet"))
        path.write_text(
            json.dumps({name: value for name, value in record.items() if name not in ADDED_SINCE}, indent=1)
        )
        pointer = home.home.state / "contents" / record["source_id"] / record["file_hash"]
        pointer.parent.mkdir(parents=True, exist_ok=True)
        pointer.write_text(f"{record['landing_day']}/{record['file_name']}")


def without_codes(home: LandHome) -> None:
    """Take from a home `as_written_before` what findings were told by only later: details, and remarks of files."""
    for path in home.home.ledger.glob("*/*/*.json"):
        record = json.loads(path.read_text())
        path.write_text(json.dumps({name: value for name, value in record.items() if name != "remarks"}, indent=1))
    for path in home.home.quarantine.glob("*/*/*.parquet"):
        pl.read_parquet(path).drop("details").write_parquet(path)


def _renamed(raw: Path, name: str) -> str:
    old = f"{name.rpartition('-')[0]}.parquet"
    (raw / name).rename(raw / old)
    return old
