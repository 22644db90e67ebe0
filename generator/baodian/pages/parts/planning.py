"""Buckets of a plan in words, and the way to the planner."""

from __future__ import annotations

from collections.abc import Mapping

from baodian import page
from baodian.model.fields import Name
from baodian.model.plans import AllocationRow
from baodian.model.quantities import Day
from baodian.page import Inline
from baodian.pages.ground import Ground
from baodian.pages.parts.places import PLANNER
from baodian.pages.whom import classes_of


def to_planner(words: str) -> page.Links:
    """Return the way to the planner."""
    return page.Links((page.LinkItem(page.Link(words, PLANNER)),), big=True)


def share_word(ground: Ground, row: AllocationRow) -> str:
    """Return whether a bucket is development or care, in words."""
    t = ground.t
    return {"development": t("development"), "care": t("care"), None: ""}[row.share]


def bucket(ground: Ground, row: AllocationRow) -> Inline:
    """Return whom or what a bucket is for."""
    whom = classes_of(ground, row.whom)
    if row.what and whom:
        return (page.Text(f"{row.what}{ground.t.colon}"), *whom)
    return page.line(str(row.what)) if row.what else whom


def named_days(named: Mapping[Day, Name]) -> dict[str, str]:
    """Return what days are called, in the order of the days."""
    return {str(day): str(name) for day, name in sorted(named.items())}
