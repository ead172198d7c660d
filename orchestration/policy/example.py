"""The example policy: a text to begin with, never a default."""

from __future__ import annotations

from pathlib import Path

EXAMPLE = Path(__file__).with_name("example.yaml")


def example_text() -> str:
    """Return the text of the example policy."""
    return EXAMPLE.read_text(encoding="utf-8")
