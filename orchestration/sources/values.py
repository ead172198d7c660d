"""Values that settings of sources and of the centre share: names, channels, time zones, encodings."""

from __future__ import annotations

import codecs
import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

Channel = Literal["web", "wechat", "weibo", "app", "voice", "email", "other"]
CHANNELS: tuple[Channel, ...] = Channel.__args__  # type: ignore[attr-defined]


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no IANA time zone; try one such as Asia/Shanghai") from error
    return name


def _check_safe_name(name: str) -> str:
    # The name is a folder under landing/ and a part of file names and keys.
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", name) or ".." in name or "--" in name:
        raise ValueError(
            f"{name!r} cannot name a folder; use letters, digits, `_`, `.`, `-` (no `--`), at most 64 characters"
        )
    return name


def _check_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise ValueError(f"{name!r} is no text encoding; try utf-8, gb18030, latin-1 or utf-16") from error
    return name


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression ({error}); try '^[0-9]+$'") from error
    return pattern


SafeName = Annotated[str, AfterValidator(_check_safe_name)]
TimeZoneName = Annotated[str, AfterValidator(_check_zone)]
EncodingName = Annotated[str, AfterValidator(_check_encoding)]
Pattern = Annotated[str, AfterValidator(_check_pattern)]
