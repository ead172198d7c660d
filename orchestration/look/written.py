"""How the bytes of a file are written: packing, kind, encoding. Judged by the beginning; what is a guess is told so."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestration.readers.bytes import pieces, plain_name, refuse_other_kinds
from orchestration.readers.findings import FileProblem
from orchestration.readers.json_file import looks_like_one_value
from orchestration.readers.workbook import ENDINGS as WORKBOOK_ENDINGS

BEGINNING_BYTES = 1 << 20
"""So much of a file is looked at to tell how it is written."""
Kind = Literal["csv", "jsonl", "json", "workbook", "parquet"]

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SHEET_PARTS = (b"xl/", b"[Content_Types].xml", b"application/vnd.oasis")
_COMMON_SHARE = 0.9
"""Of the characters beyond ASCII so many are common ones, or the text was of another encoding."""
_BIG5_COMMON = (0xA440, 0xC67E)
"""The characters of everyday use in Big5; those of Latin letters read as Big5 lie mostly beyond."""


@dataclass(frozen=True)
class Written:
    """How a file is written.

    beginning: its first text, empty for a workbook or Parquet. other_encodings: those that would read it as well.
    """

    kind: Kind
    encoding: str
    beginning: str = ""
    other_encodings: tuple[str, ...] = ()


def how_written(path: Path) -> Written:
    """Return how a file is written. Raises FileProblem for what is empty or damaged, OSError if it can't be read."""
    name = plain_name(path.name).lower()
    beginning = _beginning(path)
    if not beginning.strip():
        raise FileProblem("empty_file")
    if beginning.startswith(b"PAR1"):
        return Written("parquet", "utf-8")
    is_sheet = beginning.startswith(b"PK\x03\x04") and any(part in beginning for part in _SHEET_PARTS)
    if name.endswith(WORKBOOK_ENDINGS) or beginning.startswith(b"\xd0\xcf\x11\xe0") or is_sheet:
        return Written("workbook", "utf-8")
    refuse_other_kinds(beginning)
    encoding, others = encoding_of(beginning)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(beginning).removeprefix("\ufeff")
    return Written(_kind_of_text(text), encoding, text, others)


def _beginning(path: Path) -> bytes:
    """Return the first bytes; what breaks off later is for those who read on."""
    found = b""
    try:
        for piece in pieces(path):
            found += piece
            if len(found) >= BEGINNING_BYTES:
                break
    except FileProblem:
        if not found:
            raise
    return found[:BEGINNING_BYTES]


def _kind_of_text(text: str) -> Kind:
    start = text.lstrip()
    if looks_like_one_value(start.encode()):
        return "json"
    if start.startswith("{"):
        # Objects in a row without line ends between them are no lines.
        first = start.partition("\n")[0].rstrip().rstrip(",")
        is_alone = not start.rstrip().partition("\n")[2]
        return "json" if is_alone or re.search(r"\}\s*\{", first) else "jsonl"
    return "csv"


def encoding_of(beginning: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the encoding in which bytes are text, and others that are as likely."""
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding, ()
    if _is_wide(beginning):
        return ("utf-16-le" if beginning[1:2] == b"\0" else "utf-16-be"), ()
    if _decoded(beginning, "utf-8") is not None:
        return "utf-8", ()
    chinese = [name for name, is_common in (("gb18030", _is_gb), ("big5", _is_big5)) if is_common(beginning)]
    if chinese:
        return chinese[0], tuple(chinese[1:])
    return ("cp1252", ("iso-8859-1",)) if _decoded(beginning, "cp1252") is not None else ("iso-8859-1", ())


def _decoded(beginning: bytes, encoding: str) -> str | None:
    """Return the text, of which a last character may be cut; None if bytes are none in this encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(beginning)
    except UnicodeDecodeError:
        return None


def _is_wide(beginning: bytes) -> bool:
    """Tell whether every other byte of the first line is nothing: UTF-16 without a mark."""
    line = beginning[:200]
    return max(line[0::2].count(b"\0"), line[1::2].count(b"\0")) > len(line) // 3


def _is_gb(beginning: bytes) -> bool:
    text = _decoded(beginning, "gb18030")
    return text is not None and _share(text, lambda sign: _fits(sign, "gb2312")) >= _COMMON_SHARE


def _is_big5(beginning: bytes) -> bool:
    text = _decoded(beginning, "big5")
    return text is not None and _share(text, _is_common_in_big5) >= _COMMON_SHARE


def _is_common_in_big5(sign: str) -> bool:
    if not _fits(sign, "big5"):
        return False
    low, high = _BIG5_COMMON
    code = int.from_bytes(sign.encode("big5"), "big")
    return low <= code <= high or 0xA140 <= code <= 0xA3FE


def _fits(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _share(text: str, is_common: Callable[[str], bool]) -> float:
    beyond = [sign for sign in text if ord(sign) > 127]
    return sum(map(is_common, beyond)) / len(beyond) if beyond else 0.0
