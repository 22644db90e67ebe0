"""Paths for new people, as lines of an index and as cards."""

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


def cards(ground: Ground) -> tuple[page.Card, ...]:
    """Return the paths as cards for the first page."""
    return tuple(
        page.Card(
            path.label,
            ground.address(path),
            ground.inline(path.intro),
            _badges(ground, path),
            icon=ground.looks["path"].icon,
        )
        for path in ground.playbook.paths.values()
    )


def _badges(ground: Ground, path: model.Path) -> tuple[str, ...]:
    return (role_names(ground, path.roles),) if path.roles else ()
