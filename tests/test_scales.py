"""Pictures with an axis: bounds and classes of a ruler, months, figures before and after."""

from __future__ import annotations

from baodian.page import Page, Picture, PictureStep
from baodian.read import Read
from baodian.writers.forms import NARROW
from baodian.writers.picture import drawings


def pictures(page: Page, kind: str) -> list[Picture]:
    return [b for b in page.blocks if isinstance(b, Picture) and b.kind == kind]


def page_of(read: Read, address: str) -> Page:
    assert read.site is not None
    return next(p for p in read.site.pages if p.address == address)


def test_a_ruler_of_numbers_shows_its_bounds_and_classes(shipped_read: Read) -> None:
    idle, streak = pictures(page_of(shipped_read, "customers/activity.html"), "scale")
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


def test_a_ruler_that_asks_for_values_has_no_scale(shipped_read: Read) -> None:
    for address in ("customers/man.html", "customers/member-tier.html"):
        assert pictures(page_of(shipped_read, address), "scale") == []


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
