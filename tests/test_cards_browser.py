"""Script cards in a real browser: gaps filled once, answers walked, lines copied without labels."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from baodian import model
from baodian.page import plain
from baodian.pages import ground as ground_of
from baodian.pages.ground import Ground
from baodian.playbook import Edition, Playbook
from baodian.said.messages import words

PHONE = {"width": 375, "height": 667}
DESK = {"width": 1280, "height": 900}
STOPS = "scripts/says-will-stop.html"
CATCH = """() => { window.told = []; baodian.copy = (text) => {
  window.told.push(text); return Promise.resolve(true); } }"""
COPY_ALL = """() => { window.told = []; baodian.copy = (text) => {
  window.told.push(text); return Promise.resolve(true); };
  document.querySelectorAll(".bd-card-copy").forEach((one) => one.click()); return window.told; }"""
TURN_TO = (
    """async (address) => {
  // Puts another script on this page and runs its card: much faster than loading the page.
  const script = document.querySelector('script[src*="widgets/card"]').src;
  const html = await fetch(address).then((got) => got.text());
  const other = new DOMParser().parseFromString(html, "text/html").querySelector(".bd-page");
  document.querySelector(".bd-page").replaceWith(other);
  await new Promise((done) => {
    const again = document.createElement("script");
    Object.assign(again, { src: script, onload: done });
    document.head.append(again);
  });
  return ("""
    + COPY_ALL
    + """)(); }"""
)


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    made = context.new_page()
    made.goto(f"{served}/{STOPS}")
    yield made
    context.close()


@pytest.fixture(scope="module")
def ground(shipped: Playbook) -> Ground:
    return ground_of(shipped, Edition(words("zh-CN"), datetime.date(2026, 12, 1)))


def spoken(ground: Ground, script: model.Script) -> list[str]:
    """Return what stands to be said or sent, one text for each button, in the order of the page."""

    def answers(found: Mapping[str, model.Answer]) -> Iterator[str]:
        for answer in found.values():
            yield from (plain(ground.inline(line)) for line in answer.say)
            yield from answers(answer.answers)

    first = [plain(ground.inline(line)) for line in script.open or script.message]
    opening = first if script.form == "talk" else ["\n".join(first)]
    close = "\n".join(plain(ground.inline(line)) for line in script.close)
    return [*opening, *answers(script.answers), *([close] if close else [])]


def test_every_line_of_every_script_is_copied_bare_and_without_an_internal_label(
    browser: Browser, served: str, shipped: Playbook, ground: Ground
) -> None:
    """Copied is the spoken line and nothing else; no name of a class that customers never hear."""
    labels = {
        str(class_.name)
        for _, _, class_ in shipped.classes()
        if class_.call_them and class_.call_them != class_.name and len(class_.name) > 1
    }
    labels |= {s.class_name(id_) for s, id_, _ in shipped.classes() if s.prefix}
    assert len(labels) > 5

    seen = browser.new_page(viewport=PHONE)
    seen.goto(f"{served}/{STOPS}")
    lines = 0
    for id_, script in shipped.scripts.items():
        if script.status == "draft":
            continue
        told = seen.evaluate(TURN_TO, f"{id_}.html")
        assert told == spoken(ground, script), id_
        for text in told:
            assert [label for label in labels if label in text] == [], (id_, text)
        lines += len(told)
    assert lines > 400
    seen.close()


def test_a_gap_is_filled_once_and_stands_in_the_next_script(phone: Page, served: str) -> None:
    copy = phone.locator(".bd-card-copy").first
    expect(copy).to_contain_text("还有 1 处没填")
    phone.locator(".bd-card-fill summary").click()
    expect(phone.get_by_label("客户称呼", exact=True)).to_have_attribute(
        "placeholder", "例如：王老板"
    )
    phone.get_by_label("客户称呼", exact=True).fill("李师傅")
    expect(phone.locator(".bd-say-first p").first).to_contain_text("李师傅，您肯直接跟我说")
    expect(copy).not_to_contain_text("没填")
    phone.evaluate(CATCH)
    copy.click()
    assert phone.evaluate("window.told") == ["李师傅，您肯直接跟我说，我先谢谢您。"]
    expect(phone.get_by_text("已复制，里面填的是：李师傅", exact=True)).to_be_visible()
    phone.goto(f"{served}/scripts/results-talk.html")
    expect(phone.locator(".bd-say-first p").first).to_contain_text("李师傅，上个月的走货")
    expect(phone.locator(".bd-say-first .bd-slot-filled").first).to_have_text("李师傅")
    phone.locator(".bd-card-fill summary").click()
    phone.get_by_role("button", name="换一位客户：清空").click()
    expect(phone.locator(".bd-say-first p").first).to_contain_text("【客户称呼】，上个月")
    assert phone.evaluate("baodian.store.read('slots').said") == {}


def test_what_a_customer_is_called_is_forgotten_overnight_what_is_the_readers_own_stays(
    browser: Browser, served: str
) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.clock.install(time="2026-12-01T09:00:00")
    page.goto(f"{served}/scripts/add-on-wecom.html")
    customer, own = "客户称呼", "我的姓名"
    page.locator(".bd-card-fill summary").click()
    page.get_by_label(customer, exact=True).fill("李师傅")
    page.get_by_label(own, exact=True).fill("小何")
    shown = page.locator(".bd-slot-filled")
    page.reload()
    texts = set(shown.all_text_contents())
    assert texts == {"李师傅", "小何"}
    page.evaluate(CATCH)
    line = page.locator(".bd-card-line", has=page.locator(".bd-slot-filled")).first
    line.locator(".bd-card-copy").click()
    expect(line.locator(".bd-card-told")).to_contain_text("已复制，里面填的是：")
    page.clock.set_fixed_time("2026-12-02T08:00:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # left open overnight
    assert set(shown.all_text_contents()) == {"小何"}
    page.reload()
    expect(shown.first).to_have_text("小何")
    assert set(shown.all_text_contents()) == {"小何"}
    page.locator(".bd-card-fill summary").click()
    number = page.get_by_label(customer, exact=True)
    number.fill("13800138000")
    page.get_by_role("button", name="换一位客户：清空").click()
    assert set(shown.all_text_contents()) == {"小何"}
    expect(number).to_have_value("")
    page.context.close()


def test_a_phone_number_is_refused_with_the_reason(phone: Page) -> None:
    phone.locator(".bd-card-fill summary").click()
    field = phone.get_by_label("客户称呼", exact=True)
    field.press_sequentially("王 138 1234 5678")
    expect(phone.get_by_role("alert").first).to_contain_text("像手机号或证件号，没有存")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert phone.evaluate("JSON.stringify(localStorage)").count("138") == 0
    expect(phone.locator(".bd-say-first p").first).to_contain_text("【客户称呼】")
    field.fill("王")
    expect(phone.locator(".bd-say-first p").first).to_contain_text("王，您肯")


def test_the_answers_are_walked_one_at_a_time_and_from_the_top_again(phone: Page) -> None:
    heard = phone.locator(".bd-script > .bd-answer > summary")
    for n in range(heard.count()):
        expect(heard.nth(n)).to_be_visible()
    expect(phone.locator(".bd-answer[open]")).to_have_count(0)
    phone.get_by_text("老出毛病，客户找我麻烦").click()
    expect(phone.get_by_text("这事不该您一个人扛")).to_be_visible()
    phone.get_by_text("有事找你们，老找不着人").click()
    expect(phone.get_by_text("这是我没做到")).to_be_visible()
    expect(phone.get_by_text("这事不该您一个人扛")).to_be_hidden()
    assert phone.locator("#nobody-answers > summary").evaluate(
        "one => one.getBoundingClientRect().top >= 0"
    )
    phone.get_by_role("button", name="从头再来").click()
    expect(phone.locator(".bd-answer[open]")).to_have_count(0)
    expect(phone.locator("#too-little > summary")).to_be_focused()
    phone.get_by_text("老出毛病，客户找我麻烦").click()
    phone.get_by_role("link", name="货或设备出了毛病").click()
    expect(phone.locator("h1")).to_contain_text("货或设备出了毛病")


def test_nested_answers_and_a_link_into_them_open(phone: Page, served: str) -> None:
    phone.goto(f"{served}/scripts/results-talk.html#too-dear")
    expect(phone.get_by_text("您平时怎么跟他说的")).to_be_visible()
    expect(phone.locator(".bd-answer[open]")).to_have_count(2)
    phone.locator("#nobody-asks > summary").click()
    expect(phone.get_by_text("那咱挪个地方")).to_be_visible()
    expect(phone.get_by_text("您平时怎么跟他说的")).to_be_hidden()


def test_do_and_dont_are_one_tap_away_or_beside(phone: Page, browser: Browser, served: str) -> None:
    expect(phone.get_by_text("求情或吓唬")).to_be_visible()  # the first stands above the words
    expect(phone.locator(".bd-card-beside").get_by_text("当场答应退款和补货")).to_be_hidden()
    phone.locator(".bd-card-beside summary").click()
    expect(phone.locator(".bd-card-beside").get_by_text("当场答应退款和补货")).to_be_visible()
    desk = browser.new_page(viewport=DESK)
    desk.goto(f"{served}/{STOPS}")
    talk = desk.locator(".bd-script").bounding_box()
    rules = desk.locator(".bd-card-beside").get_by_text("当场答应退款和补货").bounding_box()
    assert talk
    assert rules
    assert rules["x"] >= talk["x"] + talk["width"]
    assert rules["y"] < DESK["height"]
    desk.close()


def test_what_does_not_work_is_copied_for_the_owner(phone: Page) -> None:
    phone.evaluate(CATCH)
    phone.get_by_text("别家给的条件好").click()
    answer = phone.locator("#better-elsewhere")
    answer.get_by_role("button", name="这句不好用").click()
    expect(answer.get_by_role("status").last).to_contain_text("销售运营部")
    answer.get_by_label("一句话说说为什么").fill("他听了更火")
    answer.get_by_role("button", name="连同原因复制").click()
    first, second = phone.evaluate("window.told")
    for told in (first, second):
        assert "script:says-will-stop#better-elsewhere" in told
        assert "客户说“不想做了”" in told
        assert "2026.11" in told
        assert "对方说：别家给的条件好\n" in told
    assert "他听了更火" in second
    assert "他听了更火" not in first


def test_on_plain_http_and_when_copying_fails_the_text_stands_selected(phone: Page) -> None:
    phone.evaluate(
        """() => { Object.defineProperty(window, "isSecureContext", { value: false });
        document.execCommand = () => false; }"""
    )
    phone.locator(".bd-card-copy").nth(1).click()
    expect(phone.locator(".bd-by-hand")).to_have_value("是哪件事让您不想做了？")
    assert phone.evaluate("getSelection().toString()") in ("", "是哪件事让您不想做了？")
    expect(phone.get_by_text("长按选中的文字").first).to_be_visible()
    phone.locator(".bd-card-copy").nth(1).click()
    expect(phone.locator(".bd-by-hand")).to_have_count(1)


def test_two_tabs_fill_different_gaps(phone: Page, served: str) -> None:
    other = phone.context.new_page()
    other.goto(f"{served}/{STOPS}")
    for tab, name, value in ((phone, "客户称呼", "赵姐"), (other, "日期", "周三")):
        tab.locator(".bd-card-fill summary").click()
        tab.get_by_label(name, exact=True).fill(value)
    expect(phone.locator(".bd-close .bd-say")).to_contain_text("我周三前给您回话")
    expect(other.locator(".bd-say-first p").first).to_contain_text("赵姐")
    kept = other.evaluate("baodian.store.read('slots').said")
    assert kept == {"客户称呼": "赵姐", "日期": "周三"}


def test_blocked_storage_is_said_and_the_page_still_fills(browser: Browser, served: str) -> None:
    seen = browser.new_page(viewport=PHONE)
    seen.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } })"""
    )
    seen.goto(f"{served}/{STOPS}")
    seen.locator(".bd-card-fill summary").click()
    seen.get_by_label("客户称呼", exact=True).fill("钱总")
    expect(seen.locator(".bd-card-fill [role=status]")).to_contain_text("不让存")
    expect(seen.locator(".bd-say-first p").first).to_contain_text("钱总")
    seen.close()


def test_it_works_from_a_folder(browser: Browser, site: Path) -> None:
    seen = browser.new_page(viewport=PHONE)
    seen.goto((site / "scripts" / "urgent-notice.html").as_uri())
    seen.locator(".bd-card-fill summary").click()
    seen.get_by_label("我的姓名", exact=True).fill("小陈")
    assert "我是远桥的小陈" in seen.evaluate(COPY_ALL)[0].replace("\n", "")
    seen.close()


def test_pages_looked_at_are_remembered_once_newest_first(phone: Page, served: str) -> None:
    phone.goto(f"{served}/guides/red-lines.html")
    phone.goto(f"{served}/{STOPS}#just-tired")
    phone.goto(f"{served}/index.html")
    kept = phone.evaluate("baodian.store.read('recent')")
    assert [one["href"] for one in kept] == [STOPS, "guides/red-lines.html"]
    assert kept[0]["title"] == "客户说“不想做了”"


def test_without_scripts_the_page_is_as_it_was(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    seen = context.new_page()
    seen.goto(f"{served}/{STOPS}")
    expect(seen.get_by_text("这事不该您一个人扛")).to_be_visible()
    expect(seen.get_by_text("求情或吓唬")).to_be_visible()
    expect(seen.get_by_role("button")).to_have_count(0)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (375, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_too_wide_or_too_small(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    seen = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in ("scripts/results-talk.html#too-dear", "scripts/urgent-notice.html"):
        seen.goto(f"{served}/{address}")
        if width < 960:
            seen.locator(".bd-card-fill summary").click()
        seen.get_by_label("客户称呼", exact=True).fill("13812345678")
        assert seen.evaluate("document.documentElement.scrollWidth") <= width
        small = seen.evaluate(
            """() => Array.from(document.querySelectorAll(".bd-widget-card button"))
            .map((one) => one.getBoundingClientRect())
            .filter((box) => box.width && (box.height < 43.5 || box.width < 43.5)).length"""
        )
        assert small == 0
        result = Axe().run(
            seen, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
        )
        found = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
        assert found == []
    seen.close()
