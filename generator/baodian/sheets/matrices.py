"""Matrices as grids: a row a class, a column a measure or an element, a sign or a text a cell.

A measure that a class has is ✓; one that somebody must consent to, or that is stopped, says so
before its text. The signs are the same in every language, the words before a colon are translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map

from baodian.said.messages import LANGUAGES, Message, Words, msg, words
from baodian.sheets.cells import Data, Unclear, normal, plain, shown
from baodian.sheets.columns import Column, Shape, Sheet
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.trees import Shelf, Tree

HAS = "✓"
_HAS_TOO = frozenset("✓✔√☑")
WORDS: dict[str, Message] = {
    "approve": msg("to be approved"),
    "stopped": msg("stopped"),
    "lost": msg("lost in the source"),
}
"""The keys whose text stands behind a word and a colon."""


def sheet(shelf: Shelf, tree: Tree) -> Sheet | None:
    """Return the sheet of a matrix; None if what its columns are cannot be told."""
    assert isinstance(tree.node, Mapping)
    columns = tree.node.get(Scalar("columns"))
    if isinstance(columns, Sequence):
        things = [named for group in columns for named in measures(shelf, str(group))]
    else:
        things = [(str(id_), node) for id_, node in _elements(shelf, str(columns)).items()]
    shape: Shape = "sign" if by_measures(tree) else "text"
    made = tuple(Column((id_,), shape, named=_name(node)) for id_, node in things)
    return Sheet("matrix", "", made, str(tree.id)) if made else None


def _name(node: Node) -> str:
    name = node.get(Scalar("name")) if isinstance(node, Mapping) else None
    return str(name) if isinstance(name, Scalar) else ""


def measures(shelf: Shelf, group: str) -> Iterator[tuple[str, Node]]:
    """Yield the measures of a group, with their ids."""
    for tree in shelf.trees.values():
        if tree.kind == "measure" and tree.within and tree.within[1] == group:
            yield str(tree.id), tree.node


def _elements(shelf: Shelf, guide: str) -> Mapping:
    """Return the first list of elements of a guide, given as `guide:id`."""
    tree = shelf.trees.get(("guide", guide.removeprefix("guide:")))
    parts = tree.node.get(Scalar("parts")) if tree and isinstance(tree.node, Mapping) else None
    for part in parts if isinstance(parts, Sequence) else ():
        if isinstance(part, Mapping) and part.get(Scalar("kind")) == "elements":
            items = part.get(Scalar("items"))
            return items if isinstance(items, Mapping) else Mapping()
    return Mapping()


def classes(shelf: Shelf, tree: Tree) -> Iterator[str]:
    """Yield the ids of the classes of a matrix's ruler."""
    ruler = tree.node.get(Scalar("rows")) if isinstance(tree.node, Mapping) else None
    scheme = shelf.trees.get(("scheme", str(ruler)))
    there = (
        scheme.node.get(Scalar("classes")) if scheme and isinstance(scheme.node, Mapping) else None
    )
    yield from map(str, there if isinstance(there, Mapping) else ())


def by_measures(tree: Tree) -> bool:
    """Say whether a matrix has measures, not texts."""
    columns = tree.node.get(Scalar("columns")) if isinstance(tree.node, Mapping) else None
    return isinstance(columns, Sequence)


def text_of(node: Node | None, column: str, *, signs: bool) -> tuple[str | None, Node | None]:
    """Return what a class has in a column, in our own words, and its value.

    The text is "" for nothing, None if no cell can show it.
    """
    if signs:
        return _sign(node, column)
    value = node.get(Scalar(column)) if isinstance(node, Mapping) else None
    if isinstance(value, Mapping):
        if list(value) == ["text"]:
            value = value[Scalar("text")]
        elif list(value) == ["lost"]:
            lost = value[Scalar("lost")]
            return f"lost: {normal(str(lost))}", lost
        else:
            return None, value
    return shown(value, "text"), value


def _sign(node: Node | None, column: str) -> tuple[str | None, Node | None]:
    found: list[tuple[str, Node]] = []
    if isinstance(node, (Scalar, Sequence)):
        node = Mapping({Scalar("has"): node})
    for key in ("has", *WORDS):
        value = node.get(Scalar(key)) if node is not None else None
        if isinstance(value, Scalar):
            value = Sequence([value])
        if isinstance(value, Mapping) and Scalar(column) in value:
            found.append((f"{key}: {normal(str(value[Scalar(column)]))}", value[Scalar(column)]))
        elif isinstance(value, Sequence):
            found += [(HAS, item) for item in value if item == column]
    if len(found) > 1:
        return None, found[0][1]
    return found[0] if found else ("", None)


def in_words(text: str, t: Words) -> str:
    """Return a text of ours as it stands in a cell, in a language."""
    key, colon, rest = text.partition(": ")
    return f"{t.text(WORDS[key])}{t.colon}{rest}" if colon and key in WORDS else text


def out_of_words(text: str, *, signs: bool) -> str:
    """Return a text of a cell, in any language, as one of ours. Raises `Unclear`."""
    if signs and text in _HAS_TOO:
        return HAS
    found = re.fullmatch(r"([^:：]+?)\s*[:：]\s*(.*)", text, re.DOTALL)
    key = _spoken().get(found[1].casefold()) if found else None
    if found and found[2] and key and (key == "lost") != signs:
        return f"{key}: {found[2]}"
    if signs and text:
        raise Unclear(text)
    return text


def _spoken() -> dict[str, str]:
    spoken = {key: key for key in WORDS}
    for language in LANGUAGES:
        spoken |= {words(language).text(said).casefold(): key for key, said in WORDS.items()}
    return spoken


def composed(node: Node | None, texts: Map[str, str], *, signs: bool) -> Data:
    """Return what a class has, given the text of every column in our words.

    What stands in columns that are not given stays.
    """
    old = plain(node) if node is not None else {}
    if signs:
        return _entitled(old, texts)
    made = dict(old) if isinstance(old, dict) else {}
    for column, text in texts.items():
        there = made.get(column)
        if not text:
            made.pop(column, None)
        elif text.startswith("lost: "):
            made[column] = {"lost": text.removeprefix("lost: ")}
        else:
            made[column] = {"text": text} if isinstance(there, dict) and "text" in there else text
    return made


def _entitled(old: Data, texts: Map[str, str]) -> Data:
    whole: dict[str, Data] = dict(old) if isinstance(old, dict) else {"has": old}
    has = whole.get("has", [])
    whole["has"] = _having([has] if isinstance(has, str) else list(has), texts)
    for key in ("approve", "stopped"):
        there = whole.get(key, {})
        kept = dict(there) if isinstance(there, dict) else {}
        for column, text in texts.items():
            if text.startswith(f"{key}: "):
                kept[column] = text.removeprefix(f"{key}: ")
            else:
                kept.pop(column, None)
        whole[key] = kept
    made = {key: value for key, value in whole.items() if value}
    if (not old or not isinstance(old, dict)) and set(made) <= {"has"}:
        return whole["has"]
    return made or []


def _having(had: list[Data], texts: Map[str, str]) -> Data:
    """Return the measures that a class has, those that it had in their order."""
    order = list(texts)
    now = [column for column in had if texts.get(str(column), HAS) == HAS]
    for number, column in enumerate(order):
        if texts[column] == HAS and column not in now:
            behind = (n for n, c in enumerate(now) if c in order[number:])
            now.insert(next(behind, len(now)), column)
    return now
