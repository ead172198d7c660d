"""Writes the sample centre: builds it in an in-memory DuckDB, then exports one landing day after another."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.demo.centre_file import centre_text
from orchestration.demo.plan import DemoError, DemoPlan, last_whole_day
from orchestration.demo.policy_file import policy_text
from orchestration.home.durable import put_file
from orchestration.home.paths import Home, memory_limit
from orchestration.home.sql_text import text_literal

SQL = Path(__file__).parent / "sql"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, steps done and steps in all."""

BENCH_UNTIL = date(2026, 4, 16)
"""Daylight saving ends and Easter falls within the days that are measured."""

_DAILY = ("contacts", "contact_events", "messages", "agent_states", "ratings")
_LARGE = ("contact_events", "messages")
_WEEKLY = {
    "desk": (
        "quality_reviews",
        "quality_errors",
        "quality_review_items",
        "observations",
        "recognitions",
        "complaints",
        "appeals",
        "contact_tags",
        "plans",
        "actions",
        "time_records",
        "monitoring_sessions",
        "test_calls",
        "ticket_audits",
        "coaching_sessions",
        "surveys",
        "social_mentions",
    ),
    "qa": (
        "quality_reviews",
        "quality_errors",
        "quality_review_items",
        "monitoring_sessions",
        "test_calls",
        "coaching_sessions",
    ),
    "hr": (
        "teams",
        "queues",
        "staff",
        "team_memberships",
        "agent_accounts",
        "shifts",
        "documents",
        "document_receipts",
        "self_reports",
        "meetings",
        "skill_tests",
        "staff_surveys",
        "rewards",
    ),
    "web": ("site_visits",),
    "ops": ("platform_incidents", "forecasts"),
}


@dataclass(frozen=True)
class DemoResult:
    """What was written: number of landing files, their bytes, contacts and messages in the centre."""

    files: int
    byte_count: int
    contacts: int
    first_day: date
    last_day: date
    was_there: bool = False


def write_demo(
    home: Home,
    agents: int = 40,
    days: int = 60,
    seed: int = 1,
    progress: Progress | None = None,
    *,
    until: date | None = None,
    hostile: bool = False,
) -> DemoResult:
    """Write the sample centre into a home: centre.yaml and policy.yaml (each if absent) and its landing files.

    The same arguments give the same bytes. A home that holds this very sample is left as it is; without `until` the
    days end yesterday, and a sample that was written on an earlier day is this very sample too.
    Raises DemoError if an argument is out of range or the home holds other landing files.
    """
    plan = DemoPlan(agents, days, seed, until or last_whole_day(), hostile)
    plan = plan if until else _as_written(home, plan)
    written = write_centre(home, plan, progress)
    if not written.was_there and not home.policy_file.exists():
        home.policy_file.write_text(policy_text(plan), encoding="utf-8")
    return written


def is_sample(home: Home) -> bool:
    """Say whether what lies in a home's landing is a sample centre."""
    return _marker(home).exists()


def _as_written(home: Home, plan: DemoPlan) -> DemoPlan:
    """Return the plan with the last day of the sample that the home holds already, if it holds one."""
    marker = _marker(home)
    written = json.loads(marker.read_text(encoding="utf-8"))["plan"] if marker.exists() else {}
    return replace(plan, until=date.fromisoformat(written["until"])) if "until" in written else plan


def write_bench_centre(
    home: Home,
    agents: int = 500,
    days: int = 30,
    contacts: int = 1_000_000,
    messages: int = 20_000_000,
    seed: int = 1,
    progress: Progress | None = None,
) -> DemoResult:
    """Write the centre that the benchmark measures: plain contract CSV of one source, clean rows, streamed by day.

    contacts is exact as long as the agents can serve as many; messages is met within some per cent.
    """
    # Measured: volume 1 gives 45 contacts per person and day; 10 % more than asked are made, and the rest is cut off.
    volume = 1.1 * contacts / (agents * days * 41.0)
    plan = DemoPlan(
        agents,
        days,
        seed,
        BENCH_UNTIL,
        is_hostile=True,
        volume=volume,
        turn_seconds=800.0 / (messages / contacts),
        dirty_share=0.0,
        has_exchange=False,
        is_compressed=False,
        limit=contacts,
    )
    return write_centre(home, plan, progress)


def write_centre(home: Home, plan: DemoPlan, progress: Progress | None = None) -> DemoResult:
    """Write the landing files of a plan. Raises DemoError if the home holds other landing files."""
    marker = _marker(home)
    written = _earlier_result(home, plan, marker)
    if written is not None:
        return written
    home.landing.mkdir(parents=True, exist_ok=True)
    if not home.centre_file.exists():
        home.centre_file.write_text(centre_text(plan), encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="scorehouse-demo-") as scratch, _open(plan, Path(scratch)) as connection:
        result = _Writer(connection, home, plan, progress or _silent).write_all()
    marker.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "plan": _plain(plan),
        "files": result.files,
        "byte_count": result.byte_count,
        "contacts": result.contacts,
    }
    marker.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return result


def _marker(home: Home) -> Path:
    return home.state / "demo.json"


def _plain(plan: DemoPlan) -> dict[str, object]:
    return asdict(plan) | {"until": plan.until.isoformat()}


def _earlier_result(home: Home, plan: DemoPlan, marker: Path) -> DemoResult | None:
    if marker.exists():
        content = json.loads(marker.read_text(encoding="utf-8"))
        if content["plan"] == _plain(plan):
            days = plan.all_days
            return DemoResult(
                content["files"], content["byte_count"], content["contacts"], days[0], days[-1], was_there=True
            )
        raise DemoError(
            f"{home.root}: holds a sample of other size, seed or days. "
            "Remedy: another SCOREHOUSE_HOME, or remove that folder."
        )
    if home.landing.exists() and any(path.is_file() for path in home.landing.rglob("*")):
        raise DemoError(
            f"{home.landing}: holds files already, and a sample would mix with them. "
            "Remedy: another SCOREHOUSE_HOME, or remove the landing files."
        )
    return None


def _silent(_what: str, _done: int, _all: int) -> None:
    return


def _open(plan: DemoPlan, scratch: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config={"memory_limit": memory_limit(), "temp_directory": str(scratch)})
    connection.execute("set TimeZone = 'UTC'; set preserve_insertion_order = true")
    for name, value in plan.variables().items():
        _set(connection, name, value)
    return connection


def _set(connection: duckdb.DuckDBPyConnection, name: str, value: object) -> None:
    connection.execute(f"set variable {name} = $value", {"value": value})


class _Writer:
    """Builds the centre and exports it; one object per sample."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, home: Home, plan: DemoPlan, progress: Progress) -> None:
        self.connection = connection
        self.home = home
        self.plan = plan
        self.progress = progress
        self.files = 0
        self.byte_count = 0

    def write_all(self) -> DemoResult:
        """Build every table, then write the landing days in order."""
        steps = sorted(SQL.glob("0*.sql"))
        for number, script in enumerate(steps):
            self.progress(f"building {script.stem[3:]}", number, len(steps))
            self.connection.execute(script.read_text(encoding="utf-8"))
        days = self.plan.all_days
        week_from = days[0]
        self._write_personnel(days[0], week_from)
        for number, day in enumerate(days):
            self.progress("writing landing files", number, len(days))
            self._write_day(day)
            if number % 7 == 6 or day == days[-1]:
                self._write_week(week_from, day)
                week_from = day + timedelta(days=1)
        row = self.connection.execute("select count(*) from record").fetchone()
        return DemoResult(self.files, self.byte_count, row[0] if row else 0, days[0], days[-1])

    def _write_day(self, day: date) -> None:
        _set(self.connection, "day", day)
        landing_day = day + timedelta(days=1)
        for feed in _DAILY:
            suffix = ".csv.gz" if feed in _LARGE and self.plan.is_compressed else ".csv"
            self._export(SQL / "daily" / f"{feed}.sql", "desk", landing_day, feed + suffix)
        if self.plan.has_exchange:
            self._export(SQL / "daily" / "queue_log.sql", "pbx", landing_day, "queue_log.gz")

    def _write_personnel(self, day: date, week_from: date) -> None:
        # What was known before the first day: without it the first week's contacts would have no teams.
        _set(self.connection, "known_on", day)
        _set(self.connection, "day", day - timedelta(days=1))
        _set(self.connection, "week_from", week_from)
        for feed in ("teams", "queues", "staff", "team_memberships", "agent_accounts"):
            self._export(SQL / "weekly" / f"{feed}.sql", "hr", day, f"{feed}.csv")

    def _write_week(self, week_from: date, day: date) -> None:
        landing_day = day + timedelta(days=1)
        for name, value in (("week_from", week_from), ("day", day), ("known_on", landing_day)):
            _set(self.connection, name, value)
        for source, feeds in _WEEKLY.items():
            _set(self.connection, "source", source)
            for feed in feeds:
                self._export(SQL / "weekly" / f"{feed}.sql", source, landing_day, f"{feed}.csv")

    def _export(self, query: Path, source: str, landing_day: date, name: str) -> None:
        """Write one landing file; a query without rows writes none, as a system with nothing to say would."""
        path = self.home.landing / source / landing_day.isoformat() / name
        # The hour at which the file was dropped: a file changed just now would have to wait at the door.
        dropped_at = datetime.combine(landing_day, datetime.min.time(), UTC).timestamp()

        def write(part: Path) -> bool:
            row = self.connection.execute(
                f"copy ({query.read_text(encoding='utf-8')}) to {text_literal(part)} ({_options(name)})"
            ).fetchone()
            os.utime(part, (dropped_at, dropped_at))
            return bool(row and row[0])

        if put_file(path, write):
            self.files += 1
            self.byte_count += path.stat().st_size
        elif not any(path.parent.iterdir()):
            path.parent.rmdir()


def _options(name: str) -> str:
    form = "header false, delimiter '|', quote '', escape ''" if name.startswith("queue_log") else "header true"
    return f"format csv, {form}, compression {'gzip' if name.endswith('.gz') else 'none'}"
