"""Small centres and policies by chance: people who join, move, lead and leave, with values and records of all kinds."""

from __future__ import annotations

import random
from typing import Any

import yaml

from tests.support.assessed_centre import DAY, AssessedCentre, day

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
AS_OF = "2026-05-05"
TEAMS = {"north": "normal", "south": "normal", "high": "special", "bare": None}
AGENT_KPIS = ("quality_pass_rate", "satisfaction_score", "avg_response_time", "severe_error_rate")
LEAVES = ("attitude.cold", "knowledge.wrong", "skill.wording", "other.wait")
GROUNDS = ("RG1", "RG2", "RG3", "RG4", "RG5")
Policy = dict[str, Any]


class RandomAssessments:
    """A centre and the versions of its policy, from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - tests
        self.versions = self._versions()
        self.centre = AssessedCentre(self._text(), as_of=AS_OF)
        for team, kind in TEAMS.items():
            self.centre.team(team, kind, {month: self.rng.randint(1, 90) for month in MONTHS})
        self.people = [self._person(f"p{number}") for number in range(7)]
        self._values()
        for number in range(self.rng.randint(20, 60)):
            self._record(number)

    def _text(self) -> str:
        shown = [{name: told for name, told in version.items() if name != "lacks"} for version in self.versions]
        for version, of_file in zip(self.versions, shown, strict=True):
            if "lacks" in version:
                del of_file[version["lacks"]]
        return yaml.safe_dump({"assessment": shown}, sort_keys=False)

    def _versions(self) -> list[Policy]:
        versions = [
            self._version(name, month, ["normal", "special", "none"])
            for name, month in zip(("one", "two", "three"), self.rng.sample(MONTHS, 3), strict=True)
        ]
        versions = versions[: self.rng.randint(1, 3)]
        if self.rng.random() < 0.3:
            # Two from one month on, for teams of different kinds.
            versions[0]["applies_to"]["team_kinds"] = ["special"]
            versions.append(self._version("beside", versions[0]["valid_from"], ["normal"]))
        if self.rng.random() < 0.2:
            versions[-1]["lacks"] = "excellent"
        return versions

    def _version(self, name: str, month: str, kinds: list[str]) -> Policy:
        rng = self.rng
        rule = rng.choice(["reweigh", "reweigh", "hold"])
        unmeasured = {"rule": rule} | ({"min_weight": rng.choice([0, 40, 75])} if rule == "reweigh" else {})
        team = {
            "components": self._components(),
            "complaints": self._penalty({"quota_per_head": rng.choice([0, 0.5, 1, 1.25])}),
            "rewards": self._rewards(),
            "excellent": rng.choice([90, "none"]),
        }
        manager = {
            "team_share": rng.choice([0, 0.6, 0.333333, 1]),
            "components": self._components(),
            "roles": ["leader", "supervisor"],
        }
        return {
            "version": name,
            "valid_from": month,
            "approved_by": ["A1", "A2"],
            "applies_to": {"roles": ["agent", "trainee"][: rng.randint(1, 2)], "team_kinds": kinds},
            "full_points": 100,
            "min_agent_days": rng.choice([0, 10]),
            "components": self._components(),
            "unmeasured": unmeasured,
            "complaints": self._personal(["attitude", "knowledge", "skill", "other"], ["received", "decided"]),
            "errors": self._personal(["AT", "KN"], ["occurred", "reviewed"]),
            "fraud": rng.choice(["none", {"points": 20, "month": rng.choice(["occurred", "established"])}]),
            "rewards": self._rewards(),
            "floor": rng.choice([0, 20, "none"]),
            "ceiling": rng.choice([95, 110, "none"]),
            "excellent": rng.choice([85, 95, "none"]),
            "appeals": {"file_within_days": 7},
            "team": team,
            "manager": manager,
            "rounding": rng.randint(0, 6),
        }

    def _components(self) -> list[Policy]:
        weights = self.rng.choice([(100,), (60, 40), (33.333333, 66.666667), (40, 30, 20, 10)])
        curves = {
            "quality_pass_rate": {"zero_low": 0.7, "full_low": 0.95},
            "satisfaction_score": {"zero_low": 80, "full_low": 97},
            "avg_response_time": {"zero_low": 0, "full_low": 10, "full_high": 20, "zero_high": 37},
            "severe_error_rate": {"full_high": 0.01, "zero_high": 0.08},
        }
        names = self.rng.sample(AGENT_KPIS, len(weights))
        return [{"kpi_id": name, "weight": weight} | curves[name] for name, weight in zip(names, weights, strict=True)]

    def _penalty(self, quota: Policy) -> Policy:
        causes = self.rng.sample(["attitude", "knowledge", "skill", "other"], self.rng.randint(1, 4))
        return {"causes": causes, "month": self.rng.choice(["received", "decided"])} | quota | self._costs()

    def _personal(self, causes: list[str], months: list[str]) -> Any:
        if self.rng.random() < 0.2:
            return "none"
        told = {"causes": self.rng.sample(causes, self.rng.randint(1, len(causes))), "month": self.rng.choice(months)}
        quota = {"quota": self.rng.randint(0, 3), "quota_for_part_month": self.rng.choice(["full", "pro_rata"])}
        return told | quota | self._costs()

    def _costs(self) -> Policy:
        return {
            "quota_rounding": self.rng.choice(["up", "down", "nearest", "none"]),
            "points_each": self.rng.choice([1, 3, 2.5]),
            "cap": self.rng.choice(["none", 5, 7.25]),
        }

    def _rewards(self) -> Any:
        if self.rng.random() < 0.1:
            return "none"
        return {ground: self.rng.choice([0, 2, 3.5, "none"]) for ground in GROUNDS} | {
            "cap": self.rng.choice(["none", 4])
        }

    def _person(self, name: str) -> str:
        """Somebody who may join late, change role and team once, and leave."""
        rng = self.rng
        days = sorted(rng.sample(range(4, 120), 3))
        joined, changed, left = (str(day("2026-01-01") + offset * DAY) for offset in days)
        joined = rng.choice(["2026-01-01", joined])
        left_on = rng.choice([None, None, left])
        works = rng.choice([31, 31, 12, 9])
        roles = ["agent", "agent", "trainee", "leader", "supervisor", None]
        is_employed = rng.random() < 0.9
        first, second = ({"role": rng.choice(roles), "team": rng.choice([*TEAMS, None])} for _ in range(2))
        told = {"works": works, "is_employed": is_employed}
        self.centre.person(name, joined, changed, **first | told)
        self.centre.person(name, changed, left_on, **second | told)
        return name

    def _values(self) -> None:
        rng = self.rng
        for kind, names in (("agent", self.people), ("team", list(TEAMS))):
            for name in names:
                for month in MONTHS:
                    for kpi in rng.sample(AGENT_KPIS, rng.randint(2, 4)):
                        n = rng.randint(1, 60)
                        scale = {"satisfaction_score": 100, "avg_response_time": 40, "severe_error_rate": 0.1}.get(
                            kpi, 1
                        )
                        value = scale * rng.randint(n // 2, n) / n
                        status = "insufficient_sample" if n < 10 else "in_band"
                        self.centre.value(name, month, value, kpi, n, kind, status=status)

    def _record(self, number: int) -> None:
        rng = self.rng
        name, agent = f"r{number:03}", rng.choice(self.people)
        on = str(day("2026-01-01") + rng.randrange(118) * DAY)
        effect = rng.choice([None, None, None, "overturned", "good_faith"])
        contact = rng.choice([None, f"k{number}"])
        if contact and rng.random() < 0.3:
            group = rng.choice(["complaint", "quality", "rating"])
            self.centre.add("int_contact__excluded", contact_key=contact, kpi_group=group)
        match rng.choice(["complaint"] * 4 + ["error"] * 3 + ["fraud", "harassment", "reward", "reward"]):
            case "complaint":
                decided = day(on) + rng.randint(1, 40) * DAY
                told = {"contact_key": contact, "decided_date": decided, "effect": effect}
                self.centre.complaint(name, agent, on, rng.choice(LEAVES), **told)
                self._appeal(name, "complaint")
            case "error":
                if contact:
                    met = day(on) - rng.randint(0, 20) * DAY
                    self.centre.add("fct_contact", contact_key=contact, contact_date=met)
                told = {"contact_key": contact, "review_errors": int(effect != "overturned"), "appeal_effect": effect}
                told["is_good_faith"] = effect == "good_faith"
                self.centre.error(name, agent, on, rng.choice(["AT-03", "KN-01", "DU-01"]), **told)
                self._appeal(name, "error")
            case "fraud" | "harassment" as kind:
                is_effective = rng.random() < 0.6 and effect != "overturned"
                established = str(day(on) + rng.randint(0, 30) * DAY)
                told = {"is_effective": is_effective, "appeal_effect": effect, "established": established}
                self.centre.finding(name, agent, on, kind, **told)
                if kind == "fraud":
                    self._appeal(f"desk/{name}", "finding")
            case "reward":
                whose = {"team_id": rng.choice(list(TEAMS))} if rng.random() < 0.4 else {"agent_id": agent}
                state = rng.choice(["granted", "granted", "waiting", "revoked"])
                self.centre.reward(name, rng.choice(GROUNDS), rng.choice(MONTHS), state, **whose)

    def _appeal(self, record: str, kind: str) -> None:
        if self.rng.random() < 0.08:
            self.centre.appeal(record, "pending", "2026-05-01", kind=kind)
