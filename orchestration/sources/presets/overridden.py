"""`preset` of a source: the mapping that it stands for, with what the centre says otherwise.

Settings of the source itself go before the preset's; `recorded` and `not_recorded` are added to it. `override` names
rules, feeds, rows and columns of the preset: a column, a `where` and a setting of a rule are replaced as a whole, and
one that is null is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from orchestration.sources.files.mapping import FileRule
from orchestration.sources.presets.shipped import preset_named
from schemas import FEEDS
from schemas.contract import contract_columns

_OF_RULE = tuple(name for name in FileRule.model_fields if name != "feeds")
_OWN = ("preset", "override", "mapping", "recorded", "not_recorded")


def with_preset(value: dict[str, Any]) -> dict[str, Any]:
    """Return a source as if its preset were written out in it; one without `preset` as it is. Raises ValueError."""
    if "preset" not in value:
        return value
    preset = preset_named(str(value["preset"]))
    own = value.get("mapping") or []
    rules = {name: deepcopy(one.rule) for name, one in preset.rules.items()}
    source = (
        {"kind": "files"} | deepcopy(preset.source) | {key: given for key, given in value.items() if key not in _OWN}
    )
    recorded, not_recorded = _texts(value, "recorded"), _texts(value, "not_recorded")
    of_preset = [topic for topic in preset.source.get("not_recorded", []) if topic not in recorded]
    mapping = [*(own if isinstance(own, list) else [own]), *_overridden(rules, value.get("override") or {})]
    return source | {
        "recorded": recorded,
        "not_recorded": list(dict.fromkeys([*of_preset, *not_recorded])),
        "mapping": mapping,
    }


def _texts(value: dict[str, Any], key: str) -> list[str]:
    given = value.get(key) or []
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]


def _overridden(rules: dict[str, dict[str, Any]], changes: Any) -> list[dict[str, Any]]:
    for name, change in _named(changes, "override", rules, "rule").items():
        if change is None:
            del rules[name]
            continue
        path = f"override.{name}"
        for key, setting in _named(change, path, (*_OF_RULE, "feeds"), "setting").items():
            if key == "feeds":
                _override_feeds(rules[name]["feeds"], setting, f"{path}.feeds")
            else:
                _put(rules[name], key, setting)
    return [
        rule | {"feeds": {feed: _in_a_row(rows) for feed, rows in rule["feeds"].items()}} for rule in rules.values()
    ]


def _override_feeds(feeds: dict[str, Any], changes: Any, path: str) -> None:
    for name, change in _named(changes, path, FEEDS, "feed").items():
        rows = feeds.get(name)
        if change is None or rows is None or isinstance(change, list):
            _put(feeds, name, change)
        elif _has_names(rows):
            for row, of_row in _named(change, f"{path}.{name}", rows, "row").items():
                _put(rows, row, None if of_row is None else _row(rows[row], of_row, name, f"{path}.{name}.{row}"))
        else:
            feeds[name] = _row(rows, change, name, f"{path}.{name}")


def _row(rule: dict[str, Any], change: Any, feed: str, path: str) -> dict[str, Any]:
    rule = rule if "columns" in rule else {"columns": rule}
    is_whole = isinstance(change, dict) and change.keys() <= {"columns", "where"}
    change = change if is_whole else {"columns": change}
    columns = dict(rule["columns"])
    for name, field in _named(change.get("columns") or {}, path, contract_columns(FEEDS[feed]), "column").items():
        _put(columns, name, field)
    return {"columns": columns, "where": change.get("where", rule.get("where", {})) or {}}


def _named(changes: Any, path: str, known: Iterable[str], what: str) -> dict[str, Any]:
    """Return what stands under names that are known. Raises ValueError with those that there are."""
    names = list(known)
    if not isinstance(changes, Mapping):
        raise ValueError(f"`{path}` names a {what} of the preset and says what it is; there are {', '.join(names)}")
    strange = [str(name) for name in changes if name not in names]
    if strange:
        raise ValueError(f"`{path}` names no {what} {', '.join(strange)}; there are {', '.join(names)}")
    return dict(changes)


def _put(place: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        place.pop(key, None)
    else:
        place[key] = value


def _has_names(rows: Any) -> bool:
    return isinstance(rows, dict) and all(isinstance(row, dict) and "columns" in row for row in rows.values())


def _in_a_row(rows: Any) -> Any:
    return list(rows.values()) if _has_names(rows) else rows
