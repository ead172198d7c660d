"""The contract says of itself what it asks for, and its page says the same."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandera.polars as pa
import polars as pl
import pytest

from orchestration.door.customer_key import CustomerKey
from orchestration.door.reasons import reason_for
from orchestration.door.values import ValidationDepthError, assert_validation_depth, full_validation
from orchestration.landing.parts import ORIGIN_SCHEMA, part_schema
from schemas import FEEDS, document, for_dbt
from schemas.contract import ROW_CHECKS, Feed, required_headers
from tests.support.raw_columns import FEED_COLUMNS, META_COLUMNS

ALL_FEEDS = pytest.mark.parametrize("feed", FEEDS.values(), ids=list(FEEDS))


@ALL_FEEDS
def test_every_column_says_what_it_means_and_numbers_have_a_unit(feed: Feed) -> None:
    for name, column in feed.model.to_schema().columns.items():
        assert column.description, name
        assert column.description.endswith("."), name
        if str(column.dtype.type).startswith(("Int", "Decimal", "Date")):
            assert column.metadata is not None
            assert column.metadata["unit"], name


@ALL_FEEDS
def test_key_and_time_are_columns_that_are_never_empty(feed: Feed) -> None:
    columns = feed.model.to_schema().columns
    assert {*feed.key, *feed.key_without_id, *dict(feed.empty_in_key), *feed.dated_by} <= set(columns)
    assert dict(feed.empty_in_key).keys() <= set(feed.key)
    # Only what may be empty needs another name.
    assert all(columns[name].nullable for name, _ in feed.empty_in_key)
    assert not feed.key_without_id or columns[feed.key[0]].nullable
    if feed.time_column is not None:
        assert not columns[feed.time_column].nullable
        assert str(columns[feed.time_column].dtype.type).startswith("Date")
    if feed.repeats_need is not None:
        assert columns[feed.repeats_need].nullable


@ALL_FEEDS
def test_times_and_ids_have_their_suffix(feed: Feed) -> None:
    for name, column in feed.model.to_schema().columns.items():
        kind = str(column.dtype.type)
        assert kind.startswith("Datetime(") == name.endswith(
            ("_at", "announced_from", "announced_to", "acknowledge_by")
        ), name
        assert (kind == "Date") == name.endswith(
            ("_on", "valid_from", "valid_to", "baseline_from", "baseline_to", "for_month")
        ), name
        assert (kind == "Decimal(precision=18, scale=3)") == name.endswith("seconds"), name


@ALL_FEEDS
def test_parts_have_the_columns_and_types_that_the_warehouse_reads(feed: Feed) -> None:
    expected = META_COLUMNS | FEED_COLUMNS[feed.name]
    assert part_schema(feed) == expected


def test_the_origin_of_a_row_comes_first() -> None:
    assert list(part_schema(FEEDS["messages"]))[: len(ORIGIN_SCHEMA)] == list(ORIGIN_SCHEMA)


def test_the_page_of_the_contract_is_made_from_the_schemas() -> None:
    page = document.PAGE.read_text(encoding="utf-8")
    assert page == document.page(), "make it again: python -m schemas.document"
    for feed in FEEDS.values():
        assert f"\n### {feed.name}\n" in page
        for header in required_headers(feed):
            assert f"| `{header}` |" in page


def test_the_page_shows_the_mapping_that_the_product_reads() -> None:
    import yaml

    from orchestration.sources.files.mapping import Mapping

    example = document.page().split("```yaml\n")[1].split("```")[0]
    source = yaml.safe_load(example)["sources"][0]
    assert Mapping.model_validate(source["mapping"]).feed_names() == ("messages",)


def test_every_check_over_columns_has_a_field_and_a_remedy() -> None:
    told = {str(check.error) for feed in FEEDS.values() for check in feed.model.to_schema().checks}
    assert told == set(ROW_CHECKS)
    for feed in FEEDS.values():
        for check in feed.model.to_schema().checks:
            reason = reason_for(feed, feed.name, str(check.error))
            assert reason.field in feed.model.to_schema().columns
            assert reason.remedy


@ALL_FEEDS
def test_every_check_of_a_column_can_be_told_in_words(feed: Feed) -> None:
    for name, column in feed.model.to_schema().columns.items():
        for check in [*(str(check.error) for check in column.checks), "not_nullable"]:
            reason = reason_for(feed, name, check)
            assert reason.message.startswith(f"`{reason.field}` ")
            assert reason.remedy.endswith(".")


@ALL_FEEDS
def test_a_check_over_columns_is_told_by_columns_of_its_own_feed(feed: Feed) -> None:
    schema = feed.model.to_schema()
    for check in schema.checks:
        reason = reason_for(feed, feed.name, str(check.error))
        assert set(re.findall("`([^`]+)`", reason.message)) <= set(schema.columns), reason.message


def test_a_plan_of_a_team_is_told_that_teams_and_agents_are_named() -> None:
    [check] = [one for one in FEEDS["plans"].model.to_schema().checks if str(one.error).startswith("scope_id")]
    reason = reason_for(FEEDS["plans"], "plans", str(check.error))
    assert reason.message == "`scope_id` is empty although `scope_kind` is team/agent."


def test_a_lazy_frame_is_checked_to_the_last_row() -> None:
    start = datetime(2026, 1, 5, tzinfo=UTC)
    instant = pl.Datetime("us", "UTC")
    rows = {"agent_id": ["a1", "a2"], "starts_at": [start, start], "ends_at": [start, start - timedelta(seconds=1)]}
    of_shifts = {"starts_at": instant, "ends_at": instant, "kind": pl.String}
    frame = pl.LazyFrame(rows | {"kind": [None, None]}, schema_overrides=of_shifts)
    with full_validation(), pytest.raises(pa.errors.SchemaErrors) as caught:
        FEEDS["shifts"].model.validate(frame, lazy=True).collect()
    assert caught.value.failure_cases["index"].to_list() == [1]


@pytest.mark.parametrize(
    ("name", "value"), [("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY"), ("PANDERA_VALIDATION_ENABLED", "False")]
)
def test_an_environment_that_weakens_the_checks_is_refused(name: str, value: str) -> None:
    assert_validation_depth({})
    with pytest.raises(ValidationDepthError, match=name):
        assert_validation_depth({name: value})


def test_the_customer_hash_is_hmac_sha256() -> None:
    # RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
    key = CustomerKey(b"Jefe")
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert key.hash_of("what do ya want for nothing?") == expected
    assert key.hash_of(" what do ya want for nothing? ") == expected
    assert "Jefe" not in repr(key)


def test_what_dbt_knows_of_the_feeds_is_what_the_schemas_say() -> None:
    remedy = "make it anew: python -m schemas.document"
    assert for_dbt.MACRO.read_text(encoding="utf-8") == for_dbt.macro(), remedy
    assert for_dbt.SOURCES.read_text(encoding="utf-8") == for_dbt.sources(), remedy


def test_no_feed_is_left_out() -> None:
    folder = Path(document.__file__).parent
    others = {"__init__", "contract", "document", "for_dbt", "row_rules", "words", "words_made"}
    assert {path.stem for path in folder.glob("*.py")} - others == set(FEEDS)
