"""Edition after edition is checked, and only what may be otherwise is looked at again.

Rules that look at pieces of a playbook (`EACH`) are asked about each of them, any other about the
whole. Whatever they look at meanwhile is noted, not guessed (`playbook/traced.py`): what looks at
the same finds the same, on another day, in a city, and in another process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import partial
from itertools import chain

from baodian.playbook import Playbook
from baodian.playbook.known import Trace
from baodian.playbook.traced import Traced
from baodian.playbook.versions import Version
from baodian.playbook.watched import Look, Watched, looks_of_pieces, piece_at
from baodian.said.problems import Problem

Rule = Callable[[Playbook], Iterator[Problem]]
Question = Rule | Look
"""A rule that is asked about the whole playbook, or a piece that others are asked about."""
NOTHING = Version(frozenset(), value=())


class Again:
    """Rules, what they found in the playbook that they were last asked about, and in others before.

    `each` are those about pieces; they look at the rest of a playbook, but do not walk it.
    """

    def __init__(self, rules: Iterable[Rule], each: Iterable[Rule]) -> None:
        rules, each = tuple(rules), frozenset(each)
        self.traced = Traced()
        self._each = tuple(rule for rule in rules if rule in each)
        self._whole = tuple(rule for rule in rules if rule not in each)
        self._found: dict[Question, tuple[Problem, ...]] = {}
        self._open: set[Question] = set()  # those that a fault of ours left unasked stay
        self._traces: dict[Question, Trace] = {}
        self._asking: defaultdict[int, set[Question]] = defaultdict(set)

    def ask(self, playbook: Playbook) -> Iterator[Problem]:
        """Yield everything that is found in a playbook."""
        watched = self.traced.take(playbook)
        there: set[Question] = {*self._whole, *looks_of_pieces(playbook)}
        for gone in self._traces.keys() - there:
            self._note(gone, NOTHING)
        turned = self.traced.turned()
        self._open |= {question for number in turned for question in self._asking.get(number, ())}
        self._open = (self._open & there) | (there - self._traces.keys())
        one = copy(watched)  # what is made of the whole is made of the other
        for question in tuple(self._open):
            if callable(question):
                name = f"{question.__module__}.{question.__qualname__}"
                find = partial(_found, (question,), watched)
            else:
                name = f"piece {question}"
                find = partial(self._about, question, one, playbook)
            self._note(question, self.traced.version(name, find))
            self._open.discard(question)
        return chain.from_iterable(self._found.values())

    def _about(self, look: Look, watched: Watched, playbook: Playbook) -> tuple[Problem, ...]:
        """Return what is found in a piece, which is looked at whole."""
        self.traced.look_at(look)
        watched.see_only(piece_at(playbook, look))
        return _found(self._each, watched)

    def _note(self, question: Question, answer: Version) -> None:
        """Take in an answer, in the place of the one before."""
        before = self._traces.pop(question, NOTHING.trace)
        for number in before - answer.trace:
            self._asking[number].discard(question)
        for number in answer.trace - before:
            self._asking[number].add(question)
        self._found.pop(question, None)
        if answer is not NOTHING:
            self._traces[question] = answer.trace
        if answer.value:
            self._found[question] = answer.value


def _found(rules: Iterable[Rule], playbook: Playbook) -> tuple[Problem, ...]:
    return tuple(problem for rule in rules for problem in rule(playbook))
