"""The command line of policy.yaml: check, example."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.markup import escape

from orchestration.run.cli_errors import EXIT_FAILED
from orchestration.run.cli_home import HomeOption, home_of

app = typer.Typer(
    help="policy.yaml: by what people are assessed, rewarded and ranked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)


@app.command()
def check(home: HomeOption = None) -> None:
    """Say which versions there are, what they lack, and what would be computed for whom from when; writes nothing.

    Exit code 1 where a version is incomplete, 2 where the file contradicts itself.
    """
    from orchestration.centre import load_centre
    from orchestration.policy import load_policy
    from orchestration.policy.check import checked, sections_without

    where = home_of(home)
    policy = load_policy(where, load_centre(where))
    if not policy.versions:
        out.print(f"{where.policy_file}: no version, so nobody is assessed, ranked or paid by it.", markup=False)
        out.print("Next: scorehouse policy example prints one to begin with; docs/policy.md says what each key means.")
        return
    told = list(checked(policy))
    for one in told:
        out.print(f"\n[bold]{escape(one.title)}[/]: [{'green' if one.is_complete else 'red'}]{escape(one.outcome)}[/]")
        for words in one.words:
            out.print(f"  {words}", markup=False)
    if missing := sections_without(policy):
        out.print(f"\nNot computed, as no section speaks of it: {'; '.join(missing)}.")
    if any(not one.is_complete for one in told):
        raise typer.Exit(EXIT_FAILED)


@app.command()
def example() -> None:
    """Print an example to adapt; nothing of it holds anywhere until a person writes it into policy.yaml."""
    from orchestration.policy.example import example_text

    typer.echo(example_text(), nl=False)
