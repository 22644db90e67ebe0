"""What is typed in Markdown is shown, or told at its place."""

from __future__ import annotations

from collections.abc import Iterator

from baodian.checks.walk import Readable, pages, texts
from baodian.model.fields import Markdown
from baodian.playbook import Playbook
from baodian.playbook.content import body
from baodian.said.messages import msg
from baodian.said.problems import At, Problem
from baodian.text import dialect
from baodian.text.dialect import FIELD, PAGE, Tags


def shown(playbook: Playbook) -> Iterator[Problem]:
    """Every sign of a Markdown field or a hand-written page is seen, its marks aside.

    Right: a row of a table with as many cells as its head. Wrong: a row with one more.
    """
    for (text, where), tags in _markdown(playbook):
        strict = dialect.strict(text, tags.names)
        for slip in strict.slips:
            yield Problem(slip.code, where(slip.offset), slip.message, slip.hint)
        if (at := dialect.lost(strict, tags)) is not None:
            message = msg("What is typed here would not be shown as it stands: “{text}”.",
                          text=text[at : at + 20].partition("\n")[0])  # fmt: skip
            hint = msg("Write it in other words, or between two signs `.")
            yield Problem("lost-text", where(at), message, hint)


def _markdown(playbook: Playbook) -> Iterator[tuple[Readable, Tags]]:
    """Yield every text in Markdown, and the HTML that may stand in it."""
    for _, _, value in texts(playbook):
        if isinstance(value, Markdown):
            yield (str(value), value.where), FIELD
    for file, whole in pages(playbook):
        text, above = body(whole)
        yield (text, _Places(file, text, above).at), PAGE


class _Places:
    """The places of a hand-written page, the lines above its text counted."""

    def __init__(self, file: str, text: str, above: int) -> None:
        self.file, self.text, self.above = file, text, above

    def at(self, offset: int) -> At:
        """Return the place of the character at `offset`."""
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return At(self.file, self.above + line + 1, column + 1)
