"""How far a change of one row reaches: the dates whose rows of a table are others in a whole build after it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from orchestration.warehouse.differences import differences
from tests.equality.homes import GrowingHome, built
from tests.equality.scenario import Drop
from tests.support.properties_build import CompiledProject


@dataclass
class Reach:
    """A centre built whole once, in which changes are tried, each by itself; of the models with `only` these alone."""

    folder: Path
    project: CompiledProject
    base: Drop
    only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.numbers = count()
        self.home = GrowingHome(self.folder / "base", self.project)
        self.home.drop(self.base)
        self.home.take()
        with built(self.home.root, self.project, self.base.as_of, only=self.only):
            pass

    def of(self, files: Mapping[str, str]) -> dict[str, set[str]]:
        """Return, by published table, the dates of which rows come, go or change when these files are dropped.

        A table's dates are those of its first column of dates that is no landing day; one without has no date.
        """
        home = GrowingHome(self.folder / f"changed{next(self.numbers)}", self.project)
        shutil.copytree(self.home.root, home.root)
        before = self.folder / "before.duckdb"
        shutil.copy(self.home.home.built_file, before)
        changed = {place: text.encode() for place, text in files.items()}
        home.drop(Drop(changed, self.base.settings, self.base.as_of))
        home.take()
        with built(home.root, self.project, self.base.as_of, in_memory=True, only=self.only) as connection:
            found = list(differences(connection, before))
        shutil.rmtree(home.root)
        assert not any(one.shape for one in found), found
        return {one.table.removeprefix("scorecard."): set(one.dates) for one in found}
