"""Two records of one thing, laid beside each other: what differs in meaning, and what in words.

Order is folded away where it says nothing; items without ids are matched by what they say, so that
one more of them hides no finer difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Literal

from baodian.meaning.naming import Naming
from baodian.meaning.values import meaning, whom, words_of
from baodian.model import prose
from baodian.model.entity import Record
from baodian.model.fields import Field, Name, Prose
from baodian.model.ids import ClassId, Id
from baodian.model.leaves import Path
from baodian.model.references import Ref, Selector
from baodian.source import Mapping as Tree
from baodian.text.amounts import amounts
from baodian.text.fold import fold

How = Literal["value", "amount", "words", "order", "new", "gone"]
"""A value; a number in a text; only words; the order of what is in order; something more or less"""


@dataclass(frozen=True)
class Difference:
    """Something of a record that differs: where, how, and what stands there before and now.

    `facts` is what differs as data, without words: what a fingerprint is made of. What has no
    order is a frozenset in it, since ids can become others.
    """

    path: Path
    how: How
    old: object
    new: object
    facts: tuple[Hashable, Hashable]


VALUES = frozenset(("default", "unit", "of", "who", "level", "period", "code", "traditional"))
"""Fields of names that say how much, of what or who, so that other words are another meaning."""
SEARCHED = frozenset(("aliases", "they_also_say"))
"""Fields that say what a thing is found by; they stand in its parts too."""
HOUSEKEEPING = SEARCHED | frozenset(
    ("reviewed", "owner", "freshness", "covers", "english", "pinyin", "version", "approved_by",
     "example", "examples")
)  # fmt: skip
"""Fields that are about the handbook itself: nobody does anything otherwise when they change."""
REASONS = frozenset(("why",))
"""Fields that say why: a reason promises nothing, whatever numbers it names."""
NOT_COMPARED = frozenset(("id", "class_", "status", "was"))
"""What a thing is called and whether it is a draft decides what is compared with what; `was` only
repeats what stood elsewhere."""
IN_ORDER = frozenset(("first", "open", "close", "message", "actions"))
"""Lists that are followed from the top."""
SEQUENCES = frozenset(("steps", "levels"))
"""Kinds of parts of a method whose items have an order."""
ALIKE = 0.5
"""From which share of equal signs on a text is another wording of one that is gone."""

Skip = Callable[[Path], bool]


@dataclass(frozen=True)
class Comparing:
    """Compares records of one thing, `key` as it is called now, of two playbooks."""

    naming: Naming
    key: str
    skip: Skip = lambda path: False

    def records(self, old: Record, new: Record, path: Path = ()) -> Iterator[Difference]:
        """Yield what differs between two records."""
        names = dict.fromkeys((*type(old).model_fields, *type(new).model_fields))
        for name in names:
            way = (*path, name)
            if (name in NOT_COMPARED and len(way) == 1) or self.skip(way):
                continue
            one, other = _written(old, name), _written(new, name)
            yield from self.values(one, other, way)
        if old.model_extra or new.model_extra:
            yield from self._trees(old.model_extra or {}, new.model_extra or {}, path)
        kind = str(getattr(new, "kind", ""))
        if kind in SEQUENCES:
            one, other = tuple(getattr(old, "items", ())), tuple(getattr(new, "items", ()))
            yield from self._order(one, other, (*path, "items"))

    def values(self, old: object, new: object, path: Path) -> Iterator[Difference]:
        """Yield what differs between two values of one field, None where nothing is written."""
        if isinstance(old, tuple) or isinstance(new, tuple):
            yield from self._lists(_tuple(old), _tuple(new), path)
        elif isinstance(old, dict) or isinstance(new, dict):
            yield from self._maps(_dict(old), _dict(new), path)
        elif old is None and new is None:
            return
        elif old is None or new is None:
            yield self._one_sided(old, new, path)
        elif isinstance(old, Record) and isinstance(new, Record):
            yield from self.records(old, new, path)
        elif isinstance(old, Field) and isinstance(new, Field):
            yield from self._leaves(old, new, path)
        else:
            yield from self._trees(old, new, path)

    # --- single values ----------------------------------------------------------------------------

    def _leaves(self, old: Field, new: Field, path: Path) -> Iterator[Difference]:
        if isinstance(new, (Prose, Name)) and isinstance(old, (Prose, Name)) and not _value(path):
            if how := self.said_otherwise(old, new, path):
                yield Difference(path, how, old, new, (self.numbers(old), self.numbers(new)))
            return
        before, now = self.mean(old), self.now(new)
        if str(old) != str(new) and before != now:
            kept = keeps_house(path)
            yield Difference(path, "words" if kept else "value", old, new, (before, now))

    def said_otherwise(self, old: Field, new: Field, path: Path) -> How | None:
        """Say how a text differs from another: in a number or a reference, in words, or not."""
        one, other = str(self.naming.renamed(old)), str(new)
        if one == other:
            return None
        if keeps_house(path) or path[-1] in REASONS:
            return None if fold(one) == fold(other) else "words"
        one, other = self.filled(one), self.filled(other)
        if Counter(_amounts(one)) != Counter(_amounts(other)):
            return "amount"
        return None if fold(one) == fold(other) else "words"

    def filled(self, text: str) -> str:
        """Return a text with the values that parameters have now instead of their marks.

        So a number that becomes a parameter of the same value differs in nothing, and the value of
        a parameter is told once, where it stands.
        """
        return _PARAM.sub(lambda mark: self._worded(mark[1]), text)

    def _worded(self, id_: str) -> str:
        for playbook in (self.naming.new, self.naming.old):
            if id_ in playbook.values:
                return playbook.worded(id_)
        return ""

    def numbers(self, text: object) -> Hashable:
        """Return the numbers of a text: what of it is no wording."""
        return tuple(sorted((str(n), unit) for n, unit in _amounts(self.filled(str(text)))))

    def now(self, value: object) -> Hashable:
        """Return what a value of the new playbook means."""
        return meaning(value, self.naming.new, None)

    def mean(self, value: object) -> Hashable:
        """Return what a value of the old playbook means, ids as they are now."""
        return meaning(value, self.naming.old, self.naming)

    # --- lists ------------------------------------------------------------------------------------

    def _lists(
        self, old: tuple[object, ...], new: tuple[object, ...], path: Path
    ) -> Iterator[Difference]:
        sample = next(iter((*old, *new)), None)
        if sample is None:
            return
        if isinstance(sample, Selector):
            yield from self._selectors(old, new, path)
        elif isinstance(sample, Record):
            yield from self._listed_records(old, new, path)
        elif isinstance(sample, Prose | Name):
            yield from self._texts(old, new, path)
        else:
            less: How = "gone"
            plus: How = "new"
            if keeps_house(path):
                less = plus = "words"
            before, now = {self.mean(v): v for v in old}, {self.now(v): v for v in new}
            for key in (k for k in before if k not in now):
                yield Difference((*path, str(before[key])), less, before[key], None, (key, None))
            for key in (k for k in now if k not in before):
                yield Difference((*path, str(now[key])), plus, None, now[key], (None, key))

    def _selectors(
        self, old: tuple[object, ...], new: tuple[object, ...], path: Path
    ) -> Iterator[Difference]:
        before, now = whom(old, self.naming.old, self.naming), whom(new, self.naming.new, None)
        there = frozenset(self.naming.survivors.values())
        was, is_ = (
            frozenset(one for one in side if one <= there) for side in (before, now)
        )  # a class that is new or gone is told as such
        if was != is_:
            yield Difference(path, "value", old, new, (was, is_))

    def _listed_records(
        self, old: tuple[object, ...], new: tuple[object, ...], path: Path
    ) -> Iterator[Difference]:
        ids = [one.id_in_list for one in (*old, *new) if isinstance(one, Record)]
        if all(ids):
            before = {self.naming.part(self.key, _id(one)): one for one in old}
            yield from self._by_id(before, {_id(one): one for one in new}, path)
            return
        pairs, gone, more = self._paired(old, new, lambda a, b: not any(self.values(a, b, path)))
        for position, (one, other) in enumerate(pairs):
            yield from self.values(one, other, (*path, str(position)))
        for one in gone:
            yield Difference((*path, "-"), "gone", one, None, (self.facts(one), None))
        for one in more:
            yield Difference((*path, "+"), "new", None, one, (None, self.facts(one)))

    def _texts(
        self, old: tuple[object, ...], new: tuple[object, ...], path: Path
    ) -> Iterator[Difference]:
        def same(a: object, b: object) -> bool:
            return self.said_otherwise(a, b, path) is None  # type: ignore[arg-type]

        pairs, gone, more = self._paired(old, new, same)
        for one, other in pairs:
            yield from self._leaves(one, other, path)  # type: ignore[arg-type]
        kept = keeps_house(path)
        for text in gone:
            yield Difference(
                path, "words" if kept else "gone", text, None, (self.numbers(text), None)
            )
        for text in more:
            yield Difference(
                path, "words" if kept else "new", None, text, (None, self.numbers(text))
            )
        if path[-1] in IN_ORDER and not gone and not more:
            places = [id(b) for b in new]
            turns = tuple(places.index(id(next(b for a, b in pairs if a is text))) for text in old)
            if turns != tuple(sorted(turns)):
                yield Difference(path, "order", old, new, ("order", turns))

    def _paired(
        self,
        old: Sequence[object],
        new: Sequence[object],
        same: Callable[[object, object], bool],
    ) -> tuple[list[tuple[object, object]], list[object], list[object]]:
        """Return what belongs together in two lists, and what is left of each."""
        pairs: list[tuple[object, object]] = []
        more = list(new)
        left: list[object] = []
        for one in old:
            like = next((other for other in more if same(one, other)), None)
            if like is None:
                left.append(one)
            else:
                pairs.append((one, like))
                more = [other for other in more if other is not like]
        shares = sorted(
            ((_share(one, other), -a, -b) for a, one in enumerate(left)
             for b, other in enumerate(more)), reverse=True,
        )  # fmt: skip
        taken: dict[int, int] = {}
        for share, a, b in shares:
            if share >= ALIKE and -a not in taken and -b not in taken.values():
                taken[-a] = -b
        pairs += [(left[a], more[b]) for a, b in sorted(taken.items())]
        gone = [one for a, one in enumerate(left) if a not in taken]
        return pairs, gone, [one for b, one in enumerate(more) if b not in taken.values()]

    # --- maps -------------------------------------------------------------------------------------

    def _maps(
        self, old: dict[object, object], new: dict[object, object], path: Path
    ) -> Iterator[Difference]:
        before = {self._called(key): value for key, value in old.items()}
        yield from self._by_id(before, {str(key): value for key, value in new.items()}, path)

    def _called(self, key: object) -> str:
        if isinstance(key, ClassId):
            return self.naming.class_id(str(key))
        if isinstance(key, Ref):
            return self.naming.renamed(key)  # type: ignore[no-any-return]
        if isinstance(key, Id) and f"{key.kind}:{key}" in self.naming.things:
            return self.naming.key(f"{key.kind}:{key}").partition(":")[2]
        return self.naming.part(self.key, str(key))

    def _by_id(
        self, old: dict[str, object], new: dict[str, object], path: Path
    ) -> Iterator[Difference]:
        for key, value in old.items():
            if self.skip((*path, key)):
                continue
            if key in new:
                yield from self.values(value, new[key], (*path, key))
            else:
                yield self._one_sided(value, None, (*path, key))
        for key, value in new.items():
            if key not in old and not self.skip((*path, key)):
                yield self._one_sided(None, value, (*path, key))

    def _order(
        self, old: tuple[object, ...], new: tuple[object, ...], path: Path
    ) -> Iterator[Difference]:
        before, now = [self._called(key) for key in old], [str(key) for key in new]
        kept = [key for key in before if key in now]
        if kept != [key for key in now if key in before]:
            yield Difference(path, "order", old, new, (tuple(kept), tuple(now)))

    def _one_sided(self, old: object, new: object, path: Path) -> Difference:
        about_it = keeps_house(path) or path[-1] in REASONS
        how: How = "words" if about_it else "new" if old is None else "gone"
        return Difference(path, how, old, new, (self.facts(old), self.facts(new)))

    def facts(self, value: object) -> Hashable:
        """Return that something is there: what it says is no fact of its own."""
        return None if value is None else "there"

    # --- trees ------------------------------------------------------------------------------------

    def _trees(self, old: object, new: object, path: Path) -> Iterator[Difference]:
        """Yield what differs in what layers set: every end of it is a value."""
        if isinstance(old, dict | Tree) and isinstance(new, dict | Tree):
            for key in dict.fromkeys((*map(str, old), *map(str, new))):
                yield from self._trees(_get(old, key), _get(new, key), (*path, key))
        elif _flat(old) != _flat(new):
            how: How = (
                "value"
                if old is not None and new is not None
                else ("new" if old is None else "gone")
            )
            yield Difference(path, how, old, new, (_flat(old), _flat(new)))


_PARAM = re.compile(r"【param:([a-z0-9-]+)】")


def _amounts(text: str) -> list[tuple[Fraction, str]]:
    return [amount.size for amount in amounts(prose.bare(text))]


def _written(record: Record, name: str) -> object:
    """Return what was written in a field; a default was not."""
    if name not in record.model_fields_set:
        return None
    value = getattr(record, name)
    return None if value == () or value == {} else value


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _dict(value: object) -> dict[object, object]:
    return value if isinstance(value, dict) else {}


def keeps_house(path: Path) -> bool:
    """Say whether what stands at a path is about the handbook itself, or only found by."""
    return path[0] in HOUSEKEEPING or path[-1] in SEARCHED


def _value(path: Path) -> bool:
    return path[-1] in VALUES


def _id(record: object) -> str:
    assert isinstance(record, Record)
    return record.id_in_list


def _share(one: object, other: object) -> float:
    """Return which share of two things is the same."""
    matcher = SequenceMatcher(None, fold(words_of(one)), fold(words_of(other)), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0


def _get(tree: object, key: str) -> object:
    assert isinstance(tree, dict)
    return next((value for name, value in tree.items() if str(name) == key), None)


def _flat(node: object) -> Hashable:
    """Return a tree as data: texts by their letters and numbers, lists in whatever order."""
    if isinstance(node, dict):
        return tuple(sorted((str(key), _flat(value)) for key, value in node.items()))
    if isinstance(node, list | tuple):
        return tuple(sorted((_flat(one) for one in node), key=repr))
    if node is None:
        return None
    return fold(str(node)), tuple(str(a.size) for a in amounts(str(node)))
