"""Our own words: whatever the code says is said in Chinese too, nothing lost on the way."""

from __future__ import annotations

import gettext
import io
import re
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from baodian.model.interval_texts import parse
from baodian.model.intervals import Interval
from baodian.rules import Dimension, Overlap, Rule, describe, overlaps
from baodian.rules.mends import suggest
from baodian.said.messages import LANGUAGES, LOCALE_DIR, Message, Words, msg, words

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT / "generator"
CATALOGUE = LOCALE_DIR / "zh_CN" / "LC_MESSAGES" / "baodian.po"
HAN = "[\u3400-\u9fff]"


@cache
def in_code() -> dict[str, set[str]]:
    """Return every word of ours that the code holds, and the files it stands in."""
    named = re.search(r"^KEYWORDS := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert named
    with (GENERATOR / "babel.cfg").open(encoding="utf-8") as text:
        methods, options = parse_mapping_cfg(text)
    found: dict[str, set[str]] = {}
    for file, _, word, _, _ in extract_from_dir(
        GENERATOR / "baodian", methods, options, parse_keywords(named[1].split())
    ):
        assert isinstance(word, str), f"{file}: one word at a time, not {word}"
        found.setdefault(word, set()).add(file)
    return found


@cache
def catalogue() -> Catalog:
    """Return the Chinese words as their file holds them."""
    with CATALOGUE.open(encoding="utf-8") as text:
        return read_po(text, locale="zh_CN", abort_invalid=True)


@cache
def chinese() -> Words:
    """Return the Chinese words, compiled here and now, so that no old `.mo` is tested."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    return Words("zh-CN", gettext.GNUTranslations(compiled))


def translated() -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogue() if m.id and m.string and not m.fuzzy}


def gaps(text: str) -> set[str]:
    return {name.partition("|")[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_words_are_found_in_every_kind_of_file():
    files = {file for found in in_code().values() for file in found}
    wanted = {"cli.py", "source/sentences.py", "pages/looks.py", "templates/talk.html"}
    assert wanted | {"theme/main.html"} <= {file.replace("\\", "/") for file in files}


def test_every_word_of_the_code_is_translated():
    lost = {word: sorted(in_code()[word]) for word in in_code().keys() - translated().keys()}
    assert not lost, "run `make words` and translate them in " + CATALOGUE.name


def test_the_catalogue_holds_no_word_that_the_code_lost():
    assert not translated().keys() - in_code().keys()
    assert not catalogue().obsolete


def test_the_gaps_of_a_word_are_the_gaps_of_its_translation():
    wrong = {}
    for word, text in translated().items():
        try:
            same = gaps(word) == gaps(text)
        except ValueError:  # a lone brace: shown as it is, so it cannot have gaps
            same = not re.search(r"\{\w+\}", word + text)
        if not same:
            wrong[word] = text
    assert not wrong


def test_chinese_sentences_have_chinese_punctuation():
    half = re.compile(rf"{HAN}[,.?!;]{HAN}|{HAN}[,.?!;]$|{HAN}\s+{HAN}(?!.*[{{0-9])")
    assert not {text for text in translated().values() if half.search(text)}


def test_a_sentence_ends_in_both_languages_or_in_neither():
    ends, chinese_ends = tuple(".?"), tuple("。？")
    assert not {
        word: text
        for word, text in translated().items()
        if word.endswith(ends) != text.endswith(chinese_ends)
    }


INTERVALS = [
    Interval(low, high, low_included, high_included)
    for low, high in product((None, 0, 30, "dead-after"), (None, 30, 90, "lost-after"))
    for low_included, high_included in product((True, False), repeat=2)
    if (low is not None or high is not None)
    and (low != high or (low_included and high_included))  # else no number lies in it
]


@pytest.mark.parametrize("interval", dict.fromkeys(INTERVALS), ids=str)
def test_an_interval_in_chinese_is_read_back(interval):
    assert parse(interval.words(chinese())) == interval


def test_how_to_mend_rules_is_said_in_chinese_and_can_be_written_down():
    trucks = Dimension("trucks", "在用台数", "whole", parse("1 以上"), unit="台")
    rules = tuple(
        Rule(name, ({"trucks": parse(text)},))
        for name, text in (("ordinary", "1"), ("silver", "2 到 10"), ("gold", "10 以上"))
    )
    (found,) = overlaps((trucks,), rules)
    assert isinstance(found, Overlap)
    assert describe((trucks,), found.example, chinese()) == "10 台"
    names = {"ordinary": "普通客户", "silver": "银卡", "gold": "金卡"}
    advice = suggest((trucks,), found, rules, names)
    assert isinstance(advice, Message)
    said = chinese().text(advice)
    assert said == "请把银卡的“在用台数”改成“2 到 9”，或把金卡的“在用台数”改成“11 以上”。"
    for written in re.findall(r"改成“(.+?)”", said):
        parse(written)


def test_a_list_is_joined_as_chinese_joins_it():
    assert (
        chinese()
        .text(msg("The kinds are {kinds}.", kinds=("role", "case")))
        .endswith("role、case。")
    )


def test_every_language_but_english_has_a_catalogue():
    kept = {path.parents[1].name for path in LOCALE_DIR.rglob("*.po")}
    assert kept == {name.replace("-", "_") for name in LANGUAGES if name != "en"}


def test_the_word_beside_a_number_goes_with_it() -> None:
    english = words("en")
    assert english("{n} {n|question|questions}", n=1) == "1 question"
    assert english("{n} {n|page is|pages are} built", n="1") == "1 page is built"
    assert english("{n} {n|error|errors}", n=0) == "0 errors"
    assert english("{n} {n|day|days}", n="{n}") == "{n} {n|day|days}"
    assert english("{a} {a|day|days} of {b} {b|day|days}", a=1, b=2) == "1 day of 2 days"


def test_no_english_word_takes_one_for_many() -> None:
    """A noun that follows a number has a form for one, or its number is never one."""
    numbers = "n|days|customers|hours|minutes|times|rounds|need|over|plan|yes|no|all|wanted|total"
    counted = re.compile(rf"\{{(?:{numbers})\}} [a-z-]{{3,}}s\b")
    never_one = (
        "at most {n} digits", "in {n} places", "listen for {n} things", "on the page {n} times",
        "on its page {n} times", "has {n} characters", "more than {n} times", "in {n} years",
    )  # fmt: skip
    words = {w for w in in_code() if counted.search(w) and not any(n in w for n in never_one)}
    assert words == set()
