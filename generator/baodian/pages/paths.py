"""Paths for new people: a page each, day by day, with questions and talks to act out."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model.ids import Id
from baodian.model.paths import PathDay, Question, RolePlay, check_id, day_part, read_id
from baodian.model.quantities import Whole
from baodian.page import Fact, Heading, Item, ItemGroup, Link, LinkItem, Origin, Page, Step, Text
from baodian.pages.ground import Ground, anchored
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home
from baodian.pages.whom import role_names
from baodian.pages.widgets import path as progress

SECTION = "plans"
ICON = "school"


def write(ground: Ground) -> Iterator[Page]:
    """Yield a page for each path."""
    yield from ground.each(_path, ground.playbook.paths.values())


def _path(ground: Ground, path: model.Path) -> Page:
    t = ground.t
    blocks: list[page.Block] = [
        progress.widget(ground, path),
        Heading(t("Day by day"), "days"),
    ]
    for number, day in path.days.items():
        blocks.extend(_day(ground, path, number, day))
    blocks.extend(_at_the_end(ground, path))
    if path.role_plays:
        blocks.append(Heading(t("Act it out"), "h-role-plays", icon="drama-masks"))
        told = t("Two people act it out; the one who signs listens and ticks what was there.")
        blocks.append(page.Paragraph(page.line(told)))
    for id_, play in path.role_plays.items():
        blocks.extend(_role_play(ground, path, id_, play))
    blocks.extend(basis(ground, path.key))
    return entity_page(
        ground,
        path,
        blocks,
        lead=ground.inline(path.intro),
        icon=ICON,
        badges=(role_names(ground, path.roles),) if path.roles else (),
        in_nav=True,
    )


def _named(day: PathDay) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield (line, kind, id, part) for what a day gives to read and to check."""
    yield from ((read_id(ref), ref.kind, ref.id, ref.part) for ref in day.read)
    yield from ((check_id(list_), "checklist", str(list_), None) for list_ in day.check)


# --- a day ----------------------------------------------------------------------------------------


def _day(ground: Ground, path: model.Path, number: Whole, day: PathDay) -> Iterator[page.Block]:
    t = ground.t
    part = day_part(number)
    name = t("Day {days}", days=number.number)
    title = f"{name} · {day.title}" if day.title else name
    yield Heading(title, anchored(part), 3, origin=home(path, part, day.at))
    groups = tuple(_groups(ground, path, number, day))
    if groups:
        yield page.Checklist(f"list-{part}", groups)
    plays = tuple(
        LinkItem(Link(str(play.title), _here(ground, path, str(id_))), page.line(t("act it out")))
        for id_, play in path.role_plays.items()
        if play.day and play.day.number == number.number
    )
    if plays:
        yield page.Links(plays)
    asked = _asked(path, number)
    if asked:
        title = t("Test yourself: {n} {n|question|questions}", n=len(asked))
        questions = tuple(_question(ground, path, id_, q, 4) for id_, q in asked)
        yield page.Folded(title, questions, anchor=f"h-{part}-questions")


def _groups(ground: Ground, path: model.Path, number: Whole, day: PathDay) -> Iterator[ItemGroup]:
    t = ground.t
    lines = dict(day.lines())
    named: dict[str, list[Item]] = {"read": [], "check": []}
    for line, kind, id_, part in _named(day):
        note = Text(f" · {ground.kind_word(kind)}")
        named["read" if line.startswith("read-") else "check"].append(
            Item(
                id=anchored(day_part(number, line)),
                text=(ground.link(kind, id_, part), note),
                origin=home(path, day_part(number, line), lines[line]),
            )
        )
    todo = [
        Item(
            id=anchored(day_part(number, str(id_))),
            text=ground.inline(text),
            origin=home(path, day_part(number, str(id_)), text.at),
        )
        for id_, text in day.do.items()
    ]
    for group, title, items in (
        ("read", t("Read"), named["read"]),
        ("do", t("Do"), todo),
        ("check", t("Check yourself"), named["check"]),
    ):
        if items:
            yield ItemGroup(group, title, tuple(items))


# --- questions ------------------------------------------------------------------------------------


def _asked(path: model.Path, number: Whole | None) -> tuple[tuple[Id, Question], ...]:
    """Return the questions of a day, or those of none."""
    day = number.number if number else None
    return tuple(
        (id_, question)
        for id_, question in path.questions.items()
        if (question.day.number if question.day else None) == day
    )


def _at_the_end(ground: Ground, path: model.Path) -> Iterator[page.Block]:
    """Yield the questions that belong to no day, after the way to those that do."""
    t = ground.t
    if not path.questions:
        return
    yield Heading(t("Test yourself"), "questions", icon="help-circle")
    days = tuple(
        LinkItem(
            Link(
                t("Day {days}", days=number.number),
                _here(ground, path, f"h-{day_part(number)}-questions"),
            ),
            page.line(t("{n} {n|question|questions}", n=len(asked))),
        )
        for number in path.days
        if (asked := _asked(path, number))
    )
    if days:
        yield page.Links(days)
    for id_, question in _asked(path, None):
        yield _question(ground, path, id_, question, 3)


def _question(
    ground: Ground, path: model.Path, id_: Id, question: Question, level: int
) -> page.Question:
    return page.Question(
        anchor=anchored(str(id_)),
        ask=ground.inline(question.ask),
        choices=tuple(
            page.Choice(
                id=str(choice),
                text=ground.inline(given.text),
                right=bool(given.right),
                why=ground.inline(given.why),
                origin=Origin(path.key, str(id_), given.at),
            )
            for choice, given in question.choices.items()
        ),
        see=ground.links((question.taught_by,)),
        level=3 if level == 3 else 4,
        origin=home(path, str(id_), question.at),
    )


# --- talks to act out -----------------------------------------------------------------------------


def _role_play(ground: Ground, path: model.Path, id_: Id, play: RolePlay) -> Iterator[page.Block]:
    t = ground.t
    part = str(id_)
    yield Heading(str(play.title), anchored(part), 3, origin=home(path, part, play.at))
    yield page.Facts(tuple(_told(ground, path, part, play)))
    card = page.Steps(
        tuple(
            Step(ground.inline(text), origin=Origin(path.key, part, text.at))
            for text in play.partner
        )
    )
    yield page.Folded(t("The partner's card: for the one who plays the customer"), (card,))
    signer = ground.title("role", str(play.signed_by))
    heard = tuple(
        Item(
            id=anchored(str(item)),
            text=ground.inline(text),
            origin=home(path, str(item), text.at),
        )
        for item, text in play.pass_.items()
    )
    title = t("To pass: {role} heard or saw", role=signer)
    yield page.Checklist(f"list-{part}", (ItemGroup("pass", title, heard),))
    yield page.Signature((t("Who practised"), t("Signed: {role}", role=signer), t("Date")))


def _told(ground: Ground, path: model.Path, part: str, play: RolePlay) -> Iterator[Fact]:
    t = ground.t
    if play.day:
        day = Link(t("Day {days}", days=play.day), _here(ground, path, day_part(play.day)))
        yield Fact(t("When"), ((day,),))
    for label, text in ((t("Setting"), play.setting), (t("Your task"), play.trainee)):
        yield Fact(label, (ground.inline(text),), Origin(path.key, part, text.at))
    if play.script and ground.href("script", str(play.script)):
        yield Fact(t("Said with"), ((ground.link("script", str(play.script)),),))


def _here(ground: Ground, path: model.Path, anchor: str) -> str:
    return f"{ground.address(path)}#{anchor}"
