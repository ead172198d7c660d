"""Status, verdict, reason and interval of one value, by the words of the KPI definitions."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

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


def judged(kpi: Kpi, case: Case) -> tuple[str, str, str | None]:
    """Return status, verdict and reason."""
    if case.value is None:
        return "no_data", "none", case.unmeasured or "no_cases"
    if case.n < kpi.min_sample:
        return "insufficient_sample", "none", "few_cases"
    if kpi.needs_participation and not case.takes_part:
        return "insufficient_sample", "none", "low_participation"
    status = _place(case.value, case.band)
    if case.open_cases:
        return status, "none", "open_window"
    return status, _verdict(kpi, case, status), None


def _place(value: float, band: Bounds) -> str:
    lower, upper = band
    if lower is not None and value < lower:
        return "below_band"
    return "above_band" if upper is not None and value > upper else "in_band"


def _verdict(kpi: Kpi, case: Case, status: str) -> str:
    if not case.is_judged or case.band == (None, None):
        return "none"
    if status == "in_band":
        return "good"
    value = case.value or 0.0
    is_low = status == "below_band"
    if kpi.pleasant_side == ("low" if is_low else "high"):
        return "too_good"
    alarm = kpi.alarm_lower if is_low else kpi.alarm_upper
    limits = [limit for limit in (alarm, kpi.reference_value) if limit is not None]
    return "watch" if any(value >= limit if is_low else value <= limit for limit in limits) else "bad"


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
