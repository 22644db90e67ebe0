"""Pictures with an axis: bounds and classes of a ruler, months, figures before and after."""

from __future__ import annotations

from conftest import TODAY

from baodian.page import Page, Picture, PictureStep, Steps, plain
from baodian.pages import ground as ground_of
from baodian.pages.parts.scales import scales
from baodian.playbook import Edition, Playbook
from baodian.read import Read
from baodian.said.messages import words
from baodian.writers.forms import NARROW
from baodian.writers.picture import drawings


def pictures(page: Page, kind: str) -> list[Picture]:
    return [b for b in page.blocks if isinstance(b, Picture) and b.kind == kind]


def page_of(read: Read, address: str) -> Page:
    assert read.site is not None
    return next(p for p in read.site.pages if p.address == address)


def test_a_ruler_of_numbers_shows_its_bounds_and_classes(shipped: Playbook) -> None:
    ground = ground_of(shipped, Edition(words("zh-CN"), TODAY))
    idle, streak = scales(ground, shipped.schemes["activity"])
    assert idle.columns == ("0", "30", "90", "")
    assert [(s.label, s.note) for s in idle.steps] == [
        ("活跃客户、忠诚客户、骨灰级忠诚客户", "0 到 29 天"),
        ("非活跃客户", "30 到 89 天"),
        ("死账户", "90 天以上"),
    ]
    assert idle.spans == (((0, 1),), ((1, 2),), ((2, 3),))
    assert all(step.label in idle.alt and step.note in idle.alt for step in idle.steps)
    assert streak.columns == ("0", "3", "12", "")
    assert [s.label for s in streak.steps] == ["活跃客户", "忠诚客户", "骨灰级忠诚客户"]


def test_a_ruler_that_asks_for_values_or_has_a_map_shows_no_scale(shipped_read: Read) -> None:
    for name in ("man", "member-tier", "activity"):
        assert pictures(page_of(shipped_read, f"customers/{name}.html"), "scale") == []


def scale(*values: float) -> Picture:
    last = len(values) - 1
    return Picture(
        "scale",
        (PictureStep("甲", "少"), PictureStep("乙", "多")),
        alt="",
        values=values,
        columns=(*(f"{v:g}" for v in values[:-1]), ""),
        spans=(((0, 1),), ((1, last),)),
    )


def test_a_scale_is_true_where_its_words_have_room() -> None:
    wide, narrow = drawings(scale(0, 30, 90, 120))
    assert narrow.width <= NARROW < wide.width
    for drawn in (wide, narrow):
        low, high = drawn.boxes
        assert abs((low.width + 2) * 3 - (high.width + 2)) < 0.01
        assert high.x + high.width <= drawn.width
    low, high = drawings(scale(0, 1, 2, 1000))[0].boxes
    assert abs((low.width + 2) * 2 - (high.width + 2)) < 0.01, "equal steps where words collide"


def test_figures_of_a_case_stand_before_and_after_each_beside_the_larger(
    shipped_read: Read,
) -> None:
    (drawn,) = pictures(page_of(shipped_read, "cases/shelf-opens-talk.html"), "pairs")
    assert drawn.columns == ("之前", "之后")
    brands, boxes, _ = drawn.cells
    assert [c.words for c in brands] == ["7 个", "5 个"]
    assert [round(c.share, 2) for c in brands] == [1.0, 0.71]
    assert [c.share for c in boxes] == [0.0, 1.0]
    assert "货架上的牌子：7 个 → 5 个" in drawn.alt
    for room in drawings(drawn):
        left, right = room.boxes[:2]
        assert left.x + left.width < right.x
        assert right.x + right.width <= room.width
        assert all(box.words for box in room.boxes)


def test_a_plan_of_the_year_is_a_strip_that_begins_again_after_december(
    shipped_read: Read,
) -> None:
    (drawn,) = pictures(page_of(shipped_read, "plans/seasons.html"), "year")
    assert drawn.columns == (*map(str, range(1, 13)), "")
    assert drawn.spans == (((2, 5),), ((5, 8),), ((8, 10),), ((0, 2), (10, 12)))
    wide, narrow = drawings(drawn)
    for room in (wide, narrow):
        assert len(room.boxes) == 5
        assert [w.text for w in room.words] == [str(n) for n in range(1, 13)]
        assert sum(len(box.words) for box in room.boxes) == 8, "each season named once"


def test_whom_to_call_rises_by_level_with_its_clock(shipped_read: Read) -> None:
    (drawn,) = pictures(page_of(shipped_read, "escalation.html"), "ladder")
    assert [s.label.split()[0] for s in drawn.steps] == ["一级", "二级", "三级", "四级", "四级"]
    assert "30分钟" in drawn.steps[0].note
    assert all(step.href and step.note in drawn.alt for step in drawn.steps)


def test_a_complaint_has_its_clock_beside_its_steps(shipped_read: Read) -> None:
    (steps, *_) = (
        b for b in page_of(shipped_read, "guides/complaint.html").blocks if isinstance(b, Steps)
    )
    clock = {step.name: plain(step.by) for step in steps.steps}
    assert [name for name, by in clock.items() if not by] == ["复述", "许时间", "记下"]
    assert (clock["安人"], clock["上报"]) == ("马上", "30分钟内")
    assert (clock["给答复"], clock["再问一次"]) == ("3个工作日内", "办完满7天")
