"""Entities hold together in themselves: parts, tables of cells, rhythms."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model
from baodian.checks.absent import class_not_in_force, not_in_force
from baodian.checks.walk import entities, everything, inside, meant
from baodian.model import methods, settings
from baodian.model.given import Entitled
from baodian.model.ids import Id
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related


def not_empty(playbook: Playbook) -> Iterator[Problem]:
    """What must be given is not an empty list.

    Right: `first: [看招牌]`. Wrong: `first: []`.
    """
    for outer in everything(playbook):
        for record in inside(outer):
            if isinstance(record, settings.Groups):
                continue
            for name, field in type(record).model_fields.items():
                may_be = isinstance(record, methods.TableRow) and name == "when"
                if field.is_required() and getattr(record, name) in ((), {}) and not may_be:
                    message = msg("“{key}” is empty.", key=field.alias or name)
                    hint = msg("Write at least one line under it.")
                    yield Problem("too-few", record.at, message, hint)


def unique_parts(playbook: Playbook) -> Iterator[Problem]:
    """The ids inside an entity are unique, across its groups and levels.

    Right: two parts of kind steps with their own `id:`. Wrong: without.
    """
    for entity in entities(playbook):
        first: dict[str, At] = {}
        twice: set[str] = set()
        for part, at in entity.parts():
            # a cell is told with its row; what is in a second part, with that part
            within = str(part).rpartition(".")[0] in twice
            if part in first and not within and not isinstance(entity, model.EntitlementMatrix):
                twice.add(str(part))
                message = msg("“{id}” stands here a second time.", id=str(part))
                hint = msg("Give one of them another id.")
                related = Related(first[part], msg("The first one stands here."))
                yield Problem("duplicate-id", at, message, hint, (related,))
            first.setdefault(str(part), at)


def matrix_rows(playbook: Playbook) -> Iterator[Problem]:
    """The rows of a matrix are classes of its scheme.

    Right: `gold: [call]`. Wrong: `golden: [call]`.
    """
    for matrix in playbook.matrices.values():
        scheme = playbook.schemes.get(str(matrix.rows))
        for row in matrix.cells if scheme else ():
            assert scheme is not None
            if row not in scheme.classes:
                if problem := class_not_in_force(playbook, row.at, f"{scheme.id}/{row}"):
                    yield problem
                    continue
                message = msg(
                    "“{scheme}” has no class “{id}”.", scheme=str(scheme.name), id=str(row)
                )
                yield Problem("unknown-row", row.at, message, meant(row, scheme.class_names()))


def entitlement_columns(playbook: Playbook) -> Iterator[Problem]:
    """The cells of a matrix are measures of its groups, each once in a row.

    Right: `gold: [call, visit]`. Wrong: `gold: [calls, visit, visit]`.
    """
    for matrix in playbook.matrices.values():
        if not isinstance(matrix, model.EntitlementMatrix):
            continue
        columns = [
            str(id_) for group in matrix.columns if group in playbook.measure_groups
            for id_ in playbook.measure_groups[group].measures
        ]  # fmt: skip
        if all(group in playbook.measure_groups for group in matrix.columns):
            for cell in matrix.cells.values():
                yield from _cells(playbook, cell, columns)


def _cells(playbook: Playbook, cell: Entitled, columns: list[str]) -> Iterator[Problem]:
    first: dict[str, At] = {}
    for id_ in (*cell.has, *cell.approve, *cell.stopped):
        if id_ not in columns:
            if problem := not_in_force(playbook, id_.at, f"measure:{id_}"):
                yield problem
                continue
            hint = meant(id_, columns)
            if id_ in playbook.measures:
                hint = msg(
                    "It belongs to the group “{group}”: add that to “columns”.",
                    group=playbook.group_of[str(id_)],
                )
            message = msg("This table has no column “{id}”.", id=str(id_))
            yield Problem("unknown-column", id_.at, message, hint)
        elif id_ in first:
            message = msg("“{id}” stands here a second time.", id=str(id_))
            related = Related(first[id_], msg("The first one stands here."))
            yield Problem("duplicate-id", id_.at, message, msg("Remove one."), (related,))
        first.setdefault(str(id_), id_.at)


def text_columns(playbook: Playbook) -> Iterator[Problem]:
    """The columns of a matrix of texts are the elements of a guide; a cell has a text or its loss.

    Right: `offer: 只卖一样`. Wrong: `offers: 只卖一样`.
    """
    for matrix in playbook.matrices.values():
        if not isinstance(matrix, model.TextMatrix):
            continue
        guide = playbook.guides.get(matrix.columns.id) if matrix.columns.kind == "guide" else None
        part = next((p for p in guide.parts_ if p.kind == "elements"), None) if guide else None
        if part is None:
            if guide or matrix.columns.kind != "guide":
                message = msg("“{ref}” has no elements.", ref=str(matrix.columns))
                hint = msg("Name a guide with a part “kind: elements”.")
                yield Problem("unknown-column", matrix.columns.at, message, hint)
            continue
        columns = [str(id_) for id_ in methods.part_items(part)]
        for cells in matrix.cells.values():
            for id_, cell in cells.items():
                yield from _text_cell(id_, cell.text is None, cell.lost is None, columns)


def _text_cell(id_: Id, no_text: bool, no_loss: bool, columns: list[str]) -> Iterator[Problem]:
    if id_ not in columns:
        message = msg("This table has no column “{id}”.", id=str(id_))
        yield Problem("unknown-column", id_.at, message, meant(id_, columns))
    if no_text == no_loss:
        message = msg("A cell has either “text” or “lost”.")
        yield Problem("wrong-value", id_.at, message, msg("Write one of them."))


def rhythms(playbook: Playbook) -> Iterator[Problem]:
    """A rhythm has exactly one of `each`, `whole` and `on`; `per` goes with `whole`.

    Right: `each: 每月`. Wrong: `each: 每月, whole: 每周`.
    """
    for rhythm in playbook.rhythms.values():
        given = [v for v in (rhythm.each, rhythm.whole, rhythm.on) if v is not None]
        if not given:
            message = msg("It is not said how often.")
            hint = msg("Add “each”, “whole” or “on”.")
            yield Problem("missing-key", rhythm.id.at, message, hint)
        for extra in given[1:]:
            message = msg("Only one of “each”, “whole” and “on” can hold.")
            hint = msg("Remove one, or write two rhythms.")
            yield Problem("wrong-value", extra.at, message, hint)
        if rhythm.per and rhythm.whole is None:
            message = msg("“per” goes only with “whole”.")
            yield Problem("wrong-value", rhythm.id.at, message, msg("Remove “per”."))
