"""YAML text → a located tree: every node knows its file, line, column and style.

The tree is built from the parser's events with a stack of our own, so that aliases are refused
before anything resolves them and deep nesting ends in a message. Nothing is interpreted: `NO`,
`010` and `12:30` stay text, the schema decides what they mean.

A fault whose meaning is plain (`名称：值`, a tab) is reported, mended in memory and the text read
again, so that one run finds the faults that stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, cast

import yaml

from baodian.messages import Message, msg
from baodian.problems import At, Problem, Related, in_order

Style = Literal["plain", "single", "double", "literal", "folded"]
Loc = tuple[str | int, ...]

MAX_DEPTH = 50
_NOWHERE = At("")


# --- the tree -------------------------------------------------------------------------------------


class Scalar(str):
    """A text of the file, as written, with its place and style."""

    __slots__ = ("at", "style")
    at: At
    style: Style

    def __new__(cls, text: str = "", *, at: At = _NOWHERE, style: Style = "plain") -> Scalar:
        """Return `text` with its place."""
        scalar = super().__new__(cls, text)
        scalar.at = at
        scalar.style = style
        return scalar


class Mapping(dict[Scalar, "Node"]):
    """Keys and values in the order of the file; each key carries its own place.

    `known` are the keys its reader looks for, noted by the model for messages about other keys.
    """

    __slots__ = ("at", "known")
    known: tuple[str, ...]

    def __init__(self, items: dict[Scalar, Node] | None = None, *, at: At = _NOWHERE) -> None:
        super().__init__(items or {})
        self.at = at
        self.known = ()


class Sequence(list["Node"]):
    """The items of a list in the order of the file."""

    __slots__ = ("at",)

    def __init__(self, items: list[Node] | None = None, *, at: At = _NOWHERE) -> None:
        super().__init__(items or [])
        self.at = at


Node = Scalar | Mapping | Sequence


def place(tree: Node, loc: Loc) -> At:
    """Return the place of the deepest node that `loc` reaches; others are skipped.

    A mapping takes the text of a member as its key, a list takes an `int` as its index.
    """
    return _walk(tree, loc).at


def key_place(tree: Node, loc: Loc) -> At:
    """Return the place of the key `loc[-1]` of the mapping at `loc[:-1]`, else of that node."""
    node = _walk(tree, loc[:-1])
    if loc and isinstance(node, Mapping):
        name = str(loc[-1])
        for key in node:
            if key == name:
                return key.at
    return node.at


def known_keys(tree: Node, loc: Loc) -> tuple[str, ...]:
    """Return the keys that the mapping around `loc` may have, as far as a model noted them."""
    node = _walk(tree, loc[:-1])
    return node.known if isinstance(node, Mapping) else ()


def _walk(tree: Node, loc: Loc) -> Node:
    node = tree
    for member in loc:
        if isinstance(node, Mapping):
            node = node.get(Scalar(str(member)), node)
        elif isinstance(node, Sequence) and isinstance(member, int) and 0 <= member < len(node):
            node = node[member]
    return node


# --- reading --------------------------------------------------------------------------------------


def read(data: bytes, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of one file and everything that is wrong with its form.

    The tree is None where the structure cannot be trusted; beside problems it may still be there
    (each was mended as its hint says), so that the schema can look for more. Never raises.
    """
    text, problem = decode(data, file)
    if text is None:
        return None, (problem,) if problem else ()
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tree, found = _read_lines(_Lines(file, texts), 2)
    if any(_BAD_INDENT.match(text) for text in texts):
        others = (_read_lines(_Lines(file, texts), width) for width in (0, 4))
        results = [(tree, found), *others]
        tree, found = min(results, key=lambda result: (len(result[1]), result[0] is None))
    return tree, in_order(found)


def _read_lines(lines: _Lines, width: int) -> tuple[Node | None, list[Problem]]:
    """Read lines whose tabs and wide spaces in indentation stand for `width` spaces."""
    invisible = _mended(lines, _invisible(lines))
    indents = _mended(lines, _indentation(lines, width))
    tree, found = _read_and_mend(lines)
    guessed = min((problem.at.line for problem in indents), default=None)
    return tree, list(_without_echoes(invisible + indents + found, guessed))


def _mended(lines: _Lines, faults: list[_Fault]) -> list[Problem]:
    """Apply the edits of all faults; return their problems."""
    lines.mend([edit for fault in faults for edit in fault.edits])
    return [fault.problem for fault in faults]


def _read_and_mend(lines: _Lines) -> tuple[Node | None, list[Problem]]:
    """Read, mend what is plain, read again; an entry that cannot be mended is left out at last."""
    kept: list[Problem] = []
    whole = True
    mended: set[tuple[str, At]] = set()
    for _ in range(max(8, min(300, 5_000_000 // (1 + sum(map(len, lines.lines)))))):
        reading = _Reading(lines)
        error = reading.run()
        fault = _Explain(lines, reading, error).fault() if error else None
        if fault and not fault.edits:
            reading.forget_open_brackets()
        faults = [fault for fault in reading.faults if _can_mend(lines, fault, mended)]
        if not faults:
            kept += [fault.problem for fault in reading.faults]
            if fault is None:
                if reading.tree is None and not kept:
                    kept.append(_empty_file(lines.file))
                return reading.tree if whole and not reading.too_deep else None, kept
            faults = [fault]
            if not _can_mend(lines, fault, mended):
                kept.append(fault.problem)
                whole = False
                if not lines.leave_out(fault.problem.at.line - 1):
                    break
                continue
        mended |= {(fault.problem.code, fault.problem.at) for fault in faults}
        kept += _mended(lines, faults)
    return None, kept


def _can_mend(lines: _Lines, fault: _Fault, mended: set[tuple[str, At]]) -> bool:
    """Tell whether the edits of a fault may help: a place is mended once, a line never explodes."""
    return (
        bool(fault.edits)
        and (fault.problem.code, fault.problem.at) not in mended
        and all(lines.grown(edit.line) < 1000 for edit in fault.edits)
    )


def _without_echoes(problems: list[Problem], guessed: int | None) -> Iterator[Problem]:
    """Drop a bare `syntax` that a more telling problem explains.

    That is one on the same line, or an indentation above (from the line `guessed` on) whose width
    could only be guessed.
    """
    explained = {problem.at.line for problem in problems if problem.code != "syntax"}
    for problem in problems:
        line = problem.at.line
        if problem.code == "syntax" and (line in explained or (guessed and line > guessed)):
            continue
        yield problem


def _empty_file(file: str) -> Problem:
    return Problem(
        "empty-file",
        At(file),
        msg("This file is empty."),
        msg("Fill it in, or delete it if it is not needed."),
    )


# --- bytes ----------------------------------------------------------------------------------------

_HAN = re.compile("[\u4e00-\u9fff]")


def decode(data: bytes, file: str) -> tuple[str | None, Problem | None]:
    """Return the text of a file, or the problem that keeps it from being read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        return None, _not_utf8(At(file), msg("This file is saved in UTF-16, not in UTF-8."))
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        body = error.object[: error.start]
        before = body.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    last = before.rpartition("\n")[2]
    at = At(file, before.count("\n") + 1, len(last) + 1)
    try:
        chinese = _HAN.search(data.decode("gb18030")) is not None
    except UnicodeDecodeError:
        chinese = False
    if chinese:
        return None, _not_utf8(
            at, msg("This file is saved in GBK (GB18030), not in UTF-8: Chinese would be garbled.")
        )
    return None, _not_utf8(at, msg("This file is not UTF-8 text from here on."))


def _looks_like_utf16(data: bytes) -> bool:
    """Tell plain ASCII in UTF-16 without a mark: every other byte is zero."""
    head = data[:2000]
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    return zeros > 1 and zeros * 3 > len(head)


def _not_utf8(at: At, message: Message) -> Problem:
    hint = msg("Open the file in your editor and save it again with the encoding UTF-8.")
    return Problem("not-utf8", at, message, hint)


# --- lines, and mending them ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Edit:
    """Replace `length` characters at `line`, `column` (from 0) by `new`."""

    line: int
    column: int
    length: int
    new: str


@dataclass(frozen=True)
class _Fault:
    """A problem, and the edits that do what its hint says (none: it cannot be mended for him)."""

    problem: Problem
    edits: tuple[_Edit, ...] = ()


class _Mark(Protocol):
    """A place in the parser's text, counted from 0 in characters."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _Lines:
    """The lines of a file, some of them mended, and where each character stood originally."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = list(lines)
        self._columns: dict[int, list[int]] = {}
        self._lengths = [len(text) for text in lines]

    def at(self, line: int, column: int) -> At:
        """Return the place in the user's file of a place (from 0) in the lines as they are now."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        if line in self._columns:
            columns = self._columns[line]
            column = columns[min(column, len(columns) - 1)]
        elif column > len(self.lines[line]):
            column = len(self.lines[line])
        return At(self.file, line + 1, column + 1)

    def mend(self, edits: list[_Edit]) -> None:
        """Apply edits that do not overlap; their columns are those before any of them."""
        by_line: dict[int, list[_Edit]] = {}
        for edit in sorted(set(edits), key=lambda e: (e.line, e.column)):
            by_line.setdefault(edit.line, []).append(edit)
        for line, changes in by_line.items():
            old = self.lines[line]
            old_columns = self._columns.get(line) or list(range(len(old) + 1))
            text: list[str] = []
            columns: list[int] = []
            done = 0
            for edit in changes:
                if edit.column < done:
                    continue
                text += [old[done : edit.column], edit.new]
                columns += old_columns[done : edit.column]
                columns += [old_columns[edit.column]] * len(edit.new)
                done = edit.column + edit.length
            self.lines[line] = "".join([*text, old[done:]])
            self._columns[line] = columns + old_columns[done:]

    def grown(self, line: int) -> int:
        """Return by how many characters mending has made a line longer."""
        return len(self.lines[line]) - self._lengths[line]

    def leave_out(self, line: int) -> bool:
        """Empty the entry of the first level that holds `line`; tell whether anything remains."""
        top = min(line, len(self.lines) - 1)
        while top > 0 and not _FIRST_LEVEL.match(self.lines[top]):
            top -= 1
        end = line + 1
        while end < len(self.lines) and not _FIRST_LEVEL.match(self.lines[end]):
            end += 1
        left_out = self.lines[top:end]
        self.lines[top:end] = [""] * len(left_out)
        for number in range(top, end):
            self._columns.pop(number, None)
        return any(left_out) and any(_FIRST_LEVEL.match(text) for text in self.lines)


_FIRST_LEVEL = re.compile(r"[^\s#\-\]}]")


# --- characters that nobody sees ------------------------------------------------------------------

# U+FDD0 stands for the joins of Chinese lines while the parser runs, so a file may not hold it.
_BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufdd0\ufeff\ufffe\uffff]"
)
_WIDE_SPACES = "\u3000\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))


def _invisible(lines: _Lines) -> list[_Fault]:
    """Find control and zero-width characters, one problem for each line that has any."""
    faults = []
    for number, text in enumerate(lines.lines):
        found = list(_BAD_CHARACTER.finditer(text)) if _BAD_CHARACTER.search(text) else []
        if found:
            problem = Problem(
                "bad-text",
                lines.at(number, found[0].start()),
                msg(
                    "There is an invisible character here that does not belong in a text ({code}).",
                    code=_code_point(found[0][0]),
                ),
                msg("Delete it: remove the word around it and type it again."),
            )
            edits = tuple(_Edit(number, m.start(), 1, _instead_of(m[0])) for m in found)
            faults.append(_Fault(problem, edits))
    return faults


def _instead_of(character: str) -> str:
    return " " if character in "\x85\u2028\u2029" else ""


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


_BAD_INDENT = re.compile(f"^( *)([\t{_WIDE_SPACES}][ \t{_WIDE_SPACES}]*)", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"(?:^|[:\-] +)[|>][-+0-9]*(?:\s+#.*)?\s*$")
_DASHES = re.compile(r" *(?:- +)*")


def _indentation(lines: _Lines, width: int) -> list[_Fault]:
    """Find tabs and wide spaces in indentation; inside a block text they are part of the text."""
    if not any(_BAD_INDENT.match(text) for text in lines.lines):
        return []
    faults = []
    parent: int | None = None
    for number, text in enumerate(lines.lines):
        found = _BAD_INDENT.match(text)
        spaces = len(text) - len(text.lstrip(" "))
        if parent is not None and (spaces > parent or not text.strip()):
            continue
        if found is None:
            parent = _parent_of_block(text)
        elif found.end() == len(text):
            lines.mend([_Edit(number, 0, len(text), "")])
        else:
            faults.append(_bad_indent(lines, number, found, width))
            if parent is None:
                parent = _parent_of_block(text)
    return faults


def _parent_of_block(text: str) -> int | None:
    """Return the indentation that the lines of a block text must exceed, if `text` opens one."""
    if not _BLOCK_HEADER.search(text):
        return None
    dashes = cast("re.Match[str]", _DASHES.match(text)).end()
    return dashes if text[dashes : dashes + 1] not in "|>" else max(0, text.rfind("-", 0, dashes))


def _bad_indent(lines: _Lines, number: int, found: re.Match[str], width: int) -> _Fault:
    run = found[2]
    at = lines.at(number, found.start(2))
    spaces = "".join(" " * width if c in "\t\u3000" else " " for c in run)
    edits = (_Edit(number, found.start(2), len(run), spaces),)
    return _Fault(_tab(at) if run[0] == "\t" else _wide_space(at, run[0]), edits)


def _tab(at: At) -> Problem:
    return Problem(
        "tab",
        at,
        msg("There is a tab character here; only spaces can be used to indent and to separate."),
        msg("Replace the tab with spaces: two for each level of indentation."),
    )


def _wide_space(at: At, character: str) -> Problem:
    if character == "\u3000":
        message = msg("There is a full-width space here; it does not count as a space.")
    else:
        message = msg(
            "There is a special space here ({code}); it does not count as a space.",
            code=_code_point(character),
        )
    return Problem("wide-space", at, message, msg("Delete it and type ordinary spaces instead."))


# --- joins between Chinese lines ------------------------------------------------------------------

_JOIN = "\ufdd0"
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_WIDE = re.compile(f"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026{_CJK}]")
_FULL_WIDTH = re.compile(
    "[\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]"
)
_JOINED = re.compile(_JOIN + r" *(?=\S)")


def _with_joins(lines: list[str]) -> str:
    """Return the text with a mark at the end of each line that must join the next without a space.

    Where the parser folds the two lines the mark stands before a space, which `_folded` takes out;
    everywhere else it stands at the end of a line or a text and vanishes.
    """
    out = []
    for text, following in zip(lines, [*lines[1:], ""], strict=True):
        tail = text.rstrip(" \t*")[-1:]
        head = following.lstrip(" \t*")[:1]
        if (tail > "\u007f" or head > "\u007f") and tail and head and _joins(tail, head):
            bare = text.rstrip(" \t")
            out.append(bare + _JOIN + text[len(bare) :])
        else:
            out.append(text)
    return "\n".join(out)


def _joins(tail: str, head: str) -> bool:
    if _FULL_WIDTH.match(tail) or _FULL_WIDTH.match(head):
        return True
    return bool(_WIDE.match(tail) and _WIDE.match(head))


def _folded(value: str) -> str:
    return _JOINED.sub("", value).replace(_JOIN, "") if _JOIN in value else value


# --- one pass over the events ---------------------------------------------------------------------

_Kind = Literal["plain", "quoted", "block", "flow"]


@dataclass(frozen=True)
class _Span:
    """What the parser read last: where it stands, and what kind of thing it is."""

    start: _Mark
    end: _Mark
    kind: _Kind


class _Frame:
    """A collection that is still open.

    In a mapping `wait` says that a key has been read and its value comes next; `key` is None there
    if the key was refused, so that its value is read and dropped.
    """

    __slots__ = (
        "bare",
        "flow",
        "key",
        "key_end",
        "keys",
        "lonely",
        "nested",
        "node",
        "pair",
        "start",
        "wait",
    )

    def __init__(self, node: Mapping | Sequence, start: _Mark, *, flow: bool, pair: bool) -> None:
        self.node = node
        self.start = start
        self.flow = flow
        self.pair = pair  # `[a: b]`: a mapping without braces
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None
        self.key_end = start
        self.wait = False
        self.nested = False  # `{{a}}`: braces in braces, a text
        self.bare: list[Scalar] = []  # keys of `{ }` without a colon
        self.lonely: _Fault | None = None  # `[a、b]`: a fault if nothing else is in the list


_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_KINDS: dict[Style, _Kind] = {
    "plain": "plain",
    "single": "quoted",
    "double": "quoted",
    "literal": "block",
    "folded": "block",
}


def _marks(event: yaml.Event) -> tuple[_Mark, _Mark]:
    return cast(_Mark, event.start_mark), cast(_Mark, event.end_mark)


class _Reading:
    """One pass: the tree, the faults of what parses all the same, and where the parser was last."""

    def __init__(self, lines: _Lines) -> None:
        self.lines = lines
        self.text = _with_joins(lines.lines)
        self.faults: list[_Fault] = []
        self.tree: Node | None = None
        self.stack: list[_Frame] = []
        self.last: _Span | None = None
        self.documents = 0
        self.too_deep = False

    def run(self) -> yaml.MarkedYAMLError | None:
        """Read all events; return the parser's error, if it had one."""
        parser = yaml.CSafeLoader(self.text)
        try:
            while (event := parser.get_event()) is not None:
                if not self._take(event):
                    break
        except yaml.MarkedYAMLError as error:
            return error
        except yaml.YAMLError:
            return yaml.MarkedYAMLError()
        return None

    def forget_open_brackets(self) -> None:
        """Drop the faults inside a bracket that was never closed: what it holds is not meant so."""
        start = next((self._at(frame.start) for frame in self.stack if frame.flow), None)
        if start:
            self.faults = [fault for fault in self.faults if fault.problem.at < start]

    def _take(self, event: yaml.Event) -> bool:
        """Take one event; return False to stop."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._document(event)
        return True

    def _at(self, mark: _Mark) -> At:
        return self.lines.at(mark.line, mark.column)

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        start, _ = _marks(event)
        self.documents += 1
        if self.documents > 1:
            self.faults.append(_Fault(_second_document(self._at(start))))
            return False
        if event.version or event.tags:
            self.faults.append(_Fault(_directive(self._at(start))))
        return True

    # collections

    def _open(self, event: yaml.CollectionStartEvent) -> bool:
        start, _ = _marks(event)
        at = self._at(start)
        if len(self.stack) >= MAX_DEPTH:
            self.too_deep = True
            self.faults.append(_Fault(_too_deep(at)))
            return False
        self._properties(event, event.tag)
        mapping = isinstance(event, yaml.MappingStartEvent)
        pair = mapping and bool(event.flow_style) and self.text[start.index] not in "{&!"
        node = Mapping(at=at) if mapping else Sequence(at=at)
        self.stack.append(_Frame(node, start, flow=bool(event.flow_style), pair=pair))
        return True

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        _, end = _marks(event)
        frame = self.stack.pop()
        if frame.flow and not frame.pair:
            self.last = _Span(frame.start, end, "flow")
        if frame.pair:
            raw = self.text[frame.start.index : end.index].rstrip()
            message = msg("A text inside [ ] cannot hold a colon followed by a space.")
            self.faults.append(_needs_quotes(self.lines, frame.start, raw, message))
        elif len(frame.bare) == len(frame.keys) and (frame.bare or frame.nested):
            self._braces(frame, end)
        else:
            self.faults += [_Fault(_no_colon(key)) for key in frame.bare]
        if frame.lonely and len(frame.node) == 1:
            self.faults.append(frame.lonely)
        self._add(frame.node)

    def _braces(self, frame: _Frame, end: _Mark) -> None:
        """Refuse `{…}` that is no group of entries but the beginning of a text, or all of it."""
        if self.stack and self._key_comes():
            self.stack[-1].nested = True
            return
        raw = self.text[frame.start.index : end.index]
        if "\n" not in raw:
            flow = self.in_flow(frame.start)
            raw = _value_at(self.lines, frame.start.line, frame.start.column, flow=flow)
        self.faults.append(_needs_quotes(self.lines, frame.start, raw, _meaning("{")))

    def _key_comes(self) -> bool:
        return isinstance(self.stack[-1].node, Mapping) and not self.stack[-1].wait

    def _add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self.stack:
            self.tree = node
            return
        frame = self.stack[-1]
        if isinstance(frame.node, Sequence):
            frame.node.append(node)
        elif not frame.wait and frame.nested:
            frame.wait = True
        elif not frame.wait:
            self._refuse_key(
                frame, node.at, msg("A list or a group cannot be the name of an entry.")
            )
        else:
            if frame.key is not None:
                frame.node[frame.key] = node
            frame.wait = False
            frame.key = None

    # keys

    def _key(self, frame: _Frame, key: Scalar, start: _Mark, end: _Mark) -> None:
        before = self.text[max(0, start.index - 20) : start.index].rstrip(" ")
        if before.endswith("?"):
            question = start.column - (min(20, start.index) - len(before)) - 1
            at = self.lines.at(start.line, max(0, question))
            self.faults.append(
                _Fault(_bad_key(at, msg("A question mark before a name is not used here.")))
            )
        if self.text[end.index : end.index + 1] == "\t":
            self.faults.append(_Fault(_tab(self.lines.at(end.line, end.column))))
        if not key:
            self._refuse_key(frame, key.at, msg("There is nothing before this colon."))
            return
        if key.style == "plain":
            self._wide_edges(key, start, end)
            if "：" in key or _SWALLOWS.search(key):
                fault = _entry_fault(self.lines, start.line, start.column)
                self.faults += [fault] if fault else []
        frame.wait = True
        frame.key_end = end
        first = frame.keys.get(key)
        if key == "<<" and key.style == "plain":
            self.faults.append(_Fault(_merge_key(key.at)))
        elif first is not None:
            self.faults.append(_Fault(_duplicate(key, first)))
        else:
            frame.key = frame.keys[key] = key

    def _refuse_key(self, frame: _Frame, at: At, message: Message) -> None:
        self.faults.append(_Fault(_bad_key(at, message)))
        frame.key = None
        frame.wait = True

    # scalars

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = _marks(event)
        style = _STYLES[event.style]
        if event.anchor or event.tag:
            self._properties(event, event.tag)
        if style == "plain" and event.value == "":
            self._nothing(start)
            return
        if self.text[start.index - 1 : start.index] == "\t":
            self.faults.append(_Fault(_tab(self.lines.at(start.line, start.column - 1))))
        scalar = Scalar(_folded(event.value), at=self._at(start), style=style)
        self.last = _Span(start, end, _KINDS[style])
        frame = self.stack[-1] if self.stack else None
        if style == "double" and _BAD_CHARACTER.search(scalar):
            self.faults.append(_Fault(_escaped(scalar.at)))
        if frame is not None and not frame.wait and isinstance(frame.node, Mapping):
            self._key(frame, scalar, start, end)
            return
        if style == "plain" and not event.anchor and not event.tag:
            self._plain(frame, scalar, start, end)
        elif scalar == "" and style in ("literal", "folded"):
            self._block_header(start)
        self._add(scalar)

    def _nothing(self, mark: _Mark) -> None:
        """Take an empty value; its place is the colon of its key or the dash of its item."""
        if not self.stack:
            return
        frame = self.stack[-1]
        if isinstance(frame.node, Sequence):
            at = self.lines.at(mark.line, max(0, mark.column - 1))
        elif not frame.wait:
            self._refuse_key(frame, self._at(mark), msg("There is nothing before this colon."))
            return
        else:
            end = frame.key_end
            colon = self.text.find(":", end.index, mark.index)
            at = self.lines.at(end.line, end.column + max(0, colon - end.index))
            if colon < 0 and frame.flow and frame.key is not None:
                self._bare_key(frame, frame.key)
        if self.text.startswith(" #", mark.index):
            self.faults.append(_lost_comment(self.lines, mark.line, mark.column, ""))
        self._add(Scalar("", at=at))

    def _bare_key(self, frame: _Frame, key: Scalar) -> None:
        end = frame.key_end
        start = end.column - len(key)
        fault = (
            _entry_fault(self.lines, end.line, start, end.column) if key.style == "plain" else None
        )
        if fault and start >= 0:
            self.faults.append(fault)
        else:
            frame.bare.append(key)

    def _plain(self, frame: _Frame | None, value: Scalar, start: _Mark, end: _Mark) -> None:
        """Find what a text without quotes loses or was meant to be."""
        if self.text.startswith(" #", end.index):
            self.faults.append(_lost_comment(self.lines, end.line, end.column, value))
        self._wide_edges(value, start, end)
        if frame is not None and frame.flow:
            if isinstance(frame.node, Sequence) and ("，" in value or "、" in value):
                self._wide_commas(frame, value, start, end)
        elif (
            ":" in value or "：" in value or value[0] == "-" or start.line != end.line
        ) or _OTHER_DASH.match(value):
            self._entries(value, start, end)

    def _wide_edges(self, value: str, start: _Mark, end: _Mark) -> None:
        """Refuse a wide space at the beginning or the end of a text without quotes."""
        if value[0] in _WIDE_SPACES:
            self._wide_edge(start.line, start.column)
        if value[-1] in _WIDE_SPACES and len(value) > 1 and self.text[end.index - 1] != _JOIN:
            self._wide_edge(end.line, end.column - 1)

    def _wide_edge(self, line: int, column: int) -> None:
        problem = _wide_space(self.lines.at(line, column), self.lines.lines[line][column])
        self.faults.append(_Fault(problem, (_Edit(line, column, 1, " "),)))

    def _entries(self, value: Scalar, start: _Mark, end: _Mark) -> None:
        """Find lines of a plain text that were meant to be entries or items of their own."""
        texts = self.lines.lines
        own_line = _DASHES.fullmatch(texts[start.line][: start.column]) is not None
        places = [(start.line, start.column)] if own_line else []
        for number in range(start.line + 1, end.line + 1):
            if bare := texts[number].lstrip(" "):
                places.append((number, len(texts[number]) - len(bare)))
        faults = [_entry_fault(self.lines, line, column) for line, column in places]
        if not self.stack or (len(faults) > 1 and own_line and all(faults)):
            self.faults += [fault for fault in faults if fault]
            return
        for (line, column), fault in zip(places, faults, strict=True):
            text = texts[line][column:]
            if fault and _SURELY_ENTRY.match(text):
                self.faults.append(fault)
            elif line > start.line and text.startswith("- "):
                self.faults.append(_Fault(_item_in_text(self.lines.at(line, column))))
                return
            elif not texts[line][:column].strip() and (
                dash := _other_dash(self.lines, line, column)
            ):
                self.faults.append(dash)

    def _wide_commas(self, frame: _Frame, value: Scalar, start: _Mark, end: _Mark) -> None:
        ids = _IDS.fullmatch(value) is not None
        signs = "，、" if ids else "，" if "，" in value else "、"
        fault = _wide_comma(self.lines, list(_find(self.lines, signs, start, end)))
        if ids or signs == "，":
            self.faults.append(fault)
        else:
            frame.lonely = fault

    def _block_header(self, start: _Mark) -> None:
        header = self.lines.lines[start.line][start.column :].rstrip()
        if len(header) > 1 and header[1].isdigit():
            self.faults.append(_needs_quotes(self.lines, start, header, _meaning(header[0])))

    # what we do not use

    def _properties(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, tag: str | None
    ) -> None:
        start, _ = _marks(event)
        if event.anchor:
            self.faults.append(_Fault(_anchor(self._at(start), event.anchor)))
        if tag == "!":
            text = _value_at(self.lines, start.line, start.column, flow=self.in_flow(start))
            self.faults.append(_needs_quotes(self.lines, start, text, _meaning("!")))
        elif tag:
            self.faults.append(_Fault(_tag(self._at(start))))

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, end = _marks(event)
        name = f"*{event.anchor}"
        at = self._at(start)
        self.faults.append(_Fault(_alias(at, name)))
        scalar = Scalar(name, at=at)
        if self.stack and self._key_comes():
            self._key(self.stack[-1], scalar, start, end)
        else:
            self._add(scalar)

    def in_flow(self, mark: _Mark) -> bool:
        """Tell whether a place lies inside `[ ]` or `{ }`; the events may lag behind the parser."""
        if any(frame.flow for frame in self.stack):
            return True
        before = self.lines.lines[mark.line][: mark.column]
        return len(_OPENS.findall(before)) > before.count("]") + before.count("}")


_OPENS = re.compile(r"(?:(?<=[\s\[{,])|^)[\[{]")


def _find(lines: _Lines, signs: str, start: _Mark, end: _Mark) -> Iterator[tuple[int, int]]:
    for number in range(start.line, end.line + 1):
        text = lines.lines[number]
        low = start.column if number == start.line else 0
        high = min(end.column, len(text)) if number == end.line else len(text)
        yield from ((number, column) for column in range(low, high) if text[column] in signs)


# --- what an entry without its space looks like ---------------------------------------------------

_NAME = "[^\\s:：,，、。；！？!?()（）\"'\\[\\]{}#]{1,30}"
_ENTRY = re.compile(f"(?P<name>{_NAME}) *(?P<colon>[:：])(?P<space>[ {_WIDE_SPACES}]*)(?P<rest>.*)")
_QUOTED_ENTRY = re.compile(
    r"""(?P<name>"[^"]*"|'[^']*')(?P<colon>[:：])(?P<space> *)(?P<rest>.*)"""
)
_SURELY_ENTRY = re.compile(r"[a-z][a-z0-9_-]* *(?:：|:(?=[^\x00-\x7f]))|-[^\d\s-]")
_SWALLOWS = re.compile(r":[\[{\"']")
_ITEM = re.compile(f"-(?P<space>[{_WIDE_SPACES}]?)(?P<rest>[^\\s-].*)")
# A doubled dash is punctuation.
_OTHER_DASH = re.compile(
    "(?P<dash>[\u2010-\u2015\u2212\u2022\u30fb\u30fc\uff0d\u00b7])(?!(?P=dash))\\s*(?P<rest>\\S.*)"
)
_IDS = re.compile(r"[a-z][a-z0-9:/#*_.-]*(?:\s*[，、]\s*[a-z][a-z0-9:/#*_.-]*)+")


def _entry_fault(lines: _Lines, line: int, column: int, end: int | None = None) -> _Fault | None:
    """Explain a line that should be `name: value` or `- item` but lacks the colon or the space."""
    text = lines.lines[line][:end]
    start = column + cast("re.Match[str]", _DASHES.match(text[column:])).end()
    if item := _ITEM.match(text, start):
        if item["space"]:
            return _wide_separator(lines, line, item.start("space"), item["space"])
        return _missing_space(lines, line, start, start + 1, f"- {_short(item['rest'])}")
    entry = _ENTRY.match(text, start) or _QUOTED_ENTRY.match(text, start)
    if entry is None:
        return None
    right = f"{entry['name']}: {_short(entry['rest'])}".rstrip()
    space = entry["space"]
    if entry["colon"] == "：":
        length = 1 + len(space)
        return _wide_colon(lines, line, entry.start("colon"), length, right)
    if space.startswith(" ") or not (space or entry["rest"]):
        return None
    if space:
        return _wide_separator(lines, line, entry.start("space"), space)
    return _missing_space(lines, line, entry.start("colon"), entry.end("colon"), right)


def _other_dash(lines: _Lines, line: int, column: int) -> _Fault | None:
    """Explain a list item that begins with a dash of an input method instead of “-”."""
    item = _OTHER_DASH.match(lines.lines[line], column)
    if item is None:
        return None
    problem = Problem(
        "syntax",
        lines.at(line, column),
        msg("A list item begins with “-”, not with “{sign}”.", sign=item["dash"]),
        msg("Write “{right}”.", right=f"- {_short(item['rest'])}"),
    )
    return _Fault(problem, (_Edit(line, column, item.start("rest") - column, "- "),))


def wide_colon(at: At, right: str) -> Problem:
    """Return the problem of a full-width colon where `right` should stand."""
    return Problem(
        "wide-colon",
        at,
        msg("The colon after a name must be the ordinary “:”, not the full-width “：”."),
        msg(
            "Write “{right}”; if the colon belongs to a text, put quotes around the text.",
            right=right,
        ),
    )


def _wide_colon(lines: _Lines, line: int, column: int, length: int, right: str) -> _Fault:
    problem = wide_colon(lines.at(line, column), right)
    return _Fault(problem, (_Edit(line, column, length, ": "),))


def _missing_space(lines: _Lines, line: int, column: int, after: int, right: str) -> _Fault:
    sign = lines.lines[line][column]
    problem = Problem(
        "missing-space",
        lines.at(line, column),
        msg("There must be a space after this “{sign}”.", sign=sign),
        msg("Write “{right}”.", right=right),
    )
    return _Fault(problem, (_Edit(line, after, 0, " "),))


def _wide_separator(lines: _Lines, line: int, column: int, run: str) -> _Fault:
    problem = _wide_space(lines.at(line, column), run[0])
    return _Fault(problem, (_Edit(line, column, len(run), " "),))


def _wide_comma(lines: _Lines, places: list[tuple[int, int]]) -> _Fault:
    line, column = places[0]
    problem = Problem(
        "wide-comma",
        lines.at(line, column),
        msg("The full-width “{sign}” does not separate here.", sign=lines.lines[line][column]),
        msg("Separate with “, ”; if the sign belongs to a text, put quotes around the text."),
    )
    return _Fault(problem, tuple(_Edit(at, col, 1, ", ") for at, col in places))


# --- texts that need quotes -----------------------------------------------------------------------


def _needs_quotes(lines: _Lines, start: _Mark, raw: str, message: Message) -> _Fault:
    raw = raw.replace(_JOIN, "")
    problem = Problem(
        "needs-quotes",
        lines.at(start.line, start.column),
        message,
        msg("Put quotes around the whole text: {quoted}", quoted=_quoted(_short(raw))),
    )
    if "\n" in raw or not raw:
        return _Fault(problem)
    return _Fault(problem, (_Edit(start.line, start.column, len(raw), _quoted(raw)),))


def _meaning(sign: str) -> Message:
    return msg(
        "A text cannot begin with “{sign}”: here this sign has a meaning of its own.", sign=sign
    )


def _quoted(text: str) -> str:
    """Return `text` in quotes; a text that only has wrong quotes around it gets right ones."""
    if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1] and '"' not in text[1:-1]:
        text = text[1:-1]
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _value_at(lines: _Lines, line: int, column: int, *, flow: bool) -> str:
    """Return the text meant from a place on: to the end of the line, in `[ ]` to the next comma."""
    text = lines.lines[line][column:]
    text = re.split(r"\s{2,}#", text, maxsplit=1)[0].rstrip()
    if not flow:
        return text
    depth = 0
    for index, character in enumerate(text):
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
        if depth < 0 or (depth == 0 and character == ","):
            return text[:index].rstrip()
    return text


# --- what the parser's errors mean ----------------------------------------------------------------


class _Explain:
    """Say in the user's words what one error of the parser means.

    The parser's own sentences are used as keys only; its words are never shown.
    """

    def __init__(self, lines: _Lines, reading: _Reading, error: yaml.MarkedYAMLError) -> None:
        self.lines = lines
        self.reading = reading
        self.problem = error.problem or ""
        self.context = error.context or ""
        here = error.problem_mark or error.context_mark or _Place(0, 0, 0)
        self.here = self._inside(here)
        self.there = self._inside(error.context_mark or here)

    def _inside(self, mark: _Mark) -> _Place:
        """Return the mark, moved to the last line that has any text if it stands behind it."""
        texts = self.lines.lines
        line = min(mark.line, len(texts) - 1)
        column = mark.column if line == mark.line else len(texts[line])
        while line > 0 and column >= len(texts[line]) and not texts[line].strip():
            line -= 1
            column = len(texts[line])
        return _Place(mark.index, line, min(column, len(texts[line])))

    def fault(self) -> _Fault:
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

    def _text(self, mark: _Mark) -> str:
        return self.lines.lines[mark.line][mark.column :]

    def _syntax(self, mark: _Mark, message: Message, hint: Message) -> _Fault:
        return _Fault(Problem("syntax", self.lines.at(mark.line, mark.column), message, hint))

    def _quote_from(self, mark: _Mark, message: Message) -> _Fault:
        value = _value_at(self.lines, mark.line, mark.column, flow=self.reading.in_flow(mark))
        if not value:
            return self._anything()
        return _needs_quotes(self.lines, mark, value, message)

    # signs

    def _tabbed(self) -> _Fault:
        line = self.here.line
        column = self.lines.lines[line].find("\t", self.here.column)
        if column < 0:
            return self._anything()
        edit = _Edit(line, column, 1, " ")
        return _Fault(_tab(self.lines.at(line, column)), (edit,))

    def _sign(self) -> _Fault:
        return self._quote_from(self.there, _meaning(self._text(self.there)[:1]))

    def _cannot_start(self) -> _Fault:
        return self._quote_from(self.here, _meaning(self._text(self.here)[:1]))

    def _tag(self) -> _Fault:
        return _Fault(_tag(self.lines.at(self.there.line, self.there.column)))

    def _percent(self) -> _Fault:
        return _Fault(_directive(self.lines.at(self.there.line, self.there.column)))

    # quotes

    def _open_quote(self) -> _Fault:
        return self._never_closed(self.there)

    def _never_closed(self, mark: _Mark) -> _Fault:
        return self._syntax(
            mark,
            msg("The quotation mark that opens here is not closed where its text ends."),
            msg("Close it at the end of the text; if it is part of the text, write “ ” instead."),
        )

    def _escape(self) -> _Fault:
        problem = Problem(
            "syntax",
            self.lines.at(self.here.line, self.here.column),
            msg("A backslash inside double quotes has a meaning of its own."),
            msg("Use single quotes around the text, or write two backslashes."),
        )
        if self._text(self.here).startswith("\\"):
            return _Fault(problem, (_Edit(self.here.line, self.here.column, 0, "\\"),))
        return _Fault(problem)

    def _goes_on(self) -> _Fault | None:
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
        if _DASHES.fullmatch(before) and _QUOTED_ENTRY.match(self._text(last.start)):
            return _entry_fault(self.lines, last.start.line, last.start.column)
        if last.kind == "quoted":
            message = msg("The text goes on after the closing quotation mark.")
        else:
            message = msg("A text that begins with “{sign}” goes on after the bracket.", sign=sign)
        return self._quote_from(last.start, message)

    # lines

    def _no_entry(self) -> _Fault:
        fault = _entry_fault(self.lines, self.there.line, self.there.column)
        fault = fault or _other_dash(self.lines, self.there.line, self.there.column)
        return fault or self._syntax(
            self.there,
            msg("This line is not of the form “name: value”."),
            msg(
                "Add the missing colon and a space; if the line continues the text above,"
                " indent it further than the name of that text."
            ),
        )

    def _colon_in_text(self) -> _Fault:
        last = self.reading.last
        if last is None or last.end.line != self.here.line:
            return self._anything()
        if last.start.line == last.end.line:
            return self._quote_from(last.start, _colon())
        if last.kind == "quoted":
            return self._never_closed(last.start)
        for number in range(last.start.line, last.end.line + 1):
            text = self.lines.lines[number]
            column = last.start.column if number == last.start.line else 0
            column += len(text[column:]) - len(text[column:].lstrip(" "))
            own_line = _DASHES.fullmatch(text[:column]) is not None
            if own_line and (fault := _entry_fault(self.lines, number, column)):
                return fault
        indent = self._indent(self.here.line)
        if indent == 0 or self._indent(last.start.line) == indent:
            return self._no_entry_at(last.start)
        return self._syntax(
            _Place(0, self.here.line, indent),
            msg("This line is indented further than the one above it, which already has its text."),
            msg("Give it the same indentation as the lines that belong to the same group."),
        )

    def _no_entry_at(self, mark: _Mark) -> _Fault:
        self.there = self._inside(mark)
        return self._no_entry()

    def _indent(self, line: int) -> int:
        text = self.lines.lines[line]
        return len(text) - len(text.lstrip(" "))

    def _misplaced(self) -> _Fault:
        if fault := self._goes_on():
            return fault
        line, column = self.here.line, self.here.column
        text = self._text(self.here)
        if text.startswith(":"):
            at = self.lines.at(line, column)
            return _Fault(_bad_key(at, msg("There is nothing before this colon.")))
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
            return _entry_fault(self.lines, line, column) or self._syntax(
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
        return _Fault(problem)

    # brackets

    def _in_brackets(self) -> _Fault:
        last = self.reading.last
        if self._text(self.here).startswith(":") and last and last.end.line == self.here.line:
            commas = list(_find(self.lines, "，、", last.start, last.end))
            if last.kind == "plain" and commas:
                return _wide_comma(self.lines, commas[-1:])
            if last.kind == "plain" and last.start.line == last.end.line:
                return self._quote_from(last.start, _colon())
        if fault := self._goes_on():
            return fault
        return self._open_bracket(self.there)

    def _open_bracket(self, mark: _Mark) -> _Fault:
        sign = self._text(mark)[:1]
        return self._syntax(
            mark,
            msg(
                "The bracket “{sign}” that opens here is not closed in the right place.", sign=sign
            ),
            msg("Close it, with “, ” between its parts; if it belongs to a text, quote the text."),
        )

    def _no_content(self) -> _Fault:
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

    def _after_end(self) -> _Fault:
        before = [text for text in self.lines.lines[: self.here.line] if text.strip()]
        if before and before[-1].startswith(("...", "---")):
            return _Fault(_second_document(self.lines.at(self.here.line, self.here.column)))
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

    def _indented_top(self) -> _Fault | None:
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
        return _Fault(problem, tuple(_Edit(number, 0, indent, "") for number in written))

    def _anything(self) -> _Fault:
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


# --- the sentences --------------------------------------------------------------------------------


def _colon() -> Message:
    return msg("A text without quotes cannot hold a colon followed by a space.")


def _lost_comment(lines: _Lines, line: int, column: int, value: str) -> _Fault:
    rest = lines.lines[line][column:].strip()
    whole = _quoted(_short(f"{value} {rest}".strip()))
    return _Fault(
        Problem(
            "lost-comment",
            lines.at(line, column + 1),
            msg("“{rest}” would be lost: a # after a space begins a note.", rest=_short(rest)),
            msg("As a part of the text: {whole}. As a note: two spaces before the #.", whole=whole),
        )
    )


def _second_document(at: At) -> Problem:
    return Problem(
        "second-document",
        at,
        msg("A second document begins here; a file holds only one."),
        msg("Remove the line “---” or “...”, or move what follows into a file of its own."),
    )


def _directive(at: At) -> Problem:
    return Problem(
        "syntax",
        at,
        msg("A line cannot begin with “%”: such instructions are not used here."),
        msg("Remove the line; if it is a text, indent it and put quotes around it."),
    )


def _too_deep(at: At) -> Problem:
    return Problem(
        "too-deep",
        at,
        msg("More than {depth} levels are nested here.", depth=MAX_DEPTH),
        msg("Look for brackets that are not closed, or for lines that are indented by mistake."),
    )


def _no_colon(key: Scalar) -> Problem:
    return Problem(
        "bad-key",
        key.at,
        msg(
            "“{name}” has no colon: between {{ }} stand pairs of name and value.", name=_short(key)
        ),
        msg("Write “name: value”; a list stands between [ ], a text between quotes."),
    )


def _bad_key(at: At, message: Message) -> Problem:
    hint = msg("Write each entry as “name: value”, the name a plain word.")
    return Problem("bad-key", at, message, hint)


def _merge_key(at: At) -> Problem:
    return Problem(
        "merge-key",
        at,
        msg("“<<” (take over the entries of another group) is not used here."),
        msg("Write the entries out."),
    )


def _duplicate(key: Scalar, first: Scalar) -> Problem:
    return Problem(
        "duplicate-key",
        key.at,
        msg("“{name}” stands twice in the same group.", name=_short(key)),
        msg("Remove one of the two, or give it another name."),
        (Related(first.at, msg("It stands here first.")),),
    )


def _item_in_text(at: At) -> Problem:
    return Problem(
        "syntax",
        at,
        msg("This list item stands under a text and would become a part of it."),
        msg("Indent it like the other items of its list; a list stands under its own name."),
    )


def _escaped(at: At) -> Problem:
    return Problem(
        "bad-text",
        at,
        msg("This text holds an invisible character, written with a backslash."),
        msg("Remove the backslash and what belongs to it."),
    )


def _anchor(at: At, name: str) -> Problem:
    return Problem(
        "anchor",
        at,
        msg("“&{name}” (a mark to refer back to) is not used here.", name=_short(name)),
        msg("Remove it; if it is part of a text, put quotes around the text."),
    )


def _alias(at: At, name: str) -> Problem:
    return Problem(
        "alias",
        at,
        msg("“{name}” (a reference to a mark) is not used here.", name=_short(name)),
        msg("Write out what is meant; if it is part of a text, put quotes around the text."),
    )


def _tag(at: At) -> Problem:
    return Problem(
        "tag",
        at,
        msg("A word that begins with “!” (a type) is not used here."),
        msg("Remove it; if it is part of a text, put quotes around the text."),
    )
