"""In which zone the times of a file are: by what they say themselves, by the names of their columns, or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.look.holds import Column

_HAS_OFFSET = re.compile(r"(?:Z|[+-][0-9]{2}:?[0-9]{2})$")
_SAYS_UTC = re.compile(r"(?<![a-z])(?:utc|gmt)(?![a-z])", re.IGNORECASE)


def zone_of(columns: Sequence[Column]) -> tuple[str | None, list[str]]:
    """Return the zone that a source of these columns has to say, None for the centre's own, and what is to be asked."""
    local = [column for column in columns if _is_local(column)]
    if not local:
        return None, []
    utc = [column.name for column in local if _SAYS_UTC.search(column.name)]
    if utc:
        return "UTC", [f"`{utc[0]}` says UTC: are all times of the file in it?"]
    return None, [asked_of(local[0].name)]


def asked_of(name: str) -> str:
    """Return the question that a local time leaves."""
    return f"`{name}` has no offset: is it in the centre's zone? Of another the source says `time_zone: UTC`."


def _is_local(column: Column) -> bool:
    if column.holding == "instant":
        said = column.form or ""
        has_zone = said.startswith("epoch") or "%z" in said or (not said and _HAS_OFFSET.search(column.highest))
        return not has_zone
    return False
