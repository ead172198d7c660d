"""The commands that keep a home through the years: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

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

    folder = folder.expanduser().absolute()
    if check:
        last = backup_named(folder, None)
        with progress_shown(err):
            found = check_backup(last)
        out.print(f"{escape(str(last))}: all {_size(len(found.files), found.byte_count)} are as they were written.")
        return
    with progress_shown(err):
        made = back_up(home_of(home), folder, secrets=secrets, keep=keep)
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


def _size(files: int, byte_count: int) -> str:
    return f"{files:,} files, {byte_count / 1e6:,.1f} MB"
