"""Ids as somebody types them: whether there is such a thing, and whether it can have that one."""

from __future__ import annotations

import re

from baodian import model
from baodian.editing.naming import Naming
from baodian.editing.typed import Written
from baodian.model import kinds
from baodian.model.fields import Bad
from baodian.model.ids import FactId, Id
from baodian.said.messages import msg
from baodian.said.problems import BadRequestError
from baodian.source import Scalar
from baodian.text.nearest import nearest


def known_kind(kind: str) -> None:
    """Raise `BadRequestError` for a kind of which there is nothing to name."""
    known = [k.name for k in kinds.KINDS if k.name != "retired"]
    if kind not in known:
        near = nearest(kind, known)
        hint = msg("The kinds are {kinds}.", kinds=tuple(known))
        if near:
            hint = msg("Did you mean “{near}”?", near=near)
        raise BadRequestError(msg("There is no kind “{kind}”.", kind=kind), hint)


def free_id(written: Written, kind: str, id_: str) -> None:
    """Raise `BadRequestError` unless an id can be one of a kind, and is nobody's."""
    _may_be(written, Naming(kind, "", id_), _ids(written, kind))


def naming_of(written: Written, kind: str, old: str, new: str) -> Naming:
    """Return which thing, or with `old` as `id#part` which part, gets which id.

    Raises `BadRequestError`.
    """
    known_kind(kind)
    whole, _, part = old.partition("#")
    if kind == "class" and "/" in whole and "/" not in new:
        new = f"{whole.partition('/')[0]}/{new}"
    if part:
        head, sign, tail = new.rpartition("#")
        if sign and head != whole:
            raise BadRequestError(msg("A part stays in its thing: give its new id alone."))
        stem = part.rpartition(".")[0]
        new = tail if tail.startswith(f"{stem}.") or not stem else f"{stem}.{tail}"
    ids = _ids(written, kind)
    if whole not in ids:
        near = nearest(whole, ids)
        raise BadRequestError(
            msg("“{ref}” does not exist.", ref=f"{kind}:{whole}"),
            msg("Did you mean “{near}”?", near=f"{kind}:{near}") if near else None,
        )
    naming = Naming(kind, whole, new, part, _matrices(written))
    if kind == "scheme" and f"{whole}/{part}" in _ids(written, "class"):
        return naming_of(written, "class", f"{whole}/{part}", new)
    _may_be(written, naming, ids)
    return naming


def _may_be(written: Written, naming: Naming, ids: tuple[str, ...]) -> None:
    """Raise `BadRequestError` unless the new id can be one, and is nobody's."""
    new = naming.new
    if naming.new_ref == naming.ref:
        raise BadRequestError(msg("Both ids are the same."))
    if naming.kind == "class" and new.partition("/")[0] != naming.id.partition("/")[0]:
        raise BadRequestError(msg("A class stays in its ruler."))
    kind = kinds.of(naming.kind)
    last = re.split(r"[/.]", new)[-1] if naming.kind == "class" or naming.part else new
    try:
        if naming.kind == "source" and naming.part:
            FactId.read(Scalar(last))
        elif kind.is_entity or kind.ids is Id or naming.kind == "class":
            Id.read(Scalar(last))
        elif not last.strip() or re.search(r"[【】:：#/]", last):
            raise BadRequestError(msg("“{text}” cannot stand between 【 and 】.", text=last))
    except Bad as bad:
        raise BadRequestError(bad.message, bad.hint) from None
    if not naming.part and new in ids:
        raise BadRequestError(msg("“{ref}” is there already.", ref=naming.new_ref))
    if ("retired", naming.new_ref) in written.books.shelf.trees:
        raise BadRequestError(
            msg("“{ref}” was used before, and is retired.", ref=naming.new_ref),
            msg("Choose another: what readers have kept would be taken for it."),
        )


def _ids(written: Written, kind: str) -> tuple[str, ...]:
    books = written.books
    found = [id_ for name, id_ in books.shelf.trees if name == kind and kind != "class"]
    found += [step.key[1] for step in books.steps if step.does == "add" and step.key[0] == kind]
    playbook = books.playbook(None)
    if kind == "class" and playbook is not None:
        found += [f"{scheme.id}/{id_}" for scheme, id_, _ in playbook.classes()]
    return tuple(dict.fromkeys(found))


def _matrices(written: Written) -> dict[str, tuple[str, str]]:
    playbook = written.books.playbook(None)
    if playbook is None:
        return {}
    return {
        id_: (str(m.rows), m.columns.id if isinstance(m, model.TextMatrix) else "")
        for id_, m in playbook.matrices.items()
    }
