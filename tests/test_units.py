"""Units in English go with their numbers, wherever a number stands beside one."""

import datetime
import re
import shutil
from pathlib import Path

import pytest

from baodian.meaning.words import short
from baodian.read import read
from baodian.said.messages import words
from baodian.starting import STARTER_EN
from baodian.text.signs import room
from baodian.text.units import agreed, agreeing, spans
from baodian.writers.html import render

WORDS = """
1 hours hour; 2 hour hours; 0 hours hours; 1.5 hour hours; 1 kinds kind; 21 kinds kinds
1 boxes box; 1 companies company; 1 glasses glass; 1 branches branch; 1 business days business day
1 bags of beans bag of beans; 1 kg kg; 2 kg kg; 1 % %; 1 台 台; 2 个月 个月; 1 bus bus
"""


@pytest.mark.parametrize("case", re.split(r"[;\n]\s*", WORDS.strip()))
def test_a_unit_goes_with_its_number(case: str) -> None:
    number, *both = case.split()
    half = len(both) // 2
    assert agreed(number, " ".join(both[:half])) == " ".join(both[half:])


def test_several_words_go_with_their_number() -> None:
    assert agreed("3", "business day") == "business days"


def test_a_frequency_goes_with_its_numbers() -> None:
    assert agreeing("at least 1 times a month") == "at least 1 time a month"
    assert agreeing("11 times every 1 weeks") == "11 times every 1 week"
    assert agreeing("每月 1 次") == "每月 1 次"


OFTEN = "often: {name: Visits a month, type: count, unit: times, default: 1, allowed: 1 to 4}"
EDITS = {
    "parameters.yml": {
        "unit: hours, default: 2": "unit: hours, default: 1",
        "unit: kg, default: 10, allowed: 5": "unit: bags, default: 1, allowed: 1",
        "unit: kg": "unit: bags",
        "answer-hours:": f"{OFTEN}\nanswer-hours:",
    },
    "tiers/order-level.yml": {"unit: kg": "unit: bags", "9 kg": "nothing", "kilos: 9": "kilos: 0"},
    "rhythms.yml": {"each: monthly": "each: at least 【param:often】 times a month"},
}


def test_no_page_has_one_of_several(tmp_path: Path) -> None:
    """A parameter in prose, a bound, a case and a frequency all have the number 1."""
    shutil.copytree(STARTER_EN, tmp_path / "p")
    for name, edits in EDITS.items():
        file = tmp_path / "p" / "playbook_data" / name
        text = file.read_text(encoding="utf-8")
        for old, new in edits.items():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    site = read(tmp_path / "p", datetime.date(2026, 12, 1)).site
    texts = {}
    for page in site.pages:
        html = render(page, site, words("en")).html
        texts[page.address] = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    wrong = {n: found for n, text in texts.items() if (found := re.findall(r"\b1 [a-z]+s\b", text))}
    assert wrong == {}
    assert "within 1 hour I tell you" in texts["scripts/bad-batch.html"]
    assert "at least 1 time a month" in texts["rhythms.html"]
    assert "under 1 bag" in texts["customers/order-level.html"]
    assert "1 kind" in texts["cases/first-second-order.html"]


def test_as_much_can_be_said_in_either_language() -> None:
    assert (room("每周上门看一次", 40), room("Visit once a week", 40)) == (40, 120)
    assert (
        short("Kilos a month that make a key customer") == "Kilos a month that make a key customer"
    )
    assert short("一" * 30) == "一" * 24 + "…"
    assert short("word " * 30) == f"{('word ' * 14).strip()}…"


def test_what_a_number_is_told_in_is_reckoned_in_the_unit_that_is_asked() -> None:
    days, months = dict(spans("天")), dict(spans("个月"))
    assert (days["天"], days["周"], days["月"], days["年"]) == (1, 7, 30, 365)
    assert (months["个月"], months["月"], months["年"]) == (1, 1, 12)
    assert "日" not in days  # 5日 is a date
    assert not {"天", "周"} & set(months)
    assert spans("天")[0] == ("天", 1)
    assert spans("台") == (("台", 1), ("辆", 1))
    assert spans("箱") == (("箱", 1),)
