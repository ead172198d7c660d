"""policy.yaml: what contradicts itself stops everything with its line and remedy; what lacks keys is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.home.paths import Home
from orchestration.policy import PolicyError, load_policy, parse_policy
from orchestration.policy.versions import path_text
from tests.support.policies import ALL, CENTRE, CONTESTS, EP, PIECE_RATE, POINTS, QI, policy

WITH_OWN_CODES = """\
name: Test
time_zone: UTC
sources: []
codes:
  error_codes:
    - {code: XX-01, name_en: own, name_zh: 自有, default_class: severe, group_code: XX}
"""
ERRORS = """\
    errors:
      {causes: [KN, AT], month: reviewed, quota: 0,
       quota_for_part_month: full, quota_rounding: up, points_each: 1, cap: 5}
"""


def ep(old: str, new: str) -> str:
    """The example policy with one thing in it changed."""
    assert old in EP
    return EP.replace(old, new, 1)


def second(text: str, **changed: str) -> str:
    """A section with its version once more, changed."""
    head, _, version = text.partition("\n")
    for old, new in changed.items():
        version = version.replace(f"{old}:", f"{old}: {new} #", 1)
    return text + version if head else ""


def test_a_file_with_every_section_has_a_complete_version_of_each() -> None:
    told = [(one.section, one.name, one.missing) for one in policy(ALL).versions]
    assert told == [
        (section, "2026-1", ()) for section in ("assessment", "quality_index", "points", "contests", "piece_rate")
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "assessment:\npoints: []\n"])
def test_a_file_without_versions_is_no_policy(text: str) -> None:
    assert policy(text).versions == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (ep("      cap: 5\n", ""), ["complaints.cap"]),
        (ep("      cap: 5\n", "      cap:\n"), ["complaints.cap"]),
        (ep("      cap: 5\n", "").replace("RG4: 0, ", "", 1), ["complaints.cap", "rewards.RG4"]),
        (ep("      cap: 5\n", "      cap: none\n"), []),
        (ep("    errors: none\n", ""), ["errors"]),
        (ep("    errors: none\n", ERRORS), []),
        (ep(", weight: 20, zero_low: 0,", ", zero_low: 0,"), ["components[2].weight"]),
        (ep("{rule: reweigh, min_weight: 60}", "{rule: reweigh}"), ["unmeasured.min_weight"]),
        (ep("{rule: reweigh, min_weight: 60}", "{rule: hold}"), []),
        (ep("        quota_per_head: 1\n", ""), ["team.complaints.quota_per_head"]),
        (ep("    approved_by: [A0001, A0002]\n", ""), ["approved_by"]),
        (POINTS.replace("      contest_2: 6\n", ""), ["rules.contest_2"]),
        (CONTESTS.replace("        min_n: 5\n", ""), ["contests[0].min_n"]),
        (PIECE_RATE.replace("    currency: CNY\n", ""), ["currency"]),
        (QI.replace("    unmeasured: {rule: hold}\n", ""), ["unmeasured"]),
    ],
)
def test_a_version_that_lacks_keys_is_incomplete_and_names_them_all(text: str, missing: list[str]) -> None:
    (version,) = policy(text).versions
    assert list(version.missing) == missing
    assert (version.rules is None) == bool(missing)


def test_an_incomplete_version_keeps_what_it_says_of_itself() -> None:
    (version,) = policy(ep("    full_points: 100\n", "").replace('"2026-1"', "", 1)).versions
    assert (version.name, version.approved_by, str(version.valid_from)) == (
        "assessment[0]",
        ("A0001", "A0002"),
        "2026-01-01",
    )
    assert version.applies_to is not None
    assert version.applies_to.roles == ("agent",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "asessment: []",
            r"policy.yaml: line 1: asessment: unknown section. Remedy: there are assessment",
        ),
        ("assessment: 5", r"line 1: assessment: is no list of versions"),
        ("assessment: [x]", r"line 1: assessment\[0\]: is no version"),
        ("[]", r"policy.yaml: no mapping. Remedy: begin with a section; scorehouse policy example prints some"),
        (ep("cap: 5", "capp: 5"), r"line 21: assessment\[0\].complaints.capp: unknown key. Remedy: remove it or mend"),
        (
            ep("cap: 5", "cap: five"),
            r"line 21: assessment\[0\].complaints.cap: Input should be a valid decimal",
        ),
        (ep("cap: 5", "cap: -5"), r"complaints.cap: Input should be greater than or equal to 0. Found: Decimal.*-5|-5"),
        (ep("cap: 5", "cap: yes"), r"complaints.cap: yes or no is no number"),
        (ep("cap: 5", "cap: .inf"), r"complaints.cap: Input should be a valid decimal"),
        (ep("cap: 5", "cap: 1.0000001"), r"complaints.cap: .*no more than 6 decimal places"),
        (ep("cap: 5", "cap: 99999999"), r"complaints.cap: .*less than or equal to 1000000"),
        (
            ep("[A0001, A0002]", "[A0001, A0001]"),
            r"line 4: .*approved_by: A0001 approves twice",
        ),
        (ep("[A0001, A0002]", '[A0001, " a0001"]'), r"approved_by: A0001 approves twice"),
        (ep("[A0001, A0002]", "[A0001]"), r"approved_by: names 1; a version is approved by two people"),
        (
            ep("[A0001, A0002]", "[1.5, A0002]"),
            r"approved_by\[0\]: is read as something else than a text",
        ),
        (ep("2026-01\n", "2026-13\n"), r"line 3: assessment\[0\].valid_from: is no month; .* such as 2026-01"),
        (ep("2026-01\n", "2026-01-01\n"), r"valid_from: is no month"),
        (ep("roles: [agent]", "roles: [clerk]"), r"applies_to.roles\[0\]: Input should be 'agent', 'trainee'"),
        (ep("roles: [agent]", "roles: [agent, agent]"), r"applies_to.roles: agent stands there twice"),
        (ep("weight: 40", "weight: 39"), r"components: weights add up to 99 \(39 \+ 30 \+ 20 \+ 10\), not to 100"),
        (
            ep("quality_pass_rate", "quality_pas_rate"),
            r"components\[0\].kpi_id: 'quality_pas_rate' is no KPI",
        ),
        (
            ep("quality_pass_rate", "complaint_rate"),
            r"take upheld_complaints_per_1000",
        ),
        (
            ep("quality_pass_rate", "complaints_pending"),
            r"complaints_pending counts complaints that nobody",
        ),
        (
            ep("quality_pass_rate", "forecast_error"),
            r"forecast_error has no value for a single agent",
        ),
        (ep("satisfaction_score", "quality_pass_rate"), r"components: quality_pass_rate stands there twice"),
        (
            ep("zero_low: 0.85", "zero_low: 0.96"),
            r"components\[0\]: zero_low 0.96 is above full_low 0.95",
        ),
        (ep("zero_high: 30", "zero_high: 15"), r"components\[2\]: full_high 20 is above zero_high 15"),
        (ep(", full_low: 0.95}", "}"), r"components\[0\]: zero_low and full_low go together"),
        (ep(", zero_low: 0.85, full_low: 0.95}", "}"), r"components\[0\]: has no curve"),
        (ep("min_weight: 60", "min_weight: none"), r"unmeasured: `reweigh` needs a number as min_weight"),
        (ep("min_weight: 60", "min_weight: 101"), r"unmeasured: min_weight 101 is above the 100"),
        (
            ep("[attitude, knowledge]", "[attitude, weather]"),
            r"complaints.causes\[1\]: Input should be 'skill'",
        ),
        (ep("month: received", "month: reviewed"), r"complaints.month: Input should be 'received' or 'decided'"),
        (
            ep("    errors: none\n", ERRORS.replace("KN", "QQ")),
            r"errors.causes: QQ: no group of error codes",
        ),
        (ep("RG1: 2", "RG6: 2"), r"rewards.RG6: unknown key"),
        (ep("ceiling: none", "ceiling: 0"), r"ceiling: ceiling 0 is not above floor 0"),
        (
            ep("team_share: 0.6", "team_share: 1.2"),
            r"team_share",
        ),
        (ep("weight: 50, zero_low: 0.5", "weight: 40, zero_low: 0.5"), r"manager: components: weights add up to 90"),
        (QI.replace("weight: 30", "weight: 31", 1), r"quality_index\[0\].components: weights add up to 101"),
        (POINTS.replace("fraud: -20", "fraud: 20"), r"rules.fraud: 20 would bring points; write -20, 0 or none"),
        (POINTS.replace("story: 2", "story: -2"), r"rules.story: -2 would take points for something good"),
        (POINTS.replace("month: 5", "month: none"), r"likes_per_giver_month: likes bring points \(rules.peer_like\)"),
        (ep("roles: [agent]", "roles: []"), r"applies_to.roles: is an empty list"),
        (POINTS.replace("top_5", "top_6"), r"names: Input should be 'own', 'top_5' or 'everybody'"),
        (
            CONTESTS.replace("2026-02-28", "2026-02-27"),
            r"contests\[0\].contests\[0\]: `every: month` needs whole months",
        ),
        (
            CONTESTS.replace("from: 2026-01-01", "from: 20260101"),
            r"contests\[0\].from: is no day",
        ),
        (
            CONTESTS.replace("quality_pass_rate", "outbound_share"),
            r"outbound_share is neither better high",
        ),
        (
            CONTESTS.replace("valid_from: 2026-01", "valid_from: 2026-02"),
            r"quality begins on 2026-01-01, before",
        ),
        (PIECE_RATE.replace("channel: voice,", ""), r"rates\[0\]: names a channel or a queue_id, exactly one of them"),
        (PIECE_RATE.replace("queue_id: expert", "channel: voice"), r"rates: voice has two prices"),
        (PIECE_RATE.replace("CNY", "yuan"), r"currency: String should match pattern"),
    ],
)
def test_a_contradiction_is_told_with_its_line_path_value_and_remedy(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(text)


def test_every_contradiction_is_told_at_once() -> None:
    with pytest.raises(PolicyError) as error:
        policy(ep("cap: 5", "cap: x").replace("weight: 40", "weight: 39", 1) + POINTS.replace("top_5", "x"))
    assert len(str(error.value).splitlines()) == 3


def test_what_is_missing_hides_no_contradiction() -> None:
    with pytest.raises(PolicyError, match="weights add up to 99"):
        policy(ep("      cap: 5\n", "").replace("weight: 40", "weight: 39", 1))


def test_a_centres_own_group_of_error_codes_may_carry_points() -> None:
    from orchestration.centre import parse_centre

    text = ep("    errors: none\n", ERRORS.replace("KN", "XX"))
    centre = parse_centre(WITH_OWN_CODES, "centre.yaml")
    assert parse_policy(text, "policy.yaml", centre).versions[0].missing == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (second(EP), r"line 51: assessment\[1\].version: 2026-1 names two versions; give each a name of its own"),
        (
            second(EP, version='"b"'),
            r"assessment\[1\].applies_to: versions 2026-1 and b hold from the same month, 2026-01, both for role agent "
            r"in teams of kind normal, specialist; one version holds for a person and a month",
        ),
        (second(POINTS, version='"b"'), r"points\[1\].valid_from: versions 2026-1 and b hold from the same month"),
        (
            second(CONTESTS, version='"b"', valid_from="2026-02").replace("to: 2026-02-28", "to: 2026-01-31", 1)
            .replace("from: 2026-01-01", "from: 2026-02-01").replace("from: 2026-02-01", "from: 2026-01-01", 1)
            .replace("every: month", "every: none"),
            r"contests\[1\].contests\[0\].contest_id: quality is a contest of version 2026-1 already",
        ),
    ],
)  # fmt: skip
def test_versions_that_contradict_each_other_are_told_with_both_names(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(text)


def test_versions_of_the_same_month_for_other_people_stand_beside_each_other() -> None:
    other = second(EP, version='"b"', applies_to="{roles: [agent], team_kinds: [none]}")
    assert [one.name for one in policy(other).versions] == ["2026-1", "b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("points:\n\t- version: a", r"policy.yaml: line 2: no valid YAML: .*; indent with spaces, a tab is none"),
        ("points: [", r"line 1: no valid YAML|line 2: no valid YAML"),
        ("a: &x [1]\nb: *x", r"line 2: aliases \(`\*name`\) are not taken; write the value out"),
        ("points: []\nassessment: []\npoints: []", r"line 3: key 'points' is given twice; leave one of them"),
        (ep("cap: 5", "cap: 5\n      cap: 6"), r"line 22: key 'cap' is given twice"),
        ("? [a]\n: 1", r"a key is a list or a mapping"),
        ("a: !!python/object/apply:os.system [ls]", r"line 1: no valid YAML: could not determine a constructor"),
        ("a: 1\n---\na: 2", r"no valid YAML: but found another document"),
        ("a: \x00", r"no valid YAML"),
        ("[" * 5000, r"values are nested too deeply to be read|no valid YAML"),
        ("<<: {points: []}", r"unknown section"),
        ("points: 2026-13-45", r"no valid YAML"),
    ],
)
def test_hostile_yaml_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(text)


def test_numbers_are_what_is_written() -> None:
    from orchestration.policy.yaml_text import read_yaml

    content, _ = read_yaml("a: 010\nb: 1:30\nc: 0x10\nd: 0.1\ne: " + "9" * 5000)
    assert [content[key] for key in "abc"] == ["010", "1:30", "0x10"]
    assert str(content["d"]) == "0.1"
    assert content["e"] == "9" * 5000


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert load_policy(home, CENTRE).versions == ()
    home.policy_file.write_bytes(b"points: \xff")
    with pytest.raises(PolicyError, match=r"policy.yaml: not UTF-8 text at byte 8. Remedy: save it as UTF-8"):
        load_policy(home, CENTRE)
    home.policy_file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(PolicyError, match=r"larger than 1,000,000 bytes"):
        load_policy(home, CENTRE)
    home.policy_file.write_text(EP, encoding="utf-8-sig")
    assert [path_text(one.place) for one in load_policy(home, CENTRE).versions] == ["assessment[0]"]
