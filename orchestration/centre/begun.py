"""The first centre.yaml of a home, as text that a person goes on writing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from orchestration.centre import CentreError, parse_centre
from orchestration.home.durable import put_file
from orchestration.home.paths import Home

_HEAD = """\
# The settings of the centre. docs/operations.md describes every key; a key that is not known is refused with its path.
name: {name}
# Zone of local dates: what happened at 23:59 there belongs to that day.
time_zone: {zone}
# Of the pages: en or zh; a reader may change it.
language: {language}

# One source per system. Its files go to landing/<name>/<YYYY-MM-DD>/, the day being that on which they came.
# `feed` means that they are in the contract already (docs/contract.md). For the exports of any other system
# `scorehouse look FILE` drafts what stands here in place of it, and `scorehouse try FILE --source NAME` tries it.
sources:
"""

_SOURCE = """\
- name: {name}
  kind: feed
  # Customer ids that stand for somebody, and texts that stand for nobody:
  # customer_id_pattern: '^[0-9]+$'
  # anonymous_values: [anonymous, unknown]
"""

_PRESET = """\
- name: {name}
  # The exports of this system; docs/sources.md says how a centre says single columns otherwise.
  preset: {name}
"""

_TAIL = """
# What follows has defaults that are written here, or stands for nothing until it is said.

# Customer ids, as in the files, whose contacts are tests:
# test_callers: []

# Channels that send invitations to rate:
# rated_channels: [web, app, wechat, weibo, voice, email, other]

# When each channel is open; one that is not named is always open:
# opening_hours:
#   - {channel: web, days: [mon, tue, wed, thu, fri], opens: '08:00', closes: '20:00'}
# holidays: ['2026-10-01', {date: '2026-10-02', channel: web}]

# The centre's own bands in place of the industry's (docs/catalogue.md):
# targets:
#   - {target_id: own-fcr, kpi_id: fcr_rate, scope_kind: default, lower_bound: 0.75}

# How long the home keeps what values don't need any more:
# keep: {landing: 90d, quarantine: 90d}
"""


def begin_centre(
    home: Home, *, name: str, zone: str, language: str, sources: Sequence[str], presets: Sequence[str] = ()
) -> Path:
    """Write centre.yaml and a landing folder per source; return the file.

    sources: systems of which nothing is known. presets: known ones, each a source of the preset's name.

    Raises CentreError if one is there, or if what was said can't stand there.
    """
    path = home.centre_file
    if path.exists():
        raise CentreError(f"{path} is there already, and stays as it is. Remedy: edit it, or name another --home.")
    if not (*sources, *presets):
        raise CentreError("No system is named. Remedy: name each that drops files, as `--source chat`.")
    text = centre_text(name, zone, language, sources, presets)
    parse_centre(text, str(path))
    home.root.mkdir(parents=True, exist_ok=True)
    put_file(path, lambda written: written.write_text(text, encoding="utf-8"))
    for source in (*sources, *presets):
        (home.landing / source).mkdir(parents=True, exist_ok=True)
    return path


def centre_text(name: str, zone: str, language: str, sources: Sequence[str], presets: Sequence[str] = ()) -> str:
    """Return a centre.yaml with comments. What was typed is quoted, so that it stays the value that it is."""
    # JSON's strings are YAML's too.
    head = _HEAD.format(name=_quoted(name), zone=_quoted(zone), language=_quoted(language))
    told = [_SOURCE.format(name=_quoted(source)) for source in sources]
    told += [_PRESET.format(name=_quoted(preset)) for preset in presets]
    return head + "".join(told) + _TAIL


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
