"""The search in a real browser: how it opens, what it shows, how it is driven, what may fail."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Quiet, wait_until
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
)

PHONE: ViewportSize = {"width": 375, "height": 667}
READY = "stage => window.baodianSearch?.index?.stage >= stage"
BLOCKED = """for (const name of ["localStorage", "sessionStorage"]) {
  const refuse = () => { throw new DOMException("It is insecure.", "SecurityError"); };
  Object.defineProperty(window, name, { get: refuse });
}"""
KEYS = "list => list.map(link => link.dataset.result)"


def field(page: Page) -> Locator:
    """Return the search field."""
    return page.get_by_role("searchbox", name="搜索")


def results(page: Page) -> Locator:
    """Return the links to what was found, in the order of the list."""
    return page.locator("#bd-search a[data-result]:visible")


def state(page: Page) -> Locator:
    """Return what is said about the results."""
    return page.locator("#bd-search").get_by_role("status")


def ready(page: Page, stage: int = 2) -> None:
    """Wait until a stage of the data has arrived."""
    wait_until(page, READY, stage)


def keys(page: Page) -> list[str]:
    """Return `kind:id` of everything in the list."""
    found: list[str] = results(page).evaluate_all(KEYS)
    return found


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A phone that shows the first page and has not searched yet."""
    context = browser.new_context(viewport=PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{served}/index.html")
    yield page
    assert failed == []
    context.close()


@pytest.fixture
def panel(page: Page) -> Page:
    """The same phone with the search open and everything loaded."""
    page.locator(".bd-search-open").click()
    ready(page)
    return page


# --- opening ------------------------------------------------------------------------------------


def test_nothing_is_loaded_before_the_search_is_opened(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert [url for url in asked if "/search/" in url] == []
    page.locator(".bd-search-open").click()
    ready(page)
    names = [
        re.sub(r".*/search/|\.[0-9a-f]{8}(?=\.js$)", "", url) for url in asked if "/search/" in url
    ]
    assert sorted(names) == ["1.js", "2.js", "engine.js", "panel.js"]
    assert names[:2] == ["engine.js", "panel.js"]
    assert len([url for url in asked if "/now.js?" in url]) == 1  # the first page asks for its news


def test_the_button_opens_it_with_the_cursor_in_the_field(page: Page) -> None:
    page.locator(".bd-search-open").click()
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("dialog", name="搜索")).to_be_visible()


def test_a_slash_opens_it_but_not_while_somebody_writes(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/index.html")
    page.locator("article").get_by_label("类别").focus()
    page.keyboard.press("/")
    expect(page.locator("#bd-search")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_an_address_opens_it_with_its_query(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/index.html?q=流失")
    expect(field(page)).to_have_value("流失")
    expect(results(page).first).to_have_attribute("data-result", "term:churn")
    page.keyboard.press("Escape")
    expect(page.locator("#bd-search")).to_be_hidden()
    expect(page).to_have_url(f"{served}/scripts/index.html")


# --- results ------------------------------------------------------------------------------------


def test_results_come_while_typing_grouped_counted_and_linked(panel: Page) -> None:
    field(panel).press_sequentially("不想做")
    expect(results(panel).first).to_have_attribute("data-result", "script:says-will-stop")
    group = panel.locator("#bd-search section").first
    expect(group.get_by_role("heading")).to_have_text("最相关")
    assert group.get_by_role("list").get_by_role("link").count() == 3
    number = panel.evaluate("baodianSearch.find('不想做', {}).results.length")
    expect(state(panel)).to_have_text(f"找到 {number} 条")
    assert state(panel).get_attribute("aria-live") == "polite"
    expect(results(panel).first.locator("mark").first).to_have_text("不想做")
    assert all(re.fullmatch(r"[a-z]+:[^#]+(#[^#]+)?", key) for key in keys(panel))
    assert len(keys(panel)) == len(set(keys(panel)))


def test_marks_lie_on_the_letters_as_they_are_written(panel: Page) -> None:
    field(panel).fill("客戶說不想做了")
    marks = results(panel).first.locator("mark")
    expect(marks.first).to_have_text("客户说“不想做了")


def test_more_results_come_on_a_tap_and_keep_the_place(panel: Page) -> None:
    field(panel).fill("客户")
    before = len(keys(panel))
    panel.locator(".bd-found-more").first.click()
    assert len(keys(panel)) > before
    expect(panel.locator("a[data-result]:focus")).to_have_count(1)


def test_the_keyboard_alone_finds_and_opens(panel: Page, served: str) -> None:
    panel.keyboard.type("流失")
    links = results(panel)
    panel.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    panel.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    panel.keyboard.press("ArrowUp")
    panel.keyboard.press("ArrowUp")
    expect(field(panel)).to_be_focused()
    panel.keyboard.press("ArrowDown")
    panel.keyboard.press("Escape")
    expect(field(panel)).to_be_focused()
    panel.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="关闭")).to_be_focused()
    panel.keyboard.press("Tab")
    expect(panel.locator("#bd-search summary")).to_be_focused()
    panel.keyboard.press("Tab")
    expect(links.nth(0)).to_be_focused()
    panel.keyboard.press("Enter")
    expect(panel).to_have_url(re.compile(r"glossary\.html"))


def test_enter_goes_to_the_first_result_and_escape_back_and_out(panel: Page) -> None:
    field(panel).fill("流失")
    panel.keyboard.press("Enter")
    expect(results(panel).first).to_be_focused()
    panel.keyboard.press("Escape")
    expect(field(panel)).to_be_focused()
    panel.keyboard.press("Escape")
    expect(panel.locator("#bd-search")).to_be_hidden()
    expect(panel.locator(".bd-search-open")).to_be_focused()


def test_back_closes_it_and_returns_to_the_results_from_a_page(panel: Page, served: str) -> None:
    field(panel).fill("嫌贵")
    key = keys(panel)[0]
    results(panel).first.click()
    panel.wait_for_load_state()
    expect(panel).not_to_have_url(re.compile("q="))
    panel.go_back()
    expect(field(panel)).to_have_value("嫌贵")
    expect(results(panel).first).to_have_attribute("data-result", key)
    panel.go_back()
    expect(panel.locator("#bd-search")).to_be_hidden()
    expect(panel).to_have_url(f"{served}/index.html")


def test_a_result_leads_to_its_very_place_and_opens_what_is_folded(
    panel: Page, served: str
) -> None:
    """Of texts of each role, on pages of many kinds."""
    jumps = panel.evaluate(
        """() => {
          const of = {};
          for (const block of baodianSearch.index.blocks) {
            const name = block.owner.kind + block.role;
            if ("ta".includes(block.role) || block.folded.length < 9) continue;
            (of[name] ||= []).push(block);
          }
          return Object.values(of).map(blocks => blocks[blocks.length >> 1])
            .filter((_, n) => n % 4 === 0).map(block => block.text);
        }"""
    )
    assert len(jumps) > 6
    lost = []
    titles = 0
    for text in jumps:
        panel.goto(f"{served}/about.html?q={quote(text[:30])}")
        ready(panel)
        first = results(panel).first
        said = str(first.get_attribute("data-jump"))
        if not said:  # a page named so stands first: its top is the place
            titles += 1
            continue
        first.click()
        panel.wait_for_load_state()
        marked = panel.locator(".bd-jumped")
        bare = re.sub(r"\W", "", said)
        if marked.count() != 1 or bare not in re.sub(r"\W", "", marked.inner_text()):
            lost.append((said, panel.url))
        elif not marked.is_visible():
            lost.append((said, f"folded: {panel.url}"))
    assert lost == []
    assert titles < len(jumps) / 3


def test_what_customers_also_say_leads_to_the_words_to_say(panel: Page) -> None:
    field(panel).fill("价格太高")
    expect(results(panel).first).to_have_attribute("data-result", "script:too-expensive")
    results(panel).first.click()
    panel.wait_for_load_state()
    expect(panel).to_have_url(re.compile(r"too-expensive\.html#h-words$"))
    words = panel.locator("#h-words .bd-say-first")
    expect(words).to_be_in_viewport()
    expect(panel.locator("#h-words .bd-jumped")).to_have_count(1)


def test_an_answer_in_other_words_is_not_called_none(panel: Page) -> None:
    field(panel).fill("老客户跑了")
    expect(results(panel).first).to_have_attribute("data-result", "moment:leaving")
    assert "没有一模一样" not in panel.locator("#bd-search").inner_text()
    field(panel).fill("地铁几号线换乘")
    expect(panel.locator("#bd-search section").first).to_contain_text("没有一模一样的说法")


def test_a_place_on_the_same_page_is_shown_each_time(panel: Page, served: str) -> None:
    panel.goto(f"{served}/glossary.html")
    for _ in range(2):
        panel.keyboard.press("/")
        ready(panel)
        field(panel).fill("门店停订、车队退订")
        results(panel).first.click()
        expect(panel.locator("#bd-search")).to_be_hidden()
        marked = panel.locator(".bd-jumped")
        expect(marked).to_be_in_viewport()
        panel.evaluate("window.scrollTo(0, 0)")


# --- filters ------------------------------------------------------------------------------------


def test_filters_narrow_together_and_say_how_many(panel: Page) -> None:
    def choose(label: str, option: str) -> int:
        panel.get_by_role("combobox", name=label, exact=True).select_option(label=option)
        return int(re.sub(r"\D", "", state(panel).inner_text()))

    field(panel).fill("客户")
    every = int(re.sub(r"\D", "", state(panel).inner_text()))
    panel.locator("#bd-search summary").click()
    scripts = choose("种类", "话术")
    assert 0 < scripts < every
    assert {key.split(":")[0] for key in keys(panel)} == {"script"}
    dead = choose("类别", "死账户")
    assert 0 < dead < scripts
    phone = choose("渠道", "电话短信")
    assert 0 < phone <= dead
    expect(panel.locator("#bd-search summary .bd-count")).to_have_text("3")
    for label in ("种类", "类别"):
        choose(label, "全部")
    assert choose("渠道", "全部") == every


# --- copying ------------------------------------------------------------------------------------


def test_the_words_of_a_script_are_copied(panel: Page) -> None:
    field(panel).fill("不想做了")
    button = panel.get_by_role("button", name="复制“客户说“不想做了””的话").first
    button.click()
    expect(button).to_have_text("已复制，还有 1 处没填")
    copied = panel.evaluate("navigator.clipboard.readText()")
    assert copied.count("【") == 1
    assert copied.split("\n") == panel.evaluate(
        """() => baodianSearch.index.blocks.filter(
          block => block.owner.key === "script:says-will-stop" && block.role === "o"
        ).map(block => block.text)"""
    )
    expect(button).to_have_text("复制", timeout=4000)


def test_every_script_has_words_to_copy(panel: Page) -> None:
    silent = panel.evaluate(
        """() => {
          const { owners, blocks } = baodianSearch.index;
          const opened = new Set(blocks.filter(b => b.role === "o").map(b => b.owner));
          return owners.filter(o => o.kind === "script" && !opened.has(o)).map(o => o.key);
        }"""
    )
    assert silent == []


# --- what was searched lately -------------------------------------------------------------------


def test_searches_are_kept_offered_and_cleared(panel: Page) -> None:
    for query in ("流失", "嫌贵", "王师傅 13800001234"):
        field(panel).fill(query)
        field(panel).press("Enter")
    field(panel).fill("")
    lately = panel.locator(".bd-recent")
    expect(lately).to_have_text(["嫌贵", "流失"])  # no telephone number is kept
    panel.reload()
    panel.locator("body").press("/")
    ready(panel)
    if field(panel).input_value():
        field(panel).fill("")
    lately.get_by_role("button", name="流失").click()
    expect(results(panel).first).to_have_attribute("data-result", "term:churn")
    field(panel).fill("")
    panel.get_by_role("button", name="清空").click()
    expect(lately).to_have_count(0)


def test_it_works_where_storage_is_blocked(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(BLOCKED)
    page = context.new_page()
    page.goto(f"{served}/index.html?q=流失")
    ready(page)
    field(page).press("Enter")
    field(page).fill("")
    expect(page.locator(".bd-recent")).to_have_text(["流失"])  # for this page
    field(page).fill("嫌贵")
    results(page).first.click()
    page.wait_for_load_state()
    expect(page.locator("h1").first).to_be_visible()
    context.close()


# --- input methods ------------------------------------------------------------------------------


def composing(page: Page, *steps: str) -> Iterator[list[str]]:
    """Compose as a keyboard does, and yield the list after every step."""
    keyboard = page.context.new_cdp_session(page)
    for step in steps:
        keyboard.send(
            "Input.imeSetComposition",
            {"text": step, "selectionStart": len(step), "selectionEnd": len(step)},
        )
        yield keys(page)


def commit(page: Page, text: str) -> None:
    """Put the chosen characters into the field, without any key."""
    page.context.new_cdp_session(page).send("Input.insertText", {"text": text})


def test_pinyin_is_searched_while_it_is_composed_and_the_word_once_chosen(panel: Page) -> None:
    events: list[str] = []
    panel.expose_function("told", lambda name: events.append(name))
    field(panel).evaluate(
        """field => ["compositionstart", "compositionend", "keydown"].forEach(
          name => field.addEventListener(name, () => told(name)))"""
    )
    seen = list(composing(panel, "l", "li", "liu", "liu's", "liu'sh", "liu'shi"))
    assert all(seen), "the list was empty while composing"
    assert "term:churn" in seen[-1][:3]
    commit(panel, "流失")
    expect(field(panel)).to_have_value("流失")
    expect(results(panel).first).to_have_attribute("data-result", "term:churn")
    assert events == ["compositionstart", "compositionend"]


def test_the_list_of_written_words_only_narrows_while_more_is_composed(panel: Page) -> None:
    field(panel).fill("客户")
    before = keys(panel)
    for now in composing(panel, "l", "li", "liu", "liu's", "liu'shi", "liu'shi'q", "liu'shi'qq"):
        assert now, "the list was emptied"
        assert now == [key for key in before if key in now], "the list was reordered"
    commit(panel, "流失")
    expect(field(panel)).to_have_value("客户流失")
    wanted = panel.evaluate("baodianSearch.find('客户流失', {}).results[0].owner.key")
    assert keys(panel)[0].split("#")[0] == wanted


def test_a_composition_that_is_given_up_leaves_what_was_there(panel: Page) -> None:
    field(panel).fill("客户")
    before = keys(panel)
    list(composing(panel, "l", "liu", ""))
    expect(field(panel)).to_have_value("客户")
    assert keys(panel) == before


def test_a_keyboard_that_composes_latin_words_is_answered_at_once(panel: Page) -> None:
    seen = list(composing(panel, "v", "vi", "vip"))
    assert all(seen)
    assert "class:member-tier/vip" in seen[-1][:3]
    committed = seen[-1]
    commit(panel, "vip")
    assert keys(panel) == committed


def test_composition_events_in_the_order_of_other_browsers(panel: Page) -> None:
    """Some send a last `input` after `compositionend`, some send none."""
    field(panel).evaluate(
        """(field) => {
          const send = (type, more) => field.dispatchEvent(new CompositionEvent(type, more));
          const write = (text, isComposing) => {
            field.value = text;
            field.dispatchEvent(new InputEvent("input", { isComposing, bubbles: true }));
          };
          send("compositionstart");
          for (const text of ["l", "liu", "liu'shi"]) {
            send("compositionupdate", { data: text });
            write(text, true);
          }
          field.value = "流失";
          send("compositionend", { data: "流失" });
        }"""
    )
    expect(results(panel).first).to_have_attribute("data-result", "term:churn")


def test_pasted_text_is_searched(panel: Page) -> None:
    panel.evaluate("navigator.clipboard.writeText('  客户说“不想做了”，怎么办？ ')")
    field(panel).focus()
    panel.keyboard.press("Control+V")
    assert "script:says-will-stop" in keys(panel)[:3]


# --- nothing found, or nearly ---------------------------------------------------------------------


def test_a_slip_of_sound_is_offered_and_taken_with_a_tap(panel: Page) -> None:
    field(panel).fill("回方")
    offered = panel.locator(".bd-found-meant button")
    expect(offered).to_have_text(["回访"])
    offered.click()
    expect(field(panel)).to_have_value("回访")
    expect(results(panel).first.locator("mark").first).to_have_text("回访")


@pytest.mark.parametrize("query", ["量子", "zzzzqq"])
def test_nothing_found_says_so_and_how_to_tell_the_owner(panel: Page, query: str) -> None:
    field(panel).fill(query)
    expect(state(panel)).to_have_text(f"没有找到“{query}”。")
    expect(panel.locator("#bd-search-results")).to_contain_text("销售运营部")
    panel.get_by_role("button", name="复制一句话").click()
    assert query in panel.evaluate("navigator.clipboard.readText()")


def test_names_that_share_characters_are_offered(panel: Page) -> None:
    field(panel).fill("回方")
    expect(panel.get_by_role("heading", name="也许这些用得上：")).to_be_visible()
    assert "term:call-back" in keys(panel)


# --- where it runs --------------------------------------------------------------------------------


def searched(page: Page, address: str) -> None:
    """Assert that the search opens, finds and leads somewhere from an address."""
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(address)
    page.locator(".bd-search-open").click()
    ready(page)
    field(page).fill("客户说不想做了")
    expect(results(page).first).to_have_attribute("data-result", "script:says-will-stop")
    results(page).first.click()
    expect(page.locator("h1")).to_have_text("客户说“不想做了”")
    assert failed == []


def test_it_works_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport=PHONE)
    searched(page, (site / "customers" / "activity" / "loyal.html").as_uri())
    page.close()


@pytest.fixture
def plain(browser: Browser, site: Path) -> Iterator[BrowserContext]:
    """A browser for which http://handbook.test/ is the handbook, without the rights of https."""

    def answer(route: Route) -> None:
        path = site / re.sub(r"^http://handbook\.test/|[?#].*", "", route.request.url)
        route.fulfill(path=path) if path.is_file() else route.fulfill(status=404)

    context = browser.new_context(viewport=PHONE)
    context.route("http://handbook.test/**", answer)
    yield context
    context.close()


def test_on_plain_http_it_works_and_words_can_be_copied_by_hand(plain: BrowserContext) -> None:
    page = plain.new_page()
    searched(page, "http://handbook.test/index.html")
    page.add_init_script("document.execCommand = () => false;")
    page.goto("http://handbook.test/index.html?q=不想做了")
    assert page.evaluate("isSecureContext") is False
    ready(page)
    for _ in range(2):
        page.locator(".bd-found-copy").first.click()
        area = page.get_by_role("textbox", name="长按选中，自己复制")
        expect(area).to_be_focused()
    chosen = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert len(area.evaluate(chosen)) > 10
    expect(state(page)).to_have_text("长按选中，自己复制")


def test_it_works_below_a_folder_of_the_server(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").symlink_to(site)
    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport=PHONE)
    for address in ("index.html", "customers/activity/loyal.html"):
        searched(page, f"http://127.0.0.1:{server.server_address[1]}/a/b/{address}")
    page.close()
    server.shutdown()


def test_without_javascript_the_button_leads_to_everything_by_name(
    browser: Browser, served: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/scripts/index.html")
    scripts = page.locator("article .bd-entry").count()
    page.locator(".bd-search-open").click()
    expect(page).to_have_url(f"{served}/search.html")
    expect(page.locator("#bd-search")).to_be_hidden()
    links = page.locator("article a[href*='scripts/']")
    assert links.count() >= scripts > 70
    page.get_by_role("link", name="客户说“不想做了”").first.click()
    expect(page.locator("h1")).to_have_text("客户说“不想做了”")
    context.close()


def test_a_name_of_several_classes_shows_the_bounds_of_each(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{served}/index.html?q=国有车队")
    ready(page)
    shown = page.locator(".bd-found-text")
    expect(shown.nth(0)).to_have_text("也叫：国有车队 · 身份：国有单位；在用台数：不满 100 台")
    expect(shown.nth(1)).to_have_text("也叫：国有车队 · 身份：国有单位；在用台数：100 台以上")
    page.close()


# --- when the network fails -----------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["engine.js", "panel.js", "1.js"])
def test_it_says_that_it_could_not_be_loaded_and_tries_again(
    browser: Browser, served: str, missing: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.route(f"**/search/{missing.replace('.js', '.*.js')}", lambda route: route.abort())
    page.goto(f"{served}/index.html")
    page.locator(".bd-search-open").click()
    trouble = page.locator(".bd-search-trouble")
    expect(trouble).to_contain_text("搜索没能加载。看看网络，再试一次。")
    ways = trouble.get_by_role("link")
    assert ways.all_text_contents() == ["首页", "场景", "客户", "话术", "自查", "全部条目"]
    field(page).fill("流失")
    expect(trouble).to_be_visible()
    page.unroute(f"**/search/{missing.replace('.js', '.*.js')}")
    trouble.get_by_role("button", name="再试一次").click()
    expect(field(page)).to_be_focused()
    expect(results(page).first).to_have_attribute("data-result", "term:churn")
    expect(trouble).to_be_hidden()
    ready(page)
    page.close()


def test_it_says_that_only_names_are_searched_and_tries_again(
    browser: Browser, served: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.route("**/search/2.*.js", lambda route: route.fulfill(status=404))
    page.goto(f"{served}/index.html?q=流失")
    trouble = page.locator(".bd-search-trouble")
    expect(trouble).to_contain_text("目前只能搜标题和小标题：全文没能加载。")
    expect(results(page).first).to_have_attribute("data-result", "term:churn")
    page.unroute("**/search/2.*.js")
    trouble.get_by_role("button", name="再试一次").click()
    ready(page)
    expect(trouble).to_be_hidden()
    field(page).fill("门店停订、车队退订")
    expect(results(page).first).to_have_attribute("data-result", "term:churn")
    expect(trouble).to_be_hidden()
    page.close()


def test_the_list_improves_in_place_and_keeps_the_focus(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport=PHONE)
    held: list[Callable[[], None]] = []
    page.route("**/search/2.*.js", lambda route: held.append(route.continue_))
    page.goto(f"{served}/index.html?q=客户", wait_until="domcontentloaded")
    ready(page, 1)
    page.keyboard.press("ArrowDown")
    before = page.locator("a[data-result]:focus").get_attribute("data-result")
    while not held:  # the list is there before the rest of the data is asked for
        page.wait_for_timeout(10)
    held[0]()
    ready(page)
    expect(page.locator("a[data-result]:focus")).to_have_attribute("data-result", str(before))
    page.close()


# --- for everybody --------------------------------------------------------------------------------

SHOWN = {"results": "客户", "nothing": "回方", "lately": ""}
MEASURE = """box => {
  const found = [], edge = box.getBoundingClientRect().right;
  for (const one of box.querySelectorAll("*")) {
    const place = one.getBoundingClientRect();
    if (place.right > edge) found.push(["too wide", one.outerHTML.slice(0, 80)]);
    const target = one.matches("a, button, summary, select, input") && place.width;
    if (target && Math.min(place.width, place.height) < 24) found.push(["small", one.outerHTML]);
  }
  return found;
}"""


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide_or_too_small(
    browser: Browser, served: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 667}, color_scheme=scheme)
    page.goto(f"{served}/index.html?q=流失")
    ready(page)
    field(page).press("Enter")
    page.locator("#bd-search summary").click()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    for name, query in SHOWN.items():
        field(page).fill(query)
        assert page.locator("#bd-search-results li").count() > 0, name
        found = Axe().run(page, context="#bd-search", options=rules).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], name
        assert page.locator("#bd-search").evaluate(MEASURE) == [], name
    page.close()
