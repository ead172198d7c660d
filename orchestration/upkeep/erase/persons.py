"""Whom to forget: a plain id, its keyed hash, and what stands in their place from then on, which leads to nobody.

What stands for a person is made from a salt that is thrown away when the erasure is done. Until then it is kept, so
that an erasure that was cut off goes on with the same.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from orchestration.door.customer_key import CustomerKey

FEWEST_CHARACTERS = 6
"""A shorter id is found by its hash only: as a word of its own, `7` may be anything."""
SHOWN_OF_HASH = 12
"""So many digits of the hash stand in the pages."""
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_DIGITS = 18


@dataclass(frozen=True)
class Person:
    """One customer; nothing of it is shown when it is printed."""

    plain: str = field(repr=False)
    hashed: str = field(repr=False)
    token: str
    token_hash: str

    @classmethod
    def of(cls, plain: str, key: CustomerKey, salt: bytes) -> Person:
        """Return the customer of a plain id as the source has it."""
        text = unicodedata.normalize("NFC", plain.strip())
        mark = hmac.digest(salt, text.encode(), hashlib.sha256).hex()
        # Digits stay digits: JSON has numbers without quotes.
        number = int(mark, 16) % 10 ** (_DIGITS - 1)
        token = f"9{number:0{_DIGITS - 1}d}" if re.fullmatch("[0-9]+", text) else f"erased-{mark[:24]}"
        return cls(text, key.hash_of(text), token, key.hash_of(token))

    @property
    def is_findable(self) -> bool:
        """Tell whether the plain id is long enough to be told from other things."""
        return len(self.plain) >= FEWEST_CHARACTERS

    @property
    def spellings(self) -> set[str]:
        """Return the ways in which a file may write the id."""
        forms = {self.plain, unicodedata.normalize("NFD", self.plain)}
        return forms | {json.dumps(form)[1:-1] for form in forms}


@dataclass(frozen=True)
class Words:
    """Finds ids and hashes where they stand as words of their own, and puts what stands for them in their place."""

    persons: tuple[Person, ...]

    def replaced(self, text: str) -> str:
        """Return a text without them."""
        return self._in_text.sub(lambda found: self._instead[found.group()], text)

    def is_in(self, texts: Iterable[str]) -> bool:
        """Tell whether one of the texts has one of them."""
        return self._in_text.search("\x1f".join(texts)) is not None

    def redacted(self, content: bytes) -> bytes:
        """Return the bytes of a text file without them, in whatever encoding it is."""
        for pattern, encoding in self._in_bytes:

            def instead(found: re.Match[bytes], encoding: str = encoding) -> bytes:
                return self._instead[found[0].decode(encoding)].encode(encoding)

            content = pattern.sub(instead, content)
        return content

    def are_in(self, content: bytes) -> bool:
        """Tell whether bytes have one of them."""
        return any(pattern.search(content) for pattern, _ in self._in_bytes)

    @cached_property
    def beginnings(self) -> list[str]:
        """Return the part of each hash that pages show."""
        return [person.hashed[:SHOWN_OF_HASH] for person in self.persons]

    @cached_property
    def of_re2(self) -> str:
        """Return a pattern for DuckDB that finds them, and the part of a hash that pages show."""
        plain = [re.escape(word) for word in self._instead if word not in {person.hashed for person in self.persons}]
        words = [f"(?:^|[^0-9A-Za-z_])(?:{'|'.join(plain)})(?:[^0-9A-Za-z_]|$)"] if plain else []
        return "|".join([*words, *self.beginnings])

    @cached_property
    def _instead(self) -> dict[str, str]:
        found = {person.hashed: person.token_hash for person in self.persons}
        for person in self.persons:
            if person.is_findable:
                found |= dict.fromkeys(person.spellings, person.token)
        return found

    @cached_property
    def _in_text(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![0-9A-Za-z_])(?:{self._alternatives})(?![0-9A-Za-z_])")

    @cached_property
    def _in_bytes(self) -> list[tuple[re.Pattern[bytes], str]]:
        patterns: dict[bytes, tuple[re.Pattern[bytes], str]] = {}
        for encoding in ENCODINGS:
            words = b"|".join(re.escape(word.encode(encoding)) for word in self._longest_first)
            before, after = (b"\\x00", b"") if encoding == "utf-16-be" else (b"", b"")
            before, after = (b"", b"\\x00") if encoding == "utf-16-le" else (before, after)
            sign = before + b"[0-9A-Za-z_]" + after
            pattern = b"(?<!" + sign + b")(?:" + words + b")(?!" + sign + b")"
            patterns.setdefault(pattern, (re.compile(pattern), encoding))
        return list(patterns.values())

    @property
    def _alternatives(self) -> str:
        return "|".join(map(re.escape, self._longest_first))

    @property
    def _longest_first(self) -> list[str]:
        return sorted(self._instead, key=lambda word: (-len(word), word))
