"""The lists of codes hold what the source has, in its words; what it does not have is marked as a proposal of ours."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Any, get_args

import pytest
import yaml

from orchestration.centre.codes import Cause, Codes, DetailList, ErrorClass, Level, Occasion
from orchestration.home.paths import CHECKOUT
from schemas.monitoring_sessions import LEVELS

FOLDER = CHECKOUT / "dbt_project" / "seeds" / "governance"
SEEDS = ("complaint_leaves", "error_codes", "phrases", "norm_items", "contact_tags", "small_lists")

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_code(name: str) -> dict[str, Row]:
    return {row["code"]: row for row in rows_of(name)}


@pytest.mark.parametrize("name", SEEDS)
def test_every_code_stands_once_and_has_names_in_both_languages(name: str) -> None:
    rows = rows_of(name)
    assert [key for key, n in Counter((row.get("code_list"), row["code"]) for row in rows).items() if n > 1] == []
    assert {row["is_in_source"] for row in rows} <= {"true", "false"}
    for row in rows:
        assert row["name_en"].isascii() or "…" in row["name_en"]
        assert row["name_en"]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in row["name_zh"]), row["code"]


@pytest.mark.parametrize("name", SEEDS)
def test_names_of_groups_and_kinds_are_the_same_wherever_they_stand(name: str) -> None:
    for part in ("cause", "kind", "group_code", "norm"):
        stem = part.removesuffix("_code")
        names = {(row[part], row[f"{stem}_en"], row[f"{stem}_zh"]) for row in rows_of(name) if row.get(part)}
        assert len({code for code, _, _ in names}) == len(names)


def test_every_list_and_column_is_described_and_has_its_type() -> None:
    seeds = yaml.safe_load((FOLDER / "_seeds.yml").read_text(encoding="utf-8"))["seeds"]
    described: dict[str, Any] = {seed["name"]: seed for seed in seeds}
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(described) == set(SEEDS)
    for name, seed in described.items():
        columns = list(rows_of(name)[0])
        assert [column["name"] for column in seed["columns"] if column["description"]] == columns
        assert list(seed["config"]["column_types"]) == columns
        assert seed["description"]


def test_without_other_complaints_have_4_causes_11_kinds_and_14_leaves() -> None:
    leaves = [row for row in rows_of("complaint_leaves") if row["cause"] != "other"]
    assert len({row["cause"] for row in leaves}) == 4
    assert len({(row["cause"], row["kind"]) for row in leaves}) == 11
    assert len(leaves) == 14
    assert {row["is_in_source"] for row in leaves} == {"true"}


def test_what_the_source_does_not_divide_is_other_and_ours() -> None:
    others = [row for row in rows_of("complaint_leaves") if row["cause"] == "other"]
    leaves = ("wait", "product", "process", "platform", "unknown")
    assert {row["code"] for row in others} == {f"other.{leaf}" for leaf in leaves}
    assert {(row["kind"], row["is_in_source"]) for row in others} == {("", "false")}


def test_a_leaf_is_named_after_its_cause_and_kind() -> None:
    for row in rows_of("complaint_leaves"):
        cause, *kind = row["code"].split(".")
        assert row["cause"] == cause
        assert row["kind"] in ("", kind[0])


def test_errors_are_general_or_severe_as_proposed() -> None:
    severe = "AT-03 AT-04 AT-06 AT-07 AT-08 KN-01 KN-02 DU-01 DU-04 TK-03 TK-04"
    rows = by_code("error_codes")
    assert len(rows) == 25
    assert {row["default_class"] for row in rows.values()} == set(get_args(ErrorClass))
    assert {code for code, row in rows.items() if row["default_class"] == "severe"} == set(severe.split())
    assert rows["LA-05"]["detail_list"] == "phrases"


def test_24_pairs_of_phrases_of_which_14_are_labelled() -> None:
    rows = by_code("phrases")
    assert list(rows) == [f"PH-{number:02d}" for number in range(1, 25)]
    assert [code for code, row in rows.items() if row["is_labelled"] == "true"] == list(rows)[:14]
    assert all(row["habitual_zh"] == row["name_zh"] != row["professional_zh"] != "" for row in rows.values())
    assert all(row["professional_en"] for row in rows.values())


@pytest.mark.parametrize(
    ("code", "habitual", "professional"),
    [
        ("PH-01", "问题是那个产品都卖完了", "由于需求很高，我们暂时没货了"),
        ("PH-07", "你必须…", "我们要为你那样做，这是我们需要的"),
        ("PH-14", "你没有弄明白，这次听好了", "也许我说的不够清楚，请允许我再解释一遍"),
        ("PH-15", "抱歉让你久等", "非常感谢您的耐心等待"),
        ("PH-20", "我没办法", "对不起，我们暂时还没有解决方案"),
        ("PH-24", "这事我不管", "有专人负责，我帮您转过去"),
    ],
)
def test_phrases_are_those_of_the_source_letter_by_letter(code: str, habitual: str, professional: str) -> None:
    row = by_code("phrases")[code]
    assert (row["habitual_zh"], row["professional_zh"]) == (habitual, professional)


def test_50_items_of_norms_in_six_groups() -> None:
    rows = rows_of("norm_items")
    assert len(rows) == 50
    assert Counter(row["group_code"] for row in rows) == {"N": 20, "C": 7, "L": 4, "K": 6, "V": 9, "G": 4}
    assert {row["version"] for row in rows} == {"source-1"}
    assert [name for name in rows[0] if "weight" in name] == []
    occasions = {(row["group_code"], row["applies_when"]) for row in rows if row["applies_when"] != "always"}
    assert occasions == {("C", "customer_angry"), ("V", "voice"), ("G", "no_automatic_greeting")}
    assert {row["group_code"] for row in rows if row["remark_en"]} == {"V"}


def test_the_service_norms_are_seven() -> None:
    norms = Counter(row["norm"] for row in rows_of("norm_items") if row["group_code"] == "N")
    named = {"listening": 4, "objections": 4, "esteem": 5, "calming": 4}
    assert norms == {"customer_first": 1, "pleasant_atmosphere": 1, "reasons": 1} | named


def test_a_tag_whose_details_are_a_list_has_them() -> None:
    rows = by_code("contact_tags")
    details = [row for row in rows.values() if "." in row["code"]]
    assert {row["tag"] for row in details} == {c for c, row in rows.items() if row["detail_list"] == "contact_tags"}
    assert Counter(row["tag"] for row in details) == {
        "difficult_customer": 4,
        "written_follow_up": 3,
        "transfer_cause": 6,
    }
    assert all(row["tag"] == row["code"].partition(".")[0] and row["tag"] in rows for row in rows.values())


def test_the_short_lists() -> None:
    lists = Counter(row["code_list"] for row in rows_of("small_lists"))
    assert lists == {
        "exit_reasons": 7,
        "not_delivered_reasons": 6,
        "intervention_methods": 10,
        "monitoring_focus": 12,
        "reward_grounds": 5,
        "reward_forms": 6,
    }
    reasons = {row["code"] for row in rows_of("small_lists") if row["code_list"] == "exit_reasons"}
    assert reasons.isdisjoint({"health", "family"}), "they stand under `personal` only"


def test_six_methods_of_stepping_in_are_allowed_and_every_level_listens_for_three_things() -> None:
    groups = Counter((row["code_list"], row["group_code"]) for row in rows_of("small_lists") if row["group_code"])
    assert groups == {
        ("intervention_methods", "allowed"): 6,
        ("intervention_methods", "not_allowed"): 4,
        **{("monitoring_focus", level): 3 for level in LEVELS},
    }
    focus = [row for row in rows_of("small_lists") if row["code_list"] == "monitoring_focus"]
    assert [row["code"] for row in focus] == [f"{level}.{number}" for level in LEVELS for number in (1, 2, 3)]
    assert {row["is_in_source"] for row in focus} == {"false"}


def test_centre_yaml_knows_the_lists_and_words_that_there_are() -> None:
    short = {row["code_list"] for row in rows_of("small_lists")}
    assert set(Codes.model_fields) == set(SEEDS) - {"small_lists"} | short
    assert set(get_args(Cause)) == {row["cause"] for row in rows_of("complaint_leaves")}
    assert list(get_args(Level)) == LEVELS
    assert set(get_args(Occasion)) == {row["applies_when"] for row in rows_of("norm_items")}
    assert set(get_args(DetailList)) == {row["detail_list"] for row in rows_of("contact_tags")} - {""}
