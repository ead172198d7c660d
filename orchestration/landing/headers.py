"""The names of a file's columns, held against those that are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from orchestration.sources.base import FileProblem


def refuse_repeats(found: list[str], wanted: Iterable[str]) -> None:
    """Refuse a file that has a wanted column more than once; what nobody reads may be there as often as it likes."""
    times = Counter(found)
    twice = sorted(name for name in wanted if times[name] > 1)
    if twice:
        raise FileProblem(
            "duplicate_column",
            f"The header names {', '.join(f'`{name}`' for name in twice)} more than once.",
            "Give each column a name of its own, or leave the other one out.",
            line_number=1,
            field=twice[0],
        )
