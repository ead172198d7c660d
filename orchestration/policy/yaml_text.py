"""YAML of strangers: plain values only, exact numbers, every key once, and the line on which each of them stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Place = tuple[str | int, ...]
"""Keys and positions that lead to a value."""

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")


class YamlTextError(ValueError):
    """The text is no YAML that is taken here; `line` is where, from 1, if it is known."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.line = line


class _Loader(yaml.SafeLoader):
    """Numbers as they are written, keys once, no aliases: a few of those make gigabytes of a small file."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        """Refuse a value that only points to another one."""
        if self.check_event(AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise YamlTextError("aliases (`*name`) are not taken; write the value out", line)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping whose keys are texts and stand there once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                raise YamlTextError("a key is a list or a mapping; write a plain word", key.start_mark.line + 1)
            if key.value in seen:
                raise YamlTextError(f"key {key.value!r} is given twice; leave one of them", key.start_mark.line + 1)
            seen.add(key.value)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _whole(loader: _Loader, node: ScalarNode) -> int | str:
    # YAML 1.1 reads 010 as eight and 1:30 as ninety; what is no plain number stays as it is written.
    return int(node.value) if _WHOLE.fullmatch(node.value) else str(node.value)


def _fraction(loader: _Loader, node: ScalarNode) -> Decimal | str:
    try:
        return Decimal(node.value) if _FRACTION.fullmatch(node.value) else str(node.value)
    except InvalidOperation:  # pragma: no cover - the pattern admits no such text
        return str(node.value)


def _mapping(loader: _Loader, node: MappingNode) -> dict[Any, Any]:
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:float", _fraction)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(text: str) -> tuple[Any, Mapping[Place, int]]:
    """Return what a text says, and the line of every key and list item in it.

    Raises YamlTextError with the line, where it is known.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        content = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlTextError(_problem(error), mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise YamlTextError(f"no valid YAML: {' '.join(str(error).split())[:200]}") from error
    except RecursionError as error:
        raise YamlTextError("values are nested too deeply to be read") from error
    except ValueError as error:
        if isinstance(error, YamlTextError):
            raise
        raise YamlTextError(f"no valid YAML: {error}") from error
    lines: dict[Place, int] = {}
    if node is not None:
        _note_lines(node, (), lines)
    return content, lines


def line_of(lines: Mapping[Place, int], place: Place) -> int | None:
    """Return the line of a place, or of the nearest one around it that is written."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = f"no valid YAML: {error.problem or error.context or 'it ends too early'}"
    tab = "; indent with spaces, a tab is none" if r"'\t'" in problem else ""
    return " ".join(problem.split())[:300] + tab


def _note_lines(node: Node, place: Place, lines: dict[Place, int]) -> None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            lines[(*place, key.value)] = key.start_mark.line + 1
            _note_lines(value, (*place, key.value), lines)
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            lines[(*place, number)] = item.start_mark.line + 1
            _note_lines(item, (*place, number), lines)
