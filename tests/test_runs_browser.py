"""Self-check runs as a person makes them: on a phone, offline, in two tabs, with a full store."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Quiet, wait_until
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

PHONE: ViewportSize = {"width": 375, "height": 667}
LIST = "checklists/leave-shop.html"
LONG = "checklists/service-warmth.html"
ALL = "my/checks.html"
FIRST = "见到拍板的人，或问到他哪天在吗？"
CHANGED = "见到能拍板的人，或问到他哪天在吗？"
SECOND = "问过“最近卡在哪儿”吗？"
COPIES = """
  document.execCommand = () => { window.copied = document.activeElement.value; return true; };
  Object.defineProperty(navigator, "clipboard", { value: undefined });
"""
FILL = """() => {
  for (let size = 1 << 20; size; size >>= 1) {
    try { for (let i = 0; i < 9; i++) localStorage.setItem("z" + size + i, "x".repeat(size)); }
    catch (full) { continue; }
  }
}"""
EMPTY = """() => {
  for (const key of Object.keys(localStorage)) if (key[0] === "z") localStorage.removeItem(key);
}"""


LOOSE = """() => document.querySelectorAll(".bd-bar, .md-header").forEach(one => {
  one.style.position = "static";
})"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    failed: list[str] = []
    context.on("weberror", lambda e: failed.append(str(e.error)))
    yield context
    context.close()
    assert failed == []


def start(page: Page, *subjects: str, name: str = "", without: str = "") -> None:
    page.get_by_role("button", name="开始一次自查").click()
    if name:
        page.get_by_label("这次自查的名称").fill(name)
    if without:
        page.get_by_role("checkbox", name=without).uncheck()
    if subjects:
        page.get_by_label("要一起查几个人").fill("\n".join(subjects))
    page.get_by_role("button", name="开始", exact=True).click()


def item(page: Page, text: str) -> Any:
    return page.locator("li").filter(has=page.get_by_role("group", name=text, exact=True))


def tick(page: Page, text: str, state: str) -> None:
    item(page, text).get_by_role("button", name=state, exact=True).click()


def pressed(page: Page, text: str) -> list[str]:
    expect(item(page, text)).to_be_visible()
    return [
        str(b.get_attribute("data-state"))
        for b in item(page, text).locator("[aria-pressed=true]").all()
    ]


def kept(page: Page) -> dict[str, Any]:
    found = page.evaluate("baodian.store.read('runs', {})")
    assert isinstance(found, dict)
    return found


def the_run(page: Page) -> dict[str, Any]:
    (run,) = kept(page).values()
    assert isinstance(run, dict)
    return run


# --- one run --------------------------------------------------------------------------------------


def test_a_run_is_made_left_resumed_and_finished_with_the_server_gone(
    phone: BrowserContext, site: Path
) -> None:
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = phone.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/{LIST}")
    server.shutdown()
    server.server_close()

    # Ticks without a run are not kept, and go along into one.
    page.get_by_role("checkbox", name=FIRST).check()
    assert kept(page) == {}

    start(page)
    name = the_run(page)["name"]
    assert re.fullmatch(r"\d{4}-1", name)
    expect(page.get_by_role("heading", name=f"自查：{name}")).to_be_focused()
    assert page.get_by_role("checkbox").count() == 0
    expect(page.get_by_role("status").filter(has_text="先前勾的 1 项已带过来")).to_be_visible()
    assert pressed(page, FIRST) == ["yes"]
    tick(page, SECOND, "没做到")
    note = page.get_by_label(f"备注：{SECOND}", exact=True).last
    note.fill("老板不在")
    expect(page.get_by_text("查了2／8：做到1，没做到1，不适用0，未查6")).to_be_visible()
    page.get_by_role("button", name="先离开，已保存").click()
    link = page.get_by_role("link", name=re.compile(f"{name}.*查了2／8.*接着查"))
    expect(link).to_be_focused()
    assert page.get_by_role("checkbox").count() == 8

    link.click()
    assert pressed(page, FIRST) == ["yes"]
    assert pressed(page, SECOND) == ["no"]
    assert note.input_value() == "老板不在"
    page.go_back()
    expect(link).to_be_visible()
    page.go_forward()
    tick(page, FIRST, "做到")  # once more takes it back
    assert pressed(page, FIRST) == []
    page.get_by_role("button", name="查完了").click()
    page.get_by_role("group", name="还有7项未查").get_by_role("button", name="查完了").click()
    assert the_run(page)["done"] > 0
    expect(item(page, FIRST).get_by_role("button", name="做到", exact=True)).to_be_disabled()
    page.get_by_role("button", name="重新打开").click()
    tick(page, FIRST, "不适用")
    assert the_run(page)["items"]["decider"]["0"][0] == "na"

    page.get_by_role("button", name="删除").click()
    page.get_by_role("group", name="从这台设备删除").get_by_role("button", name="删除").click()
    expect(page.get_by_text(f"“{name}”已删除。")).to_be_focused()
    assert kept(page) == {}


def test_phone_and_identity_numbers_are_refused_with_the_reason(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page, name="王 138 1234 5678")
    alert = page.get_by_role("alert").filter(has_text="像是电话或证件号")
    expect(alert).to_contain_text("没有保存")
    assert kept(page) == {}
    page.get_by_label("这次自查的名称").fill("甲")
    page.get_by_label("要一起查几个人").fill("乙\n110101199003070012")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(alert).to_contain_text("110101199003070012")
    page.get_by_label("要一起查几个人").fill("")
    page.get_by_role("button", name="开始", exact=True).click()
    tick(page, FIRST, "没做到")
    note = page.get_by_label(f"备注：{FIRST}", exact=True).last
    note.press_sequentially("找13812345678")
    page.get_by_role("heading", level=1).click()
    expect(alert).to_be_visible()
    assert note.get_attribute("aria-invalid") == "true"
    assert "138" not in json.dumps(kept(page))
    note.fill("找老板娘")
    tick(page, SECOND, "做到")
    assert the_run(page)["items"]["decider"]["0"][1] == "找老板娘"


def test_a_part_of_a_long_list_runs_alone_and_lasts_over_a_reload(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LONG}")
    start(page, without="接待")
    assert the_run(page)["groups"]
    expect(page.get_by_text("查了0／10")).to_be_visible()
    expect(page.get_by_role("group", name="电话")).to_be_visible()
    assert page.get_by_role("group", name="接待").count() == 0
    tick(page, "接起来先报姓名，声音热乎吗？", "做到")
    page.reload()
    expect(page.get_by_text("查了1／10")).to_be_visible()
    assert pressed(page, "接起来先报姓名，声音热乎吗？") == ["yes"]


def test_a_summary_has_at_most_ten_lines(phone: BrowserContext, served: str) -> None:
    phone.add_init_script(COPIES)
    page = phone.new_page()
    page.goto(f"{served}/{LONG}")
    start(page, name="甲店")
    for group in page.locator(".bd-runs-states").all():
        group.locator("[data-state=no]").click()
    page.locator(".bd-runs-note").first.fill("没人迎")
    page.get_by_role("button", name="复制小结").click()
    expect(page.get_by_text("已复制。")).to_be_visible()
    lines = page.evaluate("window.copied").split("\n")
    assert len(lines) == 10
    assert lines[0].startswith("服务自查二：亲切 · 甲店 · ")
    assert lines[1:3] == ["做到0，没做到16，不适用0，未查0", "没做到："]
    assert lines[3] == "· 迎人时带着笑意，礼数到了吗？（没人迎）"
    assert lines[9] == "……还有10条"


# --- several at once ------------------------------------------------------------------------------


def test_a_supervisor_checks_several_in_a_grid_by_keyboard(
    phone: BrowserContext, served: str
) -> None:
    phone.add_init_script(COPIES)
    page = phone.new_page()
    page.goto(f"{served}/{LONG}")
    start(page, "甲", "乙", "丙", "丁", "戊", name="前台")
    grid = page.get_by_role("grid")
    box = page.locator(".bd-runs-scroll")
    assert box.evaluate("b => b.scrollWidth <= b.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    cells = [b.bounding_box() for b in grid.get_by_role("row").nth(1).get_by_role("button").all()]
    assert len(cells) == 5
    for cell in cells:
        assert cell is not None
        assert 0 <= cell["x"] <= cell["x"] + cell["width"] <= 375
        assert min(cell["width"], cell["height"]) >= 44
    first = grid.get_by_role("button").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_have_accessible_name("甲，迎人时带着笑意，礼数到了吗？，做到")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    at = page.locator(":focus")
    expect(at).to_have_text("✗ 没做到")
    expect(page.get_by_role("status").filter(has_text="乙 · 好事带笑")).to_contain_text("没做到")
    page.keyboard.press("Tab")  # one stop for the grid, then its note
    page.keyboard.type("冷着脸")
    page.keyboard.press("Tab")
    marks = [m for of in the_run(page)["items"].values() for m in of.items()]
    assert sorted((i, m[0], m[1]) for i, m in marks) == [("0", "yes", ""), ("1", "no", "冷着脸")]
    # Whose cells they are stays in sight while the items scroll.
    row = grid.get_by_role("rowheader").nth(8)
    row.evaluate("r => r.scrollIntoView({ block: 'center' })")
    head = page.locator(".bd-runs-head").bounding_box()
    whose = grid.get_by_role("columnheader", name="甲").bounding_box()
    asked = row.bounding_box()
    assert head is not None
    assert whose is not None
    assert asked is not None
    assert head["y"] + head["height"] - 1 <= whose["y"]
    assert whose["y"] + whose["height"] <= asked["y"]
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(grid.get_by_role("columnheader", name="项目")).to_be_visible()
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="复制小结").click()
    expect(page.get_by_text("已复制。")).to_be_visible()
    lines = page.evaluate("window.copied").split("\n")
    assert lines[3].startswith("乙：做到0，没做到1")
    assert lines[3].endswith("好事带笑，出事认真，分清了吗？（冷着脸）")

    page.get_by_role("button", name="改名称").click()
    page.get_by_label("第1个对象").fill("")
    page.get_by_label("再加对象").fill("己")
    page.get_by_role("button", name="保存", exact=True).click()
    assert the_run(page)["subjects"] == [None, "乙", "丙", "丁", "戊", "己"]
    heads = [h.inner_text() for h in grid.get_by_role("columnheader").all()]
    assert heads == ["乙", "丙", "丁", "戊", "己"]


# --- other tabs, other texts ----------------------------------------------------------------------


def test_two_tabs_keep_each_others_ticks(phone: BrowserContext, served: str) -> None:
    one = phone.new_page()
    one.goto(f"{served}/{LIST}")
    start(one)
    two = phone.new_page()
    two.goto(one.url)
    tick(one, FIRST, "做到")
    expect(item(two, FIRST).get_by_role("button", name="做到", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    # Even if a tab has not heard of the other's tick.
    two.evaluate("window.addEventListener('storage', e => e.stopImmediatePropagation(), true)")
    tick(two, SECOND, "没做到")
    tick(one, "货架和库存看了吗？", "不适用")
    states = {id_: of["0"][0] for id_, of in the_run(one)["items"].items()}
    assert states == {"decider": "yes", "problem": "no", "stock": "na"}


def test_a_run_deleted_elsewhere_is_said_and_can_be_kept(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page)
    tick(page, FIRST, "做到")
    page.evaluate("localStorage.clear()")  # a browser clears without a word
    tick(page, SECOND, "做到")
    alert = page.get_by_role("alert").filter(has_text="已经不在这台设备上")
    expect(alert).to_be_visible()
    assert kept(page) == {}
    alert.get_by_role("button", name="把屏幕上的重新存下").click()
    expect(alert).to_have_count(0)
    assert set(the_run(page)["items"]) == {"decider", "problem"}
    other = phone.new_page()
    other.goto(f"{served}/{ALL}")
    other.evaluate("baodian.store.change('runs', () => ({}))")
    expect(alert).to_be_visible()
    page.reload()
    expect(page.get_by_role("alert").filter(has_text="没有这条记录")).to_be_visible()


def test_ticks_follow_ids_and_say_when_a_text_was_changed(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page)
    tick(page, FIRST, "做到")
    tick(page, SECOND, "没做到")

    def changed(route: Route) -> None:
        text = route.fetch().text().replace(FIRST, CHANGED)
        moved = '"retired": {"leave-shop#problem": "leave-shop#stock"}'
        text = text.replace('"retired": {}', moved)
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route("**/leave-shop.html", changed)
    page.reload()
    told = page.get_by_text("这一项改过字").locator("visible=true")
    expect(told).to_have_count(2)
    tick(page, CHANGED, "做到")
    expect(told).to_have_count(1)
    assert pressed(page, CHANGED) == ["yes"]
    assert pressed(page, "货架和库存看了吗？") == ["no"]


def test_a_finished_run_keeps_what_was_asked(phone: BrowserContext, served: str) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page, name="甲店")
    for group in page.locator(".bd-runs-states").all():
        group.locator("[data-state=yes]").click()
    page.get_by_role("button", name="查完了").click()
    start_again = page.get_by_role("button", name="重新打开")
    expect(start_again).to_be_visible()
    last = page.locator(".bd-runs-states").last.get_attribute("aria-label") or ""

    def changed(route: Route) -> None:
        text = route.fetch().text().replace(FIRST, CHANGED)
        # One item goes, another comes: in the list, and in what is told to the scripts.
        text = re.sub(r'<li[^>]*id="stock".*?</li>', "", text, count=1, flags=re.DOTALL)
        new = '<li id="fresh"><label class="bd-check"><input type="checkbox">新的？</label></li>'
        text, n = re.subn(
            r'(<div class="bd-checklist".*?<ul[^>]*>)', rf"\1{new}", text, count=1, flags=re.DOTALL
        )
        assert n == route.request.url.count("leave-shop")
        text = text.replace('["stock",', '["fresh",').replace("货架和库存看了吗？", "新的一项？")
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route(re.compile("leave-shop.html|checks.html"), changed)
    page.reload()
    expect(page.get_by_text("查了8／8：做到8，没做到0，不适用0，未查0")).to_be_visible()
    note = page.locator(".bd-runs-changed")
    expect(note).to_contain_text("查完以后，清单改过")
    expect(note).to_contain_text("后来加的：新的一项？")
    expect(note).to_contain_text("后来去掉的：货架和库存看了吗？")
    expect(note).to_contain_text(f"后来改了字：“{FIRST}”改成“{CHANGED}”")
    assert pressed(page, "货架和库存看了吗？") == ["yes"]
    assert pressed(page, FIRST) == ["yes"]
    assert pressed(page, last) == ["yes"]
    expect(page.get_by_role("group", name="新的一项？", exact=True)).to_have_count(0)
    page.goto(f"{served}/{ALL}")
    expect(page.get_by_role("link", name=re.compile("甲店.*查了8／8"))).to_be_visible()
    table = page.get_by_role("region", name="汇总成表").get_by_role("table")
    gone = table.get_by_role("columnheader", name="货架和库存看了吗？（清单里已没有）")
    expect(gone).to_be_visible()
    expect(table).to_contain_text("当时没问")
    expect(table).not_to_contain_text("未查")


def test_names_that_are_too_long_are_told_not_cut(phone: BrowserContext, served: str) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    long = "南屿路汽配城东区二排十七号老周轮胎修理店和他兄弟的新店一起查一遍"
    assert len(long) > 30
    start(page, name=long)
    alert = page.get_by_role("alert").filter(has_text=f"有 {len(long)} 个字，最多 30 个字")
    expect(alert).to_be_visible()
    expect(page.get_by_label("这次自查的名称")).to_have_value(long)
    expect(page.get_by_label("这次自查的名称")).to_be_focused()
    assert kept(page) == {}
    page.get_by_label("这次自查的名称").fill("甲")
    page.get_by_label("要一起查几个人").fill(f"乙\n{long}")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(alert).to_be_visible()
    page.get_by_label("要一起查几个人").fill("\n".join(f"店{n}" for n in range(201)))
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="一次最多查 200 个")).to_be_visible()
    assert kept(page) == {}
    page.get_by_label("要一起查几个人").fill("👍" * 30)  # as many as a reader sees
    page.get_by_role("button", name="开始", exact=True).click()
    assert the_run(page)["subjects"] == ["👍" * 30]


def test_ticks_of_nobody_in_particular_stay_where_they_are(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    page.get_by_role("checkbox", name=FIRST).check()
    start(page, "甲", "乙")
    told = page.get_by_role("status").filter(has_text="先前勾的 1 项没有带过来")
    expect(told).to_be_visible()
    assert the_run(page)["items"] == {}
    page.get_by_role("button", name="先离开，已保存").click()
    expect(page.get_by_role("checkbox", name=FIRST)).to_be_checked()
    start(page, "丙")
    run = next(r for r in kept(page).values() if r["subjects"] == ["丙"])
    assert run["items"].keys() == {"decider"}
    page.get_by_role("button", name="先离开，已保存").click()
    expect(page.get_by_role("checkbox", name=FIRST)).not_to_be_checked()  # it went along


# --- what keeps data from being kept --------------------------------------------------------------


def test_blocked_storage_is_said_and_the_run_can_be_carried_out(
    browser: Browser, served: str
) -> None:
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('no', 'SecurityError'); } });" + COPIES
    )
    page = context.new_page()
    page.goto(f"{served}/{LIST}")
    alert = page.get_by_role("alert").filter(has_text="存不住东西")
    expect(alert).to_be_visible()
    start(page)
    tick(page, FIRST, "没做到")
    expect(alert).to_be_visible()
    expect(page.get_by_role("button", name="离开", exact=True)).to_be_visible()
    page.get_by_role("button", name="复制小结").click()
    wait_until(page, "window.copied")
    assert FIRST in page.evaluate("window.copied")
    context.close()


def test_a_full_store_is_said_until_there_is_room(phone: BrowserContext, served: str) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page)
    page.evaluate(FILL)
    tick(page, FIRST, "做到")
    alert = page.get_by_role("alert").filter(has_text="存满了")
    expect(alert).to_be_visible()
    assert pressed(page, FIRST) == ["yes"]
    page.evaluate(EMPTY)
    tick(page, SECOND, "做到")
    expect(alert).to_have_count(0)
    page.reload()
    assert pressed(page, FIRST) == ["yes"]


def test_what_a_newer_handbook_wrote_is_left_alone_and_said(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    newer = """() => {
      const key = baodian.store.prefix + "runs", text = '{"v": 9, "data": {"r1": 1}}';
      if (localStorage.getItem(key) === null) localStorage.setItem(key, text);
      return localStorage.getItem(key) === text;
    }"""
    assert page.evaluate(newer)
    start(page)
    tick(page, FIRST, "做到")
    expect(page.get_by_role("alert").filter(has_text="更新的手册")).to_be_visible()
    assert pressed(page, FIRST) == ["yes"]
    assert page.evaluate(newer)


# --- files ----------------------------------------------------------------------------------------


def a_run(name: str, *no: str, changed: int = 5, **more: Any) -> dict[str, Any]:
    """Return a run of the short list in which `no` was not done."""
    items = {id_: {"0": ["no", "", "x", 1]} for id_ in no}
    return {
        "list": "leave-shop", "title": "离店前自查", "name": name, "groups": [], "subjects": [""],
        "items": {"decider": {"0": ["yes", "", "x", 1]}, **items},
        "started": 1, "changed": changed, "done": 0, **more,
    }  # fmt: skip


def a_file(folder: Path, name: str, **runs: dict[str, Any]) -> Path:
    file = folder / name
    text = json.dumps({"baodian-runs": 1, "handbook": "x", "runs": runs}, ensure_ascii=False)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_run_goes_out_as_a_file_and_comes_back(
    phone: BrowserContext, served: str, tmp_path: Path
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page, name="甲店/1")
    tick(page, FIRST, "没做到")
    page.get_by_text("导出成文件").click()
    expect(page.get_by_text("文件没有加密")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="可再导入的文件").click()
    assert coming.value.suggested_filename == "自查-甲店-1.json"
    coming.value.save_as(tmp_path / "one.json")
    with page.expect_download() as coming:
        page.get_by_role("button", name="给人看的文件").click()
    coming.value.save_as(tmp_path / "one.txt")
    assert f"✗ 没做到  {FIRST}" in (tmp_path / "one.txt").read_text(encoding="utf-8-sig")

    before = kept(page)
    page.goto(f"{served}/{ALL}")
    page.get_by_role("button", name="删除：甲店/1").click()
    page.get_by_role("group", name="从这台设备删除").get_by_role("button", name="删除").click()
    assert kept(page) == {}
    files = page.get_by_label("选择文件")
    files.set_input_files(tmp_path / "one.json")
    expect(page.get_by_text("新增1条。")).to_be_visible()
    ((id_, run),) = kept(page).items()
    assert run.pop("imported")
    assert {id_: run} == before
    files.set_input_files(tmp_path / "one.json")
    expect(page.get_by_text("1条不比这里的新，保留这里的。")).to_be_visible()
    page.get_by_role("link", name=re.compile("甲店")).click()
    assert pressed(page, FIRST) == ["no"]


def test_damaged_and_foreign_files_do_no_harm(
    phone: BrowserContext, served: str, tmp_path: Path
) -> None:
    good = a_file(tmp_path, "good.json", r1=a_run("甲"), r2=a_run("乙 13812345678"),
                  r3=a_run("丙", list="gone"), r4={"name": 7})  # fmt: skip
    newer = a_file(tmp_path, "newer.json", r1=a_run("甲二", changed=9))
    (tmp_path / "cut.json").write_bytes(good.read_bytes()[:200])
    (tmp_path / "other.json").write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "future.json").write_text('{"baodian-runs": 2, "runs": {}}', encoding="utf-8")
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe\x00")
    page = phone.new_page()
    page.goto(f"{served}/{ALL}")
    files = page.get_by_label("选择文件")
    files.set_input_files([
        good, tmp_path / "cut.json", tmp_path / "other.json", tmp_path / "future.json",
        tmp_path / "odd.json",
    ])  # fmt: skip
    for told in (
        "新增1条。", "1条的清单这本手册里没有", "2条坏了或含有电话、证件号",
        "“cut.json”坏了或不完整", "“other.json”不是自查记录文件", "“future.json”来自更新的手册",
        "“odd.json”不是自查记录文件",
    ):  # fmt: skip
        expect(page.get_by_text(told)).to_be_visible()
    assert [r["name"] for r in kept(page).values()] == ["甲"]
    files.set_input_files(newer)
    expect(page.get_by_text("1条和这里的逐项合在一起，同一项留后打的。")).to_be_visible()
    expect(page.get_by_text("“甲二”原来是甲，换成了甲二。")).to_be_visible()
    assert the_run(page)["name"] == "甲二"


def test_two_devices_come_together_mark_by_mark(
    phone: BrowserContext, served: str, tmp_path: Path
) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page, name="甲店")
    tick(page, FIRST, "做到")
    tick(page, SECOND, "没做到")
    tick(page, "货架和库存看了吗？", "做到")
    (id_,) = kept(page)
    older = json.loads(json.dumps(the_run(page)))
    # The other device has an older copy, and marked two items: one before, one after ours.
    hour = 3_600_000
    older["changed"] -= hour
    older["items"]["decider"]["0"][0] = "no"
    older["items"]["decider"]["0"][3] -= hour
    older["items"]["problem"]["0"] = ["yes", "问过了", "x", older["changed"] + 2 * hour]
    del older["items"]["stock"]
    page.goto(f"{served}/{ALL}")
    page.get_by_label("选择文件").set_input_files(a_file(tmp_path, "b.json", **{id_: older}))
    expect(page.get_by_text("1条和这里的逐项合在一起")).to_be_visible()
    expect(
        page.get_by_text(f"“甲店”{SECOND}：原来是没做到，换成了做到（问过了）。")
    ).to_be_visible()
    states = {i: of["0"][0] for i, of in the_run(page)["items"].items()}
    assert states == {"decider": "yes", "problem": "yes", "stock": "yes"}
    page.get_by_label("选择文件").set_input_files(tmp_path / "b.json")
    expect(page.get_by_text("1条不比这里的新")).to_be_visible()


def test_several_files_make_a_team_table(
    phone: BrowserContext, served: str, tmp_path: Path
) -> None:
    phone.add_init_script(COPIES)
    one = a_file(tmp_path, "1.json", r1=a_run("甲", "problem", "stock"))
    two = a_file(tmp_path, "2.json", r2=a_run("=乙", "problem", changed=4))
    page = phone.new_page()
    page.goto(f"{served}/{ALL}")
    page.get_by_label("选择文件").set_input_files([one, two])
    table = page.get_by_role("region", name="汇总成表").get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(4)
    rows = [r.inner_text().split("\t") for r in table.get_by_role("row").all()]
    assert rows[0][:4] == ["名称", "没做到", FIRST, SECOND]
    assert rows[1][:4] == ["甲", "2", "✓ 做到", "✗ 没做到"]
    assert rows[2][:5] == ["=乙", "1", "✓ 做到", "✗ 没做到", "○ 未查"]
    assert rows[3][:5] == ["没做到合计", "3", "0", "2", "1"]
    page.get_by_role("button", name="复制成表格").click()
    wait_until(page, "window.copied")
    assert page.evaluate("window.copied").split("\n")[2].startswith("'=乙\t1\t✓ 做到")
    page.get_by_role("checkbox", name=re.compile("甲")).uncheck()
    expect(table.get_by_role("row")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_one_tap_and_a_yes_clear_everything(phone: BrowserContext, served: str) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page)
    page.evaluate("baodian.store.change('slots', () => ({a: 1}))")
    page.goto(f"{served}/{ALL}")
    page.get_by_role("button", name="清空我的全部数据").click()
    page.get_by_role("button", name="先不了").click()
    assert len(kept(page)) == 1
    page.get_by_role("button", name="清空我的全部数据").click()
    page.get_by_role("button", name="全部清空").click()
    expect(page.get_by_text("已全部清空。")).to_be_visible()
    expect(page.get_by_text("还没有自查记录")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('baodian:'))") == []


# --- plain http, in-app views, from a folder, on paper --------------------------------------------


def test_on_plain_http_in_a_chat_app_texts_stand_selected(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport=PHONE, user_agent="Mozilla/5.0 MicroMessenger/8.0")
    context.add_init_script("document.execCommand = () => false;")

    def answer(route: Route) -> None:
        path = route.request.url.split("handbook.test/", 1)[1].partition("?")[0]
        route.fulfill(path=site / path)

    context.route("http://handbook.test/**", answer)
    page = context.new_page()
    page.goto(f"http://handbook.test/{LIST}")
    assert page.evaluate("isSecureContext") is False
    start(page)
    tick(page, FIRST, "没做到")
    page.get_by_role("button", name="复制小结").click()
    expect(page.get_by_role("status").filter(has_text="请长按选中的文字")).to_be_visible()
    assert FIRST in page.evaluate("getSelection().toString() || document.activeElement.value")
    page.get_by_text("导出成文件").click()
    expect(page.get_by_text("这里不能保存文件")).to_be_visible()
    assert page.get_by_role("button", name="可再导入的文件").count() == 0
    page.get_by_role("button", name="复制文件内容").click()
    text = page.locator(".bd-runs-export .bd-by-hand").input_value()
    assert json.loads(text)["baodian-runs"] == 1
    page.goto(f"http://handbook.test/{ALL}")
    page.evaluate("localStorage.clear()")
    page.get_by_label("或者把文件内容贴在这里").fill(text)
    page.get_by_role("button", name="导入贴上的内容").click()
    expect(page.get_by_text("新增1条。")).to_be_visible()
    context.close()


def test_it_runs_from_a_folder(phone: BrowserContext, site: Path) -> None:
    page = phone.new_page()
    page.goto((site / LIST).as_uri())
    start(page)
    tick(page, FIRST, "做到")
    page.get_by_role("button", name="先离开，已保存").click()
    page.get_by_role("link", name="我的全部自查记录").click()
    page.get_by_role("link", name=re.compile("离店前自查 · 查了1／8")).click()
    assert pressed(page, FIRST) == ["yes"]


def test_of_a_run_only_the_run_is_printed(phone: BrowserContext, served: str) -> None:
    page = phone.new_page()
    page.goto(f"{served}/{LIST}")
    start(page)
    tick(page, FIRST, "没做到")
    page.emulate_media(media="print")
    shown = page.locator("article").inner_text()
    assert "没做到" in item(page, FIRST).inner_text()
    assert "不适用" not in item(page, SECOND).inner_text()
    for left_out in ("适用于谁", "依据", "复制小结", "导出成文件"):
        assert left_out not in shown


def test_without_scripts_the_list_and_a_word_are_there(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/{LIST}")
    assert page.get_by_role("checkbox").count() == 8
    page.goto(f"{served}/{ALL}")
    expect(page.get_by_text("浏览器能运行脚本时")).to_be_visible()
    page.get_by_role("link", name="全部自查清单").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("自查")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_thumbs_hit(browser: Browser, served: str, scheme: Any) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()

    def look(where: str) -> None:
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
        page.evaluate(LOOSE)  # what lies over the middle of a box as one happened to scroll
        result = Axe().run(page, context="article", options=rules)
        found = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
        assert found == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, where
        small = [
            b.inner_text()
            for b in page.locator(".bd-widget button:visible").all()
            if (box := b.bounding_box()) and min(box["width"], box["height"]) < 44
        ]
        assert small == [], where

    page.goto(f"{served}/{LIST}")
    page.get_by_role("button", name="开始一次自查").click()
    look("form")
    page.get_by_role("button", name="开始", exact=True).click()
    tick(page, FIRST, "没做到")
    look("run")
    page.goto(f"{served}/{LONG}")
    start(page, "甲", "乙")
    page.get_by_role("grid").get_by_role("button").first.click()
    look("grid")
    page.get_by_role("button", name="查完了").click()
    look("asked")
    page.goto(f"{served}/{ALL}")
    look("all")
    context.close()


def test_ticks_made_without_a_run_stay_for_the_day_and_no_longer(
    phone: BrowserContext, served: str
) -> None:
    page = phone.new_page()
    page.clock.set_fixed_time("2026-12-01T10:00:00")
    page.goto(f"{served}/{LIST}")
    boxes, wipe = page.locator(".bd-check input"), page.get_by_role("button", name="清空")
    expect(wipe).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.goto(f"{served}/{LONG}")
    expect(boxes.first).not_to_be_checked()
    page.goto(f"{served}/{LIST}")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()
    wipe.click()
    page.reload()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(wipe).to_be_hidden()
    boxes.nth(1).check()
    page.clock.set_fixed_time("2026-12-02T10:00:00")  # the page is open still
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(boxes.nth(1)).not_to_be_checked()
    boxes.nth(3).check()
    kept = page.evaluate("baodian.store.read('ticked')")
    assert list(kept) == ["leave-shop"]
    assert len(kept["leave-shop"]["items"]) == 1
