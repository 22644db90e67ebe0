"""A notice for a work group: full sentences, the most important first, never cut inside one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from baodian.meaning.change import Change
from baodian.meaning.groups import by_weight, merged, said_of
from baodian.said.messages import Words
from baodian.text.signs import room

MOST = 300
"""How many Han characters a notice has at most; in words it may have more signs."""
LONG = 90
"""From how many Han characters on a sentence is told without its values."""


def notice(
    title: str, changes: Iterable[Change], t: Words, when: Callable[[Change], str] = lambda c: ""
) -> str:
    """Return what has changed in the room of `MOST`; what finds no room is counted.

    Rewordings are only counted; a parameter is told by what it does. `title` names the handbook;
    `when` says from when on or where a change holds.
    """
    every = tuple(changes)
    if not every:
        return t("{title}: nothing has changed.", title=title)
    caused = {cause for change in every for cause in change.causes}
    telling = [change for change in by_weight(every) if change.kind != "reworded"]
    text = t("{title}: {n} {n|change|changes}.", title=title, n=len(every))
    told = 0
    steering = [c for c in telling if c.path == ("default",) and c.entity in caused]
    telling = [change for change in telling if change not in steering]
    for sentence, mine in _sentences(telling, t, when):
        causes = {cause for change in mine for cause in change.causes}
        with_it = [change for change in steering if change.entity in causes]
        count = len(mine) + len(with_it)
        left = len(every) - told - count
        rest = f"\n{_rest(left, t)}" if left else ""
        longer = f"{text}\n{sentence}"
        if len(longer) + len(rest) > room(longer, MOST):
            break
        text, told = longer, told + count
        steering = [change for change in steering if change not in with_it]
    left = len(every) - told
    return f"{text}\n{_rest(left, t)}" if left else text


def _rest(left: int, t: Words) -> str:
    return t("{n} more: see the changes of the handbook.", n=left)


def _sentences(
    changes: Sequence[Change], t: Words, when: Callable[[Change], str]
) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Yield sentences and the changes that each tells: what is said of several is said once."""
    together: dict[tuple[str, str], list[tuple[Change, ...]]] = {}
    for mine in merged(changes, when):
        together.setdefault((when(mine[0]), said_of(mine, t)), []).append(mine)
    for (since, message), several in together.items():
        names = t.listed(dict.fromkeys(t.text(mine[0].about) for mine in several))
        sentence = spoken(names, message, t)
        if len(sentence) > room(sentence, LONG):
            sentence = _brief(names, several[0][0], t) or sentence
        if since:
            sentence = t("{when}, {sentence}", when=since, sentence=sentence)
        yield sentence, tuple(chain.from_iterable(several))


def _brief(names: str, change: Change, t: Words) -> str:
    """Return a sentence without the values; "" where a change has no place in its thing."""
    if change.where is None:
        return ""
    where = t.text(change.where)
    match change.kind:
        case "new":
            message = t("something is new under {where}", where=where)
        case "withdrawn":
            message = t("something is gone under {where}", where=where)
        case _:
            message = t("{where} is otherwise now", where=where)
    return spoken(names, message, t)


def spoken(about: str, message: str, t: Words) -> str:
    """Return a sentence in one line: what it is about, and what is said of it."""
    message = " ".join(message.split("\n"))
    if message[-1:] in "。！？.!?":
        return t("{about}: {message}", about=about, message=message)
    return t("{about}: {message}.", about=about, message=message)
