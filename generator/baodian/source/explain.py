"""What the parser's own errors mean to somebody who has never programmed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from baodian.said.messages import Message, msg
from baodian.said.problems import Problem, Related
from baodian.source.characters import DASHES, tab_found
from baodian.source.entries import (
    QUOTED_ENTRY,
    entry_fault,
    needs_quotes,
    other_dash,
    sign_has_meaning,
    value_at,
    wide_comma,
)
from baodian.source.events import Reading
from baodian.source.lines import Edit, Fault, Lines, Mark
from baodian.source.sentences import (
    bad_key,
    colon_in_text,
    directive_refused,
    second_document,
    tag_refused,
)
from baodian.source.unquoted import positions_of

_ORDINARY = {"｛": "{", "｝": "}", "］": "]", "】": "]"}


class Explain:
    """Say in the user's words what one error of the parser means.

    The parser's own sentences are used as keys only; its words are never shown.
    """

    def __init__(self, lines: Lines, reading: Reading, error: yaml.MarkedYAMLError) -> None:
        self.lines = lines
        self.reading = reading
        self.problem = error.problem or ""
        self.context = error.context or ""
        here = error.problem_mark or error.context_mark or _Place(0, 0, 0)
        self.here = self._inside(here)
        self.there = self._inside(error.context_mark or here)

    def _inside(self, mark: Mark) -> _Place:
        """Return the mark, moved to the last line that has any text if it stands behind it."""
        texts = self.lines.lines
        line = min(mark.line, len(texts) - 1)
        column = mark.column if line == mark.line else len(texts[line])
        while line > 0 and column >= len(texts[line]) and not texts[line].strip():
            line -= 1
            column = len(texts[line])
        return _Place(mark.index, line, min(column, len(texts[line])))

    def fault(self) -> Fault:
        """Return the fault; it holds edits where the file can be read on."""
        if "a tab character" in self.problem or self._text(self.here).startswith("\t"):
            return self._tabbed()
        for part, explain in (
            ("scanning an alias", self._sign),
            ("scanning an anchor", self._sign),
            ("ing a tag", self._sign),
            ("a block scalar", self._sign),
            ("scanning a directive", self._percent),
            ("ing a %", self._percent),
            ("scanning for the next token", self._cannot_start),
            ("scanning a quoted scalar", self._open_quote),
            ("parsing a quoted scalar", self._escape),
            ("scanning a simple key", self._no_entry),
        ):
            if part in self.context:
                return explain()
        for part, explain in (
            ("mapping values are not allowed", self._colon_in_text),
            ("mapping keys are not allowed", self._cannot_start),
            ("block sequence entries are not allowed", self._cannot_start),
            ("tag handle", self._tag),
            ("<document start>", self._after_end),
            ("did not find expected key", self._misplaced),
            ("expected '-' indicator", self._misplaced),
            ("',' or", self._in_brackets),
            ("expected node content", self._no_content),
        ):
            if part in self.problem:
                return explain()
        return self._anything()

    def _text(self, mark: Mark) -> str:
        return self.lines.lines[mark.line][mark.column :]

    def _syntax(self, mark: Mark, message: Message, hint: Message) -> Fault:
        return Fault(Problem("syntax", self.lines.at(mark.line, mark.column), message, hint))

    def _quote_from(self, mark: Mark, message: Message) -> Fault:
        value = value_at(self.lines, mark.line, mark.column, flow=self.reading.in_flow(mark))
        if not value:
            return self._anything()
        return needs_quotes(self.lines, mark, value, message)

    # signs

    def _tabbed(self) -> Fault:
        line = self.here.line
        column = self.lines.lines[line].find("\t", self.here.column)
        if column < 0:
            return self._anything()
        edit = Edit(line, column, 1, " ")
        return Fault(tab_found(self.lines.at(line, column)), (edit,))

    def _sign(self) -> Fault:
        return self._quote_from(self.there, sign_has_meaning(self._text(self.there)[:1]))

    def _cannot_start(self) -> Fault:
        return self._quote_from(self.here, sign_has_meaning(self._text(self.here)[:1]))

    def _tag(self) -> Fault:
        return Fault(tag_refused(self.lines.at(self.there.line, self.there.column)))

    def _percent(self) -> Fault:
        return Fault(directive_refused(self.lines.at(self.there.line, self.there.column)))

    # quotes

    def _open_quote(self) -> Fault:
        return self._never_closed(self.there)

    def _never_closed(self, mark: Mark) -> Fault:
        return self._syntax(
            mark,
            msg("The quotation mark that opens here is not closed where its text ends."),
            msg("Close it at the end of the text; if it is part of the text, write “ ” instead."),
        )

    def _escape(self) -> Fault:
        problem = Problem(
            "syntax",
            self.lines.at(self.here.line, self.here.column),
            msg("A backslash inside double quotes has a meaning of its own."),
            msg("Use single quotes around the text, or write two backslashes."),
        )
        if self._text(self.here).startswith("\\"):
            return Fault(problem, (Edit(self.here.line, self.here.column, 0, "\\"),))
        return Fault(problem)

    def _goes_on(self) -> Fault | None:
        """Explain a text that goes on after a closing quotation mark or bracket."""
        last = self.reading.last
        if last is None or last.kind not in ("quoted", "flow") or last.end.line != self.here.line:
            return None
        if not self._text(self.here).strip():
            return None
        sign = self._text(last.start)[:1]
        if last.start.line != last.end.line:
            if last.kind == "quoted":
                return self._never_closed(last.start)
            return None
        before = self.lines.lines[last.start.line][: last.start.column]
        if DASHES.fullmatch(before) and QUOTED_ENTRY.match(self._text(last.start)):
            return entry_fault(self.lines, last.start.line, last.start.column)
        if last.kind == "quoted":
            message = msg("The text goes on after the closing quotation mark.")
        else:
            message = msg("A text that begins with “{sign}” goes on after the bracket.", sign=sign)
        return self._quote_from(last.start, message)

    # lines

    def _no_entry(self) -> Fault:
        fault = entry_fault(self.lines, self.there.line, self.there.column)
        fault = fault or other_dash(self.lines, self.there.line, self.there.column)
        return fault or self._syntax(
            self.there,
            msg("This line is not of the form “name: value”."),
            msg(
                "Add the missing colon and a space; if the line continues the text above,"
                " indent it further than the name of that text."
            ),
        )

    def _colon_in_text(self) -> Fault:
        last = self.reading.last
        if last is None or last.end.line != self.here.line:
            return self._anything()
        if last.start.line == last.end.line:
            wide = self._text(last.start)[:1] == "｛" and self._wide_bracket(last.start, "｛")
            return wide or self._quote_from(last.start, colon_in_text())
        if last.kind == "quoted":
            return self._never_closed(last.start)
        for number in range(last.start.line, last.end.line + 1):
            text = self.lines.lines[number]
            column = last.start.column if number == last.start.line else 0
            column += len(text[column:]) - len(text[column:].lstrip(" "))
            own_line = DASHES.fullmatch(text[:column]) is not None
            if own_line and (fault := entry_fault(self.lines, number, column)):
                return fault
        indent = self._indent(self.here.line)
        if indent == 0 or self._indent(last.start.line) == indent:
            return self._no_entry_at(last.start)
        return self._syntax(
            _Place(0, self.here.line, indent),
            msg("This line is indented further than the one above it, which already has its text."),
            msg("Give it the same indentation as the lines that belong to the same group."),
        )

    def _no_entry_at(self, mark: Mark) -> Fault:
        self.there = self._inside(mark)
        return self._no_entry()

    def _indent(self, line: int) -> int:
        text = self.lines.lines[line]
        return len(text) - len(text.lstrip(" "))

    def _misplaced(self) -> Fault:
        if fault := self._goes_on():
            return fault
        line, column = self.here.line, self.here.column
        text = self._text(self.here)
        if text.startswith(":"):
            at = self.lines.at(line, column)
            return Fault(bad_key(at, msg("There is nothing before this colon.")))
        if text.startswith("- ") or text == "-":
            return self._syntax(
                self.here,
                msg("There is a list item here where an entry “name: value” is expected."),
                msg("A list stands under its own name, with nothing else behind the colon."),
            )
        if self.lines.lines[max(0, line - 1)].lstrip().startswith("#") and ": " not in text:
            return self._syntax(
                self.here,
                msg("A note stands in the middle of a text; the text cannot go on after it."),
                msg("Move the note above the name of the text."),
            )
        if "'-'" in self.problem:
            return entry_fault(self.lines, line, column) or self._syntax(
                self.here,
                msg("A list item that begins with “- ” is expected here."),
                msg(
                    "Begin the line with “- ”, or indent it like the entries that belong together."
                ),
            )
        group = self.lines.at(self.there.line, self.there.column)
        problem = Problem(
            "syntax",
            self.lines.at(line, column),
            msg("The indentation of this line fits none of the lines above it."),
            msg("Give it exactly as many spaces as the lines that belong to the same group."),
            (Related(group, msg("The group it could belong to begins here.")),),
        )
        return Fault(problem)

    # brackets

    def _in_brackets(self) -> Fault:
        last = self.reading.last
        if self._text(self.here).startswith(":") and last and last.end.line == self.here.line:
            commas = list(positions_of(self.lines, "，、", last.start, last.end))
            if last.kind == "plain" and commas and self._entry_after(commas[-1], last.end):
                return wide_comma(self.lines, commas[-1:])
            if last.kind == "plain" and last.start.line == last.end.line:
                return self._quote_from(last.start, colon_in_text())
        return self._goes_on() or self._lost_end() or self._open_bracket(self.there)

    def _lost_end(self) -> Fault | None:
        """Explain a bracket whose end stands behind a `#`, on a line that the bracket holds."""
        opened = self.lines.at(self.there.line, self.there.column)
        for fault in self.reading.faults:
            at = fault.problem.at
            rest = self.lines.lines[at.line - 1].partition("#")[2]
            if fault.problem.code == "lost-comment" and at > opened and re.search(r"[]}]", rest):
                return fault
        return None

    def _entry_after(self, comma: tuple[int, int], end: Mark) -> bool:
        """Tell whether a comma may part entries; if the text goes on below it, a bracket is open.

        In `{a: b，c: d}` it may, in `{why: b，c` above `next: {…}` it is part of the text `b，c`.
        """
        line, column = comma
        rest = self.lines.lines[line][column + 1 :].strip()
        return line == end.line or not rest or rest.startswith("#")

    def _wide_bracket(self, mark: Mark, signs: str) -> Fault | None:
        """Explain a full-width bracket, from a mark on, where an ordinary one is meant."""
        text = self._text(mark)
        if "】" in signs and text.count("】") <= text.count("【"):
            signs = signs.replace("】", "")
        columns = [column for column, character in enumerate(text) if character in signs]
        if not columns:
            return None
        wide = text[columns[-1]]
        right = _ORDINARY[wide]
        column = mark.column + columns[-1]
        problem = Problem(
            "syntax",
            self.lines.at(mark.line, column),
            msg("This bracket is the full-width “{wide}”; here it must be “{right}”.",
                wide=wide, right=right),
            msg("Write “{right}”.", right=right),
        )  # fmt: skip
        return Fault(problem, (Edit(mark.line, column, 1, right),))

    def _open_bracket(self, mark: Mark) -> Fault:
        sign = self._text(mark)[:1]
        if fault := self._wide_bracket(mark, "］】" if sign == "[" else "｝"):
            return fault
        return self._syntax(
            mark,
            msg(
                "The bracket “{sign}” that opens here is not closed in the right place.", sign=sign
            ),
            msg("Close it, with “, ” between its parts; if it belongs to a text, quote the text."),
        )

    def _no_content(self) -> Fault:
        if "flow" not in self.context:
            return self._cannot_start()
        if self._text(self.here).startswith((",", "]", "}")):
            return self._syntax(
                self.here,
                msg("There is nothing between two commas or brackets."),
                msg("Remove the comma that is too many, or fill in what is missing."),
            )
        flows = [frame for frame in self.reading.stack if frame.flow]
        return self._open_bracket(self._inside(flows[-1].start)) if flows else self._anything()

    # ends

    def _after_end(self) -> Fault:
        before = [text for text in self.lines.lines[: self.here.line] if text.strip()]
        if before and before[-1].startswith(("...", "---")):
            return Fault(second_document(self.lines.at(self.here.line, self.here.column)))
        return (
            self._goes_on()
            or self._indented_top()
            or self._syntax(
                self.here,
                msg("This does not belong to what stands above it."),
                msg(
                    "Check indentation and brackets here and above: a file is one group of entries."
                ),
            )
        )

    def _indented_top(self) -> Fault | None:
        """Explain a file whose first entries are indented and others are not."""
        above = range(self.here.line)
        texts = [self.lines.lines[number] for number in above]
        written = [n for n in above if texts[n].strip() and not texts[n].lstrip().startswith("#")]
        indent = self._indent(written[0]) if written else 0
        if not indent or self.here.column or any(self._indent(n) < indent for n in written):
            return None
        problem = Problem(
            "syntax",
            self.lines.at(written[0], 0),
            msg("The first entry of the file is indented, but others are not."),
            msg("Remove the spaces before it."),
        )
        return Fault(problem, tuple(Edit(number, 0, indent, "") for number in written))

    def _anything(self) -> Fault:
        return self._syntax(
            self.here,
            msg("This line cannot be read."),
            msg("Check colons, quotes, brackets and indentation on this line and the one above."),
        )


@dataclass(frozen=True)
class _Place:
    """A mark of our own."""

    index: int
    line: int
    column: int
