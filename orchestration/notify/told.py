"""Notices in words, for whoever asks what goes out, or what went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from orchestration.centre import Centre
from orchestration.notify.plan import WHY, Item
from orchestration.notify.send import Pass

_TO_COME = ("due", "waits", "retries")
_NO_NEWS = ("sent", "settled", "superseded", "expired")


def tell_plan(out: Console, centre: Centre, items: Sequence[Item], now: datetime) -> None:
    """Print what is to go as of an instant, the earliest first, then how many don't go and why."""
    zone = ZoneInfo(centre.time_zone)
    if centre.notices.begin_on is None:
        out.print("No notices: centre.yaml has no `notices.begin_on`.")
        return
    coming = [item for item in items if item.standing in _TO_COME]
    for item in coming:
        _tell_item(out, centre, item, zone)
    out.print(f"{len(coming)} to go as of {now.astimezone(zone):%Y-%m-%d %H:%M}.")
    for standing, count in sorted(Counter(item.standing for item in items if item not in coming).items()):
        colour = "" if standing in _NO_NEWS else "[yellow]"
        out.print(f"{colour}{count:,} {standing}: {WHY[standing]}.")


def _tell_item(out: Console, centre: Centre, item: Item, zone: ZoneInfo) -> None:
    when = f"{item.at.astimezone(zone):%Y-%m-%d %H:%M}" if item.at else "-"
    whom = f"{item.recipient_kind} {item.recipient_id} by {item.channel}"
    due = f"due since {item.due_at.astimezone(zone):%Y-%m-%d %H:%M}"
    out.print(f"[bold]{when}[/] {escape(whom)}: {item.notice_kind}, {WHY[item.standing]}, {due}")
    channel = next((one for one in centre.notices.channels if one.name == item.channel), None)
    is_chinese = ((channel and channel.language) or centre.language) == "zh"
    title, text = (item.title_zh, item.text_zh) if is_chinese else (item.title_en, item.text_en)
    for line in [title, *text.split("\n"), item.link]:
        out.print(f"    {escape(line)}")


def tell_pass(out: Console, done: Pass) -> None:
    """Print what a pass came to: channels that can't be used first."""
    if done.is_busy:
        out.print("Another sender is at work; this one has sent nothing.")
        return
    if not done.channels:
        out.print("Nothing is sent: centre.yaml has no `notices.channels`.")
    for fault in done.faults:
        out.print(f"[red]{escape(fault)}[/] ")
    for one in done.channels:
        if one.fault is None:
            parts = {"sent": one.sent, "to be tried again": one.failed, "given up": one.given_up, "left": one.left}
            said = ", ".join(f"{count:,} {what}" for what, count in parts.items() if count) or "nothing due"
            out.print(f"{escape(one.channel)}: {said}")
