"""News of a random centre, told weeks later: on one day somebody leaves, another is renamed, others move."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.oracle.random_people import LEAVES
from tests.support.properties_formats import Rows, write_rows
from tests.support.properties_landing import read_rows

TOLD_ON, TOLD_LATER_ON = "2026-03-20", "2026-03-27"


@dataclass(frozen=True)
class News:
    """What is true from a day on: who left, who has another name, who is in another team."""

    day: date
    leaver: str
    renamed: str
    mover: str

    def land(self, home: Path, other: Path) -> None:
        """Land in `other` all that `home` has landed, and the news a week after it; a team and a queue change too."""
        shutil.copytree(home / "landing", other / "landing")
        shutil.copy(home / "centre.yaml", other)
        later, day = other / "landing" / "desk" / TOLD_LATER_ON, self.day.isoformat()

        def version(feed: str, key: str, entity: str, **cells: str) -> Rows:
            rows = read_rows(home / "landing" / "desk" / TOLD_ON / f"{feed}.csv")
            return [row | cells for row in rows if row[key] == entity]

        staff = version("staff", "agent_id", self.leaver, left_on=day, leave_reason="pay", valid_from=day)
        staff += version("staff", "agent_id", self.renamed, name="Another", segment="technical", valid_from=day)
        write_rows(later / "staff.csv", staff)
        left = version("team_memberships", "agent_id", self.mover, valid_to=day)
        elsewhere = next(team for team in LEAVES if team != left[0]["team_id"])
        joined = version("team_memberships", "agent_id", self.mover, team_id=elsewhere, valid_from=day)
        write_rows(later / "team_memberships.csv", left + joined)
        write_rows(
            later / "teams.csv", version("teams", "team_id", "t11", name="Far", parent_team_id="t2", valid_from=day)
        )
        write_rows(
            later / "queues.csv", version("queues", "queue_id", "q1", name="Care", kind="technical", valid_from=day)
        )
