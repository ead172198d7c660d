"""What is to go to whom, by which channel and when; and why what doesn't go does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from orchestration.centre import Centre
from orchestration.centre.notices import Notices
from orchestration.home.errors import ScorehouseError
from orchestration.home.notice_ledger import read_deliveries
from orchestration.home.paths import Home
from orchestration.home.sql_text import text_literal

DELAYS = (300, 1_200, 3_600, 10_800, 21_600)
"""Seconds from the first try to each of those after it: five, over six hours."""

Standing = Literal[
    "due",
    "waits",
    "retries",
    "sent",
    "given_up",
    "no_try_left",
    "superseded",
    "settled",
    "expired",
    "no_shift",
    "no_channel",
    "other_settings",
]
SENDABLE = ("due", "no_try_left")
"""What a pass of the sender does something about."""
WHY: dict[str, str] = {
    "due": "goes now",
    "waits": "waits for its time in the recipient's shift",
    "retries": "was not taken by the channel, is tried again",
    "sent": "was sent",
    "given_up": "was given up after the last try",
    "no_try_left": "no try is left, or the sender was cut off in two of them: it is given up",
    "superseded": "the next one has taken its place",
    "settled": "what it asks for was done",
    "expired": "is no news any more",
    "no_shift": "the recipient has no planned shift",
    "no_channel": "nobody says by which channel",
    "other_settings": "names people before colleagues, which `names_in_groups` no longer allows: a run makes it anew",
}
_ROUTE = {"channel": pl.String(), "kind": pl.String(), "id": pl.String(), "address": pl.String()}
_SQL = Path(__file__).with_suffix(".sql")


class NotifyError(ScorehouseError, RuntimeError):
    """Nobody can be told anything; the message says why and what to do."""


@dataclass(frozen=True)
class Item:
    """A notice by one channel; `at`: when it goes, if it does; `until`: from when on it may not."""

    notice_id: str
    notice_kind: str
    recipient_kind: str
    recipient_id: str
    channel: str | None
    address: str = field(repr=False)
    attempts: int
    due_at: datetime
    title_en: str
    title_zh: str
    text_en: str
    text_zh: str
    link: str
    standing: Standing
    at: datetime | None
    until: datetime | None


def plan_notices(home: Home, centre: Centre, now: datetime) -> list[Item]:
    """Return every notice by every channel of its recipient, the earliest first. Raises NotifyError."""
    if not home.published_file.is_file():
        raise NotifyError(f"{home.published_file}: nothing was published yet. Remedy: run `scorehouse run`.")
    notices = centre.notices
    if notices.begin_on is None:
        return []
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {text_literal(home.published_file)} as published (read_only)")
        connection.register("route", _routes(notices))
        connection.register("delivery", read_deliveries(home.notice_ledger))
        try:
            rows = connection.execute(_SQL.read_text(encoding="utf-8"), _parameters(centre, now)).fetchall()
        except duckdb.CatalogException as error:
            raise NotifyError(
                f"{home.published_file}: has no notices; an earlier version made it. Remedy: run `scorehouse run`."
            ) from error
    return [Item(*row) for row in rows]


def _parameters(centre: Centre, now: datetime) -> dict[str, object]:
    notices = centre.notices
    assert notices.begin_on is not None  # noqa: S101 - the caller has looked
    return {
        "now": now,
        "kinds": list(notices.kinds),
        "begins_at": datetime.combine(notices.begin_on, time(), ZoneInfo(centre.time_zone)),
        "names_in_groups": notices.names_in_groups,
        "outside_shifts": notices.outside_shifts,
        "delays": list(DELAYS),
    }


def _routes(notices: Notices) -> pl.DataFrame:
    rows: Sequence[dict[str, object]] = [one.model_dump() for one in notices.recipients]
    return pl.DataFrame(rows, schema=_ROUTE)
