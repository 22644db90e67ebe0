"""What is written but reaches nobody, and what is promised but not written. Warnings.

A draft need not be used yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model
from baodian.checks.walk import values
from baodian.model.references import Selector
from baodian.playbook import Playbook, applies_to, selectors_of
from baodian.playbook.uses import SETTINGS
from baodian.said.messages import msg
from baodian.said.problems import Problem


def measures(playbook: Playbook) -> Iterator[Problem]:
    """Every measure is in some cell of a matrix.

    Right: `gold: [call]`. Wrong: a measure that no class has.
    """
    given = {
        str(id_)
        for matrix in playbook.matrices.values()
        if isinstance(matrix, model.EntitlementMatrix)
        for cell in matrix.cells.values()
        for id_ in (*cell.has, *cell.approve, *cell.stopped)
    }
    for id_, measure in playbook.measures.items():
        if id_ not in given and not measure.draft:
            message = msg("No class has the measure “{name}”.", name=measure.label)
            hint = msg("Put it into a cell of a matrix, or remove it.")
            yield Problem("unused-measure", measure.id.at, message, hint)


def slots(playbook: Playbook) -> Iterator[Problem]:
    """Every slot stands in some text.

    Right: 【客户称呼】，您好. Wrong: a slot that no text has.
    """
    for name, slot in playbook.slots.items():
        if f"slot:{name}" not in playbook.used and slot.status != "draft":
            message = msg("No text has the slot “{name}”.", name=name)
            hint = msg("Use it as 【{name}】, or remove it.", name=name)
            yield Problem("unused-slot", slot.at, message, hint)


def parameters(playbook: Playbook) -> Iterator[Problem]:
    """Every parameter is used in a text, an interval or a frequency.

    Right: 每【param:cycle-c】. Wrong: a parameter that nothing uses.
    """
    for id_, param in playbook.params.items():
        uses = playbook.used.get(f"param:{id_}", ())
        cited = all(use.by_kind == "source" for use in uses)  # a ledger cites, it does not use
        if cited and not param.draft:
            message = msg("Nothing uses the parameter “{name}”.", name=str(param.name))
            hint = msg("Use it as 【{name}】, or remove it.", name=f"param:{id_}")
            yield Problem("belongs-to-nothing", param.id.at, message, hint)


def selects_nobody(playbook: Playbook) -> Iterator[Problem]:
    """A selector can hold for somebody.

    Right: `activity/dead + line/care`. Wrong: `activity/dead + activity/loyal`.
    """
    for _, _, value in values(playbook):
        if isinstance(value, Selector) and _nobody(playbook, value):
            message = msg("Nobody can be “{text}”.", text=str(value))
            hint = msg("“+” means both at once; for either, write a list.")
            yield Problem("belongs-to-nothing", value.at, message, hint)


def _nobody(playbook: Playbook, selector: Selector) -> bool:
    for scheme_id in {term.scheme for term in selector.terms}:
        scheme = playbook.schemes.get(scheme_id)
        mine = [set(playbook.selected(t)) for t in selector.terms if t.scheme == scheme_id]
        exclusive = scheme is not None and scheme.classes_are == "exclusive"
        if exclusive and all(mine) and not set.intersection(*mine):
            return True
    return False


def nobody_refers(playbook: Playbook) -> Iterator[Problem]:
    """A method, table or plan is for somebody or is referred to.

    Right: `for: closing/*`. Wrong: no `for`, and no reference to it.
    """
    for kind in ("guide", "table", "plan"):
        for entity in playbook.of_kind(kind).values():
            others = [
                use for use in playbook.used.get(entity.key, ())
                if use.by_kind != "source" and use.by not in (entity.key, SETTINGS)
            ]  # to cite or to sort is not to refer  # fmt: skip
            if not (selectors_of(entity) or others or entity.draft):
                message = msg("“{name}” is for nobody, and nothing refers to it.",
                              name=entity.label)  # fmt: skip
                hint = msg("Add “for”, or refer to it where it helps.")
                yield Problem("belongs-to-nothing", entity.id.at, message, hint)


def class_guides(playbook: Playbook) -> Iterator[Problem]:
    """Every class that has a page of its own has advice, and something to do by.

    Right: guides/activity/dead.yml for `dead`. Wrong: none.
    """
    for scheme, id_, _ in playbook.classes():
        if not scheme.has_guides:
            continue
        at = next(key.at for key in scheme.classes if key == id_)
        name = scheme.class_name(id_)
        if (str(scheme.id), id_) not in playbook.class_guides:
            message = msg("There is no guide for {name}.", name=name)
            hint = msg("Write {file}, or set “guides: false” in the scheme.",
                       file=f"guides/{scheme.id}/{id_}.yml")  # fmt: skip
            yield Problem("empty-guide", at, message, hint)
        kinds = {a.entity.kind for a in applies_to(playbook, (str(scheme.id), id_))}
        if not kinds & {"script", "checklist", "rhythm"}:
            message = msg("{name} has no script, no list and no rhythm.", name=name)
            hint = msg("Add the class to the “for” of one that helps.")
            yield Problem("empty-guide", at, message, hint)
    for (scheme_id, _), guide in playbook.class_guides.items():
        known = playbook.schemes.get(scheme_id)
        if known is not None and not known.has_guides:
            message = msg("The classes of “{scheme}” have no pages.", scheme=str(known.name))
            hint = msg("Remove this file, or “guides: false” in the scheme.")
            yield Problem("belongs-to-nothing", guide.class_.at, message, hint)
