"""A customer who is erased is found nowhere in the home any more, and every value stays what it was."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
import zstandard

from orchestration.centre import load_centre
from orchestration.door.customer_key import CustomerKey, load_customer_key
from orchestration.home.paths import Home
from orchestration.landing.known import KnownFiles
from orchestration.landing.take import take_days
from orchestration.landing.taking import find_new_files
from orchestration.run.audit import look_at_all
from orchestration.upkeep.backup import back_up
from orchestration.upkeep.erase.erase import Erased, EraseError, erase, unfinished
from orchestration.upkeep.erase.kept_rows import places_of_rows
from orchestration.upkeep.erase.landed import erase_from_landing
from orchestration.upkeep.erase.persons import Person, Words
from orchestration.upkeep.manifest import BackupError
from tests.equality.scenario import Drop
from tests.support.killed import Killed, killed_at
from tests.support.land_home import LandHome
from tests.support.publishing_home import CENTRE, CONTACTS, EVENTS, PublishingHome, march_home

Pack = Callable[[bytes], bytes]
GONE, OTHER, SHORT = "5551234", "5559876", "a"
KINDS = {"2026-04-01": "csv", "2026-04-02": "csv.gz", "2026-04-03": "zip", "2026-04-04": "parquet"}
VALUES = """
select kpi_id, scope_kind, scope_id, period_kind, period_start, value, numerator, denominator, n, status
from scorecard.fct_kpi_value
order by all
"""


@pytest.fixture
def words() -> Words:
    key = CustomerKey(b"k" * 32)
    return Words(tuple(Person.of(one, key, b"salt") for one in (GONE, "Müller-1", "客户一二三四五")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_an_id_is_taken_out_of_text_of_any_encoding_where_it_is_a_word(words: Words, encoding: str) -> None:
    token = words.persons[0].token
    text = f'c1,{GONE},web\n{{"customer": {GONE}}} 1{GONE} x{GONE} 客户一二三四五\n'
    clean = words.redacted(text.encode(encoding)).decode(encoding)
    assert clean == f'c1,{token},web\n{{"customer": {token}}} 1{GONE} x{GONE} {words.persons[2].token}\n'


def test_what_stands_for_a_number_is_a_number_and_nothing_leads_back(words: Words) -> None:
    assert words.persons[0].token.isdigit()
    assert json.loads(words.replaced(f'{{"customer_id": {GONE}}}'))["customer_id"] == int(words.persons[0].token)
    assert GONE not in repr(words)
    assert words.replaced(json.dumps("Müller-1")) == f'"{words.persons[1].token}"'


def home_with_a_customer(folder: Path) -> PublishingHome:
    """Return a home in which the customer came eight times, told by files of four kinds; it is taken, not built."""
    home = march_home(folder)
    landing = home.home.landing / "desk"
    for day, kind in KINDS.items():
        rows = CONTACTS + "".join(
            f"{kind}-{number},{who},web,inbound,{day}T0{number}:00:00Z,{day}T0{number}:05:00Z\n"
            for number, who in enumerate((GONE, OTHER, GONE), start=1)
        )
        # A contact that is named by its customer, and a record that is refused.
        rows += f"talk-{GONE}-{kind},{SHORT},web,inbound,{day}T04:00:00Z,{day}T04:05:00Z\n"
        rows += f"{kind}-4,{GONE},web,inbound,{day}T05:00:00Z,{GONE}\n"
        put(landing / day / f"contacts.{kind}", rows)
    put(landing / "2026-04-05" / "contacts_again.csv", (landing / "2026-04-01" / "contacts.csv").read_text())
    events = "".join(
        f"{contact},{day}T0{hour}:{minute}:00Z,{what},ann\n"
        for day, kind in KINDS.items()
        for hour, contact in enumerate((*(f"{kind}-{n}" for n in (1, 2, 3)), f"talk-{GONE}-{kind}"), start=1)
        for minute, what in (("00", "connected"), ("05", "ended"))
    )
    put(landing / "2026-04-05" / "contact_events.csv", EVENTS + events)
    home.drop(Drop({}, CENTRE))
    home.take_all()
    return home


def put(path: Path, rows: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(rows.encode()))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("contacts.csv", rows)
    elif path.suffix == ".parquet":
        pl.read_csv(rows.encode(), infer_schema=False).write_parquet(path)
    else:
        path.write_text(rows)
    settled = time.time() - 60
    os.utime(path, (settled, settled))


def said_in(path: Path) -> str:
    """Return all that a file says, unpacked and read to its last column."""
    content = path.read_bytes()
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
            return "".join(str(connection.table(name).fetchall()) for (name,) in tables) + content.decode("latin-1")
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path).rows()) + content.decode("latin-1")
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
    return content.decode("latin-1")


def places_that_say(root: Path, *words: str) -> list[str]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return [path.relative_to(root).as_posix() for path in files if any(word in said_in(path) for word in words)]


def hash_of(home: Home, plain: str) -> str:
    return load_customer_key(home.state, is_production=False).hash_of(plain)


def customers(home: Home) -> list[tuple[int, ...]]:
    """Return which contacts of the raw zone are of one customer, and their number, whoever that is."""
    rows = pl.scan_parquet(home.raw / "contacts" / "event_date=2026*" / "*.parquet").collect()
    return sorted(rows.group_by("customer_id").len()["len"].to_list())


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory) -> tuple[PublishingHome, Erased, list[object], str]:
    """A home from which the customer was erased, what is told of it, its values before, and the hash."""
    home = home_with_a_customer(tmp_path_factory.mktemp("erased"))
    home.publish({})
    hashed, before = hash_of(home.home, GONE), home.ask(VALUES)
    assert any(place.startswith("published/") for place in places_that_say(home.root, hashed))
    for place in ("site/data/page.json", "state/set_aside/landing/desk/old.csv"):
        (home.root / place).parent.mkdir(parents=True, exist_ok=True)
        (home.root / place).write_text(f"{GONE} {hashed[:12]}")
    return home, erase(home.home, [GONE], lambda: home.publish({})), before, hashed


@pytest.mark.parametrize(
    ("name", "pack", "unpack"),
    [
        ("a.csv", bytes, bytes),
        ("a.csv.gz", gzip.compress, gzip.decompress),
        ("a.csv.bz2", bz2.compress, bz2.decompress),
        ("a.csv.xz", lzma.compress, lzma.decompress),
        ("a.csv.zst", zstandard.compress, lambda content: b"".join(zstandard.ZstdDecompressor().read_to_iter(content))),
    ],
)
def test_a_packed_file_of_lines_is_written_anew_as_it_was_packed(
    words: Words, tmp_path: Path, name: str, pack: Pack, unpack: Pack
) -> None:
    home = Home(tmp_path)
    # Packed once: gzip writes the second into its header, and two packings need not fall into the same.
    packed = pack(f"c1,{GONE},web\n".encode() * 100_000)
    for copy in ("2026-04-01", "2026-04-02"):
        (home.landing / "desk" / copy).mkdir(parents=True)
        (home.landing / "desk" / copy / name).write_bytes(packed)
    landed = erase_from_landing(home, words, set())
    one, other = (path.read_bytes() for path in sorted(home.landing.rglob("a.*")))
    assert unpack(one) == f"c1,{words.persons[0].token},web\n".encode() * 100_000
    assert one == other, "files of the same bytes stay such"
    assert (len(landed.rewritten), len(landed.stamps), landed.removed) == (1, 2, [])


def test_a_file_of_any_feed_with_customers_is_known_by_its_rows_where_the_id_is_too_short(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    home.drop("contacts.csv", f"{CONTACTS}c1,{SHORT},web,inbound,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z\n")
    home.drop("contact_events.csv", f"{EVENTS[:-1]},customer_id\nc1,2026-01-05T08:00:00Z,connected,ann,{SHORT}\n")
    head = "complaint_id,received_at,origin,leaf,outcome,customer_id\n"
    home.drop("complaints.csv", f"{head}k1,2026-01-05T08:00:00Z,customer,knowledge.wrong,,{SHORT}\n")
    home.drop("surveys.csv", f"survey_id,customer_id,invited_at\ns1,{SHORT},2026-01-05T08:00:00Z\n")
    home.drop("surveys_of_others.csv", "survey_id,customer_id,invited_at\ns2,b,2026-01-05T08:00:00Z\n")
    assert {record.state for record in home.take_all().values()} == {"taken"}
    key = load_customer_key(home.home.state, is_production=False)
    short = Words((Person.of(SHORT, key, b"salt"),))
    names = ("complaints", "contact_events", "contacts", "surveys")
    expected = {f"desk/2026-01-05/{name}.csv" for name in names}
    assert places_of_rows(home.home, KnownFiles(home.home), short) == expected


@pytest.mark.slow
def test_no_byte_of_the_home_names_an_erased_customer(
    erased: tuple[PublishingHome, Erased, list[object], str],
) -> None:
    home, told, _, hashed = erased
    assert places_that_say(home.root, GONE, hashed[:12]) == told.left == []
    assert places_that_say(home.root, OTHER) != []


@pytest.mark.slow
def test_every_value_stays_and_none_is_restated(erased: tuple[PublishingHome, Erased, list[object], str]) -> None:
    home, _, before, _ = erased
    assert home.ask(VALUES) == before
    last = "select publication, restated_count from scorecard.fct_publication order by 1 desc limit 1"
    assert home.ask(last) == [(3, 0)]
    assert look_at_all(home.home).faults == []


@pytest.mark.slow
def test_the_report_says_what_was_removed_where_and_names_nobody(
    erased: tuple[PublishingHome, Erased, list[object], str],
) -> None:
    home, told, _, _ = erased
    # Two contacts of each of four files, and four that are named by their customer.
    assert told.rows_by_feed == {"contact_events": 8, "contacts": 12}
    assert told.landing_rewritten == [
        "desk/2026-04-01/contacts.csv",
        "desk/2026-04-02/contacts.csv.gz",
        "desk/2026-04-05/contact_events.csv",
        "desk/2026-04-05/contacts_again.csv",
    ]
    assert told.landing_removed == [
        "desk/2026-04-03/contacts.zip",
        "desk/2026-04-04/contacts.parquet",
    ]
    assert told.others_removed == ["state/set_aside/landing/desk/old.csv"]
    (report,) = (home.home.state / "erasures").iterdir()
    assert json.loads(report.read_text()) == asdict(told)


@pytest.mark.slow
def test_what_was_written_anew_is_not_taken_again_and_gives_the_same_when_it_is(
    erased: tuple[PublishingHome, Erased, list[object], str],
) -> None:
    home, _, _, _ = erased
    before = customers(home.home)
    assert find_new_files(home.home, load_centre(home.home)) == []
    take_days(home.home, load_centre(home.home), date(2026, 4, 1), date(2026, 4, 1), anew=True)
    assert customers(home.home) == before


@pytest.mark.slow
@pytest.mark.parametrize("step", [3, 6, 11])
def test_an_erasure_that_was_cut_off_goes_on_with_the_same(tmp_path: Path, step: int) -> None:
    home = home_with_a_customer(tmp_path)
    before, hashed = customers(home.home), hash_of(home.home, GONE)
    with killed_at(step), pytest.raises(Killed):
        erase(home.home, [GONE], list)
    assert unfinished(home.home)
    with pytest.raises(BackupError, match="an erasure is not at its end"):
        back_up(home.home, tmp_path / "backups")
    # What was written anew in landing/ may look like a new file, and is one with the same rows.
    home.take_all()
    published: list[str] = []
    erase(home.home, [GONE], lambda: published.append("anew"))
    assert published == ["anew"]
    for folder in (home.home.landing, home.home.raw, home.home.quarantine, home.home.ledger):
        assert places_that_say(folder, GONE, hashed) == []
    # Two files of the same bytes that were taken apart become one again.
    home.take_all()
    assert customers(home.home) == before
    assert unfinished(home.home) == []


@pytest.mark.slow
def test_a_short_id_is_found_by_its_hash_and_its_files_go_whole(tmp_path: Path) -> None:
    home = home_with_a_customer(tmp_path)
    hashed = hash_of(home.home, SHORT)
    told = erase(home.home, [SHORT], list)
    assert (told.too_short, told.rows_by_feed) == (1, {"contacts": 5})
    assert "desk/2026-03-31/contacts.csv" in told.landing_removed
    assert places_that_say(home.home.raw, hashed) == []


@pytest.mark.slow
def test_nobody_is_erased_while_files_wait_and_a_stranger_changes_nothing(tmp_path: Path) -> None:
    home = home_with_a_customer(tmp_path)
    assert erase(home.home, ["nobody-1"], lambda: pytest.fail("nothing is to be built")).is_nothing
    put(home.home.landing / "desk" / "2026-04-06" / "contacts.csv", CONTACTS)
    with pytest.raises(EraseError, match=r"files wait.*Remedy: scorehouse run"):
        erase(home.home, [GONE], list)
    with pytest.raises(EraseError, match="no customer was named"):
        erase(home.home, [" "], list)
