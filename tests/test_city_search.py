"""What a reader finds in a city is what all the data of that city would find, in the same order."""

from __future__ import annotations

import datetime
import json
import os
import random
import subprocess
from html import escape
from pathlib import Path
from typing import Any

from outlines import lay

from baodian.page import Filters, FilterValue, Findable
from baodian.publish.finish import searched
from baodian.publish.reading import read_page
from baodian.read import read
from baodian.writers import search
from baodian.writers.article import Article
from baodian.writers.search.blocks import Block

NODE = os.environ.get("NODE", "node")

SCRIPT = Path(__file__).parent / "scripts" / "city.mjs"
WORDS = (
    "欠款",
    "回款",
    "上门",
    "拜访",
    "客户",
    "门店",
    "礼品",
    "重庆",
    "银行",
    "VIP",
    "太贵",
    "鲶鱼",
    "长城",
)
SOUNDS = ("qiankuan", "huikuan", "kehu", "baifang", "lp", "vip", "nianyu")
Page = tuple[Article, tuple[Block, ...]]
"""A page with its texts."""
CITY = "north"


def page(chance: random.Random, address: str, common: list[str]) -> Page:
    """A page with names, headings, lists and sentences, some of which stand on others too."""
    owner = f"script:{address.partition('/')[2].removesuffix('.html')}"

    def said() -> str:
        new = "".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))
        common.append(new)
        return escape(chance.choice(common) if chance.random() < 0.5 else new)

    parts = [f"<h1>{said()}</h1>"]
    for n in range(chance.randint(0, 4)):
        parts.append(
            chance.choice(
                (
                    f"<p>{said()}</p>",
                    f'<h2 id="h-{n}">{said()}</h2><p>{said()}</p>',
                    f'<ul><li class="bd-check" data-item="i{n}" id="i{n}">{said()}</li></ul>',
                    f'<p class="bd-say" data-item="s{n}">{said()}</p>',
                    f'<p data-from="script:x">{said()}</p>',
                )
            )
        )
    html = f"<article>{''.join(parts)}</article>"
    article = Article(address, said(), html, owner)
    return article, read_page(html, None, owner).blocks


def handbook(seed: int) -> tuple[search.Index, search.Index]:
    """A handbook and the same in a city: some pages others, one new, one with nothing on it."""
    chance = random.Random(seed)
    common: list[str] = []
    pages = [page(chance, f"scripts/p{n}.html", common) for n in range(9)]
    there = list(pages)
    for n in chance.sample(range(9), 4):
        other = page(chance, f"scripts/p{n}.html", common)
        kept = tuple(b for b in pages[n][1] if chance.random() < 0.8)
        article = other[0] if chance.random() < 0.3 else pages[n][0]
        blocks = () if n == 0 else (*kept, *other[1][1:]) if chance.random() < 0.8 else other[1]
        there[n] = (Article(f"{CITY}/{article.address}", article.title, "", article.entity), blocks)
    there.append(page(chance, f"{CITY}/scripts/new.html", common))
    filters = Filters(kinds=((FilterValue("rest", "其他"), ("script",)),))
    found_by = {"script:p1": Findable(aliases=("铁公鸡",)), "script:p2": Findable(pinyin="")}
    return search.index(pages, found_by, filters), search.index(there, found_by, filters)


def test_the_data_of_a_city_finds_what_all_of_its_data_would() -> None:
    asked: list[Any] = []
    for seed in range(60):
        index, here = handbook(seed)
        whole, told = search.scripts(here), search.scripts(index, {CITY: here})
        queries = [*WORDS, *SOUNDS, "欠款客户", "铁公鸡", "重庆银行门店"]
        asked.append([[whole["1.js"], whole["2.js"]], queries])
        asked.append([[told[f"c-{CITY}.js"] + told["1.js"], told["2.js"]], queries])
    made = subprocess.run(
        [NODE, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    found = json.loads(made.stdout)
    assert sum(len(results) for one in found for stage in one for results in stage) > 5000
    for seed in range(60):
        (first, second), (quick, full) = found[2 * seed], found[2 * seed + 1]
        assert full == second, f"handbook {seed}"
        assert quick[: len(WORDS)] == first[: len(WORDS)], f"handbook {seed}, the first stage"


def test_what_is_otherwise_costs_what_it_says() -> None:
    chance = random.Random(1)
    pages = [page(chance, f"scripts/p{n}.html", []) for n in range(40)]
    article, blocks = pages[7]
    other = Article(f"{CITY}/{article.address}", article.title, "", article.entity)
    there = [
        *pages[:7],
        (other, (*blocks, Block("p", "只有一句不同。", article.owner))),
        *pages[8:],
    ]
    one, two = (search.index(of, {}, Filters()) for of in (pages, there))
    told = search.scripts(one, {CITY: two})[f"c-{CITY}.js"]
    assert told.count("只有一句不同。") == 1
    assert len(told) < 250


def test_a_number_says_the_class_by_the_rules_of_the_city(tmp_path: Path) -> None:
    """So does the playbook `full`: what is wanted in 7 weeks is not soon where 6 weeks are."""
    site = read(lay("full", tmp_path / "full"), datetime.date(2026, 12, 1)).site
    said = []
    for id_ in ("b", "c"):
        article = Article(f"customers/heat/{id_}.html", f"热度{id_}", "", f"class:heat/{id_}")
        said.append((article, (Block("t", article.title, article.owner),)))
    index, cities = searched(said, site)
    assert list(cities) == ["north"]
    told = search.scripts(index, cities)
    queries = ["几周以内要：7周", "几周以内要：6周"]
    asked = [[[told["1.js"], told["2.js"]], queries]]
    asked.append([[told["c-north.js"] + told["1.js"], told["2.js"]], queries])
    made = subprocess.run(
        [NODE, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    found = [[results[0][0] for results in stages[1]] for stages in json.loads(made.stdout)]
    assert found == [["class:heat/b", "class:heat/b"], ["class:heat/c", "class:heat/b"]]
