"""The browser decides as the rule engine does, on 2,000 random schemes, with `ask` and reasons."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from baodian.model.intervals import Interval
from baodian.playbook import Playbook, judging
from baodian.rules import Box, Decision, Dimension, Rule, Value, cells, decide, walk

NODE = os.environ.get("NODE", "node")
SCRIPT = Path(__file__).parent / "scripts" / "decide.mjs"
SCHEMES = 2000

Facts = Mapping[str, Value]
Scheme = tuple[Sequence[Dimension], Sequence[Rule]]


def browser(schemes: Sequence[Scheme], asked: Sequence[Sequence[Facts]]) -> list[list[Any]]:
    """Return what the script decides, by one process for all schemes."""
    given = [
        [walk(*scheme), [{k: plain(v) for k, v in facts.items()} for facts in many]]
        for scheme, many in zip(schemes, asked, strict=True)
    ]
    done = subprocess.run(
        [NODE, SCRIPT], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    answers: list[list[Any]] = json.loads(done.stdout)
    return answers


def plain(value: Value) -> str | int | float:
    return float(value) if isinstance(value, Decimal) else value


def engine(scheme: Scheme, facts: Facts) -> dict[str, Any]:
    """Return what the rule engine decides, as the script says it."""
    decision: Decision = decide(*scheme, facts)
    boxes = {rule.id: rule.boxes for rule in scheme[1]}
    why = {
        r.rule: next(n for n, box in enumerate(boxes[r.rule]) if box is r.box)
        for r in decision.reasons
        if r.state != "no"
    }
    return {
        "possible": list(decision.possible),
        "certain": list(decision.certain),
        "ask": decision.ask,
        "outside": list(decision.outside),
        "why": why,
    }


# --- random schemes -------------------------------------------------------------------------------


def number(random: Random, whole: bool) -> int | Decimal:
    return random.randint(0, 9) if whole else Decimal(random.randint(0, 90)).scaleb(-1)


def interval(random: Random, whole: bool) -> Interval:
    low, high = sorted((number(random, whole), number(random, whole)))
    return Interval(
        random.choice((None, low, low)), random.choice((None, high, high)),
        random.random() < 0.5, random.random() < 0.5,
    )  # fmt: skip


def dimension(random: Random, name: str) -> Dimension:
    kind = random.choice(("whole", "number", "values"))
    if kind == "values":
        ids = tuple((f"{name}{n}", "") for n in range(random.randint(1, 4)))
        return Dimension(name, name, "values", values=ids)
    domain = random.choice((None, interval(random, kind == "whole")))
    return Dimension(name, name, "whole" if kind == "whole" else "number", domain)


def box(random: Random, dimensions: Sequence[Dimension]) -> Box:
    wanted: dict[str, Interval | frozenset[str]] = {}
    for d in dimensions:
        if random.random() < 0.4:
            continue
        if d.kind == "values":
            wanted[d.id] = frozenset(key for key, _ in d.values if random.random() < 0.6)
        else:
            wanted[d.id] = interval(random, d.kind == "whole")
    return wanted


def scheme(random: Random) -> Scheme:
    dimensions = [dimension(random, name) for name in "abcd"[: random.randint(1, 4)]]
    rules = [
        Rule(f"r{n}", tuple(box(random, dimensions) for _ in range(random.randint(1, 3))))
        for n in range(random.randint(1, 5))
    ]
    return dimensions, rules


def facts(random: Random, dimensions: Sequence[Dimension]) -> Facts:
    """Return answers to some questions: on, between and beyond the bounds, some that cannot be."""
    known: dict[str, Value] = {}
    for d in dimensions:
        if random.random() < 0.45:
            continue
        if d.kind == "values":
            known[d.id] = random.choice([*(key for key, _ in d.values), *d.id[:1]])
        elif d.kind == "whole" and random.random() < 0.95:
            known[d.id] = random.randint(-1, 11)
        else:
            known[d.id] = Decimal(random.randint(-5, 950)).scaleb(-2)
            if d.kind == "whole" and known[d.id] == int(known[d.id]):
                known[d.id] = int(known[d.id])
    return known


def test_the_browser_decides_random_schemes_as_the_rule_engine_does() -> None:
    random = Random(20261201)
    schemes = [scheme(random) for _ in range(SCHEMES)]
    asked = [[facts(random, dimensions) for _ in range(4)] for dimensions, _ in schemes]
    answers = browser(schemes, asked)
    seen: dict[str, int] = dict.fromkeys(
        ("overlap", "outside", "ask", "certain though open", "none"), 0
    )
    for one, many, told in zip(schemes, asked, answers, strict=True):
        for known, answer in zip(many, told, strict=True):
            assert answer == engine(one, known), (one, known)
            seen["overlap"] += len(answer["certain"]) > 1
            seen["outside"] += bool(answer["outside"])
            seen["ask"] += bool(answer["ask"])
            seen["certain though open"] += bool(answer["certain"] and answer["ask"])
            seen["none"] += not answer["possible"] and not answer["outside"]
    assert min(seen.values()) > 200, seen  # else the schemes are not random enough to prove a thing


def test_what_is_certain_in_every_case_is_certain_though_other_classes_may_hold() -> None:
    """A customer who signed and paid, or a VIP: the answer VIP is enough for the class."""
    yes_no = (("yes", ""), ("no", ""))
    dimensions = [Dimension(d, d, "values", values=yes_no) for d in ("signed", "paid", "vip")]
    yes = frozenset({"yes"})
    one: Scheme = (
        dimensions,
        [
            Rule("close", ({"signed": yes, "paid": yes}, {"vip": yes})),
            Rule("debtor", ({"signed": yes, "paid": frozenset({"no"})},)),
        ],
    )
    ((answer,),) = browser([one], [[{"vip": "yes"}]])
    assert answer == {
        "possible": ["close", "debtor"], "certain": ["close"], "ask": "signed", "outside": [],
        "why": {"close": 1, "debtor": 0},
    }  # fmt: skip


def test_the_browser_decides_every_cell_of_the_shipped_rulers(shipped: Playbook) -> None:
    """Full answers, and every way of leaving some of them open."""
    schemes: list[Scheme] = []
    asked: list[list[Facts]] = []
    for ruler in shipped.schemes.values():
        one = judging.dimensions(shipped, ruler.dimensions), judging.rules_of(shipped, ruler)
        if not one[1]:
            continue
        schemes.append(one)
        asked.append([])
        for cell in cells(*one):
            for count in range(len(cell.example) + 1):
                for kept in combinations(cell.example, count):
                    known = {id_: cell.example[id_] for id_ in kept}
                    if known not in asked[-1]:
                        asked[-1].append(known)
    assert sum(len(many) for many in asked) > 60
    for one, many, told in zip(schemes, asked, browser(schemes, asked), strict=True):
        assert told == [engine(one, known) for known in many]
