"""The main text of a page as HTML: what writers make, engines frame and publishing reads again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """One page's main text, links relative to its address, and what a frame shows beside it."""

    address: str
    title: str
    html: str
    entity: str = ""  # `kind:id`; empty for a page that is no entity
    hue: str = ""  # CSS class of its accent
    toc: tuple[tuple[int, str, str], ...] = ()  # its headings as (level, text, anchor)
    script: str = ""  # what its widgets need (`widgets.together`)
    late: tuple[str, ...] = ()  # scripts that it runs only when a reader asks for what they do

    @property
    def owner(self) -> str:
        """Return to what its texts belong: the entity, else the page itself."""
        return self.entity or f"page:{self.address}"
