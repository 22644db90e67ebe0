"""What does not fit a field is told together with a form that the field itself accepts."""

from __future__ import annotations

import re

import pytest
from test_model import FIELDS

from baodian.model.fields import Bad, Field, OneOf
from baodian.said.messages import words
from baodian.source import Mapping, Scalar, Sequence

WRONG = (
    Mapping({Scalar("a"): Scalar("b")}), Sequence([Scalar("a"), Scalar("b")]), Scalar(""),
    Scalar("  "), Scalar("这不对"), Scalar("Gold Card!"), Scalar("几次"), Scalar("一个月两三次"),
    Scalar("often"), Scalar("次"), Scalar("10 到"), Scalar("9 到 2"), Scalar("大约十来个"),
    Scalar("1,00"), Scalar("1.5.2"), Scalar("-3"), Scalar("99999999999999"), Scalar("9" * 14),
    Scalar("2026-13-41"), Scalar("1812-01-01"), Scalar("2026年12月1日"), Scalar("12 月 1 日"),
    Scalar("90"), Scalar("天"), Scalar("电话 12"), Scalar("abc"), Scalar("12x3456 789"),
    Scalar("script says"), Scalar("script:"), Scalar("a:b/c"), Scalar("tier gold"),
    Scalar("tier/gold, tier/silver"), Scalar("活跃/忠诚"), Scalar("con"), Scalar("x" * 70),
    Scalar("S 2 9"), Scalar("maybe"), Scalar("3 台"), Scalar("一行\n两行"), Scalar("Leave_Shop"),
)  # fmt: skip
TYPED = [field for field in FIELDS if field is not OneOf]  # it is only a type with its words


def NAME(field: type[Field]) -> str:  # noqa: N802
    return f"{field.__name__}-{len(field.forms)}"


def shown(text: str) -> set[str]:
    """Return what a hint shows: between quotation marks, or in a list after a colon."""
    found = set(re.findall("“([^“”]+)”", text))
    for colon in re.finditer("[:：]", text):
        after = text[colon.end() :].partition("\n")[0].strip().rstrip(".。")
        found |= set(re.split(r", |、|；|; | / ", after)) | {after}
    one_of = re.findall(r"one of (.+?)[.]?$", text, re.MULTILINE)
    for some in one_of:
        found |= set(some.split(", "))
    return {re.sub(r"[（(][^（()）]*[）)]$", "", piece).strip() for piece in found} | found


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("field", TYPED, ids=NAME)
def test_a_slip_is_told_with_a_form_that_fits(field: type[Field], language: str) -> None:
    t = words(language)
    told = 0
    for wrong in WRONG:
        try:
            field.accept(wrong)
        except Bad as bad:
            told += 1
            text = t.text(bad.message) + "\n" + (t.text(bad.hint) if bad.hint else "")
            # what is wrong may be repeated, and does not fit itself
            assert any(fits(field, piece) for piece in shown(text)), f"{wrong!r}: {text}"
    assert told >= 4


def fits(field: type[Field], text: str) -> bool:
    try:
        field.accept(Scalar(text))
    except Bad:
        return False
    return True


@pytest.mark.parametrize("field", TYPED, ids=NAME)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_form_of_a_field_is_accepted_by_it_and_looks_like_its_pattern(
    field: type[Field], language: str
) -> None:
    t = words(language)
    forms = [form if isinstance(form, str) else t.text(form) for form in field.forms]
    assert forms
    for form in forms:
        assert fits(field, form), form
        assert re.search(field.pattern, form), form


@pytest.mark.parametrize("field", TYPED, ids=NAME)
def test_no_pattern_takes_less_than_its_field(field: type[Field]) -> None:
    """Each field is fed what others accept, in other widths and with blanks around it."""
    t = words("zh-CN")
    forms = {str(form) if isinstance(form, str) else t.text(form)
             for other in FIELDS for form in other.forms} | set(map(str, WRONG[2:]))  # fmt: skip
    wide = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
    for text in forms:
        for way in (text, f" {text} ", text.translate(wide), text.upper(), text.title(),
                    text.replace(" ", ""), f"{text} 次", f"至少 {text}"):  # fmt: skip
            if fits(field, way):
                assert re.search(field.pattern, way), (field, way)
