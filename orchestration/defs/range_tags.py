"""How a run says which landing days it is for."""

from __future__ import annotations

from datetime import date

FIRST_DAY_TAG = "dagster/asset_partition_range_start"
LAST_DAY_TAG = "dagster/asset_partition_range_end"
"""The tags by which Dagster gives one run the partitions of a range. They stand in the runs that homes have kept."""


def range_tags(first: date, last: date) -> dict[str, str]:
    """Return the tags of one run over the landing days from `first` to `last`, both included."""
    return {
        FIRST_DAY_TAG: first.isoformat(),
        LAST_DAY_TAG: last.isoformat(),
    }
