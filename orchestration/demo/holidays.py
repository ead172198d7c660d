"""The public holidays of the sample centre: those of New South Wales that close most offices."""

from __future__ import annotations

from datetime import date, timedelta


def public_holidays(year: int) -> list[date]:
    """Return the holidays of a year, in order; days in lieu are left out."""
    easter = easter_sunday(year)
    fixed = {date(year, month, day) for month, day in ((1, 1), (1, 26), (4, 25), (12, 25), (12, 26))}
    # In some years Easter Monday is Anzac Day.
    return sorted(fixed | {easter - timedelta(days=2), easter + timedelta(days=1)})


def easter_sunday(year: int) -> date:
    """Return the Sunday of Easter in the Gregorian calendar (the anonymous rule of 1876)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
