"""The README's questions are run as written, on a published file of the sample centre."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import Home

README = Path(__file__).parents[1] / "README.md"
QUESTIONS = re.findall(
    r"^\*\*(?P<question>[^*]+\?)\*\*\n+```sql\n(?P<sql>.*?)```",
    README.read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


def test_the_readme_asks_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.slow
@pytest.mark.parametrize(("question", "sql"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_question_of_the_readme_has_an_answer_in_the_sample(question: str, sql: str, sample_home: Home) -> None:
    with duckdb.connect(str(sample_home.published_file), read_only=True) as connection:
        answer = connection.execute(sql).fetchall()
    assert answer, question
