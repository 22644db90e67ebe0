"""What the scripts of self-check runs are given: items, successors of retired ids, every word."""

from dataclasses import replace
from typing import Any, cast

import pytest
from conftest import TODAY

from baodian.page import Checklist, Page, Widget, plain
from baodian.pages import pages
from baodian.pages.parts.places import RUNS
from baodian.pages.widgets.runs import retired
from baodian.playbook import Edition, Playbook
from baodian.said.messages import words
from baodian.said.problems import At

AT = At("retired.yml")


@pytest.fixture(scope="module")
def shown(shipped: Playbook) -> dict[str, Page]:
    moved = {"checklist:leave-shop#old": ("checklist:leave-shop#stock", AT)}
    edition = Edition(words("en"), TODAY)
    found = pages(replace(shipped, retired=moved), edition)
    return {p.address: p for p in found.pages}


def widgets(page: Page) -> dict[str, Widget]:
    """Return the widgets of a page, those inside others too."""
    found: dict[str, Widget] = {}
    open_ = list(page.blocks)
    while open_:
        block = open_.pop()
        if isinstance(block, Widget):
            found[block.name] = block
            open_.extend(block.blocks)
    return found


def test_a_list_gives_its_items_as_they_are_read_on_the_page(shown: dict[str, Page]) -> None:
    for address, page in shown.items():
        if page.kind != "checklist":
            continue
        found = widgets(page)
        here = found["runs-list"].data["here"]
        (shelf,) = [b for b in found["runs-list"].blocks if isinstance(b, Checklist)]
        lists = cast("dict[str, Any]", found["runs"].data["lists"])
        assert list(lists) == [here]
        assert lists[str(here)]["href"] == address
        given = [tuple(item) for group in lists[str(here)]["groups"] for item in group[2]]
        read = [(i.origin.part, plain(i.text)) for g in shelf.groups for i in g.items if i.origin]
        assert given == read
        assert given


def test_the_page_of_all_runs_knows_every_list(shown: dict[str, Page], shipped: Playbook) -> None:
    found = widgets(shown[RUNS])
    assert set(cast("dict[str, Any]", found["runs"].data["lists"])) == set(shipped.checklists)
    assert found["runs-all"].blocks
    assert found["runs"].data["retired"] == {"leave-shop#old": "leave-shop#stock"}


def test_successors_are_those_at_the_end_of_the_chain() -> None:
    given = {
        "checklist:a#one": ("checklist:a#two", AT),
        "checklist:a#two": ("checklist:a#three", AT),
        "checklist:old": ("checklist:new", AT),
        "checklist:x": ("guide:y", AT),
        "script:s": ("script:t", AT),
        "checklist:r#1": ("checklist:r#2", AT),
        "checklist:r#2": ("checklist:r#1", AT),
    }
    assert retired(given) == {"a#one": "a#three", "a#two": "a#three", "old": "new"}
