"""Other ways of landing the same records: in another order, in several files and forms, told again under other names.

All cells are text, as they stand in the file. A seed gives the same files each time.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import yaml

from schemas import TOPICS
from tests.support.properties_formats import MAPPED_FORMATS, Rows, mapping_of, write_own_columns, write_rows

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


@dataclass(frozen=True)
class Way:
    """A way of landing records: in what order, in how many files, how often told, in which forms, how read."""

    seed: int
    parts: int
    told_again: float
    days_apart: int
    formats: tuple[str, ...]
    mapped: frozenset[str]
    threads: int


def rearrange(home: Path, other: Path, way: Way) -> None:
    """Land the records of `home` in `other`: shuffled, in several files a feed, over several days, partly told again.

    Of each feed one file comes again byte by byte under another name, and a share of the records once more in another
    file. Sources in `way.mapped` write columns of their own, and `other` reads them through a mapping.
    """
    rng = Random(way.seed)  # noqa: S311 - a reproducible order, no secret
    mapped: dict[str, dict[str, list[str]]] = {source: {} for source in way.mapped}
    for path in sorted((home / "landing").glob("*/*/*.csv")):
        rows, source = read_rows(path), path.parts[-3]
        rng.shuffle(rows)
        if source in mapped:
            mapped[source][path.stem] = list(rows[0])
        files = [rows[number :: way.parts] for number in range(way.parts)]
        files.append(rng.sample(rows, round(len(rows) * way.told_again)))
        written = [_land(path, other / "landing", records, way, rng) for records in files if records]
        again = rng.choice(written)
        shutil.copy(again, again.with_name(f"{path.stem}_{_name(rng)}{again.suffix}"))
    other.joinpath("centre.yaml").write_text(_settings(home, mapped), encoding="utf-8")


def _land(path: Path, landing: Path, rows: Rows, way: Way, rng: Random) -> Path:
    """Write records of one feed of a source on one of the days, in one of the forms; return the file."""
    source, day, feed = path.parts[-3], date.fromisoformat(path.parts[-2]), path.stem
    folder = landing / source / (day + timedelta(days=rng.randint(0, way.days_apart))).isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    ending = rng.choice([one for one in way.formats if one in MAPPED_FORMATS or source not in way.mapped])
    file = folder / f"{feed}_{_name(rng)}.{ending}"
    (write_own_columns if source in way.mapped else write_rows)(file, rows)
    return file


def _settings(home: Path, mapped: dict[str, dict[str, list[str]]]) -> str:
    """Return centre.yaml of a home with some of its sources read through a mapping, recording what they did."""
    settings: dict[str, list[dict[str, object]]] = yaml.safe_load((home / "centre.yaml").read_text(encoding="utf-8"))
    for source in settings["sources"]:
        name = str(source["name"])
        if name in mapped:
            not_recorded = source.get("not_recorded", [])
            recorded = [topic for topic in TOPICS if topic not in not_recorded]  # type: ignore[operator]
            source |= {"kind": "files", "mapping": mapping_of(mapped[name]), "recorded": recorded}
    return yaml.safe_dump(settings, sort_keys=False)


def read_rows(path: Path) -> Rows:
    """Return the records of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _coarse(cell: str) -> str:
    moment = datetime.fromisoformat(cell)
    return (moment - timedelta(seconds=moment.timestamp() % COARSE_SECONDS)).isoformat()


def _name(rng: Random) -> str:
    # Which file is read first follows from its name, so the names are in no order.
    return f"{rng.getrandbits(32):08x}"
