"""Edition after edition is checked, and only what may be otherwise is looked at again.

A rule that looks at pieces of a playbook (`EACH`) is asked about each of them, any other about the
whole. Whatever it looks at meanwhile is noted, not guessed. It is asked again when one of those
things is another one, and only then: what looks at the same finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from baodian.playbook import Playbook
from baodian.playbook.watched import Look
from baodian.playbook.watching import Among, Watching
from baodian.said.problems import Problem

Rule = Callable[[Playbook], Iterator[Problem]]
Question = tuple[Rule, Look | None]
"""A rule, and the piece that it is asked about; None for the whole playbook."""


class Again:
    """Rules, what they found in the playbook they were last asked about, and what they looked at.

    `each` are those about pieces; they look at the rest of a playbook, but do not walk it.
    """

    def __init__(self, rules: Sequence[Rule], each: Iterable[Rule]) -> None:
        each = frozenset(each)
        self._each = tuple(rule for rule in rules if rule in each)
        self._whole = tuple(rule for rule in rules if rule not in each)
        self._watching = Watching()
        self._found: dict[Question, tuple[Problem, ...]] = {}
        self._looks: dict[Question, tuple[Look, ...]] = {}
        self._asking: dict[Look, set[Question]] = {}

    def problems(self) -> Iterator[Problem]:
        """Yield everything that was found in the last playbook."""
        for found in self._found.values():
            yield from found

    def ask(self, playbook: Playbook, among: Among | None = None) -> tuple[Problem, ...]:
        """Look at a playbook and return what was not known of the one before: new, or told anew.

        `among` tells from which playbook this one was made, and all that may be another in it.
        """
        changed, pieces = self._watching.take(playbook, among)
        questions = {q: None for look in changed for q in self._asking.get(look, ())}
        questions |= {(rule, None): None for rule in self._whole if (rule, None) not in self._looks}
        questions |= {(rule, piece): None for piece in pieces for rule in self._each}
        found: list[Problem] = []
        for look, asked in groupby(questions, key=lambda question: question[1]):
            for question in asked:
                found += self._asked(question)
            if look in self._watching.pieces:
                self._watching.pieces[look].forget()
        return tuple(found)

    def _asked(self, question: Question) -> tuple[Problem, ...]:
        """Return what a rule finds now, and remember it, and what it looked at."""
        rule, look = question
        watching = self._watching
        if look is not None and look not in watching.pieces:
            self._forget(question)
            return ()
        watching.playbook.set(piece=watching.pieces[look] if look is not None else None)
        with watching.notes.noting() as looks:
            found = tuple(rule(watching.playbook))
        self._forget(question)
        if found:
            self._found[question] = found
        looks -= {look}  # with its piece every rule is asked again
        if looks or look is None:
            self._looks[question] = tuple(looks)
            for one in looks:
                self._asking.setdefault(one, set()).add(question)
        return found

    def _forget(self, question: Question) -> None:
        self._found.pop(question, None)
        for one in self._looks.pop(question, ()):
            self._asking[one].discard(question)
