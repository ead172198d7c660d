"""Nothing of what was published is changed, cut or lost unseen; a publication that was cut off leaves no trace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.home import durable
from orchestration.warehouse.history.store import HistoryError, HistoryStore
from orchestration.warehouse.publish import publish
from tests.support.publishing_home import RATINGS, PublishingHome, march_home

LATE = {"desk/2026-04-22/ratings.csv": RATINGS + "r2,two,2026-03-30T10:06:00Z,,2026-04-02T10:06:00Z,1\n"}
TOLD = (
    "select publication, old_value, new_value from scorecard.fct_restatement "
    "where period_kind = 'month' and kpi_id = 'satisfaction_score' and scope_kind = 'centre'"
)
pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> PublishingHome:
    home = march_home(tmp_path)
    home.publish(LATE)
    return home


def test_the_same_build_has_one_number_however_often_it_is_published(home: PublishingHome) -> None:
    restated = home.ask("select count(*) from scorecard.fct_restatement")
    assert publish(home.home).number == 2
    assert home.ask("select publication from scorecard.fct_publication order by 1") == [(1,), (2,)]
    assert home.ask("select count(*) from scorecard.fct_restatement") == restated != [(0,)]


def test_history_outlives_all_that_is_built(home: PublishingHome) -> None:
    for folder in (home.home.state / "slice", home.home.state / "made_of", home.home.warehouse_file.parent):
        shutil.rmtree(folder)
    assert home.publish({}).number == 3
    assert home.ask("select publication, restated_count > 0 from scorecard.fct_publication order by 1") == [
        (1, False),
        (2, True),
        (3, False),
    ]


def test_a_home_may_be_moved(home: PublishingHome) -> None:
    moved = home.root.with_name("moved")
    home.root.rename(moved)
    home.root = moved
    publication = home.publish({})
    assert (publication.number, publication.restated) == (3, 0)


@pytest.mark.parametrize(
    "harm",
    [
        lambda root: shutil.rmtree(root),
        lambda root: (root / "record" / "000001.json").unlink(),
        lambda root: (root / "restatement" / "000002.parquet").unlink(),
        lambda root: (root / "restatement" / "000002.parquet").write_bytes(b"PAR1"),
        lambda root: (root / "record" / "000001.json").write_text('{"number": 1, "before": "", "files": {}}'),
        lambda root: (root / "published.json").write_text('{"number": 7}'),
    ],
    ids=["all gone", "a record gone", "rows gone", "rows cut", "a record written over", "more said than there is"],
)
def test_a_history_that_is_not_whole_stops_a_run_and_says_what_to_do(home: PublishingHome, harm: object) -> None:
    before = home.home.published_file.read_bytes()
    harm(home.home.history)  # type: ignore[operator]
    with pytest.raises(HistoryError, match=r"history/.* put history/ back from a backup"):
        home.publish({})
    assert home.home.published_file.read_bytes() == before


def test_a_person_may_go_on_without_it_and_every_file_says_so(home: PublishingHome) -> None:
    shutil.rmtree(home.home.history)
    HistoryStore(home.home).begin_anew("the disk was lost")
    assert home.publish({}).number == 1
    assert home.ask("select publication, note from scorecard.fct_publication") == [(1, "the disk was lost")]
    assert home.publish({"desk/2026-04-23/ratings.csv": RATINGS}).number == 2


def test_without_the_file_published_before_nobody_knows_what_changed(home: PublishingHome) -> None:
    home.home.published_file.unlink()
    home.publish({"desk/2026-04-23/ratings.csv": RATINGS + "r3,last,2026-04-20T09:06:00Z,,2026-04-20T09:09:00Z,1\n"})
    ((note, compared),) = home.ask("select note, compared_with from scorecard.fct_publication where publication = 3")
    assert note == "What was published before was gone: what of it changed is not known."
    assert compared is None


class Interrupted(BaseException):
    """The process is gone."""


class StepsUpTo(durable.Steps):
    """The steps by which files come; the process is gone before the one of this number."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.done = 0

    def before(self, step: str, path: Path) -> None:
        """Count the step."""
        self.done += 1
        if self.done == self.last:
            raise Interrupted


def test_a_publication_that_is_cut_off_anywhere_is_made_again_with_the_same_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = march_home(tmp_path / "one")
    whole.drop_and_build(LATE)
    for last in range(1, 100):
        home = PublishingHome(tmp_path / f"cut-{last}", whole.project)
        shutil.copytree(whole.root, home.root)
        steps = StepsUpTo(last)
        monkeypatch.setattr(durable, "steps", steps)
        try:
            publish(home.home)
        except Interrupted:
            monkeypatch.undo()
        else:
            assert last > 10, "so few steps were counted that nothing was cut off"
            return
        assert publish(home.home).number == 2
        assert home.ask(TOLD) == [(2, 100.0, 60.0)], f"cut off before step {last}"
        shutil.rmtree(home.root)
