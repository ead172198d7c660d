"""The parts of `make bench-signals` hold together without the minutes that it takes."""

from __future__ import annotations

import itertools
import random

import pytest

from tests.bench import signals
from tests.bench.page import PAGE
from tests.bench.signals import Found, Sample


def test_counts_have_the_mean_and_the_variance_that_they_are_drawn_with() -> None:
    rng = random.Random(1)  # noqa: S311 - counts
    counts = [signals.poisson(rng, rng.gammavariate(10 / 0.4, 0.4)) for _ in range(20_000)]
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / len(counts)
    assert (mean, variance / mean) == (pytest.approx(10, rel=0.02), pytest.approx(1.4, rel=0.05))


def test_events_of_a_topic_are_no_references_of_each_other_and_lie_after_the_weeks_of_learning() -> None:
    days = [event.day for event in signals.events() if event.topic == 5]
    assert len(days) >= 3
    assert min(days) >= 7 * signals.LEARNING
    assert all(later - day > 7 * signals.LEARNING for day, later in itertools.pairwise(days))


def test_the_section_says_what_is_found_and_what_is_not() -> None:
    found = Found(0.46, 0.81, 0.06, 2.7)
    text = signals.section([(1.4, 3.7, found, found)], [0.1, 0.2, 0.25], Sample(2, 3, 100, 0, 24), 0.5)
    assert "| 1.4 x their mean | 3.7 | 46 % / 81 % / 6 % | 2.7 | 46 % / 81 % / 6 % | 2.7 |" in text
    assert "3 others in 100 topic-weeks (3.0 per 100); on holidays, when all topics move, 0 signals in 24" in text
    assert "to 3 times 25 % had a signal by then, to 2 times 20 %, of those that did not rise 10 %" in text


def test_the_page_has_its_section() -> None:
    assert "<!-- begin signals -->" in PAGE.read_text(encoding="utf-8")
