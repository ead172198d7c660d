"""What a source says of itself in centre.yaml whose own files, or records, are read by a mapping."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from pydantic import model_validator

from orchestration.sources.files.conditions import Values
from orchestration.sources.files.mapping import Mapping
from orchestration.sources.settings import Source
from schemas import FEEDS


class MappedSource(Source):
    """A system whose own files are read by a mapping, however they land."""

    is_pulled: ClassVar[bool] = False
    """Whether each of its files has only what was new."""
    mapping: Mapping
    """How columns become the contract's columns."""
    empty: Values = ()
    """Texts that stand for nothing in its files, unless a rule says its own."""

    @model_validator(mode="before")
    @classmethod
    def _needs_a_mapping(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("mapping") is None:
            raise ValueError(f"a source of kind {value.get('kind')} needs `mapping`")
        return value

    def topics_of_kind(self) -> Iterable[str]:
        """Return the topics of the feeds that the mapping makes."""
        return {topic for feed in self.mapping.feed_names() for topic in FEEDS[feed].all_topics}


class FilesSource(MappedSource):
    """A system that drops files of its own."""

    kind: Literal["files"]
