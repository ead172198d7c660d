"""How much a file may become when it is unpacked: a few hundred kilobytes can hold more than a machine has."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from orchestration.home.paths import UNPACK_RATIO_VARIABLE, UNPACKED_VARIABLE, unpack_limits
from orchestration.readers.findings import FileProblem

FREE_BYTES = 64 << 20
"""So much any file may become, whatever its size: small files of equal lines pack well."""


@dataclass
class Unpacking:
    """Counts what a file became so far."""

    path: Path
    unpacked: int = 0
    _packed: int = field(init=False)

    def __post_init__(self) -> None:
        self._packed = self.path.stat().st_size
        self._limits = unpack_limits()

    def add(self, size: int) -> None:
        """Count so many bytes more. Raises FileProblem if the file becomes larger than any real one does."""
        self.unpacked += size
        limits = self._limits
        if self.unpacked > limits.gigabytes * 1e9:
            raise FileProblem(
                "unpacks_too_large",
                "gigabytes",
                details={"variable": UNPACKED_VARIABLE, "gigabytes": limits.gigabytes},
            )
        if self.unpacked > max(FREE_BYTES, limits.ratio * self._packed):
            raise FileProblem(
                "unpacks_too_large",
                "ratio",
                details={"variable": UNPACK_RATIO_VARIABLE, "ratio": limits.ratio},
            )
