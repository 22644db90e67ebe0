"""What stands at a path of a tree, what is put there, and how a change is merged into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian.said.problems import At
from baodian.source import Mapping, Node, Scalar, Sequence

Path = tuple[str, ...]
"""Keys of maps and ids of items of lists, from the outermost on."""


def merge(tree: Node, change: Node) -> Node:
    """Return the tree with the change: maps merge by key, all else is replaced whole.

    `null` or `~`, unless quoted, takes the key away; inside a list they are texts. Keys stay in the
    order of the tree. A new one stands behind the key that it is written behind in the change, or
    before the one that follows; with no neighbour of the tree it comes last. Neither is altered.
    """
    if not isinstance(change, Mapping):
        return change
    if not isinstance(tree, Mapping):
        tree = Mapping(at=change.at)
    items: dict[Scalar, Node] = {}
    changed = dict(change)
    by = {key: key for key in change}
    for key in _placed(list(tree), list(change)):
        old, new = tree.get(key), changed.get(key)
        if new is None:
            assert old is not None
            items[key] = old
        elif not is_null(new):
            both = isinstance(old, Mapping) and isinstance(new, Mapping)
            items[key if both else by[key]] = merge(
                old if old is not None else Mapping(at=new.at), new
            )
    return Mapping(items, at=tree.at)


def _placed(keys: list[Scalar], changed: list[Scalar]) -> list[Scalar]:
    """Return the keys of a map with the new ones of a change among them."""
    known = frozenset(keys)
    waiting: list[Scalar] = []
    last: Scalar | None = None  # the nearest key before that has its place
    for key in changed:
        if key in known:
            if waiting:
                at = keys.index(key)
                keys[at:at] = waiting
                waiting = []
        elif last is None:
            waiting.append(key)
            continue
        else:
            keys.insert(keys.index(last) + 1, key)
        last = key
    return keys + waiting


def is_null(node: Node) -> bool:
    """Say whether a change takes the key away: `null` or `~`, not quoted."""
    return isinstance(node, Scalar) and node.style == "plain" and node in ("~", "null")


def ends(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield what a change sets, each with its path of keys; a list is one thing."""
    if isinstance(node, Mapping) and node:
        for key, value in node.items():
            yield from ends(value, (*path, str(key)))
    else:
        yield path, node


def at_path(node: Node | None, path: Iterable[str]) -> Node | None:
    """Return what stands at a path of keys, None where there is nothing."""
    for key in path:
        if isinstance(node, Mapping):
            node = node.get(Scalar(key))
        elif isinstance(node, Sequence):
            node = next((item for item in node if _id_of(item) == key), None)
        else:
            return None
    return node


def put(node: Node, path: Path, new: Node | None, at: At) -> Node:
    """Return a node with what stands at a path replaced, or taken away if there is nothing new.

    The path is not empty, and exists but for its last key.
    """
    key, *rest = path
    if isinstance(node, Sequence):
        items = [_put_in(i, rest, new, at) if _id_of(i) == key else i for i in node]
        return Sequence([item for item in items if item is not None], at=node.at)
    assert isinstance(node, Mapping), f"nothing can be put into {node!r}"
    old = node.get(Scalar(key))
    inner = _put_in(old if old is not None else Mapping(at=at), rest, new, at)
    if inner is None:
        return Mapping({k: v for k, v in node.items() if k != key}, at=node.at)
    there = next((k for k in node if k == key), Scalar(key, at=at))
    return Mapping({**node, there: inner}, at=node.at)


def _put_in(node: Node, path: list[str], new: Node | None, at: At) -> Node | None:
    return put(node, tuple(path), new, at) if path else new


def path_of(node: Node, part: tuple[str, ...]) -> Path | None:
    """Return the path to a part: what has its id, however deep, the least deep one of several."""
    path: Path = ()
    for id_ in part:
        inner = at_path(node, path)
        more = _nearest_path(inner, id_)
        if more is None:
            return None
        path += more
    return path


def parts_of(node: Node) -> Iterator[str]:
    """Yield the ids and keys by which parts of a node can be named."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, Mapping | Sequence):
                yield str(key)
                yield from parts_of(value)
    elif isinstance(node, Sequence):
        for item in node:
            if id_ := _id_of(item):
                yield id_


def _nearest_path(node: Node | None, id_: str) -> Path | None:
    level: list[tuple[Path, Node | None]] = [((), node)]
    while level:
        below: list[tuple[Path, Node | None]] = []
        for path, there in level:
            if isinstance(there, Mapping):
                inner = [((*path, str(key)), value) for key, value in there.items()]
            elif isinstance(there, Sequence):
                inner = [((*path, name), item) for item in there if (name := _id_of(item))]
            else:
                continue
            for way, _ in inner:
                if way[-1] == id_:
                    return way
            below += inner
        level = below
    return None


def _id_of(item: Node) -> str:
    if not isinstance(item, Mapping):
        return ""
    if isinstance(id_ := item.get(Scalar("id")), Scalar):
        return str(id_)
    return str(next(iter(item))) if len(item) == 1 else ""  # `- door: 进门了吗？`
