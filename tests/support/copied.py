"""Copies of a folder of the checkout, without what tools have made at its top."""

from __future__ import annotations

import shutil
from pathlib import Path

MADE_BY_TOOLS = {"node_modules", "target", "logs", "build", ".evidence", ".svelte-kit"}
"""A folder of such a name further down is one of ours."""


def copy_folder(source: Path, target: Path) -> Path:
    """Copy a folder, into one that may exist; return the copy."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return ({*names} & MADE_BY_TOOLS if Path(folder) == source else set()) | ({*names} & {"__pycache__"})

    return shutil.copytree(source, target, ignore=left_out, dirs_exist_ok=True)
