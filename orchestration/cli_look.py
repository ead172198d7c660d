"""The command line before anything is dropped: init, look, try."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration.run.cli_errors import EXIT_FAILED
from orchestration.run.cli_home import HomeOption, home_of, program

app = typer.Typer(pretty_exceptions_enable=False)
# Where no terminal says its width, a table is as wide as a file or a ticket bears it.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False, soft_wrap=True)

FileArgument = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="A file as the system exports it, wherever it lies.")
]


@app.command()
def look(
    file: FileArgument,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Of a workbook: its name, or its number from 1.")] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Of a table without a header: the names of all, in order: id,began")
    ] = None,
) -> None:
    """Say what a file is and what its columns hold, and draft the source that would read it; writes nothing."""
    from orchestration.look.draft import draft_of
    from orchestration.look.sample import look_at
    from orchestration.look.told import escape, named, tell_looked
    from orchestration.look.totals import columns_of
    from orchestration.readers.archived import files_at
    from orchestration.readers.border import file_border
    from orchestration.readers.findings import FileProblem

    asked = int(sheet) if sheet and sheet.isdecimal() else sheet
    if asked == 0:
        raise typer.BadParameter("sheets are counted from 1", param_hint="--sheet")
    named_columns = tuple(name.strip() for name in columns.split(",")) if columns else ()
    failed = False
    for path in files_at(file):
        try:
            with file_border():
                looked = look_at(path, asked, named_columns)
        except FileProblem as problem:
            failed = True
            err.print(f"{named(path)}: {escape(str(problem))}")
            continue
        held = columns_of(looked)
        tell_looked(out, looked, held, draft_of(looked, held))
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command(name="try")
def try_(
    file: FileArgument,
    source: Annotated[str, typer.Option("--source", help="Which source of centre.yaml it is a file of.")],
    home: HomeOption = None,
) -> None:
    """Take a file through its source's mapping and the door, and say what would come of it; writes nothing."""
    from orchestration.centre import load_centre
    from orchestration.look.attempt import not_recorded, try_file
    from orchestration.look.told import tell_tried

    centre = load_centre(home_of(home))
    results = try_file(centre, centre.source(source), file)
    for tried in results:
        tell_tried(out, tried, not_recorded(centre))
    if any(tried.problem for tried in results):
        raise typer.Exit(EXIT_FAILED)


@app.command()
def init(
    name: Annotated[str | None, typer.Option("--name", help="What the centre is called.")] = None,
    zone: Annotated[str | None, typer.Option("--zone", help="Its IANA time zone, Asia/Shanghai.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Of its pages: en or zh.")] = None,
    sources: Annotated[
        list[str] | None, typer.Option("--source", help="A system by a short name; may stand several times.")
    ] = None,
    presets: Annotated[
        list[str] | None, typer.Option("--preset", help="A known system, such as zendesk; may stand several times.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write a commented centre.yaml for a new home; asks for what no option says. One that is there stays."""
    from orchestration.centre.begun import begin_centre

    where = home_of(home)
    asked = {
        "name": name or typer.prompt("Name of the centre"),
        "zone": zone or typer.prompt("Time zone (IANA)", default="Asia/Shanghai"),
        "language": language or typer.prompt("Language of the pages (en, zh)", default="zh"),
    }
    known = presets or []
    systems = sources or []
    if not (known or systems):
        systems = typer.prompt("Systems that drop files, by short names (ticketing, chat)").replace(",", " ").split()
    written = begin_centre(where, **asked, sources=systems, presets=known)
    out.print(f"Wrote {written}. Next, with an export of each system, wherever it lies:", markup=False)
    out.print(f"  {program()} look FILE", markup=False)
    tried = shlex.join(
        [program(), "try", "FILE", "--source", [*systems, *known][0], *([] if home is None else ["--home", str(home)])]
    )
    out.print(f"  {tried}", markup=False)
