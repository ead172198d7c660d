"""What people are told of a policy: the check, the example, the words in both languages, the page of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.policy import PolicyError
from orchestration.policy.check import checked, sections_without
from orchestration.policy.example import example_text
from orchestration.policy.keys_page import PAGE, page_text
from orchestration.policy.versions import SECTIONS
from orchestration.policy.words import sentences
from tests.support.policies import ALL, CONTESTS, EP, PIECE_RATE, POINTS, policy

SETTINGS = "name: Test\ntime_zone: UTC\nsources: []\n"


def words(text: str, subject: str) -> list[tuple[str, str]]:
    return [(one.en, one.zh) for one in sentences(policy(text).versions) if one.subject == subject]


def checked_at(home: Path, text: str | None) -> tuple[int, str]:
    (home / "centre.yaml").write_text(SETTINGS)
    if text is not None:
        (home / "policy.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["policy", "check", "--home", str(home)])
    if isinstance(result.exception, PolicyError):
        raise result.exception
    return result.exit_code, " ".join(result.output.split())


def test_the_example_is_complete_in_every_section_and_marked_as_an_example(tmp_path: Path) -> None:
    printed = CliRunner().invoke(app, ["policy", "example"]).output
    assert printed.startswith("# EXAMPLE - not a recommendation")
    code, told = checked_at(tmp_path, printed)
    assert code == 0
    assert [one.name for one in policy(printed).versions] == ["example-1"] * len(SECTIONS)
    assert "Missing" not in told
    assert "Not computed" not in told


def test_the_example_is_the_policy_of_the_acceptance_cases() -> None:
    example, cases = yaml.safe_load(example_text())["assessment"][0], yaml.safe_load(EP)["assessment"][0]
    assert {key for key in example if example[key] != cases[key]} == {"version", "team"}


def test_without_a_policy_the_check_says_how_to_begin(tmp_path: Path) -> None:
    code, told = checked_at(tmp_path, None)
    assert code == 0
    assert "no version, so nobody is assessed, ranked or paid by it. Next: scorehouse policy example" in told


def test_an_incomplete_version_is_told_with_its_paths_and_an_exit_code(tmp_path: Path) -> None:
    code, told = checked_at(tmp_path, EP.replace("      cap: 5\n", "", 1).replace("RG4: 0, ", "", 1) + POINTS)
    assert code == 1
    assert "assessment 2026-1, from 2026-01 on, approved by A0001 and A0002: nothing is computed. " in told
    assert "Missing: complaints.cap, rewards.RG4" in told
    assert (
        "points 2026-1, from 2026-01 on, approved by A0001 and A0002: computes points and ranks of every agent" in told
    )
    assert told.endswith(
        "Not computed, as no section speaks of it: the quality index of every agent and team, and of the centre; "
        "contests; the piece rate beside the assessments."
    )


def test_a_contradiction_stops_the_check(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="weights add up to 99"):
        checked_at(tmp_path, EP.replace("weight: 40", "weight: 39", 1))


def test_the_check_says_for_whom_from_when_until_when() -> None:
    second = EP.partition("\n")[2].replace('"2026-1"', "b").replace("2026-01\n", "2026-04\n")
    others = second.replace("version: b", "version: c").replace("[normal, specialist]", "[none]")
    told = [(one.title, one.outcome) for one in checked(policy(EP + second + others))]
    assert [title.partition(", approved")[0] for title, _ in told] == [
        "assessment 2026-1, from 2026-01 until 2026-04 (b)",
        "assessment b, from 2026-04 on",
        "assessment c, from 2026-04 on",
    ]
    assert told[2][1] == (
        "computes assessments of each agent whose home team is of kind none; these teams; "
        "each team leader who leads one"
    )


def test_what_no_section_speaks_of_is_told() -> None:
    assert sections_without(policy(EP)) == [
        "the quality index of every agent and team, and of the centre",
        "points and ranks of every agent",
        "contests",
        "the piece rate beside the assessments",
    ]
    assert sections_without(policy(ALL)) == []


@pytest.mark.parametrize(
    ("text", "subject", "en", "zh"),
    [
        (
            EP,
            "agent",
            "Quality pass rate: 40 points; all of them from 95 % on, none at 85 % and below, in proportion",
            "95%",
        ),
        (EP, "agent", "all of them from 10 s to 20 s, none at 0 s and below or 30 s and above", "10 秒 至 20 秒得满分"),
        (EP, "agent", "2, also in part of a month, cost nothing, each further one 3 points, 5 at most", "最多扣 5 分"),
        (EP.replace("cap: 5", "cap: none"), "agent", "each further one 3 points, without a limit", "不设上限"),
        (
            EP.replace("month: full", "month: pro_rata"),
            "agent",
            "2, of part of a month in proportion (rounded up)",
            "折算",
        ),
        (EP, "agent", "Severe errors of reviews cost no points", "质检严重差错不扣分"),
        (EP, "applies", "Holds from 2026-01 for: agent, in teams of kind normal, specialist", "客服"),
        (EP, "total", "at least 0; rounded once, to 2 decimals; excellent from 95 on", "95 分及以上为优秀"),
        (EP, "appeals", "within 7 days after the decision", "7 天内"),
        (EP, "manager", "60 % of the total from the teams that they led", "60%"),
        (EP.replace("      cap: 5\n", ""), "incomplete", "It lacks complaints.cap", "缺少 complaints.cap"),
        (POINTS, "rule", "A finding of fraud: -20.", "弄虚作假：-20 分。"),
        (CONTESTS, "contest", "each month by itself; with fewer than 5 cases nobody is ranked", "逐月评比"),
        (PIECE_RATE, "rate", "queue expert: 0.80 CNY.", "队列 expert"),
    ],
)
def test_a_version_is_told_in_both_languages(text: str, subject: str, en: str, zh: str) -> None:
    assert any(en in one and zh in other for one, other in words(text, subject)), words(text, subject)


def test_every_number_of_a_version_is_in_its_words() -> None:
    unusual = iter(range(1701, 1800))
    text = re.sub(r"(?<=points_each: )\d|(?<=cap: )\d|(?<=quota: )\d|(?<=RG\d: )\d", lambda _: str(next(unusual)), EP)
    told = " ".join(one.en for one in sentences(policy(text).versions))
    used = re.findall(r"17\d\d", text)
    assert used
    assert [number for number in used if number not in told] == []


def names_in(schema: dict[str, object]) -> Iterator[str]:
    for part in (schema, *schema.get("$defs", {}).values()):  # type: ignore[attr-defined]
        yield from part.get("properties", {})


def test_the_page_of_keys_is_made_from_the_models() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page_text(text) == text, "run `make docs`"
    for model in SECTIONS.values():
        assert [name for name in names_in(model.model_json_schema()) if f"{name}`" not in text] == []


def test_every_key_of_the_page_has_a_meaning() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 100
    assert [key for key, meaning in rows if not meaning] == []


def test_what_the_page_reckons_by_hand_is_right() -> None:
    components = [40 * 0.08 / 0.10, 30 * 6 / 7, 20 * 8 / 10, 10]
    reckoned = [
        *components,
        sum(components) + 2 - 3,
        (32 + 16 + 10) * 100 / 70,
        0.6 * (40 + 30 + 12 + 20 / 3 - 2) + 0.4 * 90,
        (2 - 2 * 11 / 31) * 3,
        30 * 1.2 / 1.5 + 30 * 5.5 / 7 + 20 * 2 / 4 + 10 * 7 / 10 + 10 * 4 / 5,
        991 * 0.5,
    ]
    text = PAGE.read_text(encoding="utf-8")
    assert [f"{number:.2f}" for number in reckoned if f"{number:.2f}" not in text] == []
