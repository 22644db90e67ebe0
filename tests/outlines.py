"""What every page of the small playbook says, as text: `make pages` writes it into tests/pages.

A file for each page (its address with dots), and `site.txt` for what the pages have in common.
`drafts/` holds only the pages that are another when drafts are shown, `bare/` those of a playbook
that has next to nothing.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from baodian.page import Site
from baodian.read import read
from baodian.writers.outline import outline, outline_of_site

HERE = Path(__file__).parent
FOLDER = HERE / "pages"
TODAY = datetime.date(2026, 12, 1)


def sites() -> tuple[Site, Site, Site]:
    """Return the small playbook as published and with its drafts, and the bare one."""
    small, bare = HERE / "small_playbook", HERE / "bare_playbook"
    return read(small, TODAY).site, read(small, TODAY, drafts=True).site, read(bare, TODAY).site


def outlines(sites: tuple[Site, Site, Site]) -> dict[str, str]:
    """Return the text of every file of tests/pages by its name there."""
    published, drafts, bare = map(outlines_of, sites)
    return {
        **published,
        **{f"drafts/{name}": text for name, text in drafts.items() if published.get(name) != text},
        **{f"bare/{name}": text for name, text in bare.items()},
    }


def outlines_of(site: Site) -> dict[str, str]:
    """Return the outline of a site and of each of its pages by the name of its file."""
    pages = {name_of(page.address): outline(page) for page in site.pages}
    assert len(pages) == len(site.pages)
    assert "site.txt" not in pages
    return {"site.txt": outline_of_site(site), **pages}


def name_of(address: str) -> str:
    """Return the name of the file for the page of an address."""
    return address.removesuffix(".html").replace("/", ".") + ".txt"


def kept() -> dict[str, str]:
    """Return what stands in tests/pages."""
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }


def write() -> None:
    """Make tests/pages what the code says now, and name every file that changed."""
    before, now = kept(), outlines(sites())
    for name in sorted({*before, *now}):
        path = FOLDER / name
        if name not in now:
            path.unlink()
            sys.stdout.write(f"gone     {name}\n")
        elif before.get(name) != now[name]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(now[name].encode())
            sys.stdout.write(f"{'changed' if name in before else 'new':8} {name}\n")


if __name__ == "__main__":
    write()
