"""What centre.yaml says of sources that are pulled: faults are told with place and remedy, and no secret is quoted."""

from __future__ import annotations

import pytest

from orchestration.centre import CentreError, parse_centre
from orchestration.fetch.pull import pulled_sources
from orchestration.sources.pulled.settings import PulledSource
from orchestration.sources.pulled.sql import SqlSource

FEEDS = "feeds: {contacts: {contact_id: id, direction: {constant: inbound}, started_at: created_at}}"
SQL = f"""
- name: desk
  kind: sql
  connection: {{variable: DESK_URL}}
  tables: [{{table: public.tickets, cursor: updated_at, overlap: 10 min, start: 2026-01-05}}]
  mapping: {{files: tickets.*, {FEEDS}}}
"""
HTTP = f"""
- name: desk
  kind: http
  url: https://desk.example.com/api/v2
  auth: {{bearer: {{file: /etc/desk.token}}}}
  resources: [{{path: tickets.json, records: tickets, cursor: updated_at, paging: {{page: page}}}}]
  mapping: {{files: tickets.*, {FEEDS}}}
"""


def read(source: str) -> PulledSource:
    sources = source.replace("\n", "\n  ")
    return pulled_sources(parse_centre(f"name: A\ntime_zone: UTC\nsources:{sources}", "centre.yaml"))[0]


def test_a_database_and_an_api_are_read_as_the_documentation_has_them() -> None:
    assert [stream.called for stream in read(SQL).streams] == ["tickets"]
    assert [stream.called for stream in read(HTTP).streams] == ["tickets"]
    assert (read(SQL).every.total_seconds(), read(SQL).lag.total_seconds()) == (3600, 86_400)


def test_what_they_record_follows_from_their_mapping_as_that_of_files() -> None:
    as_files = (
        SQL.replace("kind: sql", "kind: files").split("  connection")[0] + "  mapping" + SQL.split("  mapping")[1]
    )
    centre = parse_centre("name: A\ntime_zone: UTC\nsources:" + as_files.replace("\n", "\n  "), "centre.yaml")
    assert read(SQL).recorded_topics() == centre.sources[0].recorded_topics()


def test_a_known_system_is_pulled_by_its_preset() -> None:
    preset = SQL.split("  mapping")[0].replace("public.tickets", "public.conversations").replace("desk", "chat")
    source = read(f"{preset}  preset: chatwoot\n")
    assert isinstance(source, SqlSource)
    assert {"id", "contact_id", "inbox_id", "created_at", "updated_at"} <= set(source.columns_of(source.tables[0]))
    assert "transfers" not in source.recorded_topics()


@pytest.mark.parametrize(
    ("source", "was", "wrong", "said"),
    [
        (SQL, "{variable: DESK_URL}", "postgresql://me:S3cr3t@host/db", r"connection: a secret has no place in centre"),
        (SQL, "variable: DESK_URL", "variable: 'postgresql://me:S3cr3t@h/d'", r"is not the name of an environment var"),
        (SQL, "variable: DESK_URL", "password: S3cr3t", r"connection: a secret has no place in centre.yaml"),
        (SQL, "variable: DESK_URL", "file: S3cr3t", r"`file` needs the full path of a file"),
        (SQL, "variable: DESK_URL", "variable: A, file: /S3cr3t", r"connection: a secret has no place in centre.yaml"),
        (HTTP, "{file: /etc/desk.token}", "S3cr3t", r"auth.bearer: a secret has no place in centre.yaml"),
        (HTTP, "https://desk", "https://me:S3cr3t@desk", r"`url` has a login, a `\?` or a `#`"),
        (HTTP, "api/v2", "api/v2?key=S3cr3t", r"`url` has a login, a `\?` or a `#`"),
        (HTTP, "https://", "http://", r"would send the secret of `auth` over the network as plain text"),
        (HTTP, "https://desk.example.com/api/v2", "desk.example.com", r"`url` is no address such as https"),
        (
            HTTP,
            "bearer: {file: /etc/desk.token}",
            "",
            r"`auth` is one of .* `query` and `oauth2`",
        ),
        (HTTP, "page: page", "page: page, link: next", r"`paging` is by one of"),
        (HTTP, "page: page", "offset: from", r"`offset` needs `limit`"),
        (HTTP, "page: page", "next_cursor: after", r"`next_cursor` needs `param`"),
        (HTTP, "page: page", "next_url: next, more: more", r"`more` does not belong to `next_url` and `link`"),
        (HTTP, "cursor: updated_at", "since: from", r"`since` and `ordered` need a `cursor`"),
        (HTTP, "cursor: updated_at", "cursor: id, cursor_format: number, overlap: 1 h", r"`overlap` has to be of what"),
        (HTTP, "cursor: updated_at", "cursor: at, since: x, since_format: day", r"`since_format` 'day' is no pattern"),
        (HTTP, "records: tickets", "records: 'a[0]'", r"'a\[0\]' is no path of JSON keys"),
        (SQL, "10 min", "10 weeks", r"overlap.*'10 weeks' is no length of time; write it as 30 min, 2 h or 1 d"),
        (SQL, "cursor: updated_at, ", "", r"`overlap` and `start` need a `cursor`"),
        (SQL, "overlap: 10 min", "overlap: 10", r"`overlap` and `start` have to be both of time"),
        (SQL, "tickets.*", "calls.*", r"no rule of `mapping` reads the files of tickets; give one `files: tickets.*`"),
        (SQL, "public.tickets", "all tickets", r"tables\[0\].table"),
        (SQL, "public.tickets", "public.été", r"'été' cannot name files"),
        (SQL, "{table: public", "{table: old.tickets}, {table: public", r"tickets would name the files of two"),
        (SQL, "  mapping:", "  every: 2 d\n  mapping:", r"`lag` is shorter than `every`"),
        (
            SQL,
            "  mapping:",
            "  encoding: gb18030\n  mapping:",
            r"`encoding` is for files; what is pulled lands as UTF-8",
        ),
        (SQL, SQL.split("tables: ")[1].split("\n")[0], "[]", r"a source of kind sql needs something to pull"),
        (SQL, "  mapping:", "  rules:", r"a source of kind sql needs `mapping`"),
        (SQL, "  connection:", "  url: https://a.example\n  connection:", r"`url` belongs to kind http, not sql"),
        (HTTP, "kind: http", "kind: feed", r"a source of kind feed takes no `mapping`|belongs to kind http"),
    ],
)
def test_a_fault_is_told_with_its_remedy_and_without_a_secret(source: str, was: str, wrong: str, said: str) -> None:
    assert was in source
    with pytest.raises(CentreError, match=said) as caught:
        read(source.replace(was, wrong, 1))
    assert "S3cr3t" not in str(caught.value)
