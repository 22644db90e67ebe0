"""Each kind is told once as data and once as a look; a kind more is two lines and a page."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from small_site import asset

from baodian import page
from baodian.build import build
from baodian.model import kinds
from baodian.model.entity import Entity
from baodian.model.fields import Name, OneOrMore
from baodian.model.references import Selector
from baodian.page import Page
from baodian.pages import findable, looks
from baodian.pages.ground import Ground, Look, Tool
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page
from baodian.pages.whom import classes_of
from baodian.read import read
from baodian.said.messages import msg, words
from baodian.terminal import Progress

SMALL = Path(__file__).parent / "small_playbook"
DAY = datetime.date(2026, 12, 1)


def rows() -> list[Look]:
    return [row for row in looks.TABLE if isinstance(row, Look)]


def test_each_kind_that_can_be_linked_stands_in_both_tables_once() -> None:
    told = [row.kind for row in rows()]
    assert len(told) > 20
    assert len(told) == len(set(told))
    assert set(told) == set(kinds.words())


def test_every_look_is_in_a_group_of_the_filter() -> None:
    assert {row.group for row in rows()} == {id_ for id_, _ in findable.GROUPS}


def test_every_page_stands_in_a_chapter(tmp_path: Path) -> None:
    book = read(Path(shutil.copytree(SMALL, tmp_path / "p")), DAY).site
    assert {p.section for p in book.pages} == {chapter.id for chapter in book.navigation}
    told = {p.kind: p.section for p in book.pages if p.entity}
    looked = {row.kind: row.chapter for row in rows() if row.kind in told}
    assert told == looked


def test_tools_have_names_of_their_own() -> None:
    names = [row.name for row in looks.TABLE if isinstance(row, Tool)]
    assert len(names) > 3
    assert len(names) == len(set(names))


# --- one kind more --------------------------------------------------------------------------------


class Song(Entity):
    """A song."""

    kind: ClassVar[str] = "song"

    name: Name
    """What it is called."""
    whom: OneOrMore[Selector] = ()
    """For whom it is sung."""


def songs(ground: Ground) -> Iterator[Page]:
    """Yield a page for each song."""
    for song in ground.playbook.of(Song).values():
        fact = page.Fact("For", (classes_of(ground, song.whom),))
        yield entity_page(ground, song, (page.Facts((fact,)), *basis(ground, song.key)))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kind = kinds.Kind("song", Song, ("songs.yml",), many=True, selects=("whom",))
    look = Look("song", "songs/{id}.html", "methods", "music", msg("song"), "guide", songs)
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, kind))
    monkeypatch.setattr(looks, "TABLE", (*looks.TABLE, look))
    shutil.copytree(SMALL, tmp_path / "p")
    data = tmp_path / "p" / "playbook_data"
    (data / "songs.yml").write_text("morning: {name: 早安歌, whom: tier/gold}\n", encoding="utf-8")
    leave = data / "checklists" / "leave.yml"
    text = leave.read_text(encoding="utf-8")
    leave.write_text(text.replace("see: script:leaving", "see: song:morning"), encoding="utf-8")
    return tmp_path / "p"


def test_two_lines_more_and_a_kind_is_read_shown_linked_found_and_verified(project: Path) -> None:
    built = build(project, DAY, words("en"), Progress(quiet=True))
    assert built.problems == ()
    site = project / "site"
    song = (site / "songs" / "morning.html").read_text(encoding="utf-8")
    assert 'data-entity="song:morning"' in song
    assert 'href="../customers/tier/gold.html"' in song
    assert "songs/morning.html" in (site / "checklists" / "leave.html").read_text(encoding="utf-8")
    assert "songs/morning.html" in (site / "search.html").read_text(encoding="utf-8")
    assert "早安歌" in asset(site, "search/1.js").read_text(encoding="utf-8")


def test_a_kind_without_a_look_stops_before_any_page(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "TABLE", tuple(row for row in looks.TABLE if row in TABLE_BEFORE))
    with pytest.raises(LookupError, match="song"):
        read(project, DAY)


TABLE_BEFORE = looks.TABLE
