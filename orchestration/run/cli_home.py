"""Which home a command is for, and what to type for the next one."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration.home.paths import HOME_VARIABLE, Home

HomeOption = Annotated[
    Path | None, typer.Option("--home", help=f"The centre's folder. Default: {HOME_VARIABLE}, else data/ here.")
]


def home_of(path: Path | None) -> Home:
    """Return the home that was named, else that of the environment; what the command starts gets the same."""
    home = Home(path.expanduser().absolute()) if path is not None else Home.from_env()
    os.environ[HOME_VARIABLE] = str(home.root)
    return home


def command(name: str, home: Path | None) -> str:
    """Return what to type for a command on the same home: not everybody has `scorehouse` on the path."""
    if home is None and shutil.which("scorehouse") is None:
        return f"make {name}"
    return shlex.join([program(), name, *([] if home is None else ["--home", str(home)])])


def program() -> str:
    """Return what to type for the program itself."""
    return "scorehouse" if shutil.which("scorehouse") else sys.argv[0]
