"""Words of exports as the contract has them: directions, channels, senders, states, verdicts of a rating."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

DIRECTIONS = {
    "inbound": r"^in(?:bound|coming|put)?(?: call)?$|eingehend|呼入|来电|进线",
    "outbound": r"^out(?:bound|going)?(?:[ _-](?:call|api|dial))?$|ausgehend|呼出|外呼",
    "callback": r"call ?back|回呼|回拨",
}
CHANNELS = {
    "wechat": r"wechat|weixin|微信|公众号|小程序",
    "weibo": r"weibo|微博",
    # Before email, as voicemail ends with it.
    "voice": r"voice|phone|telefon|call|\bsip\b|pstn|电话|语音|热线",
    "email": r"e?-?mail|邮件|邮箱",
    "app": r"\bapp\b|\bios\b|android|应用",
    "web": r"web|chat|\bform\b|portal|widget|forum|\bsite\b|\bpage\b|\bh5\b|网页|网站|在线",
    "other": r"facebook|messenger|instagram|twitter|whats ?app|telegram|viber|\bline\b|\bsms\b|短信",
}
SENDERS = {
    "system": r"system|bot\b|automat|robot|assistant|系统|机器人",
    "agent": r"agent|staff|operator|\buser\b|admin|outgoing|service|support|\brep\b|^outbound$|坐席|客服|人工|员工",
    "customer": r"customer|caller|contact|client|visitor|guest|end.?user|incoming|^inbound$|requester|客户|访客|用户",
}
# Those that say that somebody is not, before those that say that somebody is.
STATES = {
    "away": r"\baway|break|pause|not.?ready|un-?avail|not.?avail|小休|离开|休息|暂离|未就绪|非就绪",
    "wrap_up": r"wrap|after|^work$|\bacw\b|整理|话后",
    "meal": r"meal|lunch|用餐|就餐|吃饭",
    "training": r"train|培训",
    "busy": r"busy|talk|occupied|on.?call|忙|通话",
    "ready": r"ready|available|idle|online|空闲|就绪|在线",
}
ANSWERED = (
    r"^(?:answered|accepted|connected|call connected|completed|handled|success(?:ful)?|yes|y|true"
    r"|已?接[听通]|是|已接|已应答|成功)$"
)
VERDICTS = {
    "1": r"^(?:1 ?(?:星|stars?)|very dissatisfied|very bad|terrible|(?:extremely|very) unhappy|非常不满意|很不满意)$",
    "2": r"^(?:2 ?(?:星|stars?)|dissatisfied|bad|poor|unhappy|不满意)$",
    "3": r"^(?:3 ?(?:星|stars?)|neutral|okay|ok|average|一般)$",
    "4": r"^(?:4 ?(?:星|stars?)|satisfied|good|happy|满意)$",
    "5": r"^(?:5 ?(?:星|stars?)|very satisfied|very good|excellent|amazing|(?:extremely|very) happy|非常满意|很满意)$",
}


def translated(words: Sequence[str], known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return what each word is in the contract, and the words of which that is not known."""
    found, unknown = {}, []
    for word in words:
        meant = next((value for value, called in known.items() if re.search(called, word.strip().lower())), None)
        if meant is None:
            unknown.append(word)
        else:
            found[word] = meant
    return found, unknown


def answered_words(words: Sequence[str]) -> list[str]:
    """Return the words that say of a contact that somebody answered it."""
    return [word for word in words if re.search(ANSWERED, word.strip().lower())]
