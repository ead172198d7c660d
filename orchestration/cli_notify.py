"""The command that tells people what there is for them: notify."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from orchestration.run.cli_alerts import failure_told, tell_addresses
from orchestration.run.cli_errors import EXIT_FAILED
from orchestration.run.cli_home import HomeOption, home_of

app = typer.Typer()
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def notify(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing: print what would go to whom, when, and why.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option("--at", help="With --dry-run: the instant that stands for now, 2026-01-05T08:00:00+08:00."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Send people and teams what the published file has for them, each once and in his shift."""
    from orchestration.centre import load_centre
    from orchestration.notify.told import tell_pass, tell_plan

    where = home_of(home)
    centre = load_centre(where)
    if dry_run:
        from orchestration.notify.plan import plan_notices

        now = _instant(at)
        tell_plan(out, centre, plan_notices(where, centre, now), now)
        return
    if at is not None:
        raise typer.BadParameter("--at goes with --dry-run: what is sent is sent now")
    from orchestration.notify.send import send_notices

    with failure_told(where, "notify", err):
        done = send_notices(where, centre)
    tell_pass(out, done)
    if lost := sum(one.given_up for one in done.channels):
        text = f"{lost} given up after the last try; data health names them after the next run."
        tell_addresses(where, err, "Scorehouse: notices were not delivered", text)
    if done.faults:
        raise typer.Exit(EXIT_FAILED)


def _instant(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"--at {text!r} is no instant, write 2026-01-05T08:00:00+08:00") from error
    if instant.tzinfo is None:
        raise typer.BadParameter(f"--at {text!r} has no offset, write 2026-01-05T08:00:00+08:00 or ...Z")
    return instant
