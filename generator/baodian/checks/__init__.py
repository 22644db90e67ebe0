"""Rules across entities. A rule is a generator of problems; each is named once, in `RULES`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from baodian import values
from baodian.cache import Cache
from baodian.checks import (
    audiences,
    contacts,
    covers,
    dialect,
    examples,
    ladders,
    language,
    leftovers,
    paths,
    placeholders,
    records,
    references,
    schemes,
    shapes,
    talk,
    units,
    writing,
)
from baodian.checks.absent import retired_line
from baodian.checks.again import Again, Rule
from baodian.model.kinds import words
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import Problem, Related, in_order

RULES: tuple[Rule, ...] = (
    references.to_kinds,
    references.retired_kinds,
    references.to_entities,
    references.by_plain_id,
    references.to_classes,
    references.of_parameters,
    references.of_slots,
    references.marks,
    references.marks_in_names,
    references.in_content,
    references.retired,
    references.case_of_ids,
    schemes.dimensions,
    schemes.asked_by_number,
    schemes.counted_on,
    schemes.class_rules,
    schemes.class_proofs,
    schemes.signs,
    examples.answers,
    examples.fall,
    examples.alike,
    schemes.tables,
    shapes.not_empty,
    shapes.unique_parts,
    shapes.matrix_rows,
    shapes.entitlement_columns,
    shapes.text_columns,
    shapes.rhythms,
    talk.talks,
    talk.messages,
    talk.variants,
    talk.answers,
    talk.checklists,
    talk.one_minute_lists,
    talk.moments,
    records.approvals,
    records.days_of_the_year,
    records.freshness,
    records.times_to_reread,
    records.reviews,
    records.parameters,
    records.telephone_parameters,
    units.bounds,
    units.ranges,
    units.frequencies,
    records.sums,
    records.days_of_cases,
    records.ledgers,
    paths.questions,
    paths.days,
    paths.twice_a_day,
    paths.passes,
    language.internal_labels,
    language.banned_claims,
    language.exceptions,
    language.real_names,
    language.glossary_variants,
    language.double_negatives,
    language.long_lines,
    language.bare_letters,
    language.bare_names,
    dialect.shown,
    writing.traditional,
    writing.half_width,
    writing.punctuation,
    writing.search_words,
    writing.pinyin,
    placeholders.in_texts,
    placeholders.unneeded,
    leftovers.measures,
    leftovers.slots,
    leftovers.parameters,
    leftovers.selects_nobody,
    leftovers.nobody_refers,
    leftovers.class_guides,
    contacts.reached,
    contacts.entitled,
    contacts.counts,
    contacts.inversions,
    ladders.moves,
    ladders.turned,
    ladders.entitlements,
    ladders.rows,
    covers.classes,
    covers.sections_of_guides,
    audiences.named,
    audiences.references,
)


# Rules that look at one entity at a time: they hold even while other files cannot be read.
ALONE: tuple[Rule, ...] = (
    references.to_kinds,
    references.retired_kinds,
    references.marks,
    schemes.dimensions,
    schemes.asked_by_number,
    schemes.counted_on,
    schemes.class_rules,
    schemes.class_proofs,
    schemes.tables,
    examples.answers,
    examples.fall,
    examples.alike,
    shapes.unique_parts,
    shapes.rhythms,
    talk.talks,
    talk.messages,
    talk.variants,
    talk.answers,
    talk.checklists,
    talk.one_minute_lists,
    talk.moments,
    records.sums,
    records.days_of_cases,
    paths.questions,
    paths.days,
    paths.twice_a_day,
    paths.passes,
    language.banned_claims,
)


# Rules that walk through pieces and look at the rest: so they are asked about each piece alone.
EACH: tuple[Rule, ...] = (
    references.to_kinds,
    references.to_entities,
    references.by_plain_id,
    references.to_classes,
    references.of_parameters,
    references.of_slots,
    references.marks,
    references.marks_in_names,
    references.in_content,
    shapes.not_empty,
    shapes.unique_parts,
    records.times_to_reread,
    records.reviews,
    units.ranges,
    units.frequencies,
    language.internal_labels,
    language.banned_claims,
    language.real_names,
    language.glossary_variants,
    language.double_negatives,
    language.long_lines,
    language.bare_letters,
    dialect.shown,
    writing.traditional,
    writing.half_width,
    writing.punctuation,
    writing.search_words,
    writing.pinyin,
    placeholders.in_texts,
    leftovers.selects_nobody,
)


def check_alone(playbook: Playbook) -> tuple[Problem, ...]:
    """Return the problems inside single entities of a playbook that could be read in part."""
    return Checker().check(playbook, readable=False)


def check(playbook: Playbook) -> tuple[Problem, ...]:
    """Return every problem that only shows across the entities of a playbook, sorted."""
    return Checker().check(playbook)


class Checker:
    """Checks one edition of a playbook after the other; `more` are rules beside `RULES`.

    What is the same in two of them is not looked at again, nor is what earlier runs have looked at.
    """

    def __init__(self, more: Iterable[Rule] = ()) -> None:
        self._begun = False
        self._again = Again((*RULES, *more), EACH)
        self._alone = Again(ALONE, EACH)

    def begin(self, cache: Cache) -> None:
        """Expect a playbook that was read anew; at first, go on with what earlier runs found."""
        self._again.traced.begin()
        self._alone.traced.begin()
        if not self._begun and (data := cache.read(_FILE)):
            self._again.traced.versions.keep(values.read(data))
        self._begun = True

    def save(self, cache: Cache) -> None:
        """Keep what was found for later runs, if any was found anew."""
        if self._again.traced.versions.anew:
            cache.write(_FILE, values.written(self._again.traced.versions.kept))

    def check(self, playbook: Playbook, *, readable: bool = True) -> tuple[Problem, ...]:
        """Return every problem that only shows across the entities of a playbook, sorted.

        Where not all can be read, only single entities are looked at.
        """
        rules = self._again if readable else self._alone
        found = in_order(rules.ask(playbook))
        return _together(found) if readable else found


_FILE = "checks.values"

TOGETHER = frozenset(("unknown-reference", "unknown-slot", "retired-in-use"))
"""Codes of what one change elsewhere brings about in many places at once."""
MANY = 4


def _together(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems, those that say the same in many places as one, at the first place."""
    same: dict[tuple[str, Message], list[Problem]] = {}
    for problem in problems:
        same.setdefault((problem.code, problem.message), []).append(problem)
    joined: list[Problem] = []
    for group in same.values():
        many = len(group) >= MANY and group[0].code in TOGETHER
        joined += [_one_for_all(group)] if many else group
    return in_order(joined)


def _one_for_all(group: list[Problem]) -> Problem:
    first, *others = group
    hint = first.hint
    if first.code != "retired-in-use" and not first.related:  # what has a place says why
        hint = msg(
            "It stands in {n} places. If its id was changed, change it back: an id stays as it is."
            " If it was deleted, write another in each of them, or take it out.",
            n=len(group),
        )
        ref = str(dict(first.message.params).get("ref", ""))
        if ref.partition(":")[0] in words():
            hint = msg(
                "It stands in {n} places. If its id was changed, change it back: an id stays as it"
                " is. If it was deleted, write into retired.yml what stands for it: “{line}”. Or"
                " take it out of each of them.",
                n=len(group),
                line=retired_line(ref),
            )
    here_too = tuple(Related(other.at, msg("It stands here too.")) for other in others)
    return replace(first, hint=hint, related=(*first.related, *here_too))
