"""A draft of the mapping for a file that was looked at, with questions where a guess was made."""

from __future__ import annotations

import glob
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from orchestration.look.drafts_of_calls import calls, ratings
from orchestration.look.drafts_of_lists import unrolled
from orchestration.look.drafts_of_people import messages, messages_by_way, people, states
from orchestration.look.guess import Guess, unread_times
from orchestration.look.holds import Column
from orchestration.look.known import known_file, preset_source
from orchestration.look.meaning import meanings_of
from orchestration.look.sample import Looked
from orchestration.look.totals import left_out
from orchestration.look.zones import zone_of
from orchestration.readers.bytes import plain_name
from orchestration.readers.findings import FileProblem
from orchestration.sources.feed import feed_of
from orchestration.sources.presets.shipped import preset_named
from schemas.contract import required_headers

_TIMES = {"started_at", "start_day", "start_clock", "answered_at", "ended_at", "wrapped_up_at", "rated_at"}
_WHO = {"contact_id", "agent_id", "queue_id", "customer_id", "channel", "direction"}
CALLS = frozenset(_TIMES | _WHO | {"called_id", "wait", "talk", "length", "stars", "abandoned", "status", "topic"})
_PERSON = frozenset({"team_id", "valid_from", "left_on", "role"})
_FAMILIES: tuple[tuple[frozenset[str], frozenset[str], Callable[[Guess], None]], ...] = (
    (frozenset({"sender", "contact_id", "sent_at"}), frozenset({"message_id", "writer", "agent_id"}), messages),
    (frozenset({"message_id", "way", "contact_id", "sent_at"}), frozenset({"writer", "agent_id"}), messages_by_way),
    (frozenset({"contact_id", "started_at"}), CALLS, calls),
    (frozenset({"contact_id", "start_day", "start_clock"}), CALLS, calls),
    (frozenset({"contact_id", "answered_at"}), CALLS, calls),
    (frozenset({"agent_id", "state", "started_at"}), frozenset({"ended_at", "length"}), states),
    (frozenset({"agent_id", "state", "start_day", "start_clock"}), frozenset({"ended_at", "length"}), states),
    (frozenset({"started_at"}), CALLS, calls),
    (frozenset({"contact_id", "stars", "rated_at"}), frozenset(), ratings),
    (frozenset({"agent_id", "agent_name"}), _PERSON, people),
    (frozenset({"agent_id", "first_name", "last_name"}), _PERSON, people),
    (frozenset({"agent_id", "team_id"}), _PERSON, people),
)
"""What a file has to have to be of a family, what else is looked for, and what drafts it; the first that fits."""
_MONTH = (
    r"(?i:(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z]))"
)
"""Another one in the name of the next file."""
_QUEUE_LOG_EVENTS = frozenset({"ENTERQUEUE", "CONNECT", "COMPLETEAGENT", "COMPLETECALLER", "ABANDON", "ADDMEMBER"})


class _Plain(yaml.SafeDumper):
    """Writes what stands in several places out in each of them."""

    def ignore_aliases(self, data: object) -> bool:
        """Tell that nothing is written as a reference."""
        return True


@dataclass(frozen=True)
class Draft:
    """A source as centre.yaml would have it, None where nothing could be guessed, and what only a person can say."""

    source: dict[str, Any] | None
    questions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the source as YAML, to stand under `sources:`."""
        if self.source is None:
            return ""
        source = [self.source]
        told = yaml.dump(source, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
        return str(told)


def draft_of(looked: Looked, columns: list[Column]) -> Draft:
    """Return a draft for a file that was looked at."""
    own = _own_form(looked, columns)
    if own is not None:
        return own
    known = known_file(looked)
    if known is not None:
        source = preset_source(looked, *known, _pattern(looked.path))
        return Draft(source, [*_questions(replace(looked, nested=None)), *preset_named(known[0]).asks])
    name = _source_name(looked.path)
    found = unrolled(looked, columns, _called(looked), CALLS) if looked.nested is not None else None
    if found is not None and looked.nested is not None:
        each, guess = found
        source = _source(name, looked, guess.columns, guess, each)
        lists = {one: held for one, held in looked.nested.lists.items() if one != each}
        rest = replace(looked, nested=replace(looked.nested, lists=lists))
        return Draft(source, [*_questions(rest), *unread_times(columns), *guess.questions])
    for needed, more, make in _FAMILIES:
        meant = meanings_of(columns, needed | more)
        if needed <= meant.keys() and _is_meant(make, meant):
            guess = Guess(meant, columns, looked.frame.height, _called(looked))
            make(guess)
            source = _source(name, looked, columns, guess)
            return Draft(source, [*_questions(looked), *unread_times(columns), *guess.questions])
    nothing = "No column could be told as an id with a time beside it; docs/sources.md says how to map one."
    return Draft(None, [*_questions(looked), *unread_times(columns), nothing])


def _is_meant(make: Callable[[Guess], None], meant: dict[str, Column]) -> bool:
    if make is messages_by_way:
        # An id alone may be that of a call.
        return re.search("message|msg|消息", meant["message_id"].name, re.IGNORECASE) is not None
    return not (make is people and meant["agent_id"].comes_again)


def _called(looked: Looked) -> str:
    return f"{plain_name(looked.path.name)} {looked.nested.records if looked.nested else ''}"


def _own_form(looked: Looked, columns: list[Column]) -> Draft | None:
    """Return the source of a file that needs no mapping: the contract's own, or Asterisk's queue_log."""
    if looked.table is not None and looked.table.delimiter == "|" and looked.table.header_line is None:
        words = {word for column in columns for word in looked.frame[column.name].drop_nulls().unique().head(500)}
        if words & _QUEUE_LOG_EVENTS:
            return Draft({"name": "pbx", "kind": "asterisk_queue_log", "channel": "voice"})
    try:
        feed = feed_of(looked.path.name)
    except FileProblem:
        return None
    if not set(required_headers(feed)) <= set(looked.columns):
        return None
    source = {"name": _source_name(looked.path), "kind": "feed"}
    if feed.name == "contacts" and "channel" not in looked.columns:
        return Draft(source | {"channel": "web"}, ["No column tells the channel: is it web for all of them?"])
    return Draft(source)


def _source(name: str, looked: Looked, columns: list[Column], guess: Guess, each: str = "") -> dict[str, Any]:
    rule: dict[str, Any] = {"files": _pattern(looked.path)}
    ending = plain_name(looked.path.name).lower().rpartition(".")[2]
    by_ending = {"csv": "csv", "json": "json", "jsonl": "jsonl", "ndjson": "jsonl"}.get(ending)
    if looked.written.kind in ("csv", "json", "jsonl") and by_ending != looked.written.kind:
        rule["format"] = looked.written.kind
    table, nested = looked.table, looked.nested
    if table is not None and table.delimiter not in ("", ","):
        rule["delimiter"] = table.delimiter
    if looked.sheets > 1:
        rule["sheet"] = looked.sheet
    if table is not None and table.header_line is None:
        rule["columns"] = list(table.columns)
    elif table is not None and table.lines_above:
        rule["header"] = {"contains": guess.columns_read()[:3]}
    if nested is not None and nested.records:
        rule["records"] = nested.records
    if each:
        rule |= {"each": each, "keep_empty": True}
    conditions = [kind.condition for kind in left_out(looked)]
    if conditions:
        rule["skip_where"] = conditions[0] if len(conditions) == 1 else conditions
    nothing = sorted({text for column in columns if column.name in guess.columns_read() for text in column.nothing})
    if nothing:
        rule["empty"] = nothing
    rule["feeds"] = guess.feeds
    source: dict[str, Any] = {"name": name, "kind": "files"}
    if looked.written.encoding != "utf-8":
        source["encoding"] = looked.written.encoding
    if guess.channel is not None:
        source["channel"] = guess.channel
    zone, asked = zone_of(_columns_read(columns, guess))
    for question in asked:
        guess.ask(question)
    return source | ({"time_zone": zone} if zone else {}) | {"mapping": [rule]}


def _columns_read(columns: list[Column], guess: Guess) -> list[Column]:
    read = set(guess.columns_read())
    return [column for column in columns if column.name in read]


def _questions(looked: Looked) -> list[str]:
    asked = []
    if looked.written.other_encodings:
        asked.append(
            f"Is the text in {looked.written.encoding}? It could be {' or '.join(looked.written.other_encodings)}: "
            "look whether the words above read right."
        )
    if looked.table is not None and looked.table.header_line is None:
        asked.append(
            "The file has no header: what are its columns, in order? "
            "`look FILE --columns id,began,...` drafts by their names."
        )
    for kind in left_out(looked):
        asked.append(f"{kind.is_none.sum()} records {kind.told} are left out: are all of them none?")
    if looked.sheets > 1:
        asked.append(f"The workbook has {looked.sheets} sheets, and this is number {looked.sheet}: is it the one?")
    for name, (elements, holders) in (looked.nested.lists if looked.nested else {}).items():
        asked.append(
            f"`{name}` is a list, of {elements / holders:.1f} elements each: if its elements are the records, say "
            f"`each: {name}`, and name what is around it with `^` before."
        )
    return asked


def _source_name(path: Path) -> str:
    name = plain_name(path.name)
    words = re.sub(r"[^a-z0-9]+", "_", _without_accents(name.rpartition(".")[0] or name).lower())
    return re.sub(rf"_*(?:[0-9]{{2,}}|{_MONTH}).*$", "", words).strip("_") or "export"


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _pattern(path: Path) -> str:
    """Return a pattern for the files that come later: what is a date or a number in the name may be another."""
    stem, _, ending = plain_name(path.name).rpartition(".")
    # A digit that a letter follows is of a name: 3CX.
    parts = re.split(rf"[0-9][0-9_.:T-]*[0-9]|[0-9]+(?![0-9A-Za-z])|{_MONTH}", stem or ending)
    pattern = "*".join(glob.escape(part) for part in parts)
    pattern += (
        "" if pattern.endswith("*") and len(parts) > 1 and not parts[-1] else "*" if len(parts) == 1 or not stem else ""
    )
    return f"{pattern}.{ending}" if stem else pattern
