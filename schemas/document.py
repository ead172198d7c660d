"""What is made from the schemas by `python -m schemas.document`: the contract's page, and what dbt has to know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from schemas import FEEDS, for_dbt
from schemas.contract import CONTRACT_HEADERS, DEFAULTED_COLUMNS, DOOR_COLUMNS, ROW_CHECKS, SUBJECTS, Feed, Subject

PAGE = Path(__file__).resolve().parent.parent / "docs" / "contract.md"
TYPES = {
    "String": "text",
    "Int64": "whole number",
    "Boolean": "true or false",
    "Datetime": "instant",
    "Date": "local date",
    "Decimal": "decimal number",
}

OPENING = """# The contract: feeds

<!-- Made from schemas/ by `python -m schemas.document`; a test holds it. -->

A source of kind `feed` drops files in this form: CSV (comma, header, UTF-8 unless the source declares an
`encoding`), JSON Lines, JSON, Parquet, `.xlsx` or `.ods`, each also as `.gz`, `.zst`, `.bz2` or `.xz`. The file's name
begins with the name of its feed, such as `contacts_2026-01-05.csv`. A source of kind `files` is brought to this form by
its `mapping`, see the end.

- Instants are ISO 8601 with seconds: with an offset (`2026-01-05T08:00:00+08:00`, `...Z`), or local in the source's
  time zone. A local time that happened twice is the earlier instant and is marked; one that never happened is refused.
- Dates are local dates of the centre, `2026-01-05`. Instants lie in the years 1990 to 2099, dates in 1900 to 2099.
- What happened can't be told before: a time later than two days after the file's landing day costs its record. Plans
  (shifts, incidents, the days from which something holds) may lie ahead.
- Decimal numbers are digits with a point; durations are kept to the millisecond, scores and money to four places.
- true or false is written as true/false, 1/0 or yes/no. Outer spaces are no part of a value; an empty value is none.
- Quarantine shows a refused value itself only if it can be nobody's: a number of up to six digits, a clock time, a date
  in a column of dates. Of any other it shows the form (9 a digit, x a letter) or the length, of a customer nothing;
  columns are told by their place. A file has at most 10,000 columns.
- A column that the contract doesn't know is left out and told in quarantine; a needed one that is missing fails the
  file. Anything else costs the record that it stands in, which goes to quarantine with reason and remedy.
- Equal records within a file are kept once and counted, but for events without an id, which may be genuine repeats.
- Every accepted row carries its origin: source_id, landing_day, file_name, file_hash, record_number, line_number,
  row_in_record, record_version (where its source says which telling of a record is newest) and is_time_ambiguous.
"""

CLOSING = """
## Foreign files: `mapping`

A source of kind `files` has one rule per family of files. The first rule whose `files` pattern fits a file's name
(without `.gz`, `.zst`, `.bz2` and `.xz`) reads it; one file may give several feeds. No code is written for a customer.

```yaml
sources:
  - name: chats
    kind: files
    channel: other
    mapping:
      - files: messages*.csv            # also: format (csv, jsonl), encoding, delimiter, columns
        feeds:
          messages:
            message_id: {key: [conversation_id, seq]}          # columns joined by `separator`, default `-`
            contact_id: conversation_id                        # a column
            sent_at: datetime
            sender: {column: sender_type, values: {client: customer, agent: agent}, otherwise: customer}
            agent_id: {column: author_id, when: {sender_type: agent}}
            is_manual: {constant: true}
            length: text_len
```

All that a mapping can say, with an example each: [sources.md](sources.md).
"""


def page() -> str:
    """Return the whole page."""
    return OPENING + "".join(map(_of_subject, SUBJECTS)) + CLOSING


def _of_subject(subject: Subject) -> str:
    feeds = [feed for feed in FEEDS.values() if feed.subject == subject]
    return f"\n## About {subject}\n" + "".join(map(_section, feeds))


def _section(feed: Feed) -> str:
    columns = feed.model.to_schema().columns
    lines = [
        f"\n### {feed.name}\n",
        f"{feed.grain} Key: {_names(feed, feed.key)}{_otherwise(feed)}.{_topics(feed)}\n",
        "| column | type | needed | values | meaning |",
        "|---|---|---|---|---|",
        *(_row(feed, name, described) for name, described in columns.items()),
    ]
    rules = [rule.words.message for error, rule in ROW_CHECKS.items() if _is_check_of(feed, error)]
    if rules:
        lines.append("\nRefused also: " + " ".join(rules))
    return "\n".join(lines) + "\n"


def _names(feed: Feed, columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{_header(feed, name)}`" for name in columns)


def _otherwise(feed: Feed) -> str:
    if feed.key_without_id:
        return f"; where that is empty {_names(feed, feed.key_without_id)}"
    return "; where that is empty all that the row says, and its number among its like" if feed.repeats_need else ""


def _topics(feed: Feed) -> str:
    since = ", from its first row on" if feed.recorded_from_first_row else ""
    recorded = [f"{_quoted(feed.topics)}{since}"] if feed.topics else []
    if feed.late_topics:
        recorded.append(f"{_quoted(late.name for late in feed.late_topics)}, from the first row on that tells of it")
    return f" Records: {'; '.join(recorded)}." if recorded else ""


def _quoted(topics: Iterable[str]) -> str:
    return ", ".join(f"`{topic}`" for topic in topics)


def _header(feed: Feed, name: str) -> str:
    return CONTRACT_HEADERS.get((feed.name, name), name)


def _is_check_of(feed: Feed, error: str) -> bool:
    return any(check.error == error for check in feed.model.to_schema().checks)


def _row(feed: Feed, name: str, described: Any) -> str:
    if name in DOOR_COLUMNS:
        needed = "set at the door"
    elif described.nullable or (feed.name, name) in DEFAULTED_COLUMNS:
        needed = "no"
    else:
        needed = "yes"
    kind = next(words for kind, words in TYPES.items() if str(described.dtype.type).startswith(kind))
    values = "; ".join(filter(None, [_unit(described), *(_allowed(str(check.error)) for check in described.checks)]))
    return f"| `{_header(feed, name)}` | {kind} | {needed} | {values} | {described.description} |"


def _unit(described: Any) -> str | None:
    unit: str | None = described.metadata["unit"]
    # An instant's and a date's unit is its type.
    return None if str(described.dtype.type).startswith("Date") else unit


def _allowed(error: str) -> str | None:
    if listed := re.fullmatch(r"isin\(\[(.*)\]\)", error):
        return listed[1].replace("'", "")
    if bound := re.fullmatch(r"(greater|less)_than_or_equal_to\(([0-9]+)\)", error):
        return f"at {'least' if bound[1] == 'greater' else 'most'} {bound[2]}"
    return None


def write() -> None:
    """Write the page into docs/, and what dbt has to know into the dbt project."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    for_dbt.write()


if __name__ == "__main__":
    write()
