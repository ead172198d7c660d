"""Times as text become instants: every form that is admitted, worked by hand, and all of them in one column."""

from __future__ import annotations

import polars as pl
import pytest

from orchestration.door.times import INSTANT_PATTERN, to_instants

SHANGHAI_EIGHT = "2026-01-05 00:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05T08:00:00+08:00",
        "2026-01-05 08:00:00+08:00",
        "2026-01-05T08:00:00+0800",
        "2026-01-05 08:00:00+08",
        "2026-01-05T00:00:00Z",
        "2026-01-04T19:30:00.000-04:30",
        "2026-01-05T00:00:00+00",
        "2026-01-05T08:00:00",
        "2026-01-05 08:00:00.000",
        "2026-01-05T08:00:00,000000000",
    ],
)
def test_one_instant_can_be_written_in_many_ways(text: str) -> None:
    times = to_instants(pl.Series([text]), "Asia/Shanghai")
    assert str(times.instants[0]) == SHANGHAI_EIGHT
    assert times.is_ambiguous.to_list() == [False]
    assert pl.Series([text]).str.contains(INSTANT_PATTERN).all()


def test_forms_may_change_within_a_column() -> None:
    texts = ["2026-01-05T08:00:00+08:00", "2026-01-05 08:00:00", None, "2026-01-05T00:00:00.5Z", "2026-01-05 08:00:01"]
    times = to_instants(pl.Series(texts), "Asia/Shanghai")
    assert times.instants.dt.strftime("%H:%M:%S%.3f").to_list() == [
        "00:00:00.000",
        "00:00:00.000",
        None,
        "00:00:00.500",
        "00:00:01.000",
    ]


def test_a_fraction_is_kept_to_the_microsecond() -> None:
    times = to_instants(pl.Series(["2026-01-05T08:00:00.123456789Z", "2026-01-05T08:00:00.1Z"]), "UTC")
    assert times.instants.dt.microsecond().to_list() == [123_456, 100_000]


def test_the_zone_of_the_source_decides_what_a_local_time_means() -> None:
    text = pl.Series(["2026-07-01 12:00:00"])
    zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]
    assert [to_instants(text, zone).instants.dt.hour()[0] for zone in zones] == [4, 10, 16, 12]


def test_a_time_that_was_twice_is_the_earlier_one_and_marked() -> None:
    # Berlin leaves summer time on 25 October 2026 at 03:00; 02:30 is 00:30 UTC first, 01:30 UTC second.
    times = to_instants(
        pl.Series(["2026-10-25 01:59:59", "2026-10-25 02:30:00", "2026-10-25 03:00:00"]), "Europe/Berlin"
    )
    assert times.instants.dt.strftime("%H:%M").to_list() == ["23:59", "00:30", "02:00"]
    assert times.is_ambiguous.to_list() == [False, True, False]


def test_a_time_that_never_was_is_none() -> None:
    # Berlin goes from 02:00 to 03:00 on 29 March 2026.
    times = to_instants(
        pl.Series(["2026-03-29 01:59:59", "2026-03-29 02:00:00", "2026-03-29 03:00:00"]), "Europe/Berlin"
    )
    assert times.instants.is_null().to_list() == [False, True, False]
