"""Reading YAML: each rule with its exact place, and what holds for any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodian.checks import writing
from baodian.said.messages import words
from baodian.said.problems import SEVERITY, At, Problem
from baodian.source import Mapping, Node, Scalar, Sequence, key_place, place, read

ENGLISH = words("en")
TELLS = {  # words of the parser, which no user should have to read
    "simple key",
    "block mapping",
    "block collection",
    "flow sequence",
    "flow mapping",
    "scalar",
    "token",
    "did not find",
    "stream",
}


def found(data: bytes | str) -> list[tuple[str, int, int]]:
    """Return code, line and column of each problem."""
    _, problems = read(data.encode() if isinstance(data, str) else data, "f.yml")
    return [(p.code, p.at.line, p.at.column) for p in problems]


def one(text: str) -> Problem:
    """Return the only problem of a text."""
    _, problems = read(text.encode(), "f.yml")
    assert len(problems) == 1
    return problems[0]


def clean(text: str) -> Node:
    """Return the tree of a text without problems."""
    tree, problems = read(text.encode(), "f.yml")
    assert problems == ()
    assert tree is not None
    return tree


def mended(text: str) -> Node | None:
    """Return the tree that is left after the problems were mended."""
    return read(text.encode(), "f.yml")[0]


def said(problem: Problem) -> str:
    """Return all that a user reads about a problem."""
    messages = [problem.message, problem.hint, *(r.message for r in problem.related)]
    return "\n".join(ENGLISH.text(m) for m in messages if m)


# --- the tree -------------------------------------------------------------------------------------


def test_every_node_knows_its_place_and_style() -> None:
    tree = clean("名称: 银卡\nlist:\n  - 'a'\n  - {k: \"v\"}\nlong: |\n  x\nfold: >-\n  y\n")
    assert isinstance(tree, Mapping)
    assert tree == {
        "名称": "银卡",
        "list": ["a", {"k": "v"}],
        "long": "x\n",
        "fold": "y",
    }
    assert tree.at == At("f.yml", 1, 1)
    assert [(k, k.at.line, k.at.column) for k in tree] == [
        ("名称", 1, 1),
        ("list", 2, 1),
        ("long", 5, 1),
        ("fold", 7, 1),
    ]
    values = tree[Scalar("名称")], tree[Scalar("long")], tree[Scalar("fold")]
    assert [(v.at.line, v.at.column) for v in values] == [(1, 5), (5, 7), (7, 7)]
    assert [v.style for v in values if isinstance(v, Scalar)] == ["plain", "literal", "folded"]
    items = tree[Scalar("list")]
    assert isinstance(items, Sequence)
    assert items.at == At("f.yml", 3, 3)
    assert isinstance(items[0], Scalar)
    assert (items[0].style, items[0].at) == ("single", At("f.yml", 3, 5))
    assert isinstance(items[1], Mapping)
    assert items[1].at == At("f.yml", 4, 5)
    inner = items[1][Scalar("k")]
    assert isinstance(inner, Scalar)
    assert (inner.style, inner.at) == ("double", At("f.yml", 4, 9))


@pytest.mark.parametrize(
    "text", ["NO", "12:30", "010", "70:30", "~", "null", "2026-12-01", "9" * 5000]
)
def test_nothing_is_interpreted(text: str) -> None:
    assert clean(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a:\nb: 1\n", (1, 2)),
        ("a :\nb: 1\n", (1, 3)),
        ("b: 1\n名称:\n", (2, 3)),
        ("x: {名称: , b: 1}\n", (1, 7)),
    ],
)
def test_an_empty_value_stands_at_the_colon(text: str, at: tuple[int, int]) -> None:
    tree = clean(text)
    assert isinstance(tree, Mapping)
    inner = tree.get(Scalar("x"), tree)
    assert isinstance(inner, Mapping)
    empty = next(v for v in inner.values() if v == "")
    assert isinstance(empty, Scalar)
    assert (empty.at.line, empty.at.column, empty.style) == (*at, "plain")


def test_an_empty_item_stands_at_its_dash() -> None:
    tree = clean("- a\n-\n")
    assert tree == ["a", ""]
    assert place(tree, (1,)) == At("f.yml", 2, 1)


def test_nodes_can_be_made_without_a_file() -> None:
    at = At("f.yml", 3, 4)
    assert (Scalar("x"), Scalar("x").style) == ("x", "plain")
    assert Scalar("x", at=at, style="single").at == at
    assert Mapping({Scalar("a"): Scalar("b")}, at=at) == {"a": "b"}
    assert Sequence([Scalar("a")], at=at).at == at


def test_place_walks_as_far_as_it_can() -> None:
    tree = clean("items:\n  甲: {text: x}\nlist: [a, b]\ndays:\n  1: y\n")
    assert place(tree, ()) == At("f.yml", 1, 1)
    assert place(tree, ("items", "甲", "text")) == At("f.yml", 2, 13)
    assert place(tree, ("items", "Item", "甲", "missing")) == At("f.yml", 2, 6)
    assert place(tree, ("list", 1)) == At("f.yml", 3, 11)
    assert place(tree, ("list", 2)) == At("f.yml", 3, 7)
    assert place(tree, ("days", 1)) == At("f.yml", 5, 6)


def test_key_place_is_the_place_of_the_key() -> None:
    tree = clean("items:\n  甲: {text: x}\ndays:\n  1: y\n")
    assert key_place(tree, ("items", "甲", "text")) == At("f.yml", 2, 7)
    assert key_place(tree, ("days", 1)) == At("f.yml", 4, 3)
    assert key_place(tree, ("items", "missing")) == At("f.yml", 2, 3)
    assert key_place(tree, ()) == At("f.yml", 1, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 甲\n  乙\n", "甲乙"),
        ("a: 甲，\n  VIP 卡\n", "甲，VIP 卡"),
        ("a: 甲\n  VIP\n", "甲 VIP"),
        ("a: one\n  two\n", "one two"),
        ("a: 甲 乙\n  “丙”\n", "甲 乙“丙”"),
        ("a: 甲\n\n  乙\n", "甲\n乙"),
        ('a: "甲\n  乙 \\u4e19。\n  丁"\n', "甲乙 丙。丁"),
        ('a: "甲\\\n  乙"\n', "甲乙"),
        ("a: '甲''\n  x\n  乙'\n", "甲' x 乙"),
        ("a: '**重\n  点**\n  后'\n", "**重点**后"),
        ("a: >\n  甲\n  乙\n  one\n  two\n\n  丙\n", "甲乙 one two\n丙\n"),
        ("a: >-\n  甲\n    乙\n  丙\n", "甲\n  乙\n丙"),
        ("a: |\n  甲\n  乙  \n  丙\n", "甲\n乙  \n丙\n"),
        ("a: [甲\n  乙, 丙]\n", ["甲乙", "丙"]),
        ("a: 甲\n  -\n  【乙】\n", "甲 -【乙】"),
        ('a: "甲\\\n  \\ ，乙"\n', "甲 ，乙"),
        ('a: "甲\\\\\n  ，乙"\n', "甲\\，乙"),
        ("a: >2\n  甲\n  乙\n", "甲乙\n"),
    ],
)
def test_chinese_lines_join_without_a_space(text: str, value: object) -> None:
    assert clean(text) == {"a": value}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: |\n  【客户称呼】，您好\n  ，请\n", {"a": "【客户称呼】，您好\n，请\n"}),
        ("a: >-\n  （甲）\n", {"a": "（甲）"}),
        ("a: |-  # 注。\n  （甲）\n", {"a": "（甲）"}),
        ("a: |2+\n  （甲）\n", {"a": "（甲）\n"}),
        ("a:\n  （甲）\n", {"a": "（甲）"}),
        ("a:\n  “（甲）”\n", {"a": "“（甲）”"}),
        ("a:\n  '（甲）'\n", {"a": "（甲）"}),
        ("a:\n  （甲）: 1\n", {"a": {"（甲）": "1"}}),
        ("（甲）:\n（乙）: 1\n", {"（甲）": "", "（乙）": "1"}),
        ("a:\n-\n  （甲）\n-\n  （乙）: 1\n", {"a": ["（甲）", {"（乙）": "1"}]}),
        ("a: [\n  （甲）,\n  （乙）\n  ]\n", {"a": ["（甲）", "（乙）"]}),
        ("a: {\n  （乙）:\n  （丙）\n  }\n", {"a": {"（乙）": "（丙）"}}),
        ("---\n（甲）: 1\n...\n", {"（甲）": "1"}),
        ("# 注。\n（甲）: 1\n# （注）\n", {"（甲）": "1"}),
        ("甲: 1  # 注。\n（乙）: 2\n", {"甲": "1", "（乙）": "2"}),
    ],
)
def test_a_line_that_begins_with_a_wide_sign_is_read_wherever_it_stands(
    text: str, tree: object
) -> None:
    assert clean(text) == tree


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_lines_and_columns_do_not_depend_on_how_the_file_was_saved(end: str, bom: str) -> None:
    text = bom + end.join(["名称: 银卡", "次序: '甲'", "选项: @x", ""])
    tree, problems = read(text.encode(), "f.yml")
    assert [(p.code, p.at.line, p.at.column) for p in problems] == [("needs-quotes", 3, 5)]
    assert isinstance(tree, Mapping)
    assert [(k, k.at.line, k.at.column) for k in tree] == [
        ("名称", 1, 1),
        ("次序", 2, 1),
        ("选项", 3, 1),
    ]


# --- each rule ------------------------------------------------------------------------------------

RULES: list[tuple[str, list[tuple[str, int, int]]]] = [
    # what the file is
    ("", [("empty-file", 1, 1)]),
    ("# only a note\n\n", [("empty-file", 1, 1)]),
    ("---\n", [("empty-file", 1, 1)]),
    ("a: 1\n---\nb: 1\n", [("second-document", 2, 1)]),
    ("a: 1\n...\nb: 1\n", [("second-document", 3, 1)]),
    ("%YAML 1.1\n---\na: 1\n", [("syntax", 1, 1)]),
    ("a: 1\n%5\n", [("syntax", 2, 1)]),
    ("a: 甲\u200b乙\nb: \x00\x07\n", [("bad-text", 1, 5), ("bad-text", 2, 4)]),
    ('a: 1\nb: "x\\x00"\n', [("bad-text", 2, 4)]),
    # spaces
    ("a:\n\tb: 1\n\tc: 2\n", [("tab", 2, 1), ("tab", 3, 1)]),
    ("a:\n  b:\n  \t  c: 2\n", [("tab", 3, 3)]),
    ("名称:\t银卡\n", [("tab", 1, 4)]),
    ("-\ta: 1\n", [("tab", 1, 2)]),
    ("a\t: 1\n", [("tab", 1, 2)]),
    ("a: |\n\tx\nb: 1\n", [("tab", 2, 1)]),
    ("a:\n　　b: 1\n", [("wide-space", 2, 1)]),
    ("a:\n \u00a0b: 1\n", [("wide-space", 2, 2)]),
    ("a: |\n　　甲\n", [("wide-space", 2, 1)]),
    ("a:\n    b: 1\n　　　c: 2\nd: 1\n", [("wide-space", 3, 1)]),
    ("a:　银卡\nb: 1\n", [("wide-space", 1, 3)]),
    ("a: 1\n-　银卡\n", [("wide-space", 2, 2)]),
    ("a: 　银卡　\n", [("wide-space", 1, 4), ("wide-space", 1, 7)]),
    ("名称　: 银卡\n", [("wide-space", 1, 3)]),
    ("a: {　b: 1}\n", [("wide-space", 1, 5)]),
    # what we do not use
    ("a: &abc x\n", [("anchor", 1, 4)]),
    ("a: &abc {b: 1}\n", [("anchor", 1, 4)]),
    ("a: *abc\nb: [甲, *x]\n", [("alias", 1, 4), ("alias", 2, 8)]),
    ("*abc : x\n", [("alias", 1, 1)]),
    ("a: !tag x\n", [("tag", 1, 4)]),
    ("a: !!python/object {}\n", [("tag", 1, 4)]),
    ("a: !x!y z\n", [("tag", 1, 4)]),
    ("<<: {a: 1}\nb: 1\n", [("merge-key", 1, 1)]),
    # depth
    ("[" * 51, [("too-deep", 1, 51)]),
    ("[" * 100_000, [("too-deep", 1, 51)]),
    ("- " * 51 + "a", [("too-deep", 1, 101)]),
    # keys
    ("甲: 1\n乙: 2\n甲: 3\n", [("duplicate-key", 3, 1)]),
    ('a: {b: 1, "b": 2}\n', [("duplicate-key", 1, 11)]),
    ("? a\nb: c\n", [("bad-key", 1, 3)]),
    ("a: 1\n? [b]\n: c\n", [("bad-key", 2, 3)]),
    ("{[a]: b, c: d}\n", [("bad-key", 1, 2)]),
    ("a: 1\n: b\n", [("bad-key", 2, 1)]),
    ("'': b\n", [("bad-key", 1, 1)]),
    ("a: {b, c: 1}\n", [("bad-key", 1, 5)]),
    # colons and dashes
    ("名称：银卡\n", [("wide-colon", 1, 3)]),
    ("a: 1\n名称：银卡\nb: 1\n", [("wide-colon", 2, 3)]),
    ("a: 1\n名称：\n  b: 1\n", [("wide-colon", 2, 3)]),
    ("a:\n  - name：银卡\n    id: x\n", [("wide-colon", 2, 9)]),
    ("a:\n  name：银卡\n", [("wide-colon", 2, 7)]),
    ("a:\n  名称：银卡\n  数量：3\n", [("wide-colon", 2, 5), ("wide-colon", 3, 5)]),
    ("a: {b: 1, 名称：银卡}\n", [("wide-colon", 1, 13)]),
    ("'名称'：银卡\nb: 1\n", [("wide-colon", 1, 5)]),
    ("名称：{a: 1}\n", [("wide-colon", 1, 3)]),
    ("名称:{a: 1}\n", [("missing-space", 1, 3)]),
    ("名称:银卡\n", [("missing-space", 1, 3)]),
    ("a: 1\n名称:银卡\nb:1\n", [("missing-space", 2, 3), ("missing-space", 3, 2)]),
    ("a: {名称:银卡, b: 1}\n", [("missing-space", 1, 7)]),
    ("a:\n  name:银卡\n", [("missing-space", 2, 7)]),
    ("a:\n- 甲\n-项目\n- 乙\n", [("missing-space", 3, 1)]),
    ("a:\n  -甲\n  -乙\n", [("missing-space", 2, 3), ("missing-space", 3, 3)]),
    # commas
    ("a: [rep，supervisor]\n", [("wide-comma", 1, 8)]),
    ("a: [退了吧，没意思，不订了]\n", [("wide-comma", 1, 8)]),
    ("a: [退了吧、没意思]\n", [("wide-comma", 1, 8)]),
    ("a: [a、b, c]\n", [("wide-comma", 1, 6)]),
    ("a: {b: 甲，c: 乙，d: 丙}\n", [("wide-comma", 1, 9), ("wide-comma", 1, 14)]),
    # lost texts
    ("a: 甲 #乙\n", [("lost-comment", 1, 6)]),
    ("a: #1 店\n", [("lost-comment", 1, 4)]),
    ("- 甲 # 乙\n- #1\n", [("lost-comment", 1, 5), ("lost-comment", 2, 3)]),
    ("a: [甲, 乙 #丙\n  ]\n", [("lost-comment", 1, 10)]),
    ("a: 甲\n  乙 #丙\n", [("lost-comment", 2, 5)]),
    ('a: "离店前"#2 号柜台\nb: 1\n', [("lost-comment", 1, 9)]),
    ("a: '离店前' #2 号柜台\n", [("lost-comment", 1, 10)]),
    ("a: '甲\n  乙' # 丙\n", [("lost-comment", 2, 6)]),
    ("a: 甲\t#乙\n", [("lost-comment", 1, 6)]),
    ("a: 甲\t# 乙\n", [("lost-comment", 1, 6)]),
    ("a: '甲' \t# 乙\n", [("lost-comment", 1, 9)]),
    ("a: [b]#x\n", [("lost-comment", 1, 7)]),
    ("a: [b] # x\n", [("lost-comment", 1, 8)]),
    ("a: {b: c} #x\nd: 1\n", [("lost-comment", 1, 11)]),
    ("a: {b: 甲 #乙\n  }\n", [("lost-comment", 1, 10)]),
    ("a: {b: '甲'#乙\n  , c: 丙}\n", [("lost-comment", 1, 11)]),
    ("a: [甲, #1,\n  乙]\n", [("lost-comment", 1, 8)]),
    ("a: [#1,\n  乙]\n", [("lost-comment", 1, 5)]),
    ("a: |#x\n  b\n", [("lost-comment", 1, 5)]),
    ("a: | # x\n  b\n", [("lost-comment", 1, 6)]),
    ("- >-2 #x\n   b\n", [("lost-comment", 1, 7)]),
    ("a: #1 店\n  - b\n", [("lost-comment", 1, 4)]),
    ("a: # 店\nb: 1\n", [("lost-comment", 1, 4)]),
    ("a: *b #x\n", [("alias", 1, 4), ("lost-comment", 1, 7)]),
    ("a: ''#x\n", [("lost-comment", 1, 6)]),
    ("'a'#x\n: b\n", [("lost-comment", 1, 4), ("syntax", 2, 1)]),
    ("a: [甲, '乙'#丙, 丁]\nb: 1\n", [("lost-comment", 1, 11)]),
    ("a: {b: [甲]#丙}\nb: 1\n", [("lost-comment", 1, 11)]),
    # quotes
    ("名称: *重点\n", [("needs-quotes", 1, 5)]),
    ("名称: **重点**\n", [("needs-quotes", 1, 5)]),
    ("a: &张三 x\n", [("needs-quotes", 1, 4)]),
    ("a: !重点\n", [("needs-quotes", 1, 4)]),
    ("a: ! 重点\n", [("needs-quotes", 1, 4)]),
    ("a: @张三\n", [("needs-quotes", 1, 4)]),
    ("a: %5\n", [("needs-quotes", 1, 4)]),
    ("a: `x`\n", [("needs-quotes", 1, 4)]),
    ("a: |甲\n", [("needs-quotes", 1, 4)]),
    ("a: > 90 天\n", [("needs-quotes", 1, 4)]),
    ("a: >9\nb: 1\n", [("needs-quotes", 1, 4)]),
    ("a: ,甲\n", [("needs-quotes", 1, 4)]),
    ("a: - 甲\n", [("needs-quotes", 1, 4)]),
    ("a: ? 甲\n", [("needs-quotes", 1, 4)]),
    ("a: {客户}欢迎\nb: 1\n", [("needs-quotes", 1, 4)]),
    ("a: {客户}\n", [("needs-quotes", 1, 4)]),
    ("a: {{客户}} 您好\n", [("needs-quotes", 1, 4)]),
    ("a: [注意]文字\n", [("needs-quotes", 1, 4)]),
    ("- [注意]文字\n", [("needs-quotes", 1, 3)]),
    ('a: "引号"之后还有字\nb: 1\n', [("needs-quotes", 1, 4)]),
    ("a: 'it's'\n", [("needs-quotes", 1, 4)]),
    ("a: {b: *重点, c: [@张三, 李四]}\n", [("needs-quotes", 1, 8), ("needs-quotes", 1, 17)]),
    ("text: 甲: 乙\nb: 1\n", [("needs-quotes", 1, 7)]),
    ("a: {text: 甲: 乙}\n", [("needs-quotes", 1, 11)]),
    ("a: [甲: 乙]\n", [("needs-quotes", 1, 5)]),
    # structure
    ('a: 1\nb: "甲\nc: 1\n', [("syntax", 2, 4)]),
    ('a: "甲\nb: 1\nc: "乙"\nd: 1\n', [("syntax", 1, 4)]),
    ("a: 'x\n", [("syntax", 1, 4)]),
    ('a: "x\\q"\n', [("syntax", 1, 6)]),
    ("a: [甲, 乙\nb: 1\n", [("syntax", 1, 4)]),
    ("a: {b: [甲}\n", [("syntax", 1, 8)]),
    ("a: {b: 甲\n", [("syntax", 1, 4)]),
    ("a: [甲,, 乙]\n", [("syntax", 1, 7)]),
    ("a: 1\n   b: 2\nc: 3\n", [("syntax", 2, 4)]),
    ("a:\n    b: 1\n  c: 2\n", [("syntax", 3, 3)]),
    ("a:\n  b: 1\n c: 2\n", [("syntax", 3, 2)]),
    ("a: 甲\n- 乙\n", [("syntax", 2, 1)]),
    ("a: 甲\n  - 乙\n  - 丙\n", [("syntax", 2, 3)]),
    ("a:\n  - 甲\n  b: 1\n", [("syntax", 3, 3)]),
    ("a: 甲\n  # 注\n  乙\n", [("syntax", 3, 3)]),
    ("a: 1\n甲 乙\nb: 1\n", [("syntax", 2, 1)]),
    ("{a: 1}\n{b: 2}\n", [("syntax", 2, 1)]),
]


@pytest.mark.parametrize(("text", "problems"), RULES, ids=[repr(text)[:50] for text, _ in RULES])
def test_a_fault_has_its_code_and_place(text: str, problems: list[tuple[str, int, int]]) -> None:
    assert found(text) == problems


@pytest.mark.parametrize("text", [text for text, _ in RULES], ids=lambda text: repr(text)[:50])
def test_a_fault_is_explained_in_our_words_with_a_hint(text: str) -> None:
    for problem in read(text.encode(), "f.yml")[1]:
        assert problem.code in SEVERITY
        assert problem.hint is not None
        assert not [tell for tell in TELLS if tell in said(problem)]


@pytest.mark.parametrize(
    "text",
    [
        "a: 甲  # a note\nb:  # a note\n  c: 1\nd: # above a group\n  e: 1\n",
        "a: [甲, 乙]  # a note\nb: 'x'   # a note\nc: |  # a note\n  d #e\n  # f\n# g\n",
        "a: [  # a note\n  甲,  # a note\n  # a note\n  乙, # above a text\n  丙  # a note\n  ]\n",
        "--- # a note\na: # above a text\n  甲\nb:\n  - # above a group\n    c: 1\n...  # a note\n",
        "#a note\n a: 1\n #a note\n b: 2\n#a note",
        "a: 甲#乙\nb: '甲 #乙'\n",
        "a: |\n  甲 #乙\n  　　丙\n  \t丁：x\n  -戊\n",
        "- 第一步：打招呼\n- QQ：1\n- script:says-will-stop\n- -5\n",
        "text:\n  目的：多联系\n",
        "a: {did: 先道歉，再对账, to: 退款、特批}\n",
        "a: [退货、换货, 赔偿]\nb: ['甲，乙', \"丙、丁\"]\n",
        "a: -30 到 0\nb: 【客户称呼】您好\nc: “引号”之后\nd: x]\ne: ?x\n",
        "a:\n  - b: 1\n\n  \t\n    c: 2\n",
        "script:old: script:new\nparam:x: {default: 1}\n",
        "---\na: 1\n",
        "? a\n: b\n? 'c'\n:\n  - d\n",
        "a: 1\n...\n",
    ],
)
def test_what_is_meant_as_written_stays(text: str) -> None:
    clean(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("名称：银卡\n数量:3\n", {"名称": "银卡", "数量": "3"}),
        ("a:\n-项目\n", {"a": ["项目"]}),
        ("a:\n\tb: 1\n\tc: 2\n", {"a": {"b": "1", "c": "2"}}),
        ("a: [甲，乙, 丙]\n", {"a": ["甲", "乙", "丙"]}),
        ("a: {客户}欢迎\n", {"a": "{客户}欢迎"}),
        ("a: 甲: 乙\nb: 'it's'\n", {"a": "甲: 乙", "b": "it's"}),
        ("a: {b: @甲, c: 丁}\n", {"a": {"b": "@甲", "c": "丁"}}),
        ("a: 1\na: 2\n<<: x\n", {"a": "1"}),
        ("a: *b\nc: &d e\n", {"a": "*b", "c": "e"}),
        ("a: 1\n---\nb: 1\n", {"a": "1"}),
        ("a:\n  b: 1\n c: 2\n", None),
        ('a: "x\nb: 1\n', None),
        ("[" * 60, None),
    ],
)
def test_the_tree_is_as_the_hint_says_or_none(text: str, tree: object) -> None:
    assert found(text)
    assert mended(text) == tree


def test_columns_stay_those_of_the_file_behind_a_mended_place() -> None:
    text = "a: {名称:银卡, b: @x，数量：3, b: 2}\n"
    assert found(text) == [
        ("missing-space", 1, 7),
        ("needs-quotes", 1, 15),
        ("duplicate-key", 1, 24),
    ]
    tree = mended(text)
    assert tree is not None
    assert place(tree, ("a", "b")) == At("f.yml", 1, 15)


def test_one_run_finds_what_stands_behind_a_broken_entry() -> None:
    text = 'a: "x\nb: 名称\nc:\n  d: 1\n e: 2\nf: @x\ng: 1\ng: 2\n'
    assert found(text) == [
        ("syntax", 1, 4),
        ("syntax", 5, 2),
        ("needs-quotes", 6, 4),
        ("duplicate-key", 8, 1),
    ]


def test_a_guessed_indentation_has_no_echo_but_another_tab_hides_nothing() -> None:
    assert found("a:\n    b: 1\n\tc: 2\nd: 1\n   e: 2\n") == [("tab", 3, 1)]
    assert found("a:\tb\nc: 1\n  d: 2\n") == [("tab", 1, 3), ("syntax", 3, 3)]


@pytest.mark.parametrize("run", ["\t", "　"])
@pytest.mark.parametrize("indent", ["  ", "    "])
def test_a_tab_is_taken_as_wide_as_makes_sense(run: str, indent: str) -> None:
    tree = {"a": {"b": {"c": "1"}, "d": {"c": "1"}}}
    for line in (f"{run}d:", f"{indent}{run}d:"):
        text = f"a:\n{indent}b:\n{indent * 2}c: 1\n{line}\n{indent * 2}c: 1\n"
        assert len(found(text)) == 1
        if line.startswith(indent):
            assert mended(text) == tree


def test_an_indented_first_entry_is_blamed_itself() -> None:
    assert found("# note\n a: 1\nb: 2\nc: @x\n") == [("syntax", 2, 1), ("needs-quotes", 4, 4)]
    assert mended("# note\n a: 1\nb: 2\n") == {"a": "1", "b": "2"}


def test_what_an_open_bracket_swallows_is_not_blamed() -> None:
    assert found("a: {b: [甲, c: 乙, d: [丙], e: 丁}\nf: @x\n") == [
        ("syntax", 1, 8),
        ("needs-quotes", 2, 4),
    ]


def test_mending_never_makes_a_line_explode() -> None:
    tree, problems = read(("[" * 20 + '"x\'y"z' + "]q" * 20).encode(), "f.yml")
    assert tree is None
    assert len(problems) < 20
    assert sum(len(said(problem)) for problem in problems) < 5000


def test_a_duplicate_names_the_first_place() -> None:
    problem = one("a: {甲: 1}\nb: {甲: 1, 甲: 2}\n")
    assert [r.at for r in problem.related] == [At("f.yml", 2, 5)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("名称：银卡\n", "“名称: 银卡”"),
        ("a: 1\n名称:银卡\n", "“名称: 银卡”"),
        ("a:\n  -项目\n", "“- 项目”"),
        ("a: @张三\n", '"@张三"'),
        ('a: "好"字\n', "'\"好\"字'"),
        ("a: 'it's'\n", '"it\'s"'),
        ("a: 甲 #乙\n", '"甲 #乙"'),
        ("a: 甲\t#乙\n", '"甲 #乙"'),
        ('a: "离店前"#2 号柜台\n', '"离店前#2 号柜台"'),
        ("a: [b]#x\n", '"[b]#x"'),
        ("a: #1 店\n", '"#1 店"'),
        ("a: | # x\n  b\n", "two spaces"),
        ("a: b\u00a0\n", "U+00A0"),
    ],
)
def test_a_hint_shows_the_right_form(text: str, part: str) -> None:
    assert part in said(one(text))


# --- bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "at", "name"),
    [
        ("a: 1\nb: 银卡\n".encode("gbk"), (2, 4), "GBK"),
        ("a: 1\r\n甲: 银卡𠀀\n".encode("gb18030"), (2, 1), "GB18030"),
        ("a: 银卡\n".encode("utf-16"), (1, 1), "UTF-16"),
        ("a: 1\nb: 2\n".encode("utf-16-be"), (1, 1), "UTF-16"),
        ("a: 1\nb: 2\n".encode("utf-16-le"), (1, 1), "UTF-16"),
        ("甲: 银".encode() + b"\xff\n", (1, 5), "UTF-8"),
    ],
)
def test_another_encoding_is_named(data: bytes, at: tuple[int, int], name: str) -> None:
    tree, problems = read(data, "f.yml")
    assert tree is None
    assert [(p.code, p.at.line, p.at.column) for p in problems] == [("not-utf8", *at)]
    assert name in ENGLISH.text(problems[0].message)


# --- any text at all ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *" \n\t:-?[]{},#&*!|>'\"%@`\\x甲乙：，、　\r\u2028\ufdd0\x00",
        *[": ", "- ", "\n  ", "  #", "<<", "---", "...", "a: ", "\n- "],
    ]
)
YAMLISH = st.lists(PIECES, max_size=60).map("".join)


def holds(data: bytes) -> None:
    """Check what must hold for any file."""
    tree, problems = read(data, "f.yml")
    assert tree is not None or problems
    lines = (
        data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    for problem in problems:
        assert problem.code in SEVERITY
        assert 1 <= problem.at.line <= len(lines)
        assert 1 <= problem.at.column <= len(lines[problem.at.line - 1]) + 1
        assert said(problem)
    assert read(data, "f.yml") == (tree, problems)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    holds(data)


@given(st.text(max_size=200))
def test_any_text_is_read_or_explained(text: str) -> None:
    holds(text.encode("utf-8", "surrogatepass"))


@given(YAMLISH)
def test_anything_like_yaml_is_read_or_explained(text: str) -> None:
    holds(text.encode())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_any_text_in_single_quotes_is_kept(text: str) -> None:
    tree, problems = read(f"a: '{text.replace(chr(39), chr(39) * 2)}'\n".encode(), "f.yml")
    if not problems:
        assert tree == {"a": text}
    else:
        assert {p.code for p in problems} == {"bad-text"}


# --- inputs that cost time ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "." * 20_000,
        "a: x\n" + ".\n" * 2_000,
        "a: " + "+ " * 10_000,
        'a: "' + "\\" * 20_001 + '\n  ，x"\n',
        'a: "x"#y\n' * 2_000,
        "a: " + "[]" * 10_000,
        "a: " + "[" * 100_000,
        "a: x" + " #" * 10_000,
    ],
    ids=lambda text: f"{text[:6]!r} {len(text)}",
)
def test_no_form_of_a_text_takes_long(text: str) -> None:
    start = time.process_time()
    read(text.encode(), "f.yml")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("甲...", ["..."]),
        ("甲....", ["..."]),
        ("...甲", ["..."]),
        (".....**甲", ["..."]),
        ("a...b", []),
        ("." * 20_000, []),
        ("." * 20_000 + "甲", ["..."]),
    ],
    ids=lambda value: f"{len(value)}",
)
def test_dots_are_read_once(text: str, signs: list[str]) -> None:
    start = time.process_time()
    assert [match[0][:3] for match in writing._SIGN.finditer(text)] == signs
    assert time.process_time() - start < 1
