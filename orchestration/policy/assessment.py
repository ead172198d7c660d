"""Section `assessment`: by what people, teams and managers are assessed each month."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from orchestration.centre.settings import Setting
from orchestration.policy.components import (
    AgentComponent,
    TeamComponent,
    Unmeasured,
    assert_limit,
    assert_sum,
)
from orchestration.policy.penalties import Complaints, Errors, Fraud, Rewards, TeamComplaints
from orchestration.policy.values import (
    Identifier,
    NotEmpty,
    Number,
    OrNone,
    PointsOrNone,
    Share,
    SignedOrNone,
    at_most,
    each_once,
)
from orchestration.policy.version import Version

Role = Literal["agent", "trainee", "leader", "supervisor", "duty_manager", "director", "reviewer", "other"]
Roles = Annotated[tuple[Role, ...], NotEmpty, AfterValidator(each_once)]


class AppliesTo(Setting):
    """Whom a version holds for: both have to be true."""

    roles: Roles
    """Roles of the staff feed."""
    team_kinds: Annotated[tuple[Annotated[Identifier | None, OrNone], ...], NotEmpty, AfterValidator(each_once)]
    """Kinds of the home team, as the teams feed has them; `none` for teams without a kind."""


class Appeals(Setting):
    """Until when somebody can object."""

    file_within_days: Annotated[int, Number, Field(ge=0, le=365)]
    """Days after the decision, or after the line was first published; a later appeal is told as late."""


class Team(Setting):
    """How teams are assessed."""

    components: Annotated[tuple[TeamComponent, ...], NotEmpty]
    """KPIs by the team's values; weights add up to full_points."""
    complaints: Annotated[TeamComplaints | None, OrNone]
    """What complaints cost a team, or `none`."""
    rewards: Annotated[Rewards | None, OrNone]
    """What rewards of teams bring, or `none`."""
    excellent: PointsOrNone
    """Excellent from this total on, or `none`."""


class Manager(Setting):
    """How those who lead teams are assessed."""

    team_share: Share
    """Part of the total that comes from the teams that he led; the rest is of his own components."""
    components: Annotated[Annotated[tuple[AgentComponent, ...], NotEmpty] | None, OrNone]
    """KPIs by his own values; weights add up to full_points. `none` only where team_share is 1."""
    roles: Roles
    """Roles that lead."""

    @model_validator(mode="after")
    def _rest_has_components(self) -> Self:
        if self.components is None and self.team_share != 1:
            raise ValueError(f"team_share is {self.team_share}, and the rest has no components; write some, or 1")
        return self


class Assessment(Version):
    """A version of the assessment."""

    applies_to: AppliesTo
    """Exactly one version holds for a person and a month."""
    full_points: Annotated[Decimal, Number, at_most(1_000_000), Field(gt=0)]
    """What the components bring together at most."""
    min_agent_days: Annotated[int, Number, Field(ge=0, le=31)]
    """With fewer days at work in the month an agent is not assessed."""
    components: Annotated[tuple[AgentComponent, ...], NotEmpty]
    """KPIs by the agent's values; weights add up to full_points."""
    unmeasured: Unmeasured
    """What happens where a component can't be measured."""
    complaints: Annotated[Complaints | None, OrNone]
    """What upheld complaints cost, or `none`."""
    errors: Annotated[Errors | None, OrNone]
    """What severe errors of reviews cost, or `none`."""
    fraud: Annotated[Fraud | None, OrNone]
    """What established fraud costs, or `none`."""
    rewards: Annotated[Rewards | None, OrNone]
    """What rewards bring, or `none`."""
    floor: SignedOrNone
    """Least total, or `none`."""
    ceiling: SignedOrNone
    """Greatest total, or `none`."""
    excellent: PointsOrNone
    """Excellent from this total on, or `none`."""
    appeals: Appeals
    """How somebody objects."""
    team: Annotated[Team | None, OrNone]
    """How teams are assessed, or `none`."""
    manager: Annotated[Manager | None, OrNone]
    """How managers are assessed, or `none`."""
    rounding: Annotated[int, Number, Field(ge=0, le=6)]
    """Decimals of the total, half up; lines are kept with six."""

    @field_validator("components")
    @classmethod
    def _adds_up(cls, components: tuple[AgentComponent, ...], info: ValidationInfo) -> tuple[AgentComponent, ...]:
        if "full_points" in info.data:
            assert_sum(components, info.data["full_points"])
        return components

    @field_validator("unmeasured")
    @classmethod
    def _can_be_reached(cls, unmeasured: Unmeasured, info: ValidationInfo) -> Unmeasured:
        if "full_points" in info.data:
            assert_limit(unmeasured, info.data["full_points"])
        return unmeasured

    @field_validator("ceiling")
    @classmethod
    def _ceiling_is_above(cls, ceiling: Decimal | None, info: ValidationInfo) -> Decimal | None:
        floor = info.data.get("floor")
        if ceiling is not None and floor is not None and floor >= ceiling:
            raise ValueError(f"ceiling {ceiling} is not above floor {floor}")
        return ceiling

    @field_validator("team", "manager")
    @classmethod
    def _others_add_up(cls, part: Team | Manager | None, info: ValidationInfo) -> Team | Manager | None:
        if part is not None and part.components is not None and "full_points" in info.data:
            try:
                assert_sum(part.components, info.data["full_points"])
            except ValueError as error:
                raise ValueError(f"components: {error}") from error
        return part

    @field_validator("manager")
    @classmethod
    def _leads_assessed_teams(cls, manager: Manager | None, info: ValidationInfo) -> Manager | None:
        if manager is not None and manager.team_share > 0 and info.data.get("team", ...) is None:
            raise ValueError(f"team_share is {manager.team_share}, but `team` is none; assess teams, or write 0")
        return manager
