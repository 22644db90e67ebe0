"""PDFs of the shipped handbook, made in processes of their own: Typst keeps memory until the end.

python tests/typeset.py FOLDER writes `book.pdf`, `cards.pdf` and `again.pdf`, the cards once more.
"""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import replace
from pathlib import Path

from conftest import ROOT, TODAY

from baodian.export import pdf
from baodian.page import Page, Site
from baodian.read import Read, read
from baodian.said.messages import words
from baodian.terminal import Progress

WHOLE = frozenset(("moment", "matrix"))  # of other kinds one page: Typst takes 11 MB for each
T = words("en")
QUIET = Progress(quiet=True)


def some_of(site: Site) -> Site:
    """Return the site with one page of each kind in each chapter, and every page of some kinds."""
    first: dict[tuple[str, str], Page] = {}
    for page in site.pages:
        first.setdefault((page.kind, page.section), page)
    kept = {page.address for page in first.values()}
    pages = tuple(p for p in site.pages if p.address in kept or p.kind in WHOLE)
    return replace(site, pages=pages)


def book(folder: Path, shipped: Read) -> None:
    some = replace(shipped, site=some_of(shipped.site))
    (folder / "book.pdf").write_bytes(pdf.handbook(ROOT, some, T, QUIET))


def cards(folder: Path, shipped: Read) -> None:
    for name in ("cards", "again"):
        (folder / f"{name}.pdf").write_bytes(pdf.class_cards(shipped, T, QUIET))


def main() -> None:
    folder, shipped = Path(sys.argv[1]), read(ROOT, TODAY)
    for write in (book, cards):
        child = multiprocessing.get_context("fork").Process(target=write, args=(folder, shipped))
        child.start()
        child.join()
        assert child.exitcode == 0


if __name__ == "__main__":
    main()
