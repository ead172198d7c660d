"""What the doctor found, on a terminal: of each part of the home the first few, so that none hides another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from orchestration.run.doctor import Trouble

MOST_TOLD = 5


def tell_troubles(out: Console, troubles: Sequence[Trouble], *, every: bool) -> None:
    """Print the first troubles of each part of the home and how many more there are, or with `every` all of them."""
    parts: defaultdict[str, list[Trouble]] = defaultdict(list)
    for trouble in troubles:
        parts[trouble.place.partition("/")[0]].append(trouble)
    for part, found in parts.items():
        # One more is told rather than counted.
        told = found if every or len(found) <= MOST_TOLD + 1 else found[:MOST_TOLD]
        for trouble in told:
            out.print(f"[red]{escape(trouble.place)}[/]: {escape(trouble.what)} {escape(trouble.way_back)}")
        if len(told) < len(found):
            out.print(f"[red]{escape(part)}[/]: {len(found) - len(told):,} more such; --all names each.")
