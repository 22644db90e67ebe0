"""What is kept between builds changes nothing but the time they take."""

import datetime
import os
import pickle
import shutil
from pathlib import Path

import pytest
from random_builds import run

import baodian
from baodian import values
from baodian.cache import Cache
from baodian.playbook import Playbook, uses
from baodian.playbook.stamps import Stamps
from baodian.playbook.uses import Use
from baodian.read import Before, read
from baodian.said.problems import At
from baodian.source import Scalar

STARTER = Path(baodian.__file__).parent / "starter_en"
SCRIPT = "playbook_data/scripts/first-visit.yml"
TITLE = "The first visit to a café"


def test_builds_with_what_is_kept_are_as_whole_ones(tmp_path: Path) -> None:
    counted = run(tmp_path, 8, 3, every=4)
    assert counted["built"] >= 1
    assert counted["read"] >= 1


def test_what_earlier_runs_made_is_there_for_whoever_goes_back_to_it(tmp_path: Path) -> None:
    """Versions that nobody asked for lately are either kept whole or not at all."""
    shutil.copytree(STARTER, tmp_path / "a")
    file = tmp_path / "a" / SCRIPT
    first, day = file.read_text("utf-8"), datetime.date(2026, 12, 1)

    def state(n: int) -> None:
        file.write_text(first.replace(TITLE, f"{TITLE} {n}"), "utf-8")

    for n in range(6):
        state(n)
        read(tmp_path / "a", day)
    before = Before(drafts=False)
    for n in (6, 7, 5, 4, 3, 2, 1, 0):
        state(n)
        told = read(tmp_path / "a", day, before=before).site.pages
        assert f"{TITLE} {n}" in [page.title for page in told]


def test_values_come_back_as_data() -> None:
    use = Use("a", "b", At("c", 1, 2))
    assert values.read(values.written((use, Scalar("d"), {"e": frozenset("f")}))) == (
        use, "d", {"e": frozenset("f")},
    )  # fmt: skip
    assert type(values.read(values.written(Scalar("d")))) is str


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("echo no",)


@pytest.mark.parametrize("evil", [Evil(), os.system, Path("x"), Stamps])
def test_a_stranger_s_file_makes_nothing_run(evil: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no data"):
        values.read(pickle.dumps(evil))


def test_what_is_not_whole_is_not_there(tmp_path: Path) -> None:
    cache = Cache.of(tmp_path)
    cache.write("a.values", b"data")
    assert cache.read("a.values") == b"data"
    file = cache.folder / "a.values"
    for wrong in (b"", file.read_bytes()[:-1], file.read_bytes() + b"x", b"\n" + b"data"):
        file.write_bytes(wrong)
        assert cache.read("a.values") is None
    cache.write("b.values", b"other")
    file.write_bytes((cache.folder / "b.values").read_bytes())
    assert cache.read("a.values") is None


def test_a_stamp_knows_places_and_order() -> None:
    stamps = Stamps()
    one = Scalar("x", at=At("f", 1, 2))
    assert stamps.of(one) == Stamps().of(Scalar("x", at=At("f", 1, 2)))
    assert stamps.of(one) != stamps.of(Scalar("x", at=At("f", 1, 3)))
    assert stamps.of(("a", "b")) != stamps.of(("b", "a"))
    assert stamps.of({"a": 1, "b": 2}) != stamps.of({"b": 2, "a": 1})
    assert stamps.of(("ab", "c")) != stamps.of(("a", "bc"))
    assert stamps.of(1) != stamps.of("1") != stamps.of(None)
    assert stamps.of(len) != Stamps().of(print)


def test_what_a_record_names_goes_with_it_and_no_code_of_ours_runs_then(shipped: Playbook) -> None:
    """An interruption that is raised while something is forgotten would be lost."""
    script = next(iter(shipped.scripts.values())).model_copy()
    assert uses.names_in(script.key, script)
    place, alive = id(script), uses._KNOWN[id(script)].alive
    assert not hasattr(alive.__callback__.func, "__code__")  # type: ignore[union-attr]
    del script
    assert place not in uses._KNOWN
