"""What is kept between builds changes nothing but the time they take."""

import os
import pickle
from pathlib import Path

import pytest
from random_builds import run

from baodian import values
from baodian.cache import Cache
from baodian.playbook.stamps import Stamps
from baodian.playbook.uses import Use
from baodian.said.problems import At
from baodian.source import Scalar


def test_builds_with_what_is_kept_are_as_whole_ones(tmp_path: Path) -> None:
    counted = run(tmp_path, 8, 3, every=4)
    assert counted["built"] >= 1
    assert counted["read"] >= 1


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
