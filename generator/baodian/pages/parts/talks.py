"""The words of scripts as blocks: all of a talk, and what is said first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from baodian import model, page
from baodian.model.fields import Prose
from baodian.model.ids import Id
from baodian.page import Link, Origin
from baodian.pages.ground import Ground
from baodian.pages.whom import classes_of
from baodian.playbook import Class

Filled = Mapping[str, str | None]
"""Slots by name and what stands in them; a line that asks for a None is not said."""


def opening(
    ground: Ground, script: model.Script, class_: Class, filled: Filled | None = None
) -> page.Say:
    """Return the first words of a script for a customer of a class, or the message for them."""
    variant = variant_for(ground, script, class_)
    texts = variant.say if variant else script.open or script.message
    note = page.line(_to(ground, variant)) if variant else ()
    link = Link(script.label, ground.address(script))
    origin = Origin(script.key, None, script.at)
    return page.Say(_lines(ground, texts, filled or {}), link, note, origin, anchor="say")


def never(ground: Ground, script: model.Script) -> tuple[page.Block, ...]:
    """Return the first thing never to do with a script as a red line, if it has one."""
    lines = ground.bullets(script.dont[:1], script.key)
    return (page.Bullets(lines, style="red-line"),) if lines else ()


def variant_for(ground: Ground, script: model.Script, class_: Class) -> model.Variant | None:
    """Return the other first words that a class hears, the first that name it; None if none do."""
    heard = (
        variant
        for variant in script.variants.values()
        for selector in variant.for_
        if (hit := ground.playbook.matches(selector, class_)) and hit[0] != "with"
    )
    return next(heard, None)


def variants(ground: Ground, script: model.Script) -> tuple[page.Say, ...]:
    """Return the other first words of a script at home, each with whom they are for."""
    return tuple(
        page.Say(
            ground.lines(variant.say),
            None,
            page.line(_to(ground, variant)),
            Origin(script.key, str(id_), variant.at, home=True),
            str(id_),
        )
        for id_, variant in script.variants.items()
    )


def _to(ground: Ground, variant: model.Variant) -> str:
    return ground.t("to {whom}", whom=page.plain(classes_of(ground, variant.for_)))


def spoken(
    ground: Ground,
    script: model.Script,
    filled: Filled | None = None,
    *,
    home: bool = False,
) -> page.Script:
    """Return the words of a script as a block, with what is known in their gaps."""
    known = filled or {}
    return page.Script(
        form=script.form.word,
        say_first=_lines(ground, script.open or script.message, known),
        answers=_answers(ground, script, script.answers, known, home),
        close=_joined(_lines(ground, script.close, known)),
        no_reply=ground.inline(script.no_reply),
        origin=Origin(script.key, None, script.at, home=home),
    )


def _lines(ground: Ground, texts: Iterable[Prose], filled: Filled) -> tuple[page.Inline, ...]:
    lines = ground.lines(texts)
    return tuple(_known(line, filled) for line in lines if not _asks_for_nothing(line, filled))


def _asks_for_nothing(line: page.Inline, filled: Filled) -> bool:
    return any(isinstance(s, page.Slot) and filled.get(s.name, "") is None for s in line)


def _known(line: page.Inline, filled: Filled) -> page.Inline:
    return tuple(
        page.Strong(filled[s.name] or "") if isinstance(s, page.Slot) and s.name in filled else s
        for s in line
    )


def _joined(lines: tuple[page.Inline, ...]) -> page.Inline:
    """Return several lines as one text, each on its own line."""
    joined: page.Inline = ()
    for line in lines:
        joined = (*joined, *((page.Text("\n"),) if joined else ()), *line)
    return joined


def _answers(
    ground: Ground,
    script: model.Script,
    answers: dict[Id, model.Answer],
    filled: Filled,
    home: bool,
) -> tuple[page.Answer, ...]:
    """Return the answers, without those to which all words ask for what there is nothing of."""
    said = ((id_, one, _lines(ground, one.say, filled)) for id_, one in answers.items())
    return tuple(
        _answer(ground, script, id_, one, say, filled, home)
        for id_, one, say in said
        if say or not one.say
    )


def _answer(
    ground: Ground,
    script: model.Script,
    id_: Id,
    answer: model.Answer,
    say: tuple[page.Inline, ...],
    filled: Filled,
    home: bool,
) -> page.Answer:
    then = ground.link("script", str(answer.then)) if answer.then else None
    return page.Answer(
        id=str(id_),
        anchor=str(id_),
        they_say=ground.inline(answer.they_say),
        say=say,
        find_out=ground.inline(answer.find_out),
        do=ground.inline(answer.do),
        then=then if isinstance(then, Link) else None,
        ends=bool(answer.end),
        answers=_answers(ground, script, answer.answers, filled, home),
        origin=Origin(script.key, str(id_), answer.at, home=home),
    )
