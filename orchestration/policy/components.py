"""Components of an assessment or an index: a KPI, what it weighs, and the curve that turns its value into points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from orchestration.centre.settings import Setting
from orchestration.policy.known import Known
from orchestration.policy.values import Bound, Identifier, Number, PointsOrNone, at_most


class Component(Setting):
    """A KPI with its weight; full points from full_low to full_high, none at zero_low and zero_high."""

    scope_kind: ClassVar[str | None] = None
    """Whose values are meant; a KPI without values of that scope is refused."""

    kpi_id: Identifier
    """KPI of the catalogue, by its monthly value."""
    weight: Annotated[Decimal, Number, at_most(1_000_000), Field(gt=0)]
    """Points that the component brings at most."""
    zero_low: Bound = None
    """At this value, and below it, no points."""
    full_low: Bound = None
    """From this value on all points; in between in proportion. Without both the low side is open."""
    full_high: Bound = None
    """Up to this value all points."""
    zero_high: Bound = None
    """At this value, and above it, no points. Without both the high side is open."""

    @field_validator("kpi_id")
    @classmethod
    def _can_be_judged(cls, kpi_id: str, info: ValidationInfo) -> str:
        known: Known = (info.context or {})["known"]
        return known.assert_may_name(kpi_id, cls.scope_kind)

    @model_validator(mode="after")
    def _is_a_curve(self) -> Self:
        for zero, full in (("zero_low", "full_low"), ("zero_high", "full_high")):
            if (getattr(self, zero) is None) != (getattr(self, full) is None):
                raise ValueError(f"{zero} and {full} go together; write both, or neither for an open side")
        told = [(name, getattr(self, name)) for name in ("zero_low", "full_low", "full_high", "zero_high")]
        bounds = [(name, bound) for name, bound in told if bound is not None]
        if not bounds:
            raise ValueError("has no curve; write zero_low and full_low, zero_high and full_high, or all four")
        for (before, low), (after, high) in pairwise(bounds):
            if low > high:
                raise ValueError(
                    f"{before} {low} is above {after} {high}; "
                    "they stand in the order zero_low, full_low, full_high, zero_high"
                )
        return self


class AgentComponent(Component):
    """A component by an agent's own value."""

    scope_kind = "agent"


class TeamComponent(Component):
    """A component by the value of a team."""

    scope_kind = "team"


class Unmeasured(Setting):
    """What happens where a component has no value, or too few cases."""

    rule: Literal["reweigh", "hold"]
    """`reweigh`: the others are weighed up to the full points. `hold`: no assessment."""
    min_weight: PointsOrNone
    """With less weight measured there is no result; with `hold` it is `none`, or left out."""

    @model_validator(mode="before")
    @classmethod
    def _hold_needs_no_weight(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("rule") == "hold":
            return {"min_weight": "none"} | value
        return value

    @model_validator(mode="after")
    def _reweighing_has_a_limit(self) -> Self:
        if self.rule == "reweigh" and self.min_weight is None:
            raise ValueError("`reweigh` needs a number as min_weight; 0 weighs up whatever is left")
        return self


def assert_sum(components: Sequence[Component], full_points: Decimal) -> None:
    """Raise ValueError where a KPI stands twice, or the weights don't add up to the full points."""
    twice = [kpi for kpi, count in Counter(one.kpi_id for one in components).items() if count > 1]
    if twice:
        raise ValueError(f"{', '.join(twice)} stands there twice; leave it once")
    total = sum((one.weight for one in components), Decimal(0))
    if total != full_points:
        weights = " + ".join(plain(one.weight) for one in components)
        raise ValueError(f"weights add up to {plain(total)} ({weights}), not to {plain(full_points)}; change a weight")


def assert_limit(unmeasured: Unmeasured, full_points: Decimal) -> None:
    """Raise ValueError where more weight has to be measured than there is."""
    if unmeasured.min_weight is not None and unmeasured.min_weight > full_points:
        raise ValueError(
            f"min_weight {plain(unmeasured.min_weight)} is above the {plain(full_points)} that all weigh together"
        )


def plain(number: Decimal) -> str:
    """Return a number without zeros at its end."""
    return format(number.normalize(), "f")
