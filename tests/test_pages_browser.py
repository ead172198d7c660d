"""The pages in a real browser, over a small site made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support import pages_site
from tests.support.pages_browser import CHROMIUM, MISSING, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=MISSING),
]


def _hover_until(page: Page, over: str, shown: str) -> None:
    """Move over a drawing until something of it shows: it listens only when it has been drawn to the end."""
    page.locator(over).first.scroll_into_view_if_needed()
    box = page.locator(over).first.bounding_box()
    assert box is not None
    for step in range(200):
        page.mouse.move(box["x"] + box["width"] * (0.1 + 0.8 * (step % 20) / 20), box["y"] + box["height"] / 2)
        page.wait_for_timeout(100)
        if page.locator(shown).count():
            return


def _row(page: Page, kpi_id: str) -> str:
    return page.locator(f"#{kpi_id} > summary").inner_text()


def test_a_scorecard_says_value_band_verdict_sample_and_interval(page: Page) -> None:
    open_page(page, "/")
    text = _row(page, "connect_rate")
    said = ("91.1 %", "≥ 98 %", "✕", "Out of band", "below", "n 1,000", "89.2 % – 92.7 %", "−1.4 pp", "Raw 87.4 %")
    assert [part for part in said if part not in text] == []
    assert "2 min 05 s" in _row(page, "first_response_time")
    assert "15–30 s" in _row(page, "first_response_time")


def test_what_is_out_of_band_stands_above_everything_with_its_time_and_its_actions(page: Page) -> None:
    open_page(page, "/")
    first = page.locator("section").first
    assert "since 1 Jan, 59 days" in first.inner_text()
    assert "at least" not in first.locator("li").first.inner_text()
    first.get_by_text("Actions (1)").click()
    expect(first).to_contain_text("Staff the busiest half-hours.")


def test_what_was_out_when_the_data_begin_may_have_been_out_for_longer(page: Page) -> None:
    open_page(page, "/team/t1#connect_rate")
    expect(page.locator("section").first).to_contain_text("at least since 1 Jan, 59 days")
    expect(page.locator("#connect_rate dl")).to_contain_text("at least since 1 Jan 2026")


def test_a_value_that_was_published_otherwise_says_when_what_and_why(page: Page) -> None:
    open_page(page, "/channel/web#first_response_time")
    assert "restated on 12 Mar 2026, was 95.0 %, because data came late" in _row(page, "connect_rate")
    # The value is as it was: what differs is the verdict.
    said = "restated 3 times, last on 12 Mar 2026, was 2 min 05 s (In band), because the target changed"
    assert said in _row(page, "first_response_time")
    expect(page.locator("#first_response_time dl")).to_contain_text(said)
    chart = page.locator("#first_response_time figure")
    expect(chart.locator("figcaption")).to_contain_text("Restated")
    # January was not restated.
    expect(chart.locator(".restated")).to_have_count(1)
    assert "restated" not in _row(page, "service_level")
    open_page(page, "/channel/web?period=month&start=2026-01-01")
    assert "restated" not in _row(page, "connect_rate")
    open_page(page, "/channel/web?lang=zh")
    assert "更正于 2026年3月12日，原为 95.0%，原因：数据迟到" in _row(page, "connect_rate")


def test_the_page_of_restatements_says_what_was_what_is_and_the_files_behind_it(page: Page) -> None:
    open_page(page, "/restatements")
    tables = page.locator("tbody")
    expect(tables.nth(0).locator("tr").first).to_contain_text("data came late 1, the target changed 1")
    late, target = (tables.nth(1).locator("tr").nth(at).inner_text() for at in (0, 1))
    said = ("Connect rate", "Web chat", "February 2026", "95.0 % → 91.1 %", "940.50 → 911 / 990 → 1,000", "990 → 1,000")
    assert [part for part in (*said, "data came late", "late.csv (10)") if part not in late] == []
    # A file of March explains no value of February.
    assert "march.csv" not in late
    assert "In band → Out of band" in target
    expect(page.locator("main")).to_contain_text("2 of 1,234 restated values")
    page.get_by_label("Reason").select_option("target")
    expect(tables.nth(1).locator("tr")).to_have_count(1)
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").nth(1).click()
    told = saved.value.path().read_text(encoding="utf-8-sig")
    assert "first_response_time,channel,web,month,2026-02-01,2026-03-01,125,125" in told


def test_the_last_seven_days_are_out_since_the_day_on_which_they_first_were(page: Page) -> None:
    open_page(page, "/?period=trailing_7&start=2026-02-21")
    expect(page.locator("section").first).to_contain_text("new in this period")
    open_page(page, "/?period=trailing_7&start=2026-02-22")
    expect(page.locator("section").first).to_contain_text("since 27 Feb, 2 days")
    expect(page.locator("section").first).not_to_contain_text("at least")


def test_the_records_of_the_worst_day_stand_beside_a_number_that_is_out_of_band(page: Page) -> None:
    open_page(page, "/?period=month&start=2026-02-01")
    page.locator("section").first.get_by_role("link", name="Worst day, 28 Feb").first.click()
    expect(page.locator(".sums")).to_contain_text("2 Connected")
    expect(page.locator(".sums")).to_contain_text("3 Attempts")


def test_a_day_is_compared_with_the_day_before_and_with_its_weekday(page: Page) -> None:
    open_page(page, "/?period=day&start=2026-02-28")
    assert "vs day before / last Sat" in page.locator(".heads").first.inner_text()
    change = page.locator("#connect_rate .change").inner_text()
    assert "−3.3 pp" in change
    assert "Sat −23.3 pp" in change


def test_a_period_that_is_open_is_called_provisional_once_and_marked_on_every_number(page: Page) -> None:
    open_page(page, "/?period=day&start=2026-02-28")
    expect(page.locator("header", has=page.locator("h1"))).to_contain_text("Provisional: the period is not closed yet")
    assert "◔" in page.locator("#connect_rate .state").inner_text()
    open_page(page, "/?period=month&start=2026-02-01")
    expect(page.locator("header", has=page.locator("h1"))).not_to_contain_text("Provisional")


def test_an_agent_stands_beside_his_team_and_beside_those_of_his_segment_and_tenure(page: Page) -> None:
    open_page(page, "/agent/a1?period=month&start=2026-02-01#connect_rate")
    assert "team 95.0 %" in _row(page, "connect_rate")
    details = page.locator("#connect_rate .details")
    expect(details).to_contain_text(f"Team: {pages_site.TEAM_NAME}")
    expect(details).to_contain_text("Same segment and tenure: technical, experienced")
    assert "97.0 %\n7 agents" in details.inner_text()


def test_lists_say_which_period_they_count_in_and_of_which_team_an_agent_is(page: Page) -> None:
    open_page(page, "/agent")
    expect(page.locator("main")).to_contain_text("KPIs counted in: February 2026")
    expect(page.locator("tbody tr", has_text=pages_site.FORMULA_NAME)).to_contain_text(pages_site.TEAM_NAME)


def test_a_kpi_says_its_band_and_ranks_by_the_unpleasant_end(page: Page) -> None:
    open_page(page, "/kpi/connect_rate?by=agent&period=month")
    expect(page.locator("dl").first).to_contain_text("Band")
    assert page.locator("dl dd").first.inner_text() == "≥ 98 %"
    names = page.locator("ol.panel > li a").all_inner_texts()
    assert names == [pages_site.LONG_NAME.strip(), pages_site.FORMULA_NAME, pages_site.HTML_NAME]


def test_the_bulletin_says_who_left_his_band_who_improved_and_who_is_still_out(page: Page) -> None:
    open_page(page, "/bulletin")
    left, improved, still = (page.locator(".screen > *").nth(i) for i in (1, 3, 5))
    expect(left).to_contain_text(pages_site.TEAM_NAME)
    expect(improved).to_contain_text(pages_site.HTML_NAME)
    expect(improved).to_contain_text(pages_site.FORMULA_NAME)
    expect(still).to_contain_text("Harbour")
    expect(improved).not_to_contain_text("Few Cases")
    expect(still).to_contain_text("Few Cases")


def test_an_edition_of_the_bulletin_has_places_and_says_who_has_too_few_cases(page: Page) -> None:
    open_page(page, "/bulletin?edition=noon")
    panel = page.locator("section").filter(has=page.get_by_role("heading", name="Noon edition"))
    expect(panel.locator(".whole")).to_contain_text("95.0 % (19 / 20")
    places = panel.locator("tbody tr td:first-child").all_inner_texts()
    assert places == ["1", "2", "–"]
    expect(panel.locator("tbody tr").nth(1)).to_contain_text("outside the band")
    expect(panel.locator("tbody tr").nth(2)).to_contain_text("Too few cases to judge")
    expect(panel.get_by_role("heading", name="Praised by customers")).to_be_visible()
    panel.get_by_role("link", name="End-of-day edition").click()
    expect(page.get_by_role("heading", name="End-of-day edition")).to_be_visible()


def test_data_health_says_what_was_not_sent_and_what_was_given_up(page: Page) -> None:
    open_page(page, "/health")
    expect(page.get_by_role("region", name="Notices", exact=True)).to_contain_text("value out of its band")
    lost = page.get_by_role("region", name="Notices that a channel did not take")
    expect(lost).to_contain_text("given up")
    open_page(page, "/health?lang=zh")
    expect(page.get_by_role("region", name="渠道未送达的通知")).to_contain_text("已放弃")


def test_a_half_hour_without_contacts_keeps_its_place(page: Page) -> None:
    open_page(page, "/half-hour")
    assert page.locator("tbody tr td:first-child").all_inner_texts() == [
        "08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00",
    ]  # fmt: skip
    assert set(page.locator("tbody tr").nth(1).locator("td.number").all_inner_texts()) == {"–"}
    assert page.get_by_role("heading", level=2).all_inner_texts()[:2] == ["Load", "Response"]


def test_half_hours_open_with_the_widest_scope_and_tell_time_in_minutes(page: Page) -> None:
    open_page(page, "/half-hour")
    scope = page.get_by_label("Scope")
    assert scope.locator("option").first.get_attribute("value") == scope.input_value() != "agent|a1"
    open_page(page, "/half-hour?of=agent|a1")
    expect(page.locator("tbody tr").first).to_contain_text("27 min 51 s")
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Half-hours"]


def test_the_lines_of_a_half_hour_chart_have_their_order_and_so_their_colours_from_the_catalogue(page: Page) -> None:
    open_page(page, "/half-hour")
    chart = page.get_by_role("img", name="Response")
    assert chart.get_attribute("aria-label") == "Response: First response, Response time"


def test_few_cases_and_no_data_never_look_like_a_verdict(page: Page) -> None:
    open_page(page, "/")
    assert "Too few cases" in _row(page, "satisfaction_score")
    assert "Provisional" in _row(page, "satisfaction_score")
    missing = _row(page, "agent_turnover_rate")
    assert "Not recorded by the sources" in missing
    assert "No data" in missing
    assert "%" not in missing.split("15")[0]


def test_the_other_language_is_one_press_away_and_stays_in_the_link(page: Page) -> None:
    open_page(page, "/")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#connect_rate > summary")).to_contain_text("接通率")
    assert "超标" in _row(page, "connect_rate")
    assert "2 分 05 秒" in _row(page, "first_response_time")
    assert "lang=zh" in page.url
    page.get_by_role("link", name="班组").first.click()
    page.wait_for_url("**/team/**lang=zh**")


def test_the_period_is_kept_in_the_link_and_from_page_to_page(page: Page) -> None:
    open_page(page, "/?period=month&start=2026-02-01")
    page.get_by_role("link", name="Earlier").click()
    expect(page.locator("header p").last).to_have_text("January 2026")
    page.reload()
    expect(page.locator("header p").last).to_have_text("January 2026")
    assert "start=2026-01-01" in (page.get_by_role("link", name="Bulletin").get_attribute("href") or "")


def test_records_add_up_to_the_number_they_are_behind(page: Page) -> None:
    open_page(page, "/?period=day&start=2026-02-28#connect_rate")
    page.get_by_role("link", name="Records behind this number").click()
    expect(page.locator(".sums")).to_contain_text("2 Connected")
    expect(page.locator(".sums")).to_contain_text("3 Attempts")
    assert page.locator("tbody tr").count() == 3


def test_a_number_has_its_unit_and_says_what_its_sample_is_made_of(page: Page) -> None:
    open_page(page, "/?period=month&start=2026-02-01#connect_rate")
    assert "97.1\npoints" in _row(page, "satisfaction_score")
    assert "1,000 · Attempts" in page.locator("#connect_rate .details").inner_text()
    open_page(page, "/bulletin")
    expect(page.locator("main")).to_contain_text("n 400")
    open_page(page, "/half-hour")
    assert page.locator("tbody tr").first.locator("td", has_text="75.0 %").first.inner_text() == "75.0 %\nn 8"


def test_what_has_no_day_before_it_says_so(page: Page) -> None:
    open_page(page, "/bulletin")
    row = page.locator("tbody tr", has=page.get_by_role("link", name="Web chat"))
    assert row.locator("td").last.inner_text() == "–"


def test_a_name_in_a_chart_keeps_its_letters(page: Page) -> None:
    open_page(page, "/half-hour")
    page.locator("canvas").first.wait_for(timeout=120_000)
    _hover_until(page, "canvas", "#tooltip")
    expect(page.locator("#tooltip").locator("xpath=..")).to_contain_text("contacts received")


def test_what_the_door_says_and_where_data_come_from_is_said_in_chinese(page: Page) -> None:
    open_page(page, "/kpi/connect_rate?lang=zh")
    expect(page.locator("dl").first).to_contain_text("路由事件")
    open_page(page, "/health?lang=zh")
    main = page.locator("main")
    expect(main).to_contain_text("取值不在允许范围内（允许：queued、offered、connected")
    expect(main).to_contain_text("1048576 条记录中有 12 条被隔离，最常见的原因：取值不在允许范围内")
    expect(main).to_contain_text("（首见于第 7 行）。 3 条与本文件中较早的记录重复。")
    expect(main).to_contain_text("内容与此前接收的 2026-02-01/team_memberships.csv 相同，未新增数据。")
    expect(main).not_to_contain_text("quarantine")


def test_what_came_in_wrong_stands_first_on_data_health_in_words_and_in_red(page: Page) -> None:
    open_page(page, "/health")
    notice = page.locator("main [role=status]").first
    expect(notice).to_contain_text("Not everything came in: 1 files or days gave nothing")
    assert notice.evaluate("element => getComputedStyle(element).color") == page.evaluate(
        """() => {
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = 'var(--bad)';
            return getComputedStyle(probe).color;
        }"""
    )
    first_row = page.locator("main table").first.locator("tbody tr").first
    expect(first_row).to_contain_text("queue_log.1")
    expect(first_row).to_contain_text("not one record was accepted")
    expect(first_row).to_contain_text("100.0 %")

    open_page(page, "/health?lang=zh")
    expect(page.locator("main")).to_contain_text("接收异常：1 个文件或落地日")
    expect(page.locator("main")).to_contain_text("没有任何记录被接收")


def test_a_link_to_the_records_of_a_longer_period_says_which_day_it_leads_to_and_of_which_kpi(page: Page) -> None:
    open_page(page, "/?period=month&start=2026-02-01#connect_rate")
    link = page.locator("#connect_rate a", has_text="Records of the last day, 28 Feb: Connect rate")
    link.click()
    expect(page.locator("h1")).to_have_text("Records of 28 Feb 2026")


def test_money_has_its_currency_and_without_one_the_word(page: Page) -> None:
    address = "/?period=month&start=2026-02-01#agent_turnover_rate"
    open_page(page, address)
    expect(page.locator(".companions .value")).to_have_text("12,000 CNY")

    def without_currency(route: Route) -> None:
        manifest = route.fetch().json()
        manifest["centre"]["currency"] = None
        route.fulfill(json=manifest)

    page.route("**/data/manifest.json", without_currency)
    page.goto("about:blank")
    open_page(page, address)
    expect(page.locator(".companions .value")).to_have_text("12,000 money")


def test_what_rounds_to_nothing_is_no_change(page: Page) -> None:
    open_page(page, "/?period=month&start=2026-02-01")
    assert "→ ±0.0" in _row(page, "satisfaction_score")


def test_an_interval_is_drawn_from_end_to_end(page: Page) -> None:
    open_page(page, "/?period=month&start=2026-02-01")
    whisker = page.locator("#connect_rate .whisker")
    ends = [float((whisker.get_attribute(name) or "").rstrip("%")) for name in ("x1", "x2")]
    assert 1 < ends[0] < ends[1] < 99


def test_a_ranking_says_what_its_changes_are_counted_from(page: Page) -> None:
    open_page(page, "/kpi/connect_rate?by=agent&period=month")
    expect(page.locator(".heads")).to_contain_text("vs month before")


def test_instants_of_a_days_records_are_clock_times_and_a_kind_that_all_share_is_not_repeated(page: Page) -> None:
    open_page(page, "/drill?kind=centre&id=centre&date=2026-02-28&kpi=connect_rate")
    heads = page.locator("thead th").all_inner_texts()
    assert heads[:3] == ["Contact", "Started", "Ended"]
    times = [page.locator("tbody tr").nth(i).locator("td").nth(j).inner_text() for i, j in ((0, 1), (1, 2))]
    assert times == ["09:00:05", "1 Mar 2026, 00:10"]


def test_names_that_are_markup_show_as_text(page: Page) -> None:
    for path, name in (("/agent/a1", pages_site.HTML_NAME), ("/team/t1", pages_site.TEAM_NAME)):
        open_page(page, path)
        expect(page.locator("h1")).to_have_text(name)
    open_page(page, "/bulletin")
    expect(page.locator("main")).to_contain_text(pages_site.TEAM_NAME)
    assert page.evaluate("window.pwned") is None


def test_an_analysts_sql_runs_offline_and_its_tooltip_shows_markup_as_text(page: Page) -> None:
    open_page(page, "/analyst")
    page.wait_for_selector("canvas", timeout=120_000)
    expect(page.locator("table").first).to_contain_text("Connect rate")
    _hover_until(page, "canvas", "#tooltip")
    tooltip = page.locator("#tooltip").locator("xpath=..")
    expect(tooltip).to_contain_text(pages_site.HTML_NAME)
    assert tooltip.locator("img").count() == 0
    assert page.evaluate("window.pwned") is None


def test_the_analysts_page_speaks_the_readers_language(page: Page) -> None:
    open_page(page, "/analyst?lang=zh")
    page.wait_for_selector("canvas", timeout=120_000)
    expect(page.locator("h1")).to_have_text("分析示例页")
    expect(page.locator("table").first).to_contain_text("接通率")
    expect(page.locator("table").first).to_contain_text("队列")
    expect(page.locator(".page-count").first).to_contain_text("页")


def test_the_browser_database_starts_on_no_other_page(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    for path in ("/", "/kpi/connect_rate", "/half-hour"):
        open_page(page, path)
    assert [url for url in fetched if "duckdb" in url] == []


def test_a_saved_table_holds_no_formula(page: Page) -> None:
    open_page(page, "/agent")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Name,")
    assert any(line.startswith("'=1+1,") for line in lines)


def test_an_address_without_data_says_so(page: Page) -> None:
    open_page(page, "/agent/nobody")
    expect(page.locator("h1")).to_have_text("There is no data for this address in the current publication.")


EVERY_PAGE = (
    *("/", "/team/", "/team/t1", "/agent/a1", "/kpi/", "/kpi/connect_rate"),
    *("/half-hour", "/bulletin", "/health", "/analyst/"),
)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "These data end on 1 Mar 2026, 26 days ago."), ("zh", "数据止于 2026年3月1日，距今 26 天。")],
)
def test_every_page_says_that_its_data_are_old(page: Page, language: str, said: str) -> None:
    page.clock.set_fixed_time("2026-03-27T02:00:00Z")
    for path in EVERY_PAGE:
        open_page(page, f"{path}?lang={language}")
        expect(page.get_by_role("status").filter(has_text=said)).to_have_count(1)


def test_data_of_the_last_days_are_not_called_old(page: Page) -> None:
    page.clock.set_fixed_time("2026-03-04T02:00:00Z")
    open_page(page, "/")
    expect(page.get_by_role("status").filter(has_text="days ago")).to_have_count(0)


def test_a_calm_page_says_how_much_of_it_is_known(page: Page) -> None:
    open_page(page, "/?period=trailing_7&start=2026-02-20")
    # Connect rate of these seven days is the only value there is; one KPI of the eight is not measured here at all.
    said = page.locator("section").first.inner_text().split("\n")[-1]
    assert said == "✓ 1 in band, none outside. 6 without data."


def test_a_page_without_a_verdict_is_not_green(page: Page) -> None:
    open_page(page, "/agent/a3?period=trailing_28&start=2026-02-02")
    first = page.locator("section").first
    assert first.inner_text().split("\n")[-1] == "Nothing here can be judged. 1 with too few cases. 6 without data."
    assert first.locator(".good").count() == 0


def test_a_list_says_how_many_need_attention_and_how_many_of_these_are_out_of_band(page: Page) -> None:
    open_page(page, "/agent")
    heads = page.locator("main thead th").all_inner_texts()
    assert [head for head in heads if "attention" in head or "✕" in head] == [
        "Needs attention",
        "of these ✕ Out of band",
    ]


def test_what_has_no_band_stands_beside_what_is_customary_in_the_trade(page: Page) -> None:
    open_page(page, "/")
    assert "reference 80 % (industry)" in _row(page, "service_level")
    assert "No band" in _row(page, "service_level")
    open_page(page, "/?lang=zh")
    assert "参考值 80% (行业)" in _row(page, "service_level")
