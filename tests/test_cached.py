"""With what is kept from runs before, a check says the same as without; whatever was edited."""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from baodian import source
from baodian.cache import FOLDER, Cache
from baodian.checking import checked
from baodian.source import Mapping, Node, Scalar
from baodian.trees import Texts, files

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "small_playbook"
TODAY = datetime.date(2026, 12, 1)
STEPS = 30
"""How many edits follow each other in a sequence."""

CHANGE = """id: soon
title: 换个说法
effective_from: 2027-01-01
why: 试一试
change:
  param:{param}: {{default: {n}}}
"""
CITY = """id: north
name: 北城
kind: city
change:
  param:{param}: {{default: {n}, why: 路远, approved_by: 运营}}
"""


def edited(project: Path, chance: random.Random) -> str:
    """Change something in a project, and say what."""
    data = project / "playbook_data"
    there = sorted(p for p in (*data.rglob("*.yml"), *(project / "content").rglob("*.md")))
    file = chance.choice(there)
    edit = chance.choice(sorted(EDITS))
    EDITS[edit](project, file, chance)
    return f"{edit} {file.relative_to(project)}"


def _a_value(project: Path, file: Path, chance: random.Random) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    n = chance.randrange(len(lines))
    lines[n] += chance.choice(("好", "，，", " 客户", "【param:", "9", " # 注", "：x", "A级"))
    file.write_text("\n".join(lines), encoding="utf-8")


def _order(project: Path, file: Path, chance: random.Random) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    chance.shuffle(lines)
    file.write_text("\n".join(lines), encoding="utf-8")


def _less(project: Path, file: Path, chance: random.Random) -> None:
    file.unlink()


def _more(project: Path, file: Path, chance: random.Random) -> None:
    shutil.copy(file, file.with_name(f"{file.stem}-{chance.randrange(9)}{file.suffix}"))


def _name(project: Path, file: Path, chance: random.Random) -> None:
    file.rename(file.with_name(f"{chance.choice('abc')}-{file.name}"))


def _broken(project: Path, file: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    n = chance.randrange(len(data) + 1)
    file.write_bytes(data[:n] + chance.choice((b"[", b"\t", b"\xff", b'"', b"{a", b"")) + data[n:])


def _back(project: Path, file: Path, chance: random.Random) -> None:
    """All as it was at first."""
    for name in ("playbook_data", "content"):
        shutil.rmtree(project / name)
        shutil.copytree(SMALL / name, project / name)


def _layer(project: Path, file: Path, chance: random.Random) -> None:
    text, name = chance.choice(((CHANGE, "changes/soon.yml"), (CITY, "overlays/north.yml")))
    path = project / "playbook_data" / name
    path.parent.mkdir(exist_ok=True)
    values = {"param": chance.choice(("gold-cycle", "no-such")), "n": chance.randrange(40)}
    path.write_text(text.format(**values), encoding="utf-8")


def _lines_above(project: Path, file: Path, chance: random.Random) -> None:
    file.write_bytes(b"# \xe6\xb3\xa8\n" * chance.randrange(3) + file.read_bytes())


def _ends(project: Path, file: Path, chance: random.Random) -> None:
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def _damage(project: Path, file: Path, chance: random.Random) -> None:
    """Not of the playbook, but of what is kept."""
    kept = sorted(file for file in (project / FOLDER).rglob("*") if file.is_file())
    for one in chance.sample(kept, len(kept) // 2):
        data = one.read_bytes()
        one.write_bytes(chance.choice((b"", data[:-7], data.replace(b"1", b"2"), b"[]\n{}")))


EDITS: dict[str, Callable[[Path, Path, random.Random], None]] = {
    "value": _a_value, "order": _order, "less": _less, "more": _more, "name": _name,
    "broken": _broken, "back": _back, "layer": _layer, "lines above": _lines_above, "ends": _ends,
    "damage": _damage,
}  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_a_check_says_the_same_with_a_cache_as_without_after_any_edits(
    tmp_path: Path, seed: int
) -> None:
    project, chance = tmp_path / "p", random.Random(seed)
    shutil.copytree(SMALL, project, ignore=shutil.ignore_patterns(FOLDER))
    for step in range(STEPS):
        done = edited(project, chance) if step else "begun"
        with_cache = checked(project, TODAY, cache=Cache.of(project))[1]
        assert with_cache == checked(project, TODAY)[1], (step, done)
        if step % 3 == 0:
            _back(project, project, chance)


def test_trees_that_are_kept_are_those_that_are_read(tmp_path: Path) -> None:
    """Each text, each place in it, in every style."""
    project = tmp_path / "p"
    for name in ("playbook_data", "content"):
        shutil.copytree(ROOT / name, project / name)
    (project / "playbook_data" / "odd.yml").write_text(
        "a: 'it''s'\nb: \"x\\u4e00\\\"y\"\nc: |\n  客户\n    再来\nd: >-\n  一行\n  又一行\n"
        "e: 长长的\n  两行 x\nf: {g: [h, i], j: }\nk:\n- l\n- - m\n",
        encoding="utf-8",
    )
    cache = Cache.of(project)
    texts: Texts = {}
    files(project, texts, cache)
    read, told = files(project)
    assert not told
    kept, told = files(project, {}, cache)
    assert not told
    assert [one.path for one in kept] == [one.path for one in read]
    for one, other in zip(kept, read, strict=True):
        same(one.tree, other.tree)


def same(one: Node, other: Node) -> None:
    assert (type(one), one.at) == (type(other), other.at)
    if isinstance(one, Scalar):
        assert isinstance(other, Scalar)
        assert (str(one), one.style) == (str(other), other.style)
        assert (one.spot is None) == (other.spot is None)
        for offset in range(len(one) + 1):
            assert one.where(offset) == other.where(offset)
    elif isinstance(one, Mapping):
        assert isinstance(other, Mapping)
        for pair, twin in zip(one.items(), other.items(), strict=True):
            same(pair[0], twin[0])
            same(pair[1], twin[1])
    else:
        for item, twin_item in zip(one, other, strict=True):
            same(item, twin_item)


def test_a_file_that_is_as_it_was_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "p"
    shutil.copytree(SMALL, project, ignore=shutil.ignore_patterns(FOLDER))
    broken = project / "playbook_data" / "roles.yml"
    broken.write_text(broken.read_text(encoding="utf-8") + "x：y\n", encoding="utf-8")
    cache, asked = Cache.of(project), []

    def noted(data: bytes, file: str) -> object:
        asked.append(file)
        return read(data, file)

    read = source.read
    monkeypatch.setattr(source, "read", noted)
    first = files(project, {}, cache)
    assert len(asked) > 10
    asked.clear()
    assert files(project, {}, cache)[1] == first[1]
    assert asked == ["playbook_data/roles.yml"]  # what is wrong with it is told each time
    other = project / "playbook_data" / "slots.yml"
    other.write_bytes(other.read_bytes() + b"\n")
    asked.clear()
    files(project, {}, cache)
    assert set(asked) == {"playbook_data/roles.yml", "playbook_data/slots.yml"}
