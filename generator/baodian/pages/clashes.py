"""Two pages at one address: told before any page is made."""

from __future__ import annotations

from collections.abc import Iterator

from baodian.pages.looks import by_kind
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related


def clashes(playbook: Playbook) -> Iterator[Problem]:
    """Yield a problem for every page that has not an address of its own, capitals aside.

    Right: content/about.md. Wrong: content/scripts/says-will-stop.md, or a script `index`.
    """
    homes = {kind: look.home for kind, look in by_kind().items() if "#" not in look.home}
    taken: dict[str, At] = {}
    for entity in playbook.all():
        home = homes.get(entity.kind)
        if home is None:
            continue
        if entity.id == "index":
            message = msg("The address {address} is taken.", address=home.format(id="index"))
            hint = msg("“index” cannot be an id here; choose another.")
            yield Problem("address-clash", entity.id.at, message, hint)
        taken[home.format(id=entity.id)] = entity.id.at
    for scheme, id_, class_ in playbook.classes():
        taken[homes["class"].format(id=f"{scheme.id}/{id_}")] = class_.at
    for file, _ in playbook.content:
        address = file.removeprefix("content/").removesuffix(".md") + ".html"
        first = taken.setdefault(address.casefold(), At(file))
        if first.file != file:
            message = msg("The address {address} is taken.", address=address)
            related = (Related(first, msg("This has it already.")),)
            hint = msg("Give this page another file name.")
            yield Problem("address-clash", At(file), message, hint, related)
