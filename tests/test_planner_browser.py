"""The planner: a month reckoned by hand, a column from a sheet, two tabs, a calendar file."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from baodian.model.quantities import Frequency
from baodian.pages import ground as ground_of
from baodian.pages.ground import Ground
from baodian.pages.planner import beats
from baodian.playbook import Edition, Playbook
from baodian.playbook.contacts import share
from baodian.said.messages import words
from baodian.said.problems import At
from baodian.source import Scalar

PHONE = {"width": 375, "height": 667}
NOW = "2026-11-25T09:00:00"
PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.focus();
  field.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.clock.install(time=NOW)
    page.goto(address)
    expect(page.locator(".bd-planner-row").first).to_be_visible()
    return page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=PHONE, accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, served: str) -> Page:
    return opened(context, f"{served}/planner.html")


def field(page: Page, name: str):
    return page.locator(f'.bd-planner-fields input[name="{name}"]')


def fill(page: Page, **numbers: object) -> None:
    for name, number in numbers.items():
        field(page, name.replace("__", "/").replace("_", "-")).fill(str(number))


# --- the data -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ground(shipped: Playbook) -> Ground:
    return ground_of(shipped, Edition(words("en"), datetime(2026, 12, 1).date()))


@pytest.mark.parametrize(
    ("text", "fixed", "daily"),
    [
        ("每天", 0, 1),
        ("每周至少 2 次", 0, 0.4),
        ("每 2 周", 0, 0.1),
        ("每月至少 2 次", 2, 0),
        ("每 45 天", 0.666667, 0),
        ("每季", 0.333333, 0),
        ("每半年", 0.166667, 0),
        ("每年至少 3 次", 0.25, 0),
    ],
)
def test_how_often_is_a_month(ground: Ground, text: str, fixed: float, daily: float) -> None:
    often = Frequency.read(Scalar(text, at=At("x.yml", 1, 1)))
    assert beats(ground, often) == pytest.approx((fixed, daily), abs=1e-6)


def test_a_rhythm_for_one_line_holds_for_its_part_of_a_class(ground: Ground) -> None:
    part = {
        id_: share(ground.playbook, ground.playbook.rhythms[id_], ("closing", "b"))
        for id_ in ("contact-b-truck", "contact-b-other", "contact-a")
    }
    assert [str(p) for p in part.values()] == ["1/3", "2/3", "0"]


# --- reckoning ------------------------------------------------------------------------------------


def test_a_month_reckoned_by_hand(page: Page) -> None:
    """A visit takes 45 + 20 + 5 = 70 minutes, a call 10 + 5 = 15; a day has 8 hours.

    New customers: 24 × 1 × 70 = 1680 min = 28 h = 3.5 days.
    成交A: weekly in 20 days = 4 times; 4 × 4 × 70 = 1120 min = 18.7 h = 2.3 days.
    成交B: of 6, 2 buy trucks: 2 × 2 × 70 = 280; the others are called: 4 × 2 × 15 = 120;
      400 min = 6.7 h = 0.8 days.
    成交C: every 30 days: 12 × 1 × 15 = 180 min = 3 h = 0.4 days.
    成交D: every 90 days: 9 × 1/3 × 15 = 45 min = 0.8 h = 0.1 days.
    3 dead: 3 × 1/3 × 70 = 70; 6 inactive: 6 × 70 + 6 × 15 + 6 × 1/3 × 70 = 650;
      720 min = 12 h = 1.5 days.
    9 active: 9 × 70 + 9 × 1/3 × 70 + 9 × 1/3 × 15 = 885; 3 loyal: 3 × 70 + 3 × 1/3 × 15 = 225;
      3 die-hard: 3 × 70 = 210; 1320 min = 22 h = 2.8 days.
    6 ordinary owners: 6 × 1/3 × 15 = 30 min = 0.5 h = 0.1 days.
    Together 5495 min = 91.6 h = 11.4 days; development 3425 / 5495 = 62 %.
    The table has 20 days for 20 working days: its own figures, 14 / 20 = 70 %.
    """
    fill(page, days=20, new=24, a=4, b=6, c=12, d=9)
    for summary in page.locator(".bd-planner-mix summary").all():
        summary.click()
    fill(page, activity__dead=3, activity__inactive=6)
    fill(page, activity__active=9, activity__loyal=3, activity__die_hard=3)
    tiers = ("silver", "gold", "yellow-gold", "platinum", "diamond", "vip")
    fill(page, **{f"member_tier__{tier}": 0 for tier in tiers}, member_tier__ordinary=6)
    expect(field(page, "quiet-shops")).to_have_value("9")
    expect(field(page, "trading-shops")).to_have_value("15")
    expect(field(page, "owners")).to_have_value("6")
    wanted = {  # row: days by the table, days by the rhythms, hours
        "new": ("4", "3.5", "28"), "a": ("4", "2.3", "18.7"), "b": ("3", "0.8", "6.7"),
        "c": ("2", "0.4", "3"), "d": ("1", "0.1", "0.8"), "quiet-shops": ("2", "1.5", "12"),
        "trading-shops": ("3", "2.8", "22"), "owners": ("1", "0.1", "0.5"),
    }  # fmt: skip
    for id_, (plan, need, hours) in wanted.items():
        row = page.locator(f'li[data-row="{id_}"]')
        expect(row.locator(".bd-planner-figure")).to_have_text([f"{plan} 天", f"{need} 天"])
        expect(row).to_contain_text(f" {hours} 小时")
    expect(page.locator(".bd-planner-verdict")).to_contain_text(
        "排得下：要 11.4 天，有 20 个工作日，余 8.6 天"
    )
    ratio = page.locator(".bd-planner-line")
    expect(ratio.first).to_have_text("表上给  开发 70 : 维护 30")
    expect(ratio.last).to_contain_text("按节奏要  开发 62 : 维护 38 开发比定的少 8 个点")


def test_what_does_not_fit_names_the_class_and_the_ways_out(page: Page) -> None:
    """40 × 4 × 70 min = 186.7 h = 23.3 days; by telephone 40 × 4 × 55 min = 18.3 days less."""
    fill(page, days=20, a=40)
    verdict = page.locator(".bd-planner-verdict")
    expect(verdict).to_contain_text("排不下：要")
    expect(verdict).to_contain_text("超得最多的是成交A：表上给 4 天，按节奏要 23.3 天")
    expect(verdict).to_contain_text("推进成交，每次都约好下一步，23.3 天")
    levers = page.locator(".bd-planner-levers")
    expect(levers).to_contain_text("电话短信也算一次，全改成这样少 18.3 天")
    expect(levers).to_contain_text("每周至少 1 次，这是底线，不能再少")
    expect(levers).to_contain_text("比表上（4 家）多 36 家")
    expect(levers).to_contain_text("找主管")
    fill(page, a=4, trading_shops=300)
    expect(verdict).to_contain_text("超得最多的是活跃客户 到 骨灰级忠诚客户")
    expect(verdict).to_contain_text("其中最占时间的是活跃客户：上门谈上个月的单子")
    expect(levers).not_to_contain_text("上门谈上个月的单子：电话")  # the rhythm allows visits only


def test_minutes_are_the_readers_own(page: Page) -> None:
    page.locator(".bd-planner-numbers summary").click()
    field(page, "minutes:visit").fill("95")  # 95 + 20 + 5 = 120 minutes
    fill(page, days=20, new=8)
    row = page.locator('li[data-row="new"]')
    expect(row).to_contain_text("8 家 · 上门见面 8 次 · 16 小时")
    page.get_by_role("button", name="改回手册的数").click()
    expect(field(page, "minutes:visit")).to_have_value("45")
    field(page, "hours").fill("0")  # no day without hours
    expect(row).not_to_contain_text("Infinity")
    field(page, "hours").fill("abc")
    expect(field(page, "hours")).to_have_attribute("aria-invalid", "true")


# --- a column from a sheet ------------------------------------------------------------------------


def test_a_column_fills_from_the_field_downwards(page: Page) -> None:
    before = field(page, "new").input_value()
    field(page, "a").evaluate(
        PASTE, "级别\t家数\r\n成交A\t5\r\n成交B\t7\r\n成交C\t\r\n成交D\t１１\r\n"
    )
    for name, value in {"new": before, "a": "5", "b": "7", "c": "16", "d": "11"}.items():
        expect(field(page, name)).to_have_value(value)
    told = page.locator(".bd-planner-told")
    expect(told).to_contain_text("填了 3 格。")
    expect(told).to_contain_text("1 行读不出 0 到 9999 的数")
    field(page, "trading-shops").evaluate(PASTE, "21\n22\n23\n")
    expect(field(page, "owners")).to_have_value("22")
    expect(told).to_contain_text("多出 1 行")


def test_columns_of_many_makes(page: Page) -> None:
    wanted = {
        "4\n8\n16": [4, 8, 16],
        "张三 12 家\n李四 3 家": [12, 3],
        "名称,家数\n死账户,1,200\n活跃,9": [1200, 9],
        "7\t8\t9": [7, 8, 9],
        "4\n\n6\n": [4, None, 6],
    }
    for text, numbers in wanted.items():
        assert page.evaluate("text => baodian.reckon.column(text)", text) == numbers, text


def test_a_typed_number_is_read_as_it_is_meant_or_refused_aloud(page: Page) -> None:
    box = field(page, "a")
    wrong = box.locator("xpath=ancestor::label").locator(".bd-planner-wrong")
    for text, shown in {"１，２００": "1200", "2百": "200", "３０": "30"}.items():
        box.fill(text)
        expect(wrong).to_have_text("")
        box.blur()
        expect(box).to_have_value(shown)
    for text in ("1.5万", "1,00", "2万5", "-3"):
        box.fill(text)
        expect(wrong).to_contain_text("9999")
        expect(box).to_have_attribute("aria-invalid", "true")
    field(page, "a").evaluate(PASTE, "成交A\t1,200\n成交B\t1.5万\n成交C\t2万5\n")
    expect(box).to_have_value("1200")
    expect(page.locator(".bd-planner-told")).to_contain_text("2 行读不出 0 到 9999 的数")


# --- what is kept ---------------------------------------------------------------------------------


def test_figures_are_there_again_after_a_reload(page: Page) -> None:
    page.locator('[name="bd-plan"]').last.check()
    fill(page, large_owners=17)
    page.locator(".bd-planner-choices select").select_option("2027-02")
    expect(field(page, "days")).to_have_value("20")
    field(page, "days").fill("15")
    page.reload()
    expect(field(page, "large-owners")).to_have_value("17")
    expect(field(page, "days")).to_have_value("15")
    expect(page.locator('[name="bd-plan"]').last).to_be_checked()
    page.locator('[name="bd-plan"]').first.check()  # another table has figures of its own
    expect(field(page, "owners")).to_have_value("10")


def test_two_tabs_keep_both_changes(page: Page, context: BrowserContext, served: str) -> None:
    other = opened(context, f"{served}/planner.html")
    fill(page, new=31)
    expect(field(other, "new")).to_have_value("31")
    fill(other, a=7)
    expect(field(page, "a")).to_have_value("7")
    expect(page.locator('li[data-row="a"]')).to_contain_text("7 家")
    page.reload()
    expect(field(page, "new")).to_have_value("31")
    expect(field(page, "a")).to_have_value("7")


def test_blocked_storage_is_said_and_the_month_still_reckoned(
    context: BrowserContext, served: str
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    page = opened(context, f"{served}/planner.html")
    fill(page, a=9)
    expect(page.locator(".bd-planner-told")).to_contain_text("不让存")
    expect(page.locator('li[data-row="a"]')).to_contain_text("9 家")


# --- half-day by half-day -------------------------------------------------------------------------


def test_half_days_follow_the_table_and_can_be_changed(page: Page) -> None:
    filled = page.evaluate(
        """() => {
          const widget = document.querySelector("[data-widget=planner]");
          const rows = [["new", 4, true], ["a", 10, false], ["b", 6, false]]
            .map(([id, days, fresh]) => ({ id, days, fresh }));
          const dates = baodian.calendar.workdays("2027-02", {}, {}, {}).worked;
          return baodian.reckon.spread({ rows, days: 20 }, dates, 20);
        }"""
    )
    assert Counter(filled.values()) == {"new": 8, "a": 20, "b": 12}
    fresh = [slot for slot, row in filled.items() if row == "new"]
    assert all(slot.endswith("-am") for slot in fresh)
    assert {datetime.fromisoformat(slot[:10]).strftime("%a") for slot in fresh} == {"Tue", "Thu"}
    weeks = Counter(
        datetime.fromisoformat(slot[:10]).isocalendar().week
        for slot, row in filled.items()
        if row == "a"
    )
    assert set(weeks.values()) == {5}  # evenly: five half-days each week

    half = page.locator("[data-slot='2026-12-01-am']")
    expect(half).to_have_accessible_name("12/1 周二上午：开发新客户")
    half.click()
    expect(half).to_have_accessible_name("12/1 周二上午：成交A")
    expect(half).to_be_focused()
    page.reload()
    expect(half).to_have_accessible_name("12/1 周二上午：成交A")
    page.get_by_role("button", name="重新均着排").click()
    expect(half).to_have_accessible_name("12/1 周二上午：开发新客户")
    page.get_by_role("button", name="12/2 周三", exact=True).click()  # a holiday
    expect(field(page, "days")).to_have_value("22")
    expect(page.locator("[data-slot='2026-12-02-am']")).to_be_disabled()


def test_the_calendar_file_holds_every_half_day(page: Page, tmp_path: Path) -> None:
    fill(page, days=20)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载到日历").click()
    assert waiting.value.suggested_filename == "baodian-2026-12.ics"
    file = tmp_path / "month.ics"
    waiting.value.save_as(file)
    raw = file.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(raw)
    events = list(calendar.walk("VEVENT"))
    assert not calendar.errors
    assert not [e for event in events for e in event.errors]
    assert len(events) == 40  # 20 days, two halves each
    assert len({str(event["UID"]) for event in events}) == 40
    first = events[0]
    assert first["SUMMARY"] == "开发新客户"
    assert first.decoded("DTSTART") == datetime(2026, 12, 1, 8, 0)
    assert first.decoded("DTEND") == datetime(2026, 12, 1, 12, 0)
    assert first["DESCRIPTION"] == "整月：40 家 · 上门见面 40 次 · 46.7 小时"
    assert Counter(str(e["SUMMARY"]) for e in events)["成交A"] == 8


def exported(page: Page, file: Path) -> list[icalendar.Event]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载到日历").click()
    waiting.value.save_as(file)
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert not calendar.errors
    assert not [e for event in events for e in event.errors]
    return [e for e in events if isinstance(e, icalendar.Event)]


def test_only_customers_that_were_entered_are_planned(
    page: Page, tmp_path: Path, context: BrowserContext
) -> None:
    for name in ("new", "c", "d", "trading-shops", "owners"):
        fill(page, **{name: 0})
    for summary in page.locator(".bd-planner-mix summary").all():
        summary.click()
    fill(page, activity__dead=0, activity__inactive=5)
    fill(page, days=20, a=9, b=0)
    events = exported(page, tmp_path / "two.ics")
    # 成交A has 4 of 20 days, the shops 2; of these only the class that was entered is named.
    assert Counter(str(e["SUMMARY"]) for e in events) == {"成交A": 8, "非活跃客户": 4}
    assert all("9 家" in str(e["DESCRIPTION"]) for e in events if e["SUMMARY"] == "成交A")
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false"
    )
    page.get_by_role("button", name="复制成文字").click()
    text = page.locator("textarea").input_value()
    days = "\n".join(line for line in text.split("\n")[2:])
    assert days.count("成交A") == 8
    assert days.count("非活跃客户") == 4
    for other in ("成交B", "成交C", "成交D", "开发新客户", "死账户", "普通会员", "忠诚"):
        assert other not in days
    expect(page.locator(".bd-planner-counted")).to_have_text(
        re.compile("^日历里：成交A 4 天 · 非活跃客户 2 天")
    )
    half = page.locator("[data-slot='2026-12-01-am']")
    seen = set()
    for _ in range(6):  # by hand too there are only these, and a free half-day
        half.click()
        seen.add(str(half.get_attribute("aria-label")).partition("：")[2])
    assert seen == {"成交A", "非活跃客户", "空"}


def test_what_is_shown_is_what_is_kept(page: Page, tmp_path: Path) -> None:
    page.locator(".bd-planner-numbers summary").click()
    hours = field(page, "hours")
    for typed, first, last in (
        ("6.01", (8, 59), (16, 30)), ("7.25", (8, 22), (17, 7)), ("７．９９", (8, 0), (17, 29))
    ):  # fmt: skip
        hours.fill(typed)
        hours.blur()
        expect(hours).to_have_value(unicodedata.normalize("NFKC", typed))
        events = exported(page, tmp_path / "odd.ics")
        assert {(e.decoded("DTSTART").hour, e.decoded("DTSTART").minute) for e in events} == {
            first, (13, 30)
        }  # fmt: skip
        assert {(e.decoded("DTEND").hour, e.decoded("DTEND").minute) for e in events} == {
            (12, 0), last
        }  # fmt: skip
    # What cannot be kept says so and stays, whatever else is changed.
    for name, typed, told in (
        ("hours", "0", "比 0 大"), ("hours", "25", "最多填 24"), ("days", "40", "最多填 31"),
        ("a", "1e3", "0 到 9999"), ("b", "-2", "0 到 9999"), ("c", "10,000", "最多填 9999"),
    ):  # fmt: skip
        field(page, name).fill(typed)
        field(page, "d").fill("3.125")
        expect(field(page, name)).to_have_value(typed)
        expect(page.get_by_role("alert").filter(has_text=told)).to_be_visible()
        page.get_by_role("button", name="家数改回表上的").click()
        page.get_by_role("button", name="改回手册的数").click()
        expect(page.get_by_role("alert").filter(has_text=told)).to_have_count(0)
    fill(page, c="1,000", d="3.125", a="0.1")
    field(page, "new").focus()
    expect(field(page, "c")).to_have_value("1000")
    expect(field(page, "d")).to_have_value("3.125")
    expect(page.locator('li[data-row="d"]')).to_contain_text("3.125 家")
    # Customers of a row by class: whole ones that make up the row, before and after a change.
    for summary in page.locator(".bd-planner-mix summary").all():
        summary.click()
    fill(page, trading_shops=10)
    names = ("activity/active", "activity/loyal", "activity/die-hard")
    assert sorted(int(field(page, n).input_value()) for n in names) == [1, 3, 6]
    field(page, names[0]).fill("7")
    field(page, "new").focus()
    assert sum(int(field(page, n).input_value()) for n in names) == 11
    expect(field(page, "trading-shops")).to_have_value("11")


def test_a_second_file_takes_back_what_is_gone(page: Page, tmp_path: Path) -> None:
    first = {str(e["UID"]): e for e in exported(page, tmp_path / "1.ics")}
    assert {(int(e["SEQUENCE"]), str(e["STATUS"])) for e in first.values()} == {(0, "CONFIRMED")}
    page.locator("[data-slot='2026-12-01-am']").click()  # another row
    page.get_by_role("button", name="12/2 周三", exact=True).click()  # a day off
    fill(page, a=0)
    page.reload()
    second = {str(e["UID"]): e for e in exported(page, tmp_path / "2.ics")}
    assert set(first) <= set(second)
    assert {int(e["SEQUENCE"]) for e in second.values()} == {1}
    gone = {u for u, e in second.items() if e["STATUS"] == "CANCELLED"}
    assert {u for u in first if u.startswith("2026-12-02")} <= gone
    assert {u for u, e in first.items() if e["SUMMARY"] == "成交A"} <= gone | {
        u for u in second if u.startswith("2026-12-01-am") or u not in gone
    }
    assert not [e for u, e in second.items() if u not in gone and e["SUMMARY"] == "成交A"]
    # Who never opened the second file gets it all from a third; another table calls off the first.
    fill(page, a=4)
    page.locator('[name="bd-plan"]').last.check()
    third = {str(e["UID"]): e for e in exported(page, tmp_path / "3.ics")}
    assert {str(third[uid]["STATUS"]) for uid in first} == {"CANCELLED"}
    assert {int(e["SEQUENCE"]) for e in third.values()} == {2}
    assert "CONFIRMED" in {str(e["STATUS"]) for e in third.values()}


def test_holidays_and_days_that_make_up_for_them(
    context: BrowserContext, served: str, tmp_path: Path
) -> None:
    def given(route: Route) -> None:
        text = route.fetch().text()
        assert '"work": {}' in text
        text = text.replace('"work": {}', '"work": {"2027-01-10": "元旦补班"}')
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    context.route("**/planner.html", given)
    page = opened(context, f"{served}/planner.html")
    page.locator(".bd-planner-choices select").select_option("2027-01")
    expect(field(page, "days")).to_have_value("21")  # 21 weekdays, one off, one Sunday worked
    note = page.locator(".bd-planner-choices")
    expect(note).to_contain_text("这个月有 21 个工作日。 放假：1/1 周五 元旦。")
    expect(note).to_contain_text("补班：1/10 周日 元旦补班。")
    expect(page.locator("[data-slot='2027-01-01-am']")).to_be_disabled()
    worked = {e.decoded("DTSTART").date().isoformat() for e in exported(page, tmp_path / "1.ics")}
    assert "2027-01-01" not in worked
    assert "2027-01-10" in worked
    assert len(worked) == 21
    # The reader knows better: one works on the holiday, and on a Saturday nobody told of.
    page.locator("[data-day='2027-01-01']").click()
    page.get_by_label("加一天周末上班").select_option("2027-01-23")
    expect(field(page, "days")).to_have_value("23")
    page.reload()
    expect(page.locator("[data-slot='2027-01-23-pm']")).to_be_enabled()
    worked = {e.decoded("DTSTART").date().isoformat() for e in exported(page, tmp_path / "2.ics")}
    assert {"2027-01-01", "2027-01-23"} <= worked
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.get_by_role("button", name="1/23 周六", exact=True).click()
    expect(page.locator("[data-slot='2027-01-23-pm']")).to_have_count(0)
    expect(field(page, "days")).to_have_value("22")


def test_the_wheel_changes_no_number(page: Page) -> None:
    page.locator(".bd-planner-numbers summary").click()
    for name in ("days", "a", "hours", "minutes:visit"):
        input_ = field(page, name)
        input_.fill("8")
        input_.hover()
        page.mouse.wheel(0, 240)
        page.keyboard.press("ArrowDown")
        expect(input_).to_have_value("8")


def test_signs_in_a_calendar_file_are_escaped_and_folded(page: Page) -> None:
    text = "甲；乙;丙,丁\\戊\n" + "一二三四五六七八九十" * 9 + "🚚" * 20
    made = page.evaluate(
        """text => baodian.calendar.ics("名;字", [{ uid: "1@x", date: "2026-12-01", start: "0800",
          end: "1200", sequence: 0, cancelled: false, summary: text, description: text }],
          new Date(0))""",
        text,
    )
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    event = icalendar.Calendar.from_ical(made.encode()).walk("VEVENT")[0]
    assert event["SUMMARY"] == event["DESCRIPTION"] == text


# --- where it runs --------------------------------------------------------------------------------


def test_plain_http_copies_the_month_as_text(context: BrowserContext, site: Path) -> None:
    def answer(route: Route) -> None:
        path = site / route.request.url.split("/", 3)[3].partition("?")[0]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        route.fulfill(body=path.read_bytes(), content_type=f"{kind}; charset=utf-8")

    context.route("http://handbook.example/**", answer)
    page = opened(context, "http://handbook.example/planner.html")
    assert page.evaluate("isSecureContext || !!navigator.clipboard") is False
    page.evaluate("document.execCommand = () => false")  # views inside other apps
    fill(page, days=20)
    page.get_by_role("button", name="复制成文字").click()
    text = page.locator("textarea").input_value()
    assert text.startswith("客户排期 2026-12 · 新人的一个月\n排得下：")
    assert "12/1 周二  上午 开发新客户 · 下午 " in text
    assert text.count("上午 ") == text.count("下午 ") == 20
    expect(page.locator(".bd-planner-told")).to_contain_text("长按选中")


def test_from_a_file_too(context: BrowserContext, site: Path) -> None:
    page = opened(context, (site / "planner.html").as_uri())
    fill(page, a=6)
    expect(page.locator('li[data-row="a"]')).to_contain_text("6 家")


def test_without_scripts_there_are_the_tables(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/planner.html")
    tables = page.locator("article table")
    expect(tables).to_have_count(3)  # a newcomer's month, a veteran's, the rhythms
    expect(tables.first).to_contain_text("开发新客户")
    expect(page.locator("article")).to_contain_text("上门一次谈多久")
    context.close()


@pytest.mark.parametrize(
    "address", ["moments/monday.html", "moments/month-end.html", "plans/index.html", "index.html",
                "plans/month-veteran.html"],
)  # fmt: skip
def test_the_way_there(site: Path, address: str) -> None:
    article = (site / address).read_text("utf-8").partition("<article")[2]
    assert 'planner.html"' in article


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_planner(browser: Browser, served: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 667}, color_scheme=scheme)
    page = opened(context, f"{served}/planner.html")
    fill(page, a=90)
    for summary in page.locator("article details summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    result = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]] == []
    context.close()
