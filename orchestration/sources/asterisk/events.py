"""What each event of Asterisk's queue_log means in the contract.

The events and their parameters are those of https://docs.asterisk.org/Operation/Logging/Queue-Logs/ ; older
versions wrote fewer parameters at the end, which then are unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from orchestration.home.errors import ScorehouseError
from schemas.agent_states import STATES
from schemas.contact_events import EVENT_TYPES

Target = Literal["contact", "state", "pause", "ignored"]


@dataclass(frozen=True)
class Meaning:
    """What one event name stands for.

    `_at` fields give the 1-based parameter that holds a value, 0 if there is none: waits, talk and login times in
    whole seconds, `ring_ms_at` in milliseconds (the agent's ringing began that much earlier: a row `offered` then),
    `wrap_up_at` in seconds (the wrap-up ends that much later: a row `wrap_up_ended` then). Where the first
    parameter is `longer_method`, one parameter more follows it, and all later ones stand one place further.
    """

    target: Target
    event_type: str | None = None
    reason: str | None = None
    state: str | None = None
    is_pause_change: bool = False
    wait_at: int = 0
    talk_at: int = 0
    ring_ms_at: int = 0
    wrap_up_at: int = 0
    login_at: int = 0
    customer_at: int = 0
    transfer_kind: str | None = None
    transfer_target_at: int = 0
    longer_method: str | None = None


IGNORED = Meaning("ignored")

DOCUMENTED: dict[str, Meaning] = {
    # ENTERQUEUE(url|callerid|origposition|calleridname)
    "ENTERQUEUE": Meaning("contact", "queued", customer_at=2),
    # CONNECT(holdtime|bridgedchanneluniqueid|ringtime)
    "CONNECT": Meaning("contact", "connected", wait_at=1),
    # COMPLETEAGENT(holdtime|calltime|origposition), COMPLETECALLER the same
    "COMPLETEAGENT": Meaning("contact", "ended", wait_at=1, talk_at=2),
    "COMPLETECALLER": Meaning("contact", "ended", wait_at=1, talk_at=2),
    # ABANDON(position|origposition|waittime)
    "ABANDON": Meaning("contact", "abandoned", wait_at=3),
    # EXITWITHKEY(key|position|origposition|waittime)
    "EXITWITHKEY": Meaning("contact", "left_queue", reason="key", wait_at=4),
    # EXITWITHTIMEOUT(position|origposition|waittime), EXITEMPTY the same
    "EXITWITHTIMEOUT": Meaning("contact", "left_queue", reason="timeout", wait_at=3),
    "EXITEMPTY": Meaning("contact", "left_queue", reason="empty", wait_at=3),
    # TRANSFER(extension|context|holdtime|calltime|origposition), the name of BLINDTRANSFER before Asterisk 12
    "TRANSFER": Meaning("contact", "transferred", wait_at=3, talk_at=4, transfer_kind="blind", transfer_target_at=1),
    "BLINDTRANSFER": Meaning(
        "contact", "transferred", wait_at=3, talk_at=4, transfer_kind="blind", transfer_target_at=1
    ),
    # ATTENDEDTRANSFER(method|method-data|holdtime|calltime|origposition): the data name a bridge or an application,
    # not a target; of LINK they are two, the channels on both ends of it
    "ATTENDEDTRANSFER": Meaning(
        "contact", "transferred", wait_at=3, talk_at=4, transfer_kind="warm", longer_method="LINK"
    ),
    # RINGNOANSWER(ringtime) in milliseconds
    "RINGNOANSWER": Meaning("contact", "declined", ring_ms_at=1),
    # RINGCANCELED(ringtime) in milliseconds: the caller gave up while the agent's phone rang
    "RINGCANCELED": Meaning("contact", "offered", ring_ms_at=1),
    # AGENTDUMP: the agent hung up during the announcement, before being bridged
    "AGENTDUMP": Meaning("contact", "declined"),
    # WRAPUPSTART(wrapuptime) in seconds, of Wazo and its ancestors: the agent gets no call for that long
    "WRAPUPSTART": Meaning("contact", "wrap_up_started", wrap_up_at=1),
    # SYSCOMPAT: answered, but dropped because the channels don't fit; nobody's choice, and no conversation
    "SYSCOMPAT": Meaning("contact", "left_queue"),
    # PAUSE(reason), PAUSEALL the same
    "PAUSE": Meaning("pause", is_pause_change=True),
    "PAUSEALL": Meaning("pause", is_pause_change=True),
    "UNPAUSE": Meaning("state", state="ready", is_pause_change=True),
    "UNPAUSEALL": Meaning("state", state="ready", is_pause_change=True),
    # AGENTLOGIN(channel), AGENTCALLBACKLOGIN(exten@context)
    "AGENTLOGIN": Meaning("state", state="ready"),
    "AGENTCALLBACKLOGIN": Meaning("state", state="ready"),
    # AGENTLOGOFF(channel|logintime), AGENTCALLBACKLOGOFF(exten@context|logintime|reason)
    "AGENTLOGOFF": Meaning("state", state="offline", login_at=2),
    "AGENTCALLBACKLOGOFF": Meaning("state", state="offline", login_at=2),
    # ADDMEMBER(PAUSED), empty where the member begins without a pause
    "ADDMEMBER": Meaning("state", state="ready"),
    "REMOVEMEMBER": Meaning("state", state="offline"),
    "CONFIGRELOAD": IGNORED,
    "QUEUESTART": IGNORED,
    "DID": IGNORED,
    "INFO": IGNORED,
    "PENALTY": IGNORED,
}


class MeaningError(ScorehouseError, ValueError):
    """An entry of `event_types` in centre.yaml that names nothing of the contract."""


def meanings(event_types: dict[str, str]) -> dict[str, Meaning]:
    """Return what each event name means: the documented ones, overridden by a source's `event_types`.

    An entry is `event_type`, `event_type:reason`, `state:<state>` or `ignored`.
    """
    return DOCUMENTED | {name: _meaning(name, text) for name, text in event_types.items()}


def _meaning(name: str, text: str) -> Meaning:
    kind, _, detail = text.partition(":")
    if text == "ignored":
        return IGNORED
    if kind == "state" and detail in STATES:
        return Meaning("state", state=detail)
    if kind in EVENT_TYPES:
        return Meaning("contact", kind, reason=detail or None)
    raise MeaningError(
        f"event_types.{name}: {text!r} is no event type. Remedy: one of {', '.join(EVENT_TYPES)} "
        f"(with `:reason` if it has one), `state:` and one of {', '.join(STATES)}, or `ignored`."
    )


def meaning_frame(event_types: dict[str, str]) -> pl.DataFrame:
    """Return the meanings as a frame to join on `event`: the fields of Meaning as columns."""
    table = meanings(event_types)
    columns: dict[str, pl.Series] = {"event": pl.Series(list(table), dtype=pl.String)}
    for field in Meaning.__dataclass_fields__:
        kind = pl.Int32 if field.endswith("_at") else pl.Boolean if field.startswith("is_") else pl.String
        values = [getattr(meaning, field) for meaning in table.values()]
        columns[field] = pl.Series(values, dtype=kind)
    return pl.DataFrame(columns)
