"""Notices are sent once, in their reader's shift, by mail and web server; a killed sender makes at most a twin."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from apprise import Apprise

from orchestration.centre import load_centre
from orchestration.home.durable import steps
from orchestration.home.lock import home_lock
from orchestration.home.notice_ledger import DeliveryState, NoticeLedgerError, fold, read_deliveries
from orchestration.home.paths import CHECKOUT
from orchestration.notify.plan import Item, plan_notices
from orchestration.notify.send import Pass, _Queue, send_notices
from tests.support.notice_servers import SECRET, Hands, Mails, NoticeHome, Posts, bodies_of, home_at, mails, posts
from tests.support.people_cases import at

pytestmark = pytest.mark.server

HOOK = (
    "  channels: [{name: hook, kind: webhook, address_from: HOOK_URL}]\n  recipients: [{channel: hook, kind: agent}]\n"
)
BOTH = """\
  channels:
    - {name: hook, kind: webhook, address_from: HOOK_URL}
    - {name: post, kind: mail, address_from: POST_URL, language: zh}
    - {name: chat, kind: slack, address_from: CHAT_URL}
  recipients:
    - {channel: hook, kind: agent}
    - {channel: post, kind: agent}
    - {channel: post, kind: agent, id: bob, address: robert}
    - {channel: chat, kind: team, id: north}
"""


@pytest.fixture
def web() -> Iterator[Posts]:
    with posts() as kept:
        yield kept


@pytest.fixture
def mail() -> Iterator[Mails]:
    with mails() as kept:
        yield kept


@pytest.fixture
def place(tmp_path: Path) -> NoticeHome:
    """Ann is at work from 8 to 16; there is one notice for her, due at 9."""
    made = home_at(tmp_path / "home")
    made.centre(HOOK)
    made.notice("one", "ann", "2026-03-10 09:00")
    made.at_work("ann", "2026-03-10 08:00", "2026-03-10 16:00")
    made.publish()
    return made


def send(place: NoticeHome, environment: dict[str, str], clock: Hands) -> Pass:
    return send_notices(place.home, load_centre(place.home), environment, clock)


def states(place: NoticeHome) -> list[tuple[str, str, int, str]]:
    rows = read_deliveries(place.home.notice_ledger).sort("happened_at", maintain_order=True)
    return rows.select("notice_id", "channel", "attempt", "delivery_state").rows()


def standing(place: NoticeHome, now: str) -> dict[str, str]:
    items = plan_notices(place.home, load_centre(place.home), at(now))
    return {item.notice_id: item.standing for item in items}


def test_everybody_is_reached_at_his_own_address_in_the_language_of_the_channel(
    place: NoticeHome, web: Posts, mail: Mails
) -> None:
    place.centre(BOTH)
    place.notice("two", "bob", "2026-03-10 09:00")
    place.at_work("bob", "2026-03-10 08:00", "2026-03-10 16:00")
    place.notice("three", "team/north", "2026-03-10 09:00", kind="noon_ranking")
    place.notice("four", "team/south", "2026-03-10 09:00", kind="noon_ranking")
    for team in ("north", "south"):
        place.at_work(f"team/{team}", "2026-03-10 08:00", "2026-03-10 16:00")
    place.publish()
    addresses = {"HOOK_URL": web.webhook, "POST_URL": mail.address, "CHAT_URL": web.chat}

    done = send(place, addresses, Hands("2026-03-10 09:00"))

    assert {one.channel: one.sent for one in done.channels} == {"hook": 2, "post": 2, "chat": 1}
    assert sorted(mail.recipients) == [["ann@example.org"], ["robert@example.org"]]
    by_subject = {str(message["subject"]): message.get_content() for message in mail.messages}
    assert by_subject["标题 one"].split() == ["正文", "one", "https://scores.example.org/bulletin/", "notice", "one"]
    assert sorted(path for path in web.paths if SECRET in path) == [f"/{SECRET}/ann", f"/{SECRET}/bob"]
    assert sorted(text.splitlines()[-1] for text in bodies_of(web)) == ["notice one", "notice three", "notice two"]
    assert standing(place, "2026-03-10 09:00")["four"] == "no_channel"


def test_nt_4_three_runs_and_a_channel_that_is_down_twice_make_one_message(place: NoticeHome, web: Posts) -> None:
    clock = Hands("2026-03-10 09:00")
    web.is_down = True
    for _ in range(2):
        send(place, {"HOOK_URL": web.webhook}, clock)
        clock.move(25)
    web.is_down = False
    for _ in range(3):
        send(place, {"HOOK_URL": web.webhook}, clock)

    assert len(web.bodies) == 1
    assert states(place) == [
        ("one", "hook", 1, "trying"), ("one", "hook", 1, "failed"),
        ("one", "hook", 2, "trying"), ("one", "hook", 2, "failed"),
        ("one", "hook", 3, "trying"), ("one", "hook", 3, "sent"),
    ]  # fmt: skip


def test_a_channel_that_stays_down_is_tried_six_times_over_six_hours_then_given_up(
    place: NoticeHome, web: Posts
) -> None:
    clock = Hands("2026-03-10 09:00")
    web.is_down = True
    tried = []
    for _ in range(8 * 12):
        if send(place, {"HOOK_URL": web.webhook}, clock).channels[0].failed:
            tried.append((clock.now - at("2026-03-10 09:00")).total_seconds() / 60)
        clock.move(5)
        if clock.now >= at("2026-03-10 15:55"):
            break
    assert tried == [0, 5, 20, 60, 180]
    assert states(place)[-3:] == [("one", "hook", 6, state) for state in ("trying", "failed", "given_up")]
    assert standing(place, "2026-03-10 15:55") == {"one": "given_up"}


def test_a_sender_cut_off_before_it_noted_the_giving_up_tries_no_seventh_time(
    place: NoticeHome, web: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hands("2026-03-10 09:00")
    web.is_down = True
    for minutes in (5, 15, 40, 120, 180):
        send(place, {"HOOK_URL": web.webhook}, clock)
        clock.move(minutes)
    note = _Queue._note

    def cut_off(self: _Queue, item: Item, attempt: int, state: DeliveryState) -> None:
        if state == "given_up":
            raise KeyboardInterrupt
        note(self, item, attempt, state)

    monkeypatch.setattr(_Queue, "_note", cut_off)
    with pytest.raises(KeyboardInterrupt):
        send(place, {"HOOK_URL": web.webhook}, clock)
    monkeypatch.undo()
    assert states(place)[-1] == ("one", "hook", 6, "failed")

    send(place, {"HOOK_URL": web.webhook}, clock)
    assert states(place)[-1] == ("one", "hook", 6, "given_up")


def test_a_service_that_stumbles_is_a_channel_that_fails(
    place: NoticeHome, web: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> bool:
        raise TypeError(web.webhook)

    monkeypatch.setattr(Apprise, "notify", stumble)
    assert send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00")).channels[0].failed == 1


def test_a_channel_that_fails_holds_up_no_other_and_rests_after_three_failures(
    place: NoticeHome, web: Posts, mail: Mails
) -> None:
    place.centre(BOTH)
    for number in range(5):
        place.notice(f"more-{number}", "ann", "2026-03-10 09:00")
    place.publish()
    web.is_down = True
    addresses = {"HOOK_URL": web.webhook, "POST_URL": mail.address, "CHAT_URL": web.chat}

    done = {one.channel: one for one in send(place, addresses, Hands("2026-03-10 09:00")).channels}

    assert (done["hook"].failed, done["hook"].left) == (3, 3)
    assert done["post"].sent == 6


def test_one_that_is_refused_again_and_again_holds_up_no_other_of_its_channel(place: NoticeHome, web: Posts) -> None:
    clock = Hands("2026-03-10 09:00")
    web.is_down = True
    send(place, {"HOOK_URL": web.webhook}, clock)
    web.is_down = False
    place.notice("fresh", "ann", "2026-03-10 09:10")
    place.publish()
    clock.move(30)
    send(place, {"HOOK_URL": web.webhook}, clock)

    assert [text.splitlines()[-1] for text in bodies_of(web)] == ["notice fresh", "notice one"]


def test_a_pass_that_comes_late_waits_for_the_next_shift(place: NoticeHome, web: Posts) -> None:
    place.at_work("ann", "2026-03-11 08:00", "2026-03-11 16:00")
    place.publish()
    send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 16:00"))
    assert web.bodies == []
    (item,) = plan_notices(place.home, load_centre(place.home), at("2026-03-10 16:00"))
    assert (item.standing, item.at) == ("waits", at("2026-03-11 08:00"))

    send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-11 08:00"))
    assert len(web.bodies) == 1


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"superseded_at": at("2026-03-10 10:00")}, "superseded"),
        ({"expires_at": at("2026-03-10 10:00")}, "expired"),
        ({"state": "settled"}, "settled"),
        ({"state": "no_shift", "earliest_at": None}, "no_shift"),
        ({"earliest_at": at("2026-03-10 11:00")}, "waits"),
        ({"due_at": at("2026-03-08 23:59")}, None),
    ],
)
def test_what_is_not_to_be_sent_is_not(
    tmp_path: Path, web: Posts, told: dict[str, object], expected: str | None
) -> None:
    place = home_at(tmp_path)
    place.centre(HOOK)
    place.notice("one", "ann", "2026-03-10 09:00", **told)
    place.at_work("ann", "2026-03-10 08:00", "2026-03-10 16:00")
    place.publish()

    assert standing(place, "2026-03-10 10:00").get("one") == expected
    send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 10:00"))
    assert web.bodies == []


def test_names_that_the_centre_takes_back_do_not_reach_a_group_before_the_next_run(
    place: NoticeHome, web: Posts
) -> None:
    place.notice("named", "team/north", "2026-03-10 09:00", kind="noon_ranking", names_people=True)
    place.at_work("team/north", "2026-03-10 08:00", "2026-03-10 16:00")
    place.publish()
    group = HOOK.replace("kind: agent", "kind: team")
    place.centre(group)
    assert standing(place, "2026-03-10 10:00")["named"] == "other_settings"
    place.centre(f"  names_in_groups: true\n{group}")
    assert standing(place, "2026-03-10 10:00")["named"] == "due"


SENDER = """\
import os
from datetime import datetime
from orchestration.centre import load_centre
from orchestration.home.paths import Home
from orchestration.notify.send import send_notices
home = Home.from_env()
send_notices(home, load_centre(home), os.environ, lambda: datetime.fromisoformat("2026-03-10T09:00:00+00:00"))
"""


def kill_while_sending(place: NoticeHome, web: Posts) -> None:
    """Start a sender, wait until the server has its message, and kill it before it hears an answer."""
    web.is_held = True
    web.got_one.clear()
    environment = os.environ | {"SCOREHOUSE_HOME": str(place.home.root), "HOOK_URL": web.webhook}
    environment["PYTHONPATH"] = str(CHECKOUT)
    sender = subprocess.Popen([sys.executable, "-c", SENDER], env=environment)
    try:
        assert web.got_one.wait(60), "the sender has sent nothing"
    finally:
        sender.send_signal(signal.SIGKILL)
        sender.wait()
    web.is_held = False


def test_a_sender_killed_between_trying_and_sent_makes_one_twin_with_the_same_id(place: NoticeHome, web: Posts) -> None:
    kill_while_sending(place, web)
    assert states(place) == [("one", "hook", 1, "trying")]

    clock = Hands("2026-03-10 09:01")
    for _ in range(3):
        send(place, {"HOOK_URL": web.webhook}, clock)
        clock.move(10)

    assert [text.splitlines()[-1] for text in bodies_of(web)] == ["notice one", "notice one"]
    assert states(place)[1:] == [("one", "hook", 2, "trying"), ("one", "hook", 2, "sent")]


def test_a_sender_killed_twice_gives_up_instead_of_a_third_message(place: NoticeHome, web: Posts) -> None:
    for _ in range(2):
        kill_while_sending(place, web)
    done = send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:30"))

    assert len(web.bodies) == 2
    assert done.channels[0].given_up == 1
    assert states(place)[-1] == ("one", "hook", 2, "given_up")


def test_a_disk_that_takes_no_row_lets_no_message_go(
    place: NoticeHome, web: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(step: str, path: Path) -> None:
        if "notices" in path.parts and step == "rename":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(steps, "before", full)
    with pytest.raises(OSError, match="No space left"):
        send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00"))
    assert web.bodies == []


def test_a_ledger_that_cannot_be_read_stops_every_message(place: NoticeHome, web: Posts) -> None:
    send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00"))
    for path in place.home.notice_ledger.glob("2*.parquet"):
        path.write_bytes(b"PAR1")

    with pytest.raises(NoticeLedgerError, match=r"Nothing is sent. Remedy: put ledger/notices back from a backup"):
        send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00"))
    assert len(web.bodies) == 1


def test_days_that_are_over_become_one_file_and_lose_no_row(place: NoticeHome, web: Posts) -> None:
    send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00"))
    folder, before = place.home.notice_ledger, states(place)
    (loose,) = folder.glob("2*.parquet")
    kept = loose.read_bytes()

    fold(folder, at("2100-01-01 00:00"))
    (whole,) = folder.glob("2*.parquet")
    assert (whole.name, states(place)) == (f"{loose.name[:8]}.parquet", before)
    # Cut off before the loose file went, it stands in both.
    loose.write_bytes(kept)
    assert states(place) == before
    fold(folder, at("2100-01-01 00:00"))
    assert pl.read_parquet(whole).height == len(before)


def test_a_second_sender_does_nothing_while_the_first_is_at_work(place: NoticeHome, web: Posts) -> None:
    web.is_held = True
    environment = os.environ | {"SCOREHOUSE_HOME": str(place.home.root), "HOOK_URL": web.webhook}
    sender = subprocess.Popen([sys.executable, "-c", SENDER], env=environment | {"PYTHONPATH": str(CHECKOUT)})
    try:
        assert web.got_one.wait(60)
        assert send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00")).is_busy
    finally:
        sender.kill()
        sender.wait()
    assert len(web.bodies) == 1


def test_a_run_that_holds_the_home_holds_up_no_message(place: NoticeHome, web: Posts) -> None:
    began = time.monotonic()
    with home_lock(place.home):
        send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00"))
    assert len(web.bodies) == 1
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (None, r"channels: hook: the variable HOOK_URL is not set. Remedy: put the channel's address into it"),
        (f"mailto://me:{SECRET}@example.org", r"HOOK_URL is no address of webhook. Remedy: .* json:// or jsons://"),
    ],
)
def test_a_channel_without_a_usable_address_is_told_and_its_address_is_not(
    place: NoticeHome, address: str | None, message: str
) -> None:
    done = send(place, {"HOOK_URL": address} if address else {}, Hands("2026-03-10 09:00"))

    (fault,) = done.faults
    assert re.search(message, fault)
    assert SECRET not in fault
    assert states(place) == []


def test_no_address_is_in_a_file_of_the_home_or_on_the_terminal(
    place: NoticeHome, web: Posts, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    web.is_down = True
    with caplog.at_level(1):
        send(place, {"HOOK_URL": web.webhook}, Hands("2026-03-10 09:00"))

    out = capfd.readouterr()
    assert SECRET not in out.out + out.err + caplog.text
    assert [
        path for path in place.home.root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()
    ] == []
