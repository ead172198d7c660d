"""What every source in centre.yaml may say of itself; what one kind only says stands beside its adapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from orchestration.sources.values import Channel, EncodingName, Pattern, SafeName, TimeZoneName
from schemas import TOPICS, TOPICS_FROM_FIRST_ROW


def _check_topic(topic: str) -> str:
    if topic not in TOPICS:
        raise ValueError(f"is no topic; there are {', '.join(TOPICS)}")
    return topic


Topic = Annotated[str, AfterValidator(_check_topic)]
"""Something that a source records or does not record; each feed of the contract names its topics."""

SourceKind = Literal["feed", "files", "sql", "http", "asterisk_queue_log"]


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
    recorded_from: Mapping[Topic, date] = {}
    """Local date from which a topic is recorded that otherwise is from the source's first row of it on."""
    without_routing: Literal["received", "not_received"] = "not_received"
    """Whether an inbound contact that no routing event speaks of counts as received, where routing is recorded."""
    encoding: EncodingName | None = None
    """Text encoding of its files where it is not UTF-8, such as gb18030."""

    @model_validator(mode="after")
    def _topics_stand_once(self) -> Self:
        both = sorted(set(self.recorded) & set(self.not_recorded))
        if both:
            raise ValueError(f"{', '.join(both)} stand both in `recorded` and in `not_recorded`; keep one")
        return self

    @model_validator(mode="after")
    def _dated_topics_begin(self) -> Self:
        always = sorted(set(self.recorded_from) - set(TOPICS_FROM_FIRST_ROW))
        if always:
            raise ValueError(
                f"`recorded_from` names {', '.join(always)}, which a source records always or not at all; "
                f"there are {', '.join(TOPICS_FROM_FIRST_ROW)}"
            )
        unrecorded = sorted(set(self.recorded_from) - self.recorded_topics())
        if unrecorded:
            raise ValueError(
                f"`recorded_from` names {', '.join(unrecorded)}, which the source does not record; "
                "write it into `recorded`, or leave it out"
            )
        return self

    @property
    def text_encoding(self) -> str:
        """Return the encoding of its files."""
        return self.encoding or "utf-8"

    def topics_of_kind(self) -> Iterable[str]:
        """Return the topics that a source of its kind records, unless it says something else."""
        return TOPICS

    def recorded_topics(self) -> frozenset[str]:
        """Return what this source records: the defaults of its kind, then `recorded`, then `not_recorded`."""
        return frozenset((set(self.topics_of_kind()) | set(self.recorded)) - set(self.not_recorded))
