"""The table of mutants fits the code; `make mutants` runs them."""

from __future__ import annotations

import re
from pathlib import Path

import mutants
import pytest
import yaml

from baodian import checks

HERE = Path(__file__).parent
EVERY = tuple(mutants.mutants())
ASKED = {"pages", "checks", "search", "finder", "verify", "publish"}


@pytest.mark.parametrize("mutant", EVERY, ids=lambda mutant: mutant.name)
def test_a_mutant_changes_what_stands_once_in_its_file(mutant: mutants.Mutant) -> None:
    text = mutant.applied(mutants.ROOT)
    assert text != (mutants.ROOT / mutants.CODE / mutant.file).read_text(encoding="utf-8")
    if mutant.file.endswith(".py"):
        compile(text, mutant.file, "exec")
    assert mutant.so.endswith(".")


def test_there_are_many_and_none_twice() -> None:
    told = yaml.safe_load(mutants.TABLE.read_text(encoding="utf-8"))
    assert set(told) >= ASKED
    assert all(len(told[area]) >= 5 for area in ASKED)
    assert sum(map(len, told.values())) >= 100
    assert len({(m.file, m.was, m.now) for m in EVERY}) == len(EVERY)


def test_the_tests_that_are_meant_to_see_a_mutant_exist() -> None:
    for named in {name for mutant in EVERY for name in mutant.seen}:
        file, _, test = named.partition("::")
        assert (HERE / file).is_file(), named
        assert not test or f"def {test.partition('[')[0]}(" in (HERE / file).read_text("utf-8")


def test_each_rule_for_single_entities_is_left_out_once() -> None:
    left_out = {m.one for m in EVERY if "Again(ALONE" in m.was}
    rules = {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in checks.ALONE}
    assert left_out == rules


@pytest.mark.parametrize("count", [0, 2])
def test_a_text_that_does_not_stand_once_is_named(tmp_path: Path, count: int) -> None:
    file = tmp_path / mutants.CODE / "x.py"
    file.parent.mkdir(parents=True)
    file.write_text("a = 1\n" * count, encoding="utf-8")
    mutant = mutants.Mutant("pages", "x.py", "a = 1", "a = 2", "So.", ("test_x.py",))
    with pytest.raises(ValueError, match=re.escape(f"'a = 1' stands there {count} times")):
        mutant.applied(tmp_path)


def test_a_mutant_is_seen_missed_or_told_to_be_broken(tmp_path: Path) -> None:
    code, test = tmp_path / mutants.CODE / "x.py", tmp_path / "tests" / "test_x.py"
    for file in (code, test):
        file.parent.mkdir(parents=True)
    code.write_text("a = 1\nb = 1\n", encoding="utf-8")
    test.write_text(
        "import runpy\ndef test_a():\n"
        "    assert runpy.run_path('generator/baodian/x.py')['a'] == 1\n",
        encoding="utf-8",
    )

    def said(was: str, now: str, *seen: str) -> str:
        mutant = mutants.Mutant("pages", "x.py", was, now, "So.", seen)
        return mutants.tried(mutant, tmp_path).said

    assert said("a = 1", "a = 2", "test_x.py") == "seen"
    assert said("b = 1", "b = 2", "test_x.py") == "missed"
    assert "ended with" in said("b = 1", "b = 2", "test_y.py")
    assert code.read_text(encoding="utf-8") == "a = 1\nb = 1\n"
