"""What is done to dbt's process changes nothing of what it says."""

from __future__ import annotations

import io

import pytest
from dbt.adapters.events.types import SQLCommit
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.functions import get_stdout_config
from dbt_common.events.logger import LineFormat
from dbt_common.events.types import Note
from dbt_common.exceptions import EventCompilationError

from orchestration.warehouse.dbt_process import HeardEvents

EVENTS = (
    (SQLCommit(conn_name="a detail"), None),
    (SQLCommit(conn_name="a detail, told as a warning"), EventLevel.WARN),
    (Note(msg="a word"), None),
    (Note(msg="a word, told as a detail"), EventLevel.DEBUG),
    (Note(msg="an error"), EventLevel.ERROR),
)
"""Events with the level that is said of them beside their own."""


def shown(console_level: EventLevel, *, heard: bool) -> list[str]:
    """Return what a console of a level shows of all events, without the instants."""
    console = io.StringIO()
    config = get_stdout_config(LineFormat.PlainText, False, console_level, False)
    config.output_stream = console
    manager = EventManager()
    manager.add_logger(config)
    for event, level in EVENTS:
        (HeardEvents(manager) if heard else manager).fire_event(event, level)
    return [line.partition("  ")[2] for line in console.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("console_level", "lines"), [(EventLevel.DEBUG, 5), (EventLevel.INFO, 3), (EventLevel.WARN, 2)]
)
def test_a_console_shows_what_it_does_without_us(console_level: EventLevel, lines: int) -> None:
    told = shown(console_level, heard=True)
    assert told == shown(console_level, heard=False)
    assert len(told) == lines


def test_of_what_nobody_shows_no_message_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[BaseEvent] = []
    monkeypatch.setattr("dbt_common.events.logger._TextLogger.create_line", lambda _, message: made.append(message))
    shown(EventLevel.INFO, heard=True)
    assert len(made) == 3


def test_a_callback_still_hears_of_everything_but_details() -> None:
    manager = EventManager()
    heard: list[str] = []
    manager.add_callback(lambda message: heard.append(message.info.msg))
    for event, level in EVENTS:
        HeardEvents(manager).fire_event(event, level)
    assert heard == ["On a detail, told as a warning: COMMIT", "a word", "an error"]


def test_a_detail_that_may_be_an_error_is_told() -> None:
    manager = EventManager()
    manager.warn_error = True
    with pytest.raises(EventCompilationError):
        HeardEvents(manager).fire_event(SQLCommit(conn_name="a detail"), force_warn_or_error_handling=True)
