"""Values of the published file in the form that a reader of the English pages sees, worked out apart from them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_SUFFIX = {"per_1000": " per 1,000", "stars": " stars", "erlang": " erl", "hours": " h", "minutes": " min"}


def shown(value: Decimal | float | None, unit: str, decimals: int) -> str:
    """Return a KPI's value as text: 0.983 of unit `share` as "98.3 %", 125 `seconds` as "2 min 05 s"."""
    if value is None:
        return "–"
    exact = Decimal(repr(float(value)))
    if unit == "share":
        return f"{rounded(exact * 100, decimals)} %"
    if unit == "seconds":
        return _duration(exact, decimals)
    return rounded(exact, decimals) + _SUFFIX.get(unit, "")


def rounded(value: Decimal, decimals: int) -> str:
    """Return a number with thousands parted and so many decimals, halves away from zero."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def _duration(seconds: Decimal, decimals: int) -> str:
    if seconds.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) < 60:
        return f"{rounded(seconds, decimals)} s"
    minutes, rest = divmod(int(seconds.quantize(Decimal(1), ROUND_HALF_UP)), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60:,} h {minutes % 60:02} min"
