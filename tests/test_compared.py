"""What readers see otherwise on a page: the lines that differ, not what merely moved."""

from __future__ import annotations

import re
from dataclasses import replace

from baodian import page
from baodian.page import Bullets, Callout, Origin, Page, Paragraph, Widget
from baodian.pages.compared import Difference, compared

RULE = Origin("rhythm:call")


def of(*blocks: page.Block) -> Page:
    return Page("one.html", "一页", "guide", "methods", blocks, "guide:one")


def items(*lines: str) -> Bullets:
    return Bullets(tuple((page.line(line), RULE) for line in lines))


def test_only_the_items_that_differ_are_told_with_what_they_belong_to() -> None:
    old, new = of(items("先问", "每月一次", "记下")), of(items("记下", "先问", "每月两次"))
    assert [(d.before, d.after) for d in compared(old, new)] == [("每月一次", "每月两次")]
    assert [d.about for d in compared(old, new)] == [frozenset({"rhythm:call"})]


def test_what_moves_or_leads_elsewhere_is_no_difference() -> None:
    def linked(href: str) -> Paragraph:
        return Paragraph((page.Link("看", href),))

    assert compared(of(linked("a.html")), of(linked("b.html"))) == ()
    assert compared(of(items("一", "二")), of(items("二", "一"))) == ()


def test_of_what_a_script_works_with_sentences_are_told_and_ids_never() -> None:
    def tool(*names: str) -> Widget:
        return Widget("finder", {"classes": [["class-id", n] for n in names]}, ())

    lines = [(d.before, d.after) for d in compared(of(tool("满90天")), of(tool("满75天")))]
    assert lines == [("", ""), ("满90天", "满75天")]
    lines = [(d.before, d.after) for d in compared(of(tool("甲")), of(tool("甲", "乙")))]
    assert lines == [("", ""), ("", "乙")]


def test_a_callout_that_comes_is_told_whole() -> None:
    new = of(Callout("note", "注意", (Paragraph(page.line("小心"), RULE),)))
    about = frozenset({"guide:one", "rhythm:call"})
    assert compared(of(), new) == (Difference("", "注意 小心", about),)


def test_signs_are_seen_though_they_are_no_words() -> None:
    """No reader is told “yes” or “approve”: these are names in our code."""
    chip = page.Chip("体验之旅", note=page.line("先报批"), origin=RULE)
    tally = page.Tally((page.Count("no", "1", "无"),))
    before = of(page.Chips((page.Marked("no", (chip,)),)), tally)
    for now in (
        (page.Chips((page.Marked("no", (replace(chip, then="yes"),)),)), tally),
        (page.Chips((page.Marked("approve", (chip,)),)), tally),
        (page.Chips(()), tally),
        (before.blocks[0], page.Tally((page.Count("yes", "1", "无"),))),
    ):
        told = [*compared(before, of(*now)), *compared(of(*now), before)]
        assert told
        assert not re.search("yes|approve|no", " ".join(f"{d.before} {d.after}" for d in told))
