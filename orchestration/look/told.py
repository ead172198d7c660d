"""What `look` and `try` found, told at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.markup import escape as without_markup
from rich.table import Table as Shown

from orchestration.look.attempt import Tried
from orchestration.look.draft import Draft
from orchestration.look.holds import Column
from orchestration.look.private import has_shown_words, is_number_of_somebody
from orchestration.look.sample import Looked

_SIGNS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_WIDEST = 24
_WIDEST_NAME = 60
_MOST_KPIS = 12


def escape(text: str) -> str:
    """Return text of a file as it can stand at a terminal: no markup, and no signs that steer one."""
    return without_markup("".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text))


def tell_looked(out: Console, looked: Looked, columns: Sequence[Column], draft: Draft) -> None:
    """Tell what a file is, what its columns hold, and the draft of its source."""
    out.print(f"[bold]{named(looked.path)}[/]: {escape(_what(looked))}")
    out.print(_how_much(looked))
    table = Shown("column", "holds", "filled", "different", "range or words", box=None, pad_edge=False)
    for column in columns:
        table.add_row(
            escape(_short(column.name, _WIDEST_NAME)),
            escape(_holding(column)),
            f"{column.filled:.0%}",
            f"{column.different:,}",
            escape(_range(column)),
        )
    out.print(table)
    if draft.source is not None:
        out.print("\n[bold]Draft[/], to stand under `sources:` in centre.yaml:\n")
        out.print(escape(draft.text))
        out.print("Its `name` is that of its folder in landing/; a source of that name gives way to it.")
    if draft.questions:
        out.print("[bold]To be answered[/] by somebody who knows the system:")
        for number, question in enumerate(draft.questions, start=1):
            out.print(f"  {number}. {escape(question)}")


def tell_tried(out: Console, tried: Tried, not_recorded: Sequence[str]) -> None:
    """Tell what a run would make of a file."""
    part = "all of its records" if tried.is_whole else f"its first {tried.records:,} records"
    ignored = "".join(f", {count:,} ignored ({escape(kind)})" for kind, count in tried.ignored.items())
    out.print(
        f"[bold]{escape(tried.name)}[/], {part}: {tried.records:,} read, {tried.quarantined:,} quarantined{ignored}."
    )
    if tried.problem is not None:
        out.print(f"[bold red]not readable{' from there on' if tried.records else ''}[/]: {escape(str(tried.problem))}")
    for name, count in tried.rows.items():
        out.print(f"\n[bold]{name}[/]: {count:,} rows")
        if count:
            out.print(_rows(tried.shown[name]))
    reasons = tried.reasons
    if reasons.height:
        out.print("\n[bold]To quarantine[/], or remarked:")
    for reason in reasons.iter_rows(named=True):
        where = " ".join(filter(None, (reason["feed"], reason["field"])))
        lines = f"; lines {', '.join(map(str, reason['lines']))}" if reason["lines"] else ""
        out.print(f"  {reason['records']:,} x [bold]{escape(reason['check_name'])}[/] {escape(where)}{lines}")
        out.print(f"    {escape(' '.join(filter(None, (reason['message'], reason['remedy']))))}")
    if not_recorded:
        some = ", ".join(not_recorded[:_MOST_KPIS]) + (", ..." if len(not_recorded) > _MOST_KPIS else "")
        out.print(f'\nWith the sources of centre.yaml {len(not_recorded)} KPIs would say "not recorded": {some}')


def named(path: Path) -> str:
    """Return the name of a file as it can stand at a terminal."""
    return escape(path.name.replace("\n", "\ufffd"))


def _what(looked: Looked) -> str:
    written, table, nested = looked.written, looked.table, looked.nested
    if written.kind == "parquet":
        return "Parquet"
    if written.kind == "workbook":
        sheet = f", sheet {looked.sheet} of {looked.sheets}" if looked.sheets > 1 else ""
        return f"a workbook{sheet}, {_header(looked)}"
    if table is not None:
        sign = _SIGNS.get(table.delimiter, table.delimiter)
        return f"a table, {sign} between fields, {written.encoding}, {_header(looked)}"
    lists = ", ".join(nested.lists) if nested else ""
    form = (
        "JSON Lines"
        if written.kind == "jsonl"
        else f"JSON, records under {nested.records!r}"
        if nested and nested.records
        else "JSON"
    )
    return f"{form}, {written.encoding}" + (f", with lists inside: {lists}" if lists else "")


def _header(looked: Looked) -> str:
    table = looked.table
    if table is None or table.header_line is None:
        return "no header"
    return f"header on line {table.header_line}"


def _how_much(looked: Looked) -> str:
    part = "all" if looked.is_whole else "the first"
    told = f"Looked at {part} {looked.frame.height:,} records"
    bad = looked.rejects["record_number"].n_unique() if looked.rejects.height else 0
    told += f"; {bad:,} can't be read ({', '.join(looked.rejects['check_name'].unique().sort())})" if bad else ""
    return escape(told + (f"; then: {looked.problem}" if looked.problem else "."))


def _holding(column: Column) -> str:
    form = column.form or (column.number and f"decimal {column.number.decimal}")
    return f"{column.holding} {form}" if form else column.holding


def _range(column: Column) -> str:
    nothing = f"; nothing: {', '.join(column.nothing)}" if column.nothing else ""
    if has_shown_words(column):
        return ", ".join(_short(word, _WIDEST) for word in column.words) + nothing
    if not column.lowest:
        return nothing.removeprefix("; ")
    if is_number_of_somebody(column):
        return f"{len(column.lowest)} to {len(column.highest)} digits" + nothing
    unit = " s" if column.holding == "duration" else " characters" if column.holding in ("id", "text", "words") else ""
    same = column.lowest == column.highest
    return (column.lowest if same else f"{column.lowest} to {column.highest}") + unit + nothing


def _rows(frame: pl.DataFrame) -> Shown:
    shown = frame.select(name for name in frame.columns if frame[name].null_count() < frame.height)
    table = Shown(*map(escape, shown.columns), box=None, pad_edge=False)
    for row in shown.iter_rows():
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> str:
    return escape(_short("" if value is None else str(value), _WIDEST))


def _short(text: str, most: int) -> str:
    text = " ".join(text.split("\n"))
    return text if len(text) <= most else f"{text[:most]}..."
