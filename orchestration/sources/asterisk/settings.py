"""What a source of kind `asterisk_queue_log` says of itself in centre.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, model_validator

from orchestration.sources.asterisk.events import meanings
from orchestration.sources.settings import Source

AgentState = Literal["ready", "busy", "away", "meal", "training", "wrap_up", "offline"]

TOPICS: tuple[str, ...] = ("routing", "transfers", "agent_states", "customer_ids")
"""What a queue_log can tell; a log without transfers or agent lines says so by `not_recorded`.

A call that is transferred out of the queues is not seen to arrive.
"""


class AsteriskSource(Source):
    """A telephone switch that writes Asterisk's queue_log."""

    kind: Literal["asterisk_queue_log"]
    event_types: dict[str, str] = Field(default_factory=dict)
    """Event name -> event type of the contract, optionally `type:reason`."""
    pause_reasons: dict[str, AgentState] = Field(default_factory=dict)
    """Reason of a PAUSE -> agent state; other reasons are `away`."""

    @model_validator(mode="after")
    def _event_types_mean_something(self) -> Self:
        meanings(self.event_types)
        return self

    def topics_of_kind(self) -> Iterable[str]:
        """Return what a queue_log can tell."""
        return TOPICS
