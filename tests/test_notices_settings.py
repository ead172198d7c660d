"""`notices` of centre.yaml: what is sent to whom and when; an address with its secret is in no file and no message."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.centre import CentreError, parse_centre
from orchestration.centre.notices import NOTICE_KINDS
from orchestration.centre.tables import write_settings_tables
from orchestration.home.paths import Home

HEAD = "name: Desk\ntime_zone: UTC\nsources: []\n"
WHOLE = """\
notices:
  begin_on: 2026-04-01
  noon: '12:05'
  end: '21:30'
  kinds: [noon_ranking, end_ranking, out_of_band]
  names_in_groups: true
  site_url: https://scores.example.org/
  teams: [{team: T1, noon: '13:00'}]
  channels:
    - {name: post, kind: mail, address_from: SCOREHOUSE_NOTICE_MAIL, language: zh}
    - {name: group, kind: wecom, address_from: SCOREHOUSE_NOTICE_GROUP}
  recipients:
    - {channel: post, kind: agent}
    - {channel: post, kind: agent, id: A1, address: li@example.org}
    - {channel: group, kind: team, id: T1}
"""


def test_without_notices_nothing_begins_and_nothing_is_sent() -> None:
    notices = parse_centre(HEAD, "centre.yaml").notices

    assert (notices.begin_on, notices.channels, list(notices.times())) == (None, (), [])
    assert (notices.kinds, notices.names_in_groups, notices.outside_shifts) == (NOTICE_KINDS, False, False)


def test_dbt_gets_begin_kinds_and_times_but_no_address_and_no_recipient(tmp_path: Path) -> None:
    write_settings_tables(Home(tmp_path), parse_centre(HEAD + WHOLE, "centre.yaml"), None)

    def rows(table: str) -> list[tuple[object, ...]]:
        with duckdb.connect() as connection:
            files = f"read_parquet('{tmp_path}/raw/{table}/*/*.parquet', hive_partitioning=false)"
            return connection.sql(f"from {files} order by all").fetchall()

    assert rows("notice_settings") == [(date(2026, 4, 1), True, False, 24, "https://scores.example.org")]
    assert rows("notice_kinds") == [("end_ranking",), ("noon_ranking",), ("out_of_band",)]
    assert rows("notice_times") == [("T1", "noon", "13:00"), (None, "end", "21:30"), (None, "noon", "12:05")]
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*.parquet"))
    assert b"li@example.org" not in written
    assert b"SCOREHOUSE_NOTICE" not in written


CHANNEL = "{name: post, kind: mail, address_from: SCOREHOUSE_NOTICE_MAIL}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"channels: [{CHANNEL}]", r"notices: `begin_on` is missing: the first date of notices, so that nothing old"),
        ("kinds: [gossip]", r"notices.kinds\[0\]: Input should be 'noon_ranking'"),
        ("noon: '12:05', end: '09:00'", r"notices: noon 12:05 is not before end 09:00"),
        ("noon: 12.05", r"notices.noon: "),
        ("teams: [{team: T1, end: '25:00'}]", r"notices.teams\[0\].end: '25:00' is no time of day"),
        ("teams: [{team: T1}, {team: T1}]", r"notices: teams: T1 given more than once; leave one"),
        (f"begin_on: 2026-04-01, channels: [{CHANNEL}, {CHANNEL}]", r"channels: post given more than once"),
        ("channels: [{name: post, kind: pigeon, address_from: POST}]", r"channels\[0\].kind: Input should be 'mail'"),
        ("channels: [{name: post, kind: mail, address: x}]", r"channels\[0\].address: unknown key"),
        ("recipients: [{channel: post, kind: team}]", r"recipients\[0\].channel: post is not among `channels`"),
        ("recipients: [{channel: p, kind: agent, address: x}]", r"recipients\[0\]: an `address` is one recipient's"),
        ("site_url: 'https://me:pw@example.org'", r"notices.site_url: is no address of pages; write https://scores"),
        ("ahead_hours: 0", r"notices.ahead_hours: Input should be greater than or equal to 1"),
    ],
)
def test_a_fault_is_told_with_its_place_and_remedy(text: str, message: str) -> None:
    with pytest.raises(CentreError, match=message):
        parse_centre(f"{HEAD}notices: {{{text}}}", "centre.yaml")


@pytest.mark.parametrize("written", ["mailto://me:hush@example.org", "hush", "$HUSH"])
def test_an_address_in_the_file_is_refused_and_not_repeated(written: str) -> None:
    text = f"notices: {{channels: [{{name: post, kind: mail, address_from: '{written}'}}]}}"
    with pytest.raises(CentreError, match=r"channels\[0\].address_from: is no name of a variable; write") as error:
        parse_centre(HEAD + text, "centre.yaml")

    assert "hush" not in str(error.value).lower()
