"""How the pages are made, over a small site made by hand: widths, colours, paper, keyboard, and that nothing jumps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from orchestration.home.paths import CHECKOUT
from tests.support.pages_browser import CHROMIUM, MISSING, open_page

AXE = CHECKOUT / "reports" / "node_modules" / "axe-core" / "axe.min.js"
RECORDS = "/drill?kind=centre&id=centre&date=2026-02-28&kpi=connect_rate"
PAGES = [
    "/", "/centre", "/channel", "/channel/web", "/queue", "/team", "/team/t1", "/agent", "/agent/a1#connect_rate",
    "/agent/a3", "/kpi", "/kpi/connect_rate?by=agent", "/health", "/bulletin", "/half-hour", "/analyst",
    "/restatements", RECORDS, "/agent/nobody",
]  # fmt: skip
WIDTHS = [1440, 820, 390]
DRAWN_LATER = ("/analyst", "/half-hour", "/kpi/connect_rate?by=agent")
"""Pages with charts of Evidence's, whose engine is fetched when they are opened."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=MISSING),
]


def _open(page: Page, path: str) -> None:
    open_page(page, path)
    if path in DRAWN_LATER:
        page.locator("canvas").first.wait_for(timeout=120_000)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_every_width_and_passes_axe_in_both_colours(page: Page, path: str) -> None:
    _open(page, path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function("(width) => document.documentElement.scrollWidth <= width", arg=width, timeout=10_000)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        found = page.evaluate("axe.run(document).then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))")
        assert (scheme, found) == (scheme, [])


_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
    }).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_jumps_while_a_page_opens(page: Page, width: int) -> None:
    page.add_init_script(_SHIFTS)
    page.set_viewport_size({"width": width, "height": 844})
    for path in PAGES:
        # Where a link leads into a page, scrolling there is no jump
        _open(page, path.split("#")[0])
        shifts = page.evaluate("window.shifts")
        # Stock tables of an analyst's page grow when the browser's database has answered
        assert sum(shift[0] for shift in shifts) < (0.1 if path == "/analyst" else 0.005), (path, shifts)


def test_no_page_is_drawn_before_all_of_its_styles_are_there(page: Page) -> None:
    for path in PAGES:
        styles = _open_without_styles(page, path)
        assert styles, path
        for style in styles:
            assert page.locator("main").count() == 0, path
            style.continue_()
            page.wait_for_timeout(50)
        page.locator("h1").first.wait_for()


def _open_without_styles(page: Page, path: str) -> list[Route]:
    """Go to a page, and have what it asks for but its styles, which are held back."""
    held: list[Route] = []
    page.route("**/*.css", lambda route: held.append(route))
    with page.expect_request("**/*.css"):
        page.goto(path, wait_until="commit")
    page.wait_for_timeout(200)
    # A chart that is fetched when the page has been drawn gets its styles at once
    page.route("**/*.css", lambda route: route.continue_())
    return held


@pytest.mark.parametrize("width", WIDTHS)
def test_links_to_records_come_later_without_moving_anything(page: Page, site_url: str, width: int) -> None:
    manifest = page.request.get(f"{site_url}/data/manifest.json").json()
    held: list[Route] = []
    page.route(f"**/{manifest['files']['drill/2026-02-28']}", lambda route: held.append(route))
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/team/t1?period=month&start=2026-02-01#satisfaction_score")
    page.locator("#satisfaction_score .companions").wait_for()
    places = "() => [...document.querySelectorAll('main li, main details')].map((e) => e.offsetTop)"
    before = page.evaluate(places)
    held[0].continue_()
    page.get_by_role("link", name="Worst day, 28 Feb").first.wait_for()
    page.locator(".companions").get_by_role("link", name="Records of the last day").wait_for()
    assert page.evaluate(places) == before


@pytest.mark.parametrize("path", ["/health", "/agent", "/bulletin", "/half-hour", "/analyst", RECORDS])
@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_wrap_instead_of_making_a_table_scroll(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    _open(page, path)
    wide = """(main) => [...main.querySelectorAll('table')]
        .filter((table) => table.scrollWidth > table.parentElement.clientWidth + 1).length"""
    assert page.locator("main").evaluate(wide) == 0


def test_the_companions_of_a_kpi_keep_their_words_whole_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, "/?period=month&start=2026-02-01#satisfaction_score")
    page.locator(".companions").get_by_role("link", name="Records of the last day").wait_for()
    assert _lines(page.locator(".companions a.name")) == 1


@pytest.mark.parametrize("width", [1024, 1440])
def test_both_changes_of_a_day_take_a_line_each_in_chinese(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    _open(page, "/?period=day&start=2026-02-28&lang=zh")
    changes = page.locator("#connect_rate .change > span").all()
    assert [change.inner_text() for change in changes] == ["变化\n↘ −3.3 个百分点", "上周同日\n周六 −23.3 个百分点"]
    assert [_lines(change) for change in changes] == [1, 1]


def _lines(element: Locator) -> int:
    height = "(element) => element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight)"
    return round(element.evaluate(height))


def test_a_chart_of_evidences_follows_the_switch_to_dark_at_once(page: Page) -> None:
    _open(page, "/kpi/connect_rate?by=agent")
    light = _settled(page)
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    switched = _settled(page)
    assert switched != light
    page.reload()
    page.locator("canvas").first.wait_for(timeout=120_000)
    assert _settled(page) == switched


def _settled(page: Page) -> str:
    """The picture of the first chart, when it moves no longer."""
    before = ""
    for _ in range(60):
        page.wait_for_timeout(400)
        now: str = page.locator("canvas").first.evaluate("(canvas) => canvas.toDataURL()")
        if now == before:
            return now
        before = now
    raise AssertionError("the chart does not come to rest")


def test_the_colours_of_the_system_hold_until_the_reader_chooses(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    _open(page, "/")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(html).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    expect(html).to_have_attribute("data-theme", "dark")


def test_paper_is_white_and_carries_no_controls(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    _open(page, "/")
    page.emulate_media(color_scheme="dark", media="print")
    ink = page.locator("h1").evaluate("(h1) => getComputedStyle(h1).color")
    assert ink == "rgb(27, 36, 48)"
    for control in (page.get_by_role("navigation").first, page.locator(".picker"), page.locator(".button").first):
        expect(control).to_be_hidden()
    expect(page.locator("#connect_rate > summary")).to_be_visible()


def test_charts_are_printed_in_the_colours_of_paper(page: Page) -> None:
    pictures = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        _open(page, "/kpi/connect_rate?by=agent")
        _settled(page)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        pictures[scheme] = page.locator("img[src^='data:image/jpeg']").first.get_attribute("src")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    assert pictures["dark"] == pictures["light"]


def test_a_chart_has_the_colours_of_the_screen_again_after_printing(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    _open(page, "/kpi/connect_rate?by=agent")
    before = _settled(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert _settled(page) == before


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    _open(page, "/?period=month&start=2026-02-01")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    page.locator("#connect_rate > summary").focus()
    page.keyboard.press("Enter")
    chart = page.locator("#connect_rate figure .plot")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#connect_rate figcaption")).to_contain_text("January 2026")
    _open(page, "/agent")
    head = page.get_by_role("button", name="Name")
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("th", has=head).get_attribute("aria-sort") == "ascending"


def test_every_chart_has_its_numbers_in_a_table(page: Page) -> None:
    _open(page, "/agent/a1?period=month&start=2026-02-01#connect_rate")
    page.locator("figure summary").click()
    assert page.locator("figure tbody td:nth-child(2)").all_inner_texts() == ["91.1 %", "91.1 %"]
    _open(page, "/kpi/connect_rate?by=agent")
    spread = page.locator(".panel", has=page.get_by_role("img", name="Spread over agents"))
    spread.locator("summary").click()
    assert sum(int(text) for text in spread.locator("tbody td.number").all_inner_texts()) == 3
    _open(page, "/half-hour")
    drawn = page.locator("[role=img][aria-label]:has(canvas)").evaluate_all("(all) => all.map((c) => c.ariaLabel)")
    heads = page.locator("thead th").all_inner_texts()
    names = [name for label in drawn for name in label.split(": ")[1].split(", ")]
    assert names == heads[1 : 1 + len(names)]
