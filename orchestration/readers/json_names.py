"""Names by which a mapping reads what stands in JSON: a key, a path to a nested one, or one of an outer object.

`id` is a key; `conversation.id`, `participants[0].name` and the pointer `/conversation/id` reach into what is nested;
`^id` is of the object around the list that is unrolled, `^^id` of the one around that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(r"\[([0-9]+)\]|\.?([^.\[\]]+)")
_PATH = re.compile(r"[^.\[\]/]+(?:\.[^.\[\]/]+|\[[0-9]+\])+")


@dataclass(frozen=True)
class Name:
    """Where one column stands: so many objects further out, under the first of these pointers that is there."""

    levels_up: int
    pointers: tuple[str, ...]


def read_name(column: str, levels: int) -> Name:
    """Return where a column stands, of so many lists within each other that are unrolled.

    A key that has dots itself comes before the path of the same letters.
    """
    name = column.lstrip("^") if levels else column
    levels_up = len(column) - len(name)
    if name.startswith("/"):
        return Name(levels_up, (name,))
    key = "/" + _escaped(name)
    return Name(levels_up, (key, pointer_of(name)) if _PATH.fullmatch(name) else (key,))


def pointer_of(path: str) -> str:
    """Return the JSON pointer of a path such as `participants[0].name`, or the pointer that it is already."""
    if path.startswith("/"):
        return path
    return "".join(f"/{_escaped(at or name)}" for at, name in _PART.findall(path))


def keys_of(path: str) -> tuple[str, ...]:
    """Return the keys of a path that has no places in lists."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer_of(path).split("/")[1:])


def is_path(text: str) -> bool:
    """Tell whether a text names a place in JSON."""
    is_plain = re.fullmatch(r"[^.\[\]/^]+", text) is not None
    return is_plain or _PATH.fullmatch(text) is not None or re.fullmatch(r"(?:/[^/]+)+", text) is not None


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
