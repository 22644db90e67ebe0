"""Kill builds at random moments and look whether `site/` is always a whole one afterwards.

By hand: python tests/kill_builds.py 30
"""

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from small_site import SITE, project, small_read

from baodian.build import publish, repair
from baodian.page import Page, Paragraph, line
from baodian.publish import stage
from baodian.said.messages import words
from baodian.terminal import Progress

PAGES = 12
SLOWLY = 0.05  # seconds
SWAPPING = "swapping"  # a file that is there while a child swaps
AT_ONCE = sys.platform in ("linux", "darwin")


def build_version(folder: Path, version: int) -> None:
    """Build a site of which every page says its version."""

    def mark(page: Page) -> Page:
        return replace(page, blocks=(*page.blocks, Paragraph(line(f"version-{version}."))))

    more = tuple(replace(SITE.pages[1], address=f"more/{i}.html") for i in range(PAGES))
    site = replace(SITE, pages=tuple(mark(page) for page in (*SITE.pages, *more)))
    publish(folder, small_read(site), words("en"), Progress(quiet=True))


def version_of(folder: Path) -> int:
    """Return the version of the site in `folder`.

    Raises `AssertionError` if it is not whole, of one version and alone.
    """
    site = folder / "site"
    texts = [p.read_text(encoding="utf-8") for p in site.rglob("*.html")]
    found = {t.partition("version-")[2].partition(".")[0] for t in texts if "version-" in t}
    assert len(found) == 1, found
    assert len(texts) == len(SITE.pages) + PAGES + 3, len(texts)  # and about, 404, the one file
    assert (site / "assets").is_dir()
    assert stage.leftovers(site) == ()
    return int(found.pop())


def kill_builds(folder: Path, times: int, seed: int) -> dict[str, int]:
    """Kill `times` builds of which each is newer than the last; return how they ended."""
    dice = random.Random(seed)
    project(folder)
    build_version(folder, 0)
    good = 0
    start = time.monotonic()
    subprocess.run([sys.executable, __file__, "build", str(folder), "0"], check=True)
    length = time.monotonic() - start
    ends = {"old": 0, "new": 0, "in the swap": 0, "swap repaired": 0}
    for version in range(1, times + 1):
        how = "renames" if version % 4 == 0 else "build"
        child = subprocess.Popen([sys.executable, __file__, how, str(folder), str(version)])
        if version % 2 == 0:
            kill_in_the_swap(child, folder, dice.uniform(0, 3 * SLOWLY))
        else:
            time.sleep(dice.uniform(0.2, 1.05) * length)
            child.kill()
        child.wait()
        in_swap = not (folder / "site").exists()
        if (folder / SWAPPING).exists():
            (folder / SWAPPING).unlink()
            ends["in the swap"] += 1
        if how == "build" and AT_ONCE:
            assert not in_swap, "the exchange is at once, yet site/ was missing"
            assert (folder / "site" / "index.html").is_file()
        repair(folder)
        now = version_of(folder)
        assert now in (good, version)
        ends["swap repaired" if in_swap else "new" if now == version else "old"] += 1
        good = now
    return ends


def kill_in_the_swap(child: "subprocess.Popen[bytes]", folder: Path, after: float) -> None:
    """Kill `after` seconds in the swap, which takes about three times `SLOWLY`."""
    while child.poll() is None:
        if (folder / SWAPPING).exists():
            time.sleep(after)
            child.kill()
            return
        time.sleep(0.002)


def widen_the_swap(folder: Path, *, at_once: bool) -> None:
    """Tell when the swap begins, and sleep around each step: they are too close to be hit."""
    rename, exchange = Path.rename, stage.exchange

    def slow(self: Path, target: Path) -> Path:
        done = rename(self, target)
        time.sleep(SLOWLY)
        return done

    def told(one: Path, other: Path) -> bool:
        (folder / SWAPPING).touch()
        time.sleep(SLOWLY)
        done = at_once and exchange(one, other)
        time.sleep(SLOWLY)
        return done

    Path.rename = slow  # type: ignore[method-assign, assignment]
    stage.exchange = told


def main() -> None:
    if sys.argv[1] in ("build", "renames"):
        widen_the_swap(Path(sys.argv[2]), at_once=sys.argv[1] == "build")
        build_version(Path(sys.argv[2]), int(sys.argv[3]))
        return
    times = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    with tempfile.TemporaryDirectory() as folder:
        ends = kill_builds(Path(folder) / "project", times, seed)
    print(f"seed {seed}: {times} builds killed, site/ always whole: {ends}")  # noqa: T201


if __name__ == "__main__":
    main()
