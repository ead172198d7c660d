"""Neither `look` nor `try` shows who a customer is, what somebody wrote, or signs that steer a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.looked import everything_in, typed

HEAD = "Call,Start,{name}\n"
AGAIN = 4
"""Records with the same text: what comes again is shown of a list of words."""


def looked_at(folder: Path, name: str, values: list[str]) -> str:
    path = folder / "calls.csv"
    rows = (f'c{at},2026-01-05 10:00:00,"{value}"\n' for at, value in enumerate(values * AGAIN))
    path.write_text(HEAD.format(name=name) + "".join(rows))
    return typed("look", str(path))[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Caller", "13800000001"),
        ("Customer No", "4711"),
        ("Agent", "+49 30 1112223"),
        ("Disposition", "call back 030 / 111 222"),
        ("Wrap Up", "kim@mail.example"),
        ("Comment", "I want my money"),
        ("备注", "我要退款"),
        ("客户姓名", "王伟"),
        ("From", "Kim"),
        ("Status", "answered, but she was upset and she said that she would sue"),
    ],
)
def test_what_may_be_somebodys_is_not_shown_however_often_it_comes(tmp_path: Path, name: str, value: str) -> None:
    assert value not in looked_at(tmp_path, name, [value])
    assert value not in looked_at(tmp_path, name, [value, value[::-1]])


def test_words_of_a_list_are_shown(tmp_path: Path) -> None:
    assert "Billing, Sales" in looked_at(tmp_path, "Queue Name", ["Sales", "Billing"])


def test_signs_that_steer_a_terminal_or_mark_up_text_are_shown_as_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "[red]calls\x1b[2J.csv"
    path.write_text('Call,Start,"[bold]Queue\x1b[2J"\n' + "c1,2026-01-05 10:00:00,[blink]x\n" * 2)
    code, said = typed("look", str(path))
    assert code == 0
    assert "\x1b" not in said
    assert "[red]calls" in said
    assert "[bold]Queue" in said
    assert "[blink]x" in said


def test_trying_makes_no_key_for_customers(tmp_path: Path) -> None:
    (tmp_path / "centre.yaml").write_text(
        "name: A\ntime_zone: UTC\nsources:\n- name: pbx\n  kind: files\n  channel: voice\n  mapping:\n  - files: '*'\n"
        "    feeds:\n      contacts: {contact_id: Call, customer_id: Caller, "
        "direction: {constant: inbound}, started_at: Start}\n"
    )
    path = tmp_path / "calls.csv"
    path.write_text("Call,Caller,Start\nc1,13800000001,2026-01-05 10:00:00\nc2,x\x1b[2J,\x1b[2J\n")
    before = everything_in(tmp_path)
    code, said = typed("try", str(path), "--source", "pbx", "--home", str(tmp_path))
    assert (code, everything_in(tmp_path)) == (0, before)
    assert "13800000001" not in said
    assert "\x1b" not in said


def test_numbers_in_what_is_called_a_channel_are_no_words_of_a_draft(tmp_path: Path) -> None:
    assert "0151000111" not in looked_at(tmp_path, "Channel", ["SIP/0151000111", "SIP/0151000222"])
