"""The sentences about faults of YAML that need no look around."""

from __future__ import annotations

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related
from baodian.source.entries import in_quotes, shortened
from baodian.source.lines import Fault, Lines
from baodian.source.tree import MAX_DEPTH, Scalar


def colon_in_text() -> Message:
    """Return why a plain text cannot hold a colon and a space."""
    return msg("A text without quotes cannot hold a colon followed by a space.")


def lost_comment(lines: Lines, line: int, column: int, value: str | None) -> Fault:
    """Return the fault of a text whose rest YAML would drop as a comment.

    `value` is the text before it, empty if there is none yet, None if no text can stand there.
    """
    before, rest = lines.lines[line][:column], lines.lines[line][column:].strip()
    space = " " if before.endswith((" ", "\t")) else ""
    if space:
        message = msg(
            "“{rest}” would be lost: a # after a space begins a note.", rest=shortened(rest)
        )
    else:
        message = msg("“{rest}” would be lost: a # here begins a note.", rest=shortened(rest))
    if value is None:
        hint = msg("A note needs two spaces before its #; a text stands in quotes or below.")
    else:
        whole = in_quotes(shortened(f"{value}{space}{rest}".strip()))
        hint = msg(
            "As a part of the text: {whole}. As a note: two spaces before the #.", whole=whole
        )
    return Fault(Problem("lost-comment", lines.at(line, column), message, hint))


def second_document(at: At) -> Problem:
    """Return the problem of a second document in one file."""
    return Problem(
        "second-document",
        at,
        msg("A second document begins here; a file holds only one."),
        msg("Remove the line “---” or “...”, or move what follows into a file of its own."),
    )


def directive_refused(at: At) -> Problem:
    """Return the problem of a line such as %YAML."""
    return Problem(
        "syntax",
        at,
        msg("A line cannot begin with “%”: such instructions are not used here."),
        msg("Remove the line; if it is a text, indent it and put quotes around it."),
    )


def too_deep(at: At) -> Problem:
    """Return the problem of nesting deeper than `MAX_DEPTH`."""
    return Problem(
        "too-deep",
        at,
        msg("More than {depth} levels are nested here.", depth=MAX_DEPTH),
        msg("Look for brackets that are not closed, or for lines that are indented by mistake."),
    )


def no_colon(key: Scalar) -> Problem:
    """Return the problem of a name without a colon."""
    return Problem(
        "bad-key",
        key.at,
        msg(
            "“{name}” has no colon: between {{ }} stand pairs of name and value.",
            name=shortened(key),
        ),
        msg("Write “name: value”; a list stands between [ ], a text between quotes."),
    )


def thousands(at: At, number: str) -> Problem:
    """Return the problem of a number that its comma cuts in two inside brackets."""
    return Problem(
        "bad-key",
        at,
        msg("The comma of “{number}” parts it in two: inside {{ }} and [ ] it ends a value.",
            number=number),
        msg("Write it without the comma: {number}.", number=number.replace(",", "")),
    )  # fmt: skip


def bad_key(at: At, message: Message) -> Problem:
    """Return the problem of a name that is no plain word."""
    hint = msg("Write each entry as “name: value”, the name a plain word.")
    return Problem("bad-key", at, message, hint)


def merge_key(at: At) -> Problem:
    """Return the problem of `<<`."""
    return Problem(
        "merge-key",
        at,
        msg("“<<” (take over the entries of another group) is not used here."),
        msg("Write the entries out."),
    )


def duplicate(key: Scalar, first: Scalar) -> Problem:
    """Return the problem of a name that already stands in its group."""
    return Problem(
        "duplicate-key",
        key.at,
        msg("“{name}” stands twice in the same group.", name=shortened(key)),
        msg("Remove one of the two, or give it another name."),
        (Related(first.at, msg("It stands here first.")),),
    )


def item_in_text(at: At) -> Problem:
    """Return the problem of a list item that YAML would read as text."""
    return Problem(
        "syntax",
        at,
        msg("This list item stands under a text and would become a part of it."),
        msg("Indent it like the other items of its list; a list stands under its own name."),
    )


def escaped(at: At) -> Problem:
    """Return the problem of an escape that hides a control character."""
    return Problem(
        "bad-text",
        at,
        msg("This text holds an invisible character, written with a backslash."),
        msg("Remove the backslash and what belongs to it."),
    )


def anchor_refused(at: At, name: str) -> Problem:
    """Return the problem of an anchor."""
    return Problem(
        "anchor",
        at,
        msg("“&{name}” (a mark to refer back to) is not used here.", name=shortened(name)),
        msg("Remove it; if it is part of a text, put quotes around the text."),
    )


def alias_refused(at: At, name: str) -> Problem:
    """Return the problem of an alias."""
    return Problem(
        "alias",
        at,
        msg("“{name}” (a reference to a mark) is not used here.", name=shortened(name)),
        msg("Write out what is meant; if it is part of a text, put quotes around the text."),
    )


def tag_refused(at: At) -> Problem:
    """Return the problem of a tag."""
    return Problem(
        "tag",
        at,
        msg("A word that begins with “!” (a type) is not used here."),
        msg("Remove it; if it is part of a text, put quotes around the text."),
    )
