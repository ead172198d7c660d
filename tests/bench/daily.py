"""`make bench-daily`: a hundred daily runs of a small home, and what each part of the home holds after 10, 50 and 100.

Every run is one of the command line with pages, in a process of its own, as a timer begins it. Writes the table into
docs/benchmarks.md, between the marks of its section. `SCOREHOUSE_BENCH_HOME` may name the folder to work in: it is
kept, and a bench that was stopped goes on there with the next day. `SCOREHOUSE_BENCH_RUNS` makes another number.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from orchestration.home.paths import HOME_VARIABLE, Home
from tests.bench.page import replace_section
from tests.bench.run import machine

FIRST_DAY = date(2026, 1, 1)
FIRST_DAYS = 30
"""Days that the home has before what is measured: each of them begins with a run of its own."""
LOOKED_AT = (10, 50, 100)
CONTACTS_A_DAY = 20
AGENTS = ("ann", "bob", "cid", "dee")
CENTRE = "name: Small\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n"

PARTS = {
    "`landing/`, `raw/`, `quarantine/`, `ledger/`": ("landing", "raw", "quarantine", "ledger"),
    "`history/`": ("history",),
    "`warehouse/`": ("warehouse",),
    "`published/`": ("published",),
    "`site/`": ("site",),
    "`state/dagster/`": ("state/dagster",),
    "`state/dbt/`": ("state/dbt",),
    "`state/slice/`, `state/made_of/`, the rest of `state/`": ("state",),
    "all": (".",),
}
KEPT_BY_DESIGN = frozenset(list(PARTS)[:2])


@dataclass(frozen=True)
class Held:
    """Files and bytes of a part of a home."""

    files: int
    bytes: int


@dataclass
class Progress:
    """What is known after the runs so far: seconds of each, and what the home held at each look."""

    file: Path
    seconds: list[float] = field(default_factory=list)
    seen: dict[int, dict[str, Held]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Progress:
        """What the bench before left in a folder, or nothing."""
        file = folder / "progress.json"
        if not file.exists():
            return cls(file)
        told = json.loads(file.read_text(encoding="utf-8"))
        seen = {int(at): {name: Held(**held) for name, held in parts.items()} for at, parts in told["seen"].items()}
        return cls(file, told["seconds"], seen)

    def keep(self) -> None:
        """Write it down, whole or not at all."""
        seen = {at: {name: asdict(held) for name, held in parts.items()} for at, parts in self.seen.items()}
        beside = self.file.with_suffix(".part")
        beside.write_text(json.dumps({"seconds": self.seconds, "seen": seen}), encoding="utf-8")
        beside.replace(self.file)


def drop_day(home: Home, day: date) -> None:
    """Drop the files of one day: contacts, their events, a message and a rating of each."""
    folder = home.landing / "desk" / (day + timedelta(1)).isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    if day == FIRST_DAY:
        rows = "".join(f"{agent},north,2026-01-01,true\n" for agent in AGENTS)
        _write(folder / "team_memberships.csv", "agent_id,team_id,valid_from,is_home_team\n" + rows)
    texts = {
        "contacts.csv": "contact_id,customer_id,channel,direction,started_at,ended_at\n",
        "contact_events.csv": "contact_id,occurred_at,event_type,agent_id\n",
        "messages.csv": "message_id,contact_id,sent_at,sender,agent_id,is_manual,length\n",
        "ratings.csv": "rating_id,contact_id,invited_at,stars\n",
    }
    for number in range(CONTACTS_A_DAY):
        name, hour, agent = f"{day:%m%d}-{number}", f"{day}T{8 + number // 4:02d}", AGENTS[number % len(AGENTS)]
        minute = 10 * (number % 4)
        begin, end = f"{hour}:{minute:02d}:00Z", f"{hour}:{minute + 6:02d}:00Z"
        texts["contacts.csv"] += f"{name},customer-{(day.toordinal() * 7 + number) % 300},web,inbound,{begin},{end}\n"
        texts["contact_events.csv"] += f"{name},{begin},connected,{agent}\n{name},{end},ended,\n"
        texts["messages.csv"] += f"m{name},{name},{hour}:{minute + 1:02d}:00Z,customer,,true,20\n"
        texts["messages.csv"] += f"a{name},{name},{hour}:{minute + 2:02d}:00Z,agent,{agent},true,40\n"
        texts["ratings.csv"] += f"r{name},{name},{end},{1 + (day.toordinal() + number) % 5}\n"
    for file, text in texts.items():
        _write(folder / file, text)


def run_once(home: Home, *, pages: bool = True) -> float:
    """Run the command line on the home; return the seconds it took."""
    started = time.monotonic()
    command = [str(Path(sys.executable).with_name("scorehouse")), "run", *([] if pages else ["--no-site"])]
    environment = os.environ | {HOME_VARIABLE: str(home.root)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"a run failed: {done.stdout}{done.stderr}")
    return time.monotonic() - started


def held(home: Home) -> dict[str, Held]:
    """Return what each part of a home holds; a part leaves out what another line tells."""
    told = [folder for folders in PARTS.values() for folder in folders if folder != "."]
    found: dict[str, Held] = {}
    for name, folders in PARTS.items():
        apart = [home.root / other for other in told if name != "all" and other not in folders]
        files = [path for folder in folders for path in _files(home.root / folder, apart)]
        found[name] = Held(len(files), sum(path.lstat().st_size for path in files))
    return found


def table(seen: Mapping[int, Mapping[str, Held]], seconds: Sequence[float]) -> str:
    """The section of docs/benchmarks.md: a line per part of the home, a pair of columns per number of runs."""
    numbers = sorted(seen)
    heads = " | ".join(f"files, {number} runs | MB" for number in numbers)
    last, before = numbers[-1], numbers[-2] if len(numbers) > 1 else numbers[-1]
    lines = [
        f"{CONTACTS_A_DAY} contacts a day, a run a day with pages, {sum(seconds) / len(seconds):.0f} s each; "
        f"on {machine()}.",
        "",
        f"| part of the home | {heads} | kB per run, {before} to {last} |",
        f"|---|{'---:|' * (2 * len(numbers) + 1)}",
    ]
    for name in PARTS:
        cells = " | ".join(
            f"{seen[number][name].files:,} | {seen[number][name].bytes / 1e6:,.2f}" for number in numbers
        )
        grown = (seen[last][name].bytes - seen[before][name].bytes) / max(1, last - before) / 1e3
        lines.append(f"| {name}{' (kept by design)' if name in KEPT_BY_DESIGN else ''} | {cells} | {grown:,.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Run day after day, look at the home in between, write the table."""
    runs = int(os.environ.get("SCOREHOUSE_BENCH_RUNS", str(LOOKED_AT[-1])))
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-daily-") as made:
        folder = Path(os.environ.get("SCOREHOUSE_BENCH_HOME", made))
        home = Home(folder / "home")
        home.create_folders()
        progress = Progress.of(folder)
        if not progress.seconds:
            home.centre_file.write_text(CENTRE, encoding="utf-8")
            for number in range(FIRST_DAYS):
                drop_day(home, FIRST_DAY + timedelta(number))
        for number in range(len(progress.seconds) + 1, runs + 1):
            drop_day(home, FIRST_DAY + timedelta(FIRST_DAYS + number - 1))
            progress.seconds.append(run_once(home))
            if number in LOOKED_AT or number == runs:
                progress.seen[number] = held(home)
                # Hours lie between two looks: what is known by then stands there.
                replace_section("daily", table(progress.seen, progress.seconds))
                print(table(progress.seen, progress.seconds), flush=True)
            progress.keep()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    # A file that changed within the last seconds would be waited for.
    settled = time.time() - 60
    os.utime(path, (settled, settled))


def _files(folder: Path, apart: Sequence[Path]) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(place) / name not in apart]
        found += [Path(place) / name for name in names]
    return found


if __name__ == "__main__":
    main()
