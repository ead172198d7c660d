"""`codes` of centre.yaml: rows of the lists of codes that a centre adds, or puts in the place of the catalogue's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from orchestration.centre.settings import Setting
from schemas.contract import ID_PATTERN

CodeText = Annotated[str, Field(pattern=ID_PATTERN)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
ErrorClass = Literal["severe", "general"]
Cause = Literal["skill", "attitude", "knowledge", "transfer", "other"]
Occasion = Literal["always", "customer_angry", "voice", "no_automatic_greeting"]
Level = Literal["director", "duty_manager", "supervisor", "team_leader"]
DetailList = Literal["contact_tags", "department", "knowledge_point", "own_code"]


class Code(Setting):
    """A code with its names in both languages; all that the short lists have."""

    code: CodeText
    name_en: Name
    name_zh: Name

    def row(self) -> dict[str, Any]:
        """Return the code in the columns of the table `codes`; those that it doesn't have are left out."""
        return self.model_dump()


class ComplaintLeaf(Code):
    """A leaf of the complaint taxonomy; a kind that the catalogue has need not be named again."""

    cause: Cause
    kind: CodeText | None = None
    kind_en: Name | None = None
    kind_zh: Name | None = None

    def row(self) -> dict[str, Any]:
        """Return the leaf, its cause as its group."""
        row = super().row()
        return row | {"group_code": row.pop("cause")}


class ErrorCode(Code):
    """A kind of error; its class holds where a record is read that states none."""

    default_class: ErrorClass
    group_code: CodeText | None = None
    group_en: Name | None = None
    group_zh: Name | None = None


class Phrase(Code):
    """A habitual phrase, which its names are, with what is said instead."""

    professional_en: Name
    professional_zh: Name

    def row(self) -> dict[str, Any]:
        """Return the phrase; its Chinese name is the phrase itself."""
        return super().row() | {"habitual_zh": self.name_zh, "is_labelled": False}


class NormItem(Code):
    """An item that a review can score."""

    group_code: CodeText
    group_en: Name | None = None
    group_zh: Name | None = None
    norm: CodeText
    norm_en: Name | None = None
    norm_zh: Name | None = None
    applies_when: Occasion = "always"
    version: Name = "centre"
    valid_from: date | None = None

    def row(self) -> dict[str, Any]:
        """Return the item, its norm as its kind."""
        row = super().row()
        kinds = {f"kind{language}": row.pop(f"norm{language}") for language in ("", "_en", "_zh")}
        return row | kinds | {"norm_version": row.pop("version")}


class ContactTag(Code):
    """A tag of contacts, or with a dot in its code a detail of one: `difficult_customer.rude`."""

    detail_list: DetailList | None = None

    @model_validator(mode="after")
    def _details_have_none(self) -> Self:
        if "." in self.code and self.detail_list:
            raise ValueError(f"{self.code} is the detail of a tag, which has no `detail_list`; remove it")
        return self

    def row(self) -> dict[str, Any]:
        """Return the tag with the one that it belongs to, itself or that of a detail."""
        tag, dot, _ = self.code.partition(".")
        names = {} if dot else {"group_en": self.name_en, "group_zh": self.name_zh}
        return super().row() | names | {"group_code": tag}


class InterventionMethod(Code):
    """A way of stepping into a contact that is going on."""

    is_allowed: bool

    def row(self) -> dict[str, Any]:
        """Return the method, grouped by whether it is allowed."""
        row = super().row()
        is_allowed = row.pop("is_allowed")
        return row | {"group_code": "allowed" if is_allowed else "not_allowed"}


class MonitoringFocus(Code):
    """What managers of a level listen for, in the order of the codes."""

    level: Level

    def row(self) -> dict[str, Any]:
        """Return the focus, its level as its group."""
        row = super().row()
        return row | {"group_code": row.pop("level")}


class Codes(Setting):
    """Every list that a centre may add to, by its name."""

    complaint_leaves: tuple[ComplaintLeaf, ...] = ()
    error_codes: tuple[ErrorCode, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    norm_items: tuple[NormItem, ...] = ()
    contact_tags: tuple[ContactTag, ...] = ()
    exit_reasons: tuple[Code, ...] = ()
    not_delivered_reasons: tuple[Code, ...] = ()
    intervention_methods: tuple[InterventionMethod, ...] = ()
    monitoring_focus: tuple[MonitoringFocus, ...] = ()
    reward_grounds: tuple[Code, ...] = ()
    reward_forms: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        for name, codes in self._lists():
            twice = sorted(code for code, count in Counter(one.code for one in codes).items() if count > 1)
            if twice:
                raise ValueError(f"{name}: {', '.join(twice)} given more than once; leave one row of each")
        return self

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield every row of every list, with the list's name."""
        for name, codes in self._lists():
            for one in codes:
                yield {"code_list": name} | one.row()

    def _lists(self) -> Iterator[tuple[str, tuple[Code, ...]]]:
        for name in type(self).model_fields:
            yield name, getattr(self, name)
