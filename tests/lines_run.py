"""Which statements of the page writers run, and which conditions hold and fail, while one looks."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

Steps = dict[str, set[tuple[int, int]]]
"""By file: pairs of lines that ran one after the other in a function; 0 is before and after it."""


@contextmanager
def watched(folder: Path) -> Iterator[Steps]:
    """Note every step that the code of `folder` makes inside the block."""
    steps: Steps = defaultdict(set)
    last: dict[FrameType, int] = {}
    ours = f"{folder}/"

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        if event in ("line", "return"):
            line = frame.f_lineno if event == "line" else 0
            steps[frame.f_code.co_filename].add((last.get(frame, 0), line))
            last[frame] = line or frame.f_lineno
        return inside

    def called(frame: FrameType, _event: str, _: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(ours) else None

    before = sys.gettrace()
    sys.settrace(called)
    try:
        yield steps
    finally:
        sys.settrace(before)


def left_out(file: Path, steps: set[tuple[int, int]]) -> list[str]:
    """Return what never ran in the functions of a file, and conditions that went one way only."""
    text = file.read_text(encoding="utf-8")
    lines, ran = text.splitlines(), {line for _, line in steps}
    told = []
    for node in _statements(ast.parse(text)):
        head = _head(node)
        if not ran & set(head):
            told.append(f"never: {lines[node.lineno - 1].strip()}")
        elif isinstance(node, ast.If) and not node.orelse:
            body = range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)
            if not any(a in head and b not in head and b not in body for a, b in steps):
                told.append(f"always: {lines[node.lineno - 1].strip()}")
    return told


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements inside functions, but for docstrings, `global` and inner `def`."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                if (
                    isinstance(node, ast.stmt)
                    and not said
                    and not isinstance(node, ast.FunctionDef)
                ):
                    yield node


def _head(node: ast.stmt) -> range:
    """Return the lines of a statement, without those of the statements inside it."""
    inner = [n.lineno for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt)]
    if isinstance(node, ast.Match):
        inner = [case.pattern.lineno for case in node.cases]
    return range(node.lineno, min(inner, default=(node.end_lineno or node.lineno) + 1))
