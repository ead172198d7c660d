"""Lines that programs write for JSON although it is none: texts cut within an emoji, NaN, plain tabs in texts."""

from __future__ import annotations

import json

HALF_CHARACTER = "\ufffd"
"""Stands in a mended line for half a character."""


def mended_line(line: str) -> str | None:
    """Return the line as proper JSON, None if nothing reads it. NaN is no value; numbers keep their digits, as text."""
    try:
        found = json.loads(line, strict=False, parse_constant=lambda _: None, parse_int=str, parse_float=str)
        text = json.dumps(found, ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
