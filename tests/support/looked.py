"""A file looked at and tried, as `look` and `try` do it."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from typer.testing import CliRunner

from orchestration.centre import Centre, parse_centre
from orchestration.cli import app
from orchestration.look.attempt import Tried, try_file
from orchestration.look.draft import Draft, draft_of
from orchestration.look.sample import look_at
from orchestration.look.totals import columns_of


def drafted(folder: Path, name: str, content: str, encoding: str = "utf-8") -> tuple[Path, Draft]:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    looked = look_at(path)
    return path, draft_of(looked, columns_of(looked))


def centre_with(draft: Draft) -> Centre:
    sources = yaml.safe_load(draft.text)
    return parse_centre(json.dumps({"name": "Centre", "time_zone": "Europe/Berlin", "sources": sources}), "centre.yaml")


def tried(path: Path, draft: Draft) -> Tried:
    centre = centre_with(draft)
    (result,) = try_file(centre, centre.sources[0], path)
    return result


def told(result: Tried, feed: str, *columns: str) -> list[tuple[object, ...]]:
    return result.shown[feed].select(columns).rows()


def events(result: Tried) -> list[tuple[object, ...]]:
    return sorted(told(result, "contact_events", "contact_id", "event_type"), key=str)


def typed(*words: str, answers: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), input=answers)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
