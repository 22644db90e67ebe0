"""Maps of rulers that ask two questions: areas as the rules decide, moves as their pages tell."""

from __future__ import annotations

from itertools import combinations

import pytest

from baodian import rules
from baodian.page import Area, Callout, Links, Map, Page, Say, Table, Tally, plain
from baodian.playbook import Playbook, examples
from baodian.read import Read
from baodian.rules.boxes import Axis, axes_of
from baodian.writers.forms import NARROW, NOTE, Box, Way, ems
from baodian.writers.picture import drawings


def page_of(read: Read, address: str) -> Page:
    return next(p for p in read.site.pages if p.address == address)


def map_of(read: Read, scheme: str) -> Map:
    (found,) = (b for b in page_of(read, f"customers/{scheme}.html").blocks if isinstance(b, Map))
    return found


def test_the_tiers_stand_where_identity_and_trucks_put_them(shipped_read: Read) -> None:
    tiers = map_of(shipped_read, "member-tier")
    assert tiers.columns == ("1 台", "2 到 9 台", "10 到 99 台", "100 台以上")
    assert tiers.rows == ("国有单位", "民营单位", "个人或个体户")
    assert {a.label: (a.columns, a.rows) for a in tiers.areas} == {
        "一般客户": ((0, 1), (2, 3)),
        "银卡客户": ((1, 2), (2, 3)),
        "金卡客户": ((2, 4), (2, 3)),
        "黄金卡客户": ((0, 3), (1, 2)),
        "白金卡客户": ((3, 4), (1, 2)),
        "钻石卡客户": ((0, 3), (0, 1)),
        "VIP卡客户": ((3, 4), (0, 1)),
    }
    counts = {a.label: [text for _, text in a.signs] for a in tiers.areas}
    assert counts["金卡客户"] == ["有14"]
    assert counts["钻石卡客户"] == ["有17", "批2", "停2"]
    assert "10 到 99 台、100 台以上是金卡客户" in tiers.alt


def segments(axis: Axis) -> list[rules.Value]:
    """Return a value of each segment of an axis."""
    return [axis.example(1 << n) for n in range(axis.count)]


@pytest.mark.parametrize("scheme", ["member-tier", "closing", "activity"])
def test_every_place_of_a_map_is_what_the_rules_decide(
    shipped_read: Read, shipped: Playbook, scheme: str
) -> None:
    found = examples.engine(shipped, shipped.schemes[scheme])
    assert found is not None
    across, down = sorted(axes_of(*found), key=lambda axis: axis.dimension.kind == "values")
    drawn = map_of(shipped_read, scheme)
    rows = segments(down) if scheme == "closing" else segments(down)[::-1]
    decided = 0
    for x, column in enumerate(segments(across)):
        for y, row in enumerate(rows):
            known = {across.dimension.id: column, down.dimension.id: row}
            (ending,) = rules.endings(*found, known)
            names = [shipped.schemes[scheme].class_name(id_) for id_ in ending.rules]
            here = (a for a in drawn.areas if x in range(*a.columns) and y in range(*a.rows))
            assert [a.label for a in here] == names, known
            decided += 1
    assert decided == len(drawn.columns) * len(drawn.rows) >= 9


def test_moves_between_tiers_that_touch_say_what_their_pages_say(shipped_read: Read) -> None:
    tiers = map_of(shipped_read, "member-tier")
    titles = [p.label for p in tiers.passages]
    assert titles == [
        "一般客户 → 银卡客户", "一般客户 → 黄金卡客户", "银卡客户 → 金卡客户",
        "银卡客户 → 黄金卡客户", "金卡客户 → 黄金卡客户", "金卡客户 → 白金卡客户",
        "黄金卡客户 → 白金卡客户", "黄金卡客户 → 钻石卡客户", "白金卡客户 → VIP卡客户",
        "钻石卡客户 → VIP卡客户",
    ]  # fmt: skip
    for passage in tiers.passages:
        told = page_of(shipped_read, passage.href)
        assert told.title == passage.label
        (tally,) = (b for part in told.blocks for b in getattr(part, "blocks", ())
                    if isinstance(b, Tally))  # fmt: skip
        lost, turned, gained = (c.number.strip("−＋") for c in tally.counts)
        signs = dict.fromkeys(("stopped", "approve", "yes"), 0)
        for mark, text in passage.signs:
            signs[mark] += int(text.strip("−＋批变"))
        assert [str(n) for n in signs.values()] == [lost, turned, gained], passage.label


def test_what_is_given_only_after_consent_is_no_plain_gain(shipped_read: Read) -> None:
    """Whoever reads the sum, or says the words aloud, promises nothing that is to be asked for."""
    told = page_of(shipped_read, "moves/ordinary-to-yellow-gold.html")
    parts = [b for part in told.blocks for b in getattr(part, "blocks", ())]
    (tally,) = (b for b in parts if isinstance(b, Tally))
    assert tuple((c.mark, c.number, c.what) for c in tally.counts) == (
        ("stopped", "−1", "没有了"), ("approve", "1", "批了才有"), ("yes", "＋11", "新有的"),
    )  # fmt: skip
    rows = [row for b in parts if isinstance(b, Table) for row in b.rows]
    asked = [row for row in rows if row.cells[-1].mark == "approve" and row.cells[1].mark == "no"]
    assert [plain(row.cells[0].lines[0]) for row in asked] == ["外地旅游"]
    (say,) = (b for b in parts if isinstance(b, Say))
    said = [plain(line) for line in say.lines]
    (gained,) = (line for line in said if line.startswith("多的是"))
    assert "外地旅游" not in gained
    assert [line for line in said if "外地旅游" in line] == [
        "外地旅游往后每回要先报批，批下来我再告诉您。"
    ]


def test_what_a_map_draws_is_said_in_the_list_of_moves(shipped_read: Read) -> None:
    blocks = page_of(shipped_read, "customers/member-tier.html").blocks
    listed = {
        item.link.href for b in blocks if isinstance(b, Links) for item in b.links if item.balance
    }
    drawn = {p.href for p in map_of(shipped_read, "member-tier").passages}
    assert len(drawn) == 10
    assert drawn < listed


def test_a_ruler_with_more_questions_or_none_has_no_map(shipped_read: Read) -> None:
    for scheme in ("man", "lifecycle", "shop-kind", "line"):
        blocks = page_of(shipped_read, f"customers/{scheme}.html").blocks
        assert [b for b in blocks if isinstance(b, Map)] == []


def apart(a: Box | Way, b: Box | Way) -> bool:
    return (
        a.x + a.width <= b.x or b.x + b.width <= a.x
        or a.y + a.height <= b.y or b.y + b.height <= a.y
    )  # fmt: skip


@pytest.mark.parametrize("scheme", ["member-tier", "closing", "activity"])
def test_nothing_of_a_map_lies_on_anything_else(shipped_read: Read, scheme: str) -> None:
    drawn = map_of(shipped_read, scheme)
    both = drawings(drawn)
    assert both[-1].width <= NARROW
    for drawing in both:
        assert len(drawing.boxes) == len(drawn.areas)
        assert len(drawing.ways) == len(drawn.passages)
        things = (*drawing.boxes, *drawing.ways)
        assert [pair for pair in combinations(things, 2) if not apart(*pair)] == []
        for thing in things:
            assert min(thing.width, thing.height) >= 33, "a place to tap"
            assert max(thing.width, thing.height) >= 44, "a place to tap"
            assert thing.x >= 0
            assert thing.x + thing.width <= drawing.width + 0.01
            assert thing.y + thing.height <= drawing.height + 0.01
            for words in thing.words:
                width = ems(words.text) * NOTE
                left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
                assert thing.x - 4 <= left, words.text
                assert left + width <= thing.x + thing.width + 4, words.text
                assert thing.y + 8 <= words.y <= thing.y + thing.height, words.text


def test_areas_touch_along_a_side_never_at_a_corner() -> None:
    middle = Area("", (1, 2), (1, 2))
    beside, below = Area("", (2, 4), (0, 3)), Area("", (0, 2), (2, 3))
    corner = Area("", (2, 3), (2, 3))
    assert (middle.side_by_side(beside), beside.side_by_side(middle)) == (1, 1)
    assert (middle.above_each_other(below), below.above_each_other(middle)) == (1, 1)
    assert middle.side_by_side(corner) is middle.above_each_other(corner) is None


def test_a_coming_change_of_a_map_is_no_line_of_bare_signs(shipped_read: Read) -> None:
    blocks = page_of(shipped_read, "customers/member-tier.html").blocks
    coming = [b for b in blocks if isinstance(b, Callout) and b.kind == "coming"]
    assert len(coming) == 2
    assert not [b for b in coming if "有20" in str(b.blocks) or "批2" in str(b.blocks)]
