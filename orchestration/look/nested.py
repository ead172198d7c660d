"""How a JSON file holds its records: under which keys, with which names, and which lists stand within them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from orchestration.readers.findings import FileProblem

MOST_OBJECTS = 500
MOST_LEVELS = 4
_PLAIN_KEY = re.compile(r"[^.\[\]/^]+")
_SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]]')
_CLOSING = {"{": "}", "[": "]"}


@dataclass(frozen=True)
class Nested:
    """How a file holds its records.

    records: keys that lead to their array, empty if the file is one or has objects in a row. columns: names of single
    values, in the order in which they come. lists: names of lists of objects, with how many elements they have in the
    objects looked at, and of how many objects. inside: of each such list the names of single values in its elements.
    """

    records: str
    columns: tuple[str, ...]
    lists: dict[str, tuple[int, int]]
    inside: dict[str, tuple[str, ...]] = field(default_factory=dict)


def nested_of(text: str, *, has_lines: bool) -> Nested:
    """Return how the records stand in a text that may break off. Raises FileProblem if there is none."""
    values = list(_lines(text) if has_lines else _values(text))
    path: tuple[str, ...] = ()
    if len(values) == 1 and isinstance(values[0], dict) and not has_lines:
        path = max(_arrays(values[0]), key=lambda found: found[1], default=((), 0))[0]
    objects = [one for value in values for one in _under(value, path) if isinstance(one, dict)][:MOST_OBJECTS]
    if not objects:
        raise FileProblem("no_json_object")
    lists: dict[str, list[list[dict[str, Any]]]] = {}
    for one in objects:
        for name, value in _leaves(one, ()):
            if _is_list_of_objects(value):
                lists.setdefault(name, []).append(value)
    inside = {name: _single_values([one for elements in held for one in elements]) for name, held in lists.items()}
    counts = {name: (sum(map(len, held)), len(held)) for name, held in lists.items()}
    return Nested(".".join(path), _single_values(objects), counts, inside)


def _single_values(objects: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the names of what is a single value in some of these objects, and nothing else in others."""
    columns: dict[str, None] = {}
    lists = set()
    for one in objects:
        for name, value in _leaves(one, ()):
            if _is_list_of_objects(value):
                lists.add(name)
            elif not isinstance(value, dict | list):
                columns[name] = None
    # What is an object in some records, and nothing in others, is no value in any.
    beginnings = {name[: found.start()] for name in columns for found in re.finditer(r"[./]", name)}
    return tuple(name for name in columns if name not in lists and name not in beginnings)


def _lines(text: str) -> Iterator[Any]:
    for line in text.splitlines()[:MOST_OBJECTS]:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _values(text: str) -> Iterator[Any]:
    """Yield the values that stand in a row; of the last, if it breaks off, what it holds up to there."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text) and (text[at].isspace() or text[at] == ","):
        at += 1
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            cut = _closed(text[at:])
            if cut is not None:
                yield cut
            return
        yield value
        while at < len(text) and (text[at].isspace() or text[at] == ","):
            at += 1


def _closed(text: str) -> Any:
    """Return a value that breaks off, without what came after its last whole object; None if there is none."""
    open_signs: list[str] = []
    best: tuple[int, str] | None = None
    for found in _SIGNS.finditer(text):
        sign = found[0]
        if sign in _CLOSING:
            open_signs.append(sign)
        elif sign in ("}", "]"):
            if not open_signs:
                return None
            open_signs.pop()
            if sign == "}":
                best = found.end(), "".join(_CLOSING[one] for one in reversed(open_signs))
    if best is None:
        return None
    try:
        return json.loads(text[: best[0]] + best[1])
    except (ValueError, RecursionError):
        return None


def _arrays(value: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the keys that lead to each list of objects, with how much stands in it."""
    for key, inner in value.items():
        if _is_list_of_objects(inner) and _PLAIN_KEY.fullmatch(key):
            yield (*path, key), len(json.dumps(inner))
        elif isinstance(inner, dict) and len(path) < MOST_LEVELS and _PLAIN_KEY.fullmatch(key):
            yield from _arrays(inner, (*path, key))


def _under(value: Any, path: tuple[str, ...]) -> list[Any]:
    for key in path:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    return value if isinstance(value, list) else [value]


def _leaves(value: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        # MongoDB's objects that stand for one value are one to a mapping too.
        is_value = isinstance(inner, dict) and len(inner) == 1 and next(iter(inner)).startswith("$")
        if isinstance(inner, dict) and not is_value and len(path) < MOST_LEVELS:
            yield from _leaves(inner, (*path, key))
        else:
            yield _name((*path, key)), "" if is_value else inner


def _name(path: tuple[str, ...]) -> str:
    if all(_PLAIN_KEY.fullmatch(key) for key in path):
        return ".".join(path)
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
