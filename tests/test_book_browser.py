"""The customer book in a browser: from a sheet to a list of today, and nothing lost on the way."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

PHONE = {"width": 375, "height": 667}
BELOW = """one => {
  const label = one.closest("label"), next = label.nextSibling;
  return [label.getBoundingClientRect().bottom, next.getBoundingClientRect().top];
}"""
NOW = "2026-12-01T09:00:00"  # a Tuesday
SHEET = "\n".join((
    "代号\t类别\t距上次有效订单\t连续达标\t身份\t在用台数\t上次联系\t答应的事\t答应日期",
    "QG-01\t活跃客户\t\t\t\t\t2026-11-02\t\t",
    "QG-02\t\t2026-11-20\t4\t\t\t2026/10/28\t送一张要点\t11月29日",
    "QG-03\t\t\t\t民营单位\t60\t10月1日\t\t",
    "QG-04\t成交A、整车\t\t\t\t\t2026-11-23\t回他旧车能抵多少\t2026-12-01",
    "QG-05\t成交B、养护品\t\t\t\t\t46340\t\t",
    "QG-06\t死账户\t\t\t\t\t2026-08-20\t\t",
    "QG-07\t活跃\t\t\t\t\t2026-11-28\t\t",
    "QG-08\t\t\t\t个人或个体户\t3\t2026-11-30\t\t",
    "QG-09\t\t\t\t国有单位\t120\t\t\t",
    "QG-10\t骨灰级\t\t\t\t\t2026-11-15\t带样品过去\t2026-12-04",
))  # fmt: skip


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    made = context.new_page()
    made.clock.set_fixed_time(NOW)
    made.goto(f"{served}/book.html")
    yield made
    context.close()


def paste(page: Page, text: str) -> None:
    page.locator("[data-fold=paste] textarea").fill(text)
    page.get_by_role("button", name=re.compile("^收下这")).click()


def codes(page: Page) -> list[str]:
    return page.locator(".bd-book-due > .bd-book-cards .bd-book-code").all_text_contents()


def test_ten_customers_become_the_list_of_today(page: Page, served: str, tmp_path: Path) -> None:
    bad = "王建国\t活跃\t\t\t\t\t2026-11-15\t\t\nQG-11\t活跃\t\t\t\t\t2026-13-15\t\t"
    paste(page, f"{SHEET}\n{bad}")
    expect(page.locator(".bd-book-bad li")).to_contain_text(["看着像姓名", "不是日期"])
    left = page.locator("[data-fold=paste] textarea").input_value().splitlines()
    assert [line.split("\t")[0] for line in left] == ["代号", "王建国", "QG-11"]
    page.locator("[data-fold=paste] textarea").fill("")
    # Promises first, the oldest before all; then who is late, the most frequent first; then today.
    assert codes(page) == ["QG-02", "QG-04", "QG-05", "QG-03", "QG-06", "QG-09"]
    first = page.locator(".bd-book-card").first
    expect(first).to_contain_text("答应过：送一张要点")
    expect(first).to_contain_text("忠诚客户")
    expect(first.get_by_role("link", name="怎么说")).to_have_attribute(
        "href", re.compile("scripts/keep-loyal.html$")
    )
    expect(first.get_by_role("link", name="指南")).to_have_attribute(
        "href", re.compile("customers/activity/loyal.html$")
    )
    expect(first.get_by_role("link", name="自查")).to_have_attribute(
        "href", re.compile("checklists/.*.html$")
    )

    page.get_by_role("button", name="QG-02：送一张要点：办好了").click()
    page.get_by_role("button", name=re.compile("QG-02：上门报新消息.*办好了")).click()
    assert codes(page) == ["QG-04", "QG-05", "QG-03", "QG-06", "QG-09"]
    page.get_by_role("button", name="撤销").click()
    assert "QG-02" in codes(page)
    page.get_by_role("button", name=re.compile("QG-02：上门报新消息.*办好了")).click()

    page.get_by_role("button", name="这次答应了什么？").click()
    form = page.locator('[data-panel="QG-02"] .bd-book-form').first
    form.get_by_label("答应了什么").fill("给王总送样")
    form.get_by_label("哪天办").fill("2026-12-01")
    form.get_by_role("button", name="记下").click()
    expect(form.get_by_role("alert")).to_contain_text("看着像姓名")
    form.get_by_label("答应了什么").fill("送样")
    form.get_by_role("button", name="记下").click()
    assert codes(page)[:2] == ["QG-02", "QG-04"]

    page.goto(f"{served}/index.html")
    expect(page.locator(".bd-widget-due h2")).to_have_text("今天该找 6 位")
    page.locator(".bd-due-list a").first.click()
    expect(page.locator('[data-panel="QG-02"]')).to_be_visible()

    page.get_by_text("这一周，一天一天排").click()
    with page.expect_download() as calendar:
        page.get_by_role("button", name="下载到日历").click()
    text = Path(calendar.value.path()).read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 8  # six of today, two of this week
    assert "DTSTART;VALUE=DATE:20261201" in text
    page.get_by_text("交给同事、带走").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="给同事的文件").click()
    handed = tmp_path / "book.json"
    file.value.save_as(handed)
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Excel 表格").click()
    assert Path(sheet.value.path()).read_text(encoding="utf-8").startswith("\ufeff代号,")

    page.get_by_text("设置，全部清除").click()
    page.get_by_role("button", name="清空客户本").click()
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator(".bd-book-count")).to_contain_text("还没有客户")
    kept = "Object.keys(localStorage).filter((k) => /:(book|due)$/.test(k))"
    assert page.evaluate(kept) == []
    page.get_by_text("收一个文件").click()
    page.get_by_label("选择文件").set_input_files(handed)
    expect(page.get_by_text("新的 10 位")).to_be_visible()
    assert codes(page)[:2] == ["QG-02", "QG-04"]


def in_sight(page: Page, text: str) -> None:
    """See that a text stands between the head of the page and the bar below."""
    box = page.get_by_text(text).first.bounding_box()
    assert box
    assert box["y"] >= 48, (text, box)
    assert box["y"] + box["height"] <= PHONE["height"] - 56, (text, box)


def refused(form: Locator, label: str, text: str) -> None:
    """See that a field is refused, directly under it and in sight, and that it tells why."""
    field = form.get_by_label(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(text))
    expect(field).to_be_focused()
    wrong = form.locator(f"#{field.get_attribute('aria-describedby')}")
    expect(wrong).to_have_attribute("role", "alert")
    in_sight(form.page, text)
    bottom, top = field.evaluate(BELOW)
    assert 0 <= top - bottom <= 8


def adding(page: Page) -> Locator:
    page.get_by_role("button", name="添一位客户").click()
    return page.locator(".bd-book-sheet form")


def test_what_a_form_refuses_stands_under_its_field_in_sight(page: Page) -> None:
    form = adding(page)
    save = form.get_by_role("button", name="保存", exact=True)
    names = ("张建国", "老李轮胎店", "陈", "南屿物流张")
    for code, why in (
        *((name, "看着像姓名") for name in names),
        ("鑫达物流", "像店名"),
        ("", "没有代号"),
    ):
        form.get_by_label("代号").fill(code)
        save.click()
        refused(form, "代号", why)
    form.get_by_label("代号").fill("C-01")
    expect(form.locator(".bd-book-wrong")).to_have_count(0)  # what is put right is not blamed
    form.get_by_label("上次联系").fill("2026-12-02")
    save.click()
    refused(form, "上次联系", "还没到")
    form.get_by_label("上次联系").fill("2026-11-30")
    form.get_by_label("车主与车队").check()
    form.get_by_label("在用台数").fill("很多")
    save.click()
    refused(form, "在用台数", "要填数")
    form.get_by_label("在用台数").fill("")
    form.get_by_text("这次答应了什么？").click()
    form.get_by_label("答应了什么").fill("给张建国回电")
    form.get_by_label("哪天办").fill("2026-12-03")
    form.get_by_text("这次答应了什么？").click()
    save.click()  # it stands in a fold that is closed
    refused(form, "答应了什么", "看着像姓名")
    form.get_by_label("答应了什么").fill("")
    save.click()
    refused(form, "答应了什么", "没写答应了什么")
    form.get_by_label("答应了什么").fill("送样油")
    form.get_by_label("哪天办").fill("")
    save.click()
    refused(form, "哪天办", "哪天办")


def test_a_sheet_that_is_refused_says_so_under_it_and_leads_to_the_line(page: Page) -> None:
    paste(page, f"{SHEET}\n老李轮胎店\t活跃\nQG-11\t活跃\t\t\t\t\t2026-13-15\t\t")
    area = page.get_by_label("表格里的内容")
    expect(area).to_have_attribute("aria-invalid", "true")
    expect(area).to_have_accessible_description(re.compile("2 行.*老李轮胎店.*不是日期"))
    in_sight(page, "有 2 行还不能收：")
    page.get_by_role("button", name="第 3 行").click()
    selected = "(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)"
    assert page.evaluate(selected).startswith("QG-11")
    area.fill("代号\t类别\nA1\t活跃")
    expect(area).not_to_have_attribute("aria-invalid", "true")


def test_who_cannot_be_due_is_told_what_is_missing_and_fills_it_in(page: Page) -> None:
    paste(page, "代号\t类别\t上次联系\nA1\t活跃\t2026-10-01\nA2\t\t\nA3\t\t2026-11-20")
    lines = page.locator(".bd-book-lacks > li")
    expect(lines).to_contain_text(["缺类别、缺上次联系，排不了", "缺类别，排不了"])
    due, lacks = page.locator(".bd-book-cards"), page.locator(".bd-book-lacks")
    first, second = due.first.bounding_box(), lacks.bounding_box()
    assert first
    assert second
    assert first["y"] < second["y"]
    lines.first.get_by_role("button", name="补上").click()
    form = page.locator("[data-panel=A2] .bd-book-form").last
    known = form.get_by_label("知道是哪一类，直接选")
    expect(known).to_be_focused()
    known.select_option(label="活跃客户")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(lines).to_have_count(1)
    assert "A2" in codes(page)


def test_three_customers_are_typed_with_few_taps_and_the_week_begins_with_the_most_urgent(
    page: Page,
) -> None:
    """From the class outright follows what he is; one is saved and the next begun at once."""
    monday(page)
    form = adding(page)
    for code, class_, last, save in (
        ("QG-01", "活跃客户", "2026-10-20", "存了再添"),
        ("QG-02", "成交A", "2026-11-20", "存了再添"),
        ("QG-03", "金卡客户", "2026-11-25", "保存"),
    ):
        expect(form.get_by_label("代号")).to_be_focused()
        form.get_by_label("代号").fill(code)
        known = form.get_by_label("知道是哪一类，直接选")
        known.select_option(label=class_)
        expect(known).to_be_focused()  # now that of his ruler
        expect(form.locator(".bd-book-kinds input:checked")).to_have_count(1)
        form.get_by_label("上次联系").fill(last)
        if save == "保存":
            form.get_by_text("这次答应了什么？").click()
            form.get_by_label("答应了什么").fill("送样油")
            form.get_by_label("哪天办").fill("2026-12-02")
        form.get_by_role("button", name=save, exact=True).click()
    expect(form).to_have_count(0)
    assert codes(page) == ["QG-02", "QG-01"]
    page.get_by_role("button", name="这一周", exact=True).click()
    expect(page.get_by_role("heading", name="11/30 周一", exact=True)).to_be_in_viewport()
    assert week(page) == [
        ["QG-02 推进成交，每次都约好下一步每周至少 1 次 · 上次 11/20 · 过了 3 天",
         "QG-01 上门谈上个月的单子每月至少 1 次 · 上次 10/20 · 过了 10 天"],
        [], ["QG-03 送样油就是这天"], [], [],
    ]  # fmt: skip


def test_who_unticks_what_a_customer_is_takes_his_class_back_and_may_choose_it_again(
    page: Page,
) -> None:
    form = adding(page)
    form.get_by_label("代号").fill("QG-02")
    known = form.get_by_label("知道是哪一类，直接选")
    for _ in range(2):
        known.select_option(label="成交B")
        expect(known).to_have_value("b")
        form.locator(".bd-book-kinds input:checked").uncheck()
        expect(known).to_have_value("")  # that of all rulers, with nothing chosen
        known.select_option(label="请选")
    form.get_by_role("button", name="保存", exact=True).click()
    assert page.evaluate("baodian.store.read('book').customers['QG-02'].classes") == {}


def test_a_class_outright_and_what_is_said_besides_stand_together(page: Page) -> None:
    form = adding(page)
    form.get_by_label("代号").fill("QG-02")
    form.get_by_label("知道是哪一类，直接选").select_option(label="成交B")
    form.get_by_label("业务").select_option(label="整车")
    expect(form.get_by_label("知道是哪一类，直接选")).to_have_value("b")
    form.get_by_role("button", name="保存", exact=True).click()
    card = page.locator(".bd-book-card")
    expect(card).to_contain_text("成交B · 整车")
    expect(card).to_contain_text("跟进，帮他定车型")
    assert "没选全" not in card.inner_text()


def monday(page: Page) -> None:
    page.clock.set_fixed_time("2026-11-30T09:00:00")
    page.reload()


def week(page: Page) -> list[list[str]]:
    """What stands under each day of the week, as it reads."""
    days = page.locator(".bd-book-week > section").all()
    return [day.locator("li").all_text_contents() for day in days]


def test_monday_leads_to_the_week_which_says_whom_it_cannot_place(page: Page, served: str) -> None:
    page.clock.set_fixed_time("2026-11-30T09:00:00")
    page.goto(f"{served}/moments/monday.html")
    way = page.locator(".bd-steps a", has_text="客户本")
    box = way.bounding_box()
    assert box
    assert box["y"] < 300
    way.click()
    paste(page, "代号\t类别\t上次联系\nA1\t\t\nA2\t\t2026-11-20\nA3\t成交B\t2026-11-20")
    page.get_by_role("button", name="这一周", exact=True).click()
    assert week(page) == [[], [], [], [], []]
    lacking = page.locator(".bd-book-unplanned")
    expect(lacking).to_contain_text("3 位还排不全，先补上：A1：缺类别、缺上次联系")
    rows = lacking.locator(".bd-book-row")
    expect(rows).to_contain_text(["A1：缺类别、缺上次联系", "A2：缺类别", "A3：还要选“业务”"])
    in_sight(page, "3 位还排不全")
    lacking.get_by_role("button", name="补上：A1", exact=True).click()
    form = page.locator("[data-panel=A1] .bd-book-form").last
    expect(form.get_by_label("知道是哪一类，直接选")).to_be_focused()
    form.get_by_label("知道是哪一类，直接选").select_option(label="活跃客户")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(lacking).to_contain_text("2 位")
    expect(lacking.get_by_role("button", name="补上：A2", exact=True)).to_be_visible()
    expect(page.locator(".bd-book-lacks > li").last).to_contain_text("成交B · 还要选“业务”，排不了")


def test_the_week_after_can_be_planned_before_it_begins(page: Page) -> None:
    monday(page)
    paste(page, "代号\t类别\t上次联系\nA3\t成交A\t2026-11-24")
    page.get_by_role("button", name="这一周", exact=True).click()
    heads = page.locator(".bd-book-week h3")
    expect(heads).to_have_text([f"{day} 周{name}" for day, name in zip(
        ("11/30", "12/1", "12/2", "12/3", "12/4"), "一二三四五", strict=True)])  # fmt: skip
    assert "A3" in str(week(page)[1])
    page.get_by_role("button", name="下一周，当作这周都做完", exact=True).click()
    expect(heads).to_have_text([f"{day} 周{name}" for day, name in zip(
        ("12/7", "12/8", "12/9", "12/10", "12/11"), "一二三四五", strict=True)])  # fmt: skip
    assert "假定 12/1 办了" in str(week(page)[1])  # as if he were called on that day
    expect(page.locator("[data-fold=week] > summary")).to_have_text("下一周，当作这周都做完")
    page.locator(".bd-fold, details").get_by_role("button", name="这一周", exact=True).click()
    expect(heads.first).to_have_text("11/30 周一")


def test_who_is_not_ticked_is_never_erased_nor_asked_about(page: Page) -> None:
    monday(page)
    paste(page, "代号\t类别\nA1\t成交A\nA2\t成交A")
    page.locator("[data-fold=away] > summary").click()
    erase, toast = page.get_by_role("button", name="删掉勾了的"), page.locator(".bd-book-toast")
    erase.click()
    expect(toast).to_contain_text("一个都没勾，什么都没删。")
    expect(page.get_by_role("button", name="删除", exact=True)).to_have_count(0)
    page.locator("[data-fold=away] label", has_text="A2").click()
    erase.click()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(toast).to_contain_text("删掉了。")
    expect(page.locator("[data-fold=all] > summary")).to_contain_text("1")
    expect(page.locator("[data-fold=away] label")).to_have_text(["A1"])


def test_a_class_that_leaves_something_to_choose_says_what_in_list_form_and_week(
    page: Page,
) -> None:
    monday(page)
    paste(page, "代号\t类别\t上次联系\nA3\t成交B\t2026-11-20")
    expect(page.locator(".bd-book-lacks > li")).to_contain_text("成交B · 还要选“业务”，排不了")
    page.get_by_role("button", name="这一周", exact=True).click()
    unplanned = page.locator(".bd-book-unplanned")
    expect(unplanned).to_contain_text("1 位还排不全，先补上：A3：还要选“业务”")
    unplanned.get_by_role("button", name="补上：A3", exact=True).click()
    form = page.locator("[data-panel=A3] .bd-book-form").last
    expect(form.get_by_label("业务")).to_be_focused()
    expect(form).to_contain_text("还要选“业务”")
    form.get_by_label("业务").select_option(label="整车")
    expect(form).not_to_contain_text("还要选")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".bd-book-lacks")).to_have_count(0)


def test_who_has_two_classes_is_asked_what_is_still_to_choose_of_one(page: Page) -> None:
    """Another rhythm calls him; what 成交B leaves open is said all the same."""
    monday(page)
    paste(page, "代号\t类别\t上次联系\nA4\t成交B、金卡客户\t2026-11-20")
    expect(page.locator(".bd-book-lacks > li")).to_contain_text("成交B · 金卡客户 · 还要选“业务”")
    expect(page.locator(".bd-book-lacks > li")).not_to_contain_text("排不了")


def test_whoever_was_worked_on_stays_on_the_screen(page: Page) -> None:
    """What is done or said moves the others; nobody lands on one of them."""
    rows = [f"D{n}\t活跃客户\t2026-10-0{n}" for n in range(1, 9)]
    paste(page, "\n".join(["代号\t类别\t上次联系", *rows]))
    one = page.locator('.bd-book-cards > [data-code="D5"]')
    one.locator(".bd-book-code").click()
    panel = page.locator('[data-panel="D5"]')
    form = panel.locator(".bd-book-form").first
    form.get_by_label("答应了什么").fill("回话")
    form.locator("input[type=date]").fill("2026-12-20")
    form.scroll_into_view_if_needed()
    before = panel.bounding_box()
    form.get_by_role("button", name="记下", exact=True).click()
    after = panel.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 2
    ticks = one.locator(".bd-book-tick")
    for _ in range(ticks.count()):
        ticks.first.click()
    now = panel.bounding_box()
    assert now
    assert -now["height"] < now["y"] < PHONE["height"]


def test_what_waits_reads_as_on_the_day_it_is_put_on_in_the_text_and_the_calendar_too(
    page: Page,
) -> None:
    lines = [f"C-0{n}\t活跃客户\t2026-10-30\t\t" for n in range(1, 6)]
    lines += ["C-06\t成交A\t2026-11-23\t\t", "C-07\t\t\t回电话\t2026-11-30"]
    monday(page)
    paste(page, "\n".join(("代号\t类别\t上次联系\t答应的事\t答应日期", *lines)))
    order = ["C-07", "C-06", "C-01", "C-02", "C-03", "C-04", "C-05"]
    assert codes(page) == order
    page.get_by_role("button", name="这一周", exact=True).click()
    shown = [[re.sub(r"[^·]* · ", "", line)[-6:] for line in day] for day in week(page)]
    assert shown == [
        ["电话就是今天", *["就是今天"] * 4], ["过了 1 天"] * 2, [], [], []
    ]  # fmt: skip
    with page.expect_download() as calendar:
        page.get_by_role("button", name="下载到日历").click()
    text = Path(calendar.value.path()).read_text(encoding="utf-8").replace("\r\n ", "")
    assert re.findall("SUMMARY:(C-..)", text) == order
    assert text.count("就是今天") == 5
    assert text.count("过了 1 天") == 2


def test_the_toast_leaves_by_itself_but_not_who_is_in_it_and_a_way_back_stays(page: Page) -> None:
    page.clock.install(time=NOW)
    page.reload()
    paste(page, SHEET)
    page.mouse.move(5, 5)  # nobody points at what is said
    toast, last = page.locator(".bd-book-toast"), page.locator("[data-fold=settings]")
    expect(toast).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # not by hand
    above, below = last.bounding_box(), toast.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    page.clock.run_for(4000)
    expect(toast).to_be_visible()
    page.clock.run_for(1500)
    expect(toast).to_be_hidden()

    page.get_by_role("button", name="QG-02：送一张要点：办好了").click()
    back = toast.get_by_role("button", name="撤销")
    back.focus()
    page.clock.run_for(20_000)
    expect(toast).to_have_css("position", "sticky")
    page.locator(".bd-book-code").first.focus()
    toast.hover()
    page.clock.run_for(20_000)
    expect(toast).to_have_css("position", "sticky")
    page.mouse.move(5, 5)
    page.clock.run_for(4000)
    expect(toast).to_have_css("position", "sticky")
    page.clock.run_for(1500)
    expect(toast).to_have_css("position", "static")  # below all else, where it covers nothing
    back.click()
    assert "送一张要点" in page.locator(".bd-book-card").first.inner_text()
    expect(toast).to_have_css("position", "sticky")


def test_what_gets_focus_is_not_under_the_toast(page: Page) -> None:
    paste(page, SHEET)
    toast = page.locator(".bd-book-toast")
    for tick in page.locator(".bd-book-tick").all():
        tick.focus()
        expect(toast).to_be_visible()
        box, over = tick.bounding_box(), toast.bounding_box()
        assert box
        assert over
        assert box["y"] + box["height"] <= over["y"] or over["y"] + over["height"] <= box["y"]


def test_a_promise_is_made_with_the_customer_and_the_toast_goes_with_the_next(
    page: Page,
) -> None:
    form = adding(page)
    form.get_by_label("代号").fill("C-01")
    form.get_by_text("这次答应了什么？").click()
    form.get_by_label("答应了什么").fill("送样油")
    form.get_by_label("哪天办").fill("2026-12-01")
    form.get_by_role("button", name="保存", exact=True).click()
    assert codes(page) == ["C-01"]
    toast = page.locator(".bd-book-toast")
    expect(toast).to_contain_text("C-01 记进客户本了")
    page.get_by_role("button", name="C-01：送样油：办好了").click()
    expect(toast).to_be_visible()
    form = adding(page)
    expect(toast).to_be_hidden()  # it does not lie over the next form
    form.get_by_role("button", name="不保存，关掉").click()
    expect(form).to_have_count(0)
    paste_fold = page.locator("[data-fold=paste]")
    paste_fold.evaluate("one => { one.open = true; }")
    paste(page, "代号,类别\nA1,活跃")
    expect(toast).to_be_visible()
    paste_fold.evaluate("one => { one.open = true; }")
    page.get_by_label("表格里的内容").press_sequentially("A")
    expect(toast).to_be_hidden()


def test_a_toast_that_offers_no_way_back_goes_when_one_scrolls_on(page: Page) -> None:
    paste(page, SHEET)
    toast = page.locator(".bd-book-toast")
    expect(toast).to_be_visible()
    page.mouse.move(180, 300)
    page.mouse.wheel(0, -40)
    page.wait_for_timeout(200)
    expect(toast).to_be_visible()
    for _ in range(3):
        page.mouse.wheel(0, -150)
        page.wait_for_timeout(100)
    expect(toast).to_be_hidden()


def test_the_first_page_leads_straight_to_the_words_and_tells_of_tomorrow(
    page: Page, served: str
) -> None:
    lines = [f"C-0{n}\t活跃\t2026-10-0{n}\t\t" for n in range(1, 6)]
    lines += ["C-07\t活跃\t2026-11-30\t送样油\t2026-12-02"]
    paste(page, "\n".join(("代号\t类别\t上次联系\t答应的事\t答应日期", *lines)))
    page.goto(f"{served}/paths/new-manager.html")
    page.locator('[data-item="day-1"] input, [data-item^="day-1."] input').first.check()
    page.goto(f"{served}/index.html")
    expect(page.locator(".bd-due-next")).to_have_text("明天 1 件：C-07 答应过：送样油")
    in_sight(page, "明天 1 件")
    in_sight(page, "第 1 天，还有")
    expect(page.locator(".bd-due-list li")).to_have_count(2)
    expect(page.get_by_role("link", name="客户本里还有 3 位")).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 667})
    moment = page.get_by_role("link", name="客户发火了").first.bounding_box()
    bar = page.locator(".bd-bar").bounding_box()
    assert moment
    assert bar
    assert moment["y"] + moment["height"] <= bar["y"]
    way = page.get_by_role("link", name="C-01：怎么说")
    row = page.locator(".bd-due-list li").first.bounding_box()
    box = way.bounding_box()
    assert row
    assert box
    assert box["height"] >= 44
    assert row["y"] <= box["y"] < row["y"] + row["height"]
    way.click()
    expect(page).to_have_url(re.compile("/scripts/[a-z-]+.html$"))
    page.go_back()
    bad = (
        "store => store.change('due', due => ({...due, items: due.items.map(o => ({...o, say}))}))"
    )
    for say in ("javascript:alert(1)", "https://elsewhere.example/scripts/a.html", "../scripts/x"):
        page.evaluate(f"say => ({bad})(baodian.store)", say)
        page.reload()
        expect(page.locator(".bd-due-list li a")).to_have_count(2)  # each to the book alone


def test_only_tomorrow_is_told_where_nothing_is_due_today(page: Page, served: str) -> None:
    paste(page, "代号\t类别\t上次联系\nC-02\t活跃\t2026-11-02")
    page.goto(f"{served}/index.html")
    expect(page.locator(".bd-widget-due h2")).to_have_count(0)
    expect(page.locator(".bd-due-next")).to_contain_text("明天 1 件：C-02 上门")


def test_a_promise_for_tomorrow_is_told_of_one_who_is_due_today_too(
    page: Page, served: str
) -> None:
    paste(
        page, "代号\t类别\t上次联系\t答应的事\t答应日期\nC-03\t活跃\t2026-10-01\t送样油\t2026-12-02"
    )
    page.goto(f"{served}/index.html")
    expect(page.locator(".bd-widget-due h2")).to_contain_text("1 位")
    expect(page.locator(".bd-due-next")).to_have_text("明天 1 件：C-03 答应过：送样油")


def test_two_windows_do_not_undo_each_other(page: Page, served: str) -> None:
    paste(page, "代号,类别\nA1,活跃\nA2,活跃")
    other = page.context.new_page()
    other.clock.set_fixed_time(NOW)
    other.goto(f"{served}/book.html")
    tick = re.compile("A1：上门谈上个月.*办好了")
    other.get_by_role("button", name=tick).click()
    expect(page.get_by_role("button", name=tick)).to_have_count(0)
    page.get_by_role("button", name=re.compile("A2：上门谈上个月.*办好了")).click()
    did = "baodian.store.read('book').customers"
    both = page.evaluate(f"[{did}.A1.did['visit-active'], {did}.A2.did['visit-active']]")
    assert both == ["2026-12-01", "2026-12-01"]


def test_what_a_self_check_found_not_done_is_promised(page: Page, served: str) -> None:
    run = {
        "list": "leave-shop", "title": "离店前自查", "name": "1201-1", "groups": [],
        "subjects": ["A1"], "items": {"one": {"0": ["no", "", "x", 1]}}, "started": 1,
        "changed": 1, "done": 1, "asked": [["", "", [["one", "当面对过价签"]]]],
    }  # fmt: skip
    paste(page, "代号,类别\nA1,活跃")
    page.evaluate("run => baodian.store.set('runs', 'r1', run)", run)
    page.goto(f"{served}/checklists/leave-shop.html#run-r1")
    page.get_by_role("link", name="没做到的，记进客户本").click()
    form = page.locator(".bd-book-sheet form")
    expect(form.get_by_label("代号")).to_have_value("A1")
    form.get_by_role("button", name="记下").click()
    page.get_by_role("button", name="A1", exact=True).first.click()
    expect(page.locator('[data-panel="A1"]')).to_contain_text("当面对过价签")
    kept = page.evaluate("baodian.store.read('book').customers.A1.promises")
    assert [(one["what"], one["by"]) for one in kept] == [("当面对过价签", "2026-12-02")]


def test_a_full_or_closed_store_is_told(page: Page, served: str) -> None:
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    page.goto(f"{served}/book.html")
    paste(page, "代号,类别\nA1,活跃")
    expect(page.locator(".bd-book-alert")).to_contain_text("空间满了")
    assert codes(page) == ["A1"]  # for as long as the page is open


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_book(browser: Browser, served: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 667}, color_scheme=scheme)
    page.clock.set_fixed_time(NOW)
    page.goto(f"{served}/book.html")
    paste(page, SHEET)
    page.locator(".bd-book-code").first.click()
    adding(page).get_by_role("button", name="保存", exact=True).click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.get_by_label("表格里的内容").fill("陈\t活跃")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    result = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]] == []
    page.close()


def test_the_scripts_of_the_page_are_small(site: Path) -> None:
    html = (site / "book.html").read_text(encoding="utf-8")
    files = [site / name for name in re.findall(r'<script src="([^"]+)"', html)]
    data = "".join(re.findall(r'<script type="application/json">(.*?)</script>', html, re.DOTALL))
    assert {"first", "site", "book"} <= {file.name.partition(".")[0] for file in files}
    assert json.loads(data)["schemes"]
    size = {file.name: len(gzip.compress(file.read_bytes())) for file in files}
    assert sum(size.values()) <= 60_000
    assert sum(n for name, n in size.items() if name.startswith("book")) <= 25_000
