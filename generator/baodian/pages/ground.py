"""What every page stands on: addresses, links, texts as segments, and the words of an edition."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from baodian import model
from baodian import page as form
from baodian.model import prose
from baodian.model.fields import Prose, Range, Ref, Selector, Term
from baodian.page import Inline, Link, LinkItem, Origin, Text
from baodian.playbook import Cited, Class, Playbook
from baodian.said.messages import Message, Words
from baodian.said.problems import At, Problem


@dataclass(frozen=True)
class Edition:
    """For whom and when pages are made: the page words, the day, and whether drafts are shown.

    `problems` are the warnings of the check, for the page that shows them.
    """

    words: Words
    today: datetime.date
    drafts: bool = False
    problems: tuple[Problem, ...] = ()


# Kinds that have a page for each entity, and its folder.
FOLDERS = {
    "script": "scripts", "checklist": "checklists", "moment": "moments", "guide": "guides",
    "table": "tables", "plan": "plans", "case": "cases", "path": "paths",
    "matrix": "entitlements", "scheme": "customers", "source": "sources",
}  # fmt: skip
# Kinds whose entities are anchored on one page.
SHARED = {
    "measure": "measures.html", "rhythm": "rhythms.html", "param": "parameters.html",
    "term": "glossary.html", "decision": "decisions.html", "role": "roles.html",
    "escalation": "escalation.html", "channel": "channels.html", "overlay": "parameters.html",
    "slot": "parameters.html", "reason": "coverage.html",
}  # fmt: skip
MOVES = "moves.html"


@dataclass(frozen=True)
class Ground:
    """A playbook and an edition, with what all pages need from both."""

    playbook: Playbook
    edition: Edition

    @property
    def t(self) -> Words:
        """Return the words of the edition."""
        return self.edition.words

    def shown(self, entity: model.Entity) -> bool:
        """Say whether an entity is part of this edition."""
        return self.edition.drafts or not entity.draft

    # --- addresses --------------------------------------------------------------------------------

    def address(self, kind: str, id_: str) -> str:
        """Return where an entity is at home: a page, or an anchor on a shared page."""
        if kind == "class":
            scheme, _, class_ = id_.partition("/")
            if self.playbook.schemes[scheme].has_guides:
                return f"customers/{scheme}/{class_}.html"
            return f"customers/{scheme}.html#{class_}"
        if kind == "transition":
            return f"moves/{id_}.html" if id_ in self.compared else f"{MOVES}#{id_}"
        if kind in FOLDERS:
            return f"{FOLDERS[kind]}/{id_}.html"
        return f"{SHARED[kind]}#{'overlay-' if kind == 'overlay' else ''}{id_}"

    @cached_property
    def compared(self) -> frozenset[str]:
        """Return the moves between two classes with entitlements; each has a page of its own."""
        entitled = {
            str(m.rows)
            for m in self.playbook.matrices.values()
            if isinstance(m, model.EntitlementMatrix)
        }
        return frozenset(
            id_
            for id_, move in self.playbook.transitions.items()
            if move.to is not None
            and move.to.scheme in entitled
            and len(self.starts(move)) == 1
            and self.starts(move)[0][0] == move.to.scheme
        )

    def starts(self, move: model.Transition) -> tuple[Class, ...]:
        """Return the classes a move starts from, conditions left out."""
        return tuple(
            class_
            for selector in move.from_
            for term in selector.terms[:1]
            for class_ in self.playbook.selected(term)
        )

    def href(self, kind: str, id_: str, part: str | None = None) -> str | None:
        """Return the address of an entity or part; None if this edition does not show it."""
        entity = self.playbook.find(kind, id_)
        if entity is None or not self.shown(entity):
            return None
        address = self.address(kind, id_)
        if not part or self._hidden(kind, id_, part):
            return address
        base, hash_, anchor = address.partition("#")
        return f"{base}#{anchor}-{anchored(part)}" if hash_ else f"{base}#{anchored(part)}"

    def guide_of(self, class_: Class) -> model.ClassGuide | None:
        """Return the advice for a class, unless it is a draft that this edition does not show."""
        guide = self.playbook.class_guides.get(class_)
        drafted = guide is not None and guide.status == "draft" and not self.edition.drafts
        return None if drafted else guide

    def _hidden(self, kind: str, id_: str, part: str) -> bool:
        if kind == "class":
            scheme, _, class_ = id_.partition("/")
            return self.guide_of((scheme, class_)) is None
        measure = self.playbook.measures.get(part.rpartition(".")[2]) if kind == "matrix" else None
        return measure is not None and not self.shown(measure)

    def title(self, kind: str, id_: str) -> str:
        """Return the name of an entity or class as readers see it."""
        if kind == "class":
            scheme, _, class_ = id_.partition("/")
            return self.playbook.class_name((scheme, class_))
        entity = self.playbook.find(kind, id_)
        return form.plain(self.inline(entity.label)) if entity else id_

    def link(self, kind: str, id_: str, part: str | None = None) -> Link | Text:
        """Return a link with the target's title; plain words if it is not shown."""
        text = self.part_title(kind, id_, part)
        href = self.href(kind, id_, part)
        return Link(text, href) if href else Text(text)

    def part_title(self, kind: str, id_: str, part: str | None) -> str:
        """Return what a link to an entity or part says."""
        return self.title(kind, id_)

    def link_items(self, refs: Iterable[Ref]) -> tuple[LinkItem, ...]:
        """Return references as a list of links, with the kind as a note."""
        return tuple(
            LinkItem(link, (Text(self.kind_word(ref.kind)),))
            for ref in refs
            if isinstance(link := self.link(ref.kind, ref.id, ref.part), Link)
        )

    def links(self, refs: Iterable[Ref]) -> tuple[Link, ...]:
        """Return references as links; what is not shown is left out."""
        found = (self.link(ref.kind, ref.id, ref.part) for ref in refs)
        return tuple(link for link in found if isinstance(link, Link))

    def kind_word(self, kind: str) -> str:
        """Return what a kind is called on pages."""
        t = self.t
        return {
            "class": t("class"), "scheme": t("ruler"), "measure": t("measure"),
            "matrix": t("entitlements"), "table": t("table"), "script": t("script"),
            "checklist": t("self-check"), "moment": t("moment"), "guide": t("method"),
            "plan": t("plan"), "case": t("case"), "path": t("path"), "param": t("parameter"),
            "term": t("term"), "decision": t("decision"), "role": t("role"),
            "channel": t("channel"), "escalation": t("escalation"), "source": t("source"),
            "rhythm": t("rhythm"), "transition": t("move"), "overlay": t("difference"),
            "slot": t("slot"), "reason": t("reason"),
        }[kind]  # fmt: skip

    # --- texts ------------------------------------------------------------------------------------

    def inline(self, text: Prose | str | None) -> Inline:
        """Return a text of the playbook as segments: links, values, slots and strong words."""
        if text is None:
            return ()
        return tuple(self._segment(piece) for piece in prose.parse(str(text)))

    def _segment(self, piece: prose.Piece) -> form.Segment:
        match piece:
            case prose.Words(text):
                return Text(text)
            case prose.Strong(text):
                return form.Strong(text)
            case prose.Gap(name):
                slot = self.playbook.slots.get(name)
                return form.Slot(name, str(slot.example) if slot else "")
            case prose.Reference("param", id_, _):
                href = self.href("param", id_) or ""
                return form.Value(self.playbook.worded(id_), href)
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

    # --- marks and heads --------------------------------------------------------------------------

    def home(self, entity: model.Entity, part: str | None = None, at: At | None = None) -> Origin:
        """Return the mark of an entity or part on its home page."""
        return Origin(entity.key, part, at or (entity.at if part is None else None), home=True)

    def role_names(self, roles: Iterable[str]) -> str:
        """Return the names of roles, joined."""
        return "、".join(self.title("role", str(r)) for r in roles)

    def classes_of(self, selectors: Iterable[Selector]) -> Inline:
        """Return for whom something holds, with links to the classes."""
        pieces: list[form.Segment] = []
        for selector in selectors:
            if pieces:
                pieces.append(Text("；"))
            if selector.everyone:
                pieces.append(Text(self.t("everyone")))
            for number, term in enumerate(selector.terms):
                if number:
                    pieces.append(Text(self.t(" and ")))
                pieces.extend(self._term(term))
        return tuple(pieces)

    def whom(self, selectors: Iterable[Selector]) -> tuple[Class, ...]:
        """Return the classes that selectors name, conditions left out, each once."""
        found = (c for s in selectors for term in s.terms[:1] for c in self.playbook.selected(term))
        return tuple(dict.fromkeys(found))

    def _term(self, term: Term) -> tuple[form.Segment, ...]:
        if term.low is None:
            return (self.link("scheme", term.scheme), Text(self.t(" (all)")))
        low = self.link("class", f"{term.scheme}/{term.low}")
        if term.low == term.high:
            return (low,)
        return (low, Text(self.t(" to ")), self.link("class", f"{term.scheme}/{term.high}"))

    def page(
        self,
        entity: model.Entity,
        section: str,
        blocks: Iterable[form.Block],
        **more: object,
    ) -> form.Page:
        """Return the page of an entity, with what every such page has."""
        settings = self.playbook.settings
        fields: dict[str, object] = {
            "address": self.address(entity.kind, str(entity.id)),
            "title": entity.label,
            "kind": entity.kind,
            "section": section,
            "blocks": tuple(blocks),
            "entity": entity.key,
            "source": entity.at,
            "draft": entity.draft,
            "owner": str(entity.owner or settings.owner),
            "reviewed": str(entity.reviewed or ""),
            "effective_from": str(entity.effective_from or settings.effective_from),
            "effective_until": str(entity.effective_until or ""),
            "holds": holds(entity),
        }
        return form.Page(**{**fields, **more})  # type: ignore[arg-type]

    def shared(
        self, address: str, title: str, section: str, kind: str, blocks: Iterable[form.Block],
        entities: Iterable[model.Entity] = (), **more: object,
    ) -> form.Page:  # fmt: skip
        """Return a page that is the home of several entities, or of none (an index)."""
        settings = self.playbook.settings
        held = frozenset(h for e in entities for h in holds(e))
        fields: dict[str, object] = {
            "address": address, "title": title, "kind": kind, "section": section,
            "blocks": tuple(blocks), "owner": str(settings.owner),
            "effective_from": str(settings.effective_from), "holds": held,
        }  # fmt: skip
        return form.Page(**{**fields, **more})  # type: ignore[arg-type]

    def of_kind(self, kind: str) -> tuple[model.Entity, ...]:
        """Return the entities of a kind that this edition shows."""
        return tuple(e for e in self.playbook.of_kind(kind).values() if self.shown(e))

    # --- provenance -------------------------------------------------------------------------------

    def basis(self, *entities: str, row: str = "") -> tuple[form.Block, ...]:
        """Return the folded 依据 of a page: the facts used in it, or the word that it is ours.

        With `row`, of tables only the facts about that row.
        """
        cited = {
            (c.source.id, c.id): c
            for entity in entities
            for c in self.playbook.cited.get(entity, ())
            if not (row and entity.startswith("matrix:"))
            or (c.ref.part or "").partition(".")[0] == row
        }
        rows = tuple(
            form.Row(
                (
                    form.Cell(((self._fact_link(one),),)),
                    form.Cell((self.inline(one.fact.text),)),
                    form.Cell((self._use(one),)),
                )
            )
            for one in cited.values()
        )
        title = self.t("Basis")
        if not rows:
            ours = self.t("No source says this; it is the company's own rule and can be changed.")
            return (form.Folded(title, (form.Paragraph((Text(ours),)),), anchor="h-basis"),)
        columns = (self.t("Fact"), self.t("What the source says"), self.t("What became of it"))
        return (form.Folded(title, (form.Table(columns, rows),), anchor="h-basis"),)

    def _fact_link(self, cited: Cited) -> form.Segment:
        href = self.href("source", str(cited.source.id), cited.id)
        return Link(cited.id, href) if href else Text(cited.id)

    def _use(self, cited: Cited) -> Inline:
        word = self.use_word(cited.fact.use)
        return (Text(word), *((Text("："), *self.inline(cited.fact.why)) if cited.fact.why else ()))

    def use_word(self, use: str) -> str:
        """Return what became of a fact, in the words of the edition."""
        t = self.t
        return {
            "adopted": t("adopted"), "adapted": t("adapted"),
            "reference": t("for reference"), "declined": t("declined"),
        }[use]  # fmt: skip


def anchored(part: str) -> str:
    """Return the anchor of a part; a dot would need escaping in CSS."""
    return part.replace(".", "-")


def holds(entity: model.Entity) -> frozenset[str]:
    """Return what must be found on the home page of an entity: itself and its parts."""
    return frozenset((entity.key, *(f"{entity.key}#{part}" for part, _ in entity.parts())))
