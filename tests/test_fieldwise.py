"""What is looked at of a record, and what is made again when it becomes another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from baodian import checks, model
from baodian.model.fields import Prose
from baodian.model.leaves import leaves
from baodian.playbook import Playbook
from baodian.playbook.fieldwise import FIELDS_OF, WHOLE, Fieldwise, place_of, whole
from baodian.playbook.traced import Traced
from baodian.playbook.watched import KEYS, Notes
from baodian.said.messages import msg
from baodian.said.problems import Problem


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def seen(shipped: Playbook, notes: Notes) -> Fieldwise:
    """The shipped scripts, of which is noted what is looked at."""
    return Fieldwise("script", shipped.scripts, notes, lambda _: shipped.scripts)


def test_a_record_that_notes_is_one_of_its_model(shipped: Playbook, seen: Fieldwise) -> None:
    for id_, script in shipped.scripts.items():
        one = seen[id_]
        assert isinstance(one, model.Script)
        assert (one.key, one.label, one.at, one.draft) == (
            script.key, script.label, script.at, script.draft,
        )  # fmt: skip
        assert list(leaves(one)) == list(leaves(script))
        assert one == script == one
        assert whole(one) is script
        assert place_of(one) == ("script", id_)
    assert list(seen.values()) == list(shipped.scripts.values())
    assert place_of(next(iter(shipped.scripts.values()))) is None


def test_fields_are_noted_and_no_others(seen: Fieldwise, notes: Notes) -> None:
    id_ = next(iter(seen.inner))
    with notes.noting() as looks:
        one = seen[id_]
    assert looks == {("script", id_)}
    with notes.noting() as looks:
        assert one.label
    assert looks == {("script" + FIELDS_OF, (id_, "title"))}
    with notes.noting() as looks:
        assert len(seen.values()) == len(seen.items())
    assert looks == {("script", KEYS)}
    with notes.noting() as looks:
        assert one != seen.inner
    assert looks == {("script" + FIELDS_OF, (id_, WHOLE))}


class Counted:
    """Makes something of a playbook and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def titles(self, playbook: Playbook) -> tuple[str, ...]:
        self.times += 1
        return tuple(str(one.title) for one in playbook.scripts.values())


def edited(playbook: Playbook, **values: Any) -> Playbook:
    """Return a playbook in which the first script has other values."""
    id_, first = next(iter(playbook.scripts.items()))
    scripts: Mapping[str, Any] = {**playbook.scripts, id_: first.model_copy(update=values)}
    return replace(playbook, entities={**playbook.entities, "script": scripts})


def test_what_looks_at_titles_is_made_again_for_another_title_alone(shipped: Playbook) -> None:
    traced, made = Traced(published=True), Counted()

    def titles(playbook: Playbook) -> tuple[str, ...]:
        watched = traced.take(playbook)
        return traced.made("titles", None, lambda: made.titles(watched))

    first = next(iter(shipped.scripts.values()))
    before = titles(shipped)
    assert titles(edited(shipped, goal=first.title)) is before
    assert made.times == 1
    other = titles(edited(shipped, title=first.goal))
    assert made.times == 2
    assert other == (str(first.goal), *before[1:])
    assert titles(shipped) is before  # as it was
    assert made.times == 2
    fewer = dict(list(shipped.scripts.items())[1:])
    less = replace(shipped, entities={**shipped.entities, "script": fewer})
    assert titles(less) == before[1:]
    assert made.times == 3


def test_what_is_made_of_what_is_made_stands_as_long_as_that(shipped: Playbook) -> None:
    traced, inner, outer = Traced(published=True), Counted(), Counted()

    def headed(playbook: Playbook) -> str:
        watched = traced.take(playbook)

        def head() -> str:
            outer.times += 1
            return traced.made("inner", None, lambda: inner.titles(watched))[0]

        return traced.made("outer", None, head)

    first = next(iter(shipped.scripts.values()))
    for playbook, times in ((shipped, 1), (edited(shipped, goal=first.title), 1),
                            (edited(shipped, title=first.goal), 2), (shipped, 2)):  # fmt: skip
        assert headed(playbook) == next(iter(playbook.scripts.values())).title
        assert (inner.times, outer.times) == (times, times)


def test_a_record_that_becomes_one_of_another_form_is_another(shipped: Playbook) -> None:
    matrices = shipped.entities["matrix"]
    id_ = next(i for i, one in matrices.items() if isinstance(one, model.EntitlementMatrix))
    texts = next(one for one in matrices.values() if isinstance(one, model.TextMatrix))
    turned = replace(shipped, entities={**shipped.entities, "matrix": {**matrices, id_: texts}})
    traced = Traced(published=True)

    def entitled(playbook: Playbook) -> tuple[str, ...]:
        watched = traced.take(playbook)
        return traced.made("entitled", None, lambda: tuple(watched.of(model.EntitlementMatrix)))

    assert id_ in entitled(shipped)
    assert id_ not in entitled(turned)
    assert id_ in entitled(shipped)


def test_after_a_fault_of_ours_all_is_asked_that_was_to_be_asked(shipped: Playbook) -> None:
    faulty: list[bool] = []

    def rule(playbook: Playbook) -> Iterator[Problem]:
        first = next(iter(playbook.scripts.values()))
        if str(first.goal) == "别的" and faulty:
            raise RuntimeError
        if str(first.goal) == "别的":
            yield Problem("wrong-value", first.goal.at, msg("There is no city."))

    checker, other = checks.Checker((rule,)), edited(shipped, goal=Prose("别的"))
    before = checker.check(shipped)
    faulty.append(True)
    with pytest.raises(RuntimeError):
        checker.check(other)
    faulty.clear()
    assert checker.check(other) == checks.Checker((rule,)).check(other) != before
