"""The settings of centre.yaml that have a default: thresholds, hours, holidays, targets, costs, signals, audiences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from orchestration.centre.values import ClockTime, DateOrInstant
from orchestration.sources.values import Channel, SafeName, TimeZoneName

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = Weekday.__args__  # type: ignore[attr-defined]


class Setting(BaseModel):
    """A part of centre.yaml: unknown keys are errors, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Thresholds(Setting):
    """Numbers that KPI definitions leave to the centre."""

    service_level_seconds: Decimal = Field(Decimal(20), ge=0, max_digits=18, decimal_places=3)
    """Answered within this wait counts for the service level."""
    short_abandon_seconds: Decimal = Field(Decimal(5), ge=0, max_digits=18, decimal_places=3)
    """An abandoned wait of at most this is short and counted apart."""
    queue_placement_seconds: Decimal = Field(Decimal(60), ge=0, max_digits=18, decimal_places=3)
    """A wait strictly longer than this counts as placed in a queue."""
    fcr_window_days: int = Field(7, ge=1, le=90)
    """A later contact within this many days means that the first one was not resolved."""
    new_staff_days: int = Field(90, ge=0, le=3650)
    """An agent is new for this many days after being hired."""
    new_leader_days: int = Field(180, ge=0, le=3650)
    """A leader is new for so many days after beginning to lead."""
    close_after_days: int = Field(7, ge=0, le=365)
    """A period is closed, no longer provisional, this many days after its end."""
    message_mix_tolerance: Decimal = Field(Decimal("0.2"), ge=0, lt=1)
    """Relative width of the message-mix bands to either side."""
    replacement_cost: Decimal = Field(Decimal(7000), ge=0)
    """Cost of replacing one agent."""
    replacement_cost_currency: str = Field("CNY", pattern=r"^[A-Z]{3}$")
    quality_review_judged: Literal["reviewer", "agent"] = "reviewer"
    """Whose reviews per day the band of KPI 17 judges."""
    participation_gate: Decimal = Field(Decimal("0.5"), ge=0, le=1)
    """Ratings of a cell with less participation are `insufficient_sample`."""
    drill_days: int = Field(35, ge=0, le=400)
    """Pages lead to single contacts for this many days."""
    site_day_points: int = Field(92, ge=7, le=800)
    """Pages hold daily points for this many days."""
    open_state_hours: int = Field(16, ge=1, le=48)
    """An agent state without an end is cut after this, or at the agent's next state."""
    pareto_share: Decimal = Field(Decimal("0.8"), gt=0, le=1, max_digits=18, decimal_places=4)
    """The vital few are the smallest set of causes that so large a part of the records comes from."""
    coaching_delay_minutes: int = Field(20, ge=0, le=1440)
    """A talk about a contact waits so long after the agent's part of it ended."""
    monitoring_best_sessions: int = Field(2, ge=1, le=1000)
    """Who stands on the list of the best was listened to at least so often."""
    cascade_signed: Decimal | None = Field(None, gt=0, le=1, max_digits=18, decimal_places=4)
    """A document that at least so large a part acknowledged counts as signed."""
    cascade_known: Decimal | None = Field(None, gt=0, le=1, max_digits=18, decimal_places=4)
    """One of which test calls pass less often counts as not known; without both nothing is flagged."""
    achievement_meeting_cadence: Literal["daily", "weekly"] | None = None
    """How often a team meets about its achievements; without it nobody says that a meeting was due."""


class OpeningHours(Setting):
    """One stretch of a weekly schedule of one channel; a channel without any is always open."""

    channel: Channel
    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: ClockTime
    closes: ClockTime
    valid_from: DateOrInstant | None = None
    valid_to: DateOrInstant | None = None
    """First day, or instant, on which the stretch holds no more."""
    time_zone: TimeZoneName | None = None

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(
                f"opens {self.opens} is not before closes {self.closes}; "
                "write a stretch over midnight as two: until '24:00' and from '00:00' on the next day"
            )
        return self


class Holiday(Setting):
    """A date on which a channel, or every channel, is closed."""

    date: date
    channel: Channel | None = None


class TargetOverride(Setting):
    """A band of the centre's own, of the same columns as the catalogue's kpi_targets."""

    target_id: SafeName
    kpi_id: str = Field(min_length=1)
    scope_kind: Literal["default", "agent", "team", "queue", "channel", "centre", "team_channel"]
    scope_id: str = ""
    segment: str = ""
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    stretch: Decimal | None = None
    upper_measure: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    baseline_from: date | None = None
    """First day of the window that the bounds were set from."""
    baseline_to: date | None = None
    """First day after it."""
    target_source: Literal["internal", "customer"] = "internal"
    target_version: str = "centre"
    note_en: str = ""
    note_zh: str = ""

    @model_validator(mode="after")
    def _baseline_is_a_window(self) -> Self:
        if (self.baseline_from is None) != (self.baseline_to is None):
            raise ValueError("`baseline_from` and `baseline_to` are the ends of one window; write both or neither")
        if self.baseline_from and self.baseline_to and self.baseline_to <= self.baseline_from:
            raise ValueError(
                f"baseline_to {self.baseline_to} does not come after baseline_from {self.baseline_from}; "
                "it is the first day after the window"
            )
        return self


CostedFamily = Literal["severe_error", "general_error", "knowledge_point", "complaint"]


class Equivalent(Setting):
    """Something that money is compared with, so that a sum can be pictured."""

    name_en: str = Field(min_length=1, max_length=100)
    name_zh: str = Field(min_length=1, max_length=100)
    unit_cost: Decimal = Field(gt=0, max_digits=18, decimal_places=4)


class Impact(Setting):
    """What one error or upheld complaint costs: without it no table names money."""

    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$")
    cost_per_event: dict[CostedFamily, Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=8)]] = Field(
        default_factory=dict
    )
    equivalents: tuple[Equivalent, ...] = ()

    @model_validator(mode="after")
    def _is_compared_with_money(self) -> Self:
        if self.equivalents and not self.cost_per_event:
            raise ValueError("`equivalents` compare money, of which there is none; add `cost_per_event`")
        return self


class TopicSignal(Setting):
    """When more contacts about a topic than usual are a signal: a method, and no judgement of people."""

    z: Decimal = Field(Decimal(4), gt=0, le=20, max_digits=18, decimal_places=4)
    """How far beyond chance the limit lies, in standard deviations."""
    min_count: int = Field(5, ge=1, le=10_000)
    """With fewer contacts in two hours there is no signal."""
    factor: Decimal = Field(Decimal(2), ge=1, le=100, max_digits=18, decimal_places=4)
    """With less than so many times what was expected there is none."""
    factor_all: Decimal = Field(Decimal("1.5"), ge=1, le=100, max_digits=18, decimal_places=4)
    """The same of all contacts together."""
    weeks: int = Field(8, ge=4, le=52)
    """So many weeks back, the same hours of the same weekday say what is usual."""


class Audience(Setting):
    """Who gets a site of his own: everybody, each team named, or each agent named."""

    name: SafeName
    scope: Literal["all", "team", "agent"] = "all"
    ids: tuple[str, ...] = ()
    """Teams or agents of this audience; none = one site for every team, or every agent."""
