"""What columns of exports are called, and what they then hold: the words by which each meaning is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.look.translated import CHANNELS, DIRECTIONS, SENDERS, STATES

_TIMES = ("instant",)
_SPANS = ("duration", "number", "whole number")
_NAMES = ("id", "words", "text", "whole number", "number", "flag")
_NUMBERS = ("whole number", "number", "words")


@dataclass(frozen=True)
class Meaning:
    """Something that a column may mean: what it is called in exports, and what it then holds."""

    name: str
    called: str
    """Regular expression over the name in small letters, words apart by one space; it begins and ends with words."""
    holds: tuple[str, ...]
    else_called: str = r"(?!)"
    """Names that say it only where no other column has one of its own."""
    known: Mapping[str, str] | None = None
    """The contract's words, of which a column of words that means it has some."""
    fewest_known: float = 0.0
    """Such a share of its words is known."""
    never_within: str = r"(?!)"
    """Objects whose keys never say it, as the address in that of an agent is none of a customer's."""


MEANINGS = (
    Meaning("message_id", r"^(?:message|msg) ?id$|消息 ?(?:id|编号)", _NAMES, r"^id$"),
    Meaning(
        "sender",
        r"^(?:sender|sender (?:type|role)|author type|from type|by|from|message type)$|发送(?:者|方|人)(?:类型)?$",
        ("words",),
        r"role$|角色$",
        SENDERS,
        0.5,
    ),
    # Of messages the way that they go tells who wrote them; of calls it tells nothing of the kind.
    Meaning("way", r"^(?:message )?direction$", ("words",), known=SENDERS, fewest_known=0.5),
    Meaning(
        "writer",
        r"^(?:author|sender|sent by|written by|from)(?: ?(?:id|name|e?mail|handle|login))?$"
        r"|^发送(?:者|方|人)(?:id|编号|账号|姓名|名称)?$",
        _NAMES,
    ),
    Meaning(
        "state",
        r"^(?:agent )?(?:state|presence|aux|activity|pause reason)(?: name)?$|坐席状态|状态$",
        ("words",),
        known=STATES,
        fewest_known=0.5,
    ),
    Meaning("event", r"^(?:event|event type|action)$|事件", ("words",)),
    Meaning(
        "contact_id",
        r"^(?:call|conversation|ticket|chat|session|interaction|case|call log) ?(?:id|sid|no|number|key|uuid|ref)$"
        r"|^(?:call|conversation|ticket|chat|interaction|vorgang|vorgangs ?(?:nummer|nr|id))$"
        r"|^linkedid$|^uuid$|^ucid$|^(?:global|master) (?:call|contact|interaction) id$"
        r"|(?:会话|通话|呼叫|来电|工单|服务|接触|对话|咨询)(?:记录)? ?(?:id|编号|号|流水号?|标识)|流水号",
        _NAMES,
        # The id of a contact is in some systems that of a customer.
        r"^contact(?: ?(?:id|no|number|key|uuid|ref))?$|^unique ?id$|^s?id$|session id|编号$",
    ),
    Meaning(
        "answered_at",
        r"(?:answer(?:ed)?|connect(?:ed)?|connected to agent|pick(?:ed)? ?up|assigned|accepted"
        r"|agent join(?:ed)?)(?: time| at| date| timestamp| stamp)?$"
        r"|time answered|^angenommen|受理时间|接起时间|接听时间|应答时间|接通时间|接入时间|分配时间",
        _TIMES,
        r"(?:first|initial) (?:agent |admin |staff |operator )?(?:response|reply)(?: time| at| date)?$"
        r"|首次(?:响应|回复|应答)时间",
    ),
    Meaning(
        "wrapped_up_at",
        r"wrap ?up (?:end|finish)|after (?:call|contact) work end|acw end|整理结束|话后结束",
        _TIMES,
    ),
    Meaning(
        "ended_at",
        r"(?:^|call |contact |chat |session |conversation |interaction |ticket )"
        r"(?:end(?:ed)?|stop(?:ped)?|(?:last )?clos(?:e|ed)|solved|resolved|hang ?up|disconnect(?:ed)?|abschluss"
        r"|finish(?:ed)?|completed|beendet|ende)(?: time| at| date| timestamp| stamp)?$|time ended"
        r"|结束时间|挂机时间|挂断时间|关闭时间|解决时间|完成时间",
        _TIMES,
        r"(?:first|last) (?:clos(?:e|ed)|resolution|solved)(?: time| at| date)?$",
    ),
    Meaning(
        "started_at",
        r"^(?:start(?:ed)?|begin|began|creat(?:ed?|ion)|opened|call|queued?|enter(?:ed)?|offered|arrival|received|initiation|dial(?:ed)?)"
        r"(?: time| at| date| timestamp| stamp| on)?$"
        r"|(?:call|contact|chat|session|conversation|interaction) (?:start(?:ed)?|begin|created)"
        r"|^(?:date|time|timestamp|datetime|calldate|date time|ts)$|start ?time|time started"
        r"|^(?:agent )?state (?:transition|change|start)(?: time)?$"
        r"|^(?:beginn|eingang|anrufzeit)|开始时间|呼叫时间|来电时间|进线时间|进入时间|来访时间|访问时间|创建时间|发起时间|排队时间|通话时间|接入时间|^时间$|^日期$",
        _TIMES,
    ),
    Meaning("start_day", r"^(?:start |call |contact )?(?:date|day|datum)$|日期$", ("day",)),
    Meaning("start_clock", r"^(?:start |call )?(?:time|clock|uhrzeit)$|^时间$", ("duration", "clock")),
    Meaning(
        "sent_at",
        r"^(?:sent|posted|created)(?: time| at)?$|^message (?:date|time)$|^at$|发送时间",
        _TIMES,
        r"^(?:time|timestamp|ts|date|date ?time|时间)$",
    ),
    Meaning(
        "rated_at",
        r"(?:rat(?:ed|ing)|survey|csat|feedback|submitted|responded)(?: (?:created|given|updated))?(?: time| at| date)"
        r"|评价时间|评分时间",
        _TIMES,
    ),
    Meaning(
        "wait",
        r"wait(?:ing)?|^in ?queue(?: time| duration)?$|warte ?zeit|queue ?(?:time|duration|seconds)|等待|排队时长",
        _SPANS,
        r"ring(?:ing)?(?: time| duration)?$|振铃",
    ),
    Meaning(
        "talk",
        r"talk(?:ing)?|^agent time$|bill ?sec(?:onds)?|conversation ?(?:time|duration)|^dauer$"
        r"|gesprächs? ?(?:zeit|dauer)|通话时长|通话秒|服务时长|对话时长",
        _SPANS,
    ),
    Meaning(
        "length",
        r"^(?:duration|call (?:duration|time)|total duration|length)(?: sec(?:onds)?)?$|^(?:会话|呼叫|总)?时长$",
        _SPANS,
    ),
    Meaning(
        "stars",
        r"stars?$|^survey (?:results?|score|rating)$|^(?:rating|csat|score|satisfaction)(?: score| rating)?$"
        r"|满意度|评分|评价(?:分|星级|结果)?$",
        _NUMBERS,
    ),
    Meaning("team_id", r"^(?:team|group|department|squad)(?: ?(?:id|name))?$|班组|小组|部门|团队", _NAMES),
    Meaning(
        "agent_name",
        r"^(?:agent|user|employee|operator|staff) ?(?:full )?name$|坐席(?:姓名|名称)|员工姓名|客服姓名|^姓名$",
        _NAMES,
    ),
    Meaning(
        "agent_id",
        r"^(?:agent|assignee|operator|employee|user|staff|(?:ticket |case |conversation )?owner|answered by|served by"
        r"|handled by|member|bearbeiter|mitarbeiter|personnel|personal)"
        r"(?: ?(?:id|no|nr|number|nummer|login|email|code|user ?name))?$"
        r"|^(?:extension|ext|(?:ans(?:wering)? )?login)(?: ?(?:id|no|number))?$|agent|assignee"
        r"|(?:坐席|客服)(?:工号|id|编号|账号|姓名|名称)?(?![\u4e00-\u9fff])|工号|接待人|受理人|处理人|分机",
        _NAMES,
        r"^(?:operator|user|employee|staff|owner|member) ?(?:full )?name$",
    ),
    Meaning(
        "queue_id",
        r"^(?:queue|skill|skill ?group|split skill|csq|acd group|ring ?groups?|inbox|service|warteschlange)"
        r"(?: ?(?:id|names?))?$|队列|技能组|业务线",
        _NAMES,
        r"^(?:campaign|department)(?: ?(?:id|name))?$|(?:客服|接待|坐席)组",
    ),
    Meaning(
        "channel",
        r"^(?:channel|source channel|via|media|media type|medium|channel type|via channel|kanal)$|渠道|来源|媒体",
        ("words",),
        r"^source$",
        CHANNELS,
        0.01,
    ),
    Meaning(
        "customer_id",
        r"^(?:customer|caller|client|visitor|requester|guest|consumer|rufnummer|anrufer)"
        r"(?: ?(?:id|no|number|phone|phone number|ani|uid|key|e ?mail))?$"
        r"|^(?:ani|src|phone|phone number|caller ?id|mobile|msisdn|calling (?:number|party|pty))$"
        r"|^customer endpoint address$"
        r"|^(?:from|ani|caller|caller id|originator|originating)(?: (?:phone|dn|dialnum|number|calling))*$"
        r"|^raw digits$|^external (?:number|party)$"
        r"|主叫|来电号码|客户(?:号码|电话|id|编号|号)?|用户(?:id|号|编号)|访客|手机|联系电话|联系方式",
        _NAMES,
        r"^(?:associated )?contact(?: ?(?:ids?|no|number|phone|key))?$"
        r"|^(?:contact |user )?e ?mail(?: address)?$",
        never_within=r"^(?:to|called|callee|user|agent|assignee|admin|teammate|owner|operator|employee|staff|extension"
        r"|number)(?: |$)",
    ),
    Meaning(
        "called_id",
        r"^(?:to|dst|dnis|callee|called|dialed|dialled|destination)(?: (?:phone|dn|number|party|pty|id))*$"
        r"|被叫|去电号码",
        _NAMES,
    ),
    Meaning(
        "direction",
        r"direction|richtung|呼叫方向|方向",
        ("words",),
        r"call ?type|initiation method|呼叫类型|通话类型",
        known=DIRECTIONS,
    ),
    Meaning("abandoned", r"^(?:is )?abandon(?:ed|ment)?$|是否放弃|^放弃$", ("words", "flag", "whole number")),
    Meaning("status", r"status|disposition|outcome|result|call ?result|结果|是否接(?:听|通)|状态", ("words", "flag")),
    Meaning(
        "topic",
        r"^(?:topic|subject|category|issue type|contact reason|wrap ?up code)$|主题|业务类型|分类|小结|咨询类型",
        _NAMES,
        r"^(?:reason|type)$",
    ),
    Meaning("valid_from", r"valid from|start date|hired(?: on)?|hire date|eintritt|入职", ("day", "instant")),
    Meaning(
        "left_on", r"termination date|leave date|left(?: on)?|last day|exit date|austritt|离职", ("day", "instant")
    ),
    Meaning("first_name", r"^(?:first|given) name$|^vorname$", _NAMES),
    Meaning("last_name", r"^(?:last|family) name$|^surname$|^nachname$", _NAMES),
    Meaning("role", r"^(?:role|job|position|title)$|岗位|角色|职位", _NAMES),
)
