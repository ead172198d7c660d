"""A random Asterisk queue log, many of whose lines are of the same second, and its lines landed another way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

SETTINGS = "  - {name: pbx, kind: asterisk_queue_log, time_zone: UTC, channel: voice}\n"
AGENTS = ["Agent/1", "Agent/2", "Agent/3"]
CALL_COUNT = 150
# So few seconds lie between two lines that they often share one.
STEPS = [0, 0, 0, 1, 7]


def write_queue_log(home: Path, first_day: date, seed: int) -> None:
    """Declare a telephone switch in centre.yaml and land its log of some days."""
    rng = Random(seed)  # noqa: S311 - a reproducible sample, no secret
    start = datetime.combine(first_day, time(12, 0), UTC)
    lines: list[str] = []
    for number in range(CALL_COUNT):
        began = start + timedelta(days=number % 5, seconds=rng.randrange(600))
        lines += _call(rng, int(began.timestamp()), f"{began:%H%M%S}.{number}")
    for day in range(5):
        lines += _pauses(rng, int((start + timedelta(days=day)).timestamp()))
    settings = home / "centre.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("sources:\n", f"sources:\n{SETTINGS}", 1))
    # A line that stands twice in one file may be a genuine repeat, in two files it is one line told twice.
    in_order = sorted(dict.fromkeys(lines), key=lambda line: int(line.partition("|")[0]))
    _write(home / "landing" / "pbx" / "2026-03-20" / "queue_log", in_order)


def rearrange_queue_log(landing: Path, other: Path, seed: int) -> None:
    """Land the lines of the log shuffled, in three files, and half of them once more in another file.

    Only the lines of a call in one second stay together: their order tells what happened.
    """
    rng = Random(seed)  # noqa: S311 - a reproducible order, no secret
    path = landing / "pbx" / "2026-03-20" / "queue_log"
    lines = path.read_text(encoding="utf-8").splitlines()
    together: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        together.setdefault(tuple(line.split("|")[:2]), []).append(line)
    groups = list(together.values())
    rng.shuffle(groups)
    folder = other / path.relative_to(landing).parent
    for number in range(3):
        _write(folder / f"queue_log.{number}", [line for group in groups[number::3] for line in group])
    _write(folder / "queue_log.again", rng.sample(lines, len(lines) // 2))


def _call(rng: Random, now: int, call: str) -> list[str]:
    """One call: it enters a queue, rings in vain, overflows, is given up, served or transferred."""
    queue = rng.choice(["sales", "help"])
    lines = [f"{now}|{call}|{queue}|NONE|ENTERQUEUE||{rng.randrange(30) + 5550000}|1"]
    for agent in rng.sample(AGENTS, rng.randrange(3)):
        now += rng.choice(STEPS)
        lines.append(f"{now}|{call}|{queue}|{agent}|RINGNOANSWER|1000")
    if rng.random() < 0.2:
        lines.append(f"{now}|{call}|{queue}|NONE|EXITWITHTIMEOUT|1|1|3")
        queue = "overflow"
        lines.append(f"{now}|{call}|{queue}|NONE|ENTERQUEUE|||1")
    now += (wait := rng.choice(STEPS))
    if rng.random() < 0.2:
        return [*lines, f"{now}|{call}|{queue}|NONE|ABANDON|1|1|{wait}"]
    agent = rng.choice(AGENTS)
    lines.append(f"{now}|{call}|{queue}|{agent}|CONNECT|{wait}|{now}.1|1")
    now += (talk := rng.choice(STEPS))
    if rng.random() < 0.3:
        lines.append(f"{now}|{call}|{queue}|{agent}|BLINDTRANSFER|300|internal|{wait}|{talk}|1")
        agent = AGENTS[AGENTS.index(agent) - 1]
        lines.append(f"{now}|{call}|experts|NONE|ENTERQUEUE|||1")
        lines.append(f"{now}|{call}|experts|{agent}|CONNECT|0|{now}.1|1")
        queue, wait, talk = "experts", 0, rng.choice(STEPS)
        now += talk
    return [*lines, f"{now}|{call}|{queue}|{agent}|{rng.choice(['COMPLETEAGENT', 'COMPLETECALLER'])}|{wait}|{talk}|1"]


def _pauses(rng: Random, now: int) -> list[str]:
    lines = []
    for agent in AGENTS:
        lines.append(f"{now - 60}|NONE|help|{agent}|ADDMEMBER|")
        lines.append(f"{now + 120}|NONE|help|{agent}|PAUSE|meal")
        lines.append(f"{now + 120 + 60 * rng.randrange(1, 9)}|NONE|help|{agent}|UNPAUSE|")
        lines.append(f"{now + 1200}|NONE|help|{agent}|REMOVEMEMBER|")
    return lines


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
