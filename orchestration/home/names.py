"""Names of landed files: as text that is shown and stored, and as names of the files that are kept about them.

A file system gives bytes: of any encoding, with line ends and control characters, 255 of them. What is stored of a name
is printable text from which the bytes follow again; what is named after a file has a name of bounded length.
"""

from __future__ import annotations

import hashlib
import re

# What can't be text (bytes that are not UTF-8, which Python holds as lone surrogates), what breaks a line, what turns
# the order of letters around on a screen, and the sign that stands for all of them. Ranges, since categories change
# with Python's version and a stored name must not.
_HIDDEN = re.compile("[\\\\\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(\\))")
_BYTE = 0xDC00
_DIGITS = re.compile(r"[0-9]+")
_COUNTED_DIGITS = 20

# Room for what is added to a name: a file system takes 255 bytes.
MOST_PLAIN_BYTES = 180
READABLE_CHARACTERS = 40
_DIGESTED = re.compile(r"~[0-9a-f]{32}$")


def shown_name(name: str) -> str:
    """Return a file's name, as Python's os functions give it, as printable text; plain names stay as they are.

    A byte that is not UTF-8 becomes \\xb5, a control character \\u000a, a backslash two of them.
    """
    return _HIDDEN.sub(lambda found: _escaped(found.group()), name)


def true_name(shown: str) -> str:
    """Return the name that `shown_name` made this text of, as os functions want it."""
    return _ESCAPE.sub(_meant, shown)


def place_stem(shown: str) -> str:
    """Return the beginning of the names of files that are kept about a landed file, one per name.

    That is the name itself, unless it is long or holds what is no plain text: then its beginning and a digest.
    """
    # A slash stands between an archive and a file in it.
    is_plain = not {"\\", "/"} & set(shown) and len(shown.encode()) <= MOST_PLAIN_BYTES and not _DIGESTED.search(shown)
    if is_plain:
        return shown
    readable = re.sub(r"[^\w.-]", "_", shown[:READABLE_CHARACTERS])
    return f"{readable}~{hashlib.sha256(shown.encode()).hexdigest()[:32]}"


def natural(name: str) -> str:
    """Return what names are ordered by, so that numbers in them count as numbers: page_9 stands before page_10.

    The macro `receipt` of the warehouse orders by the same.
    """
    return _DIGITS.sub(lambda digits: ("0" * _COUNTED_DIGITS + digits.group())[-_COUNTED_DIGITS:], name)


def natural_sql(column: str) -> str:
    """Return SQL of what `natural` gives for a column of names."""
    zeros = "0" * _COUNTED_DIGITS
    filled = f"regexp_replace({column}, '([0-9]+)', '{zeros}\\1', 'g')"
    return f"regexp_replace({filled}, '[0-9]*([0-9]{{{_COUNTED_DIGITS}}})', '\\1', 'g')"


def _escaped(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return r"\\"
    return f"\\x{code - _BYTE:02x}" if _BYTE <= code <= _BYTE + 0xFF else f"\\u{code:04x}"


def _meant(found: re.Match[str]) -> str:
    byte, code, backslash = found.groups()
    if byte is not None:
        return chr(_BYTE + int(byte, 16))
    return chr(int(code, 16)) if code is not None else str(backslash)
