"""The handbook (A4) and its cards (A6) as PDF, typeset by Typst: fonts embedded, PDF/A-2b.

The standard is what keeps boxes out: it refuses a text for which the font has no glyph.
"""

from __future__ import annotations

import datetime
import importlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from baodian.export import document, handwritten, pictures, signs
from baodian.export.cards import cards
from baodian.export.document import Node
from baodian.page import Site
from baodian.publish.leaks import leaks
from baodian.read import Read
from baodian.said.messages import Words, msg
from baodian.said.problems import PlaybookError, RefusedError
from baodian.terminal import Progress

HERE = Path(__file__).parent
TOKENS = HERE.parent / "theme" / "css" / "tokens.css"
INSTALL = 'pip install "typst>=0.15.2,<0.16"'  # as in the extra `pdf` of pyproject.toml
STANDARD = "a-2b"
# Looked for in this order among the fonts of the machine, or in what `--font` names.
FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "SimHei",
    "SimSun",
)  # fmt: skip
SYMBOLS = "DejaVu Sans Mono"  # carried by Typst itself; for signs such as ✓ that a font may lack

_NO_GLYPH = re.compile(r"could not be displayed|no glyph|notdef", re.IGNORECASE)
_TOO_FULL = re.compile(r"card too full: (.*?)\"?$", re.MULTILINE)
_HUE = re.compile(r"--bd-hue-(\d): (#[0-9a-f]{6})")


class ExportError(RefusedError):
    """What stands in the way of a file, and how to mend it."""


def handbook(
    project: Path, book: Read, t: Words, progress: Progress, font: Path | None = None
) -> bytes:
    """Return the whole handbook as one PDF.

    Raises `ExportError` without library or font, `PlaybookError` if `mkdocs.yml` cannot be used.
    """
    typst = library()
    fonts = Fonts(typst, font)
    with TemporaryDirectory() as folder:
        fonts.options["root"] = folder  # where the pictures are
        with progress.stage(t("Gathering the pages")):
            whole = document.handbook(book.site, book.words, handwritten.pages(project, book))
            whole |= common(book.site, book.words, fonts.families)
            keep_quiet(book, whole)
            tell_missing(typst, book, whole, fonts)
            pictures.bring(typst, project, whole, Path(folder), fonts.options)
        with progress.stage(t("Numbering the pages")):
            # Numbers stand in gaps of a fixed width, so the second run breaks lines like the first.
            placed = typst.query(
                sources("handbook.typ", whole), "<places>", field="value", one=True,
                **fonts.options,
            )  # fmt: skip
            whole["places"] = dict(json.loads(placed)["places"])
        with progress.stage(t("Typesetting {n} {n|page|pages}", n=len(book.site.pages))):
            return compiled(typst, sources("handbook.typ", whole), book.today, fonts)


def class_cards(book: Read, t: Words, progress: Progress, font: Path | None = None) -> bytes:
    """Return one A6 card for each class guide as one PDF. Raises `ExportError`."""
    typst = library()
    fonts = Fonts(typst, font)
    with progress.stage(t("Gathering the pages")):
        whole: Node = {"cards": cards(book.site, book.words)}
        whole |= {"site": document.of_site(book.site), "words": document.own_words(book.words)}
        whole |= common(book.site, book.words, fonts.families)
        keep_quiet(book, whole)
        tell_missing(typst, book, whole, fonts)
    if not whole["cards"]:
        raise ExportError(
            msg("No scheme of this playbook has class guides, so there are no cards.")
        )
    with progress.stage(t("Typesetting {n} {n|card|cards}", n=len(cards(book.site, book.words)))):
        return compiled(typst, sources("cards.typ", whole), book.today, fonts)


def tell_missing(typst: ModuleType, book: Read, whole: Node, fonts: Fonts) -> None:
    """Raise `PlaybookError` for signs that no font can show, at the places where they stand."""
    if gone := signs.missing(typst, whole, fonts.families, fonts.options):
        raise PlaybookError(signs.problems(book, gone))


def keep_quiet(book: Read, whole: Node) -> None:
    """Raise `PlaybookError` if the document says what the audience of its edition may not see."""
    text = json.dumps(whole, ensure_ascii=False).encode()
    if problems := leaks([("handbook.pdf", text)], book.secrets):
        raise PlaybookError(problems)


def common(site: Site, t: Words, families: Sequence[str]) -> Node:
    """Return what both documents need besides their texts: language, colours, foot, cover."""
    language, _, region = site.language.partition("-")
    stamp = [site.name, f"{t('Version')} {site.version}" if site.version else ""]
    if site.effective_from:
        stamp.append(f"{t('In force from')} {site.effective_from}")
    # The first of a number, the one on light ground, stays.
    hues = dict(reversed(_HUE.findall(TOKENS.read_text(encoding="utf-8"))))
    cover = (
        (t("Version"), site.version),
        (t("In force from"), site.effective_from),
        (t("Owner"), site.owner),
    )
    return {
        "fonts": list(families),
        "lang": language,
        "region": region.lower() or None,
        "hues": [hues[n] for n in sorted(hues)],
        "foot": " · ".join(s for s in stamp if s),
        "cover": [pair for pair in cover if pair[1]],
        "places": None,
    }


def sources(main: str, whole: Node) -> dict[str, bytes]:
    """Return the files that Typst reads: our two templates and the document as JSON."""
    return {
        "main": (HERE / main).read_bytes(),
        "blocks.typ": (HERE / "blocks.typ").read_bytes(),
        "document.json": json.dumps(whole, ensure_ascii=False).encode(),
    }


def compiled(
    typst: ModuleType, files: dict[str, bytes], today: datetime.date, fonts: Fonts
) -> bytes:
    """Return the PDF, the same bytes for the same files and day.

    Raises `ExportError` if the font lacks a character or a card does not fit its page.
    """
    noon = datetime.datetime.combine(today, datetime.time(12), datetime.UTC)
    try:
        pdf = typst.compile(
            files, format="pdf", timestamp=noon, pdf_standards=[STANDARD], pdf_tags=False,
            **fonts.options,
        )  # fmt: skip
    except typst.TypstError as error:
        if full := _TOO_FULL.search(error.message):
            raise ExportError(
                msg(
                    "The card of {name} does not fit on one page, even in small type. Shorten its "
                    "goal, what to do now, or its first words.",
                    name=full[1],
                )
            ) from None
        if _NO_GLYPH.search(error.message):
            raise ExportError(
                msg(
                    "The font {font} cannot show everything: {reason}. Nothing was written. "
                    "Take another font with --font FILE.",
                    font=fonts.family,
                    reason=error.message,
                )
            ) from None
        raise
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst gave {type(pdf).__name__}, not one PDF")
    return pdf


def library() -> ModuleType:
    """Return Typst's Python package. Raises `ExportError` where it is not installed."""
    try:
        return importlib.import_module("typst")
    except ImportError:
        raise ExportError(
            msg("PDF needs the package typst, which is not installed: {line}", line=INSTALL)
        ) from None


class Fonts:
    """The font that is used, and how to tell Typst where it is."""

    def __init__(self, typst: ModuleType, chosen: Path | None) -> None:
        """Look for a font with Chinese. Raises `ExportError` if there is none."""
        if chosen is not None and not chosen.exists():
            raise ExportError(msg("There is no font {file}.", file=chosen))
        folders = [chosen.parent if chosen.is_file() else chosen] if chosen else []
        self.known = typst.Fonts(include_system_fonts=chosen is None, font_paths=folders)
        own = [
            info.family
            for info in self.known.fonts()
            if chosen is None or (info.path and (chosen.is_dir() or Path(info.path) == chosen))
        ]
        self.family = family(own, any_will_do=chosen is not None and chosen.is_file())
        self.families = [self.family, SYMBOLS]
        self.options: dict[str, Any] = {"font_paths": self.known}


def family(installed: Sequence[str], *, any_will_do: bool = False) -> str:
    """Return the best of the installed families for Chinese text.

    `any_will_do`: the reader named the file, so what is in it is meant. Raises `ExportError`.
    """
    for name in FAMILIES:
        if name in installed:
            return name
    if any_will_do and installed:
        return installed[0]
    raise ExportError(
        msg(
            "No Chinese font was found, so the PDF would show boxes. On Debian or Ubuntu: "
            "apt-get install fonts-noto-cjk. Or name a font file: --font FILE"
        )
    )
