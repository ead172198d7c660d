"""Seconds of an interval that lie within a channel's opening hours; channels without hours are always open."""

from datetime import UTC, date, datetime, time, timedelta

from tests.oracle.feeds import Centre

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Channel, weekdays, opening and closing hour of local time. The second covers the hour that the clock skips.
SCHEDULE = [
    ("web", WEEKDAYS[:5], 9, 17),
    ("web", ("sat",), 10, 12),
    ("app", WEEKDAYS, 0, 6),
    ("app", WEEKDAYS, 20, 24),
]
HOLIDAY = ("web", date(2026, 3, 4))


def open_seconds(centre: Centre, channel: str, start: datetime, end: datetime) -> int:
    """Return the open seconds of [start, end) under the schedule above."""
    hours = [stretch[1:] for stretch in SCHEDULE if stretch[0] == channel]
    if not hours:
        return int((end - start).total_seconds())
    total, day = 0.0, centre.local_date(start)
    while day <= centre.local_date(end):
        for weekdays, opens, closes in hours:
            if WEEKDAYS[day.weekday()] in weekdays and (channel, day) != HOLIDAY:
                opening, closing = _at(centre, day, opens), _at(centre, day, closes)
                total += max(0.0, (min(end, closing) - max(start, opening)).total_seconds())
        day += timedelta(days=1)
    return int(total)


def _at(centre: Centre, day: date, hour: int) -> datetime:
    if hour == 24:
        return centre.midnight(day + timedelta(days=1))
    return datetime.combine(day, time(hour), centre.zone).astimezone(UTC)


def settings_lines() -> list[str]:
    """Return the schedule as lines of centre.yaml."""
    lines = ["opening_hours:"]
    for channel, weekdays, opens, closes in SCHEDULE:
        days = ", ".join(weekdays)
        lines.append(f'  - {{channel: {channel}, days: [{days}], opens: "{opens:02}:00", closes: "{closes:02}:00"}}')
    return [*lines, "holidays:", f"  - {{channel: {HOLIDAY[0]}, date: {HOLIDAY[1]}}}"]
