"""What is said of files and records, of words.json: for each code its words in both languages.

The English is said here, where a finding is made; the Chinese by the pages, from code and details of the finding:
`words_made.py` writes their module. A text has {parameters}; {name|list} is the name of a value by a list of `names`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

WORDS = Path(__file__).with_name("words.json")
PARAMETER = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
PLAIN = "plain"
"""The way in which a check is said that has only one, or none of its others."""


class Words(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    remedy: str


@cache
def all_words() -> dict[str, Any]:
    """Return the content of words.json.

    checks: code -> `zh`, its words in Chinese, and `ways`, each with its words in English (`en`) and what Chinese adds
        in brackets if it is known (`zh`); a code without ways was given by an older version only.
    remarks: code -> its sentence in both languages. parts: what is put into other words.
    names: list -> value -> its name.
    """
    return dict(json.loads(WORDS.read_text(encoding="utf-8")))


@cache
def texts_of(check: str, way: str = PLAIN) -> Words:
    """Return the English texts of a check as they stand, with their parameters."""
    return Words(*all_words()["checks"][check]["ways"][way]["en"])


def words_of(check: str, way: str, values: Mapping[str, object]) -> Words:
    """Return the English words of a check, filled with its values."""
    return Words(*(filled(text, values) for text in texts_of(check, way)))


def remark_words(code: str, /, **values: object) -> str:
    """Return the English sentence of a remark on a file, filled with its values."""
    return filled(all_words()["remarks"][code]["en"], values)


def part(name: str, /, **values: object) -> str:
    """Return what is put into other words, filled with its values."""
    return filled(all_words()["parts"][name]["en"], values)


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its parameters filled in; what stands in a value is never a parameter itself."""
    first, rest = _taken_apart(text)
    return first + "".join([_said(values[name], names) + after for name, names, after in rest])


def parameters(texts: Iterable[str]) -> set[str]:
    """Return the names of all parameters of some texts."""
    return {name for text in texts for name, _ in PARAMETER.findall(text)}


@cache
def _taken_apart(text: str) -> tuple[str, list[tuple[str, str | None, str]]]:
    """Return what stands before the first parameter, then each with its list of names and what stands after it."""
    first, *rest = PARAMETER.split(text)
    return first, list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))


def _said(value: object, names: str | None) -> str:
    if names is not None:
        return str(all_words()["names"][names].get(value, {"en": value})["en"])
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
