"""What dbt's own process is told beside its arguments, at the moment in which it opens DuckDB.

The memory and the threads of a build: in the profile they would stand for every build, and dbt compares the profile
with that of the last run, and parses the whole project anew if it is another one, which takes six processor seconds of
a night's run. And two habits of dbt that cost a tenth of a night's run and change nothing of what it says or makes.
"""

from __future__ import annotations

import gc
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager, IEventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager, get_event_manager

from orchestration.home.paths import memory_limit, stated_threads


class Plugin(BasePlugin):
    """dbt-duckdb makes one of these for each process, once the project is parsed and before the first statement."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Let go of what is done for nobody."""
        # The parsed project lives as long as the process: no collection need look at its million objects again.
        gc.freeze()
        ctx_set_event_manager(HeardEvents(get_event_manager()))

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Set the memory and the threads that the build was given; without them, what the machine allows."""
        config["memory_limit"] = memory_limit()
        if threads := stated_threads():
            config["threads"] = threads


class HeardEvents(EventManager):
    """Tells of events as dbt's own manager does, but for details that no logger writes; no callback hears of these.

    dbt makes a line of JSON of every event, some twenty for a model, and only then asks its level: a console of level
    info drops most of them. Its one callback of its own waits for a warning.
    """

    def __init__(self, before: IEventManager) -> None:
        super().__init__()
        vars(self).update(vars(before))

    def fire_event(
        self,
        e: BaseEvent,
        level: EventLevel | None = None,
        node: Any = None,
        force_warn_or_error_handling: bool = False,
    ) -> None:
        """Tell of an event if it is more than a detail, may be an error, or if somebody wants details."""
        is_detail = (level or e.level_tag()) == EventLevel.DEBUG and not force_warn_or_error_handling
        if not is_detail or self._wants_details():
            super().fire_event(e, level, node, force_warn_or_error_handling)

    def _wants_details(self) -> bool:
        return any(logger.level == EventLevel.DEBUG for logger in self.loggers)
