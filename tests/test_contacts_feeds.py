"""Duplicates, corrections and order of arrival of feed rows: what staging keeps and what it counts."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.support.contact_rows import CONTACT_MODELS, Day, Row, contact
from tests.support.raw_rows import RawHome

DAY = Day("2024-05-06")
RING = DAY.event("twice", 36005, "declined", queue_id="calls", agent_id="anna")


def log_lines() -> list[Row]:
    """A log without event ids in which one line stands twice because it happened twice."""
    return [
        DAY.event("twice", 36000, "queued", queue_id="calls"),
        RING,
        RING,
        DAY.event("twice", 36010, "connected", queue_id="calls", agent_id="bert"),
    ]


def add_busy_day(home: RawHome, source: str, shuffle: random.Random | None) -> None:
    """Forty contacts with ties in every second, in one file or shuffled over three."""
    home.source(source, channel="web")
    events: list[Row] = []
    messages: list[Row] = []
    for n in range(40):
        events += [
            DAY.event(f"c{n}", 36000 + n, "queued", queue_id="one"),
            DAY.event(f"c{n}", 36000 + n, "connected", queue_id="one", agent_id="anna"),
            DAY.event(f"c{n}", 36060 + n, "transferred", agent_id="anna"),
            DAY.event(f"c{n}", 36060 + n, "queued", queue_id="two"),
            DAY.event(f"c{n}", 36060 + n, "connected", queue_id="two", agent_id="bert"),
            DAY.event(f"c{n}", 36090 + n, "ended"),
        ]
        for k, (sender, agent) in enumerate([("customer", None), ("agent", "anna"), ("agent", "bert")] * 3):
            messages.append(DAY.message(f"c{n}", 36050 + n + k % 5, sender, agent, message_id=f"c{n}-{k}"))
    for feed, rows in (("contact_events", events), ("messages", messages)):
        parts = [rows]
        if shuffle:
            shuffle.shuffle(rows)
            parts = [rows[0::3], rows[1::3], rows[2::3]]
        for number, part in enumerate(parts):
            home.add(feed, part, source_id=source, file_name=f"{feed}-{number}.csv")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    built = RawHome(tmp_path_factory.mktemp("feeds"))
    built.source("desk", channel="voice", not_recorded=("messages", "system_messages"))
    built.add("contact_events", log_lines(), landing_day="2024-05-07", file_name="queue_log")
    # The same log copied again a day later, with one more line.
    ended = DAY.event("twice", 36100, "ended", agent_id="bert")
    built.add("contact_events", [*log_lines(), ended], landing_day="2024-05-08", file_name="queue_log")
    open_contact = DAY.contact("twice", 36000, channel="voice")
    built.add("contacts", [open_contact], landing_day="2024-05-07")
    built.add("contacts", [open_contact], landing_day="2024-05-08")
    built.add("contacts", [open_contact | {"topic": "cards"}], landing_day="2024-05-09")
    # The same bytes on two days, each read by the rules of its time.
    built.source("copied", channel="web")
    for day in ("2024-05-07", "2024-05-08"):
        same = DAY.contact("same", 36000) | {"file_hash": "of these bytes"}
        built.add("contacts", [same], source_id="copied", landing_day=day)
    add_busy_day(built, "in-order", shuffle=None)
    add_busy_day(built, "shuffled", shuffle=random.Random(7))  # noqa: S311
    built.build(*CONTACT_MODELS, tested=True)
    return built


def test_at_4_a_log_copied_again_with_more_lines_gives_duplicates_not_rows(home: RawHome) -> None:
    events = home.query(
        "select event_type, count(*) from staging.stg_contact_events where source_id = 'desk' group by 1 order by 1"
    )
    assert events == [("connected", 1), ("declined", 2), ("ended", 1), ("queued", 1)]
    assert contact(home, "twice", "contacts_received", "leg_count", "talk_seconds") == (1, 1, 90)


def test_the_later_received_row_of_a_key_wins(home: RawHome) -> None:
    assert contact(home, "twice", "topic", "is_header_missing") == ("cards", False)


def test_accepted_rows_are_kept_duplicate_or_superseded_by_feed_and_file(home: RawHome) -> None:
    rows = home.query(
        "select feed, landing_day::varchar, accepted_rows, kept_rows, duplicate_rows, superseded_rows"
        " from intermediate.int_feed__reconciliation where source_id = 'desk' order by 1, 2"
    )
    assert rows == [
        ("contact_events", "2024-05-07", 4, 4, 0, 0),
        ("contact_events", "2024-05-08", 5, 1, 4, 0),
        ("contacts", "2024-05-07", 1, 0, 0, 1),
        ("contacts", "2024-05-08", 1, 0, 0, 1),
        ("contacts", "2024-05-09", 1, 1, 0, 0),
    ]


def test_of_the_same_bytes_that_count_on_two_days_the_first_row_is_kept(home: RawHome) -> None:
    rows = home.query(
        "select landing_day::varchar, accepted_rows, kept_rows, duplicate_rows, superseded_rows"
        " from intermediate.int_feed__reconciliation where source_id = 'copied' order by 1"
    )
    assert rows == [("2024-05-07", 1, 1, 0, 0), ("2024-05-08", 1, 0, 1, 0)]


@pytest.mark.parametrize("fact", ["fct_contact", "fct_contact_leg", "fct_queue_visit", "fct_message_turn"])
def test_the_order_and_the_files_in_which_rows_arrive_change_nothing(home: RawHome, fact: str) -> None:
    def answers(source: str) -> list[tuple[Any, ...]]:
        # Which line told of it is all that may differ.
        told = "c -> c not in ('landing_day', 'file_name', 'record_number', 'line_number')"
        rows = home.query(f"select columns({told}) from {fact} where contact_key like '{source}/%' order by all")  # noqa: S608
        return [tuple(str(value).removeprefix(source) for value in row) for row in rows]

    assert answers("in-order") == answers("shuffled")
    assert len(answers("in-order")) >= 40
