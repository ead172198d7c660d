"""What tests copy of the checkout is all that is ours."""

from __future__ import annotations

from pathlib import Path

from tests.support.copied import copy_folder


def test_what_tools_made_at_the_top_stays_behind_and_a_folder_of_that_name_below_comes(tmp_path: Path) -> None:
    for name in ("target/manifest.json", "models/measure/target/int_x.sql", "models/__pycache__/x.pyc", "logs/dbt.log"):
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).write_text("x")

    copy = copy_folder(tmp_path / "project", tmp_path / "copy")

    files = [path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()]
    assert files == ["models/measure/target/int_x.sql"]
