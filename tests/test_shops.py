"""Pictures of a place: a shop with numbers where to look, rings by how far each reaches."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import get_args

import pytest

from baodian.export import document
from baodian.model.choices import CHOICES
from baodian.model.talk import Place
from baodian.page import Checklist, Levels, Page, Picture, PictureStep, Shop, Spot, Widget, plain
from baodian.pages.parts import shops as made
from baodian.playbook import Playbook
from baodian.read import Read
from baodian.said.messages import words
from baodian.writers import html, shops
from baodian.writers.forms import LABEL, NARROW, NOTE, Drawing, Pin, Words, ems
from baodian.writers.picture import drawings

EN = words("en")
MOST = 4000  # bytes of a drawing: each page carries its own
HOSTILE = '<b onclick="x">&'


def page_of(read: Read, address: str) -> Page:
    return next(p for p in read.site.pages if p.address == address)


def drawn(read: Read, page: Page) -> str:
    """Return the first drawing of a page as SVG."""
    written = html.render(page, read.site, EN).html
    start = written.index('<svg class="bd-pic')
    return written[start : written.index("</svg>", start) + 6]


def list_of(page: Page) -> Checklist:
    (outer,) = (b for b in page.blocks if isinstance(b, Widget))
    (inner,) = outer.blocks
    assert isinstance(inner, Widget)
    (found,) = inner.blocks
    assert isinstance(found, Checklist)
    return found


# --- the shop -------------------------------------------------------------------------------------


def test_the_list_of_a_shop_shows_where_each_item_is_seen(shipped_read: Read) -> None:
    page = page_of(shipped_read, "checklists/read-shop.html")
    (shop,) = (b for b in page.blocks if isinstance(b, Shop))
    assert [(s.number, s.place, s.href.partition("#")[2]) for s in shop.spots] == [
        (1, "door", "greeting"), (2, "counter", "selling"), (3, "shelf", "brands"),
        (4, "wall", "promo"), (5, "street", "traffic"), (6, "bay", "team"),
    ]  # fmt: skip
    assert shop.alt == "一家店，看哪几处：1 门口、2 柜台、3 货架、4 墙上、5 街上、6 工位"
    items = [item for group in list_of(page).groups for item in group.items]
    assert [(item.id, item.number) for item in items if not item.number] == [
        ("good", 0),
        ("one", 0),
    ]
    assert [(s.number, s.label) for s in shop.spots] == [
        (item.number, plain(item.text)) for item in items if item.number
    ]


def test_numbers_lead_to_their_items_on_the_page(shipped_read: Read) -> None:
    page = page_of(shipped_read, "checklists/read-shop.html")
    svg, written = drawn(shipped_read, page), html.render(page, shipped_read.site, EN).html
    assert 'role="group"' in svg
    for number, id_, text in ((1, "greeting", "招呼客人的头一句，听到了吗？"), (6, "team", "几个")):
        assert f'<a href="#{id_}" aria-label="{number} {text}' in svg
        assert f'id="{id_}"' in written
        assert f'data-number="{number}"' in written
    assert 'data-number="7"' not in written
    assert len(svg.encode()) < MOST


def test_a_list_that_says_of_less_than_two_items_where_has_no_shop(
    shipped_read: Read, shipped: Playbook
) -> None:
    walk = shipped.checklists["read-shop"]
    one = dict(list(walk.items.items())[-3:])
    assert [bool(line.where) for line in one.values()] == [True, False, False]
    assert made.numbers(walk.model_copy(update={"items": one})) == {}
    two = dict(list(walk.items.items())[-4:])
    assert list(made.numbers(walk.model_copy(update={"items": two})).values()) == [1, 2]
    assert not [b for b in page_of(shipped_read, "checklists/leave-shop.html").blocks
                if isinstance(b, Shop)]  # fmt: skip


def a_shop(many: int) -> Shop:
    """Return a shop with so many spots at each place."""
    places: tuple[Place, ...] = get_args(Place)
    spots = (Spot(n, HOSTILE, place, "x.html#a") for n, place in enumerate(places * many, 1))
    return Shop(tuple(spots), tuple((p, "工位") for p in places), "")


def test_every_place_is_drawn_and_has_a_name() -> None:
    assert set(get_args(Place)) == set(shops.ROOMS)
    assert set(get_args(Place)) <= set(CHOICES)


def extent(pin: Pin) -> tuple[float, float, float, float]:
    return (pin.x - pin.width / 2, pin.y - pin.height / 2,
            pin.x + pin.width / 2, pin.y + pin.height / 2)  # fmt: skip


@pytest.mark.parametrize(("many", "least"), [(1, 48), (2, 24), (4, 24)])
def test_numbers_of_a_shop_are_apart_and_can_be_tapped(many: int, least: float) -> None:
    (drawing,) = drawings(a_shop(many))
    assert drawing.fits == "both"
    assert drawing.width <= NARROW
    assert len(drawing.pins) == 6 * many
    for pin in drawing.pins:
        left, top, right, bottom = extent(pin)
        assert min(pin.width, pin.height) >= least
        assert left >= 0
        assert right <= drawing.width
        assert top >= 0
        assert bottom <= shops.NAMES - NOTE
    for a, b in combinations(map(extent, drawing.pins), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a, b)


def test_names_of_places_stand_apart() -> None:
    (drawing,) = drawings(a_shop(1))
    spans = sorted((w.x - ems(w.text) * NOTE / 2, w.x + ems(w.text) * NOTE / 2)
                   for w in drawing.words if w.y == shops.NAMES)  # fmt: skip
    assert len(spans) == len(drawing.words) - 1
    assert all(a[1] + 4 < b[0] for a, b in pairwise(spans))


def test_words_in_a_shop_cannot_break_its_markup(shipped_read: Read) -> None:
    page = page_of(shipped_read, "checklists/read-shop.html")
    shop = Shop((Spot(1, HOSTILE, "door", "x.html#a"),), (("door", HOSTILE),), HOSTILE, HOSTILE)
    svg = drawn(shipped_read, Page("x.html", "", "checklist", page.section, (shop,)))
    assert "<b" not in svg
    assert 'onclick="' not in svg


def test_a_book_has_the_numbers_of_a_shop_and_of_its_list(shipped_read: Read) -> None:
    page = page_of(shipped_read, "checklists/read-shop.html")
    labels = document.Labels()
    node = document.of_page(page, shipped_read.site, labels)
    document.resolve(node, labels)
    shop, around, *_ = node["blocks"]  # type: ignore[misc]
    assert {dot["number"]: box["to"].partition("#")[2] for dot, box in
            zip(shop["dots"], shop["boxes"], strict=True)} == {
        1: "greeting", 2: "selling", 3: "brands", 4: "promo", 5: "traffic", 6: "team",
    }  # fmt: skip
    assert shop["svg"].count("<circle") == 6
    items = around["blocks"][0]["blocks"][0]["groups"][0]["items"]
    assert [item["number"] for item in items] == [1, 2, 3, 4, 5, 6, 0, 0]


# --- rings ----------------------------------------------------------------------------------------


def test_the_rings_of_the_market_say_how_far_they_reach(shipped_read: Read) -> None:
    page = page_of(shipped_read, "guides/launch-events.html")
    (rings,) = (b for b in page.blocks if isinstance(b, Picture))
    assert [(s.label, s.note) for s in rings.steps] == [
        ("头一圈", "1公里以内"), ("第二圈", "2公里以内"), ("全城", ""),
    ]  # fmt: skip
    assert rings.alt == "从近到远的几圈：头一圈（1公里以内）；第二圈（2公里以内）；全城"
    (levels,) = (b for b in page.blocks if isinstance(b, Levels))
    assert [(s.name, plain(s.reach)) for s in levels.steps] == [
        (s.label, s.note) for s in rings.steps
    ]
    svg = drawn(shipped_read, page)
    assert 'role="img"' in svg
    assert len(svg.encode()) < MOST


def test_a_city_has_rings_of_its_own_distance(shipped_read: Read) -> None:
    pages = [p for p in shipped_read.site.pages if p.address.endswith("guides/launch-events.html")]
    assert {p.city for p in pages} >= {""}
    for page in pages:
        (rings,) = (b for b in page.blocks if isinstance(b, Picture))
        (levels,) = (b for b in page.blocks if isinstance(b, Levels))
        assert [s.note for s in rings.steps] == [plain(s.reach) for s in levels.steps]


def rings_of(*steps: tuple[str, str]) -> Drawing:
    (drawing,) = drawings(Picture("rings", tuple(PictureStep(*step) for step in steps), alt=""))
    return drawing


def corners(word: Words) -> list[tuple[float, float]]:
    size = LABEL if word.size == "label" else NOTE
    half = ems(word.text) * size / 2
    return [(word.x + dx, word.y + dy) for dx in (-half, half) for dy in (-0.8 * size, 0.2 * size)]


@pytest.mark.parametrize(
    "steps",
    [
        (("头一圈", "1公里以内"), ("第二圈", "2公里以内"), ("全城", "")),
        (("近", ""),),
        (("停车场、路口", ""), ("远", "两公里")),
        (
            ("停车场、路口、市场和旁边的加油站", "走路十分钟走得到的地方，最远不过一条街"),
            ("远", "二"),
        ),
        tuple((f"第{n}圈", f"{n}公里以内") for n in range(1, 8)),
        (("Within walking distance of the shop", "less than 800 m"), ("The town", "")),
    ],
)
def test_words_stand_inside_their_ring_and_outside_the_next(
    steps: tuple[tuple[str, str], ...],
) -> None:
    drawing = rings_of(*steps)
    assert len(drawing.boxes) == len(steps)
    ground, inside = drawing.height - 2, 0.0
    for box, (label, note) in zip(reversed(drawing.boxes), steps, strict=True):
        middle, radius = box.x + box.width / 2, box.height
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert middle == drawing.width / 2
        assert "".join(w.text for w in box.words).replace(" ", "") == (label + note).replace(
            " ", ""
        )
        assert box.look == ("filled" if note else "excused")
        for word in box.words:
            assert all(math.hypot(x - middle, y - ground) <= radius for x, y in corners(word))
            assert ground - corners(word)[1][1] >= inside
        inside = radius


def test_rings_of_the_market_fit_a_phone(shipped_read: Read) -> None:
    page = page_of(shipped_read, "guides/launch-events.html")
    (rings,) = (b for b in page.blocks if isinstance(b, Picture))
    (drawing,) = drawings(rings)
    assert drawing.fits == "both"
    assert drawing.width <= NARROW


def test_words_in_rings_cannot_break_their_markup(shipped_read: Read) -> None:
    rings = Picture("rings", (PictureStep(HOSTILE, HOSTILE),), HOSTILE, HOSTILE)
    svg = drawn(shipped_read, Page("x.html", "", "guide", "methods", (rings,)))
    assert "<b" not in svg
    assert 'onclick="' not in svg
