"""The command line of sources that are pulled: pull."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from orchestration.run.cli_alerts import failure_told
from orchestration.run.cli_errors import EXIT_FAILED
from orchestration.run.cli_home import HomeOption, command, home_of
from orchestration.run.cli_progress import progress_shown

app = typer.Typer(pretty_exceptions_enable=False)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def pull(
    source: Annotated[str | None, typer.Argument(help="Of kind sql or http; all of them if absent.")] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Pull again all that changed on this day or later, 2026-01-31."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Pull what is new of databases and APIs into landing/, where the next run takes it."""
    from orchestration.centre import load_centre
    from orchestration.fetch.pull import chosen_sources, pull_sources
    from orchestration.fetch.told import sentences

    where = home_of(home)
    centre = load_centre(where)
    sources = chosen_sources(centre, source)
    day = _day(since)
    with progress_shown(err), failure_told(where, "pull", err):
        pulled = pull_sources(where, centre, sources, day)
    for one in pulled:
        for sentence in sentences(one):
            out.print(escape(sentence))
        for failed in one.failed:
            err.print(f"[red]not pulled[/]: {escape(failed)}")
    if any(one.files for one in pulled):
        out.print(f"Next: {command('run', home)}")
    if any(one.failed for one in pulled):
        raise typer.Exit(EXIT_FAILED)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"--since {text!r} is no day, write 2026-01-31") from error
