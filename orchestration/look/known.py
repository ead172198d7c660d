"""A file of a system that a preset knows: the source that takes it, and what it has to say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orchestration.look.sample import Looked
from orchestration.readers.bytes import plain_name
from orchestration.sources.files.mapping import FileRule
from orchestration.sources.presets.overridden import with_preset
from orchestration.sources.presets.shipped import PresetRule, preset_named, preset_names


def known_file(looked: Looked) -> tuple[str, str] | None:
    """Return the preset whose file this is, and the name of its rule; None if none knows its columns."""
    there = {*looked.columns, *(looked.nested.lists if looked.nested else ())}
    found = [
        (len(rule.known_by), preset, name)
        for preset, name, rule in _rules()
        if rule.known_by
        and there.issuperset(rule.known_by)
        and (not rule.by_name or _file_rule(preset, name).fits(_name(looked)))
    ]
    return max(found)[1:] if found else None


def preset_source(looked: Looked, preset: str, name: str, pattern: str) -> dict[str, Any]:
    """Return the source with the preset, and what of this file is otherwise than the rule of that name says."""
    rule = _file_rule(preset, name)
    otherwise: dict[str, Any] = {}
    if not rule.fits(_name(looked)):
        otherwise["files"] = pattern
    if looked.table is not None and looked.table.delimiter not in ("", rule.delimiter):
        otherwise["delimiter"] = looked.table.delimiter
    if looked.sheets > 1 and rule.sheet != looked.sheet:
        otherwise["sheet"] = looked.sheet
    source: dict[str, Any] = {"name": preset, "preset": preset}
    if looked.written.encoding != "utf-8":
        source["encoding"] = looked.written.encoding
    return source | ({"override": {name: otherwise}} if otherwise else {})


def _rules() -> Iterator[tuple[str, str, PresetRule]]:
    for preset in preset_names():
        for name, rule in preset_named(preset).rules.items():
            yield preset, name, rule


def _file_rule(preset: str, name: str) -> FileRule:
    at = list(preset_named(preset).rules).index(name)
    return FileRule.model_validate(with_preset({"preset": preset})["mapping"][at])


def _name(looked: Looked) -> str:
    return plain_name(looked.path.name)
