"""Telephone numbers: what is dialled is the number, and nothing that cannot be dialled passes."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from baodian.model import telephones
from baodian.model.fields import Bad
from baodian.read import read
from baodian.writers.outline import outline

SMALL = Path(__file__).parent / "small_playbook"


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("110", [("110", "110", "")]),
        (" 12345 ", [("12345", "12345", "")]),
        ("400-123-4567", [("400-123-4567", "4001234567", "")]),
        ("(0512) 8888 6666", [("(0512) 8888 6666", "051288886666", "")]),
        ("０５１２-88886666", [("0512-88886666", "051288886666", "")]),
        ("0512-88886666 转 802", [("0512-88886666 转 802", "051288886666,802", "")]),
        ("88886666 分机802", [("88886666 分机802", "88886666,802", "")]),
        ("+1 555 010 0199 ext. 7", [("+1 555 010 0199 ext. 7", "+15550100199,7", "")]),
        ("+86 138 0013 8000", [("+86 138 0013 8000", "+8613800138000", "")]),
        ("400-123-4567（9:00-18:00）", [("400-123-4567", "4001234567", "（9:00-18:00）")]),
        (
            "13800138000 / 13900139000",
            [("13800138000", "13800138000", ""), ("13900139000", "13900139000", "")],
        ),
        (
            "13800138000（白天）、0512-88886666转8，110",
            [
                ("13800138000", "13800138000", "（白天）"),
                ("0512-88886666转8", "051288886666,8", ""),
                ("110", "110", ""),
            ],
        ),
    ],
)
def test_a_number_is_dialled_as_it_is_meant(text: str, calls: list[tuple[str, str, str]]) -> None:
    wanted = tuple(telephones.Call(text, f"tel:{dial}", beside) for text, dial, beside in calls)
    assert telephones.parse(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "找老王", "12", "110 120", "13800138000 13900139000", "0512-88886666/7777", "110 /",
     "0512-88886666 9:00-18:00", "0512-88886666-802", "400-1234567-8", "138001380001",
     "**110**", "110（13800138000）", "+86 0512 88886666", "【script:x】", "110 晚上"],
)  # fmt: skip
def test_what_cannot_be_dialled_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(Bad) as caught:
        telephones.parse(text)
    assert caught.value.code == "bad-telephone"
    assert caught.value.hint == telephones.form()


def test_every_number_has_a_link_of_its_own(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SMALL, tmp_path / "small"))
    data = project / "playbook_data"
    with (data / "parameters.yml").open("a", encoding="utf-8") as file:
        file.write("duty: {name: 值班, type: phone, default: １３８００１３８０００}\n")
    (data / "escalation.yml").write_text(
        "refund: {what: 退款, to: supervisor, by: 当天}\n"
        "hurt: {what: 有人受伤, to: rep, by: 马上,"
        " tel: 【param:duty】（夜里） / 0512-88886666 转 802（9:00-18:00）}\n",
        encoding="utf-8",
    )
    pages = {p.address: outline(p) for p in read(project, datetime.date(2026, 12, 1)).site.pages}
    for address, hrefs in {
        "escalation.html": ("tel:13800138000", "tel:051288886666,802"),
        "parameters.html": ("tel:13800138000",),
    }.items():
        for href in hrefs:
            assert href in pages[address]
    assert "（夜里）" in pages["escalation.html"]
    assert "（9:00-18:00）" in pages["escalation.html"]
