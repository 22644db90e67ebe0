"""What looks wrong about classes and may be right: told, unless `coverage.yml` gives the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps

from baodian.model import Reason
from baodian.playbook import Class, Playbook, published
from baodian.playbook.coverage import Coverage
from baodian.playbook.reasons import KINDS, lacks, reason_for
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related


@dataclass(frozen=True)
class Finding:
    """What a rule found about some classes, and which reason would explain it.

    A reason explains it for a class if it is about one of `without`, or about all of `about`.
    """

    code: str
    at: At
    message: Message
    how: Message
    """How to mend it, as the beginning of a sentence."""
    classes: tuple[Class, ...]
    without: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()

    def problem(self) -> Problem:
        """Return it as a problem, with the line that would explain it."""
        named = [f"{scheme}/{class_}" for scheme, class_ in self.classes]
        whom = named[0] if len(named) == 1 else f"[{', '.join(named)}]"
        about = self.about[0] if len(self.about) == 1 else f"[{', '.join(self.about)}]"
        what = f"about: {about}" if self.about else f"without: {self.without[0]}"
        why = f"{{for: {whom}, {what}, why: …}}"
        hint = msg("{how}; or say in {file} why it is right so: {why}",
                   how=self.how, file="coverage.yml", why=why)  # fmt: skip
        return Problem(self.code, self.at, self.message, hint, self.related)


Search = Callable[[Playbook], tuple[Finding, ...]]
"""What finds something in what is published."""


def finds(search: Callable[[Playbook], Iterator[Finding]]) -> Search:
    """Let a generator return all that it finds, so that it is asked once."""

    @wraps(search)
    def found(playbook: Playbook) -> tuple[Finding, ...]:
        return tuple(search(playbook))

    return found


def unexplained(playbook: Playbook, search: Search) -> Iterator[Problem]:
    """Yield what `search` finds in what is published, but for what a reason explains."""
    public = published(playbook)
    for finding in public.once(search):
        reasons = (reason_for(public, c, finding.without, finding.about) for c in finding.classes)
        if not all(reasons):
            yield finding.problem()


def unneeded_reasons(
    playbook: Playbook, searches: tuple[Search, ...], grid: Coverage
) -> Iterator[Problem]:
    """Yield the reasons that explain nothing: neither an empty cell nor what a search finds."""
    public = published(playbook)
    if not public.reasons:
        return
    found = [f for search in searches for f in public.once(search)]
    used = {
        reason.key
        for f in found
        for c in f.classes
        if (reason := reason_for(public, c, f.without, f.about))
    }
    used |= {cell.reason.key for cell in grid.cells if cell.reason}
    for reason in public.reasons.values():
        if reason.key in used or not _concerns(public, reason):
            continue
        message = msg("Nothing is missing that this reason would explain.")
        if set(lacks(reason)).isdisjoint(KINDS):
            message = msg("Nothing is found that this reason would explain.")
        hint = msg("Remove it; or, if “for” joins classes with “+”, name single classes.")
        yield Problem("unneeded-reason", reason.id.at, message, hint)


def _concerns(public: Playbook, reason: Reason) -> bool:
    """Say whether a reason is about classes and things that are published; and so exist."""
    terms = [term for selector in reason.for_ for term in selector.terms]
    known = all(public.find(ref.kind, ref.id) for ref in reason.about)
    return known and (not terms or any(term.scheme in public.schemes for term in terms))
