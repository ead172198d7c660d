"""Puts the records of a scope together from the blocks of a day, as the page does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from orchestration.home.paths import Home
from tests.support.site_home import Table, data_of, manifest_of, rows

LEG_KINDS = {"leg", "offer"}


def days_with_records(home: Home, audience: str = "") -> list[str]:
    """The days that have records, the first one first."""
    keys = manifest_of(home, audience)["files"]
    return sorted(key.removeprefix("drill/") for key in keys if key.startswith("drill/"))


def day_index(home: Home, day: object, audience: str = "") -> dict[str, Any]:
    """The index of a day's records; empty if there are none."""
    name = manifest_of(home, audience)["files"].get(f"drill/{day}")
    return _json(home, name, audience) if name else {"blocks": [], "scopes": {}}


def scopes_with_records(home: Home, day: object, audience: str = "") -> set[tuple[str, str]]:
    """Every kind and id that has records on a day."""
    return {(kind, id_) for kind, ids in day_index(home, day, audience)["scopes"].items() for id_ in ids}


def blocks(home: Home, day: object, audience: str = "") -> dict[str, Table]:
    """Every block of a day by its file name: all its records, each with its `record_kind`."""
    return {name: _records_in(home, name, audience) for name in day_index(home, day, audience)["blocks"]}


def parts(home: Home, kind: str, scope_id: str, day: object, audience: str = "") -> list[Table]:
    """The records of a scope, part by part; none if it has no records that day."""
    team, _, channel = scope_id.partition("|")
    index = day_index(home, day, audience)
    entry = index["scopes"].get("team" if kind == "team_channel" else kind, {}).get(team)
    if entry is None:
        return []
    merged = {number: _records_in(home, index["blocks"][number], audience) for number in entry.get("merged", [])}
    replaced = {row["contact_key"] for found in merged.values() for row in found}
    told = []
    for numbers in entry["parts"]:
        found: Table = []
        for number in numbers:
            own = merged.get(number)
            found += (
                own
                if own is not None
                else _own(kind, team, _records_in(home, index["blocks"][number], audience), replaced)
            )
        told.append([row for row in found if kind != "team_channel" or row.get("channel") == channel])
    return told


def records(home: Home, kind: str, scope_id: str, day: object, audience: str = "") -> Table:
    """All records of a scope on a day; a team by channel has its team's records of that channel."""
    return [row for part in parts(home, kind, scope_id, day, audience) for row in part]


def _own(kind: str, scope_id: str, found: Table, replaced: set[str]) -> Table:
    """The records of a scope among those of a block."""
    if kind == "agent":
        return [row for row in found if row["agent_id"] == scope_id]
    if kind not in ("team", "team_channel"):
        return found
    return [_contact(row) for row in found if row["record_kind"] not in LEG_KINDS or row["contact_key"] not in replaced]


def _contact(row: dict[str, Any]) -> dict[str, Any]:
    """A contact with a single leg in a team is that leg, but for how the leg ended."""
    return row | {"record_kind": "contact", "end_kind": None} if row["record_kind"] in LEG_KINDS else row


def _records_in(home: Home, name: str, audience: str) -> Table:
    tables = _json(home, name, audience)["tables"]
    return [_read(row | {"record_kind": table["kind"]}) for table in tables for row in rows(table)]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """A record with its instants as texts: in the files they are seconds since 1970."""
    return row | {name: _text(row[name]) for name in ("started_at", "ended_at") if row.get(name) is not None}


def _text(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(home: Home, name: str, audience: str) -> Any:
    return json.loads((data_of(home, audience) / name).read_text(encoding="utf-8"))
