"""What a column holds, told by its texts, and which column of an export is which."""

from __future__ import annotations

import polars as pl
import pytest

from orchestration.look.holds import column_of
from orchestration.look.meaning import MEANINGS, meanings_of
from orchestration.sources.files.numbers import NumberForm


@pytest.mark.parametrize(
    ("texts", "holding", "form"),
    [
        (["2026-01-05 10:00:00", "2026-01-05T10:00:00+08:00"], "instant", None),
        (["05.01.2026 10:00", "25.01.2026 10:30"], "instant", "%d.%m.%Y %H:%M"),
        (["1/25/2026 3:05:00 PM", "1/5/2026 3:06:00 AM"], "instant", "%m/%d/%Y %I:%M:%S %p"),
        (["2026年1月5日 10:00", "2026年1月6日 9:00"], "instant", "%Y年%m月%d日 %H:%M"),
        (["2026-01-05", "2026-01-06"], "day", None),
        (["05.01.2026", "31.01.2026"], "day", "%d.%m.%Y"),
        (["00:01:07", "1:02:03"], "duration", "HH:MM:SS"),
        (["1m 02s", "2h"], "duration", "1h 02m 03s"),
        (["12", "7"], "whole number", None),
        (["true", "FALSE"], "flag", None),
        (["--", "--"], "nothing", None),
    ],
)
def test_a_column_holds_what_all_of_its_texts_are(texts: list[str], holding: str, form: str | None) -> None:
    told = column_of("value", pl.Series(texts))
    assert (told.holding, told.form) == (holding, form)


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["1,5", "2,25"], NumberForm(decimal=",")),
        (["1.234,5", "2,25"], NumberForm(decimal=",", thousands=".")),
        (["1,234.5", "2.25"], NumberForm(thousands=",")),
    ],
)
def test_numbers_are_told_with_their_signs(texts: list[str], form: NumberForm) -> None:
    assert column_of("value", pl.Series(texts)).number == form


def test_numbers_are_times_only_where_the_name_says_so() -> None:
    seconds = pl.Series(["1767600000", "1767600060"])
    assert column_of("created_at", seconds).form == "epoch_seconds"
    assert column_of("phone", seconds).holding == "whole number"
    assert column_of("start time", pl.Series(["46027.5", "46027.75"])).form == "excel_serial"


def test_a_day_that_could_be_a_month_is_told_both_ways() -> None:
    either = column_of("Start", pl.Series(["05/06/2026 10:00:00", "07/08/2026 10:00:00"]))
    assert {either.form, either.other_form} == {"%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"}
    told = column_of("Start", pl.Series(["05/06/2026 10:00:00", "25/08/2026 10:00:00"]))
    assert (told.form, told.other_form) == ("%d/%m/%Y %H:%M:%S", None)


def test_digits_with_zeros_in_front_are_a_name_and_no_number() -> None:
    assert column_of("extension", pl.Series(["00101", "00102"])).holding != "whole number"


def test_what_stands_for_nothing_is_told_apart_from_what_is_there() -> None:
    told = column_of("Answered", pl.Series(["2026-01-05 10:00:00", "--", "N/A", None]))
    assert (told.holding, told.nothing, told.filled, told.different) == ("instant", ("--", "N/A"), 0.25, 1)


def test_records_that_are_of_another_form_are_counted() -> None:
    texts = ["2026-01-05 10:00:00"] * 39 + ["yesterday"]
    told = column_of("Start", pl.Series(texts))
    assert (told.holding, told.unread) == ("instant", 1)


@pytest.mark.parametrize(
    ("names", "meaning", "name"),
    [
        (["Call ID", "Caller ID", "Start Time"], "contact_id", "Call ID"),
        (["Call ID", "Caller ID", "Start Time"], "customer_id", "Caller ID"),
        (["conversation.id", "agent.id", "id"], "agent_id", "agent.id"),
        (["会话ID", "客服工号", "客户手机"], "agent_id", "客服工号"),
        (["会话ID", "客服工号", "客户手机"], "customer_id", "客户手机"),
        (["linkedid", "uniqueid", "src"], "contact_id", "linkedid"),
        (["ticketId", "assigneeId", "requesterId"], "customer_id", "requesterId"),
    ],
)
def test_a_name_says_what_a_column_means(names: list[str], meaning: str, name: str) -> None:
    columns = [column_of(one, pl.Series([f"{at}a", f"{at}b"])) for at, one in enumerate(names)]
    assert meanings_of(columns, {one.name for one in MEANINGS})[meaning].name == name


def test_a_column_means_no_time_that_holds_none() -> None:
    columns = [
        column_of("start", pl.Series(["north", "south"])),
        column_of("begin", pl.Series(["2026-01-05 10:00:00"])),
    ]
    assert meanings_of(columns, {"started_at"})["started_at"].name == "begin"
