"""The index of a day's records: which scopes there are, and in which files the records of each stand."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from orchestration.site.records.blocks import BlockFile
from orchestration.site.records.totals import Totals
from orchestration.warehouse.record_facts import SHOWN

Scope = tuple[str, str]
"""Kind and id."""


class DayIndex:
    """Gathers the files of a day. `most` is how many records a page shows at a time."""

    def __init__(self, most: int) -> None:
        self.names: list[str] = []
        self._most = most
        self._files: dict[Scope, list[tuple[int, int]]] = defaultdict(list)
        self._merged: dict[Scope, list[int]] = defaultdict(list)
        self._kinds: list[list[str]] = []
        self._measures: dict[str, set[str]] = defaultdict(set)

    def add(self, file: BlockFile, name: str) -> None:
        """Note a file for every scope that has records in it."""
        number = len(self.names)
        self.names.append(name)
        self._kinds.append(sorted(file.kinds))
        for kind, columns in file.kinds.items():
            self._measures[kind].update(column for column in columns if column == "customer" or column not in SHOWN)
        for scope, count in _scopes_of(file):
            self._files[scope].append((number, count))
            if file.family == "merged":
                self._merged[scope].append(number)

    def large(self) -> list[Scope]:
        """Return the scopes whose records take more than one part; an agent's can be added up by the page."""
        return [scope for scope in self._files if scope[0] != "agent" and len(self._parts(scope)) > 1]

    def text(self, totals: dict[Scope, Totals]) -> str:
        """Return the content of the index's file."""
        scopes: dict[str, dict[str, Any]] = {}
        for scope in sorted(self._files):
            kind, scope_id = scope
            entry: dict[str, Any] = {"parts": self._parts(scope)}
            if scope in self._merged:
                entry["merged"] = self._merged[scope]
            if scope in totals:
                entry |= {"count": totals[scope].count, "totals": totals[scope].sums}
            scopes.setdefault(kind, {})[scope_id] = entry
        # By its measures a page knows the kinds of records behind a KPI, and by those the parts that hold any of them.
        content = {
            "blocks": self.names,
            "kinds": self._kinds,
            "measures": {kind: sorted(names) for kind, names in sorted(self._measures.items())},
            "scopes": scopes,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    def _parts(self, scope: Scope) -> list[list[int]]:
        """Return the numbers of the scope's files, so many together as a page shows at a time."""
        parts: list[list[int]] = []
        room = 0
        for number, count in self._files[scope]:
            if count > room or not parts:
                parts.append([])
                room = self._most
            parts[-1].append(number)
            room -= count
        return parts


def _scopes_of(file: BlockFile) -> list[tuple[Scope, int]]:
    """Return the scopes that have records in a file, with how many of them."""
    if file.family == "leg":
        teams = [(("team", team), file.count) for team in json.loads(file.block)]
        return [*((("agent", agent), count) for agent, count in file.agents.items()), *teams]
    if file.family == "merged":
        return [(("team", file.block), file.count)]
    if file.family == "visit":
        return [(("queue", file.block), file.count)]
    channel = [(("channel", file.block), file.count)] if file.block else []
    return [*channel, (("centre", "centre"), file.count)]
