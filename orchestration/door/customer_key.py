"""Customer ids become keyed hashes at the door, so that no plain id gets past it.

Rules: the id is stripped of outer spaces and brought to Unicode form NFC (the same name typed on two systems is one
customer); letter case counts; HMAC-SHA256 over its UTF-8 bytes with the home's key, written as 64 hexadecimal digits.
The source is not part of it: a customer who writes and then calls is one customer.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from orchestration.home.paths import CUSTOMER_KEY_VARIABLE, SettingsError

MIN_KEY_CHARACTERS = 32
HASHES_SCHEMA = {"plain": pl.String, "hash": pl.String}


class CustomerKey:
    """The secret of one home; its text form shows nothing of it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "CustomerKey(hidden)"

    @property
    def fingerprint(self) -> str:
        """Return text that tells two keys apart and gives neither away."""
        return hmac.digest(self._secret, b"fingerprint of the key", hashlib.sha256).hex()[:12]

    def hash_of(self, plain: str) -> str:
        """Return the keyed hash of one customer id."""
        text = unicodedata.normalize("NFC", plain.strip())
        return hmac.digest(self._secret, text.encode(), hashlib.sha256).hex()

    def hashes(self, plain: pl.Series) -> pl.DataFrame:
        """Return a frame of `plain` and `hash` with each distinct id once; each is hashed once."""
        unique = plain.drop_nulls().unique()
        return pl.DataFrame({"plain": unique, "hash": [self.hash_of(text) for text in unique]}, schema=HASHES_SCHEMA)


def load_customer_key(state: Path, *, is_production: bool, environment: Mapping[str, str] | None = None) -> CustomerKey:
    """Return the key of SCOREHOUSE_CUSTOMER_KEY, else the one kept in the home's state folder, made once.

    Raises SettingsError if the variable holds less than 32 characters, and in a production home if it isn't set: a
    key made on the spot and lost with the machine would split every customer in two.
    """
    variables = os.environ if environment is None else environment
    value = variables.get(CUSTOMER_KEY_VARIABLE)
    if value is not None:
        if len(value.strip()) < MIN_KEY_CHARACTERS:
            raise SettingsError(
                f"{CUSTOMER_KEY_VARIABLE} is shorter than {MIN_KEY_CHARACTERS} characters. "
                "Remedy: make one with `openssl rand -hex 32` and keep it where secrets are kept."
            )
        return CustomerKey(value.strip().encode())
    if is_production:
        raise SettingsError(
            f"{CUSTOMER_KEY_VARIABLE} is not set, and this home is marked `profile: production`. "
            "Remedy: set it to the key that this home has always had (at least 32 characters)."
        )
    return CustomerKey(_kept_key(state / "customer_key").encode())


def _kept_key(path: Path) -> str:
    """Return the key of the file, made when a home is first used.

    The fingerprint beside it tells another key, or none at all, from the one that the home's customers have their
    hashes by: with a new one in silence every customer would be two.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mark = path.with_name(f"{path.name}.fingerprint")
    # The mark first: it is written after the key, by whichever thread was quickest.
    known = mark.read_text(encoding="ascii", errors="replace").strip() if mark.exists() else ""
    kept = path.read_text(encoding="ascii", errors="replace").strip() if path.exists() else ""
    if len(kept) < MIN_KEY_CHARACTERS:
        if known or path.exists():
            raise SettingsError(f"{path} holds no key. {_put_back(mark)}")
        kept = _made_key(path)
    found = CustomerKey(kept.encode()).fingerprint
    if known not in ("", found):
        raise SettingsError(f"{path} is not the key that this home has had so far. {_put_back(mark)}")
    if not known:
        mark.write_text(found + "\n", encoding="ascii")
    return kept


def _put_back(mark: Path) -> str:
    return (
        f"Remedy: put back the key from a copy. Only if it is lost for good, remove it and {mark.name}: a new key is "
        "made, all files in landing/ are taken again, and customers of files that lie there no more are other ones."
    )


def _made_key(path: Path) -> str:
    key = secrets.token_hex(32)
    try:
        # Readable by its owner only from the first moment, whole or not there, and never over an existing key.
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError:  # a file system without links
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return key
