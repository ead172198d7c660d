"""What the columns of an export mean to a contact centre, guessed by their names and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from orchestration.look.holds import Column

_TIMES = ("instant",)
_SPANS = ("duration", "number", "whole number")
_NAMES = ("id", "words", "text", "whole number", "number", "flag")
_NUMBERS = ("whole number", "number", "words")


@dataclass(frozen=True)
class Meaning:
    """Something that a column may mean: what it is called in exports, and what it then holds."""

    name: str
    called: str
    """Regular expression over the name in small letters, words apart by one space; earlier alternatives come first."""
    holds: tuple[str, ...]
    else_called: str = r"$^"
    """Names that say it only where no other column has one of its own."""


MEANINGS = (
    Meaning("message_id", r"^(?:message|msg) ?id$|消息 ?(?:id|编号)", _NAMES, r"^id$"),
    Meaning(
        "sender", r"^(?:sender|sender type|author type|from type|by|message type)$|发送(?:者|方|人)(?:类型)?$", _NAMES
    ),
    Meaning("state", r"^(?:agent )?(?:state|presence|aux|activity|pause reason)$|坐席状态|状态$", ("words",)),
    Meaning("event", r"^(?:event|event type|action)$|事件", ("words",)),
    Meaning(
        "contact_id",
        r"^(?:contact|call|conversation|ticket|chat|session|interaction|case|call log) ?(?:id|no|number|key|uuid|ref)$"
        r"|^(?:contact|call|conversation|ticket|chat|interaction|vorgang)$|^linkedid$|^unique ?id$|^uuid$"
        r"|(?:会话|通话|呼叫|来电|工单|服务|接触|对话|咨询)(?:记录)? ?(?:id|编号|号|流水号?|标识)|流水号",
        _NAMES,
        r"^id$|编号$",
    ),
    Meaning(
        "answered_at",
        r"(?:answer(?:ed)?|connect(?:ed)?|pick ?up|assigned|accepted|agent join(?:ed)?)(?: time| at| date| timestamp)?$"
        r"|time answered|^answer|^angenommen|接听时间|应答时间|接通时间|接入时间|分配时间",
        _TIMES,
    ),
    Meaning(
        "wrapped_up_at",
        r"wrap ?up (?:end|finish)|after (?:call|contact) work end|acw end|整理结束|话后结束",
        _TIMES,
    ),
    Meaning(
        "ended_at",
        r"(?:^|call |contact |chat |session )(?:end(?:ed)?|clos(?:e|ed)|solved|resolved|hang ?up|disconnect(?:ed)?"
        r"|finish(?:ed)?|completed|beendet|ende)(?: time| at| date| timestamp)?$|time ended"
        r"|结束时间|挂机时间|挂断时间|关闭时间|解决时间|完成时间",
        _TIMES,
    ),
    Meaning(
        "started_at",
        r"^(?:start(?:ed)?|begin|began|created|opened|call|queued?|enter(?:ed)?|offered|arrival|received|initiation)"
        r"(?: time| at| date| timestamp| on)?$|(?:call|contact|chat|session|conversation) (?:start|begin|created)"
        r"|^(?:date|time|timestamp|datetime|calldate|date time)$|start ?time|time started"
        r"|^beginn|^anrufzeit|开始时间|呼叫时间|来电时间|进线时间|创建时间|发起时间|排队时间|通话时间|接入时间|^时间$|^日期$",
        _TIMES,
    ),
    Meaning("start_day", r"^(?:start |call |contact )?(?:date|day|datum)$|日期$", ("day",)),
    Meaning("start_clock", r"^(?:start |call )?(?:time|clock|uhrzeit)$|^时间$", ("duration",)),
    Meaning("sent_at", r"^(?:sent|posted|created)(?: time| at)?$|^at$|发送时间", _TIMES),
    Meaning("rated_at", r"(?:rat(?:ed|ing)|survey|csat|feedback)(?: time| at| date)|评价时间|评分时间", _TIMES),
    Meaning("wait", r"wait|queue ?(?:time|duration|seconds)|ring ?(?:time|duration|ing)?$|等待|排队时长|振铃", _SPANS),
    Meaning(
        "talk",
        r"talk|bill ?sec|conversation ?(?:time|duration)|handle ?time|^dauer$|gespräch"
        r"|通话时长|通话秒|服务时长|对话时长",
        _SPANS,
    ),
    Meaning("length", r"^(?:duration|call duration|total duration|length)(?: sec(?:onds)?)?$|总时长|时长", _SPANS),
    Meaning(
        "stars",
        r"stars?$|^(?:rating|csat|score|satisfaction)(?: score| rating)?$|满意度|评分|评价(?:分|星级|结果)?$",
        _NUMBERS,
    ),
    Meaning("team_id", r"^(?:team|group|department|squad)(?: ?(?:id|name))?$|班组|小组|部门|团队", _NAMES),
    Meaning(
        "agent_name",
        r"^(?:agent|user|employee|operator) ?(?:full )?name$|坐席(?:姓名|名称)|员工姓名|客服姓名|^姓名$",
        _NAMES,
    ),
    Meaning(
        "agent_id",
        r"^(?:agent|assignee|operator|employee|user|staff|owner|answered by|handled by|member|bearbeiter|mitarbeiter)"
        r"(?: ?(?:id|no|number|login|email|code))?$"
        r"|^(?:extension|ext|login)$|agent|assignee|坐席(?:工号|id|编号|账号)?|客服(?:工号|id|账号)?|工号|接待人|受理人|处理人|分机",
        _NAMES,
    ),
    Meaning(
        "queue_id",
        r"^(?:queue|skill|skill ?group|acd group|inbox|service|campaign)(?: ?(?:id|name))?$|队列|技能组|业务线",
        _NAMES,
    ),
    Meaning(
        "customer_id",
        r"^(?:customer|caller|client|visitor|contact|requester|guest|consumer|rufnummer|anrufer)"
        r"(?: ?(?:id|no|number|phone|ani|uid))?$"
        r"|^(?:ani|from|src|source|phone|phone number|caller ?id|mobile|msisdn|calling number|customer phone)$"
        r"|主叫|来电号码|客户(?:号码|电话|id|编号|号)?|用户(?:id|号|编号)|访客|手机",
        _NAMES,
    ),
    Meaning(
        "channel",
        r"^(?:channel|source channel|via|media|media type|medium|channel type|via channel)$|渠道|来源|媒体",
        ("words",),
    ),
    Meaning("direction", r"direction|call ?type|呼叫(?:方向|类型)|通话类型|方向", ("words",)),
    Meaning("status", r"status|disposition|outcome|result|call ?result|结果|是否接(?:听|通)|状态", ("words", "flag")),
    Meaning(
        "topic",
        r"^(?:topic|subject|category|reason|issue type|wrap ?up code|type)$|主题|业务类型|分类|小结|咨询类型",
        _NAMES,
    ),
    Meaning("valid_from", r"valid from|start date|hired(?: on)?|hire date|入职", ("day", "instant")),
    Meaning("role", r"^(?:role|job|position|title)$|岗位|角色|职位", _NAMES),
)


def plain(name: str) -> str:
    """Return a column's name in small letters, its words apart by one space, without what a path has before it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.rpartition("/")[2])
    return re.sub(r"[\s_\-./:()（）#^]+", " ", words).strip().lower()


def meanings_of(columns: Sequence[Column], wanted: Collection[str]) -> dict[str, Column]:
    """Return for each of the wanted meanings the column that most likely has it; no column has two."""
    given: dict[str, Column] = {}
    taken: set[str] = set()
    for meaning in (one for one in MEANINGS if one.name in wanted):
        fitting = [
            (rank, at, column)
            for at, column in enumerate(columns)
            if column.name not in taken and column.holding in meaning.holds
            for rank in [_rank(meaning, column)]
            if rank is not None
        ]
        if fitting:
            *_, best = min(fitting, key=lambda one: one[:2])
            given[meaning.name] = best
            taken.add(best.name)
    return given


def _rank(meaning: Meaning, column: Column) -> tuple[int, float] | None:
    """Tell how well a name fits, less being better; None if it does not. A name of its own comes before a part."""
    # Of a path both the whole and its last key may say it.
    texts = plain(column.name), plain(column.name.rpartition(".")[2])
    for weight, called in ((0, meaning.called), (4, meaning.else_called)):
        for at, text in enumerate(texts):
            found = re.search(called, text)
            if found is not None:
                return weight + at + (found[0] != text), -column.filled
    return None
