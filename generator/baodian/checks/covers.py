"""Every class has what the handbook is made of, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator

from baodian.coverage import coverage, kind_word
from baodian.messages import Message, msg
from baodian.model.coverage import Covering
from baodian.playbook import Playbook
from baodian.problems import Problem


def classes(playbook: Playbook) -> Iterator[Problem]:
    """Every class has a script, a list, a case, a measure and a rhythm, or coverage.yml says why.

    Right: `{for: tier/gold, without: case, why: …}` while no case shows gold. Wrong: a class that
    no case shows, without such a reason; a reason when every cell it names is filled. Asked only
    of a playbook that has a coverage.yml: to write one is to want this.
    """
    if not playbook.reasons:
        return
    found = coverage(playbook)
    for reason in found.unneeded:
        message = msg("Nothing is missing that this reason would explain.")
        hint = msg("Remove it; or, if “for” joins classes with “+”, name single classes.")
        yield Problem("unneeded-reason", reason.id.at, message, hint)
    for cell in found.missing:
        scheme, class_ = cell.class_
        at = next(key.at for key in playbook.schemes[scheme].classes if key == class_)
        name = playbook.class_name(cell.class_)
        message = msg("{name} has none of this kind: {kind}.", name=name, kind=kind_word(cell.kind))
        yield Problem("not-covered", at, message, _hint(f"{scheme}/{class_}", cell.kind))


def _hint(id_: str, kind: Covering) -> Message:
    match kind:
        case "measure":
            how = msg("Put a measure into the row of “{id}” in a matrix", id=id_)
        case "case":
            how = msg("Add “{id}” to the “profile” of a case, or write one", id=id_)
        case "rhythm":
            how = msg("Add “{id}” to the “whom” of a rhythm, or write one", id=id_)
        case "script":
            how = msg("Add “{id}” to the “for” of a script, or write one", id=id_)
        case "checklist":
            how = msg("Add “{id}” to the “for” of a list, or write one", id=id_)
    why = f"{{for: {id_}, without: {kind}, why: …}}"
    return msg("{how}; or say in {file} why not: {why}", how=how, file="coverage.yml", why=why)
