"""What the command line prints at the end of a run, and for `status`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from orchestration.demo import DemoResult, is_sample
from orchestration.fetch.freshness import Freshness
from orchestration.home.paths import Home
from orchestration.run.audit import Audit
from orchestration.run.history import Histories, Ordered
from orchestration.run.run import RunResult
from orchestration.run.status import HomeStatus, SourceStatus
from orchestration.site.intake import GAVE_NOTHING, MOST_TOLD, PARTLY_LOST, Finding
from orchestration.site.site_state import Stage
from orchestration.warehouse.differences import Difference


def tell_demo(out: Console, home: Home, agents: int, written: DemoResult, run_command: str) -> None:
    """Print which sample lies in a home now, and what comes next."""
    out.print(f"A sample centre of {agents} agents, {_days(written)}, lies in {escape(str(home.landing))}")
    if written.was_there:
        out.print(
            "It was there already. For days that end yesterday, take another SCOREHOUSE_HOME or remove that folder."
        )
    out.print("One record in 200 is spoilt on purpose, to show what happens to such.")
    out.print(f"Next: {run_command}")


def _days(written: DemoResult) -> str:
    return f"{written.first_day:%-d %b %Y} to {written.last_day:%-d %b %Y}"


MADE_FROM: dict[Stage, str] = {
    "build": "the warehouse, the published file, the pages",
    "file": "the published file, the pages",
    "site": "the pages",
}


def tell_run(out: Console, home: Home, result: RunResult, serve_command: str) -> None:
    """Print what a run came to: what came in wrong first, and at its end how to look at it."""
    _tell_findings(out, result.findings)
    for failed in result.not_pulled:
        out.print(f"[bold red]not pulled[/]: {escape(failed)}")
    for sentence in result.told:
        out.print(f"[yellow]{escape(sentence)}[/]")
    if not result.is_new:
        out.print("Nothing new: every file is taken and published.")
    elif not result.files:
        made = MADE_FROM[result.first or "build"]
        out.print(f"No new files. Made again, since what they are made from has changed: {made}.")
    else:
        out.print(f"{result.files} files taken.")
    if result.built:
        out.print(escape(result.built))
    if result.restated:
        values = f"{result.restated:,} value{'s' if result.restated != 1 else ''}"
        out.print(
            f"[yellow]{values} of closed periods changed[/]: fct_restatement has each, as it was and is, and why."
        )
    _tell_waiting(out, result.waiting)
    if result.records_quarantined:
        where = escape(str(home.quarantine))
        out.print(f"[yellow]{result.records_quarantined} records went to quarantine[/], with reasons, in {where}")
        if is_sample(home):
            out.print("They are spoilt on purpose: the sample shows what happens to such records.")
    if result.published_file is not None:
        out.print(f"Published file: {escape(str(result.published_file))}")
    if result.site is not None:
        out.print(f"Pages: {escape(str(result.site))}")
        out.print(f"To look at them: {serve_command}, then open http://127.0.0.1:8080")


def tell_status(out: Console, home: Home, status: HomeStatus) -> None:
    """Print the state of a home: what came in wrong, each source with its equation, then what is published."""
    out.print(f"[bold]{escape(str(home.root))}[/]")
    _tell_findings(out, status.findings)
    for source in status.sources:
        _tell_source(out, source)
        for pulled in (one for one in status.pulled if one.source == source.source):
            _tell_pulled(out, pulled)
    for late in status.late:
        out.print(f"[yellow]{escape(str(late))}[/]")
    _tell_waiting(out, status.waiting)
    out.print(f"Published file: {status.published_at or 'never'}   Pages: {status.pages_at or 'never'}")


def tell_audit(out: Console, found: Audit) -> None:
    """Print what of the home is not as the ledger says, or that all of it is."""
    for fault in found.faults:
        out.print(f"[red]{escape(str(fault))}[/]")
    megabytes = found.bytes_read / 1e6
    out.print(f"{found.files:,} files, {megabytes:,.1f} MB: {len(found.faults) or 'nothing'} not as the ledger says.")


def tell_history(out: Console, found: Histories) -> None:
    """Print each publication in a line, or what is wrong with the history."""
    for fault in found.faults:
        out.print(f"[red]{escape(fault)}[/]")
    if found.publications.is_empty() and not found.faults:
        out.print("Nothing was published yet.")
    for one in found.publications.iter_rows(named=True):
        restated = one["restated_count"]
        changed = f"{restated:,} value{'s' if restated != 1 else ''} of closed periods changed" if restated else "-"
        note = f"  {escape(one['note'])}" if one["note"] else ""
        as_of = f"{one['as_of']:%Y-%m-%d %H:%M}Z" if one["as_of"] else "no data"
        out.print(f"{one['publication']:>6}  {one['published_at']:%Y-%m-%d %H:%M}Z  as of {as_of}  {changed}{note}")


def tell_ordered(out: Console, ordered: Ordered, first: date, run_command: str) -> None:
    """Print what the next run makes anew by an order, and which of it no run can make anew."""
    out.print(
        f"The next run makes {len(ordered.kpis)} KPI{'s' if len(ordered.kpis) != 1 else ''} anew in every period that "
        f"ends on {first} or later, and says so at each value that changes. Next: {run_command}"
    )
    if ordered.stays_before:
        out.print(
            f"[yellow]But for periods that begin before {ordered.stays_before}[/]: the records that their values were "
            "made of go by `keep` in centre.yaml, or went (fct_retention). These stay as they were published, with "
            "formula and target of then; no order can change them."
        )


def tell_begun_anew(out: Console, aside: Path | None, run_command: str) -> None:
    """Print where the history lies that is gone on without, and what comes next."""
    where = f"what was there lies in {escape(str(aside))}" if aside else "there was none"
    out.print(f"The next publication is number 1 and tells the reason; {where}. Next: {run_command} --full")


def tell_whole_build(out: Console, different: list[Difference]) -> None:
    """Print what of the published tables is not as a build of everything makes it, or that all of it is."""
    for one in different:
        out.print(f"[red]{escape(str(one))}[/]")
    if different:
        out.print("Remedy: report it. What is published is mended by a build of every date.")
    else:
        out.print("Every published table is what a build of everything makes.")


def _tell_findings(out: Console, findings: list[Finding]) -> None:
    if not findings:
        return
    nothing = sum(found.finding in GAVE_NOTHING for found in findings)
    lost = sum(found.finding == PARTLY_LOST for found in findings)
    more = len(findings) - nothing - lost
    said = [
        *([f"{nothing} file{'s' if nothing > 1 else ''} gave not one record"] if nothing else []),
        *([f"{lost} file{'s' if lost > 1 else ''} lost rows"] if lost else []),
        *([f"more in quarantine than usual in {more} place{'s' if more > 1 else ''}"] if more else []),
    ]
    out.print(f"[bold red]Something came in wrong[/]: {', '.join(said)}. What came in right is published.")
    for found in findings[:MOST_TOLD]:
        out.print(f"  [red]{escape(str(found))}[/]")
    if len(findings) > MOST_TOLD:
        out.print(f"  and {len(findings) - MOST_TOLD} more; data health shows them all")


def _tell_waiting(out: Console, waiting: dict[str, str]) -> None:
    """Name the files that no run takes yet."""
    for place, why in list(waiting.items())[:MOST_TOLD]:
        out.print(f"[yellow]{escape(place)} waits[/]: {escape(why)}")
    if len(waiting) > MOST_TOLD:
        out.print(f"and {len(waiting) - MOST_TOLD} more wait")


def _tell_source(out: Console, source: SourceStatus) -> None:
    files = f"{source.files:,} files taken"
    if source.waiting_files:
        files += f", {source.waiting_files:,} waiting"
    if source.failed_files:
        files += f", [yellow]{source.failed_files:,} failed[/]"
    if source.last_landing_day:
        files += f", last landing day {source.last_landing_day}"
    out.print(f"[bold]{escape(source.source)}[/]: {files}")
    out.print(
        f"  {source.records_read:,} records read = {source.records_accepted:,} accepted + "
        f"{source.records_quarantined:,} quarantined + {source.records_duplicate:,} duplicate + "
        f"{source.records_ignored:,} ignored"
    )
    if source.first_at and source.last_at:
        out.print(f"  covers {source.first_at:%Y-%m-%d %H:%M} to {source.last_at:%Y-%m-%d %H:%M} UTC")


def _tell_pulled(out: Console, pulled: Freshness) -> None:
    lag = f"may be {_long(pulled.lag)} ago"
    if pulled.age is None:
        out.print(f"  [yellow]never pulled whole[/], which {lag}")
    else:
        when = f"pulled {pulled.pulled_at:%Y-%m-%d %H:%M} UTC, {_long(pulled.age)} ago"
        out.print(f"  [yellow]{when}: late[/], as it {lag}" if pulled.is_late else f"  {when}; {lag}")
    for stream, reached in pulled.reached.items():
        if reached is not None:
            out.print(f"  {escape(stream)} read up to {reached}")


def _long(span: timedelta) -> str:
    minutes = max(0, int(span.total_seconds())) // 60
    days, hours = divmod(minutes // 60, 24)
    told = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes % 60, "min")) if count]
    return " ".join(told[:2]) or "less than a minute"
