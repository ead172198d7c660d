"""The presets that ship with the product: what each says of a source, and by what its files are known."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from orchestration.sources.files.rule_settings import RuleSettings

ENDING = ".yaml"


class PresetRule(RuleSettings):
    """One family of files of a system.

    known_by: columns that together no other known file has, none where others have the same ones; `by_name`: under a
    name that fits `files` only.
    rule: as a mapping has it, but where a feed has several rules each has a name, so that a centre can speak of it.
    """

    known_by: tuple[str, ...] = ()
    by_name: bool = False
    rule: dict[str, Any]


class Preset(RuleSettings):
    """The mapping of a system.

    source: what else a source of it says of itself. rules: by name, in the order in which files are held against them.
    asks: what only somebody who knows the centre's own installation can say.
    """

    system: str
    source: dict[str, Any]
    rules: dict[str, PresetRule]
    asks: tuple[str, ...] = ()


@cache
def preset_names() -> tuple[str, ...]:
    """Return the names of all presets."""
    found = (entry.name for entry in files(__package__).iterdir() if entry.name.endswith(ENDING))
    return tuple(sorted(name.removesuffix(ENDING) for name in found))


@cache
def preset_named(name: str) -> Preset:
    """Return a preset; it is only read. Raises ValueError with the names that there are."""
    if name not in preset_names():
        raise ValueError(f"`preset` {name!r} is none; there are {', '.join(preset_names())}")
    text = (files(__package__) / f"{name}{ENDING}").read_text(encoding="utf-8")
    return Preset.model_validate(yaml.safe_load(text))
