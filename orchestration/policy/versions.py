"""The versions of policy.yaml: each complete, or incomplete with what it lacks; what contradicts itself is an error."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from orchestration.policy.assessment import AppliesTo, Assessment
from orchestration.policy.contests import Contests
from orchestration.policy.known import Known
from orchestration.policy.piece_rate import PieceRate
from orchestration.policy.points import PointsVersion
from orchestration.policy.quality_index import QualityIndex
from orchestration.policy.values import Approvers, Month, VersionName
from orchestration.policy.version import Version
from orchestration.policy.yaml_text import Place

SECTIONS: dict[str, type[Version]] = {
    "assessment": Assessment,
    "quality_index": QualityIndex,
    "points": PointsVersion,
    "contests": Contests,
    "piece_rate": PieceRate,
}


@dataclass(frozen=True)
class Fault:
    """Something that stops everything: where it stands, and what is wrong."""

    place: Place
    message: str


@dataclass(frozen=True)
class Dated:
    """A version of a section as it is written.

    `rules` is None where the version is incomplete; `missing` names the keys then. What an incomplete version says of
    itself, and of whom it is for, is kept as far as it says so.
    """

    section: str
    number: int
    rules: Version | None
    missing: tuple[str, ...]
    content_sha: str
    name: str
    valid_from: date | None
    approved_by: tuple[str, ...] = ()
    applies_to: AppliesTo | None = None

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return (self.section, self.number)


@dataclass
class Read:
    """Versions of a file, and its faults."""

    versions: list[Dated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_versions(content: Mapping[str, Any], known: Known) -> Read:
    """Check the content of a policy.yaml, and every version in it by itself."""
    read = Read()
    for section, given in content.items():
        place: Place = (section,)
        if section not in SECTIONS:
            read.faults.append(Fault(place, f"unknown section. Remedy: there are {', '.join(SECTIONS)}"))
        elif given is None:
            continue
        elif not isinstance(given, list):
            read.faults.append(Fault(place, "is no list of versions. Remedy: begin each with `- version: ...`"))
        else:
            for number, one in enumerate(given):
                _read_version(read, section, number, one, known)
    return read


def _read_version(read: Read, section: str, number: int, given: object, known: Known) -> None:
    place = (section, number)
    if not isinstance(given, dict):
        read.faults.append(Fault(place, "is no version. Remedy: a version has keys, beginning with `version`"))
        return
    written = _without_blanks(given)
    rules, missing, faults = _checked(SECTIONS[section], written, known)
    read.faults += [Fault((*place, *fault.place), fault.message) for fault in faults]
    if not faults:
        read.versions.append(_dated(section, number, written, rules, missing))


def _checked(
    model: type[Version], written: dict[str, Any], known: Known
) -> tuple[Version | None, tuple[str, ...], list[Fault]]:
    try:
        return model.model_validate(written, context={"known": known}), (), []
    except ValidationError as error:
        found = error.errors()
    missing = tuple(path_text(one["loc"]) for one in found if one["type"] == "missing")
    faults = [Fault(tuple(one["loc"]), _message(one)) for one in found if one["type"] != "missing"]
    return None, missing, faults


def _dated(
    section: str, number: int, written: dict[str, Any], rules: Version | None, missing: tuple[str, ...]
) -> Dated:
    return Dated(
        section,
        number,
        rules,
        missing,
        _digest(written),
        _part(VersionName, written.get("version")) or path_text((section, number)),
        _part(Month, written.get("valid_from")),
        _part(Approvers, written.get("approved_by")) or (),
        _part(AppliesTo, written.get("applies_to")) if section == "assessment" else None,
    )


def _part(kind: Any, value: object) -> Any:
    """Return a part of a version by itself; None where it is not there, or not whole."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return None


def _without_blanks(value: Any) -> Any:
    """Return the value without keys that have no value: there nothing is written, not even `none`."""
    if isinstance(value, dict):
        return {key: _without_blanks(one) for key, one in value.items() if one is not None}
    return [_without_blanks(one) for one in value] if isinstance(value, list) else value


def _message(found: Any) -> str:
    message = str(found["msg"]).removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        return "unknown key. Remedy: remove it or mend its spelling; docs/policy.md lists the keys"
    if found["type"] == "value_error":
        return message
    return f"{message}. Found: {str(found['input'])[:80]!r}. Remedy: docs/policy.md says what may stand here"


def _digest(written: Any) -> str:
    return hashlib.sha256(json.dumps(written, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def path_text(place: tuple[str | int, ...]) -> str:
    """Return a place as a person writes it: components[1].weight."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def in_order(versions: list[Dated], section: str) -> Iterator[Dated]:
    """Yield the versions of a section by their months, those without a month last."""
    yield from sorted(
        (one for one in versions if one.section == section), key=lambda one: (one.valid_from or date.max, one.number)
    )
