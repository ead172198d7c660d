"""Telling people that a run failed: by mail, chat or webhook, wherever Apprise reaches.

An address is a URL that holds a password or a token, so it comes from the environment or from a file that only its
owner may read, and is in no message, log or metadata: addresses are told by their number.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import ALERTS_VARIABLE, Home, SettingsError

OTHERS = 0o077
MOST_CHARACTERS = 3_000
"""The beginning says what to do; some services refuse longer messages."""

# They write addresses into their log lines.
TALKATIVE = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib")


class AlertError(ScorehouseError, RuntimeError):
    """Somebody could not be told; the message names the addresses by number only."""


@dataclass(frozen=True)
class Alerts:
    """Where failures are told, and where these addresses come from."""

    origin: str
    addresses: tuple[str, ...] = field(repr=False)


def alerts_of(home: Home, environment: Mapping[str, str] | None = None) -> Alerts:
    """Return the addresses of SCOREHOUSE_ALERTS (between spaces), else of state/alerts (a line each); often none.

    Raises SettingsError if others may read the file.
    """
    variables = os.environ if environment is None else environment
    value = variables.get(ALERTS_VARIABLE, "")
    if value.strip():
        return Alerts(ALERTS_VARIABLE, tuple(value.split()))
    path = home.alerts_file
    if not path.exists():
        return Alerts(str(path), ())
    if path.stat().st_mode & OTHERS:
        raise SettingsError(f"{path}: others may read it, and it holds secrets. Remedy: chmod 600 {path}")
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError:
        # Without what Python says of it: that would quote the secret.
        raise SettingsError(f"{path}: is no text in UTF-8. Remedy: write it anew, an address a line.") from None
    return Alerts(str(path), tuple(line for line in lines if line and not line.startswith("#")))


def tell_failure(home: Home, title: str, text: str) -> int:
    """Send a message to every address and return their number; text is told as it is, whatever a service makes of it.

    Raises SettingsError, or AlertError when an address is none or could not be reached; the others have got it then.
    """
    alerts = alerts_of(home)
    if not alerts.addresses:
        return 0
    from apprise import Apprise, NotifyFormat, NotifyType  # half a second, and most homes have no addresses

    unknown, unreached = [], []
    with silence():
        for number, address in enumerate(alerts.addresses, start=1):
            service = Apprise()
            if not service.add(address):
                unknown.append(number)
            elif not service.notify(
                body=_shortened(text), title=title, notify_type=NotifyType.FAILURE, body_format=NotifyFormat.TEXT
            ):
                unreached.append(number)
    if unknown or unreached:
        raise AlertError(_not_told(alerts.origin, unknown, unreached))
    return len(alerts.addresses)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}\n..."


def _not_told(origin: str, unknown: list[int], unreached: list[int]) -> str:
    parts = []
    if unknown:
        parts.append(f"{_numbers(unknown)} no address that Apprise knows. Remedy: write it as its documentation says.")
    if unreached:
        parts.append(f"{_numbers(unreached)} not reached. Remedy: try it by hand, with the command `apprise`.")
    return f"A failed run was not told to everybody. {origin}: " + " ".join(parts)


def _numbers(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers)
    return f"address {named} is" if len(numbers) == 1 else f"addresses {named} are"


@contextmanager
def silence() -> Iterator[None]:
    """Keep what writes addresses into logs quiet while the block runs, in all threads."""
    # By the level of the parents: the loggers below them may not be there yet, since services are imported when used.
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
