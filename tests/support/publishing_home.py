"""A home whose drops are published one after the other, as runs publish them, and what its file says then."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb

from orchestration.centre import load_centre
from orchestration.home.lock import home_lock
from orchestration.landing.take import take_files
from orchestration.landing.taking import KnownFiles, find_new_files, recover
from orchestration.warehouse.publish import Publication, publish
from tests.equality.homes import GrowingHome
from tests.equality.scenario import Drop
from tests.support.compiled import compiled_project

CENTRE = "name: Tiny centre\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n"
EVENTS = "contact_id,occurred_at,event_type,agent_id\n"
CONTACTS = "contact_id,customer_id,channel,direction,started_at,ended_at\n"
RATINGS = "rating_id,contact_id,invited_at,delivered_at,rated_at,stars\n"
MARCH = {
    "desk/2026-03-31/contacts.csv": CONTACTS
    + "one,a,web,inbound,2026-03-30T09:00:00Z,2026-03-30T09:05:00Z\n"
    + "two,b,web,inbound,2026-03-30T10:00:00Z,2026-03-30T10:05:00Z\n",
    "desk/2026-03-31/contact_events.csv": EVENTS
    + "one,2026-03-30T09:00:00Z,connected,ann\none,2026-03-30T09:05:00Z,ended,ann\n"
    + "two,2026-03-30T10:00:00Z,connected,ann\ntwo,2026-03-30T10:05:00Z,ended,ann\n",
    "desk/2026-03-31/ratings.csv": RATINGS
    + "r1,one,2026-03-30T09:06:00Z,2026-03-30T09:06:00Z,2026-03-30T09:10:00Z,5\n",
    # Three weeks on, so that the last days of March are closed.
    "desk/2026-04-21/contacts.csv": CONTACTS + "last,,web,inbound,2026-04-20T09:00:00Z,2026-04-20T09:05:00Z\n",
    "desk/2026-04-21/contact_events.csv": EVENTS
    + "last,2026-04-20T09:00:00Z,connected,ann\nlast,2026-04-20T09:05:00Z,ended,ann\n",
}
"""Two chats of 30 March, of which the first was given five stars, and one of 20 April."""


class PublishingHome(GrowingHome):
    """A home in which what was built is also published."""

    def publish(self, files: Mapping[str, str | None], settings: str = CENTRE) -> Publication:
        """Drop files, take them, build and publish."""
        self.drop_and_build(files, settings)
        return publish(self.home)

    def drop_and_build(self, files: Mapping[str, str | None], settings: str = CENTRE) -> None:
        """Drop files, take them and build what may be published then."""
        content = {place: None if text is None else text.encode() for place, text in files.items()}
        self.drop(Drop(content, settings))
        self.take_all()
        self.build()
        target = self.home.dbt_state / "target"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.project.target / "manifest.json", target)

    def take_all(self) -> None:
        """Take all files that are new, also those of which nothing can be read."""
        with home_lock(self.home):
            known = KnownFiles(self.home)
            recover(self.home, known)
            centre = load_centre(self.home)
            list(take_files(self.home, centre, find_new_files(self.home, centre, known), known=known))

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published file."""
        with duckdb.connect(str(self.home.published_file), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@cache
def _march() -> PublishingHome:
    home = PublishingHome(Path(mkdtemp(prefix="march-")) / "home", compiled_project())
    home.publish(MARCH)
    return home


def march_home(folder: Path) -> PublishingHome:
    """Return a home whose first publication tells the two chats of March; it is made once and copied."""
    home = PublishingHome(folder / "home", _march().project)
    shutil.copytree(_march().root, home.root, symlinks=True)
    return home


def change_published(home: PublishingHome, sql: str) -> None:
    """Let the published file be as another version wrote it."""
    home.home.published_file.chmod(0o644)
    with duckdb.connect(str(home.home.published_file)) as connection:
        views = "select schema_name || '.' || view_name from duckdb_views() where not internal"
        for (view,) in connection.execute(views).fetchall():
            connection.execute(f"drop view {view}")
        connection.execute(sql)
