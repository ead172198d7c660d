"""The sources of a centre: which system wrote a landing folder, and what it records."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from orchestration.centre.values import Channel, SafeName, TimeZoneName
from orchestration.sources.asterisk.events import meanings
from orchestration.sources.files.mapping import EncodingName, Mapping
from schemas import FEEDS, TOPICS


def _check_topic(topic: str) -> str:
    if topic not in TOPICS:
        raise ValueError(f"is no topic; there are {', '.join(TOPICS)}")
    return topic


Topic = Annotated[str, AfterValidator(_check_topic)]
"""Something that a source records or does not record; each feed of the contract names its topics."""

SourceKind = Literal["feed", "files", "asterisk_queue_log"]
AgentState = Literal["ready", "busy", "away", "meal", "training", "wrap_up", "offline"]

ASTERISK_TOPICS: tuple[str, ...] = ("routing", "transfers", "agent_states", "customer_ids")
"""What Asterisk's queue_log can tell; a log without transfers or agent lines says so by `not_recorded`.

A call that is transferred out of the queues is not seen to arrive.
"""


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression ({error}); try '^[0-9]+$'") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_check_pattern)]


class Source(BaseModel):
    """One system that drops files into landing/<name>/<YYYY-MM-DD>/."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: SafeName
    kind: SourceKind
    time_zone: TimeZoneName | None = None
    """Zone of local times in its files; the centre's zone if absent."""
    channel: Channel | None = None
    """Channel of contacts whose records do not say it."""
    customer_id_pattern: Pattern | None = None
    """A customer id counts as identified only if this matches it; without a pattern every id does."""
    anonymous_values: tuple[str, ...] = ()
    """Customer ids that stand for nobody, such as `anonymous` or `unknown`."""
    recorded: tuple[Topic, ...] = ()
    not_recorded: tuple[Topic, ...] = ()
    without_routing: Literal["received", "not_received"] = "not_received"
    """Whether an inbound contact that no routing event speaks of counts as received, where routing is recorded."""
    encoding: EncodingName | None = None
    """Text encoding of its files where it is not UTF-8, such as gb18030."""
    mapping: Mapping | None = None
    """Of kind `files` only: how columns become the contract's columns."""
    event_types: dict[str, str] = Field(default_factory=dict)
    """Of kind `asterisk_queue_log` only: event name -> event type of the contract, optionally `type:reason`."""
    pause_reasons: dict[str, AgentState] = Field(default_factory=dict)
    """Of kind `asterisk_queue_log` only: reason of a PAUSE -> agent state; other reasons are `away`."""

    @model_validator(mode="after")
    def _settings_fit_the_kind(self) -> Self:
        if (self.kind == "files") != (self.mapping is not None):
            needed = "needs" if self.kind == "files" else "takes no"
            raise ValueError(f"a source of kind {self.kind} {needed} `mapping`")
        for setting in ("event_types", "pause_reasons"):
            if getattr(self, setting) and self.kind != "asterisk_queue_log":
                raise ValueError(f"`{setting}` belongs to kind asterisk_queue_log, not {self.kind}")
        meanings(self.event_types)
        both = sorted(set(self.recorded) & set(self.not_recorded))
        if both:
            raise ValueError(f"{', '.join(both)} stand both in `recorded` and in `not_recorded`; keep one")
        return self

    def mapped_feeds(self) -> tuple[str, ...]:
        """Return the names of the feeds that the mapping makes, in the order first named."""
        return self.mapping.feed_names() if self.mapping else ()

    def recorded_topics(self) -> frozenset[str]:
        """Return what this source records: the defaults of its kind, then `recorded`, then `not_recorded`."""
        topics: set[str]
        if self.kind == "feed":
            topics = set(TOPICS)
        elif self.kind == "asterisk_queue_log":
            topics = set(ASTERISK_TOPICS)
        else:
            topics = {topic for feed in self.mapped_feeds() for topic in FEEDS[feed].topics}
        return frozenset((topics | set(self.recorded)) - set(self.not_recorded))
