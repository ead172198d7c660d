"""How a run says which landing days it is for."""

from __future__ import annotations

from datetime import date

from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG


def range_tags(first: date, last: date) -> dict[str, str]:
    """Return the tags of one run over the landing days from `first` to `last`, both included."""
    return {
        ASSET_PARTITION_RANGE_START_TAG: first.isoformat(),
        ASSET_PARTITION_RANGE_END_TAG: last.isoformat(),
    }
