"""One run: pull, take every new file, build, publish, write the pages; through Dagster, in this process.

Dagster and dbt are imported only when there is something to do: a run with nothing new takes a second or two.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from orchestration.centre import Centre, load_centre
from orchestration.fetch.pull import pull_sources, pulled_sources
from orchestration.fetch.told import sentences
from orchestration.home.equation import quarantined_records
from orchestration.home.lock import home_lock
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.home.progress import say
from orchestration.landing.rest import Looks
from orchestration.landing.taking import Recovered, find_untaken, find_waiting_files, known_files, recover
from orchestration.policy import load_policy
from orchestration.readers.findings import LandingFile
from orchestration.run.dates import checked_dates
from orchestration.run.history import going_next, kept_last, restated_last
from orchestration.run.imported import kept_for_good
from orchestration.run.unlisted_codes import unlisted_codes
from orchestration.run.work import Work
from orchestration.site.intake import Finding, intake_findings
from orchestration.site.site_state import Stage, first_stale
from orchestration.warehouse.as_of import checked_as_of
from orchestration.warehouse.slice.asked import AskedDates
from orchestration.warehouse.slice.state import SliceState


@dataclass(frozen=True)
class RunResult:
    """What a run came to; `is_new` is False if there was nothing to do.

    `first` is the first step that was made again. `findings` are what came in wrong with the files of this run and
    their landing days; `waiting`: files left where they are, place -> why; `told`: what else was mended, and
    which codes no list knows, which closed periods keep earlier rules, and what goes at the next run;
    `built`: which dates were built anew, or why everything was; `restated`: values of closed periods that changed;
    `not_pulled`: what of databases and APIs could not be pulled, and why.
    """

    is_new: bool
    first: Stage | None = None
    files: int = 0
    records_quarantined: int = 0
    findings: list[Finding] = field(default_factory=list)
    published_file: Path | None = None
    site: Path | None = None
    told: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    built: str = ""
    restated: int = 0
    not_pulled: list[str] = field(default_factory=list)


def run(
    home: Home,
    *,
    site: bool = True,
    as_of: datetime | None = None,
    whole: bool = False,
    dates: tuple[date, date] | None = None,
    pull: bool = True,
) -> RunResult:
    """Take every file not yet taken and publish; with `site` also write the pages, with `pull` pull before that.

    `as_of` (with offset) stands for now; None means the last instant covered by data. With `whole` every date is built
    anew, also where nothing is new; with `dates` so are those from the first to the last of them.
    Raises AsOfError, CentreError, DatesError, HomeLockedError, PolicyError or RunError.
    """
    centre = load_centre(home)
    load_policy(home, centre)
    as_of = checked_as_of(home, as_of)
    home.create_folders()
    os.environ[HOME_VARIABLE] = str(home.root)
    # Before the home is held: another run need not wait for a slow API.
    pulled = pull_sources(home, centre, pulled_sources(centre), waits=False) if pull else []
    with home_lock(home):
        result = _run(home, centre, as_of, dates, site=site, whole=whole)
    told = [sentence for one in pulled for sentence in sentences(one, only_new=True)]
    return replace(result, told=[*told, *result.told], not_pulled=[failed for one in pulled for failed in one.failed])


def _run(
    home: Home, centre: Centre, as_of: datetime | None, dates: tuple[date, date] | None, *, site: bool, whole: bool
) -> RunResult:
    say("looking for new files")
    _let_files_settle(home)
    known = known_files(home)
    recovered = recover(home, known)
    untaken = find_untaken(home, centre, known)
    dates = checked_dates(home, centre, dates)
    is_asked = untaken.new or whole or dates or AskedDates(home).dates()
    stale: Stage | None = "build" if is_asked else first_stale(home, as_of, site=site)
    if stale:
        return _through_dagster(home, centre, untaken.new, recovered, Work(stale, site, as_of, whole, dates))
    return RunResult(
        False,
        published_file=home.published_file,
        site=home.site if site else None,
        told=recovered.told,
        waiting=untaken.waiting,
    )


def _let_files_settle(home: Home) -> None:
    # A file changed within the last seconds may still be growing. Whoever copied it and now asks for a run means
    # that file as well, so the run waits once; a file that goes on growing is left for the next run.
    looks = Looks(home)
    looks.remember()
    remaining = looks.seconds_until_quiet()
    if remaining:
        time.sleep(remaining + 0.1)


def _through_dagster(
    home: Home, centre: Centre, files: list[LandingFile], recovered: Recovered, work: Work
) -> RunResult:
    say("starting Dagster")
    # What is known of years of files is kept as well.
    with kept_for_good():
        from orchestration.run.in_dagster import run_jobs  # seconds of imports, not paid when nothing is new

    told = recovered.told + run_jobs(home, [file.day for file in files], work)
    names = {(file.source, file.day, file.name) for file in files}
    places = names | {(source, day, None) for source, day, _ in names} | set(recovered.lost)
    return RunResult(
        is_new=True,
        first=work.first,
        files=len(files),
        records_quarantined=quarantined_records(home, names),
        findings=[found for found in intake_findings(home) if (found.source, found.day, found.file) in places],
        published_file=home.published_file,
        site=home.site if work.site else None,
        told=told + ([*unlisted_codes(home), *kept_last(home), *going_next(home)] if work.first == "build" else []),
        waiting=find_waiting_files(home, centre),
        built=SliceState(home).told() if work.first == "build" else "",
        restated=restated_last(home) if work.first == "build" else 0,
    )
