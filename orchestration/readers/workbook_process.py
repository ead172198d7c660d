"""A process of its own that reads one sheet of a workbook: its bytes come in, its cells go out as an Arrow stream.

A single stray cell in the far corner of a sheet makes the library ask for hundreds of gigabytes, and what it does then
is to abort the process. So that process is this one, its memory has a limit, and it imports nothing of the project.

Arguments: how the sheet is chosen (`name`, `number` or `only`), and its name or number.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MOST_MEMORY = 6 << 30
"""A sheet of a million rows and thirty columns fits."""


def main(way: str, which: str) -> None:
    """Write the cells of the sheet as text, all rows from the first one on, or why there are none."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import fastexcel
    import pyarrow as pa

    try:
        book = fastexcel.read_excel(sys.stdin.buffer.read())
        told, sheet = _chosen(book, way, which)
        cells = sheet.to_arrow() if sheet is not None else pa.RecordBatch.from_pydict({})
    except fastexcel.FastExcelError as error:
        # Its words may quote a cell.
        told, cells = {"problem": "damaged_workbook", "error": type(error).__name__}, pa.RecordBatch.from_pydict({})
    schema = cells.schema.with_metadata({"told": json.dumps(told)})
    with pa.ipc.new_stream(sys.stdout.buffer, schema) as stream:
        stream.write_table(pa.Table.from_batches([cells.replace_schema_metadata(schema.metadata)]), 65_536)


def _chosen(book: Any, way: str, which: str) -> tuple[dict[str, object], Any]:
    """Return the sheet, or why it can't be said which one is meant; names of sheets are never told."""
    names = book.sheet_names
    told: dict[str, object] = {"sheets": len(names)}
    if way == "name":
        is_there = which in names
        return (told, _loaded(book, which)) if is_there else (told | {"problem": "no_such_sheet"}, None)
    if way == "number":
        is_there = 1 <= int(which) <= len(names)
        return (told, _loaded(book, int(which) - 1)) if is_there else (told | {"problem": "no_such_sheet"}, None)
    found = None
    for at in range(len(names)):
        sheet = _loaded(book, at)
        if (sheet.visible != "visible" and len(names) > 1) or not sheet.height:
            continue
        if found is not None:
            return told | {"problem": "several_sheets"}, None
        found = sheet
    return told, found


def _loaded(book: Any, sheet: str | int) -> Any:
    # Row 0 on, so that rows keep their numbers where the first ones are empty.
    return book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")


if __name__ == "__main__":
    main(*sys.argv[1:])
