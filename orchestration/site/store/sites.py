"""Whose sites there are: one for everybody, and one of its own for every audience that centre.yaml names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.centre import Centre
from orchestration.home.paths import Home


@dataclass(frozen=True)
class AudienceSite:
    """One site: whose it is and where its data stand."""

    name: str
    folder: Path
    state_file: Path
    scope: str = "all"
    scope_id: str = ""

    @property
    def is_all(self) -> bool:
        """Whether its reader may see everything."""
        return self.scope == "all"


def audience_sites(home: Home, centre: Centre) -> Iterator[AudienceSite]:
    """Yield the sites of the audiences that do not see everything, in the order of centre.yaml."""
    for audience in centre.audiences:
        if audience.scope == "all":
            continue
        for scope_id in audience.ids or _ids_of(home, audience.scope):
            slug = _slug(scope_id)
            yield AudienceSite(
                f"{audience.name}/{slug}",
                home.site / "audiences" / audience.name / slug / "data",
                home.state / "site" / f"{audience.name}--{slug}.json",
                audience.scope,
                scope_id,
            )


def _ids_of(home: Home, scope: str) -> list[str]:
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        rows = connection.execute(
            "select scope_id from scorecard.dim_scope where scope_kind = ? and is_active order by scope_id", [scope]
        ).fetchall()
    return [row[0] for row in rows]


def _slug(scope_id: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", scope_id) and ".." not in scope_id:
        return scope_id
    return hashlib.sha256(scope_id.encode("utf-8")).hexdigest()[:12]
