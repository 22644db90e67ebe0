"""The handbook while it is being edited: rebuilt on each change, with its problems on top.

A broken edit leaves the last good pages as they are; the banner is put into the files that are
served, and the next good build replaces them all. On top of good pages stands what has changed in
meaning since the last commit, or whatever else is named; `build` writes nothing of it.
"""

from __future__ import annotations

import datetime
import re
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from baodian import mkdocs_plugin
from baodian.build import write
from baodian.comparing import pages, served
from baodian.comparing.asked import LAST
from baodian.comparing.sides import Unreadable
from baodian.comparing.since import Since
from baodian.interrupted import Interrupted
from baodian.page import Page, Site
from baodian.publish import lean
from baodian.publish.assets import watched
from baodian.publish.assets import write as write_text
from baodian.publish.finished import Keeper
from baodian.publish.frames import Wanted
from baodian.read import Before, Read, UnknownEdition, read
from baodian.report import report, summary
from baodian.said.messages import Words, msg
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress
from baodian.writers import html
from baodian.writers.html import TEMPLATES

ARTICLE = re.compile(r"(<article\b[^>]*>).*?(</article>)", re.DOTALL)
BODY = re.compile(r"<body\b[^>]*>")
OLD_BANNER = re.compile(r"<!--baodian-problems-->.*?<!--/baodian-problems-->", re.DOTALL)


class Desk:
    """One served folder: `root` always holds the last good pages, or a page that says why not."""

    def __init__(
        self,
        project: Path,
        folder: Path,
        t: Words,
        progress: Progress,
        address: str,
        since: Since | None = None,
    ) -> None:
        self.root = folder / "site"
        self._next = folder / "next"
        self._old = folder / "old"
        self._project = project
        self._t = t
        self._progress = progress
        self._address = address
        self._since = since
        self._keeper = Keeper()
        self.on_first: Callable[[], None] = lambda: None
        self._book: Read | None = None  # of which pages stand in `root`
        self._pages: dict[str, Page] = {}  # those of today, as they were told last
        self._told = ""  # why nothing could be compared, as the terminal was told last

    def first(self, pages: Iterable[Page]) -> None:
        """Show on the pages that stand what they say today; `on_first` is called if any does.

        What later days and cities say of it is as it was until all is rebuilt.
        """
        before, self._pages = self._pages, {page.address: page for page in pages}
        if self._book is None:
            return
        standing = {page.address: page for page in self._book.site.pages}
        shown = 0
        for address, page in self._pages.items():
            was, stands = before.get(address), standing.get(address)
            if was is not None and stands is not None and was is not page and was != page:
                shown += self._put(self._book, _as(page, stands, was))
        if shown:
            self.on_first()

    def _put(self, book: Read, page: Page) -> bool:
        """Put a page's article in the place of what stands; say whether there was one."""
        path = self.root / page.address
        if not path.is_file():
            return False
        article = html.render(page, book.site, book.words, lambda at: None).html
        made = lean.page(article).html.rstrip()
        text = path.read_text(encoding="utf-8")
        path.write_text(ARTICLE.sub(lambda at: f"{at[1]}{made}{at[2]}", text, 1), encoding="utf-8")
        return True

    def rebuild(self, read_again: Callable[[], Read]) -> None:
        """Put the new pages into `root`, or the problems on top of the old; never raises."""
        t = self._t
        try:
            with self._progress.stage(t("Reading the playbook")):
                book = read_again()
            shutil.rmtree(self._next, ignore_errors=True)
            wanted = Wanted(site_url=self._address, copies=False, guarded=False)
            write(self._project, book, self._next, t, self._progress, wanted, self._keeper)
            if self._since:
                with self._progress.stage(t("Comparing")):
                    self._compare(self._since, book.site)
        except PlaybookError as error:
            self._show(report(error.problems, t))
        except UnknownEdition as error:
            if not self.root.exists():
                raise
            self._show(t.text(error.message))
        except Exception:  # a bug of ours: whole, on top of the last good pages
            self._show(traceback.format_exc())
        else:
            shutil.rmtree(self._old, ignore_errors=True)
            if self.root.exists():
                self.root.rename(self._old)  # somebody may be reading: no moment without pages
            self._next.rename(self.root)
            self._book = book
            self._progress.say(summary(book.problems, t))

    def _compare(self, since: Since, site: Site) -> None:
        """Put on top of the new pages what has changed in meaning, or why that is not known."""
        t, told = self._t, ""
        titles = {address: address for address in _addresses(self._next)}
        titles |= {page.address: page.title for page in site.pages if page.address in titles}
        try:
            found = since.now()
            shown = pages.shown(found)
            bar = served.bars(found, shown, t)
            write_text(self._next, served.PAGE, served.page(found, shown, titles, t))
        except Unreadable as error:
            bar = served.unknown(error.message, t)
            told = report(error.problems, t) if error.problems else t.text(error.message)
        except Exception:  # a bug of ours: whole in the terminal; the pages are good all the same
            bar = served.unknown(msg("The program has a fault; the terminal shows it."), t)
            told = traceback.format_exc()
        put_on_top(self._next, bar)
        if told and told != self._told:
            self._progress.insist(told)
        self._told = told

    def _show(self, text: str) -> None:
        self._progress.insist(text)
        if not self.root.exists():
            self.root.mkdir(parents=True)
            (self.root / "index.html").write_text("<!doctype html><body></body>", encoding="utf-8")
            shutil.copy(self.root / "index.html", self.root / "404.html")
        put_banner(self.root, banner(text, self._t))


def _as(page: Page, stands: Page, was: Page) -> Page:
    """Return a page with what stands around it: on top, beside and below what it said itself."""
    own = was.blocks[:1]
    above = takewhile(lambda block: (block,) != own, stands.blocks) if own else ()
    return replace(
        stands,
        title=page.title,
        lead=page.lead,
        blocks=(*above, *page.blocks),
        badges=page.badges,
        draft=page.draft,
        source=page.source,
    )


def banner(text: str, t: Words) -> str:
    """Return the HTML that shows `text` on top of a page, between the marks that find it again."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    inner = environment.get_template("problems.html").render(text=text, t=t)
    return f"<!--baodian-problems-->{inner}<!--/baodian-problems-->"


def put_banner(root: Path, markup: str) -> None:
    """Put the banner on top of every page below `root`, in the place of an older one."""
    put_on_top(root, lambda address: markup, OLD_BANNER)


def put_on_top(
    root: Path, markup: Callable[[str], str], instead: re.Pattern[str] | None = None
) -> None:
    """Put on top of every page below `root` what `markup` gives for its address.

    What is there and matches `instead` goes.
    """
    for address in _addresses(root):
        path = root / address
        page = path.read_text(encoding="utf-8")
        page = instead.sub("", page) if instead else page
        if body := BODY.search(page):
            page = page[: body.end()] + markup(address) + page[body.end() :]
        path.write_text(page, encoding="utf-8")


def _addresses(root: Path) -> tuple[str, ...]:
    return tuple(path.relative_to(root).as_posix() for path in root.rglob("*.html"))


def serve(
    project: Path,
    today: datetime.date,
    t: Words,
    progress: Progress,
    host: str,
    port: int,
    audience: str = "",
    since: str = LAST,
) -> None:
    """Serve the handbook, drafts too, until interrupted; for an audience, what it may see.

    On top of it stands what differs from `since`, a revision of git or a folder with a playbook.
    Raises `OSError` if the address cannot be used, and `UnknownEdition` before anything is served.
    """
    address = f"http://{host}:{port}/"
    with tempfile.TemporaryDirectory(prefix="baodian-") as folder:
        before = Since(project, since, today, audience)
        desk = Desk(project, Path(folder), t, progress, address, before)

        last = Before(drafts=True, first=desk.first)

        def rebuild() -> None:
            desk.rebuild(lambda: read(project, today, drafts=True, audience=audience, before=last))

        def ready() -> None:
            progress.insist(t("The handbook is at {address} — stop with Ctrl-C.", address=address))

        rebuild()
        watch = (project / "mkdocs.yml", project / "content", *watched(project), *before.watched())
        server = mkdocs_plugin.server(desk.root, rebuild, host, port, watch, ready)
        desk.on_first = server.reload
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except Interrupted as interrupted:
            if interrupted.signal != signal.SIGINT:  # Ctrl-C is how it is meant to end
                raise
        finally:
            server.shutdown()
