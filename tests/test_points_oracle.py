"""Points, places and the quality index of random centres under random policies, as plain Python reckons them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.points import Rules, index, ledger, places, window_start
from tests.support.governance import review
from tests.support.mart_home import build_mart
from tests.support.people_cases import add_chat, add_member, at
from tests.support.points import RULES, points_version
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

FIRST = date(2026, 2, 1)
DAYS = 120
AGENTS = [f"r{number}" for number in range(6)]
KPIS = ("severe_error_rate", "general_error_rate", "quality_pass_rate")


@dataclass
class Centre:
    """Random records, and the policy that makes points of them."""

    random: random.Random
    recognitions: list[dict[str, Any]] = field(default_factory=list)
    rewards: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    rules: list[Rules] = field(default_factory=list)
    policy: str = ""

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange(DAYS))

    def one_of(self, *values: Any) -> Any:
        return self.random.choice(values)

    def fill(self) -> None:
        """Make up the records: few days and people, so that likes meet."""
        kinds = ["peer_like"] * 6 + ["praise_contact", "story", "other", "achievement"]
        for number in range(220):
            day = FIRST + timedelta(days=self.random.randrange(0, DAYS, 6))
            received = at(f"{day} {self.random.randrange(8, 18):02d}:00")
            told = {"agent_id": self.one_of(*AGENTS), "given_by": self.one_of(None, *AGENTS, *AGENTS)}
            row = {"recognition_id": f"k{number:03d}", "kind": self.one_of(*kinds), "received_at": received}
            self.recognitions.append(row | told)
        for number in range(40):
            day = self.day()
            approval = {
                "leader_approved_by": self.one_of("x", "x", None),
                "supervisor_approved_by": self.one_of("y", "y", "x"),
            }
            revoked = self.one_of(None, None, at(f"{day} 18:00"))
            row = {
                "reward_id": f"w{number}",
                "agent_id": self.one_of(*AGENTS),
                "ground": self.one_of("RG1", "RG3", "RG5"),
            }
            row |= {"form": "gift", "for_month": day, "decided_at": at(f"{day} 09:00"), "revoked_at": revoked}
            self.rewards.append(row | approval)
            told = {"finding_id": f"f{number}", "agent_id": self.one_of(*AGENTS), "kind": self.one_of("abuse", "fraud")}
            told |= {"occurred_on": self.day(), "established_by": "x", "approved_by": self.one_of("y", "x", None)}
            self.findings.append(
                told
                | {"established_at": at("2026-06-10 09:00"), "revoked_at": self.one_of(None, at("2026-06-11 09:00"))}
            )

    def decide(self) -> None:
        """Make up the policy: three versions one after another, each with points and a window of its own."""
        starts = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1), date(2027, 1, 1)]
        texts = []
        for number, start in enumerate(starts[:3]):
            worth = {
                rule: str(self.random.randrange(0, 9)) for rule in ("peer_like", "story", "achievement", "RG1", "RG3")
            }
            worth["abuse"] = str(-self.random.randrange(1, 9))
            window = self.one_of("month", "quarter", "year")
            texts.append(points_version(f"v{number}", f"{start:%Y-%m}", window=window, **worth))
            points = {rule: int(value) for rule, value in (RULES | worth).items() if value != "none"}
            self.rules.append(Rules(start, starts[number + 1], window, points, likes=2))
        self.policy = "points:\n" + "\n".join(texts) + self._index()

    def _index(self) -> str:
        curves = (
            "{kpi_id: severe_error_rate, weight: 50, full_high: 0.02, zero_high: 0.10}",
            "{kpi_id: general_error_rate, weight: 30, full_high: 0.05, zero_high: 0.40}",
            "{kpi_id: quality_pass_rate, weight: 20, zero_low: 0.5, full_low: 0.8, full_high: 0.9, zero_high: 1}",
        )
        components = "\n".join(f"      - {curve}" for curve in curves)
        return f"""
quality_index:
  - version: q
    valid_from: 2026-02
    approved_by: [A0001, A0002]
    components:
{components}
    unmeasured: {{rule: reweigh, min_weight: 30}}
"""


CURVES: list[tuple[str, int, dict[str, float | None]]] = [
    ("severe_error_rate", 50, {"zero_low": None, "full_low": None, "full_high": 0.02, "zero_high": 0.10}),
    ("general_error_rate", 30, {"zero_low": None, "full_low": None, "full_high": 0.05, "zero_high": 0.40}),
    ("quality_pass_rate", 20, {"zero_low": 0.5, "full_low": 0.8, "full_high": 0.9, "zero_high": 1.0}),
]


def add_reviews(home: RawHome, centre: Centre) -> None:
    for agent in AGENTS:
        for number in range(centre.random.randrange(10, 60)):
            name = f"{agent}-{number}"
            reviewed = at(f"{FIRST + timedelta(days=centre.random.randrange(DAYS))} 12:00")
            review(home, name, agent, score=centre.one_of("98", "98", "98", "98", "90"), reviewed_at=reviewed)
            for kind, code, share in (("severe", "KN-02", 0.05), ("general", "DU-02", 0.2)):
                if centre.random.random() < share:
                    home.add("quality_errors", [{"review_id": name, "error_code": code, "class": kind}])


def built(folder: Path, seed: int) -> tuple[RawHome, Centre]:
    centre = Centre(random.Random(seed))  # noqa: S311 - no secret
    centre.fill()
    centre.decide()
    home = RawHome(folder, as_of=at("2026-06-20 00:00"))
    home.source("desk", not_recorded=("messages", "system_messages"))
    home.policy = centre.policy
    for number, agent in enumerate(AGENTS):
        add_member(home, agent, f"team{number % 2}", "2025-01-01")
        # One is at work in March only, one never.
        for month in range(2, 6) if number < 4 else [3] if number == 4 else []:
            add_chat(home, f"{agent}-{month}", agent, at(f"2026-{month:02d}-20 09:00"))
    home.add("recognitions", centre.recognitions)
    home.add("rewards", centre.rewards)
    home.add("findings", centre.findings)
    add_reviews(home, centre)
    build_mart(home, "fct_points_rank", "fct_quality_index")
    return home, centre


@pytest.mark.parametrize("seed", [1, 2])
def test_the_ledger_places_and_index_are_those_of_plain_python(tmp_path: Path, seed: int) -> None:
    home, centre = built(tmp_path, seed)
    expected = ledger(centre.recognitions, centre.rewards, centre.findings, centre.rules)
    told = home.query("select agent_id, entry_date, rule, points::integer, note from scorecard.fct_points_entry")
    assert Counter(told) == Counter((one.agent, one.day, one.rule, one.points, one.note) for one in expected)
    assert {one.note for one in expected} >= {
        "own_like",
        "mutual_like",
        "giver_unknown",
        "over_limit",
        "waiting",
        "revoked",
    }

    sums: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in expected:
        held = next(rules for rules in centre.rules if rules.valid_from <= one.day < rules.valid_to)
        sums[held.window, window_start(one.day, held.window)][one.agent] += one.points
    for number, agent in enumerate(AGENTS):
        for month in range(3, 6) if number < 4 else [3] if number == 4 else []:
            day = date(2026, month, 20)
            held = next(rules for rules in centre.rules if rules.valid_from <= day < rules.valid_to)
            sums[held.window, window_start(day, held.window)][agent] += 0
    for (window, start), totals in sums.items():
        rows = home.query(
            "select agent_id, points::integer, place from scorecard.fct_points_rank where peer_kind = 'centre' "  # noqa: S608
            f"and window_kind = '{window}' and window_start = '{start}'"
        )
        ranks = places(totals)
        assert {agent: (points, place) for agent, points, place in rows} == {
            agent: (points, ranks[agent]) for agent, points in totals.items()
        }


@pytest.mark.parametrize("seed", [3])
def test_the_index_is_that_of_plain_python(tmp_path: Path, seed: int) -> None:
    home, _ = built(tmp_path, seed)
    rows = home.query(
        "select scope_kind, scope_id, period_kind, period_start, kpi_id, "
        "if(status in ('no_data', 'insufficient_sample'), null, value) from scorecard.fct_kpi_value "
        "where period_kind in ('month', 'quarter') and scope_kind in ('agent', 'team', 'centre') "
        "and kpi_id in ('severe_error_rate', 'general_error_rate', 'quality_pass_rate') "
        "and period_start >= '2026-02-01'"
    )
    values: dict[tuple[Any, ...], dict[str, float | None]] = defaultdict(dict)
    for *scope, kpi, value in rows:
        values[tuple(scope)][kpi] = value
    expected = {
        scope: index([(found.get(kpi), weight, curve) for kpi, weight, curve in CURVES], 30)
        for scope, found in values.items()
    }
    told = {
        tuple(scope): None if value is None else float(value)
        for *scope, value in home.query(
            "select scope_kind, scope_id, period_kind, period_start, quality_index from scorecard.fct_quality_index"
        )
    }
    assert told.keys() == expected.keys()
    assert len([one for one in expected.values() if one is not None]) > 3
    assert {scope: value for scope, value in told.items() if value is None} == {
        scope: value for scope, value in expected.items() if value is None
    }
    assert all(abs(told[scope] - value) < 0.00001 for scope, value in expected.items() if value is not None)
