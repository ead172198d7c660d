"""A slow API holds up its own source, and nobody else: runs go on beside it, and what lands, lands once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.fetch import http_client
from orchestration.fetch.pull import pull_source, pull_sources, pulled_sources
from orchestration.fetch.told import sentences
from orchestration.home.lock import HomeLockedError, home_lock, pulls_held
from orchestration.home.paths import CHECKOUT
from tests.support.desk_api import DeskApi, DeskHandler, desk_api
from tests.support.land_home import LandHome
from tests.support.pulled import landed, records
from tests.test_fetch_http import PAGED, SOURCE, TOKEN, tickets

pytestmark = pytest.mark.server

PROGRAM = (
    "import sys; from pathlib import Path; from orchestration.fetch import stream\n"
    "from orchestration.fetch.pull import pull_source, pulled_sources\n"
    "from tests.support.land_home import LandHome\n"
    "stream.FILE_ROWS = 2\n"
    "folder = Path(sys.argv[1]); home = LandHome(folder, (folder / 'sources.yaml').read_text())\n"
    "assert pull_source(home.home, home.centre, pulled_sources(home.centre)[0]).failed == []"
)


class SlowDesk:
    """A home, and an API that answers its third page when it may."""

    def __init__(self, api: DeskApi, folder: Path) -> None:
        self.api = api
        self.is_asked, self.may_answer = threading.Event(), threading.Event()
        sources = SOURCE.format(url=api.url, auth="{bearer: {variable: DESK_TOKEN}}", resource=f"{{{PAGED}}}")
        (folder / "sources.yaml").write_text(sources)
        self.folder, self.home = folder, LandHome(folder, sources)
        api.tickets, api.wrong = tickets(1, 2, 3, 4, 5), self.hold

    def hold(self, _: DeskHandler, number: int) -> bool:
        if number == 3:
            self.is_asked.set()
            self.may_answer.wait(300)
        return False

    def begin(self) -> subprocess.Popen[bytes]:
        pulling = subprocess.Popen([sys.executable, "-c", PROGRAM, str(self.folder)], cwd=CHECKOUT, env=os.environ)
        assert self.is_asked.wait(300)
        return pulling

    def ids(self) -> list[int]:
        return [record["id"] for record in records(self.home.home)]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDesk]:
    monkeypatch.setenv("DESK_TOKEN", TOKEN)
    monkeypatch.setattr(http_client, "BACKOFF_SECONDS", 0.01)
    with desk_api() as api:
        slow = SlowDesk(api, tmp_path)
        yield slow
        slow.may_answer.set()


def test_a_run_goes_on_beside_a_slow_pull_and_takes_what_had_landed(
    desk: SlowDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulling = desk.begin()
    monkeypatch.setenv("SCOREHOUSE_LOCK_TIMEOUT", "0.1")
    with home_lock(desk.home.home):
        assert desk.ids() == [1, 2, 3, 4]
    taken = desk.home.take_all()
    assert sum(record.records_accepted for record in taken.values()) == 4
    # Another pull of the same source would do its work twice.
    with pytest.raises(HomeLockedError, match="another pull of desk"):
        pull_source(desk.home.home, desk.home.centre, pulled_sources(desk.home.centre)[0])
    (told,) = pull_sources(desk.home.home, desk.home.centre, pulled_sources(desk.home.centre), waits=False)
    assert told.failed == []
    assert "another pull of it is going on" in next(sentences(told, only_new=True))
    # Who erases customers waits, as what was read before would land after.
    with pytest.raises(HomeLockedError), pulls_held(desk.home.home, ["desk"]):
        pass
    desk.may_answer.set()
    assert pulling.wait(300) == 0
    monkeypatch.delenv("SCOREHOUSE_LOCK_TIMEOUT")
    desk.home.take_all()
    assert desk.ids() == [1, 2, 3, 4, 5]
    assert sorted(desk.home.column("contacts", "contact_id")) == ["1", "2", "3", "4", "5"]


def test_a_slow_pull_that_is_killed_leaves_its_source_free_and_nothing_lost_or_doubled(desk: SlowDesk) -> None:
    pulling = desk.begin()
    pulling.send_signal(signal.SIGKILL)
    pulling.wait()
    assert desk.ids() == [1, 2, 3, 4]
    desk.may_answer.set()
    assert pull_source(desk.home.home, desk.home.centre, pulled_sources(desk.home.centre)[0]).failed == []
    desk.home.take_all()
    # Its page had not all been read, so that those of two files come again: as one record each.
    assert sorted(set(desk.ids())) == [1, 2, 3, 4, 5]
    assert sorted(set(desk.home.column("contacts", "contact_id"))) == ["1", "2", "3", "4", "5"]
    hidden = list((desk.home.home.landing / "desk").glob("*/.*"))
    assert hidden == []
    assert len(landed(desk.home.home)) == len(set(landed(desk.home.home)))
