"""How dbt hears of the memory that a build may take, at the moment in which it opens DuckDB.

In the profile it would stand for every build: dbt compares the profile with that of the last run, and parses the whole
project anew if the limit is another one, which takes six processor seconds of a night's run.
"""

from __future__ import annotations

from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from orchestration.home.paths import memory_limit


class Plugin(BasePlugin):
    """dbt-duckdb makes one of these for each process."""

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Set the limit that the build was given; without one, what the machine allows."""
        config["memory_limit"] = memory_limit()
