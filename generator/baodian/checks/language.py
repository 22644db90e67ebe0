"""Words: what customers hear, whose names stand where, how long a line is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from baodian import model
from baodian.checks.walk import Readable, readable, texts
from baodian.checks.writing import SEARCH_WORDS
from baodian.model import prose
from baodian.model.fields import Misdeed, Spoken
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.text.finding import Words
from baodian.text.fold import spelled
from baodian.text.signs import length, room

LONGEST = 40
"""How many Han characters a spoken line may have; what is written in words may have more signs."""

_SECOND_NOT = re.compile(
    r"(?:^|[，；、。：！？,;])\s*("
    r"不(?![停断满管论]|懂装懂|请自来|了了之|由分说|分青红)[^，；、。：！？,;]{0,8}"
    r"|别(?![人家处的店])[^，；、。：！？,;]{0,8}|(?:勿|切莫|切勿|禁止|严禁)[^，；、。：！？,;]{0,8}"
    r"|(?:do not|don['’]t|never|no|not|avoid)\b[^,;.]{0,20})",
    re.IGNORECASE,
)
"""A prohibition at the head of a clause; 不停, 不懂装懂 or 别人 begin like one and are none."""

_THEIR_WORDS = frozenset(("they_say", "they_also_say"))


def spoken(playbook: Playbook) -> Iterator[Spoken]:
    """Yield every line that is said or written to a customer."""
    for _, _, value in texts(playbook):
        if isinstance(value, Spoken):
            yield value


def internal_labels(playbook: Playbook) -> Iterator[Problem]:
    """No label that only colleagues use is said to a customer.

    Right: 您是我们的老朋友. Wrong: 您现在是死账户.
    """
    labels, words = playbook.once(_labels), playbook.once(_label_words)
    for line in spoken(playbook):
        said, offsets = prose.heard(str(line))
        for found, label in words.found(said):
            yield _label(line.where(offsets[found]), label, labels[label])
        for start, piece in prose.placed(str(line)):
            if isinstance(piece, prose.Reference) and piece.kind == "class":
                scheme, _, class_ = piece.id.partition("/")
                if playbook.find("class", piece.id):
                    name = playbook.class_name((scheme, class_))
                    if name in labels:
                        yield _label(line.where(start), name, labels[name])


def _label(at: At, label: str, call_them: str | None) -> Problem:
    hint = (
        msg("Call them “{name}”.", name=call_them) if call_them else msg("Say it in other words.")
    )
    message = msg("“{label}” is a word among colleagues.", label=label)
    return Problem("internal-label", at, message, hint)


def _label_words(playbook: Playbook) -> Words:
    return Words(playbook.once(_labels))


def _labels(playbook: Playbook) -> dict[str, str | None]:
    """Return the labels of classes that stay inside, with what to call such a customer."""
    labels: dict[str, str | None] = {}
    for scheme, id_, class_ in playbook.classes():
        call_them = str(class_.call_them) if class_.call_them else None
        if scheme.prefix:
            labels[scheme.class_name(id_)] = call_them
        if call_them and call_them != class_.name and len(class_.name) > 1:
            labels[str(class_.name)] = call_them
    return labels


def banned_claims(playbook: Playbook) -> Iterator[Problem]:
    """Nothing is claimed that must not be claimed, but inside a word that is harmless.

    Right: 多数店一周见效, 我第一次来. Wrong: 保证见效.
    """
    words = playbook.once(_claims)
    for line in spoken(playbook):
        said, offsets = prose.heard(str(line))
        for found, claim in words.found(said):
            message = msg("“{claim}” must not be said to a customer.", claim=claim)
            hint = msg("Say what can be shown; the list is “never_say” in playbook.yml.")
            yield Problem("banned-claim", line.where(offsets[found]), message, hint)


def _claims(playbook: Playbook) -> Words:
    settings = playbook.settings
    return Words(map(str, settings.never_say), (*_harmless(), *map(str, settings.never_say_except)))


@cache
def _harmless() -> tuple[str, ...]:
    """Return the words in which a common claim claims nothing, and those that take back."""
    lines = Path(__file__).with_name("harmless.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def exceptions(playbook: Playbook) -> Iterator[Problem]:
    """An exception to what is never said is a longer word with one of those words in it.

    Right: `never_say: [第一]`, `never_say_except: [第一次]`. Wrong: `[首次]`, `[第一]`.
    """
    claims = {spelled(str(claim)) for claim in playbook.settings.never_say}
    for word in playbook.settings.never_say_except:
        if not any(claim in spelled(word) and claim != spelled(word) for claim in claims):
            message = msg("“{word}” holds no word of “never_say”, or is one.", word=str(word))
            hint = msg("Write the longer word that may be said: first time where first may not.")
            yield Problem("wrong-value", word.at, message, hint)


def real_names(playbook: Playbook) -> Iterator[Problem]:
    """Real companies and brands stand in sources only.

    Right: 一家日用品公司. Wrong: the name of one.
    """
    hint = msg("Write what it is instead; real names stand in sources only.")
    read = readable(playbook, without=(model.Source, model.Settings))
    for at, name in _found(read, playbook.once(_real_names)):
        message = msg("“{name}” is a real name.", name=name)
        yield Problem("real-name", at, message, hint)


def _real_names(playbook: Playbook) -> Words:
    return Words(map(str, playbook.settings.real_names))


def _found(read: Iterable[Readable], words: Words) -> Iterator[tuple[At, str]]:
    """Yield where a word stands first in each text."""
    for text, where in read:
        yield from ((where(offset), word) for offset, word in words.found(text))


def glossary_variants(playbook: Playbook) -> Iterator[Problem]:
    """A word that the glossary refuses is not used; customers' words and search words are free.

    Right: 车队管家. Wrong: 车队管家系统, where the glossary has `not: [车队管家系统]`.
    """
    instead = playbook.once(_instead)
    read = readable(playbook, free=SEARCH_WORDS | _THEIR_WORDS, without=(model.Source,))
    for at, refused in _found(read, playbook.once(_refused)):
        message = msg("“{word}” is not used here.", word=refused)
        yield Problem("glossary-variant", at, message, _write(instead[refused]))


def _instead(playbook: Playbook) -> Mapping[str, str]:
    """Return what the glossary refuses, and what it has instead."""
    terms = playbook.terms.values()
    return {str(refused): str(term.name) for term in terms for refused in term.not_}


def _refused(playbook: Playbook) -> Words:
    instead = playbook.once(_instead)
    return Words(instead, [right for refused, right in instead.items() if refused in right])


def _write(word: str) -> Message:
    return msg("Write “{new}”.", new=word)


_LETTER = re.compile(  # the letter first, what stands before it after: so the search skips fast
    r"""
    [A-Za-z] (?<![A-Za-z0-9+./-][A-Za-z])
      (?: [ ]?[、/到至和与][ ]?[A-Za-z] )* [ ]?(?: [二两三四五]?[级类档] | 等级 | 客户 )
    | (?<=[升降改划归定][到成为入]) [ ]?[A-Za-z] (?![A-Za-z0-9+./-])
    """,
    re.VERBOSE,
)
_QUOTED = frozenset(("sources_say",))


def bare_letters(playbook: Playbook) -> Iterator[Problem]:
    """A letter stands for a class only behind the words of its scheme.

    Right: 成交A. Wrong: A级, B类客户, 升到A. Free: sources, customers' words, search words.
    """
    lettered, prefixes = playbook.once(_lettered)
    if not lettered:
        return
    every = tuple(name for names in lettered.values() for name in names)
    free = SEARCH_WORDS | _THEIR_WORDS | _QUOTED
    for text, where in readable(playbook, free=free, without=(model.Source,)):
        for match in _LETTER.finditer(text):
            if text[: match.start()].rstrip().endswith(prefixes):
                continue
            message = msg("“{text}” calls a class by a bare letter.", text=match[0].strip())
            letters = (char for char in match[0].upper() if char.isascii())
            named = tuple(name for char in letters for name in lettered.get(char, ()))
            hint = msg("Write the whole name: {names}.", names=named or every)
            yield Problem("bare-letter", where(match.start()), message, hint)


def _lettered(playbook: Playbook) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the classes that go by each letter, and the words that stand before one."""
    lettered: dict[str, tuple[str, ...]] = {}
    prefixes: dict[str, None] = {}
    for scheme, id_, class_ in playbook.classes():
        short = next((n for n in (class_.name, class_.code) if n and len(n) == 1), None)
        if short is None or not short.isascii() or _bare(scheme, class_):
            continue
        if scheme.prefix:
            prefixes[str(scheme.prefix)] = None
        letter = str(short.upper())
        lettered[letter] = (*lettered.get(letter, ()), scheme.class_name(id_))
    return lettered, tuple(prefixes)


def _bare(scheme: model.Scheme, class_: model.Class) -> bool:
    name = class_.name
    return scheme.prefix is None and len(name) == 1 and name.isascii()


def bare_names(playbook: Playbook) -> Iterator[Problem]:
    """A class that is named by a letter has words before it.

    Right: `prefix: 成交` and `name: A`. Wrong: `name: A` alone.
    """
    for scheme, _, class_ in playbook.classes():
        if _bare(scheme, class_):
            message = msg("“{name}” is a bare letter.", name=str(class_.name))
            hint = msg("Give the scheme a “prefix”: words that stand before each letter.")
            yield Problem("bare-letter", class_.name.at, message, hint)


def double_negatives(playbook: Playbook) -> Iterator[Problem]:
    """What not to do names the deed: a page shows “don't” before it.

    Right: 还嘴、还手. Wrong: 不还嘴，不还手 (read as “don't: no talking back”).
    """
    for _, _, value in texts(playbook):
        if not isinstance(value, Misdeed):
            continue
        said, offsets = prose.heard(str(value))
        if match := _SECOND_NOT.search(said):
            message = msg("“Don't” stands before this; “{text}” says no again.", text=match[1])
            hint = msg("Name the deed itself: “promise a price”, not “promise no price”.")
            where = value.where(offsets[match.start(1)])
            yield Problem("double-negative", where, message, hint)


def long_lines(playbook: Playbook) -> Iterator[Problem]:
    """What is said in one breath is short.

    Right: two lines in a list. Wrong: one line of fifty Han characters, or of thirty words.
    """
    for text in spoken(playbook):
        for line in re.finditer(r"\S.*", text):
            shown = _shown_text(playbook, line[0])
            limit = room(shown, LONGEST)
            if (n := length(shown)) > limit:
                message = msg(
                    "This line has {n} characters; at most {limit} can be said at once.",
                    n=n, limit=limit,
                )  # fmt: skip
                hint = msg("Shorten it, or make a list of lines of it.")
                yield Problem("long-line", text.where(line.start()), message, hint)


def _shown_text(playbook: Playbook, text: str) -> str:
    """Return a line as it is said: values and names of what it refers to, examples of slots."""
    shown: list[str] = []
    for piece in prose.parse(text):
        if isinstance(piece, prose.Gap):
            slot = playbook.slots.get(piece.name)
            shown.append(slot.example if slot else piece.name)
        elif isinstance(piece, prose.Reference):
            shown.append(_shown(playbook, piece))
        else:
            shown.append(piece.text)
    return "".join(shown)


def _shown(playbook: Playbook, piece: prose.Reference) -> str:
    if piece.kind == "param" and piece.id in playbook.params:
        return playbook.worded(piece.id)
    entity = playbook.find(piece.kind, piece.id)
    if entity is None:
        return piece.id
    if piece.kind == "class":
        scheme, _, class_ = piece.id.partition("/")
        return playbook.class_name((scheme, class_))
    return entity.label
