"""Presets: what a source with one is, what a centre may say otherwise, and that each file of a system is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.centre import Centre, CentreError, load_centre, parse_centre
from orchestration.home.paths import CHECKOUT, Home
from orchestration.look.attempt import try_file
from orchestration.sources.files.mapping import FileRule
from orchestration.sources.files.settings import FilesSource
from orchestration.sources.presets.shipped import preset_named, preset_names
from tests.support.looked import drafted, typed
from tests.support.preset_home import FIXTURES

README = CHECKOUT / "orchestration" / "sources" / "presets" / "README.md"
FILES = sorted(path for path in FIXTURES.glob("*/*"))
NAMELESS = [path for path in FILES if path.name in ("Master.csv", "cdr.log") or path.parent.name == "easemob"]
"""Files whose columns have no names, or names that are not the system's own, by which nothing can be known."""


def centre(source: dict[str, Any]) -> Centre:
    said = {"name": "Centre", "time_zone": "Europe/Berlin", "sources": [{"name": "desk"} | source]}
    return parse_centre(json.dumps(said), "centre.yaml")


def rule(source: dict[str, Any], files: str) -> FileRule:
    (only,) = centre(source).sources
    assert isinstance(only, FilesSource)
    return next(rule for rule in only.mapping.root if rule.files == files)


def override(**rules: Any) -> dict[str, Any]:
    return {"preset": "chatwoot", "override": rules}


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_alone_is_a_source_whose_columns_its_rules_are_known_by(name: str) -> None:
    (source,) = centre({"preset": name}).sources
    assert source.kind == "files"
    assert f"## {name}\n" in README.read_text(encoding="utf-8")
    for one in preset_named(name).rules.values():
        assert len(set(one.known_by)) == len(one.known_by) != 1


def test_the_readme_speaks_of_no_other_system() -> None:
    headings = [line[3:] for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert sorted(headings) == list(preset_names())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_look_knows_a_file_of_a_system_and_its_draft_takes_every_record(path: Path) -> None:
    from orchestration.look.draft import draft_of
    from orchestration.look.sample import look_at
    from orchestration.look.totals import columns_of

    looked = look_at(path)
    draft = draft_of(looked, columns_of(looked))
    if path in NAMELESS:
        assert draft.source is None or "preset" not in draft.source
    else:
        assert yaml.safe_load(draft.text) == [{"name": path.parent.name, "preset": path.parent.name}]
    (result,) = try_file(centre({"preset": path.parent.name}), centre({"preset": path.parent.name}).sources[0], path)
    assert (result.quarantined, result.problem, result.records > 0) == (0, None, True)


def test_a_file_of_another_name_and_form_is_known_and_told_by_an_override(tmp_path: Path) -> None:
    text = (FIXTURES / "chatwoot" / "conversations.csv").read_text(encoding="utf-8").replace(",", ";")
    path, draft = drafted(tmp_path, "export_2026-01-07.csv", text)
    assert yaml.safe_load(draft.text) == [
        {
            "name": "chatwoot",
            "preset": "chatwoot",
            "override": {"conversations": {"files": "export_*.csv", "delimiter": ";"}},
        }
    ]
    source = centre(yaml.safe_load(draft.text)[0])
    assert try_file(source, source.sources[0], path)[0].rows["contacts"] == 7


def test_what_the_source_says_goes_before_the_preset_and_topics_are_added() -> None:
    (source,) = centre(
        {"preset": "chatwoot", "channel": "app", "recorded": ["staff"], "not_recorded": ["system_messages"]}
    ).sources
    assert (source.channel, source.time_zone) == ("app", "UTC")
    assert source.recorded_topics() == {"messages", "customer_ids", "ratings", "staff"}


def test_a_column_is_replaced_as_a_whole_and_one_that_was_empty_is_filled() -> None:
    columns = {"topic": "cached_label_list", "customer_id": {"column": "identifier"}, "queue_id": None}
    changed = rule(override(conversations={"feeds": {"contacts": columns}, "files": "c*"}), "c*")
    before = rule({"preset": "chatwoot"}, "conversations*")
    ((one,), (other,)) = changed.feeds["contacts"], before.feeds["contacts"]
    assert one.columns.keys() == other.columns.keys() - {"queue_id"} | {"topic"}
    assert [getattr(one.columns[name], "prefix", "") for name in ("topic", "customer_id")] == [None, None]
    assert one.columns["started_at"] == other.columns["started_at"]


def test_a_condition_a_feed_and_a_rule_may_be_another_or_none() -> None:
    said = override(
        messages={"feeds": {"messages": {"where": {"message_type": 0}, "columns": {}}, "ratings": None}},
        csat_survey_responses=None,
    )
    changed = rule(said, "messages*")
    assert changed.feeds.keys() == {"messages"}
    assert changed.feeds["messages"][0].where == {"message_type": ("0",)}
    assert "ratings" not in centre(said).sources[0].recorded_topics()


def test_rows_of_a_feed_are_changed_and_left_out_by_their_names() -> None:
    rows: dict[str, Any] = {"held": None, "hung_up": None, "queued": {"queue_id": "Queue.ARN"}}
    rows["ended"] = {"where": {"Channel": "CHAT"}}
    feeds = {"contact_records": {"feeds": {"contact_events": rows}}}
    changed = rule({"preset": "amazon_connect", "override": feeds}, "*").feeds["contact_events"]
    before = rule({"preset": "amazon_connect"}, "*").feeds["contact_events"]
    assert len(changed) == len(before) - 2
    assert [getattr(one.columns.get("queue_id"), "column", None) for one in changed[:3]] == [
        "Queue.ARN",
        None,
        "Queue.Name",
    ]
    assert [one.where for one in changed if one.where == {"Channel": ("CHAT",)}] != []


def test_rules_of_the_centre_come_before_those_of_the_preset() -> None:
    own = {
        "files": "messages_old*",
        "feeds": {"queues": {"queue_id": "a", "name": "b", "kind": "c", "valid_from": "d"}},
    }
    (source,) = centre({"preset": "chatwoot", "mapping": own}).sources
    assert isinstance(source, FilesSource)
    found = source.mapping.rule_for("messages_old.csv")
    assert found is not None
    assert list(found.feeds) == ["queues"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"preset": "nonesuch"}, "`preset` 'nonesuch' is none; there are .*chatwoot"),
        (override(chats={}), "`override` names no rule chats; there are conversations, messages"),
        (override(messages={"fils": "x"}), "`override.messages` names no setting fils; there are .*files, .*feeds"),
        (override(messages={"feeds": {"mesages": {}}}), "names no feed mesages; there are .*messages"),
        (
            override(messages={"feeds": {"messages": {"sendr": "x"}}}),
            "`override.messages.feeds.messages` names no column sendr; there are message_id, contact_id",
        ),
        (
            {
                "preset": "amazon_connect",
                "override": {"contact_records": {"feeds": {"contact_events": {"helt": None}}}},
            },
            "`override.contact_records.feeds.contact_events` names no row helt; there are queued, .*held",
        ),
        (override(messages="messages*.csv"), "`override.messages` names a setting of the preset and says what it is"),
        (override(messages={"feeds": {"messages": {"sent_at": None}}}), "feed messages needs sent_at"),
        ({"kind": "files", "override": {}, "mapping": []}, "override: unknown key"),
    ],
)
def test_an_override_that_names_nothing_known_is_refused_with_what_there_is(said: dict[str, Any], told: str) -> None:
    with pytest.raises(CentreError, match=told):
        centre(said)


def test_init_begins_with_a_preset_and_asks_for_no_other_system(tmp_path: Path) -> None:
    told = ["init", "--home", str(tmp_path), "--name", "A", "--zone", "UTC", "--language", "en", "--preset", "chatwoot"]
    code, said = typed(*told)
    assert (code, "--source chatwoot" in said) == (0, True)
    assert [source.recorded_topics() for source in load_centre(Home(tmp_path)).sources] == [
        {"messages", "customer_ids", "ratings", "system_messages"}
    ]
    assert (tmp_path / "landing" / "chatwoot").is_dir()
