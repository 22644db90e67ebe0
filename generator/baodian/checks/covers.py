"""Every class has what the handbook is made of, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from baodian.checks import contacts, findings, ladders
from baodian.model.coverage import Covering
from baodian.model.customers import Section
from baodian.playbook import Playbook, published
from baodian.playbook.coverage import Coverage, asked_for, coverage, kind_word, sections
from baodian.said.messages import Message, msg
from baodian.said.problems import Problem

SEARCHES: tuple[findings.Search, ...] = (
    contacts.find_unreached, contacts.find_unkept, contacts.find_contradicting,
    contacts.find_inverted, ladders.find_unmoved, ladders.find_turned, ladders.find_lacking,
    ladders.find_rowless,
)  # fmt: skip
"""What else a reason may explain."""


def classes(playbook: Playbook) -> Iterator[Problem]:
    """Every class has a script, a list, a case, a measure and a rhythm, or coverage.yml says why.

    Right: `{for: tier/gold, without: case, why: …}` while no case shows gold. Wrong: a class that
    no case shows, without such a reason. Asked only of a playbook whose coverage.yml has such
    reasons: to write one is to want this. A reason that explains nothing, here or in `SEARCHES`,
    is told too.
    """
    grid = playbook.once(coverage) if asked_for(playbook) else Coverage(())
    yield from findings.unneeded_reasons(playbook, SEARCHES, grid)
    for cell in grid.missing:
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


def sections_of_guides(playbook: Playbook) -> Iterator[Problem]:
    """The guides of a scheme have the sections that the scheme names, and no others.

    Right: `sections: [goal, do]` and a `do` in every guide. Wrong: one without, or with `dont`.
    """
    public = published(playbook)
    for scheme, id_, _ in public.classes():
        if not scheme.sections or not scheme.has_guides:
            continue
        if (str(scheme.id), id_) not in playbook.class_guides:
            continue  # told by `leftovers.class_guides`
        filled = sections(public, (str(scheme.id), id_))
        wanted = {str(section) for section in scheme.sections}
        at = next(key.at for key in scheme.classes if key == id_)
        name = scheme.class_name(id_)
        if lacking := tuple(str(s) for s in scheme.sections if s not in filled):
            message = msg("The guide of {name} has nothing under: {sections}.",
                          name=name, sections=lacking)  # fmt: skip
            hint = msg("Write what belongs there, or take it out of “sections” of the scheme.")
            yield Problem("wrong-sections", at, message, hint)
        if more := tuple(s for s in get_args(Section) if s in filled and s not in wanted):
            message = msg("The guide of {name} also has: {sections}.", name=name, sections=more)
            hint = msg("Put it into “sections” of the scheme, so that every guide has it.")
            yield Problem("wrong-sections", at, message, hint)
