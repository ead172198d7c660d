"""centre.yaml: the centre's name, zone, sources and settings, checked against a schema.

Every key has a documented default except `name`, `time_zone` and `sources`. A key that is not known,
misspelt or of the wrong kind stops the run with its path and the remedy.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from orchestration.centre.codes import Codes
from orchestration.centre.keep import Keep
from orchestration.centre.notices import Notices
from orchestration.centre.settings import (
    Audience,
    Holiday,
    Impact,
    OpeningHours,
    Setting,
    TargetOverride,
    Thresholds,
    TopicSignal,
)
from orchestration.centre.sources import AnySource
from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import Home
from orchestration.sources.settings import Source
from orchestration.sources.values import CHANNELS, Channel, TimeZoneName

__all__ = ["Centre", "CentreError", "Source", "load_centre", "parse_centre"]


class CentreError(ScorehouseError, ValueError):
    """centre.yaml is missing, is no YAML or breaks its schema; the message names key path and remedy."""


class Centre(Setting):
    """The whole of centre.yaml."""

    name: str = Field(min_length=1, max_length=200)
    time_zone: TimeZoneName
    sources: tuple[AnySource, ...]
    language: Literal["en", "zh"] = "en"
    profile: Literal["production"] | None = None
    """`production` refuses to start without a customer key given from outside."""
    thresholds: Thresholds = Field(default_factory=Thresholds)  # type: ignore[arg-type]
    opening_hours: tuple[OpeningHours, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    test_callers: tuple[str, ...] = ()
    """Customer ids, as written in the files, whose contacts are tests."""
    rated_channels: tuple[Channel, ...] = CHANNELS
    """Channels that send rating invitations."""
    targets: tuple[TargetOverride, ...] = ()
    codes: Codes = Codes()
    """Rows of the lists of codes that are the centre's own."""
    impact: Impact = Field(default_factory=Impact)  # type: ignore[arg-type]
    """What errors and complaints cost, and what that is compared with."""
    topic_signal: TopicSignal = Field(default_factory=TopicSignal)  # type: ignore[arg-type]
    """When more contacts about a topic than usual are a signal."""
    notices: Notices = Field(default_factory=Notices)  # type: ignore[arg-type]
    """What is told to whom, when, and by which channels."""
    audiences: tuple[Audience, ...] = (Audience(name="all"),)
    keep: Keep = Keep()
    """How long the home keeps what values don't need any more."""

    @field_validator("holidays", mode="before")
    @classmethod
    def _plain_dates_are_holidays_of_all(cls, value: Any) -> Any:
        if isinstance(value, list):
            return [item if isinstance(item, dict | Holiday) else {"date": item} for item in value]
        return value

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for key, names in (
            ("sources", [source.name for source in self.sources]),
            ("targets", [target.target_id for target in self.targets]),
            ("audiences", [audience.name for audience in self.audiences]),
        ):
            twice = sorted(name for name, count in Counter(names).items() if count > 1)
            if twice:
                raise ValueError(f"{key}: {', '.join(twice)} given more than once; give each its own name")
        return self

    def source(self, name: str) -> Source:
        """Return the source of that name, which is also its folder under landing/.

        Raises CentreError if centre.yaml does not name it.
        """
        for source in self.sources:
            if source.name == name:
                return source
        raise CentreError(f"landing/{name}: centre.yaml names no such source. Remedy: add it under `sources`.")

    def source_zone(self, source: Source) -> str:
        """Return the IANA zone of the source's local times."""
        return source.time_zone or self.time_zone


def load_centre(home: Home) -> Centre:
    """Read and check centre.yaml of a home.

    Raises CentreError with the file, the key path of each fault and its remedy.
    """
    path = home.centre_file
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CentreError(
            f"{path}: no such file. Remedy: write it (docs/operations.md has one), or make a sample: scorehouse demo."
        ) from error
    except UnicodeDecodeError as error:
        raise CentreError(f"{path}: not UTF-8 text at byte {error.start}. Remedy: save it as UTF-8.") from error
    return parse_centre(text, str(path))


def parse_centre(text: str, origin: str) -> Centre:
    """Check the text of a centre.yaml; `origin` stands in front of every message."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CentreError(f"{origin}: no valid YAML. {error}") from error
    if not isinstance(content, dict):
        raise CentreError(f"{origin}: empty, or no mapping. Remedy: it needs `name`, `time_zone` and `sources`.")
    try:
        return _with_zones(Centre.model_validate(content))
    except ValidationError as error:
        raise CentreError("\n".join(_describe(origin, fault) for fault in error.errors())) from error


def _with_zones(centre: Centre) -> Centre:
    # What is read of a source may depend on its zone, and whoever reads it knows the source alone.
    zones = (source.model_copy(update={"time_zone": centre.source_zone(source)}) for source in centre.sources)
    return centre.model_copy(update={"sources": tuple(zones)})


def _describe(origin: str, fault: Any) -> str:
    path = ""
    for part in fault["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    message = fault["msg"].removeprefix("Value error, ")
    page = "docs/sources.md" if ".mapping" in path else "docs/operations.md"
    if fault["type"] == "extra_forbidden":
        message = f"unknown key. Remedy: remove it or mend its spelling; {page} lists the keys"
    elif fault["type"] == "missing":
        message = "missing. Remedy: add it"
    elif not fault["type"].startswith("value_error"):
        message = f"{message}. Found: {str(fault['input'])[:80]!r}"
    where_described = f" ({page} shows how a mapping is written)" if ".mapping" in path and page not in message else ""
    return f"{origin}: {path or '(whole file)'}: {message}{where_described}."
