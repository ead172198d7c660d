"""Random cases by their seeds: a few at every turn, the sweep over all of them with the slow tests."""

from __future__ import annotations

from typing import Any

import pytest

FEW = 3


def few_of_many(many: int, few: int = FEW) -> list[Any]:
    """Return the seeds from 0 on, as parameters of which all but the first few are slow."""
    return [pytest.param(seed, marks=[pytest.mark.slow] if seed >= few else []) for seed in range(many)]
