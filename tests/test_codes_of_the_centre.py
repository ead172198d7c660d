"""Codes of a centre's own in centre.yaml, and what the table of all codes makes of them and of the data."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.centre import CentreError, parse_centre
from orchestration.centre.tables import settings_tables
from tests.support.raw_rows import RawHome

CENTRE = "name: X\ntime_zone: UTC\nsources: []\n"
OWN = """\
codes:
  error_codes:
    - {code: AT-01, name_en: cold tone, name_zh: 语气冷淡, default_class: severe}
    - {code: X-1, name_en: own error, name_zh: 自有差错, default_class: general, group_code: KN}
    - {code: X-2, name_en: other error, name_zh: 另一差错, default_class: general, group_code: XX}
  complaint_leaves:
    - {code: transfer.menu.loop, name_en: sent in circles, name_zh: 循环转接, cause: transfer, kind: menu}
  phrases:
    - {code: PH-31, name_en: Whatever, name_zh: 随便, professional_en: As you wish, professional_zh: 按您的意愿}
  norm_items:
    - {code: X01, name_en: smiles, name_zh: 微笑, group_code: V, norm: voice, valid_from: 2026-01-01}
  contact_tags:
    - {code: difficult_customer.rude, name_en: rude, name_zh: 粗鲁}
  exit_reasons:
    - {code: moved, name_en: moved away, name_zh: 搬迁}
  intervention_methods:
    - {code: whisper, name_en: whisper, name_zh: 耳语, is_allowed: false}
  monitoring_focus:
    - {code: director.4, name_en: costs, name_zh: 成本, level: director}
  reward_forms:
    - {code: day_off, name_en: day off, name_zh: 调休}
"""


def own_rows() -> list[dict[str, Any]]:
    return settings_tables(parse_centre(CENTRE + OWN, "centre.yaml"), None)["codes"].to_dicts()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{error_cods: []}", r"centre.yaml: codes.error_cods: unknown key. Remedy: remove it or mend its spelling"),
        (
            "{exit_reasons: [{code: a, name_en: a, name_zh: 甲, colour: red}]}",
            r"codes.exit_reasons\[0\].colour: unknown key",
        ),
        ("{exit_reasons: [{code: a, name_en: a}]}", r"codes.exit_reasons\[0\].name_zh: missing. Remedy: add it"),
        ("{exit_reasons: [{code: a, name_en: '', name_zh: 甲}]}", r"codes.exit_reasons\[0\].name_en: String should"),
        ('{exit_reasons: [{code: "a\\tb", name_en: a, name_zh: 甲}]}', r"codes.exit_reasons\[0\].code: String should"),
        (
            "{exit_reasons: [{code: a, name_en: a, name_zh: 甲}, {code: a, name_en: b, name_zh: 乙}]}",
            r"codes: exit_reasons: a given more than once; leave one row of each",
        ),
        (
            "{error_codes: [{code: a, name_en: a, name_zh: 甲, default_class: grave}]}",
            r"codes.error_codes\[0\].default_class: Input should be 'severe' or 'general'. Found: 'grave'",
        ),
        (
            "{complaint_leaves: [{code: a, name_en: a, name_zh: 甲, cause: weather}]}",
            r"codes.complaint_leaves\[0\].cause: Input should be 'skill', 'attitude'.* Found: 'weather'",
        ),
        (
            "{contact_tags: [{code: a.b, name_en: a, name_zh: 甲, detail_list: department}]}",
            r"codes.contact_tags\[0\]: a.b is the detail of a tag, which has no `detail_list`; remove it",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_remedy(text: str, message: str) -> None:
    with pytest.raises(CentreError, match=message):
        parse_centre(f"{CENTRE}codes: {text}\n", "centre.yaml")


def test_a_centre_without_codes_has_an_empty_table_of_them() -> None:
    assert settings_tables(parse_centre(CENTRE, "centre.yaml"), None)["codes"].height == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    """Codes of the centre's own; errors of known codes, of one without a list, and of another class than its code's."""
    home = RawHome(tmp_path_factory.mktemp("codes"))
    home.source("desk")
    home.setting("codes", own_rows())
    errors = [
        ("r1", "AT-01", "severe"),
        ("r2", "AT-01", "general"),
        ("r3", "KN-01", "severe"),
        ("r4", "KN-04", "severe"),
        ("r5", "S9", "general"),
        ("r6", "S9", "severe"),
        ("r7", "X-1", "general"),
    ]
    home.add("quality_errors", [{"review_id": r, "error_code": code, "class": kind} for r, code, kind in errors])
    session = {"agent_id": "ann", "mode": "live", "started_at": "2026-03-02T09:00:00Z"}
    session |= {"intervened_at": "2026-03-02T09:01:00Z"}
    methods = ["whisper", "whisper", "dance", None]
    home.add(
        "monitoring_sessions",
        [session | {"session_id": f"l{n}", "intervention_method": method} for n, method in enumerate(methods)],
    )
    reward = {"agent_id": "ann", "for_month": "2026-03-01"}
    given = [("RG1", "bonus"), ("RG9", "cake"), ("RG9", "bonus")]
    home.add(
        "rewards",
        [reward | {"reward_id": f"w{n}", "ground": ground, "form": form} for n, (ground, form) in enumerate(given)],
    )
    home.build("dim_code", tested=True)
    return home


def names(home: RawHome, columns: str, code: str) -> list[tuple[Any, ...]]:
    return home.query(f"select {columns} from scorecard.dim_code where code = '{code}'")  # noqa: S608


def test_every_code_of_the_catalogue_is_there_beside_those_of_the_centre_and_of_the_data(home: RawHome) -> None:
    counts = home.query("select code_list, count(*), count(*) filter (is_of_centre) from scorecard.dim_code group by 1")
    # One error code is replaced, two are added, and S9 is known from data alone.
    assert {name: (all_of_it, own) for name, all_of_it, own in counts} == {
        "complaint_leaves": (19 + 1, 1),
        "error_codes": (25 + 2 + 1, 3),
        "phrases": (24 + 1, 1),
        "norm_items": (50 + 1, 1),
        "contact_tags": (26 + 1, 1),
        "exit_reasons": (7 + 1, 1),
        "not_delivered_reasons": (6, 0),
        # `dance` is known from data alone.
        "intervention_methods": (10 + 1, 1),
        "monitoring_focus": (12 + 1, 1),
        "reward_grounds": (5 + 1, 0),
        "reward_forms": (6 + 1 + 1, 1),
    }


def test_the_centres_row_stands_in_the_place_of_the_catalogues(home: RawHome) -> None:
    columns = "name_en, name_zh, default_class, is_of_centre, is_in_source, is_known"
    assert names(home, columns, "AT-01") == [("cold tone", "语气冷淡", "severe", True, True, True)]
    assert names(home, columns, "AT-02") == [("perfunctory answer", "回答敷衍", "general", False, True, True)]
    assert names(home, columns, "X-1") == [("own error", "自有差错", "general", True, False, True)]


def test_a_code_of_a_group_that_is_there_takes_its_names(home: RawHome) -> None:
    assert names(home, "group_en, group_zh", "X-1") == [("knowledge", "业务知识")]
    assert names(home, "group_en, group_zh, kind_en, kind_zh", "transfer.menu.loop") == [
        ("improper transfer", "转接不当", "transfer to the menu", "转自动")
    ]
    assert names(home, "group_code, group_en, kind_en", "X01") == [("V", "voice", "voice")]


def test_a_group_that_is_the_centres_own_and_has_no_name_stands_under_its_code(home: RawHome) -> None:
    assert names(home, "group_code, group_en, group_zh", "X-2") == [("XX", "XX", "XX")]


def test_a_detail_belongs_to_its_tag(home: RawHome) -> None:
    assert names(home, "group_code, group_zh, name_zh", "difficult_customer.rude") == [
        ("difficult_customer", "困难客户", "粗鲁")
    ]
    assert names(home, "group_en", "difficult_customer") == [("difficult customer",)]


def test_a_code_of_the_data_that_no_list_knows_stands_under_itself(home: RawHome) -> None:
    columns = "code_list, name_en, name_zh, is_known, is_in_source, records, records_of_another_class"
    assert names(home, columns, "S9") == [("error_codes", "S9", "S9", False, False, 2, 0)]


def test_a_method_of_stepping_in_is_allowed_as_the_centre_says_or_on_no_list(home: RawHome) -> None:
    columns = "group_code, is_known, records, records_of_another_class"
    assert names(home, columns, "whisper") == [("not_allowed", True, 2, 0)]
    assert names(home, columns, "dance") == [(None, False, 1, 0)]
    assert names(home, "group_code, group_zh, records", "director.4") == [("director", "部门主任", None)]


def test_records_of_another_class_than_their_codes_are_counted(home: RawHome) -> None:
    # AT-01 is severe in this centre: one of two differs. KN-04 is general.
    found = home.query(
        "select code, records, records_of_another_class from scorecard.dim_code"
        " where records is not null and code_list = 'error_codes' order by code"
    )
    assert found == [("AT-01", 2, 1), ("KN-01", 1, 0), ("KN-04", 1, 1), ("S9", 2, 0), ("X-1", 1, 0)]
