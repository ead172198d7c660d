"""Records of a JSON Lines file: one object per line; a line that is none costs that line only."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.readers.findings import FileProblem, LandingFile
from orchestration.readers.json_objects import BlockFound, ObjectForm, object_records
from orchestration.readers.lines import numbered_lines
from orchestration.readers.records import Records
from orchestration.readers.text import TextBlock, text_blocks


def jsonl_records(file: LandingFile, encoding: str, form: ObjectForm, on_block: BlockFound) -> Iterator[Records]:
    """Yield the records of a JSON Lines file.

    `on_block` is told of each block before its records are handed out. Raises FileProblem.
    """
    lines_before = records_before = 0
    for block in text_blocks(file, encoding):
        if block.is_last and lines_before == 0 and not block.data.strip():
            raise FileProblem("empty_file")
        if lines_before == 0:
            _refuse_other_forms(block)
        lines = numbered_lines(block, lines_before)
        lines_before += lines.records_read
        records = object_records(lines.frame, lines.rejects, form, on_block, records_before)
        records_before += records.records_read
        yield records


def _refuse_other_forms(block: TextBlock) -> None:
    """Refuse one array, or an object over several lines, once and not line by line."""
    beginning = block.data.lstrip()
    first_line = beginning[: beginning.find(b"\n")].rstrip()
    is_array = beginning.startswith(b"[") and (block.data.rstrip().endswith(b"]") or not first_line.endswith(b"]"))
    if is_array or first_line == b"{":
        line = block.first_line + block.data.count(b"\n", 0, len(block.data) - len(beginning))
        raise FileProblem("json_no_lines", "array" if is_array else "object", line_number=line)
