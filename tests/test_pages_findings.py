"""Findings on the way to the pages: a code and what fills its words, said in the reader's language."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.centre.tables import write_settings_tables
from orchestration.door.reasons import reason_for
from orchestration.home.paths import CHECKOUT
from orchestration.landing import remarks
from orchestration.landing.taking import ensure_empty_parts
from schemas import FEEDS
from schemas.contract import ROW_CHECKS
from tests.support.compiled import compiled_project
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome
from tests.support.old_home import as_written_before, without_codes

WORDS = CHECKOUT / "reports" / "components" / "words"
SOURCES = CHECKOUT / "reports" / "sources"
NODE = shutil.which("node") or "node"
ASK = f"""
import * as said from '{(WORDS / "doorMessages.js").as_uri()}';
import * as words from '{(WORDS / "reasonWords.js").as_uri()}';
const [name, ...given] = JSON.parse(process.argv[1]);
console.log(JSON.stringify(name in said ? said[name](...given) : words[name]));
"""
PLACEHOLDER = re.compile(r"{(\w+)(?:\|\w+)?}")


def ask(name: str, *given: object) -> Any:
    """Return what a function of doorMessages.js says, or a list of words."""
    command = [NODE, "--input-type=module", "-e", ASK, json.dumps([name, *given], default=str)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _of_the_contract() -> Iterator[tuple[str, set[str]]]:
    """Check and names of details of every failure of every column, asked for as Pandera calls them."""
    bounds = ["greater_than_or_equal_to(5)", "less_than_or_equal_to(9)", "greater_than_or_equal_to(0)"]
    failures = ["not_nullable", "impossible_time", "after_landing_day", "isin(['a', 'b'])", "format", *bounds]
    for feed in FEEDS.values():
        for column in feed.model.to_schema().columns:
            for failure in (*failures, *ROW_CHECKS):
                reason = reason_for(feed, column, failure)
                yield reason.check, set(reason.details)


def _of_broken_files() -> Iterator[tuple[str, set[str]]]:
    """Check and names of details where a FileProblem or a Reject is made with a check of its own."""
    door = CHECKOUT / "orchestration"
    for path in [path for room in ("readers", "sources", "landing") for path in door.glob(f"{room}/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in {"FileProblem", "Reject"}:
                continue
            check = next((a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)), None)
            details = next((one.value for one in node.keywords if one.arg == "details"), None)
            if check is None or isinstance(details, ast.Name):
                continue
            keys = details.keys if isinstance(details, ast.Dict) else []
            # A key `None` is a dict that is spread: what one of two limits is called.
            yield check, {str(ast.literal_eval(key)) if key else "gigabytes" for key in keys}


def test_the_words_of_every_check_are_filled_by_what_its_findings_are_told_with() -> None:
    details: dict[str, list[str]] = ask("reasonDetails")
    found = [*_of_the_contract(), *_of_broken_files()]
    assert {"unknown_value", "ends_before_start", "missing_column", "truncated_archive"} <= {
        check for check, _ in found
    }
    for check, names in found:
        needed = [set(PLACEHOLDER.findall(text)) for text in details.get(check, [])]
        assert not names or any(one <= names for one in needed), f"{check}: nothing is said of {names}"
    made = {check: [names for one, names in found if one == check] for check, _ in found}
    for check, texts in details.items():
        for text in texts if check in made else []:
            needed_names = set(PLACEHOLDER.findall(text)) - {"ratio"} or {"gigabytes"}
            by_hand = check in BY_FRAME
            assert by_hand or any(needed_names <= names | {"gigabytes"} for names in made[check]), f"{check}: {text}"


BY_FRAME = {"encoding", "not_a_number", "not_a_time", "unknown_column"}
"""Checks some of whose findings are made for many records at once, or with details put together before."""


def test_every_remark_on_a_file_has_its_words() -> None:
    assert set(ask("remarkWords")) == set(remarks.CODES)


def landed(root: Path, *, is_old: bool) -> duckdb.DuckDBPyConnection:
    """Land a file with an unknown channel, a twin, and one without a needed column; return what is published of it."""
    home = LandHome(root)
    bad = "c2,u1,telegraph,inbound,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z\n"
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + GOOD_CONTACT + bad)
    home.drop("contacts_copy.csv", CONTACTS_HEADER + GOOD_CONTACT + GOOD_CONTACT + bad)
    home.drop("messages.csv", "message_id\nm1\n")
    home.take_all()
    if is_old:
        as_written_before(home)
        without_codes(home)
    home.home.create_folders()
    ensure_empty_parts(home.home)
    write_settings_tables(home.home, home.centre, None)
    compiled_project().build_with_parents(root, "fct_file", "fct_quarantine")
    connection = duckdb.connect(str(home.home.built_file), read_only=True)
    connection.execute("set TimeZone = 'UTC'")
    return connection


def rows_of(connection: duckdb.DuckDBPyConnection, result: str) -> list[dict[str, Any]]:
    return connection.execute((SOURCES / f"{result}.sql").read_text(encoding="utf-8")).pl().to_dicts()


ALLOWED = "web, wechat, weibo, app, voice, email, other"


@pytest.mark.parametrize("is_old", [False, True])
def test_a_finding_is_said_in_both_languages_and_one_of_an_old_home_as_far_as_it_is_known(
    tmp_path: Path, is_old: bool
) -> None:
    with landed(tmp_path, is_old=is_old) as connection:
        (row,) = [row for row in rows_of(connection, "health_quarantine") if row["check_name"] == "unknown_value"]
    assert (row["example_value"], row["details"] is None) == ("form xxxxxxxxx", is_old)

    assert ask("reasonText", row, "en") == f"`channel` is none of: {ALLOWED}."
    allowed = "" if is_old else f"（允许：{ALLOWED.replace(', ', '、')}）"
    assert ask("reasonText", row, "zh") == f"取值不在允许范围内{allowed}"
    assert ask("remedyText", row, "en") == "Write one of them; in a mapping translate by `values`."


@pytest.mark.parametrize("is_old", [False, True])
def test_remarks_on_files_are_said_in_both_languages_and_those_of_an_old_home_as_they_were_written(
    tmp_path: Path, is_old: bool
) -> None:
    with landed(tmp_path, is_old=is_old) as connection:
        files = {row["file_name"]: row for row in rows_of(connection, "health_files")}
        intake = {row["file_name"]: row for row in rows_of(connection, "health_intake")}

    english = {
        "contacts.csv": f"1 of 3 records are in quarantine, most often because: `channel` is none of: {ALLOWED}."
        " (first on line 4) 1 records repeat earlier ones of the file.",
        "contacts_copy.csv": "The same content as 2026-01-05/contacts.csv, which was taken before; nothing was added.",
    }
    chinese = {
        "contacts.csv": "3 条记录中有 1 条被隔离，最常见的原因：取值不在允许范围内"
        f"（允许：{ALLOWED.replace(', ', '、')}）（首见于第 4 行）。 1 条与本文件中较早的记录重复。",
        "contacts_copy.csv": "内容与此前接收的 2026-01-05/contacts.csv 相同，未新增数据。",
        "messages.csv": "缺少必需的列（缺少：contact_id、sent_at、sender、is_manual）。"
        "按合同的列名补上该列，或更正映射规则。",
    }
    for name, text in english.items():
        assert ask("fileText", files[name], "en") == text
    assert ask("fileText", intake["messages.csv"], "en").startswith("The file has no column contact_id, sent_at,")
    for name, text in chinese.items():
        assert ask("fileText", files[name], "zh") == (files[name]["message"] if is_old else text)
    assert ask("fileText", intake["messages.csv"], "zh") == ask("fileText", files["messages.csv"], "zh")


def test_a_name_from_data_stays_text_whatever_signs_it_has() -> None:
    row = {"check_name": "unknown_format", "message": "x", "details": json.dumps({"ending": ".$&{allowed}<b>"})}
    assert ask("reasonText", row, "zh") == "无法读取该类文件（结尾：.$&{allowed}<b>）"
    assert ask("reasonText", row | {"details": "no json"}, "zh") == "无法读取该类文件"


def test_no_page_reads_the_words_of_the_door() -> None:
    code = (WORDS / "doorMessages.js").read_text(encoding="utf-8")
    assert re.findall(r"quarantine, most|records repeat|same content|is none of|has no column", code) == []


def test_the_example_of_a_reason_is_of_the_record_that_its_words_are_of() -> None:
    """The latest record shows no value (it may be somebody's): an older one's would stand beside words of another."""
    with duckdb.connect() as connection:
        connection.execute("create schema scorecard")
        connection.execute(
            "create table scorecard.fct_quarantine as select 'desk' as source_id, 'teams' as feed, 'name' as field, "
            "'bad_text' as check_name, date '2026-01-05' as landing_day, 'teams.csv' as file_name, record_number, "
            "value, message, 'Shorten it.' as remedy, null::varchar as details "
            "from (values (1, 'xx xx', 'first'), (2, null, 'second')) as rows (record_number, value, message)"
        )
        sql = (SOURCES / "health_quarantine.sql").read_text(encoding="utf-8")
        (row,) = connection.sql(f"select failed_checks, example_value, message from ({sql})").fetchall()  # noqa: S608 - own text
    assert row == (2, None, "second")
