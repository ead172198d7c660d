"""What all settings of a mapping are."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class RuleSettings(BaseModel):
    """Settings that know their own names only and never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)
