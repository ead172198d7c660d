"""The SQL of this room."""

from __future__ import annotations

from pathlib import Path


def sql_script(name: str) -> str:
    """Return the text of a script that stands beside this module."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
