"""Nothing of a bad file is told anywhere: files of nothing but personal data, each broken another way, and a whole run.

Looked through is every file of the home but the landed ones: ledger, quarantine, parts, Dagster's database and logs,
dbt's logs, the warehouse, the published file and the pages.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.home.paths import Home
from orchestration.run.run import run
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome

pytestmark = pytest.mark.slow

PEOPLE = [
    "Anna",
    "Schmidt",
    "491701234567",
    "example.com",
    "4111111111111111",
    "Hauptstr",
    "cancel my contract",
    "1985-03-12",
]
NAME, PHONE, MAIL = "Anna Schmidt", "+491701234567", "anna.schmidt@example.com"
CARD, STREET, WORDS, BORN = "4111111111111111", "Hauptstr. 12", "please cancel my contract", "1985-03-12"
CELLS = [NAME, PHONE, MAIL, CARD, STREET, WORDS, BORN]

SOURCES = """
- {name: desk, kind: feed}
- {name: pbx, kind: asterisk_queue_log}
- name: crm
  kind: files
  channel: web
  mapping:
    - files: 'calls*.csv'
      feeds:
        contact_events:
          contact_id: id
          occurred_at: {column: at, time_format: '%d.%m.%Y %H:%M:%S'}
          event_type: {column: kind, values: {up: connected}}
          talk_seconds: {column: talk, multiply: 0.001}
    - files: 'calls*.jsonl'
      feeds:
        contacts:
          contact_id: {key: [id, /who/name]}
          customer_id: {column: from, values: {x: y}}
          direction: {column: way, values: {in: inbound}}
          started_at: {column: at, time_format: epoch_seconds}
"""


def line(*cells: str) -> str:
    return ",".join(cells) + "\n"


def feed_files() -> Iterator[tuple[str, bytes]]:
    header = "contact_id,customer_id,channel,direction,started_at,ended_at,is_test\n"
    people = (line(*CELLS) * 3).encode()
    yield "contacts_no_header.csv", people
    yield "contacts_same_header.csv", line(NAME, NAME, PHONE).encode() + people
    yield "contacts_slipped.csv", header.encode() + people
    yield "contacts_unknown.csv", CONTACTS_HEADER.strip().encode() + b"," + line(*CELLS).encode() + people
    yield "contacts_semicolon.csv", people.replace(b",", b";")
    yield "contacts_quotes.csv", header.encode() + f'"{NAME},{PHONE}\n{WORDS}"x,{MAIL}\n'.encode()
    yield "contacts_latin.csv", (header + line(*CELLS).replace("Anna", "Änna Anna")).encode("latin-1")
    yield "contacts_nul.csv", header.encode() + people.replace(b" ", b"\x00")
    yield "contacts_wide.csv", people.decode().encode("utf-16")
    yield "contacts_torn.csv.gz", gzip.compress(header.encode() + people * 50)[:-12]
    yield "contacts_no.csv.gz", people
    yield "contacts_no.parquet", people
    yield "numbers.csv", people
    yield (
        "contact_events_numbers.csv",
        line("contact_id", "occurred_at", "event_type", "wait_seconds").encode()
        + (line(NAME, "2026-01-05T08:00:00Z", WORDS, PHONE) + line(NAME, BORN, NAME, CARD)).encode(),
    )
    yield (
        "messages_sender.csv",
        line("message_id", "contact_id", "sent_at", "sender", "is_manual").encode()
        + (line(PHONE, NAME, "2026-01-05T08:00:00Z", NAME, WORDS).encode()),
    )
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as packed:
        packed.writestr("xl/workbook.xml", WORDS + NAME)
    yield "contacts_sheet.xlsx", sheet.getvalue()
    yield "contacts_sheet.csv", sheet.getvalue()
    yield "messages_keys.jsonl", json.dumps(dict.fromkeys(CELLS, NAME)).encode() + b"\n"
    yield "messages_nested.jsonl", json.dumps({"message_id": {NAME: PHONE}, "contact_id": [MAIL]}).encode() + b"\n"
    yield "messages_broken.jsonl", f'{{"message_id": "{NAME}", "text": "{WORDS}\n"{PHONE}"\n'.encode()
    yield (
        "messages_half.jsonl",
        b'{"message_id": "Anna Schmidt \\ud83d", "sender": NaN, "contact_id": "Anna"}\n',
    )
    yield "staff_words.parquet", parquet({"agent_id": [NAME], "name": [WORDS], MAIL: [PHONE], "valid_from": [PHONE]})
    yield "contacts_bytes.parquet", parquet({"contact_id": [NAME.encode()], "direction": [WORDS], "started_at": [BORN]})


def parquet(columns: dict[str, list[str]] | dict[str, list[bytes]] | dict[str, list[object]]) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


def other_files() -> Iterator[tuple[str, str, bytes]]:
    yield "crm", "calls_no_header.csv", (line(*CELLS) * 3).encode()
    yield "crm", "calls_few.csv", line("id", "at", NAME, MAIL).encode() + line(*CELLS[:4]).encode()
    yield "crm", "calls_slipped.csv", b"id,at,kind,talk\n" + line(NAME, BORN, WORDS, PHONE).encode()
    lines = [{"id": NAME, "who": {"name": [MAIL]}, "from": PHONE, "way": WORDS, "at": CARD}, {NAME: WORDS}]
    yield "crm", "calls.jsonl", "\n".join(json.dumps(one) for one in lines).encode()
    log = [
        f"{PHONE}|{NAME}|{MAIL}|NONE|ENTERQUEUE||{PHONE}",
        f"1767600000|c1|{MAIL}|{NAME}|{WORDS}|{PHONE}",
        "1767600000|c1|sales|NONE|Schmidt|5",
        f"1767600000|c1|sales|SIP/1|RINGNOANSWER|{CARD}",
        f"1767600000|c1|sales|SIP/1|WRAPUPSTART|{NAME}",
        f"{NAME}|{WORDS}",
    ]
    yield "pbx", "queue_log", "\n".join(log).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    landed = LandHome(tmp_path_factory.mktemp("private"), sources=SOURCES, settings="time_zone: Europe/Berlin")
    for name, content in feed_files():
        landed.drop(name, content)
    for source, name, content in other_files():
        landed.drop(name, content, source=source)
    landed.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    (landed.root / "centre.yaml").write_text(
        "name: Private\ntime_zone: Europe/Berlin\nsources:\n" + "".join(f"  {row}\n" for row in SOURCES.splitlines())
    )
    run(landed.home, site=True)
    return landed.home


def test_no_file_of_the_home_quotes_a_bad_file(home: Home) -> None:
    files = [path for path in home.root.rglob("*") if path.is_file() and home.landing not in path.parents]
    assert len(files) > 50
    found = [(str(path.relative_to(home.root)), word) for path in files for word in words_in(path)]
    assert found == [], found


def words_in(path: Path) -> list[str]:
    content = path.read_bytes()
    if path.suffix == ".parquet":
        content += str(pl.read_parquet(path).to_dicts()).encode()
    elif path.suffix == ".gz":
        content = gzip.decompress(content)
    elif path.suffix == ".duckdb":
        content += tables_of(path)
    return [word for word in PEOPLE if word.encode() in content]


def tables_of(path: Path) -> bytes:
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        rows = [connection.execute(f'select * from "{schema}"."{table}"').fetchall() for schema, table in tables]  # noqa: S608
    return repr(rows).encode()


def test_every_bad_file_is_told_with_a_reason_and_a_remedy(home: Home) -> None:
    quarantine = pl.concat([pl.read_parquet(path) for path in home.quarantine.glob("*/*/*.parquet")])
    told = set(quarantine["file_name"])
    assert {name for name, _ in feed_files()} | {name for _, name, _ in other_files()} <= told
    assert quarantine["message"].null_count() == quarantine["remedy"].null_count() == 0
