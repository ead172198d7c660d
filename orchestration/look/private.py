"""What of a file is not shown at a terminal, since it may be what somebody wrote, or the number somebody goes by."""

from __future__ import annotations

import re

from orchestration.look.holds import Column

LONGEST_WORD = 40
_NUMBER_OF_SOMEBODY = re.compile(r"[0-9][0-9 ()./-]{3,}[0-9]|@")
_OF_CUSTOMERS = re.compile(
    r"customer|caller|client|visitor|requester|guest|consumer|phone|mobile|msisdn|mail|address|comment|note|remark"
    r"|message|text|content|subject|body|description|title|feedback|name|^ani$|^cli$|^src$|^dst$|^from$|^to$|clid"
    r"|kunde|anrufer|rufnummer|betreff|nachricht|备注|内容|留言|消息|标题|描述|客户|访客|用户|手机|电话|号码|姓名|昵称|地址|邮箱|主叫|被叫",
    re.IGNORECASE,
)
"""Names of columns that hold what somebody wrote, or who somebody is."""
_OF_AGENTS = re.compile(r"agent|queue|skill|team|group|campaign|坐席|客服|技能|队列", re.IGNORECASE)
_DIGITS_OF_A_NUMBER = 7
_DIGITS_OF_A_NAME = 4
_FEW_WORDS = 8


def is_shown(word: str) -> bool:
    """Tell whether a word of a list can be shown: it is short, and has neither a number nor an address in it."""
    return len(word) <= LONGEST_WORD and word.isprintable() and not _NUMBER_OF_SOMEBODY.search(word)


def is_list(column: Column) -> bool:
    """Tell whether a column has words of a list, as far as few records can tell it, and none that are somebody's."""
    return (column.comes_again or len(column.words) <= _FEW_WORDS) and all(map(is_shown, column.words))


def has_shown_words(column: Column) -> bool:
    """Tell whether the words of a column can be shown; what comes once each may be somebody's name."""
    return (
        bool(column.words) and column.comes_again and not _is_of_customers(column) and all(map(is_shown, column.words))
    )


def is_number_of_somebody(column: Column) -> bool:
    """Tell whether whole numbers may be those by which people go, and no amounts."""
    if column.holding != "whole number":
        return False
    digits = max(len(column.lowest.lstrip("-")), len(column.highest.lstrip("-")))
    fewest = _DIGITS_OF_A_NUMBER if column.comes_again else _DIGITS_OF_A_NAME
    return digits >= fewest or _is_of_customers(column)


def _is_of_customers(column: Column) -> bool:
    return _OF_CUSTOMERS.search(column.name) is not None and _OF_AGENTS.search(column.name) is None
