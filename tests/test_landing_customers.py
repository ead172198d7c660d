"""Customers at the door: no plain id gets past it, one hash in all sources, and the key that makes it."""

from __future__ import annotations

import stat
from pathlib import Path

import polars as pl
import pytest

from orchestration.home.paths import SettingsError
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def test_no_plain_customer_id_gets_past_the_door(home: LandHome) -> None:
    bad = "c2,13800001111,telegram,inbound,2026-01-05T08:00:00Z,\n"
    too_long = f"c3,{'13800001111' * 30},web,inbound,2026-01-05T08:00:00Z,\n"
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("u1", "13800001111") + bad + too_long)
    written = [path for path in home.root.rglob("*") if path.is_file() and "landing" not in path.parts]
    assert len(written) >= 4
    for path in written:
        assert b"13800001111" not in path.read_bytes()
        if path.suffix == ".parquet":
            assert "13800001111" not in str(pl.read_parquet(path).to_dicts())
    assert (4, "customer_id", "bad_text", "(hidden)") in home.findings()


def test_the_same_customer_has_one_hash_in_all_sources(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources="- {name: desk, kind: feed}\n- {name: shop, kind: feed}")
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("u1", "Zoe\u0301"))
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("u1", " Zo\u00e9 "), source="shop")
    hashes = home.column("contacts", "customer_id")
    assert len(set(hashes)) == 1
    assert len(hashes) == 2
    other = LandHome(tmp_path / "other")
    other.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("u1", "Zo\u00e9"))
    assert other.column("contacts", "customer_id") != hashes[:1]


def test_a_customer_is_identified_by_pattern_and_anonymous_values(tmp_path: Path) -> None:
    home = LandHome(
        tmp_path, sources="- {name: desk, kind: feed, customer_id_pattern: '^[0-9]+$', anonymous_values: ['0']}"
    )
    rows = [GOOD_CONTACT.replace("c1", f"c{at}").replace("u1", plain) for at, plain in enumerate(["17", "x7", "0", ""])]
    home.take("contacts.csv", CONTACTS_HEADER + "".join(rows))
    assert home.column("contacts", "is_identified") == [True, False, False, False]
    assert [value is None for value in home.column("contacts", "customer_id")] == [False, False, False, True]


def test_a_home_makes_itself_a_key_that_only_its_owner_reads(home: LandHome) -> None:
    home.take("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    key = home.home.state / "customer_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    first = home.column("contacts", "customer_id")
    home.take("contacts_2.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("c1", "c2"))
    assert home.column("contacts", "customer_id") == first * 2


def test_production_refuses_to_start_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = LandHome(tmp_path, settings="time_zone: UTC\nprofile: production")
    path = home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT)
    monkeypatch.delenv("SCOREHOUSE_CUSTOMER_KEY", raising=False)
    with pytest.raises(SettingsError, match="SCOREHOUSE_CUSTOMER_KEY is not set"):
        home.take_all()
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "short")
    with pytest.raises(SettingsError, match="shorter than 32"):
        home.take_all()
    monkeypatch.setenv("SCOREHOUSE_CUSTOMER_KEY", "k" * 32)
    assert path.exists()
    assert home.take_all()["contacts.csv"].records_accepted == 1
    assert not (home.home.state / "customer_key").exists()
