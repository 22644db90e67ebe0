"""Each character of a text is told at its own line and column, in whatever style it is written."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from baodian.model.fields import Prose
from baodian.source import Mapping, Scalar, read
from baodian.text.joining import joined

STYLES = ["", "'", '"', "|", ">"]
TEXTS = st.text("客户说ab，。“ '\"#:-\\\n👍𠮷é*【】", min_size=1, max_size=60)


def value_of(source: str) -> Scalar | None:
    tree, problems = read(source.encode(), "f.yml")
    value = tree[Scalar("text")] if isinstance(tree, Mapping) and not problems else None
    return value if isinstance(value, Scalar) else None


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=300, deadline=None)
@given(text=TEXTS, width=st.integers(4, 40))
def test_every_sign_is_told_where_it_stands(style: str, text: str, width: int) -> None:
    source = yaml.dump({"a": "b", "text": text}, default_style=style or None, width=width,
                       allow_unicode=True)  # fmt: skip
    value = value_of(source)
    if value is None:
        return
    rows = source.split("\n")
    for field in (value, Prose.of(value, value.strip())):
        for n, sign in enumerate(field):
            if not sign.strip():
                continue
            at = field.where(n)
            there = rows[at.line - 1][at.column - 1 :]
            if value.style == "double":
                whole = re.match(r"\\(?:x..|u....|U.{8}|.)|.", there)
                there = yaml.safe_load(f'"{whole[0]}"') if whole and whole[0] != '"' else ""
            assert there.startswith(sign), (source, field, n, at)


def test_a_blank_stands_behind_the_sign_before_it() -> None:
    value = value_of("a: b\ntext: >\n  客户 说\n  好 了\n")
    assert value is not None
    assert value == "客户 说好 了\n"
    assert [(value.where(n).line, value.where(n).column) for n in range(len(value))] == [
        (3, 3), (3, 4), (3, 5), (3, 6), (4, 3), (4, 4), (4, 5), (4, 6),
    ]  # fmt: skip


def test_a_text_that_was_made_has_one_place() -> None:
    value = Scalar("甲乙")
    assert value.where(1) == value.at


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("客户\n说", "客户说"),
        ("客户，\nB2", "客户，B2"),
        ("B2\n（三台）", "B2（三台）"),
        ("word\nword", "word word"),
        ("客户\nVIP", "客户 VIP"),
        ("**客户**\n  说", "**客户**说"),
        ("𠮷\n客", "𠮷客"),
        ("甲  \n\n  乙", "甲乙"),
    ],
)
def test_lines_are_joined_by_the_signs_that_meet(lines: str, line: str) -> None:
    assert joined(lines) == line
