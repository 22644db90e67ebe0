"""Scripts: one page each, and the index by chapter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from baodian import model, page
from baodian.model.fields import Prose
from baodian.page import Entry, Filter, Heading, Link, Page
from baodian.pages.ground import Ground
from baodian.pages.parts import acting
from baodian.pages.parts.calls import beyond
from baodian.pages.parts.places import MOVES
from baodian.pages.parts.talks import never, spoken, variants
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, shared_page
from baodian.pages.whom import class_facets, class_filter_of, classes_of
from baodian.pages.widgets import card as script_card
from baodian.pages.widgets.say import copied
from baodian.playbook import moving

SECTION = "scripts"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of scripts and a page for each."""
    yield _index(ground)
    yield from ground.each(_script, ground.playbook.scripts.values())


def _script(ground: Ground, script: model.Script) -> Page:
    t = ground.t
    facts = [page.Fact(t("For"), (classes_of(ground, script.for_),))] if script.for_ else []
    if script.channels:
        channels = tuple(ground.link("channel", str(c)) for c in script.channels)
        facts.append(page.Fact(t("Channel"), tuple((c,) for c in channels)))
    to_say = (
        *never(ground, script),
        spoken(ground, script, home=True),
        *_rules(ground, script, "do", t("Do"), script.do),
        *_rules(ground, script, "dont", t("Don't"), script.dont[1:]),
    )
    blocks: list[page.Block] = [*_filled_in(ground, script, to_say)]
    blocks.append(script_card.around(ground, script, to_say))
    if script.variants:
        blocks.append(Heading(t("First words for some"), "h-variants"))
        blocks += [copied(ground, words) for words in variants(ground, script)]
    blocks.extend(_rules(ground, script, "record", t("Write down afterwards"), script.record))
    blocks.extend(beyond(ground, script.escalate))
    sheet = acting.address(script)
    if sheet:
        link = Link(t("Act it out with a colleague: a sheet to print"), sheet)
        blocks.append(page.Links((page.LinkItem(link),)))
    see = ground.link_items(script.see)
    if see:
        blocks += [Heading(t("What helps"), "h-see"), page.Links(see)]
    if facts:
        blocks += [Heading(t("For whom"), "h-for"), page.Facts(tuple(facts))]
    if script.they_also_say:
        words = tuple(page.line(str(w)) for w in script.they_also_say)
        blocks.append(page.Facts((page.Fact(t("They also say"), words),)))
    if script.why:
        blocks.append(page.Paragraph(ground.inline(script.why)))
    blocks.extend(basis(ground, script.key))
    group = ground.playbook.settings.groups.script
    badges = (
        next((str(v) for k, v in group.items() if k == script.group), ""),
        _form(ground, script),
    )
    return entity_page(ground, script, blocks, lead=ground.inline(script.goal), badges=badges)


def _filled_in(
    ground: Ground, script: model.Script, to_say: tuple[page.Block, ...]
) -> Iterator[page.Block]:
    """Yield the way to the pages of moves, if they say the script and fill some of its gaps in."""
    once = ground.playbook.once
    if str(script.id) in once(moving.said).values() and any(
        slot.name in once(moving.filled) for slot in script_card.slots(to_say)
    ):
        text = ground.t("Choose from what to what: there the gaps about it are filled in")
        link = Link(text, MOVES)
        yield page.Links((page.LinkItem(link),), big=True)


def _rules(
    ground: Ground, script: model.Script, name: str, title: str, texts: tuple[Prose, ...]
) -> Iterator[page.Block]:
    if texts:
        yield Heading(title, f"h-{name}")
        style = cast("Literal['do', 'dont', 'plain']", "plain" if name == "record" else name)
        yield page.Bullets(ground.bullets(texts, script.key), style=style)


def _form(ground: Ground, script: model.Script) -> str:
    t = ground.t
    return {"talk": t("talk"), "message": t("message"), "letter": t("letter")}[script.form]


def _index(ground: Ground) -> Page:
    t = ground.t
    scripts = list(ground.playbook.scripts.values())
    groups = [
        (str(id_), str(name), tuple(_entry(ground, s) for s in scripts if s.group == id_))
        for id_, name in ground.playbook.settings.groups.script.items()
        if any(s.group == id_ for s in scripts)
    ]
    occasions = Filter("group", t("Occasion"), tuple((id_, name) for id_, name, _ in groups))
    filters = (occasions, class_filter_of(ground, scripts), _channel_filter(ground))
    blocks = (
        page.Index(
            groups=tuple((f"g-{id_}", name, entries) for id_, name, entries in groups),
            filters=tuple(f for f in filters if len(f.choices) > 1),
        ),
    )
    return shared_page(
        ground, "scripts/index.html", t("Scripts"), SECTION, "index", blocks, in_nav=True
    )


def _entry(ground: Ground, script: model.Script) -> Entry:
    """Return a script under what the customer says; a talk is what one expects and is not named."""
    theirs = _theirs(ground, script)
    title = ground.t("“{words}”", words=theirs) if theirs else str(script.title)
    return Entry(
        title=title,
        href=ground.address(script),
        text=page.line(str(script.title)) if theirs else ground.inline(script.goal),
        badges=() if script.form == "talk" else (_form(ground, script),),
        facets=(
            ("group", (str(script.group),)),
            ("class", class_facets(ground, script)),
            ("channel", tuple(str(c) for c in script.channels)),
        ),
    )


def _theirs(ground: Ground, script: model.Script) -> str:
    """Return one sentence in which customers say it, or nothing."""
    answered = (page.plain(ground.inline(answer.they_say)) for answer in script.answers.values())
    return next(iter((*map(str, script.they_also_say), *answered)), "")


def _channel_filter(ground: Ground) -> Filter:
    used = {c for s in ground.playbook.scripts.values() for c in s.channels}
    channels = ground.playbook.channels.values()
    choices = tuple((str(c.id), c.label) for c in channels if c.id in used)
    return Filter("channel", ground.t("Channel"), choices)
