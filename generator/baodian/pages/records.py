"""Pages that are the home of many small records: whom to call, rhythms, words, parameters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from baodian import model, page
from baodian.model import prose
from baodian.page import Card, Cell, Fact, Heading, Inline, Link, Origin, Page, Row, Text
from baodian.pages.class_guides import how_often
from baodian.pages.ground import Ground
from baodian.playbook import leaves, selectors_of

EDITORS = "editors/index.html"


def write(ground: Ground) -> Iterator[Page]:
    """Yield a page for every kind of record that has any, and the editors' first page."""
    writers: tuple[tuple[str, Callable[[Ground], Page]], ...] = (
        ("escalation", _escalation),
        ("channel", _channels),
        ("rhythm", _rhythms),
        ("role", _roles),
    )
    for kind, writer in writers:
        if ground.of_kind(kind):
            yield writer(ground)
    editors: list[tuple[Card, Page]] = []
    t = ground.t
    if ground.of_kind("term"):
        text = t("Which word means what, and which words not to use")
        editors.append((_card(t("Words"), "glossary.html", text, "tag"), _glossary(ground)))
    if (
        ground.of_kind("param")
        or _wholes(ground)
        or ground.playbook.slots
        or ground.of_kind("overlay")
    ):
        text = t("Every value that a city or team may set, and who uses it")
        made = _parameters(ground)
        editors.append((_card(made.title, made.address, text, "tune"), made))
    if ground.of_kind("decision"):
        text = t("Where sources disagree: what holds here, and why")
        made = _decisions(ground)
        editors.append((_card(t("Decisions"), made.address, text, "scale-balance"), made))
    yield from (_editors(ground, [card for card, _ in editors]))
    yield from (made for _, made in editors)


def _card(title: str, href: str, text: str, icon: str) -> Card:
    return Card(title, href, page.line(text), icon=icon)


def _editors(ground: Ground, cards: Sequence[Card]) -> Iterator[Page]:
    t = ground.t
    if ground.of_kind("source"):
        text = t("What became of every fact of every source")
        cards = (*cards, _card(t("Sources"), "sources/index.html", text, "source-branch"))
    if any(ground.playbook.classes()):
        text = t("Which class has what, where something is missing, and why")
        cards = (*cards, _card(t("Coverage"), "coverage.html", text, "clipboard-check"))
    if cards:
        blocks = (page.Cards(tuple(cards)),)
        lead = page.line(t("What stands behind the handbook, for those who look after it."))
        yield ground.shared(
            EDITORS, t("For editors"), "editors", "index", blocks, lead=lead, icon="pencil-ruler"
        )


# --- what tables share ----------------------------------------------------------------------------


def _row(ground: Ground, entity: model.Entity, *cells: Cell, accent: str | None = None) -> Row:
    """Return the row that is the home of an entity; its name comes first."""
    named: tuple[Inline, ...] = (page.line(entity.label),)
    if entity.draft:
        named = (*named, (page.Strong(ground.t("Draft")),))
    return Row(
        (Cell(named), *cells), anchor=str(entity.id), origin=ground.home(entity), accent=accent
    )


def _cell(*lines: Inline) -> Cell:
    return Cell(tuple(line for line in lines if line))


def _words(words: Iterable[str]) -> Cell:
    joined = "、".join(str(w) for w in words)
    return _cell(page.line(joined)) if joined else Cell()


def joined(ground: Ground, links: Iterable[page.Segment]) -> Inline:
    """Return links as one line with commas; a value inside a title reads as its value."""
    pieces: list[page.Segment] = []
    for link in links:
        if isinstance(link, Link):
            link = Link(page.plain(ground.inline(link.text)), link.href)
        pieces.extend((Text("、"), link) if pieces else (link,))
    return tuple(pieces)


def _basis(ground: Ground, entities: Sequence[model.Entity]) -> tuple[page.Block, ...]:
    keys = [e.key for e in entities if e.key in ground.playbook.cited]
    return ground.basis(*keys) if keys else ()


def _shared(
    ground: Ground, address: str, title: str, section: str, kind: str,
    blocks: Iterable[page.Block], entities: Sequence[model.Entity], lead: str, icon: str,
) -> Page:  # fmt: skip
    return ground.shared(
        address, title, section, kind, (*blocks, *_basis(ground, entities)), entities,
        lead=page.line(lead), icon=icon, in_nav=True,
    )  # fmt: skip


def _without_empty_columns(
    columns: Sequence[str], rows: Sequence[Row], like: Sequence[Row] = ()
) -> page.Table:
    """Return a table without the columns that no row (of it or of `like`) fills."""
    every = (*rows, *like)
    filled = [n for n in range(len(columns)) if n == 0 or any(r.cells[n].lines for r in every)]
    return page.Table(
        tuple(columns[n] for n in filled),
        tuple(Row(tuple(r.cells[n] for n in filled), r.anchor, r.origin, r.accent) for r in rows),
    )


# --- whom to call ---------------------------------------------------------------------------------


def _escalation(ground: Ground) -> Page:
    t = ground.t
    found = [cast("model.Escalation", e) for e in ground.of_kind("escalation")]
    calls: dict[str, page.LinkItem] = {}
    rows = []
    for entity in found:
        call = _call(ground, entity)
        if call is not None:
            name, link = call
            calls.setdefault(link.href, page.LinkItem(Link(name, link.href), page.line(link.text)))
        rows.append(
            _row(
                ground, entity,
                _cell(page.line(str(entity.level)) if entity.level else ()),
                _cell((ground.link("role", str(entity.to)),)),
                _cell(ground.inline(entity.by)),
                _cell((call[1],) if call else ground.inline(entity.tel)),
            )
        )  # fmt: skip
    columns = (t("What has happened"), t("Level"), t("Who takes over"), t("By when"), t("Phone"))
    blocks: list[page.Block] = [page.Links(tuple(calls.values()), big=True)] if calls else []
    blocks.append(_without_empty_columns(columns, rows))
    lead = t("What goes beyond your limit: to whom, and by when.")
    return _shared(
        ground, "escalation.html", t("Whom to call"), "red-lines", "escalation", blocks, found,
        lead, "account-arrow-up",
    )  # fmt: skip


def _call(ground: Ground, entity: model.Escalation) -> tuple[str, Link] | None:
    """Return whose number it is and the number to tap, if there is one."""
    if entity.tel is None:
        return None
    number = page.plain(ground.inline(entity.tel)).strip()
    href = telephone(number)
    if href is None:
        return None
    params = (
        p.id
        for p in prose.parse(str(entity.tel))
        if isinstance(p, prose.Reference) and p.kind == "param"
    )
    param = next(params, None)
    name = ground.title("param", param) if param else ground.title("role", str(entity.to))
    return name, Link(number, href)


def telephone(number: str) -> str | None:
    """Return the address that calls a number; None if there are no digits to dial."""
    dialled = re.sub(r"[^0-9+*#]", "", unicodedata.normalize("NFKC", number))
    return f"tel:{dialled.replace('#', '%23')}" if re.search(r"\d{3}", dialled) else None


# --- channels, roles, rhythms ---------------------------------------------------------------------


def _channels(ground: Ground) -> Page:
    t = ground.t
    found = [cast("model.Channel", e) for e in ground.of_kind("channel")]
    rows = [
        _row(
            ground, channel,
            _cell(ground.inline(channel.suits)),
            _cell(ground.inline(channel.strength)),
            _cell(ground.inline(channel.weakness)),
            _cell(*_minutes(ground, channel)),
            _words(channel.aliases),
        )
        for channel in found
    ]  # fmt: skip
    columns = (
        t("Channel"), t("Good for"), t("Its strength"), t("Its weakness"), t("Takes"),
        t("Also called"),
    )  # fmt: skip
    lead = t("The ways to reach a customer, and what each is good for.")
    return _shared(
        ground, "channels.html", t("Channels"), "methods", "channels",
        (_without_empty_columns(columns, rows),), found, lead, "phone",
    )  # fmt: skip


def _minutes(ground: Ground, channel: model.Channel) -> Iterator[Inline]:
    t = ground.t
    if channel.minutes:
        yield page.line(t("{n} minutes", n=ground.number(channel.minutes)))
    if channel.travel:
        yield page.line(t("{n} minutes on the way", n=ground.number(channel.travel)))


def _roles(ground: Ground) -> Page:
    t = ground.t
    found = [cast("model.Role", e) for e in ground.of_kind("role")]
    calls = [cast("model.Escalation", e) for e in ground.of_kind("escalation")]
    rows = [
        _row(
            ground, role,
            _cell(ground.inline(role.text)),
            _cell(*((ground.link("escalation", str(c.id)),) for c in calls if c.to == role.id)),
        )
        for role in found
    ]  # fmt: skip
    table = _without_empty_columns((t("Role"), t("What they do"), t("What they take over")), rows)
    lead = t("Who is who in this handbook.")
    return _shared(
        ground, "roles.html", t("Roles"), "plans", "roles", (table,), found, lead, "account-group"
    )


def _rhythms(ground: Ground) -> Page:
    t = ground.t
    found = [cast("model.Rhythm", e) for e in ground.of_kind("rhythm")]
    blocks: list[page.Block] = []
    for kind, title, icon in (
        ("contact", t("With the customer"), "forum"),
        ("review", t("Of the records"), "file-document"),
        ("supervisor", t("By the supervisor"), "eye"),
    ):
        rows = [_rhythm(ground, r) for r in found if r.kind_ == kind]
        if rows:
            columns = (
                t("What"), t("For whom"), t("How often"), t("Channel"), t("Who"), t("Why and how")
            )  # fmt: skip
            blocks.append(Heading(title, f"h-{kind}", icon=icon))
            blocks.append(_without_empty_columns(columns, rows))
    lead = t("Who does what for whom, and how often. It stands nowhere else.")
    return _shared(
        ground, "rhythms.html", t("Rhythms"), "plans", "rhythms", blocks, found, lead, "repeat"
    )


def _rhythm(ground: Ground, rhythm: model.Rhythm) -> Row:
    tools = [
        (ground.link(kind, str(id_)),)
        for kind, id_ in (("script", rhythm.script), ("checklist", rhythm.checklist))
        if id_
    ]
    return _row(
        ground, rhythm,
        _cell(ground.classes_of(rhythm.whom)),
        _cell(how_often(ground, rhythm)),
        _words((ground.t(" or ").join(ground.title("channel", str(c)) for c in rhythm.channels),)),
        _words((ground.role_names(rhythm.who),)),
        _cell(ground.inline(rhythm.why), *tools),
        accent=_accent(rhythm),
    )  # fmt: skip


def _accent(entity: model.Entity) -> str | None:
    """Return the ruler an entity is mainly about, for its colour."""
    terms = (term for selector in selectors_of(entity) for term in selector.terms)
    return next((str(term.scheme) for term in terms), None)


# --- words ----------------------------------------------------------------------------------------


def _glossary(ground: Ground) -> Page:
    t = ground.t
    found = [cast("model.Term", e) for e in ground.of_kind("term")]
    columns = (t("Word"), t("What it means here"), t("Other words"))
    blocks: list[page.Block] = []
    if any(term.pinyin for term in found):
        by_sound = sorted(found, key=_sound)
        every = [_term(ground, x) for x in by_sound]
        for letter in dict.fromkeys(_letter(term) for term in by_sound):
            rows = [row for x, row in zip(by_sound, every, strict=True) if _letter(x) == letter]
            blocks.append(Heading(letter or t("Others"), f"h-{letter.lower() or 'others'}"))
            blocks.append(_without_empty_columns(columns, rows, every))
    else:
        blocks.append(_without_empty_columns(columns, [_term(ground, x) for x in found]))
    lead = t("Which word means what in this handbook.")
    return _shared(
        ground, "glossary.html", t("Words"), "editors", "glossary", blocks, found, lead, "tag"
    )


def _term(ground: Ground, term: model.Term) -> Row:
    t = ground.t
    others = [
        page.line(said)
        for said in (
            "、".join(map(str, term.aliases)),
            t("not: {words}", words="、".join(map(str, term.not_))) if term.not_ else "",
            " · ".join(str(x) for x in (term.english, term.traditional) if x),
        )
        if said
    ]
    row = _row(ground, term, _cell(ground.inline(term.definition)), Cell(tuple(others)))
    if not term.pinyin:
        return row
    head = Cell((*row.cells[0].lines, page.line(str(term.pinyin))))
    return Row((head, *row.cells[1:]), row.anchor, row.origin, row.accent)


def _sound(term: model.Term) -> tuple[bool, str, str]:
    """Return by what a word is sorted: its pinyin without tones; words without a letter last."""
    told = unicodedata.normalize("NFD", str(term.pinyin or term.name)).casefold()
    bare = "".join(c for c in told if not unicodedata.combining(c) and not c.isspace())
    return (not _latin(bare), bare, str(term.name))


def _letter(term: model.Term) -> str:
    bare = _sound(term)[1]
    return bare[0].upper() if _latin(bare) else ""


def _latin(text: str) -> bool:
    return re.match("[a-z]", text) is not None


# --- parameters, slots, what differs in a city ----------------------------------------------------


def _parameters(ground: Ground) -> Page:
    t = ground.t
    params = [cast("model.Param", e) for e in ground.of_kind("param")]
    overlays = [cast("model.Overlay", e) for e in ground.of_kind("overlay")]
    blocks: list[page.Block] = []
    if params:
        users = _users(ground)
        columns = (
            t("Parameter"), t("Value"), t("Allowed"), t("Set by"), t("Why"), t("Used in")
        )  # fmt: skip
        rows = [_param(ground, p, users.get(str(p.id), ())) for p in params]
        blocks += [Heading(t("Parameters"), "h-params"), _without_empty_columns(columns, rows)]
    wholes = _wholes(ground)
    if wholes:
        blocks.append(Heading(t("What a city sets as a whole"), "h-wholes"))
        blocks.append(_whole_table(ground, wholes))
    if ground.playbook.slots:
        slots = tuple(
            Row(
                (Cell(((page.Slot(name, str(slot.example)),),)), _words((slot.example,))),
                anchor=name,
                origin=Origin(f"slot:{name}", None, slot.at),
            )
            for name, slot in ground.playbook.slots.items()
        )
        blocks.append(Heading(t("Gaps that the reader fills"), "h-slots"))
        blocks.append(page.Table((t("Gap"), t("For example")), slots))
    if overlays:
        blocks.append(Heading(t("What differs in a city"), "h-overlays"))
        for overlay in overlays:
            blocks.extend(_overlay(ground, overlay))
    entities: list[model.Entity] = [*params, *overlays]
    lead = t("Values that a city or team may set. Each stands here once; pages take it from here.")
    return _shared(
        ground, "parameters.html", t("Parameters and what differs by city"), "editors",
        "parameters", blocks, entities, lead, "tune",
    )  # fmt: skip


def _param(ground: Ground, param: model.Param, users: Sequence[str]) -> Row:
    t = ground.t
    worded = ground.playbook.worded(str(param.id))
    href = telephone(str(param.default)) if param.type == "phone" else None
    value: list[page.Segment] = [Link(worded, href) if href else page.Strong(worded)]
    if param.of:
        value.append(Text(t(" of {whole}", whole=param.of)))
    links = []
    for key in users:
        kind, _, id_ = key.partition(":")
        link = ground.link(kind, id_)
        if isinstance(link, Link):
            links.append(link)
    return _row(
        ground, param,
        _cell(tuple(value)),
        _words((str(param.allowed).replace(" ", "\u00a0"),) if param.allowed else ()),
        _words(_setter(ground, str(s)) for s in param.set_by),
        _cell(ground.inline(param.why)),
        _cell(joined(ground, links)),
    )  # fmt: skip


def _wholes(ground: Ground) -> tuple[model.Adjustable, ...]:
    """Return what is set as a whole: rulers, tables, plans and rhythms, where they live."""
    kinds = ("scheme", "matrix", "table", "plan", "rhythm")
    found = (cast("model.Adjustable", e) for kind in kinds for e in ground.of_kind(kind))
    return tuple(entity for entity in found if entity.set_by)


def _whole_table(ground: Ground, wholes: Sequence[model.Adjustable]) -> page.Table:
    t = ground.t
    rows = []
    for entity in wholes:
        if isinstance(entity, model.Scheme):
            judged = ground.playbook.settings.kinds_of_customer
            whom = page.line(next(str(v) for k, v in judged.items() if k == entity.judges))
        elif isinstance(entity, (model.EntitlementMatrix, model.TextMatrix)):
            whom = (ground.link("scheme", str(entity.rows)),)
        elif isinstance(entity, model.Rhythm):
            whom = ground.classes_of(entity.whom)
        else:
            whom = ground.classes_of(cast("model.Table | model.Plan", entity).for_)
        rows.append(
            Row(
                (
                    _cell((ground.link(entity.kind, str(entity.id)),)),
                    _words((ground.kind_word(entity.kind),)),
                    _cell(whom),
                    _words(_setter(ground, str(s)) for s in entity.set_by),
                )
            )
        )
    columns = (t("What"), t("What it is"), t("For whom"), t("Set by"))
    return _without_empty_columns(columns, rows)


def _setter(ground: Ground, id_: str) -> str:
    t = ground.t
    named = {"city": t("the city"), "team": t("the team"), "company": t("the company")}
    return named.get(id_) or ground.title("role", id_)


def _users(ground: Ground) -> dict[str, tuple[str, ...]]:
    """Return who uses each parameter, as `kind:id`: in texts, in frequencies and in bounds."""
    found: dict[str, dict[str, None]] = {}
    for key, record in ground.playbook.records():
        if key.startswith("source:"):
            continue  # a ledger cites, it does not use
        for _, value in leaves(record):
            for piece in prose.parse(str(value)):
                if isinstance(piece, prose.Reference) and piece.kind == "param":
                    found.setdefault(piece.id, {})[key] = None
    for key, uses in ground.playbook.used.items():
        kind, _, id_ = key.partition(":")
        for use in uses if kind == "param" else ():
            if not use.by.startswith("source:"):
                found.setdefault(id_, {})[use.by] = None
    return {k: tuple(v) for k, v in found.items()}


def _overlay(ground: Ground, overlay: model.Overlay) -> Iterator[page.Block]:
    t = ground.t
    yield Heading(overlay.label, f"overlay-{overlay.id}", level=3, origin=ground.home(overlay))
    rows = []
    for ref, change in overlay.change.items():
        told = tuple(page.line(f"{k}：{_told(v)}") for k, v in (change.model_extra or {}).items())
        approved = _words((change.approved_by,) if change.approved_by else ())
        cells = (Cell(told), approved, _cell(ground.inline(change.why)))
        origin = Origin(overlay.key, None, change.at)
        rows.append(Row((_cell((ground.link(ref.kind, ref.id, ref.part),)), *cells), None, origin))
    for ref, gone in overlay.withdraw.items():
        cells = (_words((t("does not hold here"),)), Cell(), _cell(ground.inline(gone.why)))
        origin = Origin(overlay.key, None, gone.at)
        rows.append(Row((_cell((ground.link(ref.kind, ref.id, ref.part),)), *cells), None, origin))
    columns = (t("What"), t("What changes"), t("Approved by"), t("Why"))
    yield _without_empty_columns(columns, rows)


def _told(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(_told(v) for v in value)
    if isinstance(value, dict):
        return "；".join(f"{k}：{_told(v)}" for k, v in value.items())
    return str(value)


# --- decisions ------------------------------------------------------------------------------------


def _decisions(ground: Ground) -> Page:
    t = ground.t
    found = [cast("model.Decision", e) for e in ground.of_kind("decision")]
    blocks: list[page.Block] = []
    for decision in found:
        key = decision.key
        blocks.append(
            Heading(decision.label, str(decision.id), icon="scale-balance",
                    origin=ground.home(decision))
        )  # fmt: skip
        if decision.draft:
            blocks.append(page.Callout("draft", t("Draft"), ()))
        facts = [
            Fact(label, (ground.inline(text),), Origin(key, None, text.at))
            for label, text in (
                (t("The sources say"), decision.sources_say),
                (t("We use"), decision.we_use),
                (t("Why"), decision.why),
            )
        ]
        if decision.covers:
            facts.append(Fact(t("Covers"), (page.line("、".join(map(str, decision.covers))),)))
        blocks.append(page.Facts(tuple(facts)))
    lead = t("Where sources disagree: what this handbook uses, and why.")
    return _shared(
        ground, "decisions.html", t("Decisions"), "editors", "decisions", blocks, found, lead,
        "scale-balance",
    )  # fmt: skip
