"""A home whose program lies in another folder than before builds with the program that is there."""

from __future__ import annotations

from pathlib import Path

from orchestration.warehouse.dbt_project import forget_other_parse


def remembered(target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    parse = target / "partial_parse.msgpack"
    parse.write_bytes(b"what dbt found in a folder")
    return parse


def test_what_dbt_remembers_of_another_folder_is_forgotten(tmp_path: Path) -> None:
    target = tmp_path / "target"
    forget_other_parse(target, Path("/srv/old/dbt_project"))
    parse = remembered(target)
    forget_other_parse(target, Path("/srv/new/dbt_project"))
    assert not parse.exists()


def test_a_home_that_does_not_say_which_folder_it_was_is_parsed_anew(tmp_path: Path) -> None:
    parse = remembered(tmp_path / "target")
    forget_other_parse(tmp_path / "target", Path("/srv/new/dbt_project"))
    assert not parse.exists()


def test_what_dbt_remembers_of_the_same_folder_stays(tmp_path: Path) -> None:
    target = tmp_path / "target"
    forget_other_parse(target, Path("/srv/new/dbt_project"))
    parse = remembered(target)
    forget_other_parse(target, Path("/srv/new/dbt_project"))
    assert parse.read_bytes() == b"what dbt found in a folder"
