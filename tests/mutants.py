"""Changes one line of the code at a time and asks whether the tests see it: `make mutants`.

tests/mutants.yml is the table. Each mutant is made in a copy of the tree and run against the tests
that are meant to see it, or with `--all` against the whole suite; words behind the command choose
mutants by their names. Ends with 1 where under 95 % are seen, with 2 where nothing can be said.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

import yaml

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "mutants.yml"
CODE = Path("generator") / "baodian"
LEFT_OUT = (".git", ".venv", ".hypothesis", ".*_cache", "site", ".site*", "dist")
WANTED = 0.95
AT_ONCE = min(2, os.cpu_count() or 1)
LONGEST = 600  # seconds
NODE = os.environ.get("NODE", "node")


@dataclass(frozen=True)
class Mutant:
    """A change of one text that stands once in a file, what a reader suffers, and who sees it."""

    area: str
    file: str  # below generator/baodian
    was: str
    now: str
    so: str
    seen: tuple[str, ...]  # tests below tests/, as pytest names them; `.mjs` for Node.js
    one: str = ""  # of several that are told together

    @property
    def name(self) -> str:
        """Return how reports call it."""
        return f"{self.area} {self.file}" + (f" {self.one}" if self.one else "")

    def applied(self, root: Path) -> str:
        """Return the text of its file with the change. Raises `ValueError` if it does not fit."""
        text = (root / CODE / self.file).read_text(encoding="utf-8")
        if (count := text.count(self.was)) != 1:
            raise ValueError(f"{self.name}: {self.was!r} stands there {count} times")
        return text.replace(self.was, self.now)


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: `seen`, `missed`, or why nothing can be said; and in how long."""

    mutant: Mutant
    said: str
    seconds: float


def mutants(table: Path = TABLE) -> Iterator[Mutant]:
    """Yield the mutants of the table; an entry with `each` is one for each of these."""
    for area, entries in yaml.safe_load(table.read_text(encoding="utf-8")).items():
        for entry in entries:
            seen = entry["seen"]
            given = {**entry, "seen": (seen,) if isinstance(seen, str) else tuple(seen)}
            each = given.pop("each", None)
            mutant = Mutant(area, **given)
            for one in each or ():
                now, *seen = (text.replace("{each}", one) for text in (mutant.now, *mutant.seen))
                yield replace(mutant, now=now, seen=tuple(seen), one=one)
            if each is None:
                yield mutant


# --- running --------------------------------------------------------------------------------------


def copied(folder: Path) -> Path:
    """Copy the tree into a new folder and return it."""
    of_the_top, everywhere = (
        shutil.ignore_patterns(*LEFT_OUT),
        shutil.ignore_patterns("__pycache__"),
    )

    def left_out(inner: str, names: list[str]) -> set[str]:
        return everywhere(inner, names) | (
            of_the_top(inner, names) if inner == str(ROOT) else set()
        )

    shutil.copytree(ROOT, folder, ignore=left_out, symlinks=True)
    return folder


def run(root: Path, tests: Sequence[str]) -> str:
    """Return `missed` where the tests pass in the copy at `root`, `seen` where one fails.

    No tests are all of them. What neither passes nor fails is told in other words.
    """
    scripts = [f"tests/{name}" for name in tests if name.endswith(".mjs")]
    others = [f"tests/{name}" for name in tests if not name.endswith(".mjs")]
    commands = [[NODE, "--test", *scripts]] if scripts else []
    if others or not tests:
        pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        commands.append([*pytest, *others])
    environment = {**os.environ, "PYTHONPATH": str(root / "generator")}
    for command in commands:
        try:
            done = subprocess.run(
                command, cwd=root, env=environment, capture_output=True, text=True, timeout=LONGEST
            )
        except subprocess.TimeoutExpired:
            return f"no answer in {LONGEST} s"
        if done.returncode == 1:
            return "seen"
        if done.returncode:  # a test that cannot even be collected sees nothing
            return f"{Path(command[0]).name} ended with {done.returncode}: {done.stdout[-400:]}"
    return "missed"


def tried(mutant: Mutant, root: Path) -> Outcome:
    """Make a mutant in the copy at `root`, run its tests, and make the copy good again."""
    file = root / CODE / mutant.file
    sound = file.read_text(encoding="utf-8")
    begun = time.monotonic()
    try:
        written(file, mutant.applied(root))
        said = run(root, mutant.seen)
    finally:
        written(file, sound)
    return Outcome(mutant, said, time.monotonic() - begun)


def written(file: Path, text: str) -> None:
    """Write a file, and drop what Python compiled of it: that is told apart by seconds only."""
    file.write_text(text, encoding="utf-8")
    if file.suffix == ".py":
        Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)


def main() -> int:
    """Run the mutants, say what became of each, and return the code to end with."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("words", nargs="*", help="only mutants whose names hold one of these")
    options.add_argument("--all", action="store_true", help="run the whole suite for each")
    given = options.parse_args()
    chosen = [m for m in mutants() if not given.words or any(w in m.name for w in given.words)]
    if given.all:
        chosen = [replace(mutant, seen=()) for mutant in chosen]
    for mutant in chosen:
        mutant.applied(ROOT)  # before anything is run: the table fits the code
    with tempfile.TemporaryDirectory() as folder:
        copies = [copied(Path(folder) / str(number)) for number in range(AT_ONCE)]
        told("the tests without a mutant …")
        if (said := run(copies[0], sorted({name for m in chosen for name in m.seen}))) != "missed":
            told(f"they do not pass without a mutant: {said}")
            return 2
        return summed_up(list(outcomes(chosen, copies)))


def outcomes(chosen: Sequence[Mutant], copies: Sequence[Path]) -> Iterator[Outcome]:
    """Yield what becomes of each mutant, and say it; as many run at once as there are copies."""
    free: SimpleQueue[Path] = SimpleQueue()
    for root in copies:
        free.put(root)

    def outcome(mutant: Mutant) -> Outcome:
        root = free.get()
        try:
            return tried(mutant, root)
        finally:
            free.put(root)

    with ThreadPoolExecutor(len(copies)) as pool:
        for number, one in enumerate(pool.map(outcome, chosen), 1):
            mutant = one.mutant
            told(f"{number:3}/{len(chosen)} {one.seconds:5.1f} s  {one.said:6}  {mutant.name}")
            if one.said != "seen":
                told(f"      - {mutant.was!r}\n      + {mutant.now!r}\n      {mutant.so}")
            yield one


def summed_up(outcomes: Sequence[Outcome]) -> int:
    """Say how many were seen, in all and by area, and return the code to end with."""
    for area in dict.fromkeys(o.mutant.area for o in outcomes):
        own = [o for o in outcomes if o.mutant.area == area]
        told(f"{area:10} {sum(o.said == 'seen' for o in own)} of {len(own)}")
    share = sum(o.said == "seen" for o in outcomes) / max(1, len(outcomes))
    seconds = sum(o.seconds for o in outcomes)
    told(f"{share:.1%} of {len(outcomes)} seen, in {seconds:.0f} s of tests")
    if any(o.said not in ("seen", "missed") for o in outcomes):
        return 2
    return int(share < WANTED)


def told(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
