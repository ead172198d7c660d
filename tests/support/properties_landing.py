"""Other ways of landing the same records: in another order, in several files, told again under other names.

All cells are text, as they stand in the file. A seed gives the same files each time.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

Rows = list[dict[str, str]]
COARSE_SECONDS = 60


def make_coarse(landing: Path) -> None:
    """Round all instants of the landed CSV files down to the minute, so that much happens at the same instant.

    Events that then say the same would be repeats of each other once a file is split: they get an id.
    """
    for path in landing.glob("*/*/*.csv"):
        rows = read_rows(path)
        told: set[tuple[str, ...]] = set()
        for number, row in enumerate(rows):
            row |= {name: _coarse(cell) for name, cell in row.items() if name.endswith("_at") and cell}
            content = tuple(row.values())
            if content in told and "event_id" in row:
                row["event_id"] = f"e{number}"
            told.add(content)
        write_rows(path, rows)


def tangle_states(landing: Path) -> None:
    """Let the phone tell each agent's states too, each under way 10 minutes earlier and called something else."""
    states = {"ready": "busy", "busy": "ready", "away": "meal", "meal": "training", "training": "away"}
    for path in landing.glob("desk/*/agent_states.csv"):
        rows = read_rows(path)
        for row in rows:
            row["state"] = states.get(row["state"], row["state"])
            for name in ("started_at", "ended_at"):
                row[name] = (datetime.fromisoformat(row[name]) - timedelta(minutes=10)).isoformat()
        write_rows(landing / "phone" / path.parent.name / path.name, rows)


def rearrange(landing: Path, other: Path, seed: int) -> None:
    """Land the records of `landing` in `other`: shuffled, in up to four files a feed, and partly told twice.

    One file comes again byte by byte under another name, and half of the records once more a day later.
    """
    rng = Random(seed)  # noqa: S311 - a reproducible order, no secret
    for path in sorted(landing.glob("*/*/*.csv")):
        rows = read_rows(path)
        rng.shuffle(rows)
        folder = other / path.relative_to(landing).parent
        parts = rng.randint(2, 4)
        for number in range(parts):
            write_rows(folder / f"{path.stem}_{_name(rng)}.csv", rows[number::parts])
        write_rows(folder / f"{path.stem}_{_name(rng)}.csv", rows[0::parts])
        next_day = date.fromisoformat(folder.name) + timedelta(days=1)
        again = rng.sample(rows, (len(rows) + 1) // 2)
        write_rows(folder.with_name(next_day.isoformat()) / f"{path.stem}_{_name(rng)}.csv", again)


def read_rows(path: Path) -> Rows:
    """Return the records of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: Rows) -> None:
    """Write records as a CSV file; feeds without records leave no file."""
    if not rows:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)


def _coarse(cell: str) -> str:
    moment = datetime.fromisoformat(cell)
    return (moment - timedelta(seconds=moment.timestamp() % COARSE_SECONDS)).isoformat()


def _name(rng: Random) -> str:
    # Which file is read first follows from its name, so the names are in no order.
    return f"{rng.getrandbits(32):08x}"
