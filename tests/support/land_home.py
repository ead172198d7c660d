"""A home for tests of the door: drop files, take them, look at rows, quarantine and ledger."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from orchestration.centre import Centre, parse_centre
from orchestration.home.ledger import LedgerRecord, read_ledger
from orchestration.home.paths import Home
from orchestration.landing.take import take_files
from orchestration.landing.taking import find_new_files, take_file

DAY = date(2026, 1, 5)
CONTACTS_HEADER = "contact_id,customer_id,channel,direction,started_at,ended_at\n"
MESSAGES_HEADER = "message_id,contact_id,sent_at,sender,agent_id,is_manual,length\n"
GOOD_MESSAGE = "m1,c1,2026-01-05T08:00:00Z,customer,,true,5\n"
GOOD_CONTACT = "c1,u1,web,inbound,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z\n"


@dataclass
class LandHome:
    """A home with one source `desk` of kind `feed` unless other sources are given as YAML."""

    root: Path
    sources: str = "- {name: desk, kind: feed}"
    settings: str = "time_zone: Asia/Shanghai"
    home: Home = field(init=False)

    def __post_init__(self) -> None:
        self.home = Home(self.root)

    @property
    def centre(self) -> Centre:
        return parse_centre(f"name: Test\n{self.settings}\nsources:\n{_indented(self.sources)}", "centre.yaml")

    def drop(self, name: str, content: str | bytes, *, source: str = "desk", day: date = DAY) -> Path:
        path = self.home.landing / source / day.isoformat() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        settled = time.time() - 60
        os.utime(path, (settled, settled))
        return path

    def take_all(self) -> dict[str, LedgerRecord]:
        files = find_new_files(self.home, self.centre)
        return {record.file_name: record for record in take_files(self.home, self.centre, files)}

    def take(self, name: str, content: str | bytes, *, source: str = "desk", day: date = DAY) -> LedgerRecord:
        path = self.drop(name, content, source=source, day=day)
        return take_file(self.home, self.centre, source, day, path)

    def rows(self, feed: str) -> pl.DataFrame:
        parts = sorted(self.home.raw.glob(f"{feed}/*/*.parquet"))
        frames = [pl.read_parquet(part) for part in parts]
        return pl.concat(frames).sort("landing_day", "file_name", "record_number") if frames else pl.DataFrame()

    def column(self, feed: str, name: str) -> list[Any]:
        rows = self.rows(feed)
        return rows[name].to_list() if rows.width else []

    def quarantine(self) -> list[dict[str, Any]]:
        files = sorted(self.home.quarantine.glob("*/*/*.parquet"))
        return [row for file in files for row in pl.read_parquet(file).to_dicts()]

    def findings(self) -> list[tuple[int | None, str | None, str, str | None]]:
        """Line, field, check and value of everything in quarantine, in order of file and record."""
        return [(row["line_number"], row["field"], row["check_name"], row["value"]) for row in self.quarantine()]

    def ledger(self) -> list[LedgerRecord]:
        return list(read_ledger(self.home.ledger))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip("\n").splitlines())
