"""Lines of assessments that records make: rewards, complaints, errors and fraud, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.oracle.assessed_people import AssessedPeople, Policy, Result, half_up, number, six
from tests.support.assessed_centre import DAY, Row, month_of, next_month

KINDS = {"complaints": "complaint", "errors": "error"}


class AssessedRecords(AssessedPeople):
    """What records bring and cost."""

    def rewards(self, result: Result, kind: str, who: str, month: date, rules: Any) -> None:
        """Add the lines of rewards: the cap holds for all of them together."""
        if rules == "none":
            return
        told = [row for row in self._rows("fct_reward") if who == row.get("team_id" if kind == "team" else "agent_id")]
        told = [
            row
            for row in told
            if month == (next_month(row["for_month"]) if row["ground"] in ("RG4", "RG5") else row["for_month"])
        ]
        cap = number(rules["cap"])
        so_far = Fraction(0)
        for row in sorted(told, key=lambda row: (row["decided_date"], row["reward_id"])):
            brings = Fraction(0)
            if row["reward_state"] == "granted":
                brings = number(rules[row["ground"]]) or Fraction(0)
            capped = brings if cap is None else min(brings, max(cap - so_far, Fraction(0)))
            so_far += brings
            result.lines["reward", row["reward_id"]] = six(capped)

    def records(self, what: str, kind: str, who: str) -> list[tuple[Row, dict[str, date], str, str]]:
        """Records of somebody: row, dates by which its month may be told, cause, and why it never counts."""
        is_complaint = what == "complaints"
        table, name = ("fct_complaint", "complaint_id") if is_complaint else ("fct_check_error", "error_id")
        teams = {
            (row["agent_id"], row["agent_date"]) for row in self._rows("bridge_agent_team_day") if row["team_id"] == who
        }
        contacts = {row["contact_key"]: row["contact_date"] for row in self._rows("fct_contact")}
        found = []
        for row in self._rows(table):
            owner = (row["agent_id"], row["agent_date"])
            if row["agent_id"] is None or (owner not in teams if kind == "team" else row["agent_id"] != who):
                continue
            overturned = row.get("appeal_effect") == "overturned"
            if is_complaint and not (row["complaints_upheld"] or overturned):
                continue
            if is_complaint:
                dates = {"received": row["received_date"], "decided": row["decided_date"]}
                cause = row["leaf"].split(".")[0]
            else:
                met = contacts.get(row.get("contact_key"), row["error_date"])
                dates, cause = {"reviewed": row["error_date"], "occurred": met}, row["error_code"][:2]
            group = "complaint" if is_complaint else "quality"
            is_excused = (row.get("contact_key"), group) in self.excused
            clears = "x" if overturned or is_excused or row["is_good_faith"] else ""
            found.append((row | {"name": row[name]}, dates, cause, clears))
        return found

    def penalties(self, result: Result, what: str, kind: str, who: str, month: date, rules: Any) -> None:
        """Add the lines of complaints or errors: the first ones are free, until the cap is reached."""
        if rules == "none":
            return
        told = [one for one in self.records(what, kind, who) if month_of(one[1][rules["month"]]) == month]
        if self.is_told_before(what, kind, who, month):
            told = [one for one in told if one[0]["name"] not in self.is_told_before(what, kind, who, month)]
        quota = self.quota(kind, who, month, rules)
        each, cap = Fraction(str(rules["points_each"])), number(rules["cap"])
        counted = [row for row, _, cause, clears in told if cause in rules["causes"] and not clears]
        date_of = "received_date" if what == "complaints" else "error_date"
        before = Fraction(0)
        for position, row in enumerate(sorted(counted, key=lambda row: (row[date_of], row["name"])), 1):
            costs = max(Fraction(0), position - quota) * each
            costs = six(costs if cap is None else min(costs, cap))
            result.lines[KINDS[what], row["name"]] = before - costs
            before = costs
        for row, *_ in told:
            result.lines.setdefault((KINDS[what], row["name"]), Fraction(0))
            result.is_appealed |= (KINDS[what], row["name"]) in self.pending
        if what == "complaints":
            result.quota, result.counted = six(quota), len(counted)

    def is_told_before(self, what: str, kind: str, who: str, month: date) -> set[str]:
        """Records that an earlier month already has, by the version that held then."""
        found: set[str] = set()
        for earlier in (one for one in self.months if one < month):
            there = (who, earlier) in (self.heads if kind == "team" else self.days)
            version = self.version(kind, who, earlier) if there else None
            rules = "none" if version is None or "lacks" in version else version if kind == "agent" else version[kind]
            rules = rules if rules == "none" else rules.get(what, "none")
            if rules != "none":
                told = self.records(what, kind, who)
                found |= {row["name"] for row, dates, *_ in told if month_of(dates[rules["month"]]) == earlier}
        return found

    def quota(self, kind: str, who: str, month: date, rules: Policy) -> Fraction:
        """How many are free."""
        length = (next_month(month) - month) // DAY
        if kind == "team":
            exact = Fraction(str(rules["quota_per_head"])) * self.heads[who, month] / length
        else:
            days = sum(
                max(timedelta(0), min(row["employed_to"], next_month(month)) - max(row["employed_from"], month)) // DAY
                for row in self._rows("int_staff__employment")
                if row["agent_id"] == who
            )
            is_part = rules["quota_for_part_month"] == "pro_rata"
            known = any(row["agent_id"] == who for row in self._rows("int_staff__employment"))
            exact = Fraction(str(rules["quota"])) * (Fraction(days, length) if is_part and known else 1)
        match rules["quota_rounding"]:
            case "up":
                return Fraction(ceil(exact))
            case "down":
                return Fraction(floor(exact))
            case "nearest":
                return half_up(exact, 0)
        return exact

    def fraud(self, result: Result, who: str, month: date, rules: Any) -> None:
        """Add the lines of established fraud."""
        for row in self.findings(who, month, rules):
            told_before = [
                one
                for one in self.months
                if one < month
                and (who, one) in self.days
                and row in self.findings(who, one, self.fraud_rules(who, one))
            ]
            if not told_before:
                is_clear = row.get("appeal_effect") in ("overturned", "good_faith")
                costs = Fraction(0) if is_clear else Fraction(str(rules["points"]))
                result.lines["fraud", row["finding_id"]] = -costs
                result.is_appealed |= ("finding", row["finding_id"]) in self.pending

    def fraud_rules(self, who: str, month: date) -> Any:
        """What the version of a month says of fraud."""
        held = [self.version(kind, who, month) for kind in ("agent", "manager")]
        told = [version["fraud"] for version in held if version is not None and "lacks" not in version]
        return told[0] if told else "none"

    def findings(self, who: str, month: date, rules: Any) -> list[Row]:
        """Fraud of somebody that falls into a month."""
        established = {f"desk/{row['finding_id']}": row["established_at"].date() for row in self._rows("stg_findings")}
        return [
            row
            for row in self._rows("fct_finding")
            if rules != "none"
            and row["finding_kind"] == "fraud"
            and row["agent_id"] == who
            and (row["is_effective"] or row.get("appeal_effect") == "overturned")
            and month
            == month_of(row["occurred_on"] if rules["month"] == "occurred" else established[row["finding_id"]])
        ]
