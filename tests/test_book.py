"""The customer book: sixty customers pasted from a sheet, against a table reckoned by hand.

`book/customers.tsv` is the sheet, with dates as people and spreadsheets write them. `classes.tsv`
and `due.tsv` say what each customer is and who is due on 1 December 2026, reckoned from the words
of the shipped rhythms, classes and timetables, not by our code: a change there must be meant.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baodian.model.quantities import Frequency
from baodian.pages import book, ground
from baodian.playbook import Edition, Playbook
from baodian.said.messages import words
from baodian.source import Scalar

NODE = os.environ.get("NODE", "node")
HERE = Path(__file__).parent
TODAY = date(2026, 12, 1)


def table(name: str) -> list[list[str]]:
    """Return the lines of a table without its heading."""
    text = (HERE / "book" / f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@pytest.fixture(scope="module")
def data(shipped: Playbook) -> dict[str, Any]:
    """What the page hands over."""
    return dict(book.data(ground(shipped, Edition(words("zh-CN"), TODAY))))


@pytest.fixture(scope="module")
def told(data: dict[str, Any]) -> dict[str, Any]:
    """What the scripts make of the sheet."""
    sheet = (HERE / "book" / "customers.tsv").read_text(encoding="utf-8")
    given = json.dumps({"data": data, "sheet": sheet, "today": TODAY.isoformat()})
    script = HERE / "scripts" / "book.mjs"
    done = subprocess.run([NODE, script], input=given, capture_output=True, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_every_line_and_column_of_the_sheet_is_read(told: dict[str, Any]) -> None:
    assert (told["wrong"], told["unknown"], told["valid"]) == ([], [], True)
    assert len(told["customers"]) == 60


def test_each_customer_has_the_class_that_the_rules_give(told: dict[str, Any]) -> None:
    wanted = {code: [c for c in classes.split(", ") if c] for code, classes in table("classes")}
    assert told["classes"] == wanted


@pytest.mark.parametrize("when", ["today", "soon"])
def test_who_is_due_in_which_order_and_why(told: dict[str, Any], when: str) -> None:
    wanted = [[code, due.split("; ")] for part, code, due in table("due") if part == when]
    assert told[when] == wanted


def test_the_table_for_excel_can_be_pasted_again(told: dict[str, Any]) -> None:
    """All but the names of promises and runs, which are made anew, and days without a class."""

    def plain(customer: Any) -> Any:
        rows = [*customer["promises"], *customer["plans"]]
        return {**customer, "ids": len({row.pop("id") for row in rows}) == len(rows)}

    again = {code: plain(one) for code, one, wrong in told["again"] if not wrong}
    assert again == {code: plain(one) for code, one in told["customers"].items()}


@pytest.mark.parametrize(("often", "gap"), [
    ("每周至少 1 次", (0, 7)), ("每月至少 2 次", (0, 14)), ("每月", (1, 0)), ("每季", (3, 0)),
    ("每季至少 2 次", (0, 45)), ("每 30 天", (0, 30)), ("每年至少 2 次", (0, 182)),
    ("每天", (0, 1)), ("每周至少 9 次", (0, 1)), ("every 2 months", (2, 0)),
    ("每 【param:cycle-d】 天", (0, 90)),
])  # fmt: skip
def test_a_contact_is_due_so_that_no_period_has_too_few(
    shipped: Playbook, often: str, gap: tuple[int, int]
) -> None:
    there = ground(shipped, Edition(words("zh-CN"), TODAY))
    assert book.gap(there, Frequency.read(Scalar(often))) == gap


def test_what_comes_at_most_so_often_is_owed_to_nobody(
    data: dict[str, Any], shipped: Playbook
) -> None:
    owed = {r.id for r in shipped.rhythms.values() if r.kind_ == "contact" and r.each}
    assert {one["id"] for one in data["rhythms"]} == owed  # nothing shipped is “at most”
    assert "最多" in book.AT_MOST
    assert Frequency.read(Scalar("每季最多 1 次")).limit in book.AT_MOST
    assert Frequency.read(Scalar("at most 2 times a month")).limit in book.AT_MOST


def test_a_timetable_counts_back_from_its_day(data: dict[str, Any]) -> None:
    plans = {plan["id"]: plan for plan in data["plans"]}
    assert [(s["early"], s["late"]) for s in plans["renewal"]["steps"]] == [
        (-60, -30), (-29, -15), (-14, 0)]  # fmt: skip
    assert [(s["early"], s["late"]) for s in plans["shop-start"]["steps"]] == [
        (0, 3), (0, 10), (30, 40)]  # fmt: skip
