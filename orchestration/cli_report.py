"""What the command line prints at the end of a run, and for `status`."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration.run import RunResult
from orchestration.settings import Home
from orchestration.status import HomeStatus


def tell_run(out: Console, home: Home, result: RunResult) -> None:
    """Print what a run came to, with the paths and the next command."""
    if not result.is_new:
        out.print("Nothing new: every file is taken and published.")
    else:
        out.print(f"{result.files} files taken.")
    if result.records_quarantined:
        where = escape(str(home.quarantine))
        out.print(f"[yellow]{result.records_quarantined} records went to quarantine[/], with reasons, in {where}")
    for file, message in result.failed_files.items():
        out.print(f"[yellow]not taken[/]: {escape(file)}: {escape(message)}")
    if result.published_file is not None:
        out.print(f"Published file: {escape(str(result.published_file))}")
    if result.site is not None:
        out.print(f"Pages: {escape(str(result.site))}")
        out.print("To look at them: make serve   (or: scorehouse serve)")


def tell_status(out: Console, home: Home, status: HomeStatus) -> None:
    """Print the state of a home: a table of its sources, then what is published."""
    table = Table(title=f"{home.root}", title_justify="left")
    for heading in ("source", "files", "waiting", "failed", "read", "accepted", "quarantined", "duplicate", "ignored"):
        table.add_column(heading, justify="left" if heading == "source" else "right")
    table.add_column("covers (UTC)")
    table.add_column("last landing day")
    for source in status.sources:
        covered = f"{source.first_at:%Y-%m-%d} to {source.last_at:%Y-%m-%d}" if source.first_at else ""
        table.add_row(
            escape(source.source),
            *(
                f"{number:,}"
                for number in (
                    source.files,
                    source.waiting_files,
                    source.failed_files,
                    source.records_read,
                    source.records_accepted,
                    source.records_quarantined,
                    source.records_duplicate,
                    source.records_ignored,
                )
            ),
            covered,
            source.last_landing_day or "",
        )
    out.print(table)
    for file, message in status.failures:
        out.print(f"[yellow]not taken[/]: {escape(file)}: {escape(message)}")
    out.print(f"Published file: {status.published_at or 'never'}   Pages: {status.pages_at or 'never'}")
