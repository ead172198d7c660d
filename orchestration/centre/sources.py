"""The sources of a centre: each read by the settings that stand beside the adapter of its kind."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from orchestration.sources.presets.overridden import with_preset
from orchestration.sources.registry import ADAPTERS
from orchestration.sources.settings import Source

_KINDS_WITH = {
    name: [kind for kind, adapter in ADAPTERS.items() if name in adapter.settings.model_fields]
    for adapter in ADAPTERS.values()
    for name in adapter.settings.model_fields
    if name not in Source.model_fields
}
"""Setting that not every kind of source has -> the kinds that have it."""


def _of_its_kind(value: Any) -> Any:
    """Read a source by the settings of its kind, a preset written out; what names no kind is left to be told by all."""
    if not isinstance(value, dict):
        return value
    value = with_preset(value)
    kind = value.get("kind")
    strange = [name for name, kinds in _KINDS_WITH.items() if name in value and kind not in kinds]
    own = {name: setting for name, setting in value.items() if name not in strange}
    if not isinstance(kind, str) or kind not in ADAPTERS:
        return own
    source = ADAPTERS[kind].settings.model_validate(own)
    for name in strange:
        if value[name]:
            is_mapping = name == "mapping"
            belongs = f"`{name}` belongs to kind {' or '.join(_KINDS_WITH[name])}, not {kind}"
            raise ValueError(f"a source of kind {kind} takes no `mapping`" if is_mapping else belongs)
    return source


AnySource = Annotated[Source, BeforeValidator(_of_its_kind)]
"""A source of any kind, as an instance of its kind's own settings."""
