"""Joins between Chinese lines: a fold between two Han characters leaves no space."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml

from baodian.source.tree import MAX_DEPTH
from baodian.text.joining import joins

JOIN = "\ufdd0"
_ESCAPED_END = re.compile(r"(?<!\\)(?:\\\\)*\\$")  # the backslash that takes the line break away
_JOINED = re.compile(JOIN + r" *(?=\S)")


def with_joins(lines: list[str]) -> str:
    """Return the text with a mark at the end of each line that must join the next without a space.

    Only where a text goes on in the next line and the parser would fold the two: there a mark is a
    character of that text, and no sign of YAML can be touched. It stands before the space of the
    fold, which `folded` takes out; where nothing was folded it vanishes.
    """
    text = "\n".join(lines)
    if not any(joins(line, following) for line, following in pairwise(lines)):
        return text
    joined = list(lines)
    for number, quoted in _continued(text):
        line, following = lines[number], lines[number + 1]
        bare = line.rstrip(" \t")
        if joins(line, following) and not (quoted and _ESCAPED_END.search(line)):
            joined[number] = bare + JOIN + line[len(bare) :]
    return "\n".join(joined)


def _continued(text: str) -> Iterator[tuple[int, bool]]:
    """Yield each line whose text goes on in the next one, and whether it stands in double quotes.

    Stops where the parser does, and where the nesting is too deep to be read.
    """
    parser = yaml.CSafeLoader(text)
    depth = 0
    with contextlib.suppress(yaml.YAMLError):
        while depth <= MAX_DEPTH and (event := parser.get_event()) is not None:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.ScalarEvent) and event.style != "|":
                start, end = _line(event.start_mark), _line(event.end_mark)
                for number in range(start + (event.style == ">"), end):
                    yield number, event.style == '"'


def _line(mark: Any) -> int:  # noqa: ANN401
    return int(mark.line)


def folded(value: str) -> str:
    """Return a value with its Chinese lines joined."""
    return _JOINED.sub("", value).replace(JOIN, "") if JOIN in value else value
