"""The one Markdown: what is typed is seen, or told at its place; what a novice means is meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodian.text import dialect
from baodian.text.dialect import FIELD, PAGE, Tags, literal

ANY = settings(max_examples=600, deadline=None)
PIECES = (
    "甲", "乙丙", "，", "。", "a", "b1", " ", "  ", "    ", "\t", "\n", "\n\n", "\n- ", "\n1. ",
    "\n2. ", "\n  - ", "\n    - ", "\n+ ", "\n> ", "\n# ", "\n#", "\n| a | b |\n| --- | --- |\n",
    "|", "\n| 1 | 2 |", "*", "**", "***", "_", "__", "`", "``", "\n```\n", "\n~~~\n", "<name>",
    "<b>", "</b>", "<kbd>", "</kbd>", "\n<div>", "</div>", "<p>", "<br>", "<", "&", "&amp;", "&lt",
    "&#42;", "\\", "\\*", "[甲](a.md)", "[x]", "](", "[", "]", "(a.md)", "{", "}", "{.x}", "{#id}",
    "【script:x】", "!!!", " note", "\n!!! note\n    ", '\n!!! tip "说"\n', "\n---\n", "\n===\n",
    "\n--\n", "\n=\n", "：", "1、", "（2）", "\n[x]: a.md\n", "<!--", "-->", "!", "~", "^", ":",
    "3*4*5", "https://a.cn", "<https://a.cn>", "\n***\n", "👍", "𠮷",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def html(text: str, tags: Tags = PAGE) -> str:
    strict = dialect.strict(text, tags.names).text
    made = dialect.cleaned(dialect.converted(dialect.marked(strict, literal)), tags)
    return re.sub(r"(?<=>)\s+|\s+(?=</?(?:[uo]l|li|t[a-z]*)\b)", "", made)


@ANY
@given(text=TEXTS, tags=st.sampled_from([FIELD, PAGE]))
def test_whatever_is_put_together_is_seen_as_it_says(text: str, tags: Tags) -> None:
    assert dialect.lost(dialect.strict(text, tags.names), tags) is None


@ANY
@given(text=TEXTS, tags=st.sampled_from([FIELD, PAGE]))
def test_no_word_is_lost_without_a_word(text: str, tags: Tags) -> None:
    """Letters that stand in no mark are seen in their order, or a slip tells why not."""
    strict = dialect.strict(text, tags.names)
    hidden = re.compile(
        r"<[^<>]*>|&#?\w+;?|\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]:?[^\n]*|!!![^\n]*|[`~]{3}[^\n]*"
        r"|(?m:^[ >+\t-]*\d+\.)"
    )
    wanted = re.sub(r"[^甲乙丙ab]", "", hidden.sub("", text))
    seen = iter(strict.shown)
    assert strict.slips or "<!--" in text or all(sign in seen for sign in wanted)


@ANY
@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=40))
def test_literal_words_are_seen_as_they_stand(text: str) -> None:
    shown = dialect.visible(dialect.cleaned(dialect.converted(f"甲{literal(text)}乙"), PAGE))
    assert shown == "".join(f"甲{text}乙".split())


@pytest.mark.parametrize("tags", [FIELD, PAGE])
@pytest.mark.parametrize(
    "typed",
    [
        "A请填<name>再发", "毛利<B 或 C>D 都行", "规格3*4*5厘米", "长*宽*高", "2**3**4",
        "a_b_c 和 ____", "5 > 3 < 7", "R&D 与 &x;", r"\\服务器\共享", "[注]: 见下", "[甲](乙)",
        "{注意}", "#1 柜台", "#话题#", "<B>加</B>", "<p>没有收尾", "价格<a>元", "`没有收尾",
        "**没有收尾", "~~删~~", "3. ", "!!! 注意 价格", "[TOC]", "*[缩写]: 全名",
        "C#", "1.甲", "-甲", "<script>x</script>",
    ],
)  # fmt: skip
def test_a_sign_that_is_no_mark_stays_as_typed(typed: str, tags: Tags) -> None:
    assert dialect.visible(html(typed, tags)) == "".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("三件事：\n- 甲\n- 乙", "<p>三件事：</p><ul><li>甲</li><li>乙</li></ul>"),
        ("三件事：\n1. 甲\n2. 乙", "<p>三件事：</p><ol><li>甲</li><li>乙</li></ol>"),
        ("- 甲\n以上", "<ul><li>甲</li></ul><p>以上</p>"),
        ("- 甲\n1. 乙", "<ul><li>甲</li></ul><ol><li>乙</li></ol>"),
        ("1. 甲\n- 乙", "<ol><li>甲</li></ol><ul><li>乙</li></ul>"),
        ("3. 甲\n4. 乙", '<ol start="3"><li>甲</li><li>乙</li></ol>'),
        ("1. 甲\n  - 乙\n2. 丙", "<ol><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol>"),
        ("- 甲\n  续\n- 乙", "<ul><li>甲续</li><li>乙</li></ul>"),
        ("说：\n> 引\n后", "<p>说：</p><blockquote><p>引</p></blockquote><p>后</p>"),
        (">100万的单", "<p>&gt;100万的单</p>"),
        ("说\n## 题\n文", '<p>说</p><h2 id="_1">题</h2><p>文</p>'),
        ("甲\n---\n乙", "<p>甲</p><hr><p>乙</p>"),
        ("1、甲\n2、乙", "<p>1、甲<br>2、乙</p>"),
        ("甲\n乙\nab\ncd", "<p>甲乙 ab cd</p>"),
        ("**甲**\n[乙](a.md)\n丙", '<p><strong>甲</strong><a href="a.md">乙</a>丙</p>'),
        ("<p>甲\n乙</p>", "<p>甲乙</p>"),
        ("前**重点：**后", "<p>前<strong>重点：</strong>后</p>"),
        ("<kbd>A</kbd><br>`a<b`", "<p><kbd>A</kbd><br><code>a&lt;b</code></p>"),
        ("看[这][x]\n\n[x]: a.md", '<p>看<a href="a.md">这</a></p>'),
        ("# 付款 {#pay}", '<h1 id="pay">付款</h1>'),
    ],
)
def test_what_a_novice_means(typed: str, made: str) -> None:
    assert html(typed) == made


def test_a_table_right_below_a_line_is_a_table() -> None:
    made = html("价格：\n| 甲 | 乙 |\n|---|:--|\n| 1 | a\\|b |\n完")
    assert made.startswith("<p>价格：</p><table><thead><tr><th>甲</th>")
    assert "<td>1</td>" in made
    assert "a|b</td>" in made
    assert made.endswith("</table><p>完</p>")


@pytest.mark.parametrize(
    ("text", "offset", "code"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | 三 |", 30, "lost-text"),
        ("| a | b |\n|---|\n| 1 | 2 |", 10, "lost-text"),
        ("| a | b |\n| 1 | 2 |", 0, "lost-text"),
        ("1. a\n3. b", 5, "lost-text"),
        ("+ " * 300 + "a", 16, "too-deep"),
        ("> " * 300 + "a", 16, "too-deep"),
        ("\n".join("  " * n + "- a" for n in range(60)), 104, "too-deep"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_place(text: str, offset: int, code: str) -> None:
    slips = dialect.strict(text, PAGE.names).slips
    assert [slip.code for slip in slips] == [code]
    assert slips[0].offset == offset
    assert dialect.lost(dialect.strict(text, PAGE.names), PAGE) is None


def test_the_proof_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    strict = dialect.strict("请填<name>再发", PAGE.names)
    assert dialect.lost(strict, PAGE) is None
    monkeypatch.setattr(dialect.html, "converted", lambda text: "<p>请填再发</p>")
    assert dialect.lost(strict, PAGE) == 2
