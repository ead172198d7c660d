"""`make bench-signals`: how often topic signals are wrong, how much they find, and where they are blind.

Counts are drawn for a centre of twelve topics, with and without events, and go through the SQL of the marts; so do the
contacts of the sample centre, whose two stories are known. Writes its section of docs/benchmarks.md.
"""

from __future__ import annotations

import math
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl

from orchestration.demo import DemoPlan, write_demo
from orchestration.demo.write import BENCH_UNTIL
from orchestration.home.paths import Home
from tests.bench.page import replace_section
from tests.bench.run import machine
from tests.support.topic_signals import SignalCentre, signal_warehouse

FIRST = date(2025, 1, 6)
WEEKS, LEARNING, TOPICS = 60, 8, 12
WEEKDAYS = (1.15, 1.05, 1.0, 1.0, 1.0, 0.6, 0.5)
DAY_SPREAD = 0.12
EVENT_HOURS, EVERY = 6, 109
SEEDS = tuple(range(1, 9))
DISPERSIONS = (1.0, 1.4, 2.0)
TIMES = (3, 5)
SLOW_WEEKS = 8
SLOW_TIMES = (1, 2, 3)
"""How many times as many contacts a topic has after these weeks; once is one that does not rise."""
LARGE, SMALL = 3.3, 1.1
"""Contacts in the peak hour from which a topic counts as large, and up to which as small."""


@dataclass(frozen=True)
class Event:
    """A topic that has several times its contacts from an hour of a day on."""

    topic: int
    day: int
    hour: int


@dataclass(frozen=True)
class Found:
    """How much of what happened was found: of all events, of those of large and of small topics; and after how long."""

    everywhere: float
    large: float
    small: float
    hours: float


@dataclass(frozen=True)
class Sample:
    """What the sample centre gives: signals beside its two stories, in so many weeks of topics, and on holidays."""

    stories: int
    others: int
    topic_weeks: float
    holiday_signals: int
    holiday_topics: int


def base_of(topic: int) -> float:
    """Contacts of a topic in its peak hour: from 0.6 to 14, each as many times the one before."""
    return 0.6 * (14 / 0.6) ** (topic / (TOPICS - 1))


def shape_of(hour: int) -> float:
    """How busy an hour is, 1 at its peak: a morning and an afternoon."""
    return math.exp(-0.5 * ((hour - 11) / 3) ** 2) + 0.8 * math.exp(-0.5 * ((hour - 16) / 3) ** 2) + 0.02


PEAK = max(shape_of(hour) for hour in range(24))


def events() -> list[Event]:
    """Events of every topic, more than eight weeks apart, between nine and fourteen o'clock."""
    rng = random.Random(7)  # noqa: S311 - counts
    days = range(LEARNING * 7 + 14, WEEKS * 7, EVERY)
    return [Event(topic, day + topic * 9, rng.randrange(9, 15)) for topic in range(TOPICS) for day in days]


def drawn(seed: int, dispersion: float, times: Callable[[int, int, int], float]) -> pl.DataFrame:
    """Contacts by topic and hour, whose variance is so many times their mean; `times` raises some of them."""
    rng = random.Random(seed)  # noqa: S311 - counts
    rows = []
    for day in range(WEEKS * 7):
        level = rng.lognormvariate(0, DAY_SPREAD) * WEEKDAYS[day % 7]
        at = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC)
        for topic in range(TOPICS):
            for hour in range(24):
                mean = base_of(topic) * shape_of(hour) / PEAK * level * times(topic, day, hour)
                if dispersion > 1:
                    mean = rng.gammavariate(mean / (dispersion - 1), dispersion - 1)
                if count := poisson(rng, mean):
                    rows.append((f"t{topic}", at + timedelta(hours=hour), count))
    types = {"topic": pl.String(), "hour_at": pl.Datetime("us", "UTC"), "contacts": pl.Int64()}
    return pl.DataFrame(rows, schema=types, orient="row")


def poisson(rng: random.Random, mean: float) -> int:
    """A count with this mean, by the product of random numbers."""
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def signals(counts: pl.DataFrame) -> list[tuple[int, int, int, int]]:
    """Topic, day, first and last hour of every signal of one topic after the weeks of learning."""
    as_of = datetime.combine(FIRST + timedelta(days=WEEKS * 7), datetime.min.time(), UTC)
    with signal_warehouse(SignalCentre("UTC", FIRST, as_of, []), counts) as connection:
        rows = connection.execute(
            "select topic[2:]::integer, local_date - ?::date, first_hour_end, last_hour_end from fct_topic_signal"
            " where topic != '*' and local_date >= ?::date",
            [FIRST, FIRST + timedelta(weeks=LEARNING)],
        ).fetchall()
    return [(topic, day, first, last) for topic, day, first, last in rows]


def false_alarms(dispersion: float) -> float:
    """Signals per 100 weeks of a topic where nothing happens."""
    found = sum(len(signals(drawn(seed, dispersion, lambda *_: 1.0))) for seed in SEEDS)
    return 100 * found / (len(SEEDS) * TOPICS * (WEEKS - LEARNING))


def power(dispersion: float, times: float) -> Found:
    """How many of the events are found by an hour after their end, and how long that takes from their beginning."""
    happened = {(event.topic, event.day): event for event in events() if event.day < WEEKS * 7}

    def raised(topic: int, day: int, hour: int) -> float:
        event = happened.get((topic, day))
        return times if event and event.hour <= hour < event.hour + EVENT_HOURS else 1.0

    waits: list[tuple[int, int]] = []
    for seed in SEEDS:
        told = signals(drawn(seed, dispersion, raised))
        for event in happened.values():
            ends = range(event.hour + 1, event.hour + EVENT_HOURS + 2)
            hours = [end for t, d, a, b in told if (t, d) == (event.topic, event.day) for end in ends if a <= end <= b]
            if hours:
                waits.append((event.topic, min(hours) - event.hour))

    def share(are_meant: Callable[[int], bool]) -> float:
        all_events = len(SEEDS) * sum(are_meant(event.topic) for event in happened.values())
        return sum(are_meant(topic) for topic, _ in waits) / all_events

    return Found(
        share(lambda _: True),
        share(lambda topic: base_of(topic) >= LARGE),
        share(lambda topic: base_of(topic) <= SMALL),
        sum(wait for _, wait in waits) / len(waits),
    )


def slow_rise(dispersion: float, times: float) -> float:
    """The share of topics that have a signal in the eight weeks in which they rise day by day to so many times."""
    begins, days = (LEARNING + 12) * 7, SLOW_WEEKS * 7

    def raised(_topic: int, day: int, _hour: int) -> float:
        return 1 + (times - 1) * min(max(day - begins, 0) / days, 1)

    # All topics at once would be a level: each rises alone, beside eleven that do not.
    found = 0
    for topic in range(TOPICS):
        counts = drawn(1, dispersion, lambda t, d, h, own=topic: raised(t, d, h) if t == own else 1.0)  # type: ignore[misc]
        found += any(t == topic and begins <= day < begins + days for t, day, _, _ in signals(counts))
    return found / TOPICS


def sample(folder: Path, agents: int = 40, days: int = 100) -> Sample:
    """Signals of the contacts that the sample centre writes; only its contacts are read."""
    home = Home(folder)
    write_demo(home, agents=agents, days=days, until=BENCH_UNTIL)
    plan = DemoPlan(agents, days, 1, BENCH_UNTIL)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        rows = connection.execute(
            "select distinct contact_id, try_cast(started_at as timestamptz) as begun_at, topic"
            " from read_csv(?, all_varchar = true) where direction = 'inbound' and is_test = 'false'"
            " and contact_id is not null and not ends_with(contact_id, '-x') and begun_at >= ?",
            [str(home.landing / "desk" / "*" / "contacts.csv"), plan.first_day],
        ).fetchall()
    contacts = [(at, topic) for _, at, topic in rows]
    last = max(at for at, _ in contacts)
    centre = SignalCentre(plan.time_zone, plan.first_day, last, contacts, holidays=list(plan.holidays), day_points=days)
    with signal_warehouse(centre) as connection:
        (told,) = connection.execute(
            "select count(*) filter (local_date >= $last - 2 and topic in ('app_error', 'promotion')), count(*),"
            " count(*) filter (list_contains($holidays, local_date))"
            " from fct_topic_signal where topic != '*'",
            {"last": BENCH_UNTIL, "holidays": list(plan.holidays)},
        ).fetchall()
        (judged,) = connection.execute(
            "select count(distinct (topic, local_date)) / 7, count(distinct (topic, local_date))"
            " filter (list_contains($holidays, local_date)) from fct_topic_hour"
            " where topic != '*' and window_state in ('usual', 'signal')",
            {"holidays": list(plan.holidays)},
        ).fetchall()
    return Sample(told[0], told[1] - told[0], judged[0], told[2], judged[1])


def section(
    lines: Sequence[tuple[float, float, Found, Found]], slow: Sequence[float], of_sample: Sample, seconds: float
) -> str:
    """The section of docs/benchmarks.md: a line per dispersion, and what is seen beside it."""

    def share(number: float) -> str:
        return f"{100 * number:.0f} %"

    by_times = " | ".join(f"found at x{times}: all / large / small topics | hours" for times in TIMES)
    text = [
        f"{TOPICS} topics of 0.6 to 14 contacts in their peak hour (large: {LARGE} and more, small: {SMALL} and "
        f"fewer), {WEEKS} weeks, {len(SEEDS)} draws; days differ by {share(DAY_SPREAD)}; events last {EVENT_HOURS} "
        f"hours. {WEEKS} weeks of contacts take {seconds:.1f} s on {machine()}.",
        "",
        f"| variance of counts | false alarms per 100 topic-weeks | {by_times} |",
        f"|---|{'---:|' * (1 + 2 * len(TIMES))}",
    ]
    for dispersion, alarms, *founds in lines:
        cells = " | ".join(
            f"{share(found.everywhere)} / {share(found.large)} / {share(found.small)} | {found.hours:.1f}"
            for found in founds
        )
        name = "Poisson, their mean" if dispersion == 1 else f"{dispersion} x their mean"
        text.append(f"| {name} | {alarms:.1f} | {cells} |")
    per_100 = 100 * of_sample.others / of_sample.topic_weeks
    text += [
        "",
        f"The sample centre, 40 agents and 100 days: both of its stories found ({of_sample.stories} signals), "
        f"{of_sample.others} others in {of_sample.topic_weeks:.0f} topic-weeks ({per_100:.1f} per 100); on holidays, "
        f"when all topics move, {of_sample.holiday_signals} signals in {of_sample.holiday_topics} topic-days.",
        "",
        "Blind: in small topics, as the table says; in all topics together, which are a level and no signal unless all "
        "contacts come to half as many again; in the first four weeks; and less sure the slower it comes: of topics "
        f"that rise day by day for {SLOW_WEEKS} weeks to {SLOW_TIMES[2]} times {share(slow[2])} had a signal by then, "
        f"to {SLOW_TIMES[1]} times {share(slow[1])}, of those that did not rise {share(slow[0])}, by chance.",
    ]
    return "\n".join(text)


def main() -> None:
    """Draw, find, write the section."""
    with tempfile.TemporaryDirectory(prefix="scorehouse-bench-signals-") as folder:
        of_sample = sample(Path(folder))
    counts = drawn(1, 1.4, lambda *_: 1.0)
    begun = time.perf_counter()
    signals(counts)
    seconds = time.perf_counter() - begun
    lines = [(phi, false_alarms(phi), *(power(phi, times) for times in TIMES)) for phi in DISPERSIONS]
    text = section(lines, [slow_rise(1.4, times) for times in SLOW_TIMES], of_sample, seconds)  # type: ignore[arg-type]
    replace_section("signals", text)
    print(text)


if __name__ == "__main__":
    main()
