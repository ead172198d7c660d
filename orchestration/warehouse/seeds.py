"""Rows of dbt's seeds, and their text in a Markdown table."""

from __future__ import annotations

import csv
from pathlib import Path

from orchestration.home.paths import CHECKOUT

SEEDS = CHECKOUT / "dbt_project" / "seeds" / "catalogue"
LISTS = CHECKOUT / "dbt_project" / "seeds" / "governance"
"""Folder of the KPI catalogue, and of the lists of codes."""

Row = dict[str, str]


def read_seed(folder: Path, name: str) -> list[Row]:
    """Return the rows of `<folder>/<name>.csv` as text; raise FileNotFoundError when the seed is missing."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(text: str) -> str:
    """Return text that cannot break out of a Markdown table cell or become HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("\n", " ")
