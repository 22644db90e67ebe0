"""A comparison for people: text for a terminal, and Markdown."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from baodian.comparing.pages import Shown
from baodian.comparing.sides import Compared, Section
from baodian.meaning.change import KINDS, Change, Kind
from baodian.meaning.groups import SECTIONS, Group, groups, merged, said_of
from baodian.meaning.layered import LAYERS
from baodian.meaning.notice import notice as told
from baodian.meaning.notice import spoken
from baodian.said.messages import Message, Words, msg

NAMES: Mapping[Kind, Message] = {
    "tightened": msg("Tightened"), "loosened": msg("Loosened"), "new": msg("New"),
    "withdrawn": msg("Withdrawn"), "moved": msg("Otherwise"), "reworded": msg("Reworded"),
}  # fmt: skip
"""What a reader calls the kinds of changes."""


def tidy(text: str) -> str:
    """Return a sentence without the blanks that stand between Chinese words."""
    return re.sub(r"(?<=[\u4e00-\u9fff”】]) (?=[\u4e00-\u9fff“【])", "", text)


def counted(compared: Compared, t: Words) -> str:
    """Return how many changes of each kind there are, in one sentence."""
    kinds = Counter(change.kind for change in compared.changes)
    if not kinds:
        return t("Nothing has changed in meaning.")
    parts = (
        t("{kind} {n}", kind=t.text(NAMES[kind]), n=kinds[kind]) for kind in KINDS if kinds[kind]
    )
    return t("{n} {n|change|changes}: {parts}.", n=sum(kinds.values()), parts=t.listed(parts))


def title(compared: Compared, t: Words) -> str:
    """Return what is compared with what."""
    name = str(compared.new.playbook.settings.name)
    old, new = side(compared, "old", t), side(compared, "new", t)
    return tidy(t("{name}: from {old} to {new}", name=name, old=old, new=new))


def side(compared: Compared, which: str, t: Words) -> str:
    """Return what a side is called, with its day and city where the sides differ in them."""
    one, other = compared.old, compared.new
    mine = one if which == "old" else other
    words = [mine.name] if one.name != other.name else []
    if one.day != other.day:
        words.append(str(mine.day))
    if one.city != other.city:
        words.append(mine.books.name_of(mine.city) if mine.city else t("everywhere"))
    return " ".join(words) or mine.name


def heading(compared: Compared, section: Section, t: Words) -> str:
    """Return from when and where a section holds; "" for what holds at once and everywhere."""
    if section.city:
        books = compared.new.books
        known = section.city in books.cities
        name = (books if known else compared.old.books).name_of(section.city)
        return t("In {city}", city=name)
    return t("From {day} on", day=str(section.since)) if section.since else ""


def text(compared: Compared, shown: Shown, t: Words) -> str:
    """Return a comparison as lines of text."""
    return "\n".join(_text(compared, shown, t)) + "\n"


def _text(compared: Compared, shown: Shown, t: Words) -> Iterator[str]:
    yield title(compared, t)
    yield counted(compared, t)
    for section, groups_ in grouped(compared):
        if name := heading(compared, section, t):
            yield ""
            yield f"== {name} =="
        for group in groups_:
            yield ""
            yield tidy(f"{t.text(SECTIONS[group.section])}{t.colon}{t.text(group.name)}")
            for mine in merged(group.changes):
                yield f"  [{t.text(NAMES[mine[0].kind])}] {sentence(group, mine, t)}"
                yield from (f"      {line}" for line in details(mine, shown, t))


def markdown(compared: Compared, shown: Shown, t: Words) -> str:
    """Return a comparison as Markdown."""
    return "\n".join(_markdown(compared, shown, t)) + "\n"


def _markdown(compared: Compared, shown: Shown, t: Words) -> Iterator[str]:
    yield f"# {escaped(title(compared, t))}"
    yield ""
    yield escaped(counted(compared, t))
    for section, groups_ in grouped(compared):
        if name := heading(compared, section, t):
            yield from ("", f"## {escaped(name)}")
        for group in groups_:
            head = f"{t.text(SECTIONS[group.section])}{t.colon}{t.text(group.name)}"
            yield from ("", f"### {escaped(tidy(head))}", "")
            for mine in merged(group.changes):
                kind = t.text(NAMES[mine[0].kind])
                yield f"- **{kind}** {escaped(sentence(group, mine, t))}"
                yield from (f"  - {escaped(line)}" for line in details(mine, shown, t))


def escaped(text: str) -> str:
    """Return a text in which no sign is a mark of Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text.replace("\n", " "))


def notice(compared: Compared, t: Words, today: datetime.date) -> str:
    """Return a notice for a work group, of all that has changed; what layers say is told once."""
    later = {
        id(change): heading(compared, section, t)
        for section in compared.sections for change in section.changes
    }  # fmt: skip
    day = compared.new.day
    sides = [t("up to {day}", day=str(day))] if day > max(today, compared.old.day) else []
    if compared.new.city != compared.old.city:
        sides.append(compared.new.books.name_of(compared.new.city))
    name = str(compared.new.playbook.settings.name)
    name += t.aside(t.listed(sides)) if sides else ""
    changes = sorted(compared.changes, key=lambda change: change.entity.startswith(LAYERS))
    return tidy(told(name, changes, t, lambda change: later[id(change)])) + "\n"


def sentence(group: Group, changes: tuple[Change, ...], t: Words) -> str:
    """Return what has changed; what it is about only where the group's name does not say it."""
    about, message = t.text(changes[0].about), said_of(changes, t)
    if about == t.text(group.name):
        return tidy(" ".join(message.split("\n")))
    return tidy(spoken(about, message, t))


def details(changes: tuple[Change, ...], shown: Shown, t: Words) -> Iterator[str]:
    """Yield what belongs to changes: what follows from them, places, pages, old facts in texts."""
    effects = dict.fromkeys(effect for change in changes for effect in change.notes)
    yield from (tidy(" ".join(t.text(effect).split("\n"))) for effect in effects)
    places = dict.fromkeys(
        " → ".join(dict.fromkeys(str(at) for at in (c.old_at, c.new_at) if at is not None))
        for c in changes
    )
    if any(places):
        yield t("Stands at: {places}", places=t.listed(places))
    if pages := dict.fromkeys(address for change in changes for address in shown(change)):
        yield t("Pages: {pages}", pages=t.listed(pages))
    for quote in (quote for change in changes for quote in change.again):
        yield t("To be read again, {at} says “{quoted}”: {text}",
                at=str(quote.at), quoted=quote.quoted, text=quote.text)  # fmt: skip


def grouped(compared: Compared) -> Iterator[tuple[Section, tuple[Group, ...]]]:
    """Yield each section that has changes, with its groups."""
    for section in compared.sections:
        if section.changes:
            yield section, groups(compared.new.playbook, section.changes)
