"""What a page says of a value that has too few cases for a verdict: the pages' own code."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from orchestration.home.paths import CHECKOUT

COMPONENTS = CHECKOUT / "reports" / "components"
NODE = shutil.which("node") or "node"
ASK = f"""
import {{ detailFacts }} from '{(COMPONENTS / "scorecard" / "facts.js").as_uri()}';
import {{ translate }} from '{(COMPONENTS / "words" / "i18n.js").as_uri()}';
const kpi = {{ kpi_id: 'k', unit: 'share', decimals: 1, min_sample: 30 }};
const [row, language] = JSON.parse(process.argv[1]);
const word = (key, values) => translate(language, key, values);
const facts = detailFacts({{ kpi, row }}, {{ catalogue: {{ measureByName: new Map() }} }}, language, word);
console.log(JSON.stringify(facts.find(([label]) => label === word('verdict'))?.[1] ?? null));
"""


def remark(language: str, **row: object) -> str | None:
    """The remark under a KPI of which 30 cases are the least."""
    asked = json.dumps([{"status": "insufficient_sample", "value": 0.5} | row, language])
    command = [NODE, "--input-type=module", "-e", ASK, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT / "reports")
    found: str | None = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("language", "reason", "said"),
    [
        ("en", "few_cases", "12 cases, at least 30 are needed for a verdict."),
        ("zh", "few_cases", "仅 12 例，至少需要 30 例才能判定。"),
        ("en", "low_participation", "Too few customers rated"),
        ("zh", "low_participation", "参评率不足"),
    ],
)
def test_why_there_is_no_verdict_is_said_in_words(language: str, reason: str, said: str) -> None:
    assert remark(language, reason=reason, n=12) == said


def test_a_value_with_its_verdict_needs_no_remark() -> None:
    assert remark("en", status="in_band", verdict="good", reason=None, n=40) is None
