"""Random changes of a project, and builds of it with what was kept compared with whole ones.

    python tests/random_builds.py [CHANGES] [SEED]

Two copies of a project get the same changes: one keeps its `.baodian-cache/`, which is cut off,
damaged or thrown away now and then; the other never has one. After each change both must say the
same: the same pages or the same problems, and every few changes the same files, byte for byte.
"""

import datetime
import filecmp
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from baodian.build import build
from baodian.cache import FOLDER
from baodian.read import read
from baodian.said.messages import words
from baodian.said.problems import PlaybookError

HERE = Path(__file__).parent
DAYS = tuple(datetime.date(2026, 12, 1) + datetime.timedelta(n) for n in (0, 7, 21, 40))
SIGNS = "客户一二三，。店车卡会员回访"


class Silent:
    """Progress that nobody looks at."""

    def stage(self, name: str) -> nullcontext[None]:
        """Do nothing."""
        return nullcontext()

    def step(self, done: int, total: int) -> None:
        """Do nothing."""

    def say(self, text: str) -> None:
        """Do nothing."""


def lay(project: Path) -> None:
    """Write the playbook in which everything occurs into a folder."""
    for layer in ("small_playbook", "playbooks/full"):
        shutil.copytree(HERE / layer, project, dirs_exist_ok=True)


def changed(project: Path, chance: random.Random) -> str:
    """Change one thing in a project; return what was done."""
    files = sorted((project / "playbook_data").rglob("*.yml"))
    file = chance.choice([*files, *sorted((project / "content").rglob("*.md"))])
    text = file.read_text(encoding="utf-8")
    ways: tuple[Callable[[], str], ...] = (
        lambda: _number(text, chance),
        lambda: _worded(text, chance),
        lambda: _worded(text, chance),
        lambda: f"# {chance.choice(SIGNS)}\n{text}",
        lambda: _without_line(text, chance),
        lambda: _swapped(text, chance),
        lambda: f"{text}status: draft\n",
    )
    what = chance.randrange(len(ways) + 3)
    if what < len(ways):
        file.write_text(ways[what](), encoding="utf-8")
    elif what == len(ways):
        file.rename(file.with_name(f"z{chance.randrange(9)}-{file.name}"))
    elif what == len(ways) + 1:
        file.unlink()
    else:
        settings = project / "mkdocs.yml"
        settings.write_text(f"{settings.read_text('utf-8')}# {chance.choice(SIGNS)}\n", "utf-8")
    return f"{what} {file.relative_to(project).as_posix()}"


def _number(text: str, chance: random.Random) -> str:
    return _other_sign(text, r"\d", str(chance.randrange(10)), chance, instead=True)


def _worded(text: str, chance: random.Random) -> str:
    return _other_sign(text, r"[\u4e00-\u9fff]", chance.choice(SIGNS), chance)


def _other_sign(
    text: str, where: str, new: str, chance: random.Random, *, instead: bool = False
) -> str:
    """Return a text with `new` before, or `instead` of, one of the signs that `where` finds."""
    found = list(re.finditer(where, text))
    if not found:
        return text + "\n"
    at = chance.choice(found).start()
    return f"{text[:at]}{new}{text[at + instead :]}"


def _without_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines)) if lines else 0 :][:1]
    return "".join(lines)


def _swapped(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    if len(lines) > 1:
        at = chance.randrange(len(lines) - 1)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "".join(lines)


def damaged(project: Path, chance: random.Random) -> str:
    """Throw away, cut off or change something of what is kept; return what was done."""
    folder = project / FOLDER
    files = sorted(f for f in folder.rglob("*") if f.is_file()) if folder.exists() else []
    what = chance.choice(("nothing", "nothing", "nothing", "all", "cut", "turned", "other"))
    if what == "all":
        shutil.rmtree(folder, ignore_errors=True)
    elif files and what != "nothing":
        file = chance.choice(files)
        data = file.read_bytes()
        if what == "cut":
            file.write_bytes(data[: chance.randrange(len(data) + 1)])
        elif what == "turned" and data:
            at = chance.randrange(len(data))
            file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        else:
            file.write_bytes(chance.choice(files).read_bytes())
    return what


def said(project: Path, day: datetime.date, *, whole: bool) -> object:
    """Return all that a build of a project comes to; its files are only written if `whole`."""
    try:
        if not whole:
            book = read(project, day)
            return book.site, book.problems
        build(project, day, words("zh-CN"), Silent())  # type: ignore[arg-type]
    except PlaybookError as error:
        return error.problems
    return "built"


def differing(one: Path, other: Path) -> list[str]:
    """Return which files of two folders differ, or are only in one of them."""
    names = {
        f.relative_to(of).as_posix() for of in (one, other) for f in of.rglob("*") if f.is_file()
    }
    return sorted(
        n for n in names
        if not (one / n).is_file()
        or not (other / n).is_file()
        or not filecmp.cmp(one / n, other / n, shallow=False)
    )  # fmt: skip


def run(folder: Path, changes: int, seed: int, every: int = 8) -> dict[str, int]:
    """Carry out random changes; return how many could be published, and what of that was built.

    Raises `AssertionError` at the first difference.
    """
    chance = random.Random(seed)
    kept, whole = folder / "kept", folder / "whole"
    lay(kept)
    counted = {"read": 0, "refused": 0, "built": 0}
    for n in range(changes):
        before = folder / "before"
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(kept, before, ignore=shutil.ignore_patterns("site", FOLDER))
        done = f"{n}: {changed(kept, chance)}, cache: {damaged(kept, chance)}"
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(kept, whole, ignore=shutil.ignore_patterns("site", FOLDER))
        day, built = chance.choice(DAYS), n % every == 0
        one, other = (said(project, day, whole=built) for project in (kept, whole))
        assert one == other, f"seed {seed}, {done}: what is kept is another than what is made"
        if one == "built":
            assert (kept / "site").exists()
            assert differing(kept / "site", whole / "site") == [], f"seed {seed}, {done}"
        refused = isinstance(one, tuple) and not hasattr(one[0], "pages")
        counted["refused" if refused else "built" if built else "read"] += 1
        if refused:  # go on from what could be published
            for name in ("playbook_data", "content"):
                shutil.rmtree(kept / name)
                shutil.copytree(before / name, kept / name)
            shutil.copy(before / "mkdocs.yml", kept / "mkdocs.yml")
    return counted


if __name__ == "__main__":
    asked = [int(a) for a in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as place:
        print(run(Path(place), *(asked or [200, 1])))  # noqa: T201
