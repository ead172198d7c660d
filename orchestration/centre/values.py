"""Clock times, dates and instants as centre.yaml writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator


def _clock_time(value: Any) -> Any:
    # YAML 1.1 reads an unquoted 09:30 as the number 570 (sexagesimal).
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 24 * 60:
        return f"{value // 60:02d}:{value % 60:02d}"
    return value


def _check_clock_time(text: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", text):
        raise ValueError(f"{text!r} is no time of day; write '09:00' to '24:00', in quotes")
    return text


def _date_or_instant(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        return datetime.fromisoformat(text) if "T" in text or " " in text else date.fromisoformat(text)
    return value


def _check_instant(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("an instant needs an offset, such as 2026-01-05T08:00:00+08:00; or write only the date")
    return value


ClockTime = Annotated[str, BeforeValidator(_clock_time), AfterValidator(_check_clock_time)]
DateOrInstant = Annotated[datetime | date, BeforeValidator(_date_or_instant), AfterValidator(_check_instant)]
