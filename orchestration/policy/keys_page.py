"""The tables of keys in docs/policy.md, made from the models by `python -m orchestration.policy.keys_page`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from orchestration.home.paths import CHECKOUT
from orchestration.policy.versions import SECTIONS
from orchestration.warehouse.seeds import cell

PAGE = CHECKOUT / "docs" / "policy.md"
_TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
Schema = dict[str, Any]


def page_text(text: str) -> str:
    """Return the page with the tables of keys as the models have them."""
    return _TABLE.sub(lambda found: f"{found[1]}{keys_table(found[2])}{found[3]}", text)


def keys_table(section: str) -> str:
    """Return the keys of a section as a Markdown table."""
    schema = SECTIONS[section].model_json_schema(by_alias=True)
    rows = [
        f"| `{path}` | {cell(meaning)} | {cell(allowed)} | {'incomplete' if is_needed else 'see there'} |\n"
        for path, meaning, allowed, is_needed in _keys(schema, schema.get("$defs", {}), "")
    ]
    return "".join(["| key | meaning | may be | without it |\n|---|---|---|---|\n", *rows])


def _keys(schema: Schema, parts: dict[str, Schema], above: str) -> Iterator[tuple[str, str, str, bool]]:
    for name, given in schema["properties"].items():
        path, needed = f"{above}{name}", name in schema.get("required", ())
        yield path, " ".join(given.get("description", "").split()), _allowed(name, given), needed
        inner, is_list = _inner(given, parts)
        if inner is not None:
            yield from _keys(inner, parts, f"{path}[]." if is_list else f"{path}.")


def _main(given: Schema) -> tuple[Schema, bool]:
    """Return what may stand at a key, and whether `none` may as well."""
    options = given.get("anyOf", ())
    others = [one for one in options if one.get("type") != "null"]
    return (others[0], True) if len(others) < len(options) else (given, False)


def _inner(given: Schema, parts: dict[str, Schema]) -> tuple[Schema | None, bool]:
    """Return the keys that stand below a key, and whether they stand in each item of a list."""
    one, _ = _main(given)
    item = one.get("items", one)
    return (parts[item["$ref"].rpartition("/")[2]] if "$ref" in item else None), "items" in one


def _allowed(name: str, given: Schema) -> str:
    if name == "valid_from":
        return "month, such as 2026-01"
    one, or_none = _main(given)
    return f"{_value(one)}{', or `none`' if or_none else ''}"


def _value(one: Schema) -> str:
    if "enum" in one or "const" in one:
        return ", ".join(f"`{value}`" for value in one.get("enum", [one.get("const")]))
    if "le" in one:
        kind = "whole number" if one.get("type") == "integer" else "number"
        least = f"above {one['gt']:,}" if "gt" in one else f"{one.get('ge', 0):,}"
        return f"{kind}, {least} to {one['le']:,}"
    if "items" in one:
        item, or_none = _main(one["items"])
        told = "list of keys, as below" if "$ref" in item else f"list of: {_value(item)}"
        return f"{told}{', or `none`' if or_none else ''}"
    if one.get("type") == "string":
        return "day, such as 2026-01-31" if one.get("format") == "date" else "text"
    return "keys, as below"


if __name__ == "__main__":
    PAGE.write_text(page_text(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
