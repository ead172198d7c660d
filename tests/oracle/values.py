"""Whole value rows of the oracle: sums over a period, value, interval, band, status and verdict."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from tests.oracle.book import Scope, Sums
from tests.oracle.catalogue import Kpi, kpis
from tests.oracle.contact import build_contacts
from tests.oracle.customers import Asked, asked, once_and_all
from tests.oracle.feeds import Centre
from tests.oracle.formulas import CUSTOMER_SHARE, FORMULAS, PEAKS, sample_of, scale_of, value_of
from tests.oracle.incidents import hit_by_incidents
from tests.oracle.judgement import Bounds, Case, judged, normal, wilson
from tests.oracle.message_amounts import Amounts, squared
from tests.oracle.peaks import Peaks, peak_days
from tests.oracle.periods import Covered, Period, covered
from tests.oracle.reading import read_landing
from tests.oracle.reckon import reckon
from tests.oracle.scopes import (
    columns_told,
    fed_by,
    lacks_a_column,
    last_dates,
    name_channels,
    recorded_from,
    sources_of,
    unmeasured,
)
from tests.oracle.targets import band_of

Expected = Mapping[str, object]
DAY = timedelta(days=1)
ENDS = ("lower", "upper")
# Visitors, time signed in and a reviewer's days are no contacts: what can't be taken out below the line isn't above it.
NEVER_ADJUSTED = {"consultation_rate", "occupancy", "utilisation", "quality_reviews_per_reviewer_day"}


@dataclass
class View:
    """The centre as it is, or without the contacts that incidents take out of one group of KPIs."""

    sums: Sums
    asked: Asked
    added: dict[tuple[Scope, Period], Amounts] = field(default_factory=dict)

    def amounts(self, scope: Scope, period: Period) -> Amounts:
        """Return the sums of a scope over a period."""
        if (scope, period) not in self.added:
            total: Amounts = Counter()
            day = period.start
            while day < period.end:
                total.update(self.sums.get((scope, day), Counter()))
                day += DAY
            self.added[scope, period] = total
        return self.added[scope, period]


class Oracle:
    """Everything that the plain reckoning says of one centre."""

    def __init__(self, landing: Path, centre: Centre) -> None:
        """Read the landing files and reckon, once as it is and once for each group that incidents touch."""
        self.centre = read_landing(landing, centre)
        contacts = build_contacts(centre)
        name_channels(centre, contacts)
        self.whole = View(reckon(landing, centre), asked(centre, contacts))
        self.by_group = {
            group: View(
                reckon(landing, centre, skipped), asked(centre, [one for one in contacts if one.key not in skipped])
            )
            for group, skipped in hit_by_incidents(centre, contacts).items()
        }
        self.dates: Covered = covered(centre)
        self.topics = fed_by(centre, contacts)
        self.sources = sources_of(centre, contacts)
        self.told = columns_told(centre)
        self.last: dict[Scope, date] = last_dates(centre, self.whole.sums, self.dates)
        self.peaks: Peaks = peak_days(centre, contacts, self.whole.sums)

    def row(self, kpi_id: str, scope: Scope, period: Period) -> Expected:
        """Return the columns of one value row."""
        kpi = kpis()[kpi_id]
        reason = self._not_yet(kpi, scope, period) or unmeasured(self.centre, kpi, scope, self.topics[scope])
        if reason != "not_recorded" and lacks_a_column(self.told, kpi, self.sources[scope]):
            reason = "not_recorded"
        reason = reason or self._undelivered(kpi, scope, period)
        if reason is None and self._has_no_peak(kpi_id, scope, period):
            reason = "not_recorded"
        view = self._adjusted_view(kpi)
        above, below, n = self._sums(view, kpi_id, scope, period)
        raw_above, raw_below, raw_n = self._sums(self.whole, kpi_id, scope, period)
        scale = scale_of(kpi_id, self.dates.days_in(period))
        band = self._band(kpi_id, scope, period)
        columns: dict[str, object] = {"lower_bound": band[0], "upper_bound": band[1], "excluded_n": 0}
        case = Case(None, n, band, unmeasured=reason)
        if reason is None:
            value = ratio(scale, above, below, n)
            amounts = view.amounts(scope, period)
            case = self._case(kpi, period, amounts, Case(value, n, band))
            if value is not None and below:
                case = replace(case, interval=_interval(kpi, amounts, above, below, scale))
            columns |= {"numerator": above, "denominator": below, "n": n, "excluded_n": raw_n - n, "value": value}
            columns |= {"raw_numerator": raw_above, "raw_denominator": raw_below}
            columns |= {"raw_value": ratio(scale, raw_above, raw_below, raw_n)}
            columns |= {f"ci_{end}": bound for end, bound in zip(ENDS, case.interval, strict=True)}
        columns |= judged(kpi, case)._asdict()
        columns["is_provisional"] = self.dates.is_open(period) or bool(case.open_cases)
        return defaultdict(lambda: None, columns)

    def adjusted(self, kpi: Kpi, scope: Scope, period: Period) -> tuple[float, float | None, int]:
        """Return numerator, denominator and records of a scope, whether or not they are a value there."""
        return self._sums(self._adjusted_view(kpi), kpi.kpi_id, scope, period)

    def _adjusted_view(self, kpi: Kpi) -> View:
        return self.whole if kpi.kpi_id in NEVER_ADJUSTED else self.by_group.get(kpi.kpi_group, self.whole)

    def _not_yet(self, kpi: Kpi, scope: Scope, period: Period) -> str | None:
        """A topic that nobody has begun to record by the end of the period."""
        begun = [recorded_from(self.centre, topic, self.sources[scope]) for topic in kpi.requires_topics]
        return "not_recorded" if any(day is None or period.end <= day for day in begun) else None

    def _undelivered(self, kpi: Kpi, scope: Scope, period: Period) -> str | None:
        """States that their source records, of which none came for those who worked: not recorded either."""
        amounts = self.whole.amounts(scope, period)
        is_missing = "agent_states" in kpi.requires_topics and amounts["missing"] and not amounts["signed_in"]
        return "not_recorded" if is_missing else None

    def _case(self, kpi: Kpi, period: Period, amounts: Amounts, case: Case) -> Case:
        """Return a measured case with all that its status hangs on.

        Both readings of "20 reviews per person and day" are kept; the reviewer's is the one that is judged.
        """
        in_period = not kpi.judged_periods or period.kind in kpi.judged_periods
        return replace(
            case,
            is_judged=in_period and kpi.kpi_id != "quality_reviews_per_agent_day",
            takes_part=2 * amounts["ratings"] >= amounts["delivered"],
            open_cases=amounts["open_cases"] if kpi.kpi_id == "first_contact_resolution_rate" else 0,
        )

    def _sums(self, view: View, kpi_id: str, scope: Scope, period: Period) -> tuple[float, float | None, int]:
        if kpi_id == CUSTOMER_SHARE:
            once, every = once_and_all(view.asked.get(scope, []), period.start, period.end)
            return once, every, every
        amounts = view.amounts(scope, period)
        if kpi_id in PEAKS:
            return self._peak(PEAKS[kpi_id], scope, period) or 0, None, amounts["agent_days"]
        above, below = value_of(kpi_id, amounts)
        return above / _finer(kpi_id), below, amounts[sample_of(kpi_id)]

    def _has_no_peak(self, kpi_id: str, scope: Scope, period: Period) -> bool:
        """Tell whether people worked and none of them has what this KPI is the largest of."""
        worked = kpi_id in PEAKS and self.whole.amounts(scope, period)["agent_days"] > 0
        return worked and self._peak(PEAKS[kpi_id], scope, period) is None

    def _peak(self, name: str, scope: Scope, period: Period) -> float | None:
        days = self.peaks[name].items()
        found = [peak for (one, day), peak in days if one == scope and period.start <= day < period.end]
        return max(found, default=None)

    def _band(self, kpi_id: str, scope: Scope, period: Period) -> tuple[float | None, float | None]:
        day = min(period.end - DAY, self.dates.last, self.last.get(scope, self.dates.last))
        target = band_of(self.centre, scope, kpi_id, day)
        if target is None:
            return None, None
        if target.upper_measure:
            return target.lower_bound, self._peak(target.upper_measure, scope, period) or target.upper_bound
        return target.lower_bound, target.upper_bound


def _interval(kpi: Kpi, amounts: Amounts, above: float, below: float, scale: float) -> Bounds:
    """Return the interval of a share of records, or of the mean of their amounts."""
    if kpi.interval_kind == "wilson":
        lower, upper = wilson(above / below, below)
        return scale * lower, scale * upper
    if kpi.interval_kind == "normal":
        numerator, _ = FORMULAS[kpi.kpi_id]
        finer = _finer(kpi.kpi_id)
        ends = normal(above, amounts[squared(numerator)] / finer**2, int(below))
        return ends[0] and scale * ends[0], ends[1] and scale * ends[1]
    return None, None


def _finer(kpi_id: str) -> int:
    """Return how many units of its sum make one unit of a KPI's numerator."""
    return 10_000 if kpi_id == "avg_response_time_by_contact" else 1


def ratio(scale: float, above: float, below: float | None, n: int) -> float | None:
    """Return scale x sum / sum; a count without anything to count, or a sum over nothing, is no value."""
    if below is None:
        return scale * above if n else None
    return scale * above / below if below else None
