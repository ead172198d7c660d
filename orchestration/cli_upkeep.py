"""The commands that keep a home through the years: backup, restore, erase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from orchestration.run.cli_alerts import failure_told
from orchestration.run.cli_errors import EXIT_FAILED
from orchestration.run.cli_home import HomeOption, command, home_of
from orchestration.run.cli_progress import progress_shown

app = typer.Typer()
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Backups = Annotated[Path, typer.Argument(help="The folder of the backups, best on another disk.")]


@app.command()
def backup(
    folder: Backups,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="Remove all but so many of the last backups.")
    ] = None,
    secrets: Annotated[
        bool, typer.Option("--secrets/--no-secrets", help="Copy the customer key and the addresses of alerts as well.")
    ] = True,
    check: Annotated[
        bool, typer.Option("--check", help="Make none: read every byte of the last one and say whether it is sound.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Copy what can't be made again, also while a run is going on; files that did not change are linked, not copied."""
    from orchestration.upkeep.backup import back_up
    from orchestration.upkeep.restore import backup_named, check_backup

    where, folder = home_of(home), folder.expanduser().absolute()
    if check:
        with progress_shown(err), failure_told(where, "backup", err):
            last = backup_named(folder, None)
            found = check_backup(last)
        out.print(f"{escape(str(last))}: all {_size(len(found.files), found.byte_count)} are as they were written.")
        return
    with progress_shown(err), failure_told(where, "backup", err):
        made = back_up(where, folder, secrets=secrets, keep=keep)
    for sentence in made.told:
        out.print(f"[yellow]{escape(sentence)}[/]")
    copied = f"{made.bytes_copied / 1e6:,.1f} MB of them new"
    out.print(
        f"Backup: {escape(str(made.folder))}, {_size(len(made.manifest.files), made.manifest.byte_count)}, {copied}"
    )
    if made.removed:
        out.print(f"Removed: {', '.join(made.removed)}")


@app.command()
def restore(
    folder: Backups,
    name: Annotated[
        str | None, typer.Option("--backup", help="Which one, 2026-01-31T020000Z. Default: the last.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Make a home of a backup, in an empty folder; every byte is checked first."""
    from orchestration.upkeep.restore import backup_named
    from orchestration.upkeep.restore import restore as restore_home

    where = home_of(home)
    backup_folder = backup_named(folder.expanduser().absolute(), name)
    with progress_shown(err):
        found = restore_home(where, backup_folder)
    for sentence in found.left_out:
        out.print(f"[yellow]Not in the backup: {escape(sentence)}[/]")
    if "state/customer_key" not in found.files:
        key = escape(str(where.state / "customer_key"))
        out.print(f"[yellow]The customer key is not in the backup: before a run, put it into {key} or its variable.[/]")
    files = _size(len(found.files), found.byte_count)
    out.print(f"{escape(str(where.root))} is as it was on {found.made_at:%Y-%m-%d %H:%M:%S} UTC: {files}.")
    out.print(f"Next: {command('run', home)}")


@app.command()
def erase(
    customer: Annotated[
        list[str] | None, typer.Option("--customer", help="A customer's id as its source has it; may be repeated.")
    ] = None,
    file: Annotated[
        typer.FileText | None,
        typer.Option(
            "--file", help="A file of ids, one a line; - reads them from a pipe, so that no shell keeps them."
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Take customers out of landing, rows, findings, the published file and the pages; every value stays as it is."""
    from orchestration.run.run import run
    from orchestration.upkeep.erase.erase import erase as erase_from

    where = home_of(home)
    ids = [*(customer or []), *(file.read().splitlines() if file else [])]
    has_pages = any(where.site.glob("*"))
    with progress_shown(err):
        done = erase_from(where, ids, lambda: run(where, site=has_pages, whole=True))
    if done.is_nothing and not done.left:
        out.print("Nothing in this home names these customers.")
        return
    for words, places in {
        "Written anew without them": [f"landing/{place}" for place in done.landing_rewritten],
        "Removed, since it can't be written anew; its rows stay": [
            *(f"landing/{place}" for place in done.landing_removed),
            *done.others_removed,
        ],
    }.items():
        for place in places:
            out.print(f"{words}: {escape(place)}")
    rows = ", ".join(f"{count:,} of {feed}" for feed, count in done.rows_by_feed.items()) or "none"
    out.print(
        f"Customers: {done.customers:,}. Rows that are nobody's now: {rows}. Files of findings: {done.findings:,}."
    )
    out.print("Backups of this home still have them, and a file dropped again brings them back.")
    if done.too_short:
        out.print(f"[yellow]{done.too_short:,} ids are too short to be looked for in texts; their hashes were.[/]")
    for place in done.left:
        out.print(f"[red]{escape(place)} still names one of them[/]. Remedy: see what it is, and remove it by hand.")
    if done.left:
        raise typer.Exit(EXIT_FAILED)


def _size(files: int, byte_count: int) -> str:
    return f"{files:,} files, {byte_count / 1e6:,.1f} MB"
