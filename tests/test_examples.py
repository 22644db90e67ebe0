"""Examples of schemes: the bounds they stand at, what is proposed, and which of them flip."""

from __future__ import annotations

import datetime
import re
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from found import problems_of
from test_decide import facts, scheme

from baodian import rules
from baodian.cli import main
from baodian.playbook.examples import decided, flipped, proposed
from baodian.playbook.load import load
from baodian.rules import Dimension, Rule, bounds, decide, endings
from baodian.starting import STARTER, STARTER_EN

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 12, 1)
LATER = datetime.date(2027, 1, 1)


def schemes(number: int = 400) -> Iterator[tuple[Random, list[Dimension], list[Rule]]]:
    random = Random(20261201)
    for _ in range(number):
        dimensions, made = scheme(random)
        yield random, list(dimensions), list(made)


def test_what_may_follow_is_what_is_possible_and_each_of_it_with_a_case() -> None:
    several = 0
    for random, dimensions, made in schemes():
        known = facts(random, dimensions)
        ends, told = endings(dimensions, made, known), decide(dimensions, made, known)
        assert (not ends) == bool(told.outside) or not ends
        assert {id_ for end in ends for id_ in end.rules} == set(told.possible)
        if ends:
            certain = set.intersection(*(set(end.rules) for end in ends))
            assert certain == set(told.certain)
        assert len({end.rules for end in ends}) == len(ends)
        for end in ends:
            case = decide(dimensions, made, {**known, **end.example})
            assert case.possible == case.certain == end.rules
        several += len(ends) > 1
    assert several > 100


def held(dimensions: list[Dimension], made: list[Rule], case: dict[str, rules.Value]) -> object:
    ends = endings(dimensions, made, case)
    return ends[0].rules if len(ends) == 1 else [end.rules for end in ends]


def test_each_side_of_a_bound_is_what_the_rules_say_there() -> None:
    seen = 0
    for _, dimensions, made in schemes():
        for bound in bounds(dimensions, made):
            for number, wanted in ((bound.last, bound.below), (bound.first, bound.above)):
                assert held(dimensions, made, {**bound.case, bound.dimension: number}) == wanted
            assert bound.last < bound.first
            assert bound.below != bound.above
            seen += 1
    assert seen > 500


def test_no_bound_of_whole_numbers_is_left_out() -> None:
    seen = 0
    for random, dimensions, made in schemes():
        known = {(b.dimension, b.last, b.below, b.above) for b in bounds(dimensions, made)}
        for _ in range(10):
            case = {d.id: random.choice([k for k, _ in d.values]) if d.kind == "values"
                    else random.randint(0, 10) for d in dimensions}  # fmt: skip
            for d in dimensions:
                if d.kind != "whole":
                    continue
                below = endings(dimensions, made, case)
                above = endings(dimensions, made, {**case, d.id: case[d.id] + 1})
                if below and above and below[0].rules != above[0].rules:
                    assert (d.id, case[d.id], below[0].rules, above[0].rules) in known
                    seen += 1
    assert seen > 100


def test_numbers_with_fractions_have_a_near_number_at_a_bound() -> None:
    area = Dimension("area", "面积", "number")
    small = Rule("small", ({"area": rules.boxes.Interval(None, Decimal("0.5"), False, False)},))
    large = Rule("large", ({"area": rules.boxes.Interval(Decimal("0.5"), None)},))
    (bound,) = bounds((area,), (small, large))
    assert (bound.last, bound.first) == (Decimal("0.49"), Decimal("0.5"))


# --- proposals ------------------------------------------------------------------------------------


def printed(project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
            *more: str) -> str:  # fmt: skip
    arguments = ["baodian", "examples", "--lang", "en", "--project", str(project), *more]
    monkeypatch.setattr(sys, "argv", [*arguments, "--date", str(TODAY)])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capfd.readouterr()
    assert (ended.value.code, told.err) == (0, "")
    return told.out


def pasted(project: Path, text: str) -> int:
    """Paste what the command prints into the files that it names; return how many examples."""
    count = 0
    for block in text.split("\n\n"):
        file = project / block.splitlines()[0].removeprefix("# ")
        lines = [line for line in block.splitlines() if line.startswith("  ")]
        count += len(lines)
        whole = file.read_text(encoding="utf-8")
        if "\nexamples:" not in whole:
            new = "\n".join([whole.rstrip("\n"), "examples:", *lines, ""])
        else:
            assert "\nexamples:\n" not in block
            (head,) = re.findall(r"(?m)^examples:.*$", whole)
            new = whole.replace(head, "\n".join([head, *lines]))
        file.write_text(new, encoding="utf-8")
    return count


@pytest.mark.parametrize("start", [ROOT, STARTER, STARTER_EN], ids=["shipped", "zh", "en"])
@pytest.mark.parametrize("emptied", [False, True], ids=["added", "anew"])
def test_what_is_proposed_is_accepted_and_then_nothing_is_missing(
    start: Path, emptied: bool, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    project = tmp_path / "project"
    shutil.copytree(start / "playbook_data", project / "playbook_data")
    for layers in ("changes", "overlays"):  # they move bounds, so want examples of their own
        shutil.rmtree(project / "playbook_data" / layers, ignore_errors=True)
    shutil.copytree(start / "content", project / "content")
    shutil.copy(start / "mkdocs.yml", project / "mkdocs.yml")
    if emptied:
        for file in (project / "playbook_data").glob("[ct]*/*.yml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"(?m)^examples:.*\n(?: .*\n)*", "", text), encoding="utf-8")
    before = problems_of(project, TODAY)
    assert pasted(project, printed(project, monkeypatch, capfd)) >= 3
    assert problems_of(project, TODAY) == before
    playbook, _ = load(project, TODAY)
    for one in playbook.schemes.values():
        found = proposed(playbook, one)
        assert found is None or found.proposals == ()
    again = printed(project, monkeypatch, capfd)
    assert "examples:" not in again.replace("“examples:”", "")
    assert "customer:" not in again


def test_a_ruler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    project = str(shutil.copytree(STARTER, tmp_path / "p"))
    arguments = ["baodian", "examples", "--lang", "en", "--project", project, "order-levl"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Did you mean “order-level”?" in capfd.readouterr().err


# --- flips ----------------------------------------------------------------------------------------


def test_a_playbook_does_not_flip_against_itself() -> None:
    playbook, _ = load(ROOT, TODAY)
    assert flipped(playbook, playbook) == ()
    assert sum(len(s.examples) for s in playbook.schemes.values()) >= 20
    for scheme_ in playbook.schemes.values():
        for example in scheme_.examples.values():
            assert decided(playbook, scheme_, example) == tuple(map(str, example.is_))


def test_a_dated_change_flips_what_lies_between_the_bounds() -> None:
    old, new = load(ROOT, TODAY)[0], load(ROOT, LATER)[0]
    flips = {(f.scheme, f.id): (f.before, f.after) for f in flipped(old, new)}
    assert flips == {
        ("activity", "idle-75"): (("inactive",), ("dead",)),
        ("activity", "idle-89"): (("inactive",), ("dead",)),
    }
    assert {f.id: (f.before, f.after) for f in flipped(new, old)} == {
        id_: (after, before) for (_, id_), (before, after) in flips.items()
    }


def test_a_city_flips_its_own() -> None:
    common, city = load(ROOT, TODAY)[0], load(ROOT, TODAY, "qinggang")[0]
    flips = {(f.scheme, f.id): (f.before, f.after) for f in flipped(common, city)}
    assert flips == {
        ("closing", "care-4"): (("c",), ("b",)),
        ("closing", "care-7"): (("d",), ("c",)),
    }


def test_rules_written_otherwise_flip_nothing(tmp_path: Path) -> None:
    project = tmp_path / "p"
    shutil.copytree(STARTER, project)
    old, _ = load(project, TODAY)
    file = project / "playbook_data/tiers/order-level.yml"
    text = file.read_text(encoding="utf-8")
    assert "when: {kilos: 不满 【param:regular-from】}" in text
    file.write_text(text.replace("不满 【param:regular-from】", "0 到 9"), encoding="utf-8")
    # 9.5 is no case: the dimension has whole numbers
    assert flipped(old, load(project, TODAY)[0]) == ()
    file.write_text(text.replace("不满 【param:regular-from】", "不满 9"), encoding="utf-8")
    (flip,) = flipped(old, load(project, TODAY)[0])
    assert (flip.id, flip.before, flip.after) == ("just-under", ("trying",), ())


def test_an_example_that_was_changed_along_is_the_old_one_and_the_new_one(tmp_path: Path) -> None:
    project = tmp_path / "p"
    shutil.copytree(STARTER, project)
    old, _ = load(project, TODAY)
    params, file = project / "playbook_data/parameters.yml", "playbook_data/tiers/order-level.yml"
    text = params.read_text(encoding="utf-8")
    params.write_text(text.replace("default: 10,", "default: 8,"), encoding="utf-8")
    text = (project / file).read_text(encoding="utf-8")
    assert "kilos: 9}" in text
    (project / file).write_text(text.replace("kilos: 9}", "kilos: 7}"), encoding="utf-8")
    (flip,) = flipped(old, load(project, TODAY)[0])
    assert (str(flip.example.answers["kilos"]), flip.before, flip.after) == (
        "9", ("trying",), ("regular",),
    )  # fmt: skip
