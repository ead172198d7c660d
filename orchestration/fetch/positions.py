"""Where a record stands: its cursor as one whole number, microseconds since 1970 or the number that it is.

Local times count as their own digits say, as if there were no zone: what is asked of them is only which is later.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from orchestration.sources.pulled.settings import DEFAULT_OVERLAP, DEFAULT_OVERLAP_NUMBERS, Stream

CursorKind = Literal["instant", "number"]

_DAY_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST, _LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


def position_of(moment: datetime | date) -> int:
    """Return the position of an instant, of a local time, or of the beginning of a day."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _DAY_ZERO) // _MICROSECOND


def moment_of(position: int) -> datetime:
    """Return the instant of a position, within the calendar."""
    first, last = ((bound - _DAY_ZERO) // _MICROSECOND for bound in (_FIRST, _LAST))
    return _DAY_ZERO + min(max(position, first), last) * _MICROSECOND


def overlap_of(stream: Stream, kind: CursorKind) -> int:
    """Return how far behind the newest record a pull begins, in positions."""
    overlap = stream.overlap
    if overlap is None:
        overlap = DEFAULT_OVERLAP_NUMBERS if kind == "number" else DEFAULT_OVERLAP
    return overlap // _MICROSECOND if isinstance(overlap, timedelta) else overlap


def start_of(stream: Stream) -> int | None:
    """Return where the first pull begins, None for everything."""
    return position_of(stream.start) if isinstance(stream.start, date) else stream.start


def shown(position: int, kind: CursorKind) -> str:
    """Return a position as it stands in the name of a file."""
    if kind == "number":
        return str(position)
    moment = moment_of(position)
    return f"{moment:%Y%m%dT%H%M%S}" + (f".{moment.microsecond:06}" if moment.microsecond else "")
