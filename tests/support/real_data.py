"""The real month of calls and the real chats: where they are, and their independently computed values.

The data may not be redistributed, so a checkout has none. `SCOREHOUSE_REAL_DATA` names the folder that holds
`bank_calls_1999_02/` and `support_chats/`; without it the tests are skipped and say so.
"""

import csv
import os
from pathlib import Path

import pytest


def real_data_folder(name: str) -> Path:
    """Folder of one real data set, or a skip that says what is missing."""
    root = os.environ.get("SCOREHOUSE_REAL_DATA")
    if not root:
        pytest.skip("SCOREHOUSE_REAL_DATA is not set: the real data set is not tested")
    folder = Path(root) / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing: the real data set is not tested")
    return folder


def expected_values(folder: Path, metric: str, dimension: str = "") -> dict[str, float]:
    """Independently computed values of one metric, by key (the key of a total is the empty string)."""
    with (folder / "expected.csv").open(encoding="utf-8") as lines:
        return {
            row["key"]: float(row["value"])
            for row in csv.DictReader(lines)
            if row["metric"] == metric and row["dimension"] == dimension
        }
