"""Notices by a mail server as centres have it: delivered to each box, refused for whom it does not know, sent once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.centre import load_centre
from orchestration.home.notice_ledger import read_deliveries
from orchestration.notify.send import send_notices
from tests.support.notice_servers import Hands, NoticeHome, home_at
from tests.support.postfix import IS_THERE, WHY_NOT, Postfix, postfix

pytestmark = [pytest.mark.server, pytest.mark.skipif(not IS_THERE, reason=WHY_NOT)]

MAIL = """\
  outside_shifts: true
  channels: [{name: post, kind: mail, address_from: POST_URL, language: zh}]
  recipients: [{channel: post, kind: agent}]
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with postfix() as running:
        yield running


@pytest.fixture
def place(tmp_path: Path) -> NoticeHome:
    made = home_at(tmp_path / "home")
    made.centre(MAIL)
    return made


def send(place: NoticeHome, server: Postfix, clock: Hands) -> tuple[int, int]:
    (done,) = send_notices(place.home, load_centre(place.home), {"POST_URL": server.address}, clock).channels
    return done.sent, done.failed


def test_a_box_gets_title_text_link_and_the_id_in_chinese_and_a_stranger_holds_up_nobody(
    place: NoticeHome, server: Postfix
) -> None:
    for name, person in (("n-ann", "ann"), ("n-stranger", "stranger"), ("n-bob", "bob")):
        place.notice(name, person, "2026-03-10 09:00", title_zh=f"好评率 88.0%，{person}", text_zh="改进措施：请申诉。")
    place.publish()

    assert send(place, server, Hands("2026-03-10 09:00")) == (2, 1)

    (mail,) = server.box("ann", 1)
    assert mail["subject"] == "好评率 88.0%，ann"
    assert mail["to"].addresses[0].addr_spec == "ann@example.org"
    assert mail.get_content().split() == [
        "改进措施：请申诉。",
        "https://scores.example.org/bulletin/",
        "notice",
        "n-ann",
    ]
    assert len(server.box("bob", 1)) == 1
    states = read_deliveries(place.home.notice_ledger).filter(notice_id="n-stranger")["delivery_state"].to_list()
    assert states == ["trying", "failed"]


def test_a_server_that_was_down_gets_the_message_once(place: NoticeHome, server: Postfix) -> None:
    place.notice("later", "ann", "2026-03-10 09:00", title_zh="稍后")
    place.publish()
    before = len(server.box("ann", 0))
    clock = Hands("2026-03-10 09:00")
    server.stop()
    assert send(place, server, clock) == (0, 1)
    server.start()
    assert send(place, server, clock) == (0, 0)
    clock.move(5)
    assert send(place, server, clock) == (1, 0)
    clock.move(60)
    assert send(place, server, clock) == (0, 0)

    subjects = [str(mail["subject"]) for mail in server.box("ann", before + 1)]
    assert subjects.count("稍后") == 1
