"""Signals are reckoned a second time, apart from the SQL, on random small centres: every window and signal agrees."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.oracle.signals import Found, Rules, Signals, Window
from tests.support.topic_signals import SignalCentre, signal_warehouse

FIRST = date(2026, 2, 2)
DAYS = 75
TOPICS = ("billing", "delivery", "card@home", None)
BUSY = {"billing": 9.0, "delivery": 22.0, "card@home": 1.5, None: 3.0}


def random_centre(seed: int) -> SignalCentre:
    """Ten weeks of a centre that is open a few hours, over a clock change, with surges, holidays and incidents."""
    rng = random.Random(seed)  # noqa: S311 - tests
    zone = rng.choice(["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"])
    opening = rng.sample([1, 2, 3, 9, 10, 11, 14, 22, 23], 5)
    contacts: list[tuple[datetime, str | None]] = []
    surges = {(rng.choice(TOPICS), FIRST + timedelta(days=rng.randrange(DAYS))) for _ in range(14)}
    closed = {FIRST + timedelta(days=rng.randrange(DAYS)) for _ in range(3)}
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        level = rng.choice([0.5, 1, 1, 1, 1, 2])
        for topic in TOPICS:
            for hour in opening if day not in closed else ():
                mean = BUSY[topic] * level * (6 if (topic, day) in surges else 1)
                for _ in range(round(rng.gauss(mean, mean**0.5))):
                    clock = datetime(day.year, day.month, day.day, hour, rng.randrange(60), tzinfo=ZoneInfo(zone))
                    contacts.append((clock.astimezone(UTC), topic))
    as_of = datetime(2026, 4, 17, 13, 20, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return SignalCentre(
        zone=zone,
        first_date=FIRST,
        as_of=as_of,
        contacts=[one for one in contacts if one[0] <= as_of],
        holidays=[FIRST + timedelta(days=rng.randrange(DAYS)) for _ in range(2)],
        incidents=[
            (begins, begins + timedelta(minutes=rng.randrange(10, 300)))
            for begins in (as_of - timedelta(minutes=rng.randrange(60 * 24 * 60)) for _ in range(3))
        ],
        settings={"z": rng.choice([3, 4]), "min_count": 5, "factor": 2, "factor_all": 1.5, "weeks": rng.choice([6, 8])},
        day_points=rng.choice([7, 92]),
    )


def reckoned(centre: SignalCentre) -> Signals:
    rules = Rules(
        **{name: float(value) for name, value in centre.settings.items()} | {"weeks": centre.settings["weeks"]}
    )
    args = (centre.contacts, rules, centre.holidays, centre.incidents, centre.actions)
    return Signals(centre.zone, centre.first_date, centre.as_of, *args)


def told(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, Window], Found]:
    rows = connection.execute(
        "select topic, local_date, hour_end, contacts, reference_count, expected, upper_limit, window_state"
        " from fct_topic_hour"
    ).fetchall()
    return {(topic, Window(day, end)): Found(*found) for topic, day, end, *found in rows}


def signals_of(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, int]]:
    return set(connection.execute("select signal_id, last_hour_end from fct_topic_signal").fetchall())


def same(one: Found, other: Found) -> bool:
    return one == Found(
        other.contacts,
        other.references,
        pytest.approx(other.expected, rel=1e-8) if other.expected is not None else None,  # type: ignore[arg-type]
        pytest.approx(other.limit, rel=1e-8) if other.limit is not None else None,  # type: ignore[arg-type]
        other.state,
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_window_and_signal_agrees_with_and_without_events_that_actions_name(seed: int) -> None:
    centre = random_centre(seed)
    rng = random.Random(seed)  # noqa: S311 - tests
    with signal_warehouse(centre) as connection:
        first = signals_of(connection)
    assert first == reckoned(centre).signals()
    assert first, "nothing was found, so nothing is compared"
    for name, _ in sorted(first):
        result = rng.choice([None, "true_event", "false_alarm"])
        taken = centre.as_of - timedelta(minutes=rng.randrange(1000))
        centre.actions += [(name, result, taken), (name, rng.choice([None, "resolved"]), taken)]

    with signal_warehouse(centre) as connection:
        found, windows = signals_of(connection), told(connection)
    mine = reckoned(centre)
    assert found == mine.signals()
    wrong = {key: (one, mine.found(*key)) for key, one in windows.items() if not same(one, mine.found(*key))}
    assert wrong == {}
    kept_from = centre.local(centre.as_of).date() - timedelta(days=centre.day_points + 31)
    lacking = [
        (topic, window)
        for topic in mine.topics
        for window in mine.windows
        if window.day > kept_from
        and (topic, window) not in windows
        and (mine.count(topic, window) or any(mine.references(topic, window)))
    ]
    assert lacking == []
