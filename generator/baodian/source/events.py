"""One pass over the parser's events, with a stack of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

import yaml

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.source import unquoted
from baodian.source.characters import tab_found
from baodian.source.entries import (
    OTHER_DASH,
    SWALLOWS,
    entry_fault,
    needs_quotes,
    sign_has_meaning,
    value_at,
)
from baodian.source.joins import JOIN, folded, with_joins
from baodian.source.lines import Fault, Lines, Mark
from baodian.source.notes import losses
from baodian.source.sentences import (
    alias_refused,
    anchor_refused,
    bad_key,
    directive_refused,
    duplicate,
    escaped,
    lost_comment,
    merge_key,
    no_colon,
    second_document,
    tag_refused,
    thousands,
    too_deep,
)
from baodian.source.spots import Spots
from baodian.source.tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence, Style
from baodian.text.signs import out_of_place

_Kind = Literal["plain", "quoted", "block", "flow"]


@dataclass(frozen=True)
class _Span:
    """What the parser read last: where it stands, and what kind of thing it is."""

    start: Mark
    end: Mark
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

    def __init__(self, node: Mapping | Sequence, start: Mark, *, flow: bool, pair: bool) -> None:
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
        self.lonely: Fault | None = None  # `[a、b]`: a fault if nothing else is in the list


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


def _marks(event: yaml.Event) -> tuple[Mark, Mark]:
    return cast(Mark, event.start_mark), cast(Mark, event.end_mark)


class Reading:
    """One pass: the tree, the faults of what parses all the same, and where the parser was last."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.text = with_joins(lines.lines)
        self.faults: list[Fault] = []
        self.tree: Node | None = None
        self.stack: list[_Frame] = []
        self.last: _Span | None = None
        self.last_text = ""  # what `last` says, for hints
        self.noted = (0, 0)  # index and line up to which notes were looked for
        self.empty = False  # whether the last event was a missing value
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
            if behind := _NOTE_BEHIND.match(self.text, self.noted[0]):
                self._notes(behind.end())
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
        start, end = _marks(event)
        self._notes(start.index)
        self.noted = max(self.noted, (end.index, end.line))
        self.empty = isinstance(event, yaml.ScalarEvent) and start.index == end.index
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

    def _at(self, mark: Mark) -> At:
        return self.lines.at(mark.line, mark.column)

    def _notes(self, end: int) -> None:
        """Refuse what is lost as a note between the last event and `end`."""
        for index in losses(self.text, self.noted[0], end, empty=self.empty):
            line = self.noted[1] + self.text.count("\n", self.noted[0], index)
            self.noted = index, line
            column = index - self.text.rfind("\n", 0, index) - 1
            bare = self.lines.lines[line][:column].rstrip(" \t")
            own = self.last and (self.last.end.line, self.last.end.column) == (line, len(bare))
            value = self.last_text if own else "" if self.empty else None
            self.faults.append(lost_comment(self.lines, line, column, value))

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        start, _ = _marks(event)
        self.documents += 1
        if self.documents > 1:
            self.faults.append(Fault(second_document(self._at(start))))
            return False
        if event.version or event.tags:
            self.faults.append(Fault(directive_refused(self._at(start))))
        return True

    # collections

    def _open(self, event: yaml.CollectionStartEvent) -> bool:
        start, _ = _marks(event)
        at = self._at(start)
        if len(self.stack) >= MAX_DEPTH:
            self.too_deep = True
            self.faults.append(Fault(too_deep(at)))
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
            self.last_text = self.text[frame.start.index : end.index].partition("\n")[0]
        if frame.pair:
            raw = self.text[frame.start.index : end.index].rstrip()
            message = msg("A text inside [ ] cannot hold a colon followed by a space.")
            self.faults.append(needs_quotes(self.lines, frame.start, raw, message))
        elif len(frame.bare) == len(frame.keys) and (frame.bare or frame.nested):
            self._braces(frame, end)
        else:
            self.faults += [Fault(self._no_colon(key)) for key in frame.bare]
        if frame.lonely and len(frame.node) == 1:
            self.faults.append(frame.lonely)
        self._add(frame.node)

    def _no_colon(self, key: Scalar) -> Problem:
        """Return what is wrong with a name alone; it may be the rest of a number with a comma."""
        before = self.lines.lines[key.at.line - 1][: key.at.column - 1]
        head = re.search(r"[0-9][0-9,]*,$", before)
        tail = re.match(r"[0-9]{3}(?![0-9])", key)
        if head and tail:
            return thousands(key.at, head[0] + tail[0])
        return no_colon(key)

    def _braces(self, frame: _Frame, end: Mark) -> None:
        """Refuse `{…}` that is no group of entries but the beginning of a text, or all of it."""
        if self.stack and self._key_comes():
            self.stack[-1].nested = True
            return
        raw = self.text[frame.start.index : end.index]
        if "\n" not in raw:
            flow = self.in_flow(frame.start)
            raw = value_at(self.lines, frame.start.line, frame.start.column, flow=flow)
        self.faults.append(needs_quotes(self.lines, frame.start, raw, sign_has_meaning("{")))

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

    def _key(self, frame: _Frame, key: Scalar, start: Mark, end: Mark) -> None:
        if self.text[end.index : end.index + 1] == "\t":
            self.faults.append(Fault(tab_found(self.lines.at(end.line, end.column))))
        if not key:
            self._refuse_key(frame, key.at, msg("There is nothing before this colon."))
            return
        if key.style == "plain":
            self._wide_edges(key, start, end)
            if "：" in key or SWALLOWS.search(key):
                fault = entry_fault(self.lines, start.line, start.column)
                self.faults += [fault] if fault else []
        frame.wait = True
        frame.key_end = end
        first = frame.keys.get(key)
        if key == "<<" and key.style == "plain":
            self.faults.append(Fault(merge_key(key.at)))
        elif first is not None:
            self.faults.append(Fault(duplicate(key, first)))
        else:
            frame.key = frame.keys[key] = key

    def _refuse_key(self, frame: _Frame, at: At, message: Message) -> None:
        self.faults.append(Fault(bad_key(at, message)))
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
            self.faults.append(Fault(tab_found(self.lines.at(start.line, start.column - 1))))
        text = folded(event.value)
        begins, ends = (start.line, start.column), (end.line, end.column)
        spot = Spots(self.lines, text, style, begins, ends)
        scalar = Scalar(text, at=self._at(start), style=style, spot=spot)
        self.last, self.last_text = _Span(start, end, _KINDS[style]), scalar
        frame = self.stack[-1] if self.stack else None
        raw = self.text[start.index : end.index] if style == "double" and "\\" in self.text else ""
        if raw and any(scalar[s.start : s.end] not in raw for s in out_of_place(scalar)):
            self.faults.append(Fault(escaped(scalar.at)))
        if frame is not None and not frame.wait and isinstance(frame.node, Mapping):
            self._key(frame, scalar, start, end)
            return
        if style == "plain" and not event.anchor and not event.tag:
            self._plain(frame, scalar, start, end)
        elif scalar == "" and style in ("literal", "folded"):
            self._block_header(start)
        if style in ("literal", "folded"):
            self.noted = start.index, start.line
            self._notes(max(start.index, self.text.find("\n", start.index)))
            self.noted = end.index, end.line
        self._add(scalar)

    def _nothing(self, mark: Mark) -> None:
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
            elif colon < 0 and not frame.flow:
                at = frame.key.at if frame.key is not None else self._at(end)
                self.faults.append(
                    Fault(bad_key(at, msg("A question mark before a name is not used here.")))
                )
        self._add(Scalar("", at=at))

    def _bare_key(self, frame: _Frame, key: Scalar) -> None:
        end = frame.key_end
        start = end.column - len(key)
        fault = (
            entry_fault(self.lines, end.line, start, end.column) if key.style == "plain" else None
        )
        if fault and start >= 0:
            self.faults.append(fault)
        else:
            frame.bare.append(key)

    def _plain(self, frame: _Frame | None, value: Scalar, start: Mark, end: Mark) -> None:
        """Find what a text without quotes loses or was meant to be."""
        self._wide_edges(value, start, end)
        if frame is not None and frame.flow:
            if isinstance(frame.node, Sequence) and ("，" in value or "、" in value):
                fault, sure = unquoted.wide_commas(self.lines, value, start, end)
                if sure:
                    self.faults.append(fault)
                else:
                    frame.lonely = fault
        elif (
            ":" in value or "：" in value or value[0] == "-" or start.line != end.line
        ) or OTHER_DASH.match(value):
            self.faults += unquoted.entries(self.lines, start, end, outermost=not self.stack)

    def _wide_edges(self, value: str, start: Mark, end: Mark) -> None:
        joined = self.text[end.index - 1] == JOIN
        self.faults += unquoted.wide_edges(self.lines, value, start, end, joined=joined)

    def _block_header(self, start: Mark) -> None:
        header = self.lines.lines[start.line][start.column :].rstrip()
        if len(header) > 1 and header[1].isdigit():
            self.faults.append(needs_quotes(self.lines, start, header, sign_has_meaning(header[0])))

    # what we do not use

    def _properties(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, tag: str | None
    ) -> None:
        start, _ = _marks(event)
        if event.anchor:
            self.faults.append(Fault(anchor_refused(self._at(start), event.anchor)))
        if tag == "!":
            text = value_at(self.lines, start.line, start.column, flow=self.in_flow(start))
            self.faults.append(needs_quotes(self.lines, start, text, sign_has_meaning("!")))
        elif tag:
            self.faults.append(Fault(tag_refused(self._at(start))))

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, end = _marks(event)
        name = f"*{event.anchor}"
        at = self._at(start)
        self.faults.append(Fault(alias_refused(at, name)))
        scalar = Scalar(name, at=at)
        self.last, self.last_text = _Span(start, end, "plain"), name
        if self.stack and self._key_comes():
            self._key(self.stack[-1], scalar, start, end)
        else:
            self._add(scalar)

    def in_flow(self, mark: Mark) -> bool:
        """Tell whether a place lies inside `[ ]` or `{ }`; the events may lag behind the parser."""
        if any(frame.flow for frame in self.stack):
            return True
        before = self.lines.lines[mark.line][: mark.column]
        return len(_OPENS.findall(before)) > before.count("]") + before.count("}")


_NOTE_BEHIND = re.compile(r"[ \t]*#")
_OPENS = re.compile(r"(?:(?<=[\s\[{,])|^)[\[{]")
