"""The story of publishing: framed pages in a folder → a site that can be verified and given out."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from baodian import cores
from baodian.page import Ruler, Site
from baodian.publish import addresses, assets, lean, manifest, moved, offline, policy, pruned
from baodian.publish.addresses import Names
from baodian.publish.finished import Finished, Keeper
from baodian.publish.frames import Framed
from baodian.publish.lean import Icons
from baodian.publish.reading import NOTHING, Reading, read_folder, read_page
from baodian.publish.single import FILE, single
from baodian.read import Read
from baodian.writers import calendar, changed, feed, search, widgets
from baodian.writers.article import Article

ROBOTS = "robots.txt"
NO_PAGE = Article("", "", "")  # 404.html and the like are nobody's
FOR_ROBOTS = (ROBOTS, "sitemap.xml", "sitemap.xml.gz")


def finish(
    framed: Framed,
    book: Read,
    *,
    copies: bool = True,
    guarded: bool = True,
    keeper: Keeper | None = None,
) -> Reading:
    """Make a site of framed pages, in their folder; return all that was written, read once.

    Those that were finished before are taken from there; a `keeper` gets the others.
    With `copies` readers' devices may keep it, if the playbook wants that; pages that are `guarded`
    say what a browser may do with them. What comes later rests on what comes before: a page's last
    bytes on its own and the names of what it shares with others; the search on the pages; the size
    that readers are told on all files but the two copies, the list of the offline copy on them all.
    """
    folder, site, t = framed.folder, book.site, book.words
    pages = {page.address: page for page in site.pages}
    copied = copies and site.offline

    # Each page in fewer bytes, with what it needs of what pages share.
    def thinned(name: str) -> _Thin:
        made = lean.page((folder / name).read_bytes().decode(), framed.edit_base)
        html = moved.marked(made.html, name, site, t)
        asked = tuple(dict.fromkeys(addresses.asked(html, name)))
        return _Thin(html, made.icons, asked, pruned.looks(html))

    made = tuple(name for name in framed.files if name not in framed.finished)
    needs: dict[str, _Thin | Finished] = dict(zip(made, cores.each(thinned, made), strict=True))
    needs |= {name: framed.finished[name] for name in framed.files if name not in needs}
    icons = {icon: drawn for need in needs.values() for icon, drawn in need.icons.items()}
    asked = {name for need in needs.values() for name in need.names}
    looks = {look for need in needs.values() for look in need.looks}

    # What they share, and the names by which all pages call it.
    dialog = assets.search_dialog(site, t)
    assets.keep_at_home(folder)
    scripts = assets.write_scripts(folder, t, widgets.said(site.pages), asked)
    assets.write_sheet(folder, {**icons, **dialog.icons}, frozenset(looks), dialog.html)
    ours = scripts | {assets.SHEET, assets.SITE_SCRIPT}
    one_file = FILE if copied else ""
    names = _shared(framed, book, ours, asked, dialog.html, one_file=one_file)

    # Each page as readers get it, read once.
    def settled(html: str, name: str) -> str:
        html = addresses.settled(html, name, names)
        return policy.guarded(html) if guarded else html

    articles = {article.address: article for article in framed.articles}

    def readable(name: str) -> Finished:
        need, done = needs[name], framed.finished.get(name)
        called = {one: names.get(one, one) for one in need.names}
        if done:
            html = addresses.again(done.html, name, done.names, called)
        else:
            html = settled(need.html, name)
        if done is None or html != done.html:
            article = articles.get(name, NO_PAGE)
            read = read_page(html, pages.get(name), article.owner if article.address else None)
            done = Finished(replace(article, html=""), html, need.icons, read, called, need.looks)
            if keeper:
                keeper.write(name, done)
        assets.write(folder, name, done.html)
        return done

    whole = dict(zip(made, cores.each(readable, made), strict=True))
    whole |= {name: readable(name) for name in framed.files if name not in whole}
    written = {name: whole[name].written for name in framed.files}
    if keeper:
        keeper.note(whole)
    moved.write(framed, site, t, settled)
    assets.write(folder, feed.FILE, feed.feed(site, framed.site_url))
    assets.write(folder, calendar.FILE, calendar.calendar(site, book.today))
    assets.write(folder, manifest.FILE, manifest.manifest(site, folder))

    # What changes with every text, under names that only `now.js` says.
    said = [(a, written[a.address].blocks) for a in framed.articles]
    data = {f"search/{name}": text for name, text in search.scripts(*searched(said, site)).items()}
    data[changed.FILE] = changed.script(site)
    for name, text in data.items():
        assets.write(folder, name, text)
    late = addresses.settle(folder, data)

    # What nobody asks for goes; what is left is counted.
    reading = read_folder(folder, pages, replace(NOTHING, pages=written))
    assets.drop(folder, assets.unused(reading))
    facts = {"size": assets.megabytes(folder), "cities": assets.places(site)}
    assets.write(folder, addresses.NOW, addresses.now(names[assets.SITE_SCRIPT], late, facts))
    if not site.listed and not (folder / ROBOTS).exists():  # the pages say so too
        assets.write(folder, ROBOTS, "User-agent: *\nDisallow: /\n")

    # The two copies that a reader may keep: one file, and the site on a device.
    one = ""
    if copied:
        told = (replace(a, html=written[a.address].article) for a in framed.articles)
        one = single(told, icons, site, t, folder)
        assets.write(folder, FILE, one)
        left_out = (FILE, *FOR_ROBOTS, policy.FILE, feed.FILE)
        offline.write(folder, site.version, book.today, left_out, offline.in_need(site, t))
    else:
        offline.end(folder)

    # What hosts are told of it all.
    if not (folder / policy.FILE).exists():
        files = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        assets.write(folder, policy.FILE, policy.headers(files, policy.of_host(one)))
    return read_folder(folder, pages, reading)


@dataclass(frozen=True)
class _Thin:
    """A page in fewer bytes, and what it needs: as a finished one has it."""

    html: str
    icons: Icons
    names: tuple[str, ...]
    looks: tuple[str, ...]


def _shared(
    framed: Framed, book: Read, ours: Set[str], asked: Set[str], dialog: str, *, one_file: str
) -> Names:
    """Write the site's script; give all scripts and sheets of ours, and those that pages ask for,
    the names that pages call them by.
    """
    folder = framed.folder
    late = addresses.settle(folder, assets.LATE)
    assets.write_site_script(folder, book.site, book.words, dialog, late, one_file=one_file)
    theirs = frozenset(name for name in asked - ours if not name.startswith("assets/"))
    return addresses.settle(folder, ours | asked, theirs)


def searched(
    said: list[tuple[Article, tuple[search.Block, ...]]], site: Site
) -> tuple[search.Index, dict[str, search.Index]]:
    """Return all that can be found everywhere, and all that can be found in each city.

    The pages of a city stand in the places of those that they stand for.
    """
    city_of = {page.address: page.city for page in site.pages}
    common = [(a, blocks) for a, blocks in said if not city_of.get(a.address)]
    cities: dict[str, search.Index] = {}
    for city, _ in site.cities:
        own = {
            a.address.partition("/")[2]: (a, blocks)
            for a, blocks in said
            if city_of.get(a.address) == city
        }
        there = [own.pop(a.address, (a, blocks)) for a, blocks in common]
        cities[city] = search.index(
            (*there, *own.values()), site.found_by, site.filters, _rulers(site, city)
        )
    return search.index(common, site.found_by, site.filters, _rulers(site)), cities


def _rulers(site: Site, city: str = "") -> tuple[Ruler, ...]:
    """Return the rulers that hold in a city, or everywhere."""
    here = {ruler.id: ruler for of in ("", city) for ruler in site.rulers if ruler.city == of}
    return tuple(here.values())
