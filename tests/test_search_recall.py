"""What stands on a page is found: the search against the written pages, read on their own."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import wait_until
from playwright.sync_api import Browser, Page

from baodian.writers.search import fold

CUTS = 500
# Where the text of a box ends: at the edge of every box that is none of a line's own words.
READ = """async addresses => {
  const unread = "script, style, template, noscript, svg.bd-icon, svg title, svg desc, select," +
    "textarea, button, .headerlink, .bd-edit, .bd-count, " +
    ".bd-changed, .bd-widget-must, " + // what a page said before is found where the change is told
    ".bd-footnotes"; // what the cells of the table above say
  const looks = new Map(); // elements of one name and place look alike
  const look = node => {
    const style = getComputedStyle(node);
    if (node.matches(unread) || style.display === "none") return "unread";
    return node.localName === "text" || style.position === "absolute" ||
      !["inline", "ruby", "ruby-text", "contents"].includes(style.display) ? "apart" : "within";
  };
  const read = [];
  const article = document.querySelector("article");
  const pages = await Promise.all(addresses.map(async a => [a, await (await fetch(a)).text()]));
  for (const [address, html] of pages) {
    const main = html.slice(html.indexOf("<article"), html.lastIndexOf("</article>") + 10);
    const other = new DOMParser().parseFromString(main, "text/html").querySelector("article");
    if (!other) continue;
    article.replaceChildren(...other.childNodes);
    let said = "";
    const edge = () => {
      const text = said.replace(/\\s+/g, " ").trim();
      if (text) read.push([address, text]);
      said = "";
    };
    const visit = (node, path) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) { said += child.data; continue; }
        if (child.nodeType !== Node.ELEMENT_NODE) continue;
        if (child.localName === "br") { edge(); continue; }
        const named = `${path} ${child.localName}.${child.getAttribute("class")}.${child.hidden}`;
        if (!looks.has(named)) looks.set(named, look(child));
        const looked = looks.get(named);
        if (looked === "unread") continue;
        if (looked === "apart") edge();
        visit(child, named);
        if (looked === "apart") edge();
      }
    };
    visit(article, "");
    edge();
  }
  return read;
}"""
ASK = """asked => asked.map(([cut, text, address]) => {
  const wanted = baodianSearch.fold(cut), whole = baodianSearch.fold(text);
  const inside = new RegExp("[a-z]" + wanted);
  const toned = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]/;
  const homes = new Set([address]); // where the text stands, or the part of it at home there
  const at = [];
  for (const block of baodianSearch.index.blocks) {
    const near = block.folded.includes(whole) || whole.includes(block.folded);
    if (!near || !block.folded.includes(wanted)) continue;
    homes.add(block.page.address);
    at.push(block);
  }
  // What only editors use is asked for by its kind.
  const choice = at.length && at.every(block => block.behind) ? {kind: at[0].owner.group} : {};
  return baodianSearch.find(cut, choice).results.map(one => ({
    holds: baodianSearch.fold(one.block.text).includes(wanted),
    letters: /^[a-z]+$/.test(wanted) && inside.test(one.block.folded) && // a few, or a sound told
      (wanted.length < 4 || toned.test(one.block.text)),
    home: homes.has(one.block.page.address),
    kind: one.owner.kind,
    ruled: one.score < 0 // a class or a move that a text tells of: before all that is written
  }));
})"""
TURNS = re.compile("[升降变掉跌转改退→]|回到|成为|to|->")
NUMBER = re.compile("[0-9零一二两三四五六七八九十百千半]")
LOST = """texts => {
  const all = baodianSearch.index.blocks.map(block => baodianSearch.fold(block.text)).join("\\n");
  return texts.filter(text => !all.includes(baodianSearch.fold(text)));
}"""


@dataclass(frozen=True)
class Written:
    """A text as a reader of a page sees it, between two edges of blocks."""

    address: str
    text: str


def written(page: Page, site: Path) -> list[Written]:
    """Return the texts of every page, read in a browser that shows the first page."""
    addresses = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    addresses.remove("handbook.html")  # all pages once more, in one file
    addresses.remove("404.html")  # nobody looks for it
    # What a city says of its own is found by who has chosen it: tests/test_cities_browser.py.
    addresses = [a for a in addresses if not a.startswith(("nanyu/", "qinggang/"))]
    return [Written(*told) for told in page.evaluate(READ, addresses)]


def cuts(texts: list[Written], count: int, seed: int) -> list[tuple[Written, str]]:
    """Return runs of 2 to 8 characters, punctuation and all; longer texts give more of them.

    What is left of a run without its marks has two characters or more: a single one searches names.
    """
    chance = random.Random(seed)
    lengths = [len(w.text) for w in texts]
    made: list[tuple[Written, str]] = []
    while len(made) < count:
        (place,) = chance.choices(texts, lengths)
        length = chance.randint(2, 8)
        start = chance.randint(0, max(0, len(place.text) - length))
        cut = place.text[start : start + length].strip()
        if len(fold(cut)) > 1:
            made.append((place, cut))
    return made


@pytest.fixture(scope="module")
def texts(browser: Browser, served: str, site: Path) -> list[Written]:
    """Everything that the pages say."""
    page = browser.new_page()
    page.goto(f"{served}/index.html")
    found = written(page, site)
    page.close()
    assert len(found) > 5000
    return found


@pytest.fixture(scope="module")
def searching(browser: Browser, served: str) -> Iterator[Page]:
    """A page with the whole search loaded."""
    page = browser.new_page()
    page.goto(f"{served}/index.html?q=")
    wait_until(page, "window.baodianSearch && baodianSearch.index?.stage === 2")
    yield page
    page.close()


def test_every_text_of_every_page_stands_whole_in_one_record(
    texts: list[Written], searching: Page
) -> None:
    once = sorted({one.text for one in texts if fold(one.text)})
    assert searching.evaluate(LOST, once) == []


def test_every_cut_is_found_and_stands_above_what_does_not_hold_it(
    texts: list[Written], searching: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = cuts(texts, CUTS, seed=20261201)
    told = [(cut, place.text, place.address) for place, cut in asked]
    answers: list[list[dict[str, Any]]] = searching.evaluate(ASK, told)
    missed: list[tuple[str, str, str]] = []
    elsewhere, below, letters = missed[:], missed[:], missed[:]
    for one, results in zip(told, answers, strict=True):
        holds = [r["holds"] for r in results]
        if not any(holds) and re.fullmatch("[a-z]{1,3}", fold(one[0])):
            letters.append(one)  # of a longer word, where more sounds so than is shown
        elif not any(holds):
            missed.append(one)
        elif not any(r["holds"] and r["home"] for r in results):
            elsewhere.append(one)
        ruled = sum(r["ruled"] for r in results)
        assert all(r["ruled"] for r in results[:ruled])
        kinds = {r["kind"] for r in results[:ruled]}
        assert kinds <= {"class", "scheme", "transition"}
        assert "transition" not in kinds or TURNS.search(one[0])
        assert not kinds - {"transition"} or NUMBER.search(one[0])
        holds = holds[ruled:]
        if holds != sorted(holds, reverse=True):
            late = [r for r in results[ruled + holds.index(False) :] if r["holds"]]
            (letters if all(r["letters"] for r in late) else below).append(one)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{CUTS} cuts of {len(texts)} texts: {len(missed)} missed; {len(letters)} are letters"
            " inside a longer word, which stand below what sounds so\n"
        )
    assert missed == []
    assert elsewhere == []
    assert below == []
    assert len(letters) < CUTS / 50
