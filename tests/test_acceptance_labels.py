"""Every acceptance case has a test that bears its label, or is said to be later work.

The lists of cases stand beside the checkout, not in it: `SCOREHOUSE_DESIGN` names their folder, else
`../shared/design` is looked at.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LATER = "later"
DESIGN_VARIABLE = "SCOREHOUSE_DESIGN"


def labels() -> dict[str, str]:
    """Where each case is tested, by label: files separated by `|`, and `later` for what is not built yet."""
    with (TESTS / "acceptance_labels.csv").open(encoding="utf-8", newline="") as lines:
        return {row["label"]: row["tested_in"] for row in csv.DictReader(lines)}


def bears(text: str, label: str) -> bool:
    """Whether a test of this file is named after the case (`test_frt_1_...`)."""
    name = label.lower().replace("-", "_")
    return re.search(rf"^def test_(\w+_and_)?{name}_", text, re.MULTILINE) is not None


@pytest.mark.parametrize(
    ("label", "place"),
    [(label, place) for label, places in labels().items() for place in places.split("|") if place != LATER],
)
def test_the_file_named_has_a_test_of_that_label(label: str, place: str) -> None:
    assert bears((TESTS.parent / place).read_text(encoding="utf-8"), label), f"{place} has no test of {label}"


def test_the_table_has_the_cases_that_were_agreed_and_no_others() -> None:
    folder = Path(os.environ.get(DESIGN_VARIABLE) or TESTS.parents[1] / "shared" / "design")
    cases, quality = folder / "acceptance_cases.md", folder / "quality.md"
    for file in (cases, quality):
        if not file.is_file():
            pytest.skip(f"{file} is missing ({DESIGN_VARIABLE} names its folder): the labels are not compared")
    agreed = set(re.findall(r"^- ([A-Z]+-\d+)\b", cases.read_text(encoding="utf-8"), re.MULTILINE))
    # Several of these stand on a line; AT-03 is a code of an error, and no label begins with a nought.
    (of_quality,) = re.findall(r"^## 8 .*?(?=^## 9 )", quality.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    agreed |= set(re.findall(r"\b[A-Z]{2}-[1-9]\d*\b", of_quality))
    assert sorted(labels()) == sorted(agreed)
