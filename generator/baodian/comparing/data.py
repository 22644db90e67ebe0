"""A comparison as JSON, for programs. Keys are added, never renamed.

`old`, `new`: {name, day, city}. `counts`: kind → number. `changes`: a list of
{kind, entity, path, about, message, where, old, new, old_at, new_at, classes, roles, effects,
causes, again, pages, since, city, fingerprint}: texts are in the language of the messages; `old_at`
and `new_at` {file, line, column} or null; `classes` "scheme/class"; `roles`, `causes` ids;
`again` a list of {file, line, column, entity, quoted, text}; `since` a day or null; `city` an id or
null.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from baodian.comparing.pages import Shown
from baodian.comparing.sides import Compared, Section, Side
from baodian.comparing.words import tidy
from baodian.meaning.change import KINDS, Change
from baodian.said.messages import Message, Words
from baodian.said.problems import At


def as_json(compared: Compared, shown: Shown, t: Words) -> str:
    """Return a comparison as one JSON object."""
    every = compared.changes
    whole = {
        "old": _side(compared.old),
        "new": _side(compared.new),
        "counts": {kind: sum(change.kind == kind for change in every) for kind in KINDS},
        "changes": [
            _change(change, section, shown, t)
            for section in compared.sections
            for change in section.changes
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _side(side: Side) -> dict[str, object]:
    return {"name": side.name, "day": str(side.day), "city": side.city or None}


def _change(change: Change, section: Section, shown: Shown, t: Words) -> dict[str, object]:
    def said(message: Message | None) -> str | None:
        return None if message is None else tidy(t.text(message))

    return {
        "kind": change.kind,
        "entity": change.entity,
        "path": list(change.path),
        "about": said(change.about),
        "message": said(change.message),
        "where": said(change.where),
        "old": said(change.old),
        "new": said(change.new),
        "old_at": _at(change.old_at),
        "new_at": _at(change.new_at),
        "classes": ["/".join(class_) for class_ in change.classes],
        "roles": list(change.roles),
        "effects": [said(effect) for effect in change.notes],
        "causes": list(change.causes),
        "again": [
            {**asdict(quote.at), "entity": quote.entity, "quoted": quote.quoted, "text": quote.text}
            for quote in change.again
        ],
        "pages": list(shown(change)),
        "since": str(section.since) if section.since else None,
        "city": section.city or None,
        "fingerprint": change.fingerprint,
    }


def _at(at: At | None) -> dict[str, object] | None:
    return None if at is None else asdict(at)
