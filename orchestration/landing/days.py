"""The landing days that a home knows of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orchestration.home.paths import Home
from orchestration.landing.found import landing_day


def known_days(home: Home) -> Iterator[date]:
    """Yield every landing day that has a folder or a ledger record, some of them several times."""
    # The ledger too: what was taken long ago need not lie in landing/ any more.
    for folder in (home.landing, home.ledger):
        for path in folder.glob("*/*"):
            day = landing_day(path)
            if day is not None:
                yield day
