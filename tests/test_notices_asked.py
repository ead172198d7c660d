"""What a person, or Dagster, asks of notices: a dry run says what, to whom, when and why; a pass tells its counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster import DagsterInstance, RunRequest, SkipReason, build_schedule_context
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.home.paths import HOME_VARIABLE
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.notice_servers import SECRET, NoticeHome, Posts, home_at, posts
from tests.support.people_cases import at

pytestmark = pytest.mark.server

CHANNELS = """\
  outside_shifts: true
  channels: [{name: hook, kind: webhook, address_from: HOOK_URL}]
  recipients: [{channel: hook, kind: agent}]
"""


@pytest.fixture
def web() -> Iterator[Posts]:
    with posts() as kept:
        yield kept


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NoticeHome:
    """Ann's notice is due on 10 March at 9, Bob's is settled, the one of a team has no channel."""
    made = home_at(tmp_path / "home")
    monkeypatch.setenv(HOME_VARIABLE, str(made.home.root))
    made.centre(CHANNELS)
    made.notice("one", "ann", "2026-03-10 09:00", title_en="Read [bold]this[/]")
    made.notice("two", "bob", "2026-03-10 09:00", state="settled")
    made.notice("three", "team/north", "2026-03-10 09:00", kind="noon_ranking")
    made.publish()
    return made


def ask(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["notify", *words])
    return done.exit_code, done.output


def test_a_dry_run_says_what_would_go_to_whom_when_and_why_and_sends_nothing(place: NoticeHome) -> None:
    code, told = ask("--dry-run", "--at", "2026-03-10T09:05:00Z")
    assert (code, told.splitlines()) == (
        0,
        [
            "2026-03-10 09:05 agent ann by hook: document_due, goes now, due since 2026-03-10 09:00",
            "    Read [bold]this[/]",
            "    Text of one",
            "    https://scores.example.org/bulletin/",
            "1 to go as of 2026-03-10 09:05.",
            "1 no_channel: nobody says by which channel.",
            "1 settled: what it asks for was done.",
        ],
    )
    assert not place.home.notice_ledger.exists()


def test_a_dry_run_of_an_earlier_instant_says_when_it_will_go(place: NoticeHome) -> None:
    _, told = ask("--dry-run", "--at", "2026-03-10T08:00:00Z")
    assert told.startswith("2026-03-10 09:00 agent ann by hook: document_due, waits for its time")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--at", "2026-03-10T08:00:00Z"), "--at goes with --dry-run"),
        (("--dry-run", "--at", "noon"), "is no instant, write"),
        (("--dry-run", "--at", "2026-03-10T08:00:00"), "has no offset"),
    ],
)
def test_a_wrong_question_is_answered_with_the_right_one(
    place: NoticeHome, words: tuple[str, ...], message: str
) -> None:
    code, told = ask(*words)
    assert code == 2
    assert message in " ".join(told.replace("│", " ").split())


def test_a_pass_tells_how_many_went_and_a_missing_address(
    place: NoticeHome, web: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = ask()
    assert code == 1
    assert "the variable HOOK_URL is not set. Remedy:" in told
    monkeypatch.setenv("HOOK_URL", web.webhook)
    assert ask() == (0, "hook: 1 sent\n")
    assert ask() == (0, "hook: nothing due\n")
    assert len(web.bodies) == 1


def test_without_a_published_file_the_next_step_is_told(place: NoticeHome) -> None:
    place.home.published_file.unlink()
    done = CliRunner().invoke(app, ["notify", "--dry-run"])
    assert "nothing was published yet. Remedy: run `scorehouse run`" in str(done.exception)


def test_dagster_sends_by_its_own_job_and_keeps_counts_and_no_name(
    place: NoticeHome, web: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_manifest()
    from orchestration.definitions import definitions_of

    monkeypatch.setenv("HOOK_URL", web.webhook)
    definitions = definitions_of(place.home)
    place.home.dagster_home.mkdir(parents=True)
    with DagsterInstance.local_temp(str(place.home.dagster_home)) as instance:
        result = definitions.resolve_job_def("send_notices").execute_in_process(instance=instance)
    (event,) = result.get_asset_materialization_events()
    metadata = {name: value.value for name, value in event.materialization.metadata.items() if name != "channels"}
    assert metadata == {"sent": 1, "failed": 0, "given_up": 0, "left": 0, "channels without an address": 0}
    told = json.dumps([str(one) for one in result.all_events])
    assert [word for word in ("ann", "Text of", SECRET) if f"{word}'" in told or f"/{word}" in told] == []
    assert len(web.bodies) == 1


@pytest.mark.parametrize("job", ["whole_way", "without_pages", "dates_anew", "dates_anew_without_pages", "pages_only"])
def test_no_run_of_the_warehouse_sends_anything(place: NoticeHome, job: str) -> None:
    ensure_manifest()
    from orchestration.definitions import definitions_of

    steps = definitions_of(place.home).resolve_job_def(job).graph.node_dict
    assert "notices" not in steps


def test_the_schedule_asks_only_where_there_are_channels_and_something_is_due(place: NoticeHome) -> None:
    ensure_manifest()
    from orchestration.defs.schedules import every_five_minutes

    def asked() -> object:
        return every_five_minutes(build_schedule_context())

    assert every_five_minutes.default_status.value == "STOPPED"
    assert isinstance(asked(), RunRequest)
    place.rows = [row for row in place.rows if row[0] != "one"]
    place.notice("later", "ann", "2026-03-10 09:00", earliest_at=at("2999-01-01 00:00"))
    place.publish()
    assert asked() == SkipReason("Nothing is due.")
    place.centre("")
    assert asked() == SkipReason("Nothing is sent: centre.yaml has no notices.channels.")
