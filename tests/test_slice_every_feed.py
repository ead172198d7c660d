"""A row of each feed, dropped later than what it speaks of, leaves every table as a whole build makes it.

The rows are those of which test_slice_reach says by hand which dates of facts they move; here measures, values and all
that follows of them are held against a whole build too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.equality.homes import GrowingHome
from tests.equality.scenario import Drop
from tests.support.compiled import CENTRE, compiled_project
from tests.test_slice_reach import REACH, base, files

pytestmark = pytest.mark.slow

AT_ONCE = 8
"""Feeds whose rows come with one drop."""


def test_a_late_row_of_any_feed_leaves_every_table_as_a_whole_build_makes_it(tmp_path: Path) -> None:
    home = GrowingHome(tmp_path / "grown", compiled_project())
    home.drop(Drop({place: text.encode() for place, text in files("2026-03-21", base()).items()}, CENTRE))
    home.take()
    home.build()
    sliced = 0
    names = list(REACH)
    for number, feeds in enumerate(names[first : first + AT_ONCE] for first in range(0, len(names), AT_ONCE)):
        rows = {feed: [REACH[feed][0]] for feed in feeds}
        home.drop(Drop({place: text.encode() for place, text in files(f"2026-03-{22 + number}", rows).items()}, CENTRE))
        home.take()
        home.build()
        sliced += home.is_sliced
        assert home.differences() == [], feeds
    assert sliced
