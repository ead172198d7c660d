"""A centre as the models of assessments see it: its people, what was measured of them, and records of each kind.

Instants are UTC and so is the centre. A month is named by its first day's `2026-03`.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
DAY = timedelta(days=1)
FAR = date(9999, 12, 31)


def day(text: str) -> date:
    """A date written as `2026-03-05`."""
    return date.fromisoformat(text)


def instant(text: str) -> datetime:
    """Noon of such a day."""
    return datetime.fromisoformat(f"{text}T12:00:00").replace(tzinfo=UTC)


def month_of(one: date) -> date:
    """The first day of a date's month."""
    return one.replace(day=1)


def next_month(one: date) -> date:
    """The first day of the month after."""
    return month_of(month_of(one) + 31 * DAY)


class AssessedCentre:
    """Rows of every table that the models of assessments read; each method adds what its name says."""

    def __init__(self, policy: str, first: str = "2026-01-01", as_of: str = "2026-06-20", close_after: int = 7) -> None:
        """`as_of` is the last date of the data; a month is open until `close_after` days after it."""
        self.policy = policy
        self.first, self.as_of = day(first), day(as_of)
        self.close_after = close_after
        self.rows: dict[str, list[Row]] = {}
        self.sealed: dict[str, list[tuple[Any, ...]]] = {}
        self.publications: list[Row] = []
        self.worked: Counter[tuple[str, date]] = Counter()

    def add(self, table: str, **row: Any) -> None:
        """Add a row to a table."""
        self.rows.setdefault(table, []).append(row)

    def team(self, team: str, kind: str | None = "normal", heads: dict[str, int] | None = None) -> None:
        """A team of a kind, with so many headcount-days in a month."""
        self.add("int_team__version", team_id=team, team_kind=kind, valid_from=date.min, valid_to=FAR)
        for month, count in (heads or {}).items():
            self.add(
                "int_measure__scope_month",
                kpi_group="",
                scope_kind="team",
                scope_id=team,
                month_start=day(f"{month}-01"),
                headcount_days=count,
                agent_days=count,
            )

    def person(
        self,
        agent: str,
        since: str = "2026-01-01",
        until: str | None = None,
        *,
        role: str | None = "agent",
        team: str | None = "north",
        works: int = 31,
        is_employed: bool = True,
    ) -> None:
        """Somebody with a role in a team from a day on, until a day; he works on the first days of each month.

        Called again for another role or team, which goes on from the day before.
        """
        last = day(until) - DAY if until else self.as_of
        one = max(day(since), self.first)
        while one <= last:
            self.add("dim_agent_day", agent_id=agent, agent_date=one, role=role, home_team_id=team)
            if is_employed:
                self.add("fct_headcount_day", agent_id=agent, headcount_date=one, is_employed=True)
            if team is not None:
                self.add("bridge_agent_team_day", agent_id=agent, agent_date=one, team_id=team)
            if self.worked[agent, month_of(one)] < works:
                self.worked[agent, month_of(one)] += 1
                self.add("fct_agent_day", agent_id=agent, agent_date=one, agent_days=1)
            one += DAY
        if is_employed:
            spell = {"employed_from": day(since), "employed_to": day(until) if until else FAR}
            self.add("int_staff__employment", agent_id=agent, **spell)

    def value(
        self, person: str, month: str, value: float | None, kpi: str, n: int = 100, kind: str = "agent", **told: Any
    ) -> None:
        """What a KPI was of an agent or a team in a month."""
        row = {"kpi_id": kpi, "scope_kind": kind, "scope_id": person, "period_kind": "month", "value": value, "n": n}
        row |= {"period_start": day(f"{month}-01"), "status": "in_band" if value is not None else "no_data"}
        self.add("fct_kpi_value", **row | {"excluded_n": 0, "formula_version": "1", "target_version": "1"} | told)

    def complaint(self, name: str, agent: str, received: str, leaf: str = "attitude.cold", **told: Any) -> None:
        """An upheld complaint, decided on the day after; `effect` is what a granted appeal made of it."""
        effect = told.pop("effect", None)
        is_upheld = effect != "overturned"
        row = {"complaint_id": name, "agent_id": agent, "agent_date": day(received), "received_date": day(received)}
        row |= {"decided_date": day(received) + DAY, "leaf": leaf, "complaints": 1, "complaints_decided": 1}
        row |= {"complaints_upheld": int(is_upheld), "complaint_outcome": "upheld" if is_upheld else "not_upheld"}
        row |= {"is_good_faith": effect == "good_faith", "appeal_effect": effect, "landing_day": day(received)}
        self.add("fct_complaint", **row | told)

    def error(self, name: str, agent: str, reviewed: str, code: str = "AT-03", **told: Any) -> None:
        """A severe error found in a review of that day."""
        row = {"error_id": name, "agent_id": agent, "agent_date": day(reviewed), "error_date": day(reviewed)}
        row |= {"error_code": code, "error_class": "severe", "review_errors": 1, "is_good_faith": False}
        self.add("fct_check_error", **row | {"landing_day": day(reviewed)} | told)

    def finding(self, name: str, agent: str, occurred: str, kind: str = "fraud", **told: Any) -> None:
        """An established and approved finding, established two days later unless said otherwise."""
        established = told.pop("established", str(day(occurred) + 2 * DAY))
        row = {"finding_id": f"desk/{name}", "agent_id": agent, "agent_date": day(occurred), "finding_kind": kind}
        row |= {"occurred_on": day(occurred), "is_effective": True, "landing_day": day(established)}
        self.add("fct_finding", **row | told)
        self.add("stg_findings", source_id="desk", finding_id=name, established_at=instant(established))

    def appeal(self, record: str, outcome: str, filed: str, *, kind: str = "complaint", **told: Any) -> None:
        """An appeal about a record; the effect of one that was granted is told at the record itself."""
        name = f"a{len(self.rows.get('fct_appeal', []))}"
        decided = told.pop("decided", None)
        row = {"appeal_id": f"desk/{name}", "subject_kind": kind, "subject_id": record, "appeal_outcome": outcome}
        row |= {"appeal_date": day(decided) if decided else None, "appeals_granted": int(outcome == "granted")}
        self.add("fct_appeal", **row | told)
        self.add("stg_appeals", source_id="desk", appeal_id=name, filed_at=instant(filed))

    def reward(self, name: str, ground: str, month: str, state: str = "granted", **told: Any) -> None:
        """A reward of an `agent_id` or `team_id` for a month."""
        row = {"reward_id": name, "ground": ground, "for_month": day(f"{month}-01"), "reward_state": state}
        row |= {"decided_date": day(f"{month}-20"), "landing_day": day(f"{month}-20")}
        self.add("fct_reward", **row | told)

    def publish(self, number: int, as_of: str, published: str | None = None) -> None:
        """A publication whose data end on a day; published then unless said otherwise."""
        at = {"as_of": instant(as_of), "published_at": instant(published or as_of)}
        self.publications.append({"publication": number} | at)

    def tables(self) -> dict[str, list[Any]]:
        """The rows of every table."""
        months, one = [], month_of(self.first)
        while one <= self.as_of:
            ends = next_month(one)
            span = {"period_start": one, "period_end": ends, "last_covered_date": min(ends - DAY, self.as_of)}
            months.append({"period_kind": "month", "is_open": self.as_of < ends + self.close_after * DAY} | span)
            one = ends
        return {
            "stg_centre_setting": [{"time_zone": "UTC"}],
            "int_as_of": [{"as_of_date": self.as_of, "kept_from": None}],
            "int_measure__period": months,
            "dim_code": CODES,
            "stg_publication": self.publications,
            **self.rows,
            **self.sealed,
        }


CODES: list[Row] = [
    {"code_list": "complaint_leaves", "code": leaf, "group_code": leaf.split(".", 1)[0]}
    for leaf in ("attitude.cold", "attitude.words", "knowledge.wrong", "skill.wording", "transfer.menu.wrong_node")
] + [{"code_list": "error_codes", "code": code, "group_code": code[:2]} for code in ("AT-03", "KN-01", "DU-01")]
"""Leaves of complaints and codes of errors, as the shipped lists have them."""

GOOD = {
    "quality_pass_rate": 0.93,
    "satisfaction_score": 96.0,
    "avg_response_time": 22.0,
    "schedule_adherence": 0.97,
}
"""Values of case RP-9: 32.00 + 25.71 + 16.00 + 10.00 = 83.71 points."""


def example_centre(policy: str, as_of: str = "2026-06-20", **values: float | None) -> AssessedCentre:
    """Ann of team north with the values of RP-9 in March, or others; the team is there."""
    centre = AssessedCentre(policy, as_of=as_of)
    centre.team("north")
    centre.person("ann")
    for kpi, value in (GOOD | values).items():
        centre.value("ann", "2026-03", value, kpi)
    return centre


def add_rp_10(centre: AssessedCentre) -> None:
    """RP-10 of Ann: one reward with both approvals and one that waits; upheld complaints of several causes."""
    centre.reward("r1", "RG1", "2026-03", agent_id="ann")
    centre.reward("r2", "RG3", "2026-03", "waiting", agent_id="ann")
    for number, leaf in enumerate(("attitude.cold", "attitude.words", "knowledge.wrong", "skill.wording")):
        centre.complaint(f"c{number + 1}", "ann", f"2026-03-{number + 2:02}", leaf)
    centre.complaint("faith", "ann", "2026-03-01", "knowledge.wrong", is_good_faith=True)
    centre.complaint("wait", "ann", "2026-03-01", "other.wait")
