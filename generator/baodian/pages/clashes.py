"""Two pages at one address: told before any page is made."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from baodian.pages.looks import by_kind
from baodian.pages.parts.acting import SHEET
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related

TOOLS = frozenset(
    ("404", "book", "editors/health", "editors/index", "finder", "handbook", "index", "my/checks",
     "my/index", "offline", "planner", "search")
)  # fmt: skip
"""Addresses of pages that show no kind of entity, and of the copies beside the pages."""


FILES = frozenset(("assets", "css", "js", "search", "widgets"))
"""Folders of the site that hold no pages."""


def address_of(file: str) -> str:
    """Return the address of a hand-written page; a `README.md` opens its folder."""
    folder, name = posixpath.split(file.removeprefix("content/").removesuffix(".md"))
    return posixpath.join(folder, "index" if name == "README" else name) + ".html"


def reserved() -> frozenset[str]:
    """Return the addresses of pages that are no entity's own, whether they are made or not."""
    looks = by_kind().values()
    homes = [place.partition("#")[0] for look in looks for place in (look.home, look.row)]
    lists = {f"{home.partition('/')[0]}/index.html" for home in homes if "/" in home}
    return frozenset((*(f"{tool}.html" for tool in TOOLS), *homes, *lists))


def clashes(playbook: Playbook) -> Iterator[Problem]:
    """Yield a problem for every page that has not an address of its own, capitals aside.

    Right: content/about.md. Wrong: content/scripts/says-will-stop.md, or a script `index`.
    """
    homes = {kind: look.home for kind, look in by_kind().items() if "#" not in look.home}
    sheets = {"script": SHEET}
    for kind, home in homes.items():
        if (entity := playbook.of_kind(kind).get("index")) is not None:
            message = msg("The address {address} is taken.", address=home.format(id="index"))
            hint = msg("“index” cannot be an id here; choose another.")
            yield Problem("address-clash", entity.id.at, message, hint)
    folders = _folders(playbook)
    for city in playbook.overlays.values():
        if city.id in folders:
            message = msg("The folder {folder} of the site is taken.", folder=f"{city.id}/")
            hint = msg("The pages of a city stand in a folder named by its id; choose another id.")
            yield Problem("address-clash", city.id.at, message, hint)
    ours = frozenset(map(_key, reserved()))
    written: dict[str, At] = {}
    for file, _ in playbook.content:
        address = address_of(file)
        key = _key(address)
        first = _at_home(playbook, homes, key) or _at_home(playbook, sheets, key)
        first = first or written.get(key)
        if first is None and key not in ours:
            written[key] = At(file)
            continue
        message = msg("The address {address} is taken.", address=address)
        related = (Related(first, msg("This has it already.")),) if first else ()
        hint = msg("Give this page another file name.")
        yield Problem("address-clash", At(file), message, hint, related)


def _at_home(playbook: Playbook, homes: Mapping[str, str], key: str) -> At | None:
    """Return the place of what is at home at an address, given as its `_key`."""
    for scheme, id_, class_ in playbook.classes() if "class" in homes else ():
        if key == _key(homes["class"].format(id=f"{scheme.id}/{id_}")):
            return class_.at
    for kind, home in homes.items():
        before, _, after = home.partition("{id}")
        start, end = _key(before), _key(after)
        if key.startswith(start) and key.endswith(end):
            entity = playbook.of_kind(kind).get(key.removeprefix(start).removesuffix(end))
            if entity is not None:
                return entity.id.at  # type: ignore[no-any-return]
    return None


def _folders(playbook: Playbook) -> frozenset[str]:
    """Return the names that no city can have: folders and pages at the top of the site."""
    named = (SHEET, *reserved(), *(look.home for look in by_kind().values()))
    ours = (address_of(file) for file, _ in playbook.content)
    files = (file.removeprefix("content/") for file in playbook.beside)
    tops = (address.partition("/")[0] for address in (*named, *ours, *files))
    return frozenset((*FILES, *(top.partition(".")[0].casefold() for top in tops)))


def _key(address: str) -> str:
    """Return what two addresses have in common that are one: on Windows, or in the one file."""
    return address.casefold().replace("/", "-")
