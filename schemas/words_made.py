"""The pages' module of what is said in Chinese, made of words.json: `python -m schemas.words_made` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.words import all_words

MODULE = Path(__file__).resolve().parent.parent / "reports" / "components" / "words" / "reasonWords.js"
_HEAD = "// Made from schemas/words.json by `python -m schemas.words_made`; a test holds it."


def module() -> str:
    """Return the module by which the pages say in Chinese what the door found."""
    words = all_words()
    checks = words["checks"]
    added = {check: [way["zh"] for way in one["ways"].values() if "zh" in way] for check, one in checks.items()}
    names = {name: dict(_in_chinese(list_of)) for name, list_of in words["names"].items()}
    return (
        "\n".join(
            [
                _HEAD,
                "",
                "// Kinds of failed checks: what is wrong, what to do. In English the door says it itself.",
                *_exported("reasonWords", {check: one["zh"] for check, one in checks.items()}),
                "// What is added to it, filled with `details`; the first text of which all is known is said.",
                *_exported("reasonDetails", {check: texts for check, texts in sorted(added.items()) if texts}),
                "// Remarks on a file that are no check; `{reason}` is the commonest one of its quarantine.",
                *_exported("remarkWords", dict(_in_chinese(words["remarks"]))),
                "// Names of values: `{found|delimiter}` is the name of what was found, by this list of delimiters.",
                *_exported("nameWords", {name: told for name, told in names.items() if told}),
            ]
        ).rstrip("\n")
        + "\n"
    )


def _in_chinese(words: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, one["zh"]) for name, one in words.items() if "zh" in one)


def _exported(name: str, values: dict[str, Any]) -> list[str]:
    lines = [f"\t{_key(key)}: {_literal(value)}" for key, value in values.items()]
    return [f"export const {name} = {{", ",\n".join(lines), "};", ""]


def _key(name: str) -> str:
    return name if name.isidentifier() else _literal(name)


def _literal(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)}: {_literal(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\t", "\\t").replace("\n", "\\n")
    return f"'{text}'"


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8")
