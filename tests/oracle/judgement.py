"""Status, verdict, evidence, reason and interval of one value, by the words of the KPI definitions."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from tests.oracle.catalogue import Kpi

Z = NormalDist().inv_cdf(0.975)
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Case:
    """A value as it is judged: its sample, its band, and what else its status hangs on."""

    value: float | None
    n: int
    band: Bounds
    is_judged: bool = True
    unmeasured: str | None = None
    takes_part: bool = True
    open_cases: int = 0
    interval: Bounds = (None, None)


class Judgement(NamedTuple):
    """What is thought of a value."""

    status: str
    verdict: str = "none"
    evidence: str = "none"
    reason: str | None = None


def judged(kpi: Kpi, case: Case) -> Judgement:
    """Return status, verdict, evidence and reason."""
    if case.value is None:
        return Judgement("no_data", reason=case.unmeasured or "no_cases")
    if case.n < kpi.min_sample:
        return Judgement("insufficient_sample", reason="few_cases")
    if kpi.needs_participation and not case.takes_part:
        return Judgement("insufficient_sample", reason="low_participation")
    status = _place(case.value, case.band)
    if case.open_cases:
        return Judgement(status, reason="open_window")
    if not case.is_judged or case.band == (None, None):
        return Judgement(status)
    return Judgement(status, *(("good",) if status == "in_band" else _outside(kpi, case, case.value, status)))


def _place(value: float, band: Bounds) -> str:
    lower, upper = band
    if lower is not None and value < lower:
        return "below_band"
    return "above_band" if upper is not None and value > upper else "in_band"


def _outside(kpi: Kpi, case: Case, value: float, status: str) -> tuple[str, str]:
    """Return verdict and evidence of a value beyond its band: how far, and whether chance may have put it there."""
    is_low = status == "below_band"
    bound = case.band[0 if is_low else 1]
    alarm = kpi.alarm_lower if is_low else kpi.alarm_upper
    nearest = case.interval[1 if is_low else 0]

    def is_beyond(place: float, limit: float | None) -> bool:
        return limit is None or (place < limit if is_low else place > limit)

    is_clear = nearest is None or is_beyond(nearest, bound)
    verdict = "bad" if is_beyond(value, alarm) and is_beyond(value, kpi.reference_value) else "watch"
    if kpi.pleasant_side == ("low" if is_low else "high"):
        verdict = "too_good"
    elif verdict == "bad" and nearest is not None:
        is_clear = is_clear and is_beyond(nearest, alarm)
    if not is_clear:
        return "watch", "chance"
    return verdict, "none" if nearest is None else "clear"


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share of n records."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    margin = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return middle - margin, middle + margin


def normal(total: float, squares: float, n: int) -> Bounds:
    """Return the 95 % normal interval of the mean of n values from their sum and sum of squares; none of one."""
    if n < 2:
        return None, None
    mean = total / n
    deviation = sqrt(max(0.0, (squares - n * mean * mean) / (n - 1)))
    return mean - Z * deviation / sqrt(n), mean + Z * deviation / sqrt(n)
