"""The built handbook holds what the data says: counted over the data, looked for in the HTML."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import TODAY

from baodian import model
from baodian.model import prose
from baodian.model.fields import Markdown, Name, Prose
from baodian.model.leaves import leaves
from baodian.pages import ground as ground_of
from baodian.playbook import Edition, Playbook, selectors_of
from baodian.said.messages import words


def selected(playbook: Playbook, text: str, class_: tuple[str, str]) -> bool:
    """Say whether a selector names a class, read anew from its text."""
    for term in re.split(r"\s*\+\s*", text.strip()):
        if term == "everyone":
            return False
        scheme, _, which = term.partition("/")
        ids = [str(c) for c in playbook.schemes[scheme].classes]
        low, _, high = which.partition("..")
        wanted = ids if which == "*" else ids[ids.index(low) : ids.index(high or low) + 1]
        if scheme == class_[0] and class_[1] in wanted:
            return True
    return False


def guided(playbook: Playbook) -> list[tuple[str, str]]:
    return [(str(s.id), id_) for s, id_, _ in playbook.classes() if s.has_guides]


def test_every_class_has_a_guide_or_a_row(shipped: Playbook, site: Path) -> None:
    classes = list(shipped.classes())
    assert len(classes) > 40
    for scheme, id_, _ in classes:
        page = site / "customers" / f"{scheme.id}.html"
        assert f'id="{id_}"' in page.read_text(encoding="utf-8"), f"{scheme.id}/{id_} has no row"
        assert (site / "customers" / str(scheme.id) / f"{id_}.html").exists() == scheme.has_guides
    assert len(guided(shipped)) == 21


def test_the_parts_of_each_guide_are_those_of_the_data(shipped: Playbook, site: Path) -> None:
    counted = 0
    for class_ in guided(shipped):
        text = (site / "customers" / class_[0] / f"{class_[1]}.html").read_text(encoding="utf-8")
        shown = Counter(re.findall(r'data-from="([a-z]+:[^"]+)"', text))
        for entity in shipped.all():
            if entity.kind not in ("script", "checklist", "rhythm", "guide", "table", "plan"):
                continue
            applies = any(selected(shipped, str(s), class_) for s in selectors_of(entity))
            assert (entity.key in shown) == applies, f"{entity.key} on {class_}"
            counted += applies
        for matrix in shipped.matrices.values():
            if isinstance(matrix, model.EntitlementMatrix) and matrix.rows == class_[0]:
                cell = next(c for k, c in matrix.cells.items() if k == class_[1])
                for measure in (*cell.has, *cell.approve, *cell.stopped):
                    assert shown[f"{matrix.key}#{class_[1]}.{measure}"] == 1
                    counted += 1
    assert counted > 300


@pytest.mark.parametrize(
    "kind", ["script", "checklist", "moment", "guide", "table", "case", "path"]
)
def test_every_entity_has_its_page(shipped: Playbook, site: Path, kind: str) -> None:
    folder = {"script": "scripts", "case": "cases", "table": "tables", "guide": "guides"}
    entities = shipped.of_kind(kind)
    assert entities
    for id_, entity in entities.items():
        page = site / folder.get(kind, f"{kind}s") / f"{id_}.html"
        assert f'data-entity="{entity.key}"' in page.read_text(encoding="utf-8")


def test_no_page_shows_a_raw_mark_or_an_english_word_of_ours(site: Path) -> None:
    pages = sorted(p for p in site.rglob("*.html") if p.name != "handbook.html")
    assert len(pages) > 100
    for page in pages:
        main = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article")[0]
        shown = re.sub(r"<[^>]+>", " ", main)
        assert not re.search(r"【[a-z]+:", shown), page
        assert "What to do now" not in shown, page
    foot = (site / "index.html").read_text(encoding="utf-8").partition("<footer")[2]
    assert "Material for MkDocs" in foot  # who made the frame is named, in the reader's language
    assert "Made with" not in foot


# Aliases are for search, planning ids for us; a ruler's `when_moving` stands on the pages of moves.
NOT_ON_THE_PAGE = {"covers", "when_moving"}
FOUND_BY = ("aliases",)
"""What is written to search by: it stands in the search's data, if not on the page."""


def test_every_text_of_an_entity_stands_on_its_home_page(shipped: Playbook, site: Path) -> None:
    ground = ground_of(shipped, Edition(words("zh-CN"), TODAY))
    pages: dict[str, str] = {}
    missing, looked = [], 0
    data = squeezed("".join(p.read_text("utf-8") for p in site.glob("search/*.js")))
    for key, record in shipped.records():
        kind, _, id_ = key.partition(":")
        address = (ground.href(kind, id_) or "").partition("#")[0]
        if address not in pages:
            article = (site / address).read_text(encoding="utf-8").partition("<article")[2]
            pages[address] = squeezed(html.unescape(re.sub(r"<[^>]+>", "", article)))
        for path, leaf in leaves(record):
            if not isinstance(leaf, (Name, Prose)) or isinstance(leaf, Markdown):
                continue
            if path[0] in NOT_ON_THE_PAGE:
                continue
            if any(key in FOUND_BY for key in path):
                if squeezed(str(leaf)) not in data:
                    missing.append((key, ".".join(path), str(leaf)))
                continue
            looked += 1
            for piece in prose.parse(str(leaf)):
                said = isinstance(piece, (prose.Words, prose.Strong))
                if said and squeezed(piece.text) not in pages[address]:
                    missing.append((key, ".".join(path), piece.text))
    assert looked > 5000
    assert missing == []


def squeezed(text: str) -> str:
    """Return a text without white space, which HTML may change."""
    return re.sub(r"\s+", "", text)


def test_no_pencil_leads_nowhere(site: Path) -> None:
    """The shipped handbook has no repository of its own yet, so no page offers to edit there."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 200
    pencil = re.compile(r'<a class="bd-edit|git\.example\.com')
    offering = [p.name for p in pages if pencil.search(p.read_text("utf-8"))]
    assert offering == []
