"""Paths for new people, as lines of an index."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import model, page
from baodian.pages.ground import Ground
from baodian.pages.whom import role_names


def entries(ground: Ground, paths: Iterable[model.Path]) -> tuple[page.Entry, ...]:
    """Return paths as lines of an index."""
    return tuple(
        page.Entry(
            title=str(path.title),
            href=ground.address(path),
            text=ground.inline(path.intro),
            badges=_badges(ground, path),
        )
        for path in paths
    )


def _badges(ground: Ground, path: model.Path) -> tuple[str, ...]:
    return (role_names(ground, path.roles),) if path.roles else ()
