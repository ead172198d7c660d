"""Ratings that a change reaches on dates where no file and no contact of these dates changed."""

from __future__ import annotations

from pathlib import Path

from tests.equality.homes import GrowingHome
from tests.equality.scenario import Drop
from tests.support.compiled import CENTRE, FILES, compiled_project
from tests.support.warehouse import open_warehouse

# So long after the others that time alone does not make their dates anew.
LATER = "contact_id,customer_id,channel,direction,started_at,ended_at\nthree,d,web,inbound,2026-04-20T09:30:00Z,\n"
HEADER = "rating_id,contact_id,invited_at,delivered_at,rated_at,stars,not_delivered_reason\n"


def built(home: GrowingHome, files: dict[str, str]) -> GrowingHome:
    home.drop(Drop({place: text.encode() for place, text in files.items()}, CENTRE))
    home.take()
    home.build()
    return home


def rated_home(folder: Path, ratings: str) -> GrowingHome:
    """A home with contacts of March and April, and ratings that came in April."""
    home = GrowingHome(folder / "grown", compiled_project())
    built(home, {f"desk/2026-03-03/{name}": content for name, content in FILES.items()})
    built(home, {"desk/2026-04-21/contacts.csv": LATER})
    return built(home, {"desk/2026-04-22/ratings.csv": HEADER + ratings})


def told(home: GrowingHome, columns: str) -> list[tuple[object, ...]]:
    with open_warehouse(home.root) as connection:
        return connection.execute(
            f"select rating_id, {columns} from fct_rating order by 1"  # noqa: S608 - our own columns
        ).fetchall()


def test_all_ratings_of_a_source_are_made_anew_when_it_begins_to_tell_deliveries(tmp_path: Path) -> None:
    home = rated_home(tmp_path, "r1,one,2026-03-02T09:06:00Z,,,,\n")
    assert told(home, "rating_delivered") == [("desk/r1", 1)]
    built(
        home,
        {"desk/2026-04-23/ratings.csv": HEADER + "r2,three,2026-04-20T09:45:00Z,2026-04-20T09:46:00Z,,,\n"},
    )
    assert home.is_sliced
    assert told(home, "rating_delivered") == [("desk/r1", 0), ("desk/r2", 1)]
    assert home.differences() == []


def test_a_rating_goes_from_the_date_of_its_invitation_to_that_of_a_contact_that_comes_late(tmp_path: Path) -> None:
    home = rated_home(tmp_path, "r1,four,2026-03-20T09:06:00Z,2026-03-20T09:06:00Z,2026-03-20T09:07:00Z,5,\n")
    assert told(home, "contact_date::varchar, ratings") == [("desk/r1", "2026-03-20", 0)]
    four = LATER.replace("three,d", "four,e").replace("2026-04-20T09", "2026-03-10T09")
    built(home, {"desk/2026-04-23/contacts.csv": four})
    assert home.is_sliced
    assert told(home, "contact_date::varchar, ratings") == [("desk/r1", "2026-03-10", 1)]
    assert home.differences() == []


def test_a_corrected_rating_leaves_the_date_of_the_contact_that_it_was_of(tmp_path: Path) -> None:
    home = rated_home(tmp_path, "r1,one,2026-03-02T09:06:00Z,2026-03-02T09:06:00Z,2026-03-02T09:07:00Z,5,\n")
    assert told(home, "contact_date::varchar") == [("desk/r1", "2026-03-02")]
    built(
        home,
        {
            "desk/2026-04-23/ratings.csv": HEADER
            + "r1,three,2026-03-02T09:06:00Z,2026-03-02T09:06:00Z,2026-03-02T09:07:00Z,5,\n"
        },
    )
    assert home.is_sliced
    assert told(home, "contact_date::varchar") == [("desk/r1", "2026-04-20")]
    assert home.differences() == []
