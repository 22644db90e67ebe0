"""What is left of a style sheet: all that can hold, word for word, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import material
import pytest

from baodian.publish.assets import THEME
from baodian.publish.pruned import packed, pruned, rules, without_unasked

MATERIAL = Path(material.__file__).parent / "templates/assets/stylesheets"
SHEETS = [*sorted((THEME / "css").glob("*.css")), *sorted(MATERIAL.glob("*.css"))]
ALL = frozenset(re.findall(r"[\w-]+", "".join(p.read_text(encoding="utf-8") for p in SHEETS)))


@pytest.mark.parametrize("file", SHEETS, ids=lambda f: f.name)
def test_where_all_is_used_all_stays(file: Path) -> None:
    sheet = packed(file.read_text(encoding="utf-8"))
    whole = "".join(f"{head}{{{body}}}" if body else head for head, body in rules(sheet))
    assert whole == sheet.strip()
    without_empty = re.sub(r"(?<=[{}])[^{}]*\{\}", "", sheet)
    assert pruned(sheet, ALL) == without_empty.strip()
    assert without_unasked(pruned(sheet, ALL), " ".join(ALL)) == without_empty.strip()


@pytest.mark.parametrize(
    ("sheet", "used", "left"),
    [
        (".a{x:1}.b{x:2}", "a", ".a{x:1}"),
        (".a,.b .c,p{x:1}", "a", ".a,p{x:1}"),
        (".a.b{x:1}.a .b{x:1}", "a", ""),
        ("@media print{.b{x:1}}@media print{.a{x:1}}", "a", "@media print{.a{x:1}}"),
        ("@supports (x:1){@media print{.b{x:1}.a{x:1}}}", "a",
         "@supports (x:1){@media print{.a{x:1}}}"),
        (":is(.a,.b) p{x:1}p:not(.b){x:1}", "a", ":is(.a,.b) p{x:1}p:not(.b){x:1}"),
        ('p[x=".b"]{x:1}', "a", 'p[x=".b"]{x:1}'),
        ("[dir=rtl] .a{x:1}[dir=ltr] .a{x:1}", "a ltr", "[dir=ltr] .a{x:1}"),
        ('[data-md-color-primary="red"]{x:1}', "a", ""),
        ("[data-other=red]{x:1}", "a", "[data-other=red]{x:1}"),
        ('.a{x:url("b;}.c{")}', "a", '.a{x:url("b;}.c{")}'),
        ("@keyframes b{0%{x:1}}@page{margin:1cm}", "", "@keyframes b{0%{x:1}}@page{margin:1cm}"),
        ('@charset "UTF-8";.b{x:1}', "", '@charset "UTF-8";'),
        (".a(.b,{x:1}", "", ".a(.b,{x:1}"),
    ],
)  # fmt: skip
def test_a_selector_stays_if_all_its_classes_are_used(sheet: str, used: str, left: str) -> None:
    assert pruned(sheet, _set(used)) == left


def test_a_value_that_nobody_asks_for_goes_with_what_only_it_asked_for() -> None:
    sheet = ":root{--a:var(--b);--b:1;--c:hsla(var(--d),1);--d:url('x;y');--e:2}p{x:var( --c )}"
    assert without_unasked(sheet, "") == (
        ":root{--c:hsla(var(--d),1);--d:url('x;y')}p{x:var( --c )}"
    )
    assert "--e:2" in without_unasked(sheet, "style.setProperty('--e', 3)")


def test_what_means_something_is_not_packed_away() -> None:
    sheet = 'a :is(b, c) { x: calc(1px + 2px); /* no */ y: "a  {  b" ; }\n\n.d  .e{}'
    assert packed(sheet) == 'a :is(b,c){x: calc(1px + 2px);y: "a  {  b"}.d .e{}'


def _set(words: str) -> Collection[str]:
    return frozenset(words.split())
