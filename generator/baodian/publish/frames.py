"""The seam to an engine: it puts articles into the frame of a site and hands back finished files.

Today that is MkDocs with Material (`mkdocs_plugin/`); `build.ENGINE` says which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from baodian.publish.finished import Finished
from baodian.read import Read
from baodian.said.problems import Problem
from baodian.writers.article import Article
from baodian.writers.html import Edit

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What somebody wants written: for which address, whether readers may keep copies, and packed?

    `site_url` replaces the one of the settings. Without `copies` no reader's device keeps anything,
    and what it kept is cleared away. Pages that are `guarded` let no script stand in their markup:
    not for a server that puts its own there. `packed` copies stand beside the files for a server.
    """

    site_url: str | None = None
    copies: bool = True
    guarded: bool = True
    packed: bool = False


@dataclass(frozen=True)
class Handwritten:
    """The pages of `content/` as articles, and what an engine's settings say beside them."""

    articles: tuple[Article, ...]
    files: frozenset[str]  # all that a link may lead to
    edit: Edit  # the address at which a place in a source file can be edited, or None
    mount: str  # the path under which a server will show the site


@dataclass(frozen=True)
class Framed:
    """Finished HTML files in `folder`, with whatever an engine puts beside them.

    The article of each page stands in the first `<article>` of its file.
    """

    folder: Path
    articles: tuple[Article, ...]  # the pages that readers can reach, hand-written ones too
    files: tuple[str, ...]  # the HTML files in frames: those pages, and such as 404.html
    edit_base: str  # addresses at which a source file is edited begin so
    mount: str  # as for `Handwritten`
    warnings: tuple[Problem, ...] = ()
    site_url: str = ""  # where the site will stand, as far as the settings say
    finished: Mapping[str, Finished] = field(default_factory=dict)
    """Those of the files that are not in the folder yet, as an earlier build finished them."""


class Engine(Protocol):
    """What puts articles into frames. Both raise `PlaybookError` if its settings are wrong."""

    def around(self, project: Path, site_url: str | None) -> str | None:
        """Return what changes whenever something else is put around pages; None if none can say."""

    def frame(
        self,
        project: Path,
        book: Read,
        folder: Path,
        site_url: str | None,
        step: Step,
        finished: Mapping[str, Finished],
    ) -> Framed:
        """Write every page of `book` and of `content/` into `folder`; tell `step` how many are.

        Those that are `finished` already are not written.
        """

    def handwritten(self, project: Path, book: Read) -> Handwritten:
        """Return the pages of `content/`; writes nothing."""
