"""Writes a tree as YAML again, in any of many styles, by PyYAML's two emitters and one of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from baodian.source import Mapping, Node, Sequence

OURS = re.compile("[，、：]|:[^ ]|[\u3000\u00a0]")  # a text that the reader asks to put in quotes


@dataclass(frozen=True)
class Style:
    """How a tree is written. `flow`: "" never, "inner" for the innermost groups, "all"."""

    scalar: str | None = None
    flow: str = ""
    indent: int = 2
    width: int = 10**9
    indented: bool = False
    libyaml: bool = False
    explicit: bool = False
    after: Callable[[str], str] = str
    by: Callable[[Node], str] | None = None

    @property
    def folds(self) -> bool:
        """Tell whether lines may be broken, where texts in Chinese join without a space."""
        return self.width < 10**9 or self.by is broken

    def write(self, tree: Node) -> bytes:
        """Return the file."""
        text = self.by(tree) if self.by else self._emitted(tree)
        return self.after(text).encode()

    def _emitted(self, tree: Node) -> str:
        class Python(yaml.Dumper):
            def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
                super().increase_indent(flow, indentless and not style.indented)

        style = self
        events = [
            yaml.StreamStartEvent(),
            yaml.DocumentStartEvent(explicit=self.explicit),
            *self._events(tree),
            yaml.DocumentEndEvent(explicit=self.explicit),
            yaml.StreamEndEvent(),
        ]
        dumper: Any = yaml.CDumper if self.libyaml else Python
        text: str = yaml.emit(
            events, Dumper=dumper, indent=self.indent, width=self.width, allow_unicode=True
        )
        return text

    def _events(self, node: Node, *, flow: bool = False, key: bool = False) -> Iterator[yaml.Event]:
        if isinstance(node, Mapping | Sequence):
            children = node.values() if isinstance(node, Mapping) else node
            inner = all(isinstance(child, str) for child in children)
            flow = flow or self.flow == "all" or (self.flow == "inner" and inner)
        if isinstance(node, Mapping):
            yield yaml.MappingStartEvent(None, None, True, flow_style=flow)
            for name, value in node.items():
                yield from self._events(name, flow=flow, key=True)
                yield from self._events(value, flow=flow)
            yield yaml.MappingEndEvent()
        elif isinstance(node, Sequence):
            yield yaml.SequenceStartEvent(None, None, True, flow_style=flow)
            for item in node:
                yield from self._events(item, flow=flow)
            yield yaml.SequenceEndEvent()
        else:
            plain = self.scalar is None and not (OURS.search(node) and (flow or self.folds))
            style = None if key else self.scalar if self.scalar or plain else '"'
            implicit = (style is None, True)
            yield yaml.ScalarEvent(None, None, implicit, str(node), style=style)


def written(
    node: Node, level: int, *, key: str, value: str, step: str, text: Callable[[str], str]
) -> str:
    """Return a node in block style between given signs, each value on lines of its own."""
    pad = step * level
    go_on = {"key": key, "value": value, "step": step, "text": text}
    if isinstance(node, Mapping) and node:
        return "".join(
            f"\n{pad}{key}{json.dumps(k, ensure_ascii=False)}{value}"
            + written(v, level + 1, **go_on)  # type: ignore[arg-type]
            for k, v in node.items()
        )
    if isinstance(node, Sequence) and node:
        return "".join(f"\n{pad}-" + written(v, level + 1, **go_on) for v in node)  # type: ignore[arg-type]
    if isinstance(node, Mapping | Sequence):
        return f"\n{pad}{'{}' if isinstance(node, Mapping) else '[]'}"
    return f"\n{pad}{text(node).replace(chr(10), chr(10) + pad)}" if node else ""


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def quoted_in_lines(text: str) -> str:
    """Return a text in double quotes, each second space at a line's end taken away by a sign."""
    return re.sub(r"(\S) (\S+) (\S)", r"\1 \2\\\n\\ \3", quoted(text))


def single_in_lines(text: str) -> str:
    """Return a text in single quotes, broken at its spaces."""
    words = re.sub(r"(?<=[^\s]) (?=[^\s])", "\n", text.replace("'", "''"))
    return f"'{words}'" if "\n" not in text and text.strip() == text else quoted(text)


def broken(tree: Node) -> str:
    return written(tree, 0, key="", value=":", step=" ", text=single_in_lines)


def below(tree: Node) -> str:
    return written(tree, 0, key="", value=":", step=" ", text=quoted)


def below_wide(tree: Node) -> str:
    return written(tree, 0, key="", value=" :", step=" " * 8, text=quoted)


def escaped(tree: Node) -> str:
    return written(tree, 0, key="", value=":", step="  ", text=quoted_in_lines)


def noted(tree: Node) -> str:
    """Return the tree with notes between all lines and behind keys."""
    note = "  # 【注】：“#”\n# （注）。"
    return written(tree, 0, key="", value=":" + note, step="   ", text=quoted)


def asked(tree: Node) -> str:
    """Return the tree with its keys behind question marks and the values below."""
    text = written(tree, 0, key="? ", value="\n<>:", step="  ", text=quoted)
    lines, pad = [], ""
    for line in text.split("\n"):
        lines.append(pad + line[2:] if line.startswith("<>") else line)
        pad = line[: len(line) - len(line.lstrip(" "))]
    return "\n".join(lines)


def as_json(tree: Node) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=2)


def as_json_in_a_line(tree: Node) -> str:
    return json.dumps(tree, ensure_ascii=True)


STYLES: dict[str, Style] = {
    "block": Style(),
    "block, libyaml": Style(libyaml=True),
    "indented": Style(indented=True),
    "indented by 8": Style(indented=True, indent=8),
    "indent 3": Style(indent=3),
    "indent 4": Style(indent=4, libyaml=True),
    "indent 5": Style(indent=5, indented=True),
    "indent 6": Style(indent=6),
    "indent 7": Style(indent=7, libyaml=True),
    "single": Style("'"),
    "single, libyaml": Style("'", libyaml=True),
    "double": Style('"'),
    "double, libyaml": Style('"', libyaml=True),
    "literal": Style("|"),
    "literal, libyaml": Style("|", libyaml=True, indent=4),
    "literal, indented": Style("|", indented=True, indent=6),
    "folded": Style(">"),
    "folded, libyaml": Style(">", libyaml=True, indent=3),
    "flow": Style(flow="all"),
    "flow, libyaml": Style(flow="all", libyaml=True),
    "flow, double": Style('"', flow="all"),
    "flow, single": Style("'", flow="all", libyaml=True),
    "flow inside": Style(flow="inner"),
    "flow inside, indented": Style("'", flow="inner", indented=True, indent=4),
    "narrow": Style(width=20),
    "narrow, libyaml": Style(width=20, libyaml=True),
    "narrow, single": Style("'", width=12),
    "narrow, double": Style('"', width=10),
    "narrow, double, libyaml": Style('"', width=10, libyaml=True),
    "narrow, folded": Style(">", width=16),
    "narrow flow": Style('"', flow="all", width=30),
    "wide": Style(width=200, libyaml=True),
    "start and end": Style(explicit=True),
    "start and end, flow": Style(explicit=True, flow="all", libyaml=True),
    "CRLF": Style("|", after=lambda text: text.replace("\n", "\r\n")),
    "CR": Style(after=lambda text: text.replace("\n", "\r")),
    "byte order mark": Style(after=lambda text: "\ufeff" + text),
    "no last line break": Style("'", after=lambda text: text.rstrip("\n")),
    "spaces at the ends": Style('"', after=lambda text: re.sub("(?m)$", "  ", text)),
    "empty lines": Style("'", after=lambda text: text.replace("\n", "\n\n \n")),
    "notes": Style(by=noted),
    "values below": Style(by=below),
    "values below, indent 8": Style(by=below_wide),
    "quoted over lines": Style(by=broken),
    "quoted over lines, escaped": Style(by=escaped),
    "question marks": Style(by=asked),
    "JSON": Style(by=as_json),
    "JSON in a line": Style(by=as_json_in_a_line),
}
