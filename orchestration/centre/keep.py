"""How long a home keeps what values don't need any more: `keep` of centre.yaml. Without it nothing ever goes."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from orchestration.centre.settings import Setting
from orchestration.home.retained import day_before

_SPAN = re.compile(r"([1-9]\d{0,3}) ?(d|days?|months?|years?)")
_UNITS = {"d": "d", "m": "mo", "y": "y"}
LEAST_RECORDS = "3 months"
_SOME_DAY = date(2026, 3, 1)


def _span(text: str) -> str:
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no span of time; write it as 90d, 25 months or 2 years")
    return f"{found[1]}{_UNITS[found[2][0]]}"


def _span_of_records(text: str) -> str:
    span = _span(text)
    # Windows of repeats and of a period's closing reach back some months; a shorter span would cut into them.
    if day_before(_SOME_DAY, span) > day_before(_SOME_DAY, _span(LEAST_RECORDS)):
        raise ValueError(f"{text!r} is less than {LEAST_RECORDS}, which the windows of the KPIs reach back for")
    return span


Span = Annotated[str, AfterValidator(_span)]
"""A number of days, months or years, as Polars writes it: 90d, 25mo, 2y."""


class Keep(Setting):
    """Spans of time; what is older goes, and the values made of it stay. None = it is kept for good."""

    landing: Span | None = None
    """Files of landing/, by their landing day, back from the last one: what they gave stays."""
    quarantine: Span | None = None
    """Findings about bad records, by the landing day of their file: their counts stay in the ledger."""
    records: Annotated[str, AfterValidator(_span_of_records)] | None = None
    """Contacts, their events, messages and ratings, and agents' states, by whole calendar years: the year of whose last
    days all are older than this goes."""

    def spans(self) -> dict[str, str]:
        """Return area -> span of what is to go at some time."""
        return {area: span for area, span in self.model_dump().items() if span is not None}
