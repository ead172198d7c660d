"""Sending what is due: a queue for each channel, and no try whose outcome the ledger does not tell.

`trying` is on the disk before a message leaves. A sender that is killed then leaves a try without an outcome, and the
message goes once more, with the same id in its last line: whoever reads it twice sees that it is one. A second try that
is cut off likewise is the last.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from orchestration.centre import Centre
from orchestration.centre.notices import NoticeChannel
from orchestration.home.alerts import silence
from orchestration.home.lock import HomeLockedError, home_lock
from orchestration.home.notice_ledger import DeliveryState, Journal, fold
from orchestration.home.paths import Home
from orchestration.notify.addresses import AddressError, address_for, address_of
from orchestration.notify.plan import DELAYS, SENDABLE, Item, plan_notices

MOST_FAILURES = 3
"""After so many failures in a row a channel rests until the next pass; the others go on."""

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class ChannelPass:
    """What one pass came to by one channel, in notices; `left`: due, and not tried since the channel failed before."""

    channel: str
    sent: int = 0
    failed: int = 0
    given_up: int = 0
    left: int = 0
    fault: str | None = None


@dataclass(frozen=True)
class Pass:
    """What one pass came to; `is_busy`: another sender is at work, and this one has done nothing."""

    channels: list[ChannelPass] = field(default_factory=list)
    is_busy: bool = False

    @property
    def faults(self) -> list[str]:
        """Channels that can't be used, in words."""
        return [one.fault for one in self.channels if one.fault]


def send_notices(
    home: Home, centre: Centre, environment: Mapping[str, str] | None = None, clock: Clock = lambda: datetime.now(UTC)
) -> Pass:
    """Send what is due by every channel, beside each other, and return what came of it.

    Raises NotifyError or NoticeLedgerError where nobody can know what is due; a channel that fails raises nothing.
    """
    variables = os.environ if environment is None else environment
    with _alone(home) as is_alone:
        if not is_alone:
            return Pass(is_busy=True)
        items = [item for item in plan_notices(home, centre, clock()) if item.standing in SENDABLE]
        channels = centre.notices.channels
        if not channels:
            return Pass()
        _fold_days(home, clock())
        with silence(), ThreadPoolExecutor(len(channels)) as pool:
            queues = [_Queue(home, centre, channel, variables, clock) for channel in channels]
            passes = [
                pool.submit(queue.work, [item for item in items if item.channel == queue.name]) for queue in queues
            ]
            return Pass([done.result() for done in passes])


class _Queue:
    """The queue of one channel."""

    def __init__(
        self, home: Home, centre: Centre, channel: NoticeChannel, variables: Mapping[str, str], clock: Clock
    ) -> None:
        self.name = channel.name
        self._channel = channel
        self._language = channel.language or centre.language
        self._variables = variables
        self._clock = clock
        self._journal = Journal(home.notice_ledger, channel.name)

    def work(self, items: Sequence[Item]) -> ChannelPass:
        """Send them, those first that were tried least: one that is refused again and again holds up no other."""
        try:
            address = address_of(self._channel, self._variables)
        except AddressError as error:
            return ChannelPass(self.name, left=len(items), fault=str(error))
        came: Counter[str] = Counter()
        in_a_row = 0
        for item in sorted(items, key=lambda item: item.attempts):
            if item.standing == "no_try_left":
                self._note(item, item.attempts, "given_up")
                came["given_up"] += 1
            elif in_a_row >= MOST_FAILURES:
                came["left"] += 1
            elif item.until is None or self._clock() < item.until:
                outcome = self._try(address_for(address, item.address), item)
                in_a_row = 0 if outcome == "sent" else in_a_row + 1
                came[outcome] += 1
        return ChannelPass(self.name, came["sent"], came["failed"], came["given_up"], came["left"])

    def _try(self, address: str, item: Item) -> DeliveryState:
        attempt = item.attempts + 1
        self._note(item, attempt, "trying")
        if self._post(address, item):
            self._note(item, attempt, "sent")
            return "sent"
        self._note(item, attempt, "failed")
        if attempt <= len(DELAYS):
            return "failed"
        self._note(item, attempt, "given_up")
        return "given_up"

    def _post(self, address: str, item: Item) -> bool:
        from apprise import Apprise, NotifyFormat  # half a second, and most passes have nothing to send

        is_chinese = self._language == "zh"
        title, text = (item.title_zh, item.text_zh) if is_chinese else (item.title_en, item.text_en)
        body = f"{text}\n{item.link}\n\nnotice {item.notice_id}"
        service = Apprise()
        try:
            return bool(service.add(address) and service.notify(body=body, title=title, body_format=NotifyFormat.TEXT))
        except Exception:  # noqa: BLE001 - whatever a service stumbles over, and its words may quote the address
            return False

    def _note(self, item: Item, attempt: int, state: DeliveryState) -> None:
        self._journal.append(
            {
                "notice_id": item.notice_id,
                "notice_kind": item.notice_kind,
                "recipient_kind": item.recipient_kind,
                "recipient_id": item.recipient_id,
                "attempt": attempt,
                "delivery_state": state,
                "happened_at": self._clock(),
            }
        )


@contextmanager
def _alone(home: Home) -> Iterator[bool]:
    """Tell whether this is the only sender; two would send everything twice."""
    home.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.state / "notify.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _fold_days(home: Home, now: datetime) -> None:
    """Fold the ledger's days that are over, unless a run holds the home: it may be reading them."""
    try:
        with home_lock(home, timeout_seconds=0):
            fold(home.notice_ledger, now.astimezone(UTC))
    except HomeLockedError:
        return
