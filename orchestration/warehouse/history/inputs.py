"""What a publication is made from, told apart by what a person would call it: files, settings, program."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

from orchestration.home.made_of import digest_of_code, digest_of_files
from orchestration.home.paths import CHECKOUT, Home
from orchestration.warehouse.dbt_project import PROJECT, sources_digest, tools
from orchestration.warehouse.slice.parts import Part, remembered_parts

SETTINGS = (
    "centre_settings",
    "source_settings",
    "source_topics",
    "opening_hours",
    "holidays",
    "rated_channels",
    "codes",
)
"""Tables of settings that decide what a value is; targets are told by their rows, which the published file has."""
NO_MATTER = ("centre_name", "language", "as_of", "drill_days", "site_day_points")
"""Settings that no value depends on, and the instant that stands for now, which moves by itself."""
CODE = tuple(CHECKOUT / "orchestration" / name for name in ("centre", "door", "readers", "sources", "landing"))


@dataclass(frozen=True)
class Inputs:
    """Digests of the ledger, the settings, centre.yaml and the program, and the raw parts that the build read."""

    ledger: str
    settings: str
    centre: str
    program: str
    parts: frozenset[Part]


def inputs_of(home: Home) -> Inputs:
    """Return what the last complete build of a home was made from."""
    ledger = home.ledger
    program = [
        sources_digest(PROJECT),
        *(digest_of_code(folder) for folder in CODE),
        tools(),
    ]
    return Inputs(
        digest_of_files(ledger, ledger.glob("*/*/*.json")),
        _settings_digest(home),
        hashlib.sha256(home.centre_file.read_bytes()).hexdigest(),
        _digest(program),
        frozenset(remembered_parts(home) or ()),
    )


def _settings_digest(home: Home) -> str:
    told = []
    for name in SETTINGS:
        path = home.raw / name / "event_date=1900-01-01" / "settings.parquet"
        rows = pl.read_parquet(path) if path.is_file() else pl.DataFrame()
        told.append(rows.drop(NO_MATTER, strict=False).write_json())
    return _digest(told)


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
