"""What people type and the page they should get, tried in the panel as a reader.

`queries.tsv` grows with the words of the handbook. `queries_fresh.tsv` was written before anyone
saw what the search gives for it: 0.352 then, the handbook's words unchanged. It tells how whole
sentences of strangers fare; write a new one before words are added again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from baodian.model import Scheme
from baodian.playbook import Playbook

TABLE = Path(__file__).with_name("queries.tsv")
FRESH = Path(__file__).with_name("queries_fresh.tsv")
SHORTENED = ("客户", "卡客户", "期")  # what people leave off the end of a class's name
WITHIN = 5
MEAN = 0.90
MEAN_FRESH = 0.6
SLIP = "错字"

# Types the text as a reader does; for a slip then taps the first text that may have been meant.
# Returns the owners shown, in the order of the page, each once.
ASK = """([text, slip]) => {
  const field = document.querySelector('#bd-search [role=searchbox]');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  const offer = document.querySelector('#bd-search .bd-found-meant button');
  if (slip) { if (!offer) return ['nothing is offered']; offer.click(); }
  const links = [...document.querySelectorAll('#bd-search a[data-result]')];
  return [...new Set(links.map(a => a.getAttribute('data-result').split('#')[0]))];
}"""


# Types each text and returns those that are told that nothing says exactly that, or nothing at all.
UNSURE = """texts => texts.filter(text => {
  const field = document.querySelector('#bd-search [role=searchbox]');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  return document.querySelector('#bd-search .bd-found-nothing');
})"""


@dataclass(frozen=True)
class Query:
    """A line of the table: what is typed, which pages are right, whether it is a slip."""

    text: str
    expected: frozenset[str]
    slip: bool


@dataclass(frozen=True)
class Outcome:
    """What a query gave: the rank of the first right page from 1, 0 if none is shown."""

    query: Query
    rank: int
    first: str

    @property
    def good(self) -> bool:
        return 0 < self.rank <= WITHIN

    def __str__(self) -> str:
        expected = " ".join(sorted(self.query.expected))
        return f"{self.rank or '-':>4}  {self.query.text}\t{expected}\tfirst: {self.first}"


def queries(table: Path = TABLE) -> Iterator[Query]:
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        assert len(cells) in (2, 3), f"line {number}: two or three cells with Tab between: {line}"
        note = cells[2] if len(cells) == 3 else ""
        assert note in ("", SLIP), f"line {number}: the note is empty or {SLIP}: {note}"
        yield Query(cells[0], frozenset(cells[1].split()), note == SLIP)


@pytest.fixture(scope="module")
def panel(browser: Browser, served: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.goto(f"{served}/index.html")
    page.click(".bd-search-open")
    page.wait_for_selector('#bd-search[data-stage="2"]')
    yield page
    page.close()


def test_the_tables_are_long_and_name_what_exists(panel: Page) -> None:
    asked, fresh = list(queries()), list(queries(FRESH))
    assert len(asked) >= 360
    assert len(fresh) >= 40
    everything = asked + fresh
    assert len({q.text for q in everything}) == len(everything), "a query stands twice"
    exists = set(panel.evaluate("baodianSearch.index.owners.map(o => o.key)"))
    unknown = {key for q in everything for key in q.expected} - exists
    assert unknown == set()


def test_questions_with_an_answer_are_not_told_that_nothing_says_so(panel: Page) -> None:
    asked = [query.text for query in queries() if not query.slip]
    told = panel.evaluate(UNSURE, asked)
    assert len(told) <= len(asked) * 0.03, told
    nonsense = ["量子力学", "股票涨停", "猫狗打架", "电影票", "怎么做红烧肉", "world", "xyzq"]
    assert panel.evaluate(UNSURE, nonsense) == nonsense


def test_what_only_editors_use_stands_in_no_answer(panel: Page) -> None:
    asked = [query.text for query in queries()]
    shown = {key for text in asked for key in panel.evaluate(ASK, [text, False])}
    assert {
        key for key in shown if re.match("source:|reason:|slot:|page:(index|coverage|sources)", key)
    } == set()
    for text in ("覆盖情况", "fugaiqingkuang"):
        assert "page:coverage.html" in panel.evaluate(ASK, [text, False])


# Types a text and returns the owner of the first result, and what stands below its title.
FIRST = """text => {
  const field = document.querySelector('#bd-search [role=searchbox]');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  const first = document.querySelector('#bd-search a[data-result]');
  const below = first.querySelector('.bd-found-text');
  return [first.getAttribute('data-result'), below && below.textContent];
}"""


@pytest.mark.parametrize("text", ["35天没订货", "三十五天没订货", "40天没下单", "停了35天"])
def test_a_number_of_days_says_the_class_first_and_why(panel: Page, text: str) -> None:
    why = "距上次有效订单：30天以上、不满90天"
    assert panel.evaluate(FIRST, text) == ["class:activity/inactive", why]
    longer = re.sub("35|三十五|40", "100", text)
    assert panel.evaluate(FIRST, longer) == ["class:activity/dead", "距上次有效订单：90天以上"]


@pytest.mark.parametrize(
    "text",
    [
        "30天跟进",
        "新人三十天",
        "20天没订货",
        "每35天没订货",
        "35天没还钱",
        "快两个月没下单",
        "3月没订货",
    ],
)
def test_other_numbers_say_no_class(panel: Page, text: str) -> None:
    assert "有效订单" not in (panel.evaluate(FIRST, text)[1] or "")


@pytest.mark.parametrize(
    ("text", "class_", "days"),
    [
        ("两个月没下单", "inactive", "两个月 = 60天"),
        ("一个月没订货", "inactive", "一个月 = 30天"),
        ("一个半月没下单", "inactive", "一个半月 = 45天"),
        ("俩月没订货", "inactive", "俩月 = 60天"),
        ("五个礼拜没订货", "inactive", "五个礼拜 = 35天"),
        ("3个月没订货", "dead", "3个月 = 90天"),
        ("半年没来", "dead", "半年 = 182天"),
    ],
)
def test_weeks_and_months_say_the_class_and_how_they_are_reckoned(
    panel: Page, text: str, class_: str, days: str
) -> None:
    key, why = panel.evaluate(FIRST, text)
    assert key == f"class:activity/{class_}"
    assert why.startswith(f"{days} · 距上次有效订单：")


def test_a_move_is_found_first_by_the_names_of_both_classes_in_its_order(
    panel: Page, shipped: Playbook
) -> None:
    asked: dict[str, str] = {}
    for move in shipped.transitions.values():
        if move.to is None or move.to.ends:
            continue
        scheme = shipped.schemes[move.to.scheme]
        start, end = move.from_[0].terms[0].low, move.to.name
        order = list(map(str, scheme.classes))
        up = (order.index(start or "") < order.index(end)) == (scheme.order != "high-to-low")
        for one, two in product(_names(scheme, start or ""), _names(scheme, end)):
            for said in ("变", "变成", "升" if up else "降", "升到" if up else "掉到"):
                asked[f"{one}{said}{two}"] = f"transition:{move.id}"
    assert len(asked) > 500
    wrong = {}
    for text, wanted in asked.items():
        found = panel.evaluate(FIRST, text)[0]
        if found != wanted:
            wrong[text] = found
    assert wrong == {}


def _names(scheme: Scheme, id_: str) -> set[str]:
    """Return what people call a class: all of its names, and those without the word behind."""
    own = {str(i): {*map(str, (c.name, *c.aliases))} for i, c in scheme.classes.items()}
    others = set[str]().union(*(names for other, names in own.items() if other != id_))
    names = {scheme.class_name(id_), *own[id_]} - others
    shorter = (re.sub(f"(?<=..){end}$", "", name) for name in names for end in SHORTENED)
    return names.union(shorter)


def test_people_find_what_they_look_for(panel: Page) -> None:
    outcomes, mean, told = tried(panel, TABLE)
    assert [o for o in outcomes if not o.good] == [], told
    assert mean >= MEAN, told


def test_strangers_find_what_they_look_for(panel: Page) -> None:
    _, mean, told = tried(panel, FRESH)
    assert mean >= MEAN_FRESH, told


def tried(panel: Page, table: Path) -> tuple[list[Outcome], float, str]:
    """Return what each query of a table gave, the mean reciprocal rank, and both in words."""
    outcomes = []
    for query in queries(table):
        shown = panel.evaluate(ASK, [query.text, query.slip])
        rank = next((n for n, key in enumerate(shown, 1) if key in query.expected), 0)
        outcomes.append(Outcome(query, rank, shown[0] if shown else "nothing"))
    mean = sum(1 / o.rank for o in outcomes if o.rank) / len(outcomes)
    rows = "\n".join(str(o) for o in sorted(outcomes, key=lambda o: -(o.rank or 1000)))
    told = f"{table.name}: mean reciprocal rank {mean:.3f} of {len(outcomes)} queries\n{rows}"
    sys.stdout.write(f"\n{told}\n")
    return outcomes, mean, told
