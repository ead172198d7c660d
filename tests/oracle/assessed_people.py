"""Whom a month's assessment is of: roles, teams and days of people, and the version that holds for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from tests.support.assessed_centre import AssessedCentre, Row, month_of

LEADERS = ("leader", "supervisor", "duty_manager", "director")
Policy = dict[str, Any]


def number(told: Any) -> Fraction | None:
    """A number of the policy, or nothing for `none`."""
    return None if told is None or told == "none" else Fraction(str(told))


def half_up(exact: Fraction, places: int) -> Fraction:
    """A number rounded to so many places, a half away from zero."""
    scaled = abs(exact) * 10**places
    return Fraction(floor(scaled + Fraction(1, 2)), 10**places) * (1 if exact >= 0 else -1)


def six(exact: Fraction) -> Fraction:
    """Points as a line keeps them."""
    return half_up(exact, 6)


def simplest(value: float) -> Fraction:
    """The ratio of counts that a value comes from, which a floating number only comes near."""
    return Fraction(value).limit_denominator(10**7)


@dataclass
class Result:
    """What a month of somebody comes to; lines are kind, key and points."""

    state: str
    reason: str | None = None
    version: str | None = None
    total: Fraction | None = None
    is_excellent: bool = False
    quota: Fraction | None = None
    counted: int = 0
    lines: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    unrounded: Fraction | None = None
    is_appealed: bool = False


class AssessedPeople:
    """The rows of a centre as whoever reckons its assessments asks for them."""

    def __init__(self, centre: AssessedCentre, versions: list[Policy]) -> None:
        """`versions` as the file has them; one with `lacks` is incomplete."""
        self.centre, self.versions = centre, versions
        self.months = [row["period_start"] for row in centre.tables()["int_measure__period"]]
        self.values = {
            (row["scope_kind"], row["scope_id"], row["period_start"], row["kpi_id"]): row
            for row in self._rows("fct_kpi_value")
        }
        self.employed = {(row["agent_id"], row["headcount_date"]) for row in self._rows("fct_headcount_day")}
        self.worked = {(row["agent_id"], row["agent_date"]) for row in self._rows("fct_agent_day")}
        self.days: dict[tuple[str, date], list[Row]] = {}
        for row in self._rows("dim_agent_day"):
            key = (row["agent_id"], row["agent_date"])
            if key in self.employed or key in self.worked:
                self.days.setdefault((row["agent_id"], month_of(row["agent_date"])), []).append(row)
        self.kinds = {row["team_id"]: row["team_kind"] for row in self._rows("int_team__version")}
        self.heads = {
            (row["scope_id"], row["month_start"]): row["headcount_days"]
            for row in self._rows("int_measure__scope_month")
        }
        self.excused = {(row["contact_key"], row["kpi_group"]) for row in self._rows("int_contact__excluded")}
        self.pending = {
            (row["subject_kind"], row["subject_id"])
            for row in self._rows("fct_appeal")
            if row["appeal_outcome"] == "pending"
        }

    def _rows(self, table: str) -> list[Row]:
        return self.centre.rows.get(table, [])

    def most(self, agent: str, month: date, what: str) -> Any:
        """What held on most days, of equally many on the later ones; a team that there was beats none."""
        days = [row for row in self.days[agent, month] if what == "role" or row[what] is not None]
        counts = Counter(row[what] for row in days)
        last = {row[what]: row["agent_date"] for row in sorted(days, key=lambda row: row["agent_date"])}
        return max(counts, key=lambda held: (counts[held], last[held]), default=None)

    def role(self, agent: str, month: date) -> Any:
        """The role of a person in a month."""
        return self.most(agent, month, "role")

    def version(self, kind: str, who: str, month: date) -> Policy | None:
        """The version that began last of those that are meant for somebody."""
        role = None if kind == "team" else self.role(who, month)
        team = who if kind == "team" else self.most(who, month, "home_team_id")
        meant = []
        for version in self.versions:
            whom = version["applies_to"]
            roles = {"team": [role], "agent": whom["roles"]}.get(kind) or (
                version["manager"]["roles"] if version["manager"] != "none" else []
            )
            is_assessed = kind == "agent" or version[kind] != "none"
            says_whom = "lacks" not in version or kind != "manager"
            if "lacks" in version:
                # Before it is whole it does not say who leads, so it may be for anybody who does.
                is_assessed = True
                roles = roles if says_whom else LEADERS
            kind_of_team = self.kinds.get(team) if team is not None else None
            fits = role in roles and ("none" if kind_of_team is None else kind_of_team) in whom["team_kinds"]
            begins = date.fromisoformat(f"{version['valid_from']}-01")
            if fits and is_assessed and begins <= month:
                meant.append((begins, says_whom, version))
        return max(meant, key=lambda one: one[:2])[2] if meant else None
