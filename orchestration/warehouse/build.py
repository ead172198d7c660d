"""One build of the warehouse: what it begins with on disk, and what it leaves for the next."""

from __future__ import annotations

import duckdb

from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import Home
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.slice.asked import AskedDates
from orchestration.warehouse.slice.folder import Slice, write_slice, write_whole
from orchestration.warehouse.slice.known import drop_all_but_kept
from orchestration.warehouse.slice.plan import Plan
from orchestration.warehouse.slice.state import Covered, SliceState, covered


class BackInTimeError(ScorehouseError, RuntimeError):
    """The data do not reach as far as before, so that dates that were left alone may be other than they are."""


class Build:
    """A build by a plan, between `begin` and `end`; one that is cut off leaves what the next one needs to know."""

    def __init__(self, home: Home, plan: Plan) -> None:
        self.plan = plan
        self._home = home
        self._before: Covered | None = None

    def begin(self) -> None:
        """Have the files and links that dbt reads and goes on from; nothing that was built counts from here on."""
        if self.plan.chosen is not None:
            try:
                self._begin_slice(self.plan.chosen)
            except duckdb.Error as error:
                # Somebody reads the file, say: one that is made anew takes its place.
                told = str(error).splitlines()[0]
                self.plan = Plan(self.plan.parts, reason=f"what it goes on from can't be written to ({told})")
        SliceState(self._home).tell(str(self.plan), sliced=self.plan.chosen is not None)
        if self.plan.chosen is None:
            self._before = None
            BuildState(self._home).forget()
            write_whole(self._home)

    def _begin_slice(self, chosen: Slice) -> None:
        home = self._home
        self._before = SliceState(home).covered()
        SliceState(home).begin(chosen.dates, self.plan.parts)
        BuildState(home).begin()
        drop_all_but_kept(home)
        write_slice(home, chosen)

    def end(self) -> None:
        """Keep what was made, once every model and test has passed. Raises BackInTimeError."""
        now, before = covered(self._home), self._before
        if before and (now is None or now.as_of_us < before.as_of_us or now.first_date != before.first_date):
            SliceState(self._home).forget()
            raise BackInTimeError(
                "The data reach less far than at the last build, or begin on another date. Nothing is published; what "
                "was published before stays. Remedy: run again; everything is then built anew."
            )
        SliceState(self._home).remember(set(self.plan.parts))
        AskedDates(self._home).forget()
