"""What every page stands on: the playbook as an edition sees it, addresses, links, and words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import TypeVar

from baodian import model, page
from baodian.model import prose
from baodian.model.fields import Prose
from baodian.model.quantities import Range
from baodian.model.references import Ref
from baodian.model.talk import walk
from baodian.page import Inline, Link, LinkItem, Origin, Page, Text
from baodian.pages.dialled import linked, numbers
from baodian.pages.kept import Kept
from baodian.playbook import Class, Edition, Playbook, moving, places
from baodian.playbook.freshness import Review, reviews
from baodian.playbook.playbook import class_names
from baodian.said.messages import Message, Words
from baodian.said.problems import Problem
from baodian.source import Mapping as Keyed
from baodian.source import Node, Scalar
from baodian.timeline import NOTHING, Timeline
from baodian.trees import Done
from baodian.trees.nodes import at_path

T = TypeVar("T")
Writer = Callable[["Ground"], Iterator[Page]]
"""What writes the pages of a kind, or of a tool."""


@dataclass(frozen=True)
class Look:
    """A kind as readers meet it: where it is at home, its chapter, icon, word and search group.

    `home` is an address with `{id}`. A kind of which only some have a page of their own also has a
    `row`: where the others stand; `{scheme}` and `{class_}` are the halves of a class's id.
    """

    kind: str
    home: str
    chapter: str
    icon: str
    word: Message
    group: str  # of the search's filter
    write: Writer
    row: str = ""


@dataclass(frozen=True)
class Tool:
    """A page that is no entity's: something to work with."""

    name: str
    write: Writer
    chapter: str = ""  # its own, if that is left out where nobody asks for it


@dataclass(frozen=True)
class Ground:
    """A playbook as an edition sees it, and how its kinds look.

    `warned` are the warnings of the check, for the page that shows them; `told` is what came to
    mean something else, and when.
    """

    playbook: Playbook
    edition: Edition
    looks: Mapping[str, Look]
    warned: tuple[Problem, ...] = ()
    told: Timeline = NOTHING
    kept: Kept | None = None
    """The pages of another edition, of which those are taken that would be made the same."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the warnings of the check."""
        return self.kept.beside("problems") if self.kept else self.warned

    @property
    def timeline(self) -> Timeline:
        """Return what came to mean something else, and when."""
        return self.kept.beside("timeline") if self.kept else self.told

    @property
    def t(self) -> Words:
        """Return the words of the edition."""
        return self.edition.words

    @property
    def today(self) -> datetime.date:
        """Return the day of the edition."""
        return self.playbook.day or self.edition.today

    def each(
        self,
        make: Callable[[Ground, T], Page],
        things: Iterable[T],
        key: Callable[[T], str] = attrgetter("key"),
    ) -> Iterator[Page]:
        """Yield a page of each thing, made of that thing alone; `key` gives its `kind:id`."""
        kept = self.kept or Kept()
        for thing in things:
            yield kept.page(make, key(thing), thing, partial(make, self, thing))

    @property
    def for_editors(self) -> bool:
        """Say whether those who look after the handbook read this edition too."""
        return not self.edition.audience

    @property
    def counts_coverage(self) -> bool:
        """Say whether there is any class to cover, and somebody who looks after that.

        What an audience sees covers little, for the reason that it is an audience.
        """
        asked = self.for_editors or bool(self.playbook.reasons)
        return asked and any(self.playbook.classes())

    # --- addresses --------------------------------------------------------------------------------

    def address(self, entity: model.Entity) -> str:
        """Return where an entity of this edition is at home: a page, or a place on a shared one."""
        return self._address(entity.kind, str(entity.id))

    def class_address(self, scheme: model.Scheme, class_: str) -> str:
        """Return where a class is at home: its guide, or its row on the page of its ruler."""
        return self._address("class", f"{scheme.id}/{class_}")

    def href(self, kind: str, id_: str, part: str | None = None) -> str | None:
        """Return the address of an entity or part; None for what this edition does not show."""
        if kind == places.KIND:
            anchor = f"#g-{part}" if part in places.parts(self.playbook, id_) else ""
            return f"{id_}.html{anchor}" if id_ in places.places(self.playbook) else None
        if self.playbook.find(kind, id_) is None:
            return None
        address = self._address(kind, id_)
        if not part or not self._marked(kind, id_, part):
            return address
        base, hash_, anchor = address.partition("#")
        return f"{base}#{anchor}-{anchored(part)}" if hash_ else f"{base}#{anchored(part)}"

    def _address(self, kind: str, id_: str) -> str:
        look = self.looks[kind]
        if look.row and not self._has_page(kind, id_):
            scheme, _, class_ = id_.partition("/")
            return look.row.format(id=id_, scheme=scheme, class_=class_)
        return look.home.format(id=id_)

    def _has_page(self, kind: str, id_: str) -> bool:
        """Say whether an entity of a kind that is mostly rows of a table has a page of its own."""
        if kind == "class":
            return self.playbook.schemes[id_.partition("/")[0]].has_guides
        return id_ in self.compared

    def _marked(self, kind: str, id_: str, part: str) -> bool:
        """Say whether a part has an anchor: advice may be missing, a measure may be hidden."""
        if kind == "class":
            scheme, _, class_ = id_.partition("/")
            return (scheme, class_) in self.playbook.class_guides
        return kind != "matrix" or f"measure:{part.rpartition('.')[2]}" not in self.playbook.hidden

    @property
    def compared(self) -> frozenset[str]:
        """Return the moves between two classes with entitlements; each has a page of its own."""
        return self.playbook.once(moving.compared)

    def starts(self, move: model.Transition) -> tuple[Class, ...]:
        """Return the classes a move starts from, conditions left out."""
        return moving.starts(self.playbook, move)

    @property
    def late(self) -> Mapping[str, Review]:
        """Return what was to be read again before today and was not, by `kind:id`."""
        return self.playbook.once(_late)

    def reviewed(self, key: str) -> str:
        """Return the day on which a thing was last read, "" if it never was."""
        return self.playbook.once(_reviewed).get(key, "")

    # --- links ------------------------------------------------------------------------------------

    def title(self, kind: str, id_: str) -> str:
        """Return the name of an entity, class or shared page as readers see it."""
        if kind == places.KIND:
            return self.t.text(places.PLACES[id_][0])
        if kind == "class":
            scheme, _, class_ = id_.partition("/")
            if name := self.playbook.once(class_names).get((scheme, class_)):
                return name
        elif entity := self.playbook.named(kind, id_):
            return page.plain(self.inline(entity.label))
        return self.playbook.once(_names_in_layers).get(f"{kind}:{id_}", id_)

    def link(self, kind: str, id_: str, part: str | None = None) -> Link | Text:
        """Return a link with the target's title; plain words if it is not shown."""
        title, href = self.title(kind, id_), self.href(kind, id_, part)
        return Link(title, href) if href else Text(title)

    def links(self, refs: Iterable[Ref]) -> tuple[Link, ...]:
        """Return references as links; what is not shown is left out.

        A link into a script says which words of the customer's it leads to.
        """
        links = ((ref, self.link(ref.kind, ref.id, ref.part)) for ref in refs)
        return tuple(
            replace(link, text=f"{link.text}{self.t.colon}{page.plain(self.inline(heard))}")
            if (heard := self._heard(ref))
            else link
            for ref, link in links
            if isinstance(link, Link)
        )

    def _heard(self, ref: Ref) -> Prose | None:
        script = self.playbook.find(ref.kind, ref.id) if ref.part else None
        if not isinstance(script, model.Script):
            return None
        return next((a.they_say for i, a in walk(script.answers) if str(i) == ref.part), None)

    def link_items(self, refs: Iterable[Ref]) -> tuple[LinkItem, ...]:
        """Return references as a list of links, with the kind as a note."""
        return tuple(
            LinkItem(link, (Text(self.kind_word(ref.kind)),))
            for ref in refs
            if isinstance(link := self.link(ref.kind, ref.id, ref.part), Link)
        )

    def kind_word(self, kind: str) -> str:
        """Return what a kind is called on pages."""
        return self.t.text(self.looks[kind].word)

    # --- texts ------------------------------------------------------------------------------------

    def inline(self, text: Prose | str | None) -> Inline:
        """Return a text of the playbook as segments: links, values, slots and strong words."""
        if text is None:
            return ()
        return tuple(s for piece in prose.parse(str(text)) for s in self._segments(piece))

    def _segments(self, piece: prose.Piece) -> Inline:
        if isinstance(piece, prose.Reference) and piece.kind == "param":
            value = self.playbook.values[piece.id]
            if value.type == "phone":
                return linked(numbers(self.playbook, str(value.default)))
        return (self._segment(piece),)

    def _segment(self, piece: prose.Piece) -> page.Segment:
        match piece:
            case prose.Words(text):
                return Text(text)
            case prose.Strong(text):
                return page.Strong(text)
            case prose.Gap(name):
                slot = self.playbook.slots.get(name)
                return page.Slot(name, str(slot.example) if slot else "", bool(slot and slot.own))
            case prose.Reference("param", id_, _):
                return page.Value(self.playbook.worded(id_), self.href("param", id_) or "")
            case prose.Reference(kind, id_, part):
                return self.link(kind, id_, part)
            case prose.Faulty(text):
                return Text(text)

    def lines(self, texts: Iterable[Prose | str]) -> tuple[Inline, ...]:
        """Return several texts as segments."""
        return tuple(self.inline(text) for text in texts)

    def said(self, message: Message) -> Inline:
        """Return a message in the words of the edition."""
        return (Text(self.t.text(message)),)

    def bullets(
        self, texts: Iterable[Prose], entity: str, part: str | None = None
    ) -> tuple[tuple[Inline, Origin | None], ...]:
        """Return texts as bullet lines, each with the YAML line it stands on."""
        return tuple((self.inline(x), Origin(entity, part, x.at)) for x in texts)

    def number(self, given: Range) -> int | float:
        """Return the number that a field gives or its parameter has; its lower bound if several."""
        low = given.interval.resolve(self.playbook.numbers).low
        exact = Fraction(low) if isinstance(low, int | Decimal) else Fraction(0)
        return int(exact) if exact.denominator == 1 else float(exact)


def _names_in_layers(playbook: Playbook) -> Mapping[str, str]:
    """Return the names of what layers add, or take away, by `kind:id`; of classes too."""
    return {
        key: name
        for done in (d for layer in playbook.layers.values() for d in layer)
        for node in (done.before, done.after)
        for key, name in _named_by(done, node)
    }


def _named_by(done: Done, node: Node | None) -> Iterator[tuple[str, str]]:
    kind, id_ = done.step.key
    if done.step.does != "change":
        said = (at_path(node, (key,)) for key in ("title", "name", "what", "why"))
        yield from [(f"{kind}:{id_}", str(one)) for one in said if isinstance(one, Scalar)][:1]
    elif kind == "scheme":
        classes = at_path(node, ("classes",)) if not done.path else None
        for class_, inner in classes.items() if isinstance(classes, Keyed) else ():
            name = at_path(inner, ("name",)) or class_
            yield f"class:{id_}/{class_}", f"{at_path(node, ('prefix',)) or ''}{name}"


def _reviewed(playbook: Playbook) -> Mapping[str, str]:
    return {one.key: str(one.reviewed) for one in reviews(playbook) if one.reviewed}


def _late(playbook: Playbook) -> Mapping[str, Review]:
    day = playbook.day
    return {one.key: one for one in reviews(playbook) if day and one.overdue(day)}


def anchored(part: str) -> str:
    """Return the anchor of a part; a dot would need escaping in CSS."""
    return part.replace(".", "-")
