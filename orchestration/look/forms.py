"""The forms that texts of exports have: what stands for nothing, and how times, clocks and numbers are written."""

from __future__ import annotations

import re

from orchestration.sources.files.numbers import NumberForm

NOTHING_WORDS = frozenset(
    {
        "-",
        "--",
        "---",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
        "\\n",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "#n/a",
        "无",
        "空",
        "[none]",
        "(none)",
        "<none>",
        "(null)",
        "no agent",
        "no group",
        "unassigned",
        "not assigned",
    }
)
"""Texts by which systems say that there is nothing."""
FLAGS = frozenset({"true", "false", "yes", "no", "y", "n", "是", "否", "有", "无"})
_DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y")
_NAMED_MONTHS = ("%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%a, %d %b %Y", "%a %d %b %Y")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p")
INSTANTS = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S%.f %z",
    *(f"%Y-%m-%d {clock}" for clock in _CLOCKS[2:]),
    *(f"%Y/%m/%d {clock}" for clock in _CLOCKS),
    *(f"{day}{between}{clock}" for clock in _CLOCKS for day in _DAY_FIRST for between in (" ", ", ")),
    *(f"{day} {clock}" for clock in _CLOCKS for day in _NAMED_MONTHS),
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日 %H时%M分%S秒",
    "%Y/%m/%d %p%I:%M:%S",
    "%Y/%m/%d %p%I:%M",
    "%Y-%m-%d %p%I:%M:%S",
    "%Y年%m月%d日 %p%I:%M",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y-%m-%d-%H.%M.%S",
)
"""Forms of instants, beside ISO 8601, which needs none."""
DAYS = ("%Y/%m/%d", *_DAY_FIRST, *_NAMED_MONTHS, "%Y年%m月%d日", "%Y%m%d")
CLOCKS = {
    "%I:%M:%S %p": r"^[0-9]{1,2}:[0-9]{2}:[0-9]{2} [AaPp]\.?[Mm]\.?$",
    "%I:%M %p": r"^[0-9]{1,2}:[0-9]{2} [AaPp]\.?[Mm]\.?$",
    "%p%I:%M:%S": r"^[上下]午 ?[0-9]{1,2}:[0-9]{2}:[0-9]{2}$",
    "%p%I:%M": r"^[上下]午 ?[0-9]{1,2}:[0-9]{2}$",
}
"""Clock times of halves of a day; others are lengths of time as well."""
NUMBERS = (
    NumberForm(),
    NumberForm(decimal=","),
    NumberForm(decimal=",", thousands="."),
    NumberForm(decimal=".", thousands=","),
    NumberForm(decimal=",", thousands=" "),
)
EPOCHS = {"epoch_seconds": (1_000_000_000, 2_100_000_000), "epoch_milliseconds": (10**12, 21 * 10**11)}
SERIAL = (36_526, 62_000)
"""The days of 2000 to 2069 as a spreadsheet counts them."""
TIME_NAME = re.compile(
    r"time|date|stamp|_at$|_on$|start|begin|\bend|created|updated|opened|closed|answer|时间|日期|时刻", re.IGNORECASE
)
ID_NAME = re.compile(
    r"(?:^|[^a-z])(?:id|no|number|key|uuid|ref)$|[a-z](?:Id|ID|Key)$|编号|工号|流水|号$", re.IGNORECASE
)
