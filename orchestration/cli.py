"""The command line: demo, run, status, audit, doctor, history, restate, serve.

What comes before a file is dropped stands in cli_look, what is pulled in cli_pull, what people are told in cli_notify,
what is for the years in cli_upkeep, policy.yaml in cli_policy.

Exit codes: 0 done (also with nothing new), 1 the run failed and the earlier publication stays, or an audit found
something, 2 wrong usage, settings, centre.yaml or policy.yaml, 3 another run holds the home, 4 published, but
something came in wrong: a file of this run gave nothing, its source has more in quarantine than usual, rows taken
before are lost, or a source could not be pulled, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console

from orchestration.cli_look import app as before_dropping
from orchestration.cli_notify import app as telling
from orchestration.cli_policy import app as policy
from orchestration.cli_pull import app as pulling
from orchestration.cli_upkeep import app as upkeep
from orchestration.home.progress import say
from orchestration.run.cli_alerts import failure_told, tell_addresses
from orchestration.run.cli_errors import EXIT_CAME_IN_WRONG, EXIT_FAILED, errors_told
from orchestration.run.cli_home import HomeOption, command, home_of
from orchestration.run.cli_progress import progress_shown
from orchestration.run.cli_stopped import StoppableCommands

app = typer.Typer(
    cls=StoppableCommands,
    help="Scorehouse: the metrics warehouse for contact centres.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

app.add_typer(before_dropping)
app.add_typer(telling)
app.add_typer(pulling)
app.add_typer(upkeep)
app.add_typer(policy, name="policy")


def main() -> None:
    """Run the command line; expected errors become one message and an exit code."""
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    with errors_told(err):
        app()


@app.command()
def demo(
    agents: Annotated[int, typer.Option(min=10, help="Number of agents.")] = 40,
    days: Annotated[int, typer.Option(min=14, help="Number of days.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed and last day give the same files.")] = 1,
    until: Annotated[str | None, typer.Option("--until", help="Last day, 2026-01-31. Default: yesterday.")] = None,
    hostile: Annotated[
        bool,
        typer.Option("--hostile", help="Names that try to break pages and queries, people far out of their bands."),
    ] = False,
    home: HomeOption = None,
) -> None:
    """Write landing files, centre.yaml and policy.yaml of a made-up centre; one that is there already stays."""
    from orchestration.demo import write_demo
    from orchestration.run.cli_report import tell_demo

    where = home_of(home)
    with progress_shown(err):
        written = write_demo(
            where,
            agents,
            days,
            seed,
            lambda text, number, total: say(f"{text}: {number} of {total}"),
            until=None if until is None else _day(until),
            hostile=hostile,
        )
    tell_demo(out, where, agents, written, command("run", home))


@app.command()
def run(
    site: Annotated[bool, typer.Option("--site/--no-site", help="Write the pages as well.")] = True,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Instant with offset that stands for now, 2026-01-05T08:00:00+08:00.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Build every date anew, not only those touched.")] = False,
    dates: Annotated[
        str | None,
        typer.Option("--dates", help="Build these dates of contacts anew as well, 2026-04-01..2026-04-03, or one."),
    ] = None,
    pull: Annotated[bool, typer.Option("--pull/--no-pull", help="Pull databases and APIs first.")] = True,
    home: HomeOption = None,
) -> None:
    """Pull what is new, take every file not yet taken, build the warehouse, publish it, and write the pages."""
    from orchestration.centre import load_centre
    from orchestration.landing.taking import misplaced
    from orchestration.run.cli_report import tell_run
    from orchestration.run.run import run as run_home
    from orchestration.upkeep.erase.erase import unfinished

    where = home_of(home)
    now, asked = _instant(as_of), None if dates is None else _dates(dates)
    with progress_shown(err), failure_told(where, "run", err):
        result = run_home(where, site=site, as_of=now, whole=full, dates=asked, pull=pull)
    result = replace(result, told=[*result.told, *misplaced(where, load_centre(where)), *unfinished(where)])
    tell_run(out, where, result, command("serve", home))
    if wrong := [*map(str, result.findings), *result.not_pulled]:
        tell_addresses(where, err, "Scorehouse: something came in wrong", "\n".join(wrong))
        raise typer.Exit(EXIT_CAME_IN_WRONG)


@app.command()
def status(home: HomeOption = None) -> None:
    """Show files, records, quarantine, dates covered and the last publication."""
    from orchestration.run.cli_report import tell_status
    from orchestration.run.status import read_status

    where = home_of(home)
    tell_status(out, where, read_status(where))


@app.command()
def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Set aside what is damaged; a run makes it anew.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Name every file, however many are damaged.")] = False,
    home: HomeOption = None,
) -> None:
    """Look at every file that the home keeps for itself, and say what is damaged and how it is mended."""
    from orchestration.run.cli_doctor import tell_troubles
    from orchestration.run.doctor import examine
    from orchestration.run.doctor import mend as mend_home

    where = home_of(home)
    with progress_shown(err):
        troubles = mend_home(where) if mend else examine(where)
    tell_troubles(out, troubles, every=every)
    if not troubles:
        out.print("Everything that this home keeps for itself is as it was written.")
    elif mend:
        out.print(f"Next: {command('run', home)}")
    else:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def audit(
    whole: Annotated[
        bool, typer.Option("--whole", help="Also hold the published file against a build of everything; takes long.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Hold every part and finding against the ledger, byte for byte; changes nothing."""
    from orchestration.run.audit import audit as audit_home
    from orchestration.run.cli_report import tell_audit, tell_whole_build
    from orchestration.run.whole_build import hold_against_whole_build

    where = home_of(home)
    with progress_shown(err):
        found = audit_home(where)
    tell_audit(out, found)
    different = []
    if whole:
        with progress_shown(err):
            different = hold_against_whole_build(where)
        tell_whole_build(out, different)
    if found.faults or different:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def history(
    begin: Annotated[
        str | None,
        typer.Option(
            "--begin-anew", help="Go on without a history that is lost, for this reason; every file tells it."
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Show what was published when, and how many values of closed periods each publication changed."""
    from orchestration.run.cli_report import tell_begun_anew, tell_history
    from orchestration.run.history import begin_anew, read_history

    where = home_of(home)
    if begin is not None:
        tell_begun_anew(out, begin_anew(where, begin), command("run", home))
        return
    found = read_history(where)
    tell_history(out, found)
    if found.faults:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def restate(
    kpi: Annotated[list[str], typer.Option("--kpi", help="KPI, or all; may be given several times.")],
    start: Annotated[str, typer.Option("--from", help="Periods that end on this date or later, 2026-01-31.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; every restated value tells it.")],
    home: HomeOption = None,
) -> None:
    """Have closed periods made anew by the formula and targets of today, at the next run."""
    from orchestration.run.cli_report import tell_ordered
    from orchestration.run.history import order_restatement

    where = home_of(home)
    day = _day(start, "--from")
    ordered = order_restatement(where, kpi, day, reason)
    tell_ordered(out, ordered, day, command("run", home))


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the pages.")] = 8080,
    dagster_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of Dagster's UI.")] = 3000,
    dagster: Annotated[bool, typer.Option("--dagster/--no-dagster", help="Start Dagster's UI as well.")] = True,
    home: HomeOption = None,
) -> None:
    """Serve the pages, and Dagster's UI, on loopback until interrupted."""
    from orchestration.run.serve import serve as serve_home

    serve_home(home_of(home), port, dagster_port if dagster else None, out.print)


def _day(text: str, option: str = "--until") -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{option} {text!r} is no day, write 2026-01-31") from error


def _dates(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    days = (_day(first, "--dates"), _day(last or first, "--dates"))
    if days[0] > days[1]:
        raise typer.BadParameter(f"--dates {text!r} ends before it begins, write 2026-04-01..2026-04-03")
    return days


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"--as-of {text!r} is no instant, write 2026-01-05T08:00:00+08:00") from error
    if instant.tzinfo is None:
        raise typer.BadParameter(f"--as-of {text!r} has no offset, write 2026-01-05T08:00:00+08:00 or ...Z")
    return instant
