"""What takes minutes to make is made once in a run of the tests, in however many processes it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of this name, made by whichever process asks first while the others wait; it is only read."""
    root = factory.getbasetemp()
    # Under pytest-xdist the base of a process is a folder in that of the whole run.
    root = root.parent if root.name.startswith("popen-") else root
    folder = root / name
    whole = root / f"{name}.whole"
    with FileLock(root / f"{name}.lock"):
        if not whole.exists():
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
