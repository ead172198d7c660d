"""Reading a secret where centre.yaml says that it is; messages name the place, never what stands there."""

from __future__ import annotations

import os
from collections.abc import Mapping

from orchestration.fetch.failures import PullError
from orchestration.home.paths import SettingsError
from orchestration.sources.pulled.secrets import SecretPlace

OTHERS = 0o077


def read_secret(place: SecretPlace, environment: Mapping[str, str] | None = None) -> str:
    """Return a secret. Raises SettingsError if it is not there, or if others may read its file."""
    if place.variable is not None:
        value = (os.environ if environment is None else environment).get(place.variable, "").strip()
        if not value:
            raise SettingsError(f"{place}: is not set. Remedy: set it for whoever runs Scorehouse.")
        return value
    path = place.file
    if path is None:
        raise PullError("a secret without a place.")
    try:
        if path.stat().st_mode & OTHERS:
            raise SettingsError(f"{path}: others may read it, and it holds a secret. Remedy: chmod 600 {path}")
        value = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        # Without what Python says of it: that would quote the secret.
        raise SettingsError(f"{path}: is no text in UTF-8. Remedy: write it anew.") from None
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}. Remedy: write the secret into it, and chmod 600.") from None
    if not value or "\n" in value:
        raise SettingsError(f"{path}: has to have one line. Remedy: write the secret into it, and nothing else.")
    return value
