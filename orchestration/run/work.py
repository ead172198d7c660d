"""What a run has to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from orchestration.site.site_state import Stage


@dataclass(frozen=True)
class Work:
    """The first step that has to be made again, those after it up to the pages if `site`; `as_of` stands for now.

    `whole`: every date is built anew, not only those that new files touch; `dates`: so are those from the first to the
    last of two, both included.
    """

    first: Stage
    site: bool
    as_of: datetime | None
    whole: bool = False
    dates: tuple[date, date] | None = None
