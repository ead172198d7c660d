"""How a text table is written: the sign between its fields, and the line of its header if it has one."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|", "^", "~")
MOST_LINES = 1_000
"""So many lines are looked at, as for a header by the reader."""
_FEWEST_FILLED = 0.5
"""Of a header's names; a title that was saved as a line of the table leaves the other fields empty."""
_VALUE = re.compile(
    r"^[-+]?[0-9][0-9.,:/ -]*%?$|^[0-9]{4}[-/年.][0-9]{1,2}|^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}|@.+\."
)
"""What is no name of a column: a number, a time, an address."""


@dataclass(frozen=True)
class Table:
    """How a table is written.

    columns: the names in its header as they stand there, or made up where it has none. header_line: its line in the
    file, None without one. lines_above: lines with anything on them before the header.
    """

    delimiter: str
    columns: tuple[str, ...]
    header_line: int | None
    lines_above: int = 0


@dataclass(frozen=True)
class _Row:
    line: int
    fields: list[str]


def table_of(text: str, *, is_whole: bool) -> Table:
    """Return how a table is written, by its beginning; `is_whole` if nothing comes after it."""
    text = text if is_whole else text[: text.rfind("\n") + 1] or text
    found = [(sign, _rows(text, sign)) for sign in DELIMITERS]
    delimiter, rows = max(found, key=lambda one: _order(one[1]))
    width = _width(rows)
    header = next((row for row in rows if _is_as_wide(row, width) and _is_filled(row)), None)
    if header is None or not _is_header(header, rows):
        return Table(delimiter, tuple(f"column_{number}" for number in range(1, width + 1)), None)
    above = sum(1 for row in rows if row.line < header.line and any(field.strip() for field in row.fields))
    return Table(delimiter, tuple(name.strip() for name in header.fields), header.line, above)


def rows_of_texts(rows: list[tuple[str | None, ...]]) -> tuple[int, tuple[str, ...]] | None:
    """Return number (from 1) and names of the header among the first rows of a sheet; None if there is none."""
    told = [_Row(number, _without_end(row)) for number, row in enumerate(rows, start=1)]
    filled = [row for row in told if row.fields]
    width = _width(filled)
    header = next((row for row in filled if len(row.fields) >= width and _is_filled(row)), None)
    return (header.line, tuple(header.fields)) if header and _is_header(header, filled) else None


def _without_end(row: tuple[str | None, ...]) -> list[str]:
    fields = [" ".join((field or "").split()) for field in row]
    while fields and not fields[-1]:
        fields.pop()
    return fields


def _rows(text: str, delimiter: str) -> list[_Row]:
    """Return the first rows, with the line on which each begins; blank lines are none."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    rows, line = [], 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                rows.append(_Row(line, fields))
            line = reader.line_num + 1
            if line > MOST_LINES:
                break
    except csv.Error:
        # A quote without its partner: what was read so far tells enough.
        pass
    return rows


def _width(rows: list[_Row]) -> int:
    widths = Counter(len(row.fields) for row in rows)
    # Of widths that are as frequent the greater: a file of one record has its title above as often.
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _order(rows: list[_Row]) -> tuple[bool, float, int]:
    """What makes a delimiter the more likely one: several fields, as many on every line, and many of them."""
    width = _width(rows)
    share = sum(len(row.fields) == width for row in rows) / len(rows) if rows else 0.0
    return width > 1, round(share, 1), width


def _is_as_wide(row: _Row, width: int) -> bool:
    return len(row.fields) == width


def _is_filled(row: _Row) -> bool:
    filled = sum(bool(field.strip()) for field in row.fields)
    return filled >= max(1, _FEWEST_FILLED * len(row.fields))


def _is_header(row: _Row, rows: list[_Row]) -> bool:
    """Tell whether a row has names: no values, and none twice more often than not."""
    names = [field.strip() for field in row.fields if field.strip()]
    if any(_VALUE.search(name) for name in names):
        return False
    if len(set(names)) < len(names) / 2:
        return False
    # A table of words alone: half of a header's words do not come again below, unless as that of a further page.
    below = [other for other in rows if other.line > row.line and other.fields != row.fields]
    again = {(at, field.strip()) for other in below for at, field in enumerate(other.fields) if field.strip()}
    known = sum((at, field.strip()) in again for at, field in enumerate(row.fields) if field.strip())
    return known < len(names) / 2
