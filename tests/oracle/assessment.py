"""Assessments reckoned a second time, from the words of their definition: fractions, and loops over people and months.

It reads the policy as its file has it, and the rows of the facts; nothing of it is taken from the SQL.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from tests.oracle.assessed_people import LEADERS, Policy, Result, half_up, number, simplest, six
from tests.oracle.assessed_records import AssessedRecords
from tests.support.assessed_centre import DAY, Row, month_of, next_month

ONE = Fraction(1)
Key = tuple[str, str, date]


def attainment(value: Fraction, curve: Row) -> Fraction:
    """Where a value lies between nothing and all; a side without bounds is open."""
    zero_low, full_low, full_high, zero_high = (
        number(curve.get(name)) for name in ("zero_low", "full_low", "full_high", "zero_high")
    )
    if full_low is not None and zero_low is not None and value < full_low:
        return max(Fraction(0), (value - zero_low) / (full_low - zero_low)) if full_low > zero_low else Fraction(0)
    if full_high is not None and zero_high is not None and value > full_high:
        return max(Fraction(0), (zero_high - value) / (zero_high - full_high)) if zero_high > full_high else Fraction(0)
    return ONE


class Assessor(AssessedRecords):
    """All assessments of a centre by the versions of its policy."""

    def results(self) -> dict[Key, Result]:
        """Everybody's result of every month."""
        found: dict[Key, Result] = {}
        for month in self.months if self.versions else ():
            for team, _ in [key for key in self.heads if key[1] == month]:
                found["team", team, month] = self.assess("team", team, month, found)
            for agent in sorted({agent for agent, when in self.days if when == month}):
                usual = "manager" if self.role(agent, month) in LEADERS else "agent"
                for kind in ("agent", "manager"):
                    if kind == usual or self.version(kind, agent, month) is not None:
                        found[kind, agent, month] = self.assess(kind, agent, month, found)
        return found

    def assess(self, kind: str, who: str, month: date, found: dict[Key, Result]) -> Result:
        """The result of a person and month; teams come before those who lead them."""
        version = self.version(kind, who, month)
        if version is None:
            return Result("no_policy")
        name = version["version"]
        if "lacks" in version:
            return Result("incomplete_policy", version["lacks"], name)
        rules = version if kind == "agent" else version[kind]
        result = Result("assessed", version=name)
        hindrance = self.few_days(kind, who, month, version)
        hindrance = self.components(result, kind, who, month, version, rules) or hindrance
        if kind != "manager":
            self.rewards(result, kind, who, month, rules["rewards"])
            for what in ("complaints", "errors"):
                self.penalties(result, what, kind, who, month, rules.get(what, "none"))
        if kind != "team":
            self.fraud(result, who, month, version["fraud"])
        if kind == "manager":
            of_teams = self.teams(result, who, month, version, found)
            hindrance = hindrance or of_teams
        if self.few_days(kind, who, month, version):
            hindrance = "few_days"
        self.conclude(result, kind, who, month, version, rules, hindrance)
        return result

    def few_days(self, kind: str, who: str, month: date, version: Policy) -> str | None:
        """Why an agent was not there for long enough."""
        count = sum(agent == who and month_of(on) == month for agent, on in self.worked)
        return "few_days" if kind == "agent" and count < version["min_agent_days"] else None

    def components(
        self, result: Result, kind: str, who: str, month: date, version: Policy, rules: Policy
    ) -> str | None:
        """Add the lines of components; return why they give no result."""
        components = [] if rules["components"] == "none" else rules["components"]
        measured: dict[str, tuple[Fraction, Fraction]] = {}
        for one in components:
            row = self.values.get(("team" if kind == "team" else "agent", who, month, one["kpi_id"]))
            if row and row["value"] is not None and row["status"] not in ("no_data", "insufficient_sample"):
                weight = Fraction(str(one["weight"]))
                measured[one["kpi_id"]] = (weight, weight * attainment(simplest(row["value"]), one))
        weight = sum((weight for weight, _ in measured.values()), Fraction(0))
        is_reweighed = version["unmeasured"]["rule"] == "reweigh"
        share = ONE - Fraction(str(rules["team_share"])) if kind == "manager" else ONE
        scale = share * (Fraction(str(version["full_points"])) / weight if is_reweighed and weight else ONE)
        for one in components:
            points = measured.get(one["kpi_id"], (0, Fraction(0)))[1]
            result.lines["component", one["kpi_id"]] = six(points * scale)
        lacking = [one["kpi_id"] for one in components if one["kpi_id"] not in measured]
        if not is_reweighed:
            return ", ".join(lacking) or None
        least = Fraction(str(version["unmeasured"]["min_weight"]))
        return "min_weight" if components and (weight < least or not weight) else None

    def teams(self, result: Result, who: str, month: date, version: Policy, found: dict[Key, Result]) -> str | None:
        """Add the lines of the teams that a manager led; return why they give no result."""
        rules = version["manager"]
        share = Fraction(str(rules["team_share"]))
        if not share:
            return None
        led = Counter(
            row["home_team_id"]
            for row in self.days[who, month]
            if row["role"] in rules["roles"] and row["home_team_id"] is not None
        )
        for team, days in led.items():
            total = found.get(("team", team, month), Result("no_policy"))
            result.lines["team", team] = six(share * (total.unrounded or 0) * days / led.total())
            result.is_appealed |= total.is_appealed
        states = {found.get(("team", team, month), Result("no_policy")).state for team in led}
        if not led:
            return "no_team"
        return "team_not_assessed" if states - {"assessed", "provisional"} else None

    def is_unfit(self, who: str, month: date) -> bool:
        """Whether harassment is established, and he still is what he was."""
        for row in self._rows("fct_finding"):
            is_one = row["finding_kind"] == "harassment" and row["agent_id"] == who and row["is_effective"]
            if not is_one or row.get("appeal_effect") or row["occurred_on"] >= next_month(month):
                continue
            roles = {day["agent_date"]: day["role"] for day in self._rows("dim_agent_day") if day["agent_id"] == who}
            then = roles.get(row["occurred_on"])
            was_employed = (who, row["occurred_on"]) in self.employed
            ends = [
                on
                for on, role in roles.items()
                if on > row["occurred_on"] and (role != then or (was_employed and (who, on) not in self.employed))
            ]
            if then is None or not ends or month < min(ends):
                return True
        return False

    def conclude(
        self, result: Result, kind: str, who: str, month: date, version: Policy, rules: Policy, hindrance: str | None
    ) -> None:
        """Add up, clip and round once; say what the result is."""
        ends = next_month(month)
        is_open = self.centre.as_of < ends + self.centre.close_after * DAY
        if kind != "team" and self.is_unfit(who, month):
            result.state, result.reason = "unfit", "harassment"
        elif hindrance:
            result.state, result.reason = "not_assessed", hindrance
        elif result.is_appealed or is_open:
            result.state, result.reason = "provisional", "appeal_pending" if result.is_appealed else "open_month"
        if result.state not in ("assessed", "provisional"):
            return
        exact = sum(result.lines.values(), Fraction(0))
        least, most = number(version["floor"]), number(version["ceiling"])
        clipped = max(min(exact, exact if most is None else most), exact if least is None else least)
        if clipped != exact:
            result.lines["clip", ""] = clipped - exact
        result.unrounded, result.total = clipped, half_up(clipped, version["rounding"])
        excellent = number(rules["excellent"] if kind == "team" else version["excellent"])
        has_fraud = any(what == "fraud" and points for (what, _), points in result.lines.items())
        result.is_excellent = excellent is not None and result.total >= excellent and not has_fraud
