"""What an edition must not say: every text and id of what its audience may not see.

A text that also stands in something it sees, or that is the generator's own, is no secret. Nor is
what is too short to tell: a single word may stand anywhere by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baodian.model import prose
from baodian.model.entity import Record
from baodian.model.fields import Field, Markdown, Name, Prose
from baodian.model.leaves import leaves
from baodian.model.telephones import Telephone
from baodian.playbook.audience import CONTENT
from baodian.playbook.playbook import Playbook
from baodian.source import Mapping, Scalar, Sequence

START = 4
"""So many signs has whatever is sought, at least."""
NAME, TEXT = 8, 12
"""What a name and any other text must weigh to be sought: a Han character 2, a letter 1."""

_MARKS = re.compile(r"""[*_`#|<>\[\](){}!"\n\r\t]+|^\s*[-+]\s|^\s*\d+[.)]\s""", re.MULTILINE)


@dataclass(frozen=True)
class Secret:
    """A text that must not be found, of what it is, and whether it is an id, to be found whole."""

    text: str
    of: str
    whole: bool = False

    def stands_in(self, where: str) -> bool:
        """Say whether a folded text holds it."""
        if not self.whole or self.text not in where:
            return self.text in where
        return bool(re.search(rf"(?<![\w-]){re.escape(self.text)}(?![\w-])", where))


def withheld(everything: Playbook, seen: Playbook, own: Iterable[str]) -> tuple[Secret, ...]:
    """Return what an edition that shows `seen` of `everything` must not say.

    `own` are the generator's own words. Drafts are part of `everything`, shown or not.
    """
    open_ = "\0".join(map(folded, (*own, *_shown(seen))))
    known: dict[str, Secret] = {}
    for secret in (*_texts(everything), *_ids(everything, seen)):
        if secret.text not in known and not secret.stands_in(open_):
            known[secret.text] = secret
    return tuple(known.values())


def folded(text: str) -> str:
    """Return a text as it is compared: without spaces and signs that are not seen."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+", "", text)


def _tells(text: str, weight: int) -> bool:
    """Say whether a text tells anything; a word in small letters may stand in any script."""
    weighs = sum(1 + (sign > "\u2e80") for sign in text if sign.isalnum())
    return weighs >= weight and not re.fullmatch("[a-z]+", text) and len(folded(text)) >= START


def _texts(playbook: Playbook) -> Iterator[Secret]:
    for of, record in _records(playbook):
        for text, shortest in _pieces(record):
            if _tells(text, shortest):
                yield Secret(folded(text), of)
    for gone in playbook.absent.values():
        for text, shortest in _raw(gone.node):
            if _tells(text, shortest):
                yield Secret(folded(text), str(gone.at))
    for file, text in playbook.content:
        for piece in _MARKS.split(text):
            if _tells(piece, TEXT) and "【" not in piece:
                yield Secret(folded(piece), file)


def _records(playbook: Playbook) -> Iterator[tuple[str, Record]]:
    yield from playbook.records()
    yield from ((f"measures:{id_}", group) for id_, group in playbook.measure_groups.items())
    yield from ((f"slot:{name}", slot) for name, slot in playbook.slots.items())
    yield "playbook", playbook.settings


def _pieces(record: Record) -> Iterator[tuple[str, int]]:
    """Yield every text of a record in the pieces in which it reaches a page."""
    for _, value in leaves(record):
        if isinstance(value, Markdown):
            yield from ((piece, TEXT) for piece in _MARKS.split(_plain(value)))
        elif isinstance(value, Prose) and not isinstance(value, Telephone):
            for piece in prose.parse(str(value)):
                if isinstance(piece, prose.Words | prose.Strong):
                    yield piece.text, TEXT
        elif isinstance(value, Name | Telephone):
            yield str(value), NAME
    for name in record.model_fields_set:
        if isinstance(given := getattr(record, name, None), dict):
            for value in given.values():
                raw = (value.model_extra or {}).values() if isinstance(value, Record) else (value,)
                for node in raw:
                    yield from _raw(node)


def _raw(node: object) -> Iterator[tuple[str, int]]:
    """Yield the texts of a tree that no model has read: of what a layer sets."""
    if isinstance(node, Field | Record):
        return
    if isinstance(node, Scalar):
        for piece in prose.parse(str(node)):
            if isinstance(piece, prose.Words | prose.Strong):
                yield piece.text, TEXT
    elif isinstance(node, Sequence):
        for item in node:
            yield from _raw(item)
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _raw(value)


def _plain(text: str) -> str:
    return re.sub(r"【[^【】]*】", "\n", text)


def _ids(everything: Playbook, seen: Playbook) -> Iterator[Secret]:
    """Yield the ids, files and names of what is not seen."""
    files = {record.at.file for _, record in _records(seen)}
    keys = {key for key, _ in seen.records()} | {
        f"class:{scheme.id}/{id_}" for scheme, id_, _ in seen.classes()
    }
    for key, record in (*everything.records(), *_absent(everything, seen)):
        if key in keys:
            continue
        kind, _, id_ = key.partition(":")
        yield Secret(key, key, whole=True)
        if "-" in id_ and len(id_) > START and "/" not in id_:
            yield Secret(id_, key, whole=True)
        if kind == "scheme":
            yield Secret(f"customers/{id_}", key, whole=True)
        if record is not None and record.at.file not in files:
            yield Secret(record.at.file, key)
    shown = {*dict(seen.content), *seen.beside}
    for file in (*dict(everything.content), *everything.beside):
        if file not in shown:
            name = file.removeprefix(CONTENT).removesuffix(".md")
            yield Secret(f"{name}.html" if file.endswith(".md") else name, file, whole=True)


def _absent(everything: Playbook, seen: Playbook) -> Iterator[tuple[str, Record | None]]:
    known = (*everything.absent, *everything.retired)
    shown = {*seen.absent, *seen.retired}
    yield from ((key.partition("#")[0], None) for key in known if key not in shown)


def _shown(seen: Playbook) -> Iterator[str]:
    """Yield all that an edition may say: texts with the marks they have, and ids."""
    for key, record in _records(seen):
        yield key
        yield from (str(value) for _, value in leaves(record))
        yield from (text for text, _ in _pieces(record))
    for scheme, id_, _ in seen.classes():
        yield from (f"class:{scheme.id}/{id_}", scheme.class_name(id_))
    for key, gone in seen.absent.items():
        yield from (key, *(text for text, _ in _raw(gone.node)))
    for draft in seen.hidden.values():  # a text may say its name, or its value
        yield from (draft.key, draft.label, str(getattr(draft, "default", "")))
    for old, (new, _) in seen.retired.items():
        yield from (old, str(new))
    for file, text in seen.content:
        yield file
        yield text
    yield from seen.beside
