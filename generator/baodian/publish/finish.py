"""The story of publishing: framed pages in a folder → a site that can be verified and given out."""

from __future__ import annotations

from dataclasses import replace

from baodian.page import Site
from baodian.publish import assets, lean, manifest, moved, offline
from baodian.publish.finished import Finished, Keeper
from baodian.publish.frames import Framed
from baodian.publish.reading import NOTHING, Reading, Written, read_folder, read_page
from baodian.publish.single import FILE, single
from baodian.read import Read
from baodian.writers import calendar, changed, feed, search
from baodian.writers.article import Article

ROBOTS = "robots.txt"
NO_PAGE = Article("", "", "")  # 404.html and the like are nobody's
FOR_ROBOTS = (ROBOTS, "sitemap.xml", "sitemap.xml.gz")


def finish(
    framed: Framed, book: Read, *, copies: bool = True, keeper: Keeper | None = None
) -> Reading:
    """Make a site of framed pages, in their folder; return all that was written, read once.

    Those that were finished before are taken from there; a `keeper` gets the others.
    With `copies` readers' devices may keep it, if the playbook wants that. What comes later rests
    on what comes before: the search on the pages, its dialog on the version of its data, the size
    that readers are told on all files but the two copies, the list of the offline copy on them all.
    """
    folder, site, t = framed.folder, book.site, book.words
    pages = {page.address: page for page in site.pages}
    copied = copies and site.offline

    # Each page in fewer bytes, and read.
    articles = {article.address: article for article in framed.articles}
    owners = {address: article.owner for address, article in articles.items()}
    icons: dict[str, str] = {}
    written: dict[str, Written] = {}
    for name in framed.files:
        done = framed.finished.get(name)
        if done is None:
            thin = lean.page((folder / name).read_bytes().decode(), framed.edit_base)
            html = moved.marked(thin.html, name, site, t)
            read = read_page(html, pages.get(name), owners.get(name, ""))
            done = Finished(replace(articles.get(name, NO_PAGE), html=""), html, thin.icons, read)
            if keeper:
                keeper.keep(name, done)
        assets.write(folder, name, done.html)
        icons |= done.icons
        written[name] = done.written

    # What they share: data of the search, one style sheet with the icons, scripts.
    said = [(a, written[a.address].blocks) for a in framed.articles]
    data = search.scripts(*_searched(said, site))
    dialog = assets.search_dialog(site, t, search.version(data))
    for name, text in data.items():
        assets.write(folder, f"search/{name}", text)
    assets.write_scripts(folder)
    looks = frozenset[str]().union(*(page.looks for page in written.values()))
    assets.write_sheet(folder, {**icons, **dialog.icons}, looks, dialog.html)
    assets.write(folder, feed.FILE, feed.feed(site, framed.site_url))
    assets.write(folder, calendar.FILE, calendar.calendar(site, book.today))
    assets.write(folder, changed.FILE, changed.script(site))
    assets.write(folder, manifest.FILE, manifest.manifest(site, folder))
    assets.keep_at_home(folder)
    moved.write(framed, site, t)

    # What nobody asks for goes; what is left is counted.
    reading = read_folder(folder, pages, replace(NOTHING, pages=written))
    assets.drop(folder, assets.unused(reading))
    assets.write_site_script(folder, site, t, dialog.html, one_file=FILE if copied else "")

    if not site.listed and not (folder / ROBOTS).exists():  # the pages say so too
        assets.write(folder, ROBOTS, "User-agent: *\nDisallow: /\n")

    # The two copies that a reader may keep: one file, and the site on a device.
    if copied:
        whole = (replace(a, html=written[a.address].article) for a in framed.articles)
        assets.write(folder, FILE, single(whole, icons, site, t, folder))
        offline.write(folder, site.version, book.today, (FILE, *FOR_ROBOTS, feed.FILE))
    else:
        offline.end(folder)
    return read_folder(folder, pages, reading)


def _searched(
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
        cities[city] = search.index((*there, *own.values()), site.found_by, site.filters)
    return search.index(common, site.found_by, site.filters), cities
