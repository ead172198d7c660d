"""The page of the catalogue is made from the seeds and is current."""

import shutil
from pathlib import Path

import pytest

from orchestration.warehouse.catalogue_page import PAGE, amount, band, render
from orchestration.warehouse.seeds import LISTS, SEEDS, read_seed
from tests.support.catalogue_tables import seed_rows


def test_the_page_in_the_checkout_is_what_the_seeds_give() -> None:
    remedy = "run: python -m orchestration.warehouse.catalogue_page"
    assert PAGE.read_text(encoding="utf-8") == render(), remedy


def test_every_kpi_measure_and_action_is_on_the_page() -> None:
    page = render()
    for kpi in seed_rows("kpis"):
        assert f"`{kpi['kpi_id']}`" in page
    for measure in seed_rows("measures"):
        assert f"| `{measure['measure']}` |" in page
    for action in seed_rows("kpi_actions"):
        assert action["text_zh"] in page


def test_every_code_is_on_the_page_and_what_is_ours_is_marked() -> None:
    lines = render().splitlines()
    for seed in sorted(LISTS.glob("*.csv")):
        for row in read_seed(LISTS, seed.stem):
            found = [line for line in lines if line.startswith(f"| `{row['code']}` | ") and row["name_zh"] in line]
            assert [line.endswith(" | ours / 建议 |") for line in found] == [row["is_in_source"] == "false"], row


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("0.98", "share", "98 %"),
        ("0.1714", "share", "17.14 %"),
        ("510", "seconds", "510 s"),
        ("7.5", "hours", "7.5 h"),
        ("90", "minutes", "90 min"),
        ("240", "contacts", "240"),
    ],
)
def test_amounts_are_shown_by_their_unit(text: str, unit: str, shown: str) -> None:
    assert amount(text, unit) == shown


@pytest.mark.parametrize(
    ("lower", "upper", "stretch", "measure", "shown"),
    [
        ("0.15", "0.30", "0.15", "", "15 % to 30 %, stretch 15 %"),
        ("0.98", "", "", "", ">= 98 %"),
        ("", "0.01", "", "", "<= 1 %"),
        ("", "", "", "configured_max_concurrent", "<= `configured_max_concurrent`"),
        ("", "", "", "", "no band"),
    ],
)
def test_a_band_is_said_in_words(lower: str, upper: str, stretch: str, measure: str, shown: str) -> None:
    target = {"lower_bound": lower, "upper_bound": upper, "stretch": stretch, "upper_measure": measure}
    assert band(target, "share") == shown


def test_text_of_a_seed_stays_text_on_the_page(tmp_path: Path) -> None:
    for seed in SEEDS.glob("*.csv"):
        shutil.copy(seed, tmp_path)
    actions = tmp_path / "kpi_actions.csv"
    actions.write_text(
        "action_id,kpi_id,side,position,text_en,text_zh\n01-1,connect_rate,below,1,<img src=x> a|b,中\n",
        encoding="utf-8",
    )
    for seed in LISTS.glob("*.csv"):
        shutil.copy(seed, tmp_path)
    reasons = tmp_path / "small_lists.csv"
    reasons.write_text("code_list,code,name_en,name_zh,is_in_source\nexit_reasons,x,<b>|c,中,true\n", encoding="utf-8")
    page = render(tmp_path, tmp_path)
    assert "| below | &lt;img src=x> a\\|b | 中 |" in page
    assert "| `x` | &lt;b>\\|c | 中 |  |" in page
