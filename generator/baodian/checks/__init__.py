"""Rules across entities. A rule is a generator of problems; each is named once, in `RULES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from baodian.checks import (
    audiences,
    contacts,
    covers,
    dialect,
    ladders,
    language,
    leftovers,
    paths,
    records,
    references,
    schemes,
    shapes,
    talk,
    units,
    writing,
)
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import Problem, Related, in_order

Rule = Callable[[Playbook], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    references.to_kinds,
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
    schemes.class_rules,
    schemes.class_proofs,
    schemes.signs,
    schemes.tables,
    shapes.not_empty,
    shapes.unique_parts,
    shapes.matrix_rows,
    shapes.entitlement_columns,
    shapes.text_columns,
    shapes.rhythms,
    talk.talks,
    talk.messages,
    talk.answers,
    talk.checklists,
    talk.one_minute_lists,
    talk.moments,
    records.approvals,
    records.days_of_the_year,
    records.freshness,
    records.reviews,
    records.parameters,
    records.telephone_parameters,
    units.bounds,
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
    dialect.shown,
    writing.traditional,
    writing.half_width,
    writing.punctuation,
    writing.search_words,
    writing.pinyin,
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
    references.marks,
    schemes.dimensions,
    schemes.class_rules,
    schemes.class_proofs,
    schemes.tables,
    shapes.unique_parts,
    shapes.rhythms,
    talk.talks,
    talk.messages,
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


def check_alone(playbook: Playbook) -> tuple[Problem, ...]:
    """Return the problems inside single entities of a playbook that could be read in part."""
    return in_order(problem for rule in ALONE for problem in rule(playbook))


def check(playbook: Playbook) -> tuple[Problem, ...]:
    """Return every problem that only shows across the entities of a playbook, sorted."""
    return _together(in_order(problem for rule in RULES for problem in rule(playbook)))


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
    here_too = tuple(Related(other.at, msg("It stands here too.")) for other in others)
    return replace(first, hint=hint, related=(*first.related, *here_too))
