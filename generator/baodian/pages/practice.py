"""A sheet for each script, to act it out with a colleague: all of it is the script's own."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model.ids import Id
from baodian.model.talk import Answer, walk
from baodian.page import Fact, Heading, Inline, Item, ItemGroup, Origin, Page, Step, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.acting import KIND, address
from baodian.pages.sheet import shared_page
from baodian.pages.whom import classes_of

SECTION = "scripts"
ICON = "drama-masks"

Lines = tuple[tuple[Inline, Origin | None], ...]


def write(ground: Ground) -> Iterator[Page]:
    """Yield a sheet for each script that can be acted out."""
    scripts = ground.playbook.scripts.values()
    yield from ground.each(_sheet, (script for script in scripts if script.answers))


def _sheet(ground: Ground, script: model.Script) -> Page:
    t = ground.t
    persona = tuple(_persona(ground, script))
    rubric = tuple(_rubric(ground, script))
    red = (*ground.bullets(script.dont, script.key), *_never(ground))
    parts: tuple[tuple[str, str, tuple[page.Block, ...]], ...] = (
        (t("Who the customer is"), "persona", (page.Facts(persona),) if persona else ()),
        (
            t("For the one who plays the customer"), "partner",
            (
                page.Paragraph(page.line(t("Choose one or two, in any order, and stay with it."))),
                page.Steps(tuple(_lines(ground, script.answers))),
            ),
        ),
        (t("For the one who listens"), "rubric", rubric),
        (
            t("Red lines: one of them, and it is not passed"), "red-lines",
            (page.Bullets(red, style="dont"),) if red else (),
        ),
    )  # fmt: skip
    blocks: list[page.Block] = []
    for title, name, inner in parts:
        blocks.extend((Heading(title, f"h-{name}"), *inner) if inner else ())
    signed = page.Signature((t("Who practised"), t("Who listened"), t("Date")))
    return shared_page(
        ground, address(script), t("Act it out: {title}", title=str(script.title)),
        SECTION, KIND, (*blocks, signed),
        lead=ground.inline(script.goal), icon=ICON, source=script.at, draft=script.draft,
        trail=(page.Crumb(str(script.title), ground.address(script)),),
    )  # fmt: skip


def _never(ground: Ground) -> Lines:
    """Return the words that are never said to customers, as one line."""
    words = ground.t.listed(map(str, ground.playbook.settings.never_say))
    line = page.line(ground.t("Says one of these words: {words}", words=words))
    return ((line, None),) if words else ()


def _persona(ground: Ground, script: model.Script) -> Iterator[Fact]:
    t = ground.t
    yield Fact(t("For"), (classes_of(ground, script.for_),))
    if script.channels:
        named = tuple((ground.link("channel", str(c)),) for c in script.channels)
        yield Fact(t("Channel"), named)
    if script.they_also_say:
        said = tuple(page.line(str(words)) for words in script.they_also_say)
        yield Fact(t("They also say"), said)


def _lines(ground: Ground, answers: dict[Id, Answer]) -> Iterator[Step]:
    """Yield what the customer says, and what to that: the words that reply stay on the script."""
    for answer in answers.values():
        told = tuple(ground.inline(a.they_say) for _, a in walk(answer.answers))
        notes = (Fact(ground.t("and to the reply"), told),) if told else ()
        yield Step(ground.inline(answer.they_say), notes=notes)


def _rubric(ground: Ground, script: model.Script) -> Iterator[page.Block]:
    """Yield what is heard or seen when it goes well: a list for each part of the script.

    Of the replies a group for each thing that customers say, so that no line says it again.
    """
    t = ground.t
    do = _group("do", t("Do"), ground.bullets(script.do, script.key))
    record = _group("record", t("Write down afterwards"), ground.bullets(script.record, script.key))
    replies = (_reply(ground, script, id_, answer) for id_, answer in walk(script.answers))
    if do.items:
        yield page.Checklist("list-do", (do,))
    if heard := tuple(group for group in replies if group.items):
        yield page.Paragraph(page.line(t("What was heard when the customer said this") + t.colon))
        yield page.Checklist("list-replies", heard)
    if record.items:
        yield page.Checklist("list-record", (record,))


def _reply(ground: Ground, script: model.Script, id_: Id, answer: Answer) -> ItemGroup:
    words = page.plain(ground.inline(answer.they_say))
    expected: Lines = tuple((line, None) for line in _expected(ground, answer))
    origin = Origin(script.key, str(id_))
    return _group(str(id_), ground.t("“{words}”", words=words), expected, origin)


def _group(id_: str, title: str, lines: Lines, origin: Origin | None = None) -> ItemGroup:
    items = (Item(f"{id_}-{n}", told, origin=at) for n, (told, at) in enumerate(lines, 1))
    return ItemGroup(id_, title, tuple(items), origin)


def _expected(ground: Ground, answer: Answer) -> Iterator[Inline]:
    """Yield what is to be said, found out and done at an answer, and where it leads."""
    t = ground.t
    yield from ground.lines(answer.say)
    if answer.find_out:
        yield (Text(t("Find out") + t.colon), *ground.inline(answer.find_out))
    if answer.do:
        yield ground.inline(answer.do)
    if answer.then:
        yield page.line(ground.title("script", str(answer.then)))
    if answer.end:
        yield page.line(t("The talk ends here."))
