"""Paths in a real browser: progress is kept, wrong questions come back, the supervisor is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from baodian.pages.widgets import path as progress

PHONE = {"width": 375, "height": 667}
PATH = "paths/first-week-supervisor.html"
LONG = "paths/new-manager.html"
CATCH = """() => { window.told = []; baodian.copy = (text) => {
  window.told.push(text); return Promise.resolve(true); } }"""
KEPT = "baodian.store.read('paths', {})"


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    made = context.new_page()
    made.goto(f"{served}/{PATH}")
    yield made
    context.close()


def ticks(page: Page, day: str) -> None:
    """Tick every line of a day."""
    boxes = page.locator(f".bd-section[data-item='{day}'] .bd-check input")
    for n in range(boxes.count()):
        boxes.nth(n).check()


def choose(question: str, page: Page, *, right: bool) -> None:
    """Answer a question of the drill; `question` is what is asked."""
    answers: dict[str, list[list[object]]] = page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll(".bd-question"), (one) => [
        one.querySelector("h3, h4").textContent.trim(),
        Array.from(one.querySelectorAll("[data-verdict]"), (li) => [
          li.querySelector(".bd-verdict").childNodes[3].textContent.trim(),
          li.classList.contains("bd-right")])]))"""
    )
    wanted = next(str(text) for text, good in answers[question] if good is right)
    page.locator(".bd-path-drill .bd-path-choice").filter(has_text=wanted).first.click()


def test_ticks_stay_and_show_where_one_was(phone: Page) -> None:
    head = phone.locator(".bd-widget-path")
    expect(head).to_contain_text("从这里开始：第 1 天")
    first = phone.locator(".bd-path-day").first
    expect(first).to_contain_text("还没动")
    phone.locator(".bd-section[data-item='day-1'] .bd-check input").first.check()
    expect(first).to_contain_text("做了些")
    ticks(phone, "day-1")
    expect(first).to_contain_text("✓ 做完")
    phone.reload()
    expect(phone.locator(".bd-path-day").first).to_contain_text("✓ 做完")
    link = phone.locator(".bd-path-on")
    expect(link).to_contain_text("接着走：第 2 天")
    link.click()
    assert phone.url.endswith("#day-2")
    expect(phone.locator(".bd-path-day[aria-current=step]")).to_contain_text("第 2 天")


def test_a_day_stands_alone_and_what_it_opens_leads_back(phone: Page, served: str) -> None:
    days = phone.locator(".bd-section[data-item^='day-']")
    expect(days.locator("h3:visible")).to_have_text("第 1 天 · 先知道哪些归你批")
    phone.locator(".bd-path-days a").nth(2).click()
    expect(phone.locator("#day-3")).to_be_in_viewport()
    assert phone.locator(".bd-section-3[data-item^='day-']:visible").count() == 1
    phone.go_back()
    expect(phone.locator("#day-1")).to_be_visible()
    ticks(phone, "day-1")
    expect(phone.locator("[data-item='day-1'] > .bd-path-right")).to_have_text(
        re.compile("^✓ 第 1 天 · 做完，还有 [1-9] 题没答$")
    )
    phone.locator("[data-item='day-1'] .bd-path-turn").get_by_role("link", name="第 2 天").click()
    assert phone.url.endswith("#day-2")
    phone.locator("[data-item='day-2'] .bd-check a").first.click()
    back = phone.locator(".bd-page > .bd-way-back")
    expect(back).to_have_count(2)  # on top, and where one has read to the end
    expect(back.first).to_contain_text("← 回到第 2 天")
    phone.goto(f"{served}/guides/red-lines.html")  # one goes on from there
    back.first.get_by_role("link").click()
    assert phone.url.endswith(f"{PATH}#day-2")
    expect(phone.locator("#day-2")).to_be_in_viewport()
    expect(back).to_have_count(0)
    phone.goto(f"{served}/guides/red-lines.html")  # it led back, and is gone
    expect(back).to_have_count(0)
    phone.goto(f"{served}/{PATH}#day-2")
    phone.locator("[data-item='day-2'] .bd-check a").first.click()
    phone.get_by_role("button", name="不用回去了").click()
    expect(back).to_have_count(0)
    phone.reload()
    expect(back).to_have_count(0)
    for home in ("nanyu/index.html", "index.html"):  # whoever goes home begins something else
        phone.goto(f"{served}/{PATH}#day-2")
        phone.locator("[data-item='day-2'] .bd-check a").first.click()
        expect(back).to_have_count(2)
        phone.goto(f"{served}/{home}")
        expect(back).to_have_count(0)
    phone.goto(f"{served}/guides/red-lines.html")
    expect(back).to_have_count(0)
    phone.goto(f"{served}/{PATH}#all-days")
    assert phone.locator(".bd-section-3[data-item^='day-']:visible").count() == 5
    phone.goto(f"{served}/{PATH}#no-deal")  # a question of another day
    expect(phone.locator("#no-deal")).to_be_visible()
    phone.emulate_media(media="print")
    assert phone.locator(".bd-section-3[data-item^='day-']:visible").count() == 5


def test_a_line_that_was_changed_says_so_and_counts_as_open(phone: Page) -> None:
    box = phone.locator(".bd-section[data-item='day-1'] .bd-check input").first
    box.check()
    phone.evaluate(
        """() => baodian.store.change("paths", (all) => {
        const items = all["first-week-supervisor"].items;
        items[Object.keys(items)[0]] = "other"; return all; })"""
    )
    phone.reload()
    expect(box).not_to_be_checked()
    expect(phone.get_by_text("打勾以后这条改过")).to_have_count(1)
    box.check()
    expect(phone.get_by_text("打勾以后这条改过")).to_have_count(0)


def test_retired_ids_take_their_ticks_along(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/{PATH}")
    line = page.locator(".bd-checklist li[data-item]").first
    id_ = line.get_attribute("data-item")
    line.locator("input").check()
    page.evaluate(
        """(id) => baodian.store.change("paths", (all) => {
        const one = all["first-week-supervisor"];
        return { "old-path": { items: { "old-line": one.items[id] } } }; })""",
        id_,
    )

    def with_map(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace('"was": []', '"was": ["old-path"]', 1)
        text = text.replace('"retired": {}', f'"retired": {{"old-line": "{id_}"}}', 1)
        route.fulfill(response=answer, body=text)

    page.route(f"**/{PATH}", with_map)
    page.reload()
    expect(line.locator("input")).to_be_checked()
    page.locator(".bd-checklist li[data-item] input").nth(1).check()
    assert list(page.evaluate(KEPT)) == ["first-week-supervisor"]
    context.close()


def test_what_replaced_a_retired_id_is_followed_to_its_end() -> None:
    replaced: dict[str, tuple[str, object]] = {
        "path:gone": ("path:new", None),
        "path:new#a": ("path:new#b", None),
        "path:new#b": ("path:new#c", None),
        "path:new#x": ("path:other#y", None),
        "checklist:new#a": ("checklist:new#b", None),
    }
    assert progress.retired(replaced, "new") == (["gone"], {"a": "c", "b": "c"})


def test_an_answer_is_judged_at_once_and_stays(phone: Page) -> None:
    phone.locator(".bd-folded[id$='questions'] > summary").first.click()
    question = phone.locator(".bd-question").first
    expect(question.locator(".bd-verdicts")).to_be_hidden()
    wrong = phone.locator(".bd-question").first.locator("[data-verdict].bd-wrong p").nth(1)
    why = wrong.text_content() or ""
    question.get_by_role("button", name="把知道的说清楚").click()
    expect(question.get_by_role("status")).to_contain_text("✗ 不对")
    expect(question.get_by_text(why, exact=True)).to_be_visible()
    expect(question.locator(".bd-path-yours")).to_have_text("你选的")
    phone.reload()
    expect(phone.locator(".bd-path-sum")).to_contain_text("答对 0/12")
    phone.locator(".bd-folded[id$='questions'] > summary").first.click()
    expect(question.get_by_role("status")).to_contain_text("✗ 不对")
    question.get_by_role("button", name="再答一次").click()
    question.get_by_role("button", name="记下他是谁").click()
    expect(question.get_by_role("status")).to_contain_text("✓ 对")
    expect(phone.locator(".bd-path-sum")).to_contain_text("答对 1/12")


def test_wrong_ones_come_back_in_a_later_round_until_each_was_right(phone: Page) -> None:
    phone.get_by_label("练哪些题").select_option("全部")
    phone.get_by_role("button", name="开始练").click()
    drill = phone.locator(".bd-path-drill")
    asked: list[str] = []
    for n in range(12):
        expect(drill.locator(".bd-why").first).to_have_text(f"第 1 轮 · 第 {n + 1} 题，共 12 题")
        asked.append((drill.locator("h3").text_content() or "").strip())
        choose(asked[-1], phone, right=n not in (2, 5))
        expect(drill.get_by_role("status")).to_contain_text("✗ 不对" if n in (2, 5) else "✓ 对")
        drill.locator(".bd-path-next").click()
    for n, index in enumerate((2, 5)):
        expect(drill.locator(".bd-why").first).to_have_text(f"第 2 轮 · 第 {n + 1} 题，共 2 题")
        expect(drill.locator("h3")).to_have_text(asked[index])
        choose(asked[index], phone, right=n == 0)
        drill.locator(".bd-path-next").click()
    expect(drill.locator("h3")).to_have_text(asked[5])
    choose(asked[5], phone, right=True)
    expect(drill).to_contain_text("每题都答对了一次：12 题，3 轮")
    drill.locator(".bd-path-next").click()
    expect(phone.locator(".bd-path-sum")).to_contain_text("答对 12/12")
    expect(phone.get_by_text("这里没有要练的")).to_be_visible()
    expect(phone.get_by_role("button", name="开始练")).to_be_hidden()


def test_what_was_right_comes_back_after_days_and_older_answers_are_kept(phone: Page) -> None:
    phone.get_by_label("练哪些题").select_option("全部")
    day = phone.evaluate("() => baodian.day(new Date(Date.now() + 864e5))")
    phone.get_by_role("button", name="开始练").click()
    first = (phone.locator(".bd-path-drill h3").text_content() or "").strip()
    choose(first, phone, right=True)
    phone.reload()
    expect(phone.locator(".bd-path-practise .bd-why")).to_have_text(f"下一次是 {day}，再答 1 题。")
    answers = f"Object.values({KEPT}['first-week-supervisor'].answers)"
    assert phone.evaluate(f"{answers}[0].slice(3)") == [1, day]
    phone.evaluate(  # as version 1 kept it
        """() => { const key = baodian.store.prefix + "paths";
        const kept = JSON.parse(localStorage.getItem(key));
        Object.values(kept.data["first-week-supervisor"].answers).forEach((one) => one.splice(3));
        localStorage.setItem(key, JSON.stringify({ v: 1, data: kept.data })); }"""
    )
    phone.reload()
    expect(phone.locator(".bd-path-sum")).to_contain_text("答对 1/12")
    expect(phone.locator(".bd-path-due")).to_have_text("今天该再答 1 题，答错 0 题，没答过 1 题")
    phone.get_by_label("练哪些题").select_option("全部")
    expect(phone.locator(".bd-path-due")).to_have_text("今天该再答 1 题，答错 0 题，没答过 11 题")
    phone.get_by_role("link", name="今天要再答 1 题").click()
    phone.get_by_role("button", name="开始练").click()
    expect(phone.locator(".bd-path-drill h3")).to_have_text(first)


def test_leaving_half_way_brings_back_the_wrong_and_the_unseen(phone: Page) -> None:
    phone.get_by_label("练哪些题").select_option("全部")
    phone.get_by_role("button", name="开始练").click()
    first = (phone.locator(".bd-path-drill h3").text_content() or "").strip()
    choose(first, phone, right=False)
    phone.reload()
    expect(phone.locator(".bd-path-due")).to_have_text("答错 1 题，没答过 1 题")  # of the first day
    phone.get_by_label("练哪些题").select_option("全部")
    expect(phone.locator(".bd-path-due")).to_have_text("答错 1 题，没答过 11 题")
    phone.get_by_role("button", name="开始练").click()
    expect(phone.locator(".bd-path-drill h3")).to_have_text(first)
    expect(phone.locator(".bd-path-drill .bd-why").first).to_contain_text("共 12 题")


def test_days_to_come_are_practised_with_their_days_and_none_begun_is_lost(phone: Page) -> None:
    due, start = phone.locator(".bd-path-due"), phone.get_by_role("button", name="开始练")
    expect(due).to_have_text("答错 0 题，没答过 2 题")  # of the first day
    phone.get_by_role("link", name="第 3 天").first.click()
    phone.locator(".bd-section[data-item='day-3'] .bd-check input").first.check()
    expect(due).to_have_text("答错 0 题，没答过 4 题")  # and of the third; the second is left out
    start.click()
    for left in (3, 2, 1):  # to answer one of the first day takes away none of the third
        asked = (phone.locator(".bd-path-drill h3").text_content() or "").strip()
        choose(asked, phone, right=True)
        expect(due).to_have_text(f"答错 0 题，没答过 {left} 题")
        phone.locator(".bd-path-drill .bd-path-next").click()
    choose((phone.locator(".bd-path-drill h3").text_content() or "").strip(), phone, right=True)
    expect(due).to_have_text("今天没有要练的；别的题，学到那天再练。")


def test_several_right_answers_are_chosen_together(phone: Page) -> None:
    """No question of the shipped paths has two right answers; the first one is given them."""

    def two_right(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace(
            'class="bd-wrong" data-verdict', 'class="bd-right" data-verdict', 1
        )
        route.fulfill(response=answer, body=text)

    phone.route(f"**/{PATH}", two_right)
    phone.reload()
    phone.locator(".bd-folded[id$='questions'] > summary").first.click()
    question = phone.locator(".bd-question").first
    expect(question).to_contain_text("对的不止一个")
    for name, state in (("把知道的说清楚", "✗ 不对"), ("记下他是谁", "✓ 对")):
        question.get_by_role("button", name=name).click()
        if state == "✓ 对":
            question.get_by_role("button", name="把知道的说清楚").click()
        question.get_by_role("button", name="看对不对").click()
        expect(question.get_by_role("status")).to_contain_text(state)
        if state == "✗ 不对":
            question.get_by_role("button", name="再答一次").click()


def test_a_talk_is_passed_when_all_was_seen_and_it_is_signed(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{served}/{LONG}#angry-owner")
    play = page.locator(".bd-section[data-item='angry-owner']")
    state = play.locator(".bd-path-state")
    boxes = play.locator(".bd-check input")
    boxes.first.check()
    expect(state).to_have_text("还差 6 条没勾。")
    for n in range(boxes.count()):
        boxes.nth(n).check()
    expect(state).to_contain_text("还差签字")
    play.get_by_label("签字（区域主管）").fill("13812345678")
    play.get_by_label("日期").fill("2026-12-03")
    expect(play.get_by_role("alert").first).to_contain_text("没有存")
    expect(state).to_contain_text("还差签字")
    play.get_by_label("签字（区域主管）").fill("主管-2")
    play.get_by_label("练习人").fill("小陈")
    play.get_by_label("练习人").press("Tab")
    expect(state).to_have_text("过关：7 条都做到，主管-2 签，2026-12-03。")
    page.reload()
    expect(state).to_have_text("过关：7 条都做到，主管-2 签，2026-12-03。")
    expect(play.get_by_label("练习人")).to_have_value("小陈")
    page.locator(".bd-path-report summary").click()
    expect(page.locator(".bd-path-letter")).to_contain_text("演练：发火的车主：过关")
    page.close()


def test_the_supervisor_is_told_the_day_what_is_done_and_what_is_open(phone: Page) -> None:
    ticks(phone, "day-1")
    phone.locator(".bd-path-report summary").click()
    phone.get_by_label("最拿不准").fill("月底的表怎么看")
    phone.evaluate(CATCH)
    phone.locator(".bd-path-copy").click()
    told = phone.evaluate("window.told")[0]
    name = phone.locator("h1").text_content() or ""
    assert told.startswith(f"{name.strip()} · 第 2 天\n做完：第 1 天 ")
    assert "题目：对 0/12，错 0" in told
    assert "到这天还没办的：\n· 第 2 天 " in told
    assert told.endswith("最拿不准：月底的表怎么看")
    phone.get_by_label("今天走到第几天").select_option("day-1")
    phone.locator(".bd-path-copy").click()
    assert "到这天没有欠的" in phone.evaluate("window.told")[1]
    phone.get_by_label("最拿不准").fill("问 13812345678")
    phone.locator(".bd-path-copy").click()
    assert phone.evaluate("window.told.length") == 2
    expect(phone.locator(".bd-path-report [role=status]")).to_contain_text("像手机号")


def test_two_tabs_keep_each_others_ticks(phone: Page, served: str) -> None:
    other = phone.context.new_page()
    other.goto(f"{served}/{PATH}")
    phone.locator(".bd-check input").nth(0).check()
    other.locator(".bd-check input").nth(1).check()
    expect(phone.locator(".bd-check input").nth(1)).to_be_checked()
    expect(other.locator(".bd-check input").nth(0)).to_be_checked()
    assert len(other.evaluate(KEPT)["first-week-supervisor"]["items"]) == 2


def test_it_begins_anew_only_after_a_second_tap_and_leaves_other_paths_alone(
    phone: Page, served: str
) -> None:
    phone.goto(f"{served}/{LONG}")
    phone.locator(".bd-check input").first.check()
    phone.goto(f"{served}/{PATH}")
    phone.locator(".bd-check input").first.check()
    phone.get_by_role("button", name="这条路从头来过").click()
    phone.get_by_role("button", name="留着").click()
    expect(phone.locator(".bd-check input").first).to_be_checked()
    phone.get_by_role("button", name="这条路从头来过").click()
    phone.get_by_role("button", name="删掉").click()
    expect(phone.locator(".bd-check input").first).not_to_be_checked()
    expect(phone.get_by_text("已经清空")).to_be_visible()
    kept = phone.evaluate(KEPT)
    assert set(kept) == {"new-manager", "first-week-supervisor"}
    assert set(kept["first-week-supervisor"]) == {"at"}, "nothing of what was ticked"


# --- lists that a day asks for --------------------------------------------------------------------


def go_through(page: Page, served: str, list_: str) -> None:
    """Tick every line of a list on its own page."""
    page.goto(f"{served}/checklists/{list_}.html")
    boxes = page.locator(".bd-checklist .bd-check input")
    for n in range(boxes.count()):
        boxes.nth(n).check()


def test_a_list_gone_through_on_its_page_ticks_the_step_of_the_day(
    phone: Page, served: str
) -> None:
    phone.goto(f"{served}/{LONG}")
    for day in ("day-1", "day-2", "day-3"):
        phone.goto(f"{served}/{LONG}#{day}")
        ticks(phone, day)
    go_through(phone, served, "leave-shop")
    phone.goto(f"{served}/index.html")
    expect(phone.locator(".bd-widget-newcomer")).to_contain_text("第 4 天，还有 6 件")
    phone.goto(f"{served}/{LONG}#day-4")
    step = phone.locator("[data-item='day-4.check-leave-shop']")
    expect(step.locator("input")).to_be_checked()
    expect(step).to_contain_text("自动打了勾")
    expect(phone.locator("[data-item='day-4.check-read-shop'] input")).not_to_be_checked()
    expect(phone.locator("[data-item='day-8.check-leave-shop'] input")).not_to_be_checked()
    step.locator("input").uncheck()  # taken back, and so it stays
    expect(step).not_to_contain_text("自动打了勾")
    phone.reload()
    expect(step.locator("input")).not_to_be_checked()


def test_a_run_without_an_open_line_ticks_it_at_once_beside(phone: Page, served: str) -> None:
    phone.goto(f"{served}/{LONG}")
    other = phone.context.new_page()
    other.goto(f"{served}/checklists/first-day.html")
    other.get_by_role("button", name="开始一次自查").click()
    other.get_by_role("button", name="开始", exact=True).click()
    step = phone.locator("[data-item='day-1.check-first-day'] input")
    states = other.locator(".bd-runs-states")
    for n in range(states.count()):
        expect(step).not_to_be_checked()
        states.nth(n).locator(f"[data-state={'no' if n % 2 else 'yes'}]").click()
    expect(step).to_be_checked()


@pytest.mark.parametrize("how", ["blocked", "full"])
def test_what_cannot_be_kept_is_said(browser: Browser, served: str, how: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } })"""
        if how == "blocked"
        else """Storage.prototype.setItem = () => {
          throw new DOMException("quota", "QuotaExceededError"); }"""
    )
    page.goto(f"{served}/{PATH}")
    page.locator(".bd-check input").first.check()
    said = page.locator(".bd-path-trouble")
    expect(said).to_contain_text("不让存" if how == "blocked" else "存满了")
    expect(page.locator(".bd-path-day").first).to_contain_text("做了些")
    page.close()


def test_without_scripts_the_answers_are_folded(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/{PATH}")
    page.locator(".bd-folded[id$='questions'] > summary").first.click()
    question = page.locator(".bd-question").first
    expect(question.locator(".bd-choices li").first).to_be_visible()
    expect(question.locator(".bd-verdicts")).to_be_hidden()
    question.get_by_text("看答案").click()
    expect(question.locator(".bd-verdicts")).to_be_visible()
    for n in range(1, 6):
        expect(page.locator(f"#day-{n}")).to_be_visible()
    context.close()


def test_it_works_from_a_folder_and_prints_progress_without_buttons(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto((site / PATH).as_uri())
    page.locator(".bd-check input").first.check()
    page.emulate_media(media="print")
    expect(page.locator(".bd-path-days")).to_be_visible()
    expect(page.locator(".bd-path-report")).to_be_hidden()
    expect(page.get_by_role("button", name="开始练")).to_be_hidden()
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (375, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{served}/{PATH}")
    page.locator(".bd-check input").first.check()
    page.locator(".bd-path-report summary").click()
    page.locator(".bd-folded[id$='questions'] > summary").first.click()
    page.locator(".bd-question .bd-path-choice").first.click()
    page.get_by_role("button", name="开始练").click()
    page.locator(".bd-path-drill .bd-path-choice").first.click()
    page.get_by_role("button", name="这条路从头来过").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    result = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )
    found = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
    assert found == []
    page.close()
