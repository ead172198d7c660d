"""The same records in the forms in which a source may write them: CSV, JSON Lines, Parquet, or its own columns.

A source that writes its own columns is read through a mapping: each name is the contract's in capitals behind `F_`,
instants are milliseconds since 1970, and some words are the source's own.
"""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import polars as pl

Rows = list[dict[str, str]]
CONTRACT_FORMATS = ("csv", "jsonl", "parquet")
MAPPED_FORMATS = ("csv", "jsonl")
WORDS = {"direction": {"inbound": "in", "callback": "back", "outbound": "out"}, "sender": {"customer": "client"}}
FLAGS = {"is_test", "is_manual", "is_home_team", "good_faith"}
COUNTS = {"visitors", "length", "max_concurrent", "seconds"}


def write_rows(path: Path, rows: Rows) -> None:
    """Write records by the ending of the path; an empty cell is none. Feeds without records leave no file."""
    if not rows:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jsonl":
        # Keys without a value are left out, so that the first record need not have them all.
        lines = (json.dumps({name: cell for name, cell in row.items() if cell}) for row in rows)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    elif path.suffix == ".parquet":
        pl.DataFrame({name: [_typed(name, row[name]) for row in rows] for name in rows[0]}).write_parquet(path)
    else:
        write_csv(path, rows)


def write_csv(path: Path, rows: Rows, delimiter: str = ",") -> None:
    """Write records as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]), lineterminator="\n", delimiter=delimiter)
        sheet.writeheader()
        sheet.writerows(rows)


def write_own_columns(path: Path, rows: Rows) -> None:
    """Write records of a feed in a source's own columns, for `mapping_of`."""
    own = [{f"F_{name.upper()}": _own(name, cell) for name, cell in row.items()} for row in rows]
    if path.suffix == ".jsonl":
        write_rows(path, own)
    else:
        write_csv(path, own, delimiter=";")


def mapping_of(feeds: dict[str, list[str]]) -> list[dict[str, object]]:
    """Return the mapping that reads the own columns of feeds (their columns by name) back."""
    return [
        {"files": f"{feed}_[0-9a-f]*", "delimiter": ";", "feeds": {feed: {name: _rule(name) for name in columns}}}
        for feed, columns in feeds.items()
    ]


def _rule(name: str) -> dict[str, object]:
    rule: dict[str, object] = {"column": f"F_{name.upper()}"}
    if name.endswith("_at"):
        rule["time_format"] = "epoch_milliseconds"
    if name in WORDS:
        # Words that are the same on both sides have to be listed as well.
        same = {word: word for word in ("agent", "system", "bot")} if name == "sender" else {}
        rule["values"] = same | {own: word for word, own in WORDS[name].items()}
    return rule


def _own(name: str, cell: str) -> str:
    if name.endswith("_at") and cell:
        return str(round(datetime.fromisoformat(cell).timestamp() * 1000))
    return WORDS.get(name, {}).get(cell, cell)


def _typed(name: str, cell: str) -> object:
    """Return a cell as a Parquet file would hold it."""
    if not cell:
        return None
    if name.endswith("_at"):
        return datetime.fromisoformat(cell)
    if name in FLAGS:
        return cell == "true"
    if name in COUNTS:
        return int(cell)
    if name.endswith("_on") or name.startswith("valid_"):
        return date.fromisoformat(cell)
    return cell
