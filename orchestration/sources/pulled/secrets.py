"""Where a secret is: in an environment variable, or in a file that only its owner may read. Never in centre.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Self

from pydantic import model_validator

from orchestration.sources.files.rule_settings import RuleSettings

NO_PLACE = "a secret has no place in centre.yaml; write {variable: NAME} or {file: /path/of/a/file}"


class SecretPlace(RuleSettings):
    """The place of a secret. What is wrong with it is told without quoting it: it may be the secret itself."""

    variable: str | None = None
    file: Path | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_a_place(cls, value: Any) -> Any:
        if not isinstance(value, dict) or set(value) - {"variable", "file"} or len(value) != 1:
            raise ValueError(NO_PLACE)
        (place,) = value.values()
        if not isinstance(place, str):
            raise ValueError(NO_PLACE)
        return value

    @model_validator(mode="after")
    def _is_named_well(self) -> Self:
        if self.variable is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", self.variable):
            raise ValueError("`variable` is not the name of an environment variable, such as DESK_URL")
        if self.file is not None and not self.file.is_absolute():
            raise ValueError("`file` needs the full path of a file")
        return self

    def __str__(self) -> str:
        """Return what the place is called."""
        return f"the environment variable {self.variable}" if self.variable else str(self.file)
