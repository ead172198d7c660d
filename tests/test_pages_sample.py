"""Every kind of page of the sample centre in a real browser: as wide as a desk, a tablet, a phone, in both languages.

Numbers on the pages are held against the published file; pictures stay in artifacts/screenshots for people to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import duckdb
import pytest
from playwright.sync_api import Page, Route, expect

from orchestration.home.paths import CHECKOUT, Home
from tests.support.pages_browser import CHROMIUM, MISSING, open_page, served
from tests.support.pages_reader import rounded, shown

PICTURES = CHECKOUT / "artifacts" / "screenshots"
SIZES = {1440: 900, 820: 1180, 390: 844}
FOLDER = {"centre": "", "channel": "channel", "queue": "queue", "team": "team", "agent": "agent"}
LENGTH = {"week": timedelta(days=7), "day": timedelta(days=1)}
WORD = {"good": "In band", "too_good": "Check", "watch": "Watch", "bad": "Out of band"}

Rows = list[tuple[Any, ...]]
Ask = Callable[..., Rows]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=MISSING),
]


@dataclass(frozen=True)
class Sample:
    """A scope of every kind with much to show, and the periods that the tests look at."""

    scopes: dict[str, str]
    team_channel: str
    week: date
    """Monday of the last whole week."""
    day: date
    """A working day whose records are published."""

    def path(self, kind: str) -> str:
        """Return the address of the scope of this kind."""
        return f"/{FOLDER[kind]}/{quote(self.scopes[kind])}" if FOLDER[kind] else "/"


@pytest.fixture(scope="module")
def ask(sample_home: Home) -> Iterator[Ask]:
    """A function that answers SQL over the published file with rows."""
    with duckdb.connect(str(sample_home.published_file), read_only=True) as connection:
        yield lambda sql, *values, **named: connection.execute(sql, named or list(values)).fetchall()


@pytest.fixture(scope="module")
def sample(ask: Ask) -> Sample:
    [(week,)] = ask(
        "select max(period_start) from scorecard.fct_kpi_value where period_kind = 'week' and scope_kind = 'centre'"
        " and period_end <= (select max(period_end) from scorecard.fct_kpi_value where period_kind = 'day')"
    )
    busiest: dict[str, str] = dict(
        ask(
            "select scope_kind, max_by(scope_id, n) from scorecard.fct_kpi_value"
            " where period_kind = 'week' and period_start = ? and kpi_id = 'first_response_time' group by 1",
            week,
        )
    )
    [(day,)] = ask("select ?::date + 1", week)
    return Sample({kind: busiest[kind] for kind in FOLDER}, busiest["team_channel"], week, day)


@pytest.fixture(scope="module")
def site_url(sample_home: Home) -> Iterator[str]:
    with served(sample_home.site) as url:
        yield url


def _every_page(sample: Sample) -> dict[str, str]:
    scopes = {kind: sample.path(kind) for kind in FOLDER}
    lists = {f"{kind}s": f"/{folder}" for kind, folder in FOLDER.items() if folder}
    drill = f"/drill?kind=centre&id=centre&date={sample.day}&kpi=connect_rate"
    return scopes | lists | {
        "team_channel": f"/team-channel/{quote(sample.team_channel)}",
        "kpis": "/kpi", "kpi": "/kpi/first_response_time", "half_hours": f"/half-hour?date={sample.day}",
        "bulletin": "/bulletin", "health": "/health", "restatements": "/restatements",
        "records": drill, "analyst": "/analyst",
        "complaints": "/complaints", "quality": "/quality?period=month",
        "impact": "/impact?period=month&kpi=transfer_rate", "plans": "/plans", "warnings": "/warnings",
        "control": "/control?period=month", "voice": "/voice?period=month", "people": "/people?period=month",
        "self_reports": "/self-report", "assessment": "/assessment",
        "assessed": sample.path("agent").replace("/agent/", "/assessment/"), "points": "/points?period=month",
    }  # fmt: skip


_CUT = """(main) => [...main.querySelectorAll('table')]
    .filter((table) => table.scrollWidth > table.parentElement.clientWidth + 1)
    .map((table) => table.parentElement.getAttribute('aria-label'))"""
"""The tables of a page that do not show all their columns."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_at_every_width(page: Page, sample: Sample, language: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed = {"en": "could not be loaded", "zh": "加载失败"}[language]
    for name, path in _every_page(sample).items():
        open_page(page, f"{path}{'&' if '?' in path else '?'}lang={language}")
        if name in ("analyst", "half_hours", "kpi"):
            page.locator("canvas").first.wait_for(timeout=120_000)
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(1200 if page.locator("canvas").count() else 100)  # charts move to their new size
            page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.locator("main").evaluate(_CUT) == [], (name, width)
        text = page.locator("main").inner_text()
        assert len(text) > 50, name
        # Evidence's own name is what a page without a title would have in its tab.
        assert page.title() not in {"", "Evidence"}, name
        assert failed not in text, name


def _published(ask: Ask, kind: str, scope_id: str, week: date) -> dict[str, tuple[str, str]]:
    # Data files carry nine decimals, far more than a page shows
    rows = ask(
        "select v.kpi_id, round(v.value::double, 9), k.unit, k.decimals, v.status, v.verdict, v.evidence"
        " from scorecard.fct_kpi_value as v"
        " inner join scorecard.dim_kpi as k on v.kpi_id = k.kpi_id"
        " where v.scope_kind = ? and v.scope_id = ? and v.period_kind = 'week' and v.period_start = ?",
        kind, scope_id, week,
    )  # fmt: skip
    # On whose line others stand: measured by longer periods, and empty in a week.
    rows += ask(
        "select kpi_id, null, unit, decimals, 'no_data', 'none', 'none' from scorecard.dim_kpi"
        " where period_kinds is not null and not list_contains(string_split(period_kinds, '|'), 'week')"
    )
    rows += _judged_elsewhere(ask, kind, scope_id, "week", week)
    return {
        kpi: (shown(value, unit, decimals), _word(value, status, verdict, evidence))
        for kpi, value, unit, decimals, status, verdict, evidence in rows
    }


def _judged_elsewhere(ask: Ask, kind: str, scope_id: str, period: str, start: date) -> Rows:
    """Of each KPI that this kind of period does not judge: the last value judged by its end, else around it."""
    return ask(
        "select v.kpi_id, round(v.value::double, 9), k.unit, k.decimals, v.status, v.verdict, v.evidence"
        " from scorecard.fct_kpi_value as v inner join scorecard.dim_kpi as k on v.kpi_id = k.kpi_id"
        " where v.scope_kind = $kind and v.scope_id = $scope and v.verdict != 'none'"
        " and not list_contains(string_split(k.judged_periods, '|'), $period)"
        " and list_contains(string_split(k.judged_periods, '|'), v.period_kind)"
        " and (v.period_end <= $until::date or (v.period_start <= $start::date and v.period_end >= $until::date))"
        " qualify row_number() over (partition by v.kpi_id"
        " order by v.period_end <= $until::date desc, v.period_end desc) = 1",
        kind=kind, scope=scope_id, period=period, start=start, until=start + LENGTH[period],
    )  # fmt: skip


def _word(value: object, status: str, verdict: str, evidence: str) -> str:
    if value is None or status == "no_data":
        return "No data"
    if evidence == "chance" and status != "insufficient_sample":
        return "May be chance"
    return "Too few cases" if status == "insufficient_sample" else WORD.get(verdict, "")


def _unfold(page: Page) -> None:
    """Open the groups that are folded until a reader asks for them: what is not laid out has no text."""
    page.evaluate("for (const group of document.querySelectorAll('details.folded')) group.open = true")


def _on_page(page: Page) -> dict[str, tuple[str, str]]:
    _unfold(page)
    found = page.evaluate(
        "[...document.querySelectorAll('details[id] > summary')].map((s) => [s.parentElement.id,"
        " s.querySelector('.value b').innerText, s.querySelector('.state').innerText])"
    )
    return {kpi: (value, state) for kpi, value, state in found}


@pytest.mark.parametrize("kind", list(FOLDER))
def test_a_scorecard_shows_what_the_published_file_says(page: Page, ask: Ask, sample: Sample, kind: str) -> None:
    open_page(page, f"{sample.path(kind)}?period=week&start={sample.week}&lang=en")
    on_page = _on_page(page)
    published = _published(ask, kind, sample.scopes[kind], sample.week)
    assert len(on_page) >= 10
    assert {kpi: value for kpi, (value, _) in on_page.items()} == {kpi: published[kpi][0] for kpi in on_page}
    assert [kpi for kpi, (_, state) in on_page.items() if published[kpi][1] not in state] == []


@pytest.mark.parametrize("kind", list(FOLDER))
def test_a_scorecard_says_how_far_shares_are_from_those_before(page: Page, ask: Ask, sample: Sample, kind: str) -> None:
    for period, start, names in (("week", sample.week, ["change"]), ("day", sample.day, ["change", "weekday"])):
        open_page(page, f"{sample.path(kind)}?period={period}&start={start}&lang=en")
        _unfold(page)
        found = page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('details[id]')].map((d) => [d.id,"
            " [...d.querySelectorAll('summary .change > span')].map((s) => s.innerText)"
            ".filter((s) => s.includes('pp'))]))"
        )
        elsewhere = {row[0] for row in _judged_elsewhere(ask, kind, sample.scopes[kind], period, start)}
        expected = {
            kpi: [_points(change, decimals) for change in changes[: len(names)] if change is not None]
            for kpi, decimals, *changes in _changes(ask, kind, sample.scopes[kind], period, start)
            if kpi in found and kpi not in elsewhere
        }
        assert any(expected.values())
        said = {kpi: [text.split("pp")[0].split(" ")[-2] for text in found[kpi]] for kpi in expected}
        assert said == expected


def _changes(ask: Ask, kind: str, scope_id: str, period: str, start: date) -> Rows:
    """Of every share: how far it is from that of the period before, and from that of a week before."""
    return ask(
        "with kept as (from scorecard.fct_kpi_value where scope_kind = ? and scope_id = ? and period_kind = ?)"
        " select kept.kpi_id, kpi.decimals, kept.value - earlier.value, kept.value - week.value"
        " from kept inner join scorecard.dim_kpi as kpi using (kpi_id)"
        " left join kept as earlier on kept.kpi_id = earlier.kpi_id and kept.period_start = earlier.period_end"
        " left join kept as week on kept.kpi_id = week.kpi_id and kept.period_start = week.period_start + 7"
        " where kept.period_start = ? and kpi.unit = 'share'",
        kind, scope_id, period, start,
    )  # fmt: skip


def _points(change: float, decimals: int) -> str:
    size = rounded(abs(Decimal(repr(round(change, 8)))) * 100, decimals)
    return f"{'±' if not Decimal(size) else '+' if change > 0 else '−'}{size}"


def test_the_three_sides_of_a_conversation_are_told_as_a_ratio(page: Page, ask: Ask, sample: Sample) -> None:
    open_page(page, f"/?period=week&start={sample.week}&lang=en")
    [(customer, agent, system)] = ask(
        "select sum(numerator) filter (kpi_id = 'message_mix_customer'),"
        " sum(numerator) filter (kpi_id = 'message_mix_agent'),"
        " sum(numerator) filter (kpi_id = 'message_mix_system') from scorecard.fct_kpi_value"
        " where scope_kind = 'centre' and period_kind = 'week' and period_start = ?",
        sample.week,
    )
    sides = [rounded(Decimal(side) / Decimal(system), 1) for side in (customer, agent)]
    said = page.locator("#message_mix_agent > summary").inner_text()
    assert f"Customer : agent : system {sides[0]} : {sides[1]} : 1" in said


def test_what_is_out_of_band_comes_first_and_nothing_of_it_is_left_out(page: Page, ask: Ask, sample: Sample) -> None:
    open_page(page, f"/?period=week&start={sample.week}&lang=en")
    first = page.locator("section").first.locator("ol > li")
    rows = ask(
        "select kpi_id from scorecard.fct_kpi_value where scope_kind = 'centre' and period_kind = 'week'"
        " and period_start = ? and verdict in ('bad', 'watch', 'too_good')"
        " and status in ('below_band', 'above_band')",
        sample.week,
    )
    rows += [
        row[:1]
        for row in _judged_elsewhere(ask, "centre", "centre", "week", sample.week)
        if row[4] in ("below_band", "above_band")
    ]
    assert len(rows) > 0
    expect(first).to_have_count(len(rows))


@pytest.mark.parametrize("kind", list(FOLDER))
@pytest.mark.parametrize("kpi", ["connect_rate", "first_response_time"])
def test_records_add_up_to_numerator_and_denominator(page: Page, ask: Ask, sample: Sample, kind: str, kpi: str) -> None:
    rows = ask(
        "select numerator, denominator from scorecard.fct_kpi_value where kpi_id = ? and scope_kind = ?"
        " and scope_id = ? and period_kind = 'day' and period_start = ? and denominator > 0",
        kpi, kind, sample.scopes[kind], sample.day,
    )  # fmt: skip
    if not rows:
        pytest.skip(f"{kpi} is not measured for {kind} {sample.scopes[kind]} on {sample.day}")
    open_page(page, f"{sample.path(kind)}?period=day&start={sample.day}&lang=en#{kpi}")
    # Companions on the same line have links of their own.
    page.locator(f"#{kpi} a[href$='kpi={kpi}']", has_text="Records behind this number").click()
    expect(page.locator(".sums")).to_be_visible()
    assert _sums_of_rows(page) == [Decimal(part) for part in rows[0]]
    said = page.locator(".sums b").all_inner_texts()
    assert said == [rounded(Decimal(part), 0 if part == int(part) else 2) for part in rows[0]]


def _sums_of_rows(page: Page) -> list[Decimal]:
    """Add up the last two columns of the table itself: those of the KPI's two measures."""
    more = page.get_by_role("button", name="Show all")
    if more.count():
        more.click()
    cells = page.evaluate(
        "[...document.querySelectorAll('main tbody tr')].map((r) => [...r.cells].slice(-2).map((c) => c.innerText))"
    )
    numbers = [[Decimal(text.replace(",", "") or "0") for text in row] for row in cells]
    return [sum(column, Decimal(0)) for column in zip(*numbers, strict=True)]


def test_records_are_told_in_the_readers_words_with_people_by_name(page: Page, ask: Ask, sample: Sample) -> None:
    open_page(page, f"/drill?kind=centre&id=centre&date={sample.day}&kpi=connect_rate&lang=zh")
    text = page.locator("main tbody").inner_text()
    assert [word for word in ("呼入", "网页") if word not in text] == []
    agents = ask("select scope_id, scope_name from scorecard.dim_scope where scope_kind = 'agent'")
    raw = ["inbound", "outbound", "callback", *(scope_id for scope_id, _ in agents)]
    assert [word for word in raw if word in text] == []
    assert any(name in text for _, name in agents)
    # Records of several kinds say which they are
    open_page(page, f"/drill?kind=centre&id=centre&date={sample.day}&lang=zh")
    assert "会话" in page.locator("main tbody").inner_text()


def test_a_day_shows_what_was_forecast_and_when_nobody_was_planned(page: Page, ask: Ask, sample: Sample) -> None:
    rows = ask(
        "select forecast_contacts, received_contacts from scorecard.fct_forecast_load"
        " where scope_kind = 'centre' and forecast_date = ? order by starts_at",
        sample.day,
    )
    assert rows
    open_page(page, f"/half-hour?date={sample.day}&lang=en")
    forecast = page.get_by_role("region", name="Forecast and what came", exact=True)
    found = [cells.all_inner_texts() for cells in (forecast.locator(f"tbody td:nth-child({n})") for n in (2, 3))]
    assert found == [
        [rounded(Decimal(repr(expected)), 0 if expected == int(expected) else 1) for expected, _ in rows],
        [f"{came:,}" for _, came in rows],
    ]
    [(unplanned,)] = ask(
        "select count(*) filter (not is_planned) from scorecard.fct_open_half_hour where local_date = ?", sample.day
    )
    without = page.get_by_role("region", name="Open without a planned shift", exact=True)
    expect(without.locator("tbody tr")).to_have_count(unplanned)


def test_errors_say_at_which_stage_defects_are_caught(page: Page, ask: Ask) -> None:
    [(start,)] = ask(
        "select max(period_start) from scorecard.fct_kpi_value where period_kind = 'month' and scope_kind = 'centre'"
        " and kpi_id = 'defects_caught_after_share' and value is not null"
    )
    shares = dict(
        ask(
            "select split_part(kpi_id, '_', 3), value from scorecard.fct_kpi_value where period_kind = 'month'"
            " and scope_kind = 'centre' and kpi_id like 'defects_caught_%' and period_start = ?",
            start,
        )
    )
    assert sum(shares.values()) == pytest.approx(1)
    open_page(page, f"/quality?period=month&start={start}&lang=en")
    section = page.locator("section", has=page.locator("#stages"))
    told = [f"{rounded(Decimal(repr(shares[stage])) * 100, 1)} %" for stage in ("before", "during", "after")]
    assert section.locator("li b").all_inner_texts() == told
    widths = section.evaluate(
        "(at) => [...at.querySelectorAll('.whole i')].map((i) => i.getBoundingClientRect().width)"
    )
    whole = section.locator(".whole").bounding_box()
    assert whole
    assert sum(widths) == pytest.approx(whole["width"], abs=1)


def test_an_agents_page_has_what_he_is_to_sign_his_plans_and_tests(page: Page, ask: Ask) -> None:
    [(agent, documents, plans, tests)] = ask(
        "select plan.scope_id, count(distinct document_due_id), count(distinct plan_id), count(distinct test_item_id)"
        " from scorecard.fct_plan_effect as plan"
        " left join scorecard.fct_document_due as due on plan.scope_id = due.agent_id"
        " left join scorecard.fct_skill_test as test on plan.scope_id = test.agent_id"
        " where scope_kind = 'agent' group by 1 limit 1"
    )
    assert plans
    assert tests
    open_page(page, f"/agent/{quote(agent)}?lang=en")
    counts = {"Documents to sign": documents, "Own plans": plans, "Tests": tests}
    for name, count in counts.items():
        lines = page.get_by_role("region", name=name, exact=True).locator("tbody tr")
        expect(lines).to_have_count(min(count, 10))


def test_what_nobody_set_a_band_for_is_folded_away_until_asked_for(page: Page) -> None:
    open_page(page, "/?period=month&lang=en")
    folded = page.locator("section", has=page.locator("#group-people")).locator("details.folded")
    expect(folded.locator("#schedule_adherence > summary")).to_be_hidden()
    folded.locator("> summary").click()
    expect(folded.locator("#schedule_adherence > summary")).to_be_visible()
    folded.locator("> summary").click()
    # On paper nothing can be opened.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded.locator("#schedule_adherence > summary")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded.locator("#schedule_adherence > summary")).to_be_hidden()
    open_page(page, "/?period=month&lang=en#schedule_adherence")
    expect(folded.locator("#schedule_adherence > summary")).to_be_visible()


def test_the_bulletin_prints_on_one_page(page: Page) -> None:
    open_page(page, "/bulletin?lang=en")
    printed = page.pdf(format="A4")
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "bulletin.pdf").write_bytes(printed)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


def test_an_edition_that_is_asked_for_is_what_is_printed_and_whole(page: Page) -> None:
    open_page(page, "/bulletin?edition=end&lang=en")
    heading = page.get_by_role("heading", name="End-of-day edition")
    expect(heading).to_be_visible()
    people = page.get_by_role("region", name="Good ratings by place").locator("tbody tr").count()
    page.emulate_media(media="print")
    expect(heading).to_be_visible()
    expect(page.locator(".paper")).to_have_count(0)
    assert page.get_by_role("region", name="Good ratings by place").locator("tbody tr:visible").count() == people
    open_page(page, "/bulletin?lang=en")
    expect(heading).to_be_hidden()
    expect(page.locator(".paper")).to_be_visible()


def test_a_printed_assessment_has_all_its_lines_and_the_policy_that_it_is_by(page: Page, ask: Ask) -> None:
    [(person, month, version)] = ask(
        "select id, month::varchar, policy_version from scorecard.fct_assessment where person_kind = 'agent'"
        " and policy_version is not null and is_closed order by id limit 1"
    )

    def many(route: Route) -> None:
        told = route.fetch().json()
        told["rows"] = [row for row in told["rows"] for _ in range(30)]
        route.fulfill(json=told)

    def with_a_newer_policy(route: Route) -> None:
        told = route.fetch().json()
        at = {name: told["columns"].index(name) for name in ("section", "version", "text_en")}
        newer = [row.copy() for row in told["rows"] if row[at["section"]] == "assessment"]
        for row in newer:
            row[at["version"]], row[at["text_en"]] = "newer", "Another policy."
        told["rows"] = newer + told["rows"]
        route.fulfill(json=told)

    open_page(page, "/?lang=en")
    files = page.evaluate("fetch('/data/manifest.json').then((told) => told.json())")["files"]
    page.route(f"**/data/{files[f'assessed_lines/agent/{person}']}", many)
    page.route(f"**/data/{files['policy']}", with_a_newer_policy)
    open_page(page, f"/assessment/{person}?month={month}&lang=en")
    page.emulate_media(media="print")
    assert page.get_by_role("region", name="What it is made of").locator("tbody tr:visible").count() > 60
    panels = page.locator("details.panel", has=page.locator("summary", has_text="Assessment"))
    assert [panel.get_attribute("open") for panel in panels.all()] == [None, ""]
    expect(panels.filter(has_text=f"· {version} ·").locator("li").first).to_be_visible()


def test_complaints_lead_from_what_they_are_about_to_each_one_and_its_contact(page: Page, ask: Ask) -> None:
    [(kind, name, *counts)] = ask(
        "select part.part_id, any_value(code.kind_en), any_value(part.received), any_value(part.decided),"
        " any_value(part.upheld), any_value(part.pending)"
        " from scorecard.fct_complaint_part as part inner join scorecard.dim_code as code"
        " on part.part_id = code.group_code || '.' || code.kind where part.scope_kind = 'centre'"
        " and part.period_kind = 'trailing_28' group by 1 order by 3 desc, 1 limit 1"
    )
    open_page(page, "/complaints?period=trailing_28&lang=en")
    line = page.locator("main tr", has=page.get_by_role("link", name=name, exact=True))
    expect(line.locator("td.number")).to_have_text([str(count) for count in counts])
    with page.expect_download() as saved:
        page.get_by_role("button", name="Report as CSV").click()
    report = saved.value.path().read_text(encoding="utf-8")
    assert ",kpi,complaint_rate," in report
    assert f",kind,{kind},{name},{','.join(map(str, counts))}," in report
    line.get_by_role("link").click()
    contacts = page.get_by_role("region", name="The complaints").locator("tbody tr a")
    expect(contacts).to_have_count(counts[0])
    contact = contacts.first.inner_text()
    contacts.first.click()
    expect(page.locator("h1")).to_contain_text("Records of")
    assert contact in page.locator("main tbody tr").first.inner_text()


def test_the_complaints_of_a_team_are_those_that_it_picks(page: Page, ask: Ask, sample: Sample) -> None:
    team = sample.scopes["team"]
    [(value, n, unit, decimals)] = ask(
        "select round(v.value::double, 9), v.n, k.unit, k.decimals from scorecard.fct_kpi_value as v"
        " inner join scorecard.dim_kpi as k on v.kpi_id = k.kpi_id where v.kpi_id = 'complaint_rate'"
        " and v.scope_kind = 'team' and v.scope_id = ? and v.period_kind = 'week' and v.period_start = ?",
        team, sample.week,
    )  # fmt: skip
    open_page(page, f"/complaints?period=week&start={sample.week}&lang=en")
    page.get_by_label("Scope").select_option(f"team|{team}")
    tile = page.get_by_role("region", name="Complaints per 1,000").first
    expect(tile).to_contain_text(shown(value, unit, decimals))
    expect(tile).to_contain_text(f"n {n:,}")


def test_the_teams_that_make_a_gap_are_told_with_their_parts_of_it(page: Page, ask: Ask) -> None:
    [(whole, start)] = ask(
        "select whole_id, period_start from scorecard.fct_metric_impact where kpi_id = 'transfer_rate'"
        " and split = 'team' and whole_kind = 'team' and period_kind = 'trailing_28' group by all"
        " order by count(*) desc, whole_id limit 1"
    )
    rows = ask(
        "select scope.scope_name, 100 * impact.contribution from scorecard.fct_metric_impact as impact"
        " inner join scorecard.dim_scope as scope on impact.part_kind = scope.scope_kind"
        " and impact.part_id = scope.scope_id where impact.kpi_id = 'transfer_rate' and impact.split = 'team'"
        " and impact.whole_id = ? and impact.period_kind = 'trailing_28' and impact.period_start = ?"
        " order by impact.contribution desc",
        whole,
        start,
    )
    open_page(page, f"/impact?period=trailing_28&kpi=transfer_rate&of=team|{whole}&lang=en")
    table = page.get_by_role("region", name="By team")
    named = table.locator("tbody tr").filter(has=page.locator("th a"))
    expect(named).to_have_count(len(rows))
    for (name, points), line in zip(rows, named.all(), strict=True):
        assert line.locator("th").inner_text().strip().startswith(name)
        told = line.locator("td.number").first.inner_text().replace("−", "-").replace("±", "").removesuffix(" pp")
        assert abs(float(told) - points) <= 0.005 + 1e-9


@pytest.mark.parametrize(("language", "who"), [("en", "Who makes this gap"), ("zh", "差距由谁造成")])
def test_the_page_of_a_kpi_tells_who_makes_its_gap_and_leads_to_all_parts(
    page: Page, ask: Ask, language: str, who: str
) -> None:
    open_page(page, f"/kpi/transfer_rate?period=trailing_28&lang={language}")
    # The region within has the name of the panel too.
    panel = page.get_by_role("region", name=who).first
    link = panel.get_by_role("link").last
    asked = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    kind, whole = asked["of"][0].split("|", 1)
    # A window that slides ends somewhere too, which the file of a KPI does not say.
    ticks = page.locator(".plot").first.locator("text").all_text_contents()
    assert ticks
    assert "–" not in ticks
    rows = ask(
        "select scope.scope_name, 100 * impact.contribution from scorecard.fct_metric_impact as impact"
        " inner join scorecard.dim_scope as scope on impact.part_kind = scope.scope_kind"
        " and impact.part_id = scope.scope_id where impact.kpi_id = 'transfer_rate' and impact.split = 'team'"
        " and whole_kind = ? and whole_id = ? and period_kind = 'trailing_28' and period_start = ?"
        " order by impact.contribution desc limit 5",
        kind,
        whole,
        asked["start"][0],
    )
    named = panel.locator("tbody tr").filter(has=page.locator("th a"))
    expect(named).to_have_count(len(rows))
    for (name, points), line in zip(rows, named.all(), strict=True):
        assert line.locator("th").inner_text().strip().startswith(name)
        told = line.locator("td.number").first.inner_text().replace("−", "-").replace("±", "")
        assert abs(float(re.sub(r"[^0-9.+-]", "", told)) - points) <= 0.005 + 1e-9
    link.click()
    page.wait_for_url(re.compile(r"/impact/\?"))
    expect(page.get_by_label("Scope" if language == "en" else "范围")).to_have_value(f"{kind}|{whole}")


def test_the_vital_few_are_told_and_lead_to_their_errors(page: Page, ask: Ask) -> None:
    rows = ask(
        "select coalesce(code.name_en, pareto.cause), pareto.events, pareto.is_vital_few"
        " from scorecard.fct_cause_pareto as pareto left join scorecard.dim_code as code"
        " on pareto.cause = code.code and code.code_list = 'error_codes' where pareto.family = 'general_error'"
        " and pareto.scope_kind = 'centre' and pareto.period_kind = 'trailing_28' order by pareto.position"
    )
    open_page(page, "/quality?period=trailing_28&lang=en")
    table = page.get_by_role("region", name="What general errors come from")
    expect(table.locator("tr.few")).to_have_count(sum(is_few for *_, is_few in rows[:10]))
    first = table.locator("tbody tr").first
    assert rows[0][0] in first.inner_text()
    assert first.locator("td.number").first.inner_text() == str(rows[0][1])
    first.get_by_role("link").click()
    expect(page.get_by_role("region", name="The errors").locator("tbody tr")).to_have_count(min(rows[0][1], 50))


def _first_cells(page: Page, caption: str) -> list[list[str]]:
    lines = page.get_by_role("region", name=caption).locator("tbody tr").all()
    return [line.locator("td .name").all_inner_texts() for line in lines]


def test_the_norm_that_is_lived_least_stands_first_and_few_reviews_say_nothing(page: Page, ask: Ask) -> None:
    rows = ask(
        "select coalesce(code.name_en, rubric.item), rubric.is_enough, round(rubric.mean_share, 9)"
        " from scorecard.fct_rubric_item as rubric left join scorecard.dim_code as code"
        " on rubric.item = code.code and code.code_list = 'norm_items' where rubric.scope_kind = 'centre'"
        " and rubric.period_kind = 'trailing_28' order by rubric.is_enough desc, rubric.position limit 10"
    )
    open_page(page, "/quality?period=trailing_28&lang=en")
    told = [cells[:2] for cells in _first_cells(page, "Which norm is not lived")]
    assert rows
    assert told == [[name, shown(share, "share", 1) if enough else "not enough data"] for name, enough, share in rows]


def test_who_was_heard_is_told_by_level_and_lists_name_whom_to_look_at(page: Page, ask: Ask) -> None:
    coverage = ask(
        "select round(v.value::double, 9), v.n from scorecard.fct_kpi_value as v inner join scorecard.dim_kpi as k"
        " on v.kpi_id = k.kpi_id where v.kpi_id like 'monitoring_coverage%' and v.scope_kind = 'centre'"
        " and v.period_kind = 'trailing_28' qualify rank() over (order by v.period_end desc) = 1"
        " order by k.display_order"
    )
    listed = ask(
        "select coalesce(s.scope_name, m.agent_id), m.sessions from scorecard.fct_monitoring_list as m"
        " left join scorecard.dim_scope as s on s.scope_kind = 'agent' and m.agent_id = s.scope_id"
        " where m.scope_kind = 'centre' and m.period_kind = 'trailing_28' and m.monitoring_list = 'needs_training'"
        " order by m.last_heard_on desc nulls last, m.agent_id limit 10"
    )
    open_page(page, "/control?period=trailing_28&lang=en")
    centre = page.get_by_role("region", name="Who was listened to").locator("tbody tr").first
    assert len(coverage) == 5
    for cell, (value, n) in zip(centre.locator("td.number").all(), coverage, strict=True):
        expect(cell).to_contain_text(shown(value, "share", 0))
        expect(cell).to_contain_text(f"n {n}")
    assert listed
    lines = page.get_by_role("region", name="Heard to need training").locator("tbody tr")
    expect(lines).to_have_count(len(listed))
    for line, (name, sessions) in zip(lines.all(), listed, strict=True):
        # Signs that turn the direction of a text are left out of names.
        expect(line).to_contain_text(name.translate({0x202C: None, 0x202E: None}))
        expect(line.locator("td.number").first).to_contain_text(str(sessions))


def test_what_customers_like_is_counted_and_leads_to_the_surveys_that_say_so(page: Page, ask: Ask) -> None:
    [(value, n, unit, decimals, start, end)] = ask(
        "select round(v.value::double, 9), v.n, k.unit, k.decimals, v.period_start, v.period_end"
        " from scorecard.fct_kpi_value as v inner join scorecard.dim_kpi as k on v.kpi_id = k.kpi_id"
        " where v.kpi_id = 'closed_loop_rate' and v.scope_kind = 'centre' and v.period_kind = 'trailing_28'"
        " qualify rank() over (order by v.period_end desc) = 1"
    )
    liked = ask(
        "select theme, count(*) from (select unnest(string_split(liked_themes, '|')) as theme"
        " from scorecard.fct_service_record where surveys_answered > 0 and service_date >= ? and service_date < ?)"
        " group by 1 order by 2 desc, 1",
        start,
        end,
    )
    departments = ask(
        "select cause, events from scorecard.fct_cause_pareto where family = 'avoidable' and scope_kind = 'centre'"
        " and period_kind = 'trailing_28' order by position limit 10"
    )
    open_page(page, "/voice?period=trailing_28&lang=en")
    tile = page.get_by_role("region", name="Followed up").first
    expect(tile).to_contain_text(shown(value, unit, decimals))
    expect(tile).to_contain_text(f"n {n:,}")
    lines = page.get_by_role("region", name="Liked", exact=True).locator("tbody tr")
    assert liked
    assert [line.locator("td .name").all_inner_texts() for line in lines.all()] == [
        [theme, f"{count:,}"] for theme, count in liked[:8]
    ]
    behind = page.get_by_role("region", name="Who could have spared them").locator("tbody tr")
    expect(behind).to_have_count(len(departments))
    for line, (cause, events) in zip(behind.all(), departments, strict=True):
        expect(line.locator("th")).to_contain_text("no department named" if cause == "other" else cause)
        expect(line.locator("td.number").first).to_have_text(f"{events:,}")
    lines.first.get_by_role("link").click()
    surveys = page.get_by_role("region", name="Answered surveys").locator("tbody tr")
    expect(surveys.first).to_contain_text(liked[0][0])
    surveys.first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Records of")


def test_the_balance_of_a_centre_is_told_and_which_month_a_leader_had_no_meeting(page: Page, ask: Ask) -> None:
    balance = ask(
        "select round(b.value, 9), b.direction, k.unit, k.decimals from scorecard.fct_balance as b"
        " inner join scorecard.dim_kpi as k on b.kpi_id = k.kpi_id where b.scope_kind = 'centre'"
        " and b.period_kind = 'month' and b.period_start = date '2026-03-01' order by b.position"
    )
    names = "leader_id month_start role team_id leads_from is_new plan_id plan_kind plan_state plan_due_on days_late"
    names += " meetings_due meetings_held plan_meetings_due plan_meetings_held training_minutes manager_minutes"
    names += " firefighting_minutes"
    # LD-2: of an onboarding from February to July a meeting was held in February, and none in March.
    head = ["leader", "T100", "2026-02-01", True, "LP1", "leader_onboarding", "open", "2026-07-31", 0, 1]
    months = [
        ["A0001", month, *head, held, due, 1, 60, 600, 150]
        for month, held, due in (("2026-03-01", 0, 2), ("2026-02-01", 1, 1))
    ]

    def told(route: Route) -> None:
        manifest = route.fetch().json()
        manifest["files"]["leader_months"] = "leaders.json"
        route.fulfill(json=manifest)

    page.route("**/data/manifest.json", told)
    page.route("**/data/leaders.json", lambda route: route.fulfill(json={"columns": names.split(), "rows": months}))
    open_page(page, "/people?period=month&start=2026-03-01&lang=en")
    centre = page.get_by_role("region", name="Balance", exact=True).locator("tbody tr").first
    assert balance
    cells = [cell for cell in centre.locator("td").all() if cell.inner_text().strip() != "–"]
    for cell, (value, direction, unit, decimals) in zip(cells, balance, strict=True):
        expect(cell).to_contain_text(shown(value, unit, decimals))
        expect(cell).to_contain_text(direction or "not enough data")
    leaders = page.get_by_role("region", name="Leaders", exact=True).locator("tbody tr")
    expect(leaders).to_have_count(1)
    expect(leaders).to_contain_text("March 2026: no progress meeting")
    expect(leaders).to_contain_text("of the plan so far 1 of 2")
    expect(leaders).to_contain_text("150 / 600")


def test_a_total_leads_to_the_lines_that_it_is_made_of(page: Page, ask: Ask) -> None:
    [(agent, month, total, lines)] = ask(
        "select a.id, a.month::varchar, round(a.total, 2)::varchar, count(*) from scorecard.fct_assessment as a"
        " inner join scorecard.fct_assessment_line as l on a.person_kind = l.person_kind and a.id = l.id"
        " and a.month = l.month where a.person_kind = 'agent' and a.total is not null"
        " group by a.id, a.month, a.total order by a.month desc, count(*) desc, a.id limit 1"
    )
    open_page(page, f"/assessment?month={month}&lang=en")
    row = page.get_by_role("region", name="Agents").locator(f"tr:has(a[href*='/assessment/{agent}/'])")
    shown = f"{float(total):.2f}"
    assert row.locator("td.number").first.inner_text().splitlines()[0] == shown
    row.get_by_role("link").click()
    expect(page.locator(".total strong")).to_have_text(shown)
    expect(page.get_by_role("region", name="What it is made of").locator("tbody tr")).to_have_count(lines)
    expect(page.get_by_role("heading", name="The policy in words")).to_be_visible()
    open_page(page, f"/agent/{agent}?lang=en")
    expect(page.get_by_role("link", name="Assessment of")).to_be_visible()


def test_self_reports_of_the_last_day_stand_beside_what_was_known_and_lead_to_its_records(page: Page, ask: Ask) -> None:
    [(day,)] = ask("select max(reported_date) from scorecard.fct_self_report")
    rows = ask(
        "select r.self_report_state, round(r.reported_value, 9), round(r.warehouse_value, 9), k.unit, r.decimals"
        " from scorecard.fct_self_report as r left join scorecard.dim_kpi as k on r.reported_kpi = k.kpi_id"
        " where r.reported_date = ? order by r.half = 'noon', r.agent_id, r.reported_kpi, r.reported_at",
        day,
    )
    came = [row for row in rows if row[0] != "missing"]
    words = {"equal": "equal", "different": "different", "no_cases": "no cases yet"}
    open_page(page, "/self-report?period=trailing_28&lang=en")
    lines = page.get_by_role("region", name="Reports", exact=True).locator("tbody tr")
    assert came
    expect(lines).to_have_count(min(len(came), 50))
    for line, (state, reported, known, unit, decimals) in zip(lines.all(), came[:50], strict=True):
        written = max(decimals - 2, 0) if unit == "share" else decimals
        numbers = line.locator("td.number")
        expect(numbers.first).to_have_text(shown(reported, unit, written))
        expect(numbers.nth(1)).to_have_text("no cases yet" if known is None else shown(known, unit, written))
        expect(line).to_contain_text(words[state])
    missed = page.get_by_role("region", name="Who did not report").locator("tbody tr")
    expect(missed).to_have_count(min(sum(state == "missing" for state, *_ in rows), 50))
    lines.first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Records of")


def test_points_of_a_month_stand_in_their_order_and_the_ledger_of_a_team_names_every_record(
    page: Page, ask: Ask
) -> None:
    [(month,)] = ask("select max(window_start) from scorecard.fct_points_rank where not is_open")
    ranked = ask(
        "select place, points::double, entries from scorecard.fct_points_rank"
        " where peer_kind = 'centre' and window_start = ? order by place, agent_id",
        month,
    )
    open_page(page, f"/points?period=month&start={month}&lang=en")
    lines = page.get_by_role("region", name="In the centre").locator("tbody tr")
    expect(lines).to_have_count(min(len(ranked), 10))
    for line, (place, points, entries) in zip(lines.all(), ranked[:10], strict=True):
        expect(line.locator("td.number").nth(0)).to_have_text(str(place))
        expect(line.locator("td.number").nth(1)).to_have_text(f"{points:,.0f}")
        expect(line.locator("td.number").nth(2)).to_have_text(str(entries))
    [(winners,)] = ask(
        "select count(*) from scorecard.fct_contest_standing where is_winner and is_over and from_on >= ?"
        " and kpi_id = 'quality_pass_rate' and to_on < date_add(cast(? as date), interval 1 month)",
        month,
        month,
    )
    contest = page.get_by_role("region", name="Quality model of the month").locator("tbody tr")
    expect(contest.filter(has_text="won")).to_have_count(winners)
    [(team, entries), *_] = ask(
        "select home_team_id, count(*) from scorecard.fct_points_entry"
        " where window_start = ? and home_team_id is not null group by 1 order by 2 desc, 1",
        month,
    )
    open_page(page, f"/points?of=team%7C{team}&period=month&start={month}&lang=en")
    ledger = page.get_by_role("region", name="Ledger").locator("tbody tr")
    expect(ledger).to_have_count(min(entries, 20))
    assert all(line.locator("td").nth(4).inner_text().strip() for line in ledger.all())
    # A place in a contest comes from values and stands in no file.
    expect(ledger.filter(has_text=".csv").first).to_be_visible()


def test_the_quality_index_is_told_with_the_points_that_it_is_the_sum_of(page: Page, ask: Ask) -> None:
    of_centre = "scope_kind = 'centre' and period_kind = 'month' and period_start = date '2026-03-01'"
    [(index,)] = ask(f"select quality_index::double from scorecard.fct_quality_index where {of_centre}")  # noqa: S608
    points = ask(f"select points::double from scorecard.fct_quality_index_part where {of_centre} order by position")  # noqa: S608
    open_page(page, "/quality?period=month&start=2026-03-01&lang=en")
    panel = page.locator("#index")
    expect(panel.locator("b")).to_have_text(f"{index:.2f}")
    told = [line.locator("td.number").last for line in panel.locator("tbody tr").all()]
    for cell, (part,) in zip(told, points, strict=True):
        expect(cell).to_have_text(f"{part:.2f}")
    [(newest, told_on)] = ask(
        "select quality_index::double, strftime(period_start, '%B %Y') from scorecard.fct_quality_index"
        " where scope_kind = 'centre' and period_kind = 'month' order by period_start desc limit 1"
    )
    open_page(page, "/?lang=en")
    expect(page.locator("main")).to_contain_text(f"Quality index: {newest:.2f} {told_on}")


def so_far() -> dict[str, Any]:
    """What the errors of CB-1 came to, and general errors without a cost."""
    names = "family cause events people points_deducted money currency"
    names += " equivalent_names_en equivalent_names_zh equivalent_amounts"
    rows = [
        ["general_error", "*", 5570, 40, 0, None, None, [], [], []],
        ["knowledge_point", "KP2", 5567, 40, 30451, 1229100.0, "CNY", ["cars"], ["辆车"], [4.097]],
    ]
    return {"columns": names.split(), "rows": rows}


def test_the_knowledge_point_that_costs_most_stands_first_and_few_checks_ask_for_more(page: Page) -> None:
    names = "period_kind period_start knowledge_point uses checked wrong rate ci_lower ci_upper is_check_more"
    names += " priority position agents_wrong case_codes"
    month = ["month", "2026-03-01"]
    needs = [
        [*month, "KP2", 200, 40, 16, 0.4, 0.2635, 0.5539, False, 52.7, 1, 4, ["C-7"]],
        [*month, "KP4", 600, 60, 9, 0.15, 0.081, 0.2611, False, 48.58, 2, 5, []],
        [*month, "KP3", 5000, 8, 2, 0.25, 0.0715, 0.5907, True, 357.4, 1, 1, []],
    ]

    def told(route: Route) -> None:
        manifest = route.fetch().json()
        manifest["files"]["training/centre/centre"] = "needs.json"
        manifest["files"]["so_far/centre/centre"] = "so_far.json"
        route.fulfill(json=manifest)

    page.route("**/data/manifest.json", told)
    page.route("**/data/needs.json", lambda route: route.fulfill(json={"columns": names.split(), "rows": needs}))
    page.route("**/data/so_far.json", lambda route: route.fulfill(json=so_far()))
    open_page(page, "/quality?period=month&start=2026-03-01&lang=en")
    cells = [cells[:2] for cells in _first_cells(page, "Which knowledge point costs most")]
    assert cells == [["KP2", "52.7"], ["KP4", "48.6"], ["KP3", "check more"]]
    # CB-1, in words: of a point the money and what it is like, of errors without a cost their number alone.
    table = page.get_by_role("region", name="Which knowledge point costs most")
    expect(table.locator("tbody tr").first).to_contain_text("5,567")
    expect(table.locator("tbody tr").first).to_contain_text("30,451 points, 1,229,100 CNY, about 4.1 cars")
    expect(page.get_by_text("5,570 errors so far", exact=True)).to_be_visible()
    open_page(page, "/quality?period=month&start=2026-03-01&lang=zh")
    expect(page.get_by_text("累计差错 5,570 次", exact=True)).to_be_visible()
    row = page.get_by_role("region", name="失分最多的知识点").locator("tbody tr").first
    expect(row).to_contain_text("累计扣分 30,451 分，折合 1,229,100 CNY，约合 4.1 辆车")


def test_a_plan_has_a_page_that_says_in_words_whether_it_helped(page: Page, ask: Ask) -> None:
    rows = ask(
        "select plan_id, verdict, after_numerator::bigint, after_denominator::bigint from scorecard.fct_plan_effect"
        " where verdict in ('improved', 'not_shown', 'worse') order by all"
    )
    words = {"improved": "for the better", "not_shown": "may be chance", "worse": "on the worse side"}
    assert rows
    for plan, verdict, numerator, denominator in rows:
        open_page(page, "/quality?period=month&lang=en")
        page.get_by_role("region", name="Plans").get_by_role("link", name=plan).click()
        expect(page.get_by_role("region", name="Result")).to_contain_text(words[verdict])
        expect(page.get_by_role("region", name="Before and after")).to_contain_text(f"{numerator:,} / {denominator:,}")


def test_a_manager_sees_rates_causes_and_whether_plans_helped_on_one_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, "/quality?period=month&lang=en")
    for name in ("Severe error rate", "General error rate", "Did the last plans help?"):
        box = page.get_by_role("region", name=name, exact=True).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, name
    first = page.get_by_role("region", name="What severe errors come from").locator("tbody tr").first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] <= 900


def test_what_rises_is_told_with_what_was_done_and_how_early_and_leads_to_its_contacts(page: Page, ask: Ask) -> None:
    """The sample's two stories: an event that customers were told of before they complained, and a false alarm."""
    (event, alarm) = ask(
        "select signal_id, signal_result, is_known_within_day, minutes_to_action, minutes_to_complaint, contacts"
        " from scorecard.fct_topic_signal where topic in ('app_error', 'promotion') and action_count > 0 order by topic"
    )
    assert (event[1:5], alarm[1]) == (("true_event", False, 8 * 60 + 30, 11 * 60 + 20), "false_alarm")
    open_page(page, "/?lang=en")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Quality").click()
    page.get_by_role("link", name="Early warning").click()
    expect(page.get_by_role("region", name="Early warning").locator("tbody tr").first).to_contain_text("true event")
    leads = page.get_by_role("region", name="Lead times")
    expect(leads).to_contain_text("8 h 30 min")
    expect(leads).to_contain_text("Known the next morning (16 Apr 2026)")
    expect(page.get_by_role("region", name="Log of actions").locator("tbody tr")).to_have_count(3)
    contacts = page.get_by_role("region", name="Its contacts")
    expect(contacts.locator("tbody tr")).to_have_count(min(event[5], 50))
    contacts.locator("tbody tr").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Records of 15 Apr 2026")).to_be_visible()
    open_page(page, f"/warnings?signal={quote(alarm[0])}&lang=zh")
    expect(page.get_by_role("region", name="提前量")).to_contain_text("误报")
