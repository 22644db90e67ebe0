"""Words: what customers hear, whose names stand where, how long a line is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from baodian import model, prose
from baodian.checks.walk import content_lines, texts
from baodian.fields import Spoken
from baodian.messages import Message, msg
from baodian.playbook import Playbook
from baodian.problems import At, Problem

LONGEST = 40
"""How many characters a spoken line may have."""

_SEARCH_WORDS = frozenset(("aliases", "not_", "english", "traditional", "pinyin"))
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
    labels = _labels(playbook)
    for line in spoken(playbook):
        said = prose.bare(str(line))
        for label in sorted(labels, key=lambda label: (-len(label), label)):
            if label in said:
                yield _label(line.at, label, labels[label])
                said = said.replace(label, "　" * len(label))
        for piece in prose.parse(str(line)):
            if isinstance(piece, prose.Reference) and piece.kind == "class":
                scheme, _, class_ = piece.id.partition("/")
                if playbook.find("class", piece.id):
                    name = playbook.class_name((scheme, class_))
                    if name in labels:
                        yield _label(line.at, name, labels[name])


def _label(at: At, label: str, call_them: str | None) -> Problem:
    hint = (
        msg("Call them “{name}”.", name=call_them) if call_them else msg("Say it in other words.")
    )
    message = msg("“{label}” is a word among colleagues.", label=label)
    return Problem("internal-label", at, message, hint)


def _labels(playbook: Playbook) -> dict[str, str | None]:
    """Return the labels of classes that stay inside, with what to call such a customer."""
    found: dict[str, str | None] = {}
    for scheme, id_, class_ in playbook.classes():
        call_them = str(class_.call_them) if class_.call_them else None
        if scheme.prefix:
            found[scheme.class_name(id_)] = call_them
        if call_them and call_them != class_.name and len(class_.name) > 1:
            found[str(class_.name)] = call_them
    return found


def banned_claims(playbook: Playbook) -> Iterator[Problem]:
    """Nothing is claimed that must not be claimed.

    Right: 多数店一周见效. Wrong: 保证见效.
    """
    for line in spoken(playbook):
        said = prose.bare(str(line))
        for claim in playbook.settings.never_say:
            if claim in said:
                message = msg("“{claim}” must not be said to a customer.", claim=str(claim))
                hint = msg("Say what can be shown; the list is “never_say” in playbook.yml.")
                yield Problem("banned-claim", line.at, message, hint)


def real_names(playbook: Playbook) -> Iterator[Problem]:
    """Real companies and brands stand in sources only.

    Right: 一家日用品公司. Wrong: the name of one.
    """
    names = [str(name) for name in playbook.settings.real_names]
    hint = msg("Write what it is instead; real names stand in sources only.")
    read = (
        (value.at, str(value))
        for record, _, value in texts(playbook)
        if not isinstance(record, (model.Source, model.Settings))
    )
    for at, name in _found((*read, *_content(playbook)), names):
        message = msg("“{name}” is a real name.", name=name)
        yield Problem("real-name", at, message, hint)


def _content(playbook: Playbook) -> Iterator[tuple[At, str]]:
    yield from ((line.at, line.text) for line in content_lines(playbook))


def _found(read: Iterable[tuple[At, str]], words: Iterable[str]) -> Iterator[tuple[At, str]]:
    """Yield where one of the words stands; words of Latin letters or digits stand alone."""
    for word in words:
        edge = "[A-Za-z0-9]"
        before = f"(?<!{edge})" if re.match(edge, word) else ""
        after = f"(?!{edge})" if re.match(edge, word[-1]) else ""
        pattern = re.compile(before + re.escape(word) + after, re.IGNORECASE)
        yield from ((at, word) for at, text in read if pattern.search(text))


def glossary_variants(playbook: Playbook) -> Iterator[Problem]:
    """A word that the glossary refuses is not used; customers' words and search words are free.

    Right: 车队管家. Wrong: 车队管家系统, where the glossary has `not: [车队管家系统]`.
    """
    read = [
        (value.at, str(value))
        for record, path, value in texts(playbook)
        if not isinstance(record, model.Source)
        and not (_SEARCH_WORDS | _THEIR_WORDS).intersection(path)
    ]
    read.extend(_content(playbook))
    for term in playbook.of_kind("term").values():
        allowed = str(term.name)
        masked = [(at, text.replace(allowed, "　")) for at, text in read]
        for refused in term.not_:
            own = read if refused not in allowed else masked
            for at, _ in _found(own, [str(refused)]):
                message = msg("“{word}” is not used here.", word=str(refused))
                yield Problem("glossary-variant", at, message, _write(allowed))


def _write(word: str) -> Message:
    return msg("Write “{new}”.", new=word)


def long_lines(playbook: Playbook) -> Iterator[Problem]:
    """What is said in one breath is short.

    Right: two lines in a list. Wrong: one line of fifty characters.
    """
    for line in spoken(playbook):
        length = _length(playbook, str(line))
        if length > LONGEST:
            message = msg(
                "This line has {n} characters; at most {limit} can be said at once.",
                n=length, limit=LONGEST,
            )  # fmt: skip
            hint = msg("Shorten it, or make a list of lines of it.")
            yield Problem("long-line", line.at, message, hint)


def _length(playbook: Playbook, text: str) -> int:
    """Return the characters of a line: values and names of what it refers to, examples of slots."""
    total = 0
    for piece in prose.parse(text):
        if isinstance(piece, prose.Gap):
            slot = playbook.slots.get(piece.name)
            total += len(slot.example if slot else piece.name)
        elif isinstance(piece, prose.Reference):
            total += len(_shown(playbook, piece))
        else:
            total += len(piece.text)
    return total


def _shown(playbook: Playbook, piece: prose.Reference) -> str:
    if piece.kind == "param" and piece.id in playbook.params:
        param = playbook.params[piece.id]
        unit = "%" if param.type == "percent" else f" {param.unit}" if param.unit else ""
        return f"{param.default}{unit}"
    entity = playbook.find(piece.kind, piece.id)
    if entity is None:
        return piece.id
    if piece.kind == "class":
        scheme, _, class_ = piece.id.partition("/")
        return playbook.class_name((scheme, class_))
    return entity.label
