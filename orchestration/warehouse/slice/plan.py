"""What a build makes anew: a slice where that is known to come to the same as everything, else everything, and why."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from orchestration.home.paths import Home
from orchestration.warehouse.slice import known, links, reach
from orchestration.warehouse.slice.asked import AskedDates
from orchestration.warehouse.slice.defined import defined_since
from orchestration.warehouse.slice.folder import SLICED, Slice
from orchestration.warehouse.slice.latest import first_dates, latest_us
from orchestration.warehouse.slice.measured import measured
from orchestration.warehouse.slice.parts import DEFINING, MARKING, Part, parts_of, remembered_parts
from orchestration.warehouse.slice.state import SliceState

MOST_SHARE = 0.5
"""A slice of more of the dates is made as all of them: it would read nearly the same and has to find it first."""
FEW_DATES = 20
REPEAT_DAYS = 3
"""Repeats are looked for within 72 hours, whatever the centre's window for first contact resolution is."""

NAMES = {
    "settings": "the centre's settings",
    "models": "the models",
    "code": "the program",
    "tools": "dbt or DuckDB",
}


@dataclass(frozen=True)
class Basis:
    """What a centre's settings say about dates."""

    time_zone: str
    fcr_window_days: int

    @property
    def window(self) -> int:
        """Return within how many local dates after a contact another one of the customer changes it."""
        return max(self.fcr_window_days, REPEAT_DAYS) + 1


@dataclass(frozen=True)
class Plan:
    """What is made anew, from which parts; `reason` says why it is everything, and is empty with a slice.

    `asked`: how many dates a person asked for, whether or not something of them changed.
    """

    parts: frozenset[Part]
    chosen: Slice | None = None
    reason: str = ""
    asked: int = 0

    def __str__(self) -> str:
        """Return the sentence for people."""
        if self.chosen is None:
            return f"Everything is built anew: {self.reason}."
        days = sorted(self.chosen.dates)
        if not days:
            return "No date of contacts is built anew; all stay as they are."
        told = f"; {self.asked} of them {'was' if self.asked == 1 else 'were'} asked for" if self.asked else ""
        return f"{len(days)} dates are built anew, {days[0]} to {days[-1]}{told}; the others stay as they are."


def plan_build(home: Home, basis: Basis, *, whole: bool = False, has_as_of: bool = False) -> Plan:
    """Return what the next build of a home has to make anew."""
    parts = frozenset(parts_of(home))
    reason = _why_everything(home, whole=whole, has_as_of=has_as_of)
    before = remembered_parts(home)
    if reason or before is None:
        return Plan(parts, reason=reason or "it is not known what the last build read")
    try:
        with known.opened(home) as connection:
            if known.kept_tables() - known.tables_in(connection):
                return Plan(parts, reason="a table that it goes on from is missing")
            return _sliced(connection, home, basis, parts, before)
    except duckdb.Error as error:
        return Plan(parts, reason=f"what it goes on from can't be read ({str(error).splitlines()[0]})")


def _why_everything(home: Home, *, whole: bool, has_as_of: bool) -> str:
    state = SliceState(home)
    if whole:
        return "that was asked for"
    if not state.is_known():
        return "there is no build to go on from"
    if changed := state.changed():
        return f"{' and '.join(NAMES.get(name, name) for name in changed)} changed"
    if has_as_of:
        return "an instant that stands for now was given"
    if not state.is_as_left():
        return "what the last build left was changed or is gone"
    return ""


def _sliced(
    connection: duckdb.DuckDBPyConnection, home: Home, basis: Basis, parts: frozenset[Part], before: set[Part]
) -> Plan:
    state = SliceState(home)
    covered = state.covered()
    if covered is None:
        return Plan(parts, reason="it is not known how far the data reached")
    added, removed = parts - before, before - parts
    if any(part.feed in DEFINING for part in removed):
        return Plan(parts, reason="a file of accounts or queues is gone or came anew")
    if any(part.feed == MARKING for part in removed):
        return Plan(parts, reason="a file of test calls is gone or came anew")
    unfinished = state.unfinished()
    if unfinished and unfinished.parts - parts:
        return Plan(parts, reason="a file that a build which was cut off had read is gone or came anew")
    if unfinished and unfinished.attempts > 1:
        return Plan(parts, reason=f"{unfinished.attempts} builds in a row did not come to their end")
    there = set(parts)
    reach.find_told(connection, home, added, basis.time_zone)
    dates = reach.told_dates(connection, removed)
    dates |= reach.replaced_dates(connection, home, there & before)
    dates |= reach.marked_dates(connection, home, there, added)
    dates |= reach.headless_dates(connection, home, there, basis.time_zone)
    dates |= reach.removed_dates(connection, home, there, removed, basis.time_zone)
    kept = reach.kept_dates(connection)
    since = defined_since(connection, home, parts & before, added)
    dates |= reach.dates_since(connection, since) if since else set()
    asked = AskedDates(home).dates()
    dates |= asked
    dates = reach.before(dates, basis.window) & (kept | dates)
    dates |= reach.clock_dates(connection)
    dates |= unfinished.dates if unfinished else set()
    if len(dates & kept) > max(FEW_DATES, MOST_SHARE * len(kept)):
        return Plan(parts, reason=f"{len(dates & kept)} of {len(kept)} dates are touched")
    linked = links.linked_dates(connection, dates, added, links.dates_around(asked, there))
    if latest_us(connection, home, there, linked, since_us=covered.as_of_us) < covered.as_of_us:
        return Plan(parts, reason="the data may reach less far than before")
    if first_dates(connection, home, there, basis.time_zone) != {covered.first_date}:
        return Plan(parts, reason="the data may begin on another date than before")
    elsewhere = links.contacts_elsewhere(connection, home, there, linked, dates)
    by_feed = {feed: frozenset(day for name, day in linked if name == feed) for feed in SLICED}
    made_from = measured(connection, is_unfinished=unfinished is not None)
    return Plan(parts, Slice(frozenset(dates), by_feed, elsewhere, made_from), asked=len(asked))
