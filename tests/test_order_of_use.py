"""In which order the scripts and lists of a class stand: by use, the same in every place."""

from __future__ import annotations

from typing import Any

from baodian import model, page
from baodian.export.cards import cards
from baodian.playbook import Applies, Playbook, among, applies_to
from baodian.read import Read
from baodian.said.messages import words

FIRST = {
    "activity/dead": "dead-account-visit",
    "activity/inactive": "wake-inactive",
    "activity/loyal": "keep-loyal",
    "closing/a": "push-now",
    "closing/b": "truck-choosing-model",
    "closing/d": "pass-news",
    "member-tier/ordinary": "owner-callback",
    "member-tier/gold": "company-visit",
    "lifecycle/decline": "says-will-stop",
}


def scripts(playbook: Playbook, scheme: str, class_: str) -> list[Applies]:
    applied = applies_to(playbook, (scheme, class_))
    return [a for a in applied if isinstance(a.entity, model.Script) and a.why != "everyone"]


def test_what_the_rhythm_of_a_class_asks_for_comes_before_what_may_happen(
    shipped: Playbook,
) -> None:
    first = {key: scripts(shipped, *key.split("/"))[0].entity.key for key in FIRST}
    assert first == {key: f"script:{id_}" for key, id_ in FIRST.items()}
    for scheme, id_, _ in shipped.classes():
        asked = [a.of_rhythm for a in scripts(shipped, str(scheme.id), id_)]
        assert asked == sorted(asked, reverse=True), f"{scheme.id}/{id_}"


def test_of_the_rest_what_names_few_classes_comes_first(shipped: Playbook) -> None:
    for scheme, id_, _ in shipped.classes():
        applied = among(scripts(shipped, str(scheme.id), id_), model.Script)
        widths = [
            len({c for s in a.entity.for_ for t in s.terms for c in shipped.selected(t)})
            for a in applied
            if not a.of_rhythm
        ]
        assert widths == sorted(widths), f"{scheme.id}/{id_}"
        assert len(applied) == len({a.entity.key for a in applied})


def test_guide_card_and_finder_have_one_order(shipped: Playbook, shipped_read: Read) -> None:
    site = shipped_read.site
    by_title = {str(c["title"]): c for c in cards(site, words("zh-CN"))}
    widgets = (b for p in site.pages for b in p.blocks if isinstance(b, page.Widget))
    finder: Any = next(w.data for w in widgets if w.name == "finder")
    guides = [p for p in site.pages if p.kind == "class"]
    assert len(guides) > 20
    for p in guides:
        key = p.entity.removeprefix("class:")
        applied = scripts(shipped, *key.split("/"))
        card: Any = by_title[p.title]
        assert [title for title, *_ in card["say"]] == [applied[0].entity.label], p.title
        follows = finder["applies"][key]["script"]
        assert [id_ for id_, _ in follows] == [str(a.entity.key)[7:] for a in applied]


def test_the_finder_has_goal_and_advice_of_every_guide(
    shipped: Playbook, shipped_read: Read
) -> None:
    widgets = (b for p in shipped_read.site.pages for b in p.blocks if isinstance(b, page.Widget))
    finder: Any = next(w.data for w in widgets if w.name == "finder")
    for (scheme, class_), guide in shipped.class_guides.items():
        follows = finder["applies"][f"{scheme}/{class_}"]
        assert len(follows["goal"]) == 1
        assert len(follows["do"]) == len(guide.do) > 0
        assert len(follows["dont"]) == len(guide.dont) > 0
