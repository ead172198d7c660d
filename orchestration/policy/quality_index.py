"""Section `quality_index`: one number from several KPIs, with its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import field_validator

from orchestration.policy.components import Component, Unmeasured, assert_limit, assert_sum
from orchestration.policy.values import NotEmpty
from orchestration.policy.version import Version

INDEX_POINTS = Decimal(100)


class QualityIndex(Version):
    """A version of the quality index, 0 to 100."""

    components: Annotated[tuple[Component, ...], NotEmpty]
    """KPIs, by the values of agent, team and centre; weights add up to 100."""
    unmeasured: Unmeasured
    """What happens where a component can't be measured."""

    @field_validator("components")
    @classmethod
    def _adds_up(cls, components: tuple[Component, ...]) -> tuple[Component, ...]:
        assert_sum(components, INDEX_POINTS)
        return components

    @field_validator("unmeasured")
    @classmethod
    def _can_be_reached(cls, unmeasured: Unmeasured) -> Unmeasured:
        assert_limit(unmeasured, INDEX_POINTS)
        return unmeasured
