"""Rules: the shipped shapes are proved, mistakes are named by an example, brute force agrees."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodian.model.interval_texts import parse
from baodian.model.intervals import Interval
from baodian.rules import (
    Box,
    Dimension,
    Impossible,
    Overlap,
    Rule,
    Value,
    cells,
    decide,
    describe,
    gaps,
    impossible,
    overlaps,
)
from baodian.rules.mends import suggest
from baodian.said.messages import Message, words

T = words("en")
UNHURRIED = settings(deadline=None)  # a busy machine is no failure


def values(name: str, label: str, choices: Mapping[str, str]) -> Dimension:
    return Dimension(name, label, "values", values=tuple(choices.items()))


def whole(name: str, label: str, domain: str, unit: str = "") -> Dimension:
    return Dimension(name, label, "whole", parse(domain), unit=unit)


def rules(dimensions: Sequence[Dimension], **written: object) -> tuple[Rule, ...]:
    """Return rules from what a file would hold: a condition, or a list of conditions."""
    kinds = {dimension.id: dimension.kind for dimension in dimensions}
    made = []
    for name, when in written.items():
        boxes: list[Box] = []
        for box in when if isinstance(when, list) else [when]:
            boxes.append(
                {
                    key: frozenset(str(text).split())
                    if kinds[key] == "values"
                    else parse(str(text)).resolve({"dead-after": 90})
                    for key, text in box.items()
                }
            )
        made.append(Rule(name, tuple(boxes)))
    return tuple(made)


TIER = (
    values(
        "identity", "身份", {"person": "个人或个体户", "private": "民营单位", "state": "国有单位"}
    ),
    whole("trucks", "在用台数", "1 以上", "台"),
)


def tier(**changed: object) -> tuple[Rule, ...]:
    written: dict[str, object] = {
        "ordinary": {"identity": "person", "trucks": "1"},
        "silver": {"identity": "person", "trucks": "2 到 9"},
        "gold": {"identity": "person", "trucks": "10 以上"},
        "yellow": {"identity": "private", "trucks": "不满 100"},
        "platinum": {"identity": "private", "trucks": "100 以上"},
        "diamond": {"identity": "state", "trucks": "不满 100"},
        "vip": {"identity": "state", "trucks": "100 以上"},
    }
    return rules(TIER, **{**written, **changed})


CLOSING = (
    values("line", "业务", {"truck": "整车", "care": "养护品", "fleet": "车队管家"}),
    whole("month", "预计第几个月成交", "1 以上"),
)


def closing() -> tuple[Rule, ...]:
    return rules(
        CLOSING,
        a=[{"line": "truck care", "month": 1}, {"line": "fleet", "month": "1 到 3"}],
        b=[{"line": "truck care", "month": "2 到 3"}, {"line": "fleet", "month": "4 到 6"}],
        c=[
            {"line": "truck", "month": "4 到 12"},
            {"line": "care", "month": "4 到 6"},
            {"line": "fleet", "month": "7 到 12"},
        ],
        d=[{"line": "truck fleet", "month": "13 以上"}, {"line": "care", "month": "7 以上"}],
    )


ACTIVITY = (
    whole("idle", "距上次有效订单", "0 以上", "天"),
    whole("streak", "连续达标", "0 以上", "个月"),
)


def activity(**changed: object) -> tuple[Rule, ...]:
    written: dict[str, object] = {
        "dead": {"idle": "【param:dead-after】 以上"},
        "inactive": {"idle": "30 以上 不满 【param:dead-after】"},
        "active": {"idle": "不满 30", "streak": "不满 3"},
        "loyal": {"idle": "不满 30", "streak": "3 到 11"},
        "die_hard": {"idle": "不满 30", "streak": "12 以上"},
    }
    return rules(ACTIVITY, **{**written, **changed})


YES_NO = {"yes": "有", "no": "没有"}
MAN = (
    values("money", "购买能力", YES_NO),
    values("authority", "决定权", YES_NO),
    values("need", "需求", YES_NO),
)
AREA = (Dimension("area", "营业面积", "number", parse("0 以上"), unit="m²"),)


def area(small: str, middle: str, large: str) -> tuple[Rule, ...]:
    return rules(AREA, small={"area": small}, middle={"area": middle}, large={"area": large})


NAMES = {"ordinary": "一般客户", "silver": "银卡客户", "gold": "金卡客户", "yellow": "黄金卡客户"}


# --- the shapes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dimensions", "made"),
    [
        (TIER, tier()),
        (CLOSING, closing()),
        (ACTIVITY, activity()),
        (AREA, area("不满 80", "80 以上 不满 100", "100 以上")),
    ],
    ids=["tier", "closing", "activity", "area"],
)
def test_the_shapes_are_proved(dimensions: Sequence[Dimension], made: Sequence[Rule]) -> None:
    assert overlaps(dimensions, made) == ()
    assert gaps(dimensions, made) == ()
    assert impossible(dimensions, made) == ()
    assert all(len(cell.rules) == 1 for cell in cells(dimensions, made))


def test_ten_trucks_in_two_classes() -> None:
    made = tier(silver={"identity": "person", "trucks": "2..10"})
    (found,) = overlaps(TIER, made)
    assert (found.first, found.second) == ("silver", "gold")
    assert found.example == {"identity": "person", "trucks": 10}
    assert found.box == {"identity": frozenset({"person"}), "trucks": Interval(10, 10)}
    assert describe(TIER, found.telling, T) == "个人或个体户, 10 台"
    assert mend(TIER, found, made) == (
        "Change “在用台数” of 银卡客户 to “2 to 9”, or “在用台数” of 金卡客户 to “11 or more”."
    )
    assert gaps(TIER, made) == ()


def test_nine_trucks_in_no_class() -> None:
    made = tier(silver={"identity": "person", "trucks": "2 到 8"})
    (found,) = gaps(TIER, made)
    assert found.example == {"identity": "person", "trucks": 9}
    assert found.box == {"identity": frozenset({"person"}), "trucks": Interval(9, 9)}
    assert mend(TIER, found, made) == (
        "Change “在用台数” of 银卡客户 to “2 to 9”, or “在用台数” of 金卡客户 to “9 or more”."
    )
    assert overlaps(TIER, made) == ()


def test_a_missing_combination_of_values_is_named() -> None:
    pairs = [
        (m, a, n)
        for m, a, n in product(YES_NO, repeat=3)
        if (m, a, n) not in {("yes", "no", "yes"), ("no", "no", "no")}
    ]
    made = rules(
        MAN,
        **{f"r{i}": {"money": m, "authority": a, "need": n} for i, (m, a, n) in enumerate(pairs)},
    )
    one, two = gaps(MAN, made)
    assert one.example == {"money": "yes", "authority": "no", "need": "yes"}
    assert describe(MAN, one.telling, T) == "购买能力 有, 决定权 没有, 需求 有"
    assert describe(MAN, two.telling, T) == "购买能力 没有, 决定权 没有, 需求 没有"
    assert mend(MAN, one, made) is None


def test_gaps_are_merged_to_few() -> None:
    made = tier(yellow=[], diamond=[], silver=[])
    assert [gap.box for gap in gaps(TIER, made)] == [
        {"identity": frozenset({"person"}), "trucks": Interval(2, 9)},
        {"identity": frozenset({"private", "state"}), "trucks": Interval(1, 99)},
    ]
    assert [dict(gap.box) for gap in gaps(TIER, ())] == [{}]
    assert gaps(TIER, ())[0].example == {"identity": "person", "trucks": 1}
    assert describe(TIER, gaps(TIER, ())[0].telling, T) == "any"


def test_fractions_between_two_bounds_are_found() -> None:
    (gap,) = gaps(AREA, area("不满 80", "超过 80 99 以下", "100 以上"))[:1]
    assert gap.example == {"area": 80}
    (_, gap) = gaps(AREA, area("不满 80", "超过 80 99 以下", "100 以上"))
    assert gap.example == {"area": Decimal("99.5")}
    assert gap.box == {"area": Interval(99, 100, False, False)}
    (clash,) = overlaps(AREA, area("80 以下", "80 以上 不满 100", "100 以上"))
    assert clash.example == {"area": 80}


def test_a_dimension_nobody_mentions_is_left_out_of_the_telling() -> None:
    made = activity(inactive={"idle": "30 到 90"})
    (found,) = overlaps(ACTIVITY, made)
    assert found.example == {"idle": 90, "streak": 0}
    assert describe(ACTIVITY, found.example, T) == "距上次有效订单 90 天, 连续达标 0 个月"
    assert describe(ACTIVITY, found.telling, T) == "90 天"


# --- mends ----------------------------------------------------------------------------------------


def mend(dimensions: Sequence[Dimension], found: object, made: Sequence[Rule]) -> str | None:
    names = {rule.id: NAMES.get(rule.id, rule.id) for rule in made}
    said = suggest(dimensions, found, made, names)  # type: ignore[arg-type]
    return said and T.text(said)


def test_a_mend_names_the_parameter() -> None:
    made = activity(inactive={"idle": "30 到 90"})
    (found,) = overlaps(ACTIVITY, made)
    assert mend(ACTIVITY, found, made) == (
        "Change “距上次有效订单” of inactive to “30 or more, under 【param:dead-after】”."
    )
    made = activity(inactive={"idle": "30 到 80"})
    (gap,) = gaps(ACTIVITY, made)
    assert mend(ACTIVITY, gap, made) == (
        "Change “距上次有效订单” of inactive to “30 or more, under 【param:dead-after】”."
    )
    made = activity(inactive={"idle": "30 到 89"}, dead={"idle": "不满 【param:dead-after】"})
    assert all(mend(ACTIVITY, found, made) is None for found in overlaps(ACTIVITY, made))


def test_a_mend_says_which_of_several_conditions() -> None:
    made = [
        *closing()[1:],
        *rules(
            CLOSING,
            a=[{"line": "truck care", "month": "1 到 2"}, {"line": "fleet", "month": "1 到 3"}],
        ),
    ]
    (found,) = overlaps(CLOSING, made)
    assert mend(CLOSING, found, made) == (
        "Change “预计第几个月成交” of b from “2 to 3” to “3”, "
        "or “预计第几个月成交” of a from “1 to 2” to “1”."
    )


def test_a_forgotten_upper_bound() -> None:
    made = tier(silver={"identity": "person", "trucks": "2 以上"})
    (found,) = overlaps(TIER, made)
    assert mend(TIER, found, made) == "Change “在用台数” of 银卡客户 to “2 to 9”."


def test_a_number_at_the_edge_of_the_domain() -> None:
    made = tier(ordinary=[])
    (gap,) = gaps(TIER, made)
    assert mend(TIER, gap, made) == "Change “在用台数” of 银卡客户 to “1 to 9”."


def test_fractions_are_mended_with_the_opposite_bound() -> None:
    made = area("80 以下", "80 以上 不满 100", "100 以上")
    (found,) = overlaps(AREA, made)
    assert mend(AREA, found, made) == (
        "Change “营业面积” of small to “under 80”, or “营业面积” of middle to “over 80, under 100”."
    )


def test_a_wrong_value_gets_no_suggestion() -> None:
    made = tier(gold={"identity": "state", "trucks": "10 以上"})
    assert {(o.first, o.second) for o in overlaps(TIER, made)} == {
        ("gold", "diamond"),
        ("gold", "vip"),
    }
    assert [mend(TIER, o, made) for o in (*overlaps(TIER, made), *gaps(TIER, made))] == [None] * 3


def test_two_classes_that_are_the_same_get_no_suggestion() -> None:
    made = tier(gold={"identity": "person", "trucks": "2 到 9"})
    (found,) = overlaps(TIER, made)
    assert found.example == {"identity": "person", "trucks": 2}
    assert mend(TIER, found, made) is None


# --- conditions that cannot be --------------------------------------------------------------------


def test_impossible_conditions_are_named() -> None:
    number = Dimension("n", "n", "whole", parse("1 到 100"))
    colour = values("c", "c", {"red": "红"})
    made = rules(
        (number, colour),
        fine=[{"n": "不满 101"}, {"n": "超过 0"}, {"n": "1 到 100", "c": "red"}],
        empty={"n": "超过 9 不满 10"},
        low={"n": "0 到 9"},
        high={"n": "50 到 101"},
        beyond={"n": "超过 100"},
        none={"c": ""},
        strange=[{}, {"c": "red blue green"}],
    )
    assert impossible((number, colour), made) == (
        Impossible("empty", 0, "n", "empty"),
        Impossible("low", 0, "n", "outside"),
        Impossible("high", 0, "n", "outside"),
        Impossible("beyond", 0, "n", "outside"),
        Impossible("none", 0, "c", "empty"),
        Impossible("strange", 1, "c", "unknown", ("blue", "green")),
    )


def test_a_reversed_parameter_is_empty() -> None:
    made = activity(inactive={"idle": "120 以上 不满 【param:dead-after】"})
    assert impossible(ACTIVITY, made) == (Impossible("inactive", 0, "idle", "empty"),)


def test_a_box_that_does_not_fit_its_dimensions_is_a_bug() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        gaps(TIER, [Rule("x", ({"unknown": Interval(1, 1)},))])
    with pytest.raises(ValueError, match="does not fit"):
        overlaps(TIER, [Rule("x", ({"identity": Interval(1, 1)},))])
    with pytest.raises(ValueError, match="not a dimension"):
        decide(TIER, tier(), {"colour": "red"})


# --- decisions ------------------------------------------------------------------------------------


def test_a_full_decision_says_why_and_why_not() -> None:
    decision = decide(TIER, tier(), {"identity": "person", "trucks": 5})
    assert decision.possible == decision.certain == ("silver",)
    assert decision.ask is None
    reasons = {reason.rule: reason for reason in decision.reasons}
    assert reasons["silver"].state == "certain"
    assert reasons["silver"].box == {"identity": frozenset({"person"}), "trucks": Interval(2, 9)}
    assert (reasons["gold"].state, reasons["gold"].failed) == ("no", "trucks")
    assert (reasons["vip"].state, reasons["vip"].failed) == ("no", "identity")


def test_a_partial_decision_narrows_and_asks_on() -> None:
    decision = decide(TIER, tier(), {"identity": None, "trucks": 5})
    assert decision.possible == ("silver", "yellow", "diamond")
    assert decision.certain == ()
    assert decision.ask == "identity"
    assert decide(TIER, tier(), {"identity": "state"}).ask == "trucks"
    assert decide(ACTIVITY, activity(), {"idle": 100}).ask is None
    assert decide(ACTIVITY, activity(), {"streak": 12}).possible == (
        "dead", "inactive", "die_hard",
    )  # fmt: skip


def test_the_nearest_condition_is_the_reason() -> None:
    decision = decide(CLOSING, closing(), {"line": "fleet", "month": 5})
    reasons = {reason.rule: reason for reason in decision.reasons}
    assert reasons["a"].failed == "month"
    assert reasons["a"].box == {"line": frozenset({"fleet"}), "month": Interval(1, 3)}
    assert reasons["b"].box == {"line": frozenset({"fleet"}), "month": Interval(4, 6)}


@pytest.mark.parametrize("fact", [0, Decimal("1.5"), -4])
def test_a_fact_outside_the_domain_fits_nothing(fact: Value) -> None:
    decision = decide(TIER, tier(), {"identity": "person", "trucks": fact})
    assert decision.possible == decision.certain == ()
    assert decision.outside == ("trucks",)
    assert decide(TIER, tier(), {"identity": "nobody"}).outside == ("identity",)


# --- against brute force --------------------------------------------------------------------------

Case = dict[str, Value]
GRID = (
    Dimension("w", "w", "whole", Interval(0, 5)),
    Dimension("n", "n", "number", Interval(0, 4)),
    values("v", "v", {"x": "x", "y": "y", "z": "z"}),
)
POINTS: Mapping[str, Sequence[Value]] = {
    "w": range(6),
    "n": [0, Decimal("0.5"), 1, Decimal("1.5"), 2, Decimal("2.5"), 3, Decimal("3.5"), 4],
    "v": ["x", "y", "z"],
}
INTERVALS = st.builds(
    Interval,
    st.none() | st.integers(-1, 6),
    st.none() | st.integers(-1, 6),
    st.booleans(),
    st.booleans(),
)
BOXES = st.fixed_dictionaries(
    {},
    optional={"w": INTERVALS, "n": INTERVALS, "v": st.frozensets(st.sampled_from("xyz"))},
)
RULES = st.lists(st.lists(BOXES, max_size=3), max_size=5).map(
    lambda made: [Rule(f"r{i}", tuple(boxes)) for i, boxes in enumerate(made)]
)


def every_case(fixed: Mapping[str, Value | None] | None = None) -> Iterator[Case]:
    known = {name: [value] for name, value in (fixed or {}).items() if value is not None}
    axes = [known.get(name, points) for name, points in POINTS.items()]
    for place in product(*axes):
        yield dict(zip(POINTS, place, strict=True))


def fits(wanted: object, value: Value) -> bool:
    if isinstance(wanted, frozenset):
        return value in wanted
    assert isinstance(wanted, Interval)
    assert not isinstance(value, str)
    return wanted.contains(value)


def holds(box: Box, case: Case) -> bool:
    return all(fits(wanted, case[name]) for name, wanted in box.items())


def holding(made: Sequence[Rule], case: Case) -> set[str]:
    return {rule.id for rule in made if any(holds(box, case) for box in rule.boxes)}


@UNHURRIED
@given(RULES)
def test_overlaps_agree_with_brute_force(made: list[Rule]) -> None:
    expected = {
        (a.id, b.id)
        for case in every_case()
        for i, a in enumerate(made)
        for b in made[i + 1 :]
        if {a.id, b.id} <= holding(made, case)
    }
    found = overlaps(GRID, made)
    assert {(o.first, o.second) for o in found} == expected
    assert len(found) == len(expected)
    for overlap in found:
        pair = {overlap.first, overlap.second}
        assert pair <= holding(made, dict(overlap.example))
        assert holds(overlap.box, dict(overlap.example))
        assert all(pair <= holding(made, c) for c in every_case() if holds(overlap.box, c))


@UNHURRIED
@given(RULES)
def test_gaps_agree_with_brute_force(made: list[Rule]) -> None:
    found = gaps(GRID, made)
    for case in every_case():
        covering = [gap for gap in found if holds(gap.box, case)]
        assert len(covering) == (0 if holding(made, case) else 1)
    for gap in found:
        assert not holding(made, dict(gap.example))
        assert holds(gap.box, dict(gap.example))


FACTS = st.fixed_dictionaries(
    {name: st.none() | st.sampled_from(list(points)) for name, points in POINTS.items()}
)


@UNHURRIED
@given(RULES, FACTS)
def test_decisions_agree_with_brute_force(made: list[Rule], facts: dict[str, Value | None]) -> None:
    decision = decide(GRID, made, facts)
    completions = [(case, holding(made, case)) for case in every_case(facts)]
    sets = [found for _, found in completions]
    assert set(decision.possible) == set().union(*sets)
    assert set(decision.certain) == set.intersection(*sets)
    unknown = [name for name in POINTS if facts[name] is None]

    def matters(name: str) -> bool:
        alike: dict[tuple[Value, ...], set[frozenset[str]]] = {}
        for case, found in completions:
            rest = tuple(value for key, value in case.items() if key != name)
            alike.setdefault(rest, set()).add(frozenset(found))
        return any(len(different) > 1 for different in alike.values())

    assert decision.ask == next((name for name in unknown if matters(name)), None)
    known = {name: value for name, value in facts.items() if value is not None}
    for reason in decision.reasons:
        if reason.box is None:
            assert reason.state == "no"
            continue
        reached = [n for n, v in known.items() if n in reason.box and not fits(reason.box[n], v)]
        if reason.state != "no":
            assert not reached
        elif reached:
            assert reason.failed is not None
            assert not any(holds(reason.box, case) for case, _ in completions)


@UNHURRIED
@given(RULES)
def test_cells_agree_with_brute_force(made: list[Rule]) -> None:
    found = list(cells(GRID, made))
    assert all(set(cell.rules) == holding(made, dict(cell.example)) for cell in found)
    every = {frozenset(holding(made, case)) for case in every_case()}
    assert {cell.rules for cell in found} == every


def chain(cuts: set[int], shifts: list[int], split: bool) -> list[Rule]:
    """Return rules that follow each other on an axis, some beginning one too early or too late."""
    starts = [0, *sorted(cuts)]
    made = []
    for i, (start, end) in enumerate(zip(starts, [*starts[1:], 6], strict=True)):
        box: Box = {"w": Interval(start + shifts[i], end, True, False), "v": frozenset("xy")}
        made.append(Rule(f"r{i}", (box,)))
    return [*made, Rule("z", ({"v": frozenset("z")},))] if split else made


CHAINS = st.builds(
    chain,
    st.sets(st.integers(1, 5), max_size=3),
    st.lists(st.integers(-1, 1), min_size=4, max_size=4),
    st.booleans(),
)


def proposed(message: object) -> Iterator[tuple[str, str, Interval]]:
    """Yield (rule, dimension, interval) of every change that a suggestion names."""
    assert isinstance(message, Message)
    params = dict(message.params)
    if "new" in params:
        new = params["new"]
        assert isinstance(new, Message)
        interval = Interval() if new.msgid == "any" else parse(T.text(new))
        yield str(params["rule"]), str(params["dimension"]), interval
    for inner in (params.get("change"), params.get("other")):
        if inner is not None:
            yield from proposed(inner)


@UNHURRIED
@given(CHAINS)
def test_every_suggestion_mends(made: list[Rule]) -> None:
    before = {tuple(case.values()): holding(made, case) for case in every_case()}
    for found in (*overlaps(GRID, made), *gaps(GRID, made)):
        message = suggest(GRID, found, made, {rule.id: rule.id for rule in made})
        for name, dimension, interval in proposed(message) if message else ():
            mended = [
                Rule(rule.id, ({**rule.boxes[0], dimension: interval},))
                if rule.id == name
                else rule
                for rule in made
            ]
            for case in every_case():
                was, now = before[tuple(case.values())], holding(mended, case)
                assert now or not was
                if isinstance(found, Overlap):
                    assert not {found.first, found.second} <= now
                    assert now <= was
                else:
                    assert len(now) <= max(1, len(was))
                    assert now or not holds(found.box, case)


def grid(**written: object) -> list[Rule]:
    """Return rules from texts such as "xy 0..3": values of v, an interval of w, one of n."""
    made = []
    for name, when in written.items():
        boxes: list[Box] = []
        for text in when if isinstance(when, list) else [when]:
            parts = str(text).split()
            names: list[str] = ["v", "w", "n"][: len(parts)]
            read: list[Interval | frozenset[str]] = [frozenset(parts[0]), *map(parse, parts[1:])]
            boxes.append(dict(zip(names, read, strict=True)))
        made.append(Rule(name, tuple(boxes)))
    return made


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (grid(a="xy 0..3", b="x 3..5", c="y 4..5", z="z"), "Change “w” of b to “4 to 5”."),
        (grid(a="xy 0..2", b="x 4..5", c="y 3..5", z="z"), "Change “w” of b to “3 to 5”."),
        (grid(a=["x 0..3", "y 0..3"], b=["x 3..5", "y 3..5"], z="z"), None),
        (grid(a="x 0..3", b=["x 3..5", "x 2..5"], z="yz"), "Change “w” of a to “0 to 1”."),
        (grid(a="xyz 0..3 0..2", b="xyz 3..5 2..4", c="xyz"), None),
    ],
    ids=["opens-a-gap", "makes-an-overlap", "not-enough", "all-boxes", "two-ways"],
)
def test_only_what_mends_is_suggested(made: list[Rule], expected: str | None) -> None:
    found = (*overlaps(GRID, made), *gaps(GRID, made))[0]
    assert mend(GRID, found, made) == expected


def test_a_suggestion_is_usually_there() -> None:
    made = chain({2, 4}, [0, -1, 1, 0], split=True)
    findings = (*overlaps(GRID, made), *gaps(GRID, made))
    assert [mend(GRID, found, made) is not None for found in findings] == [True, True]


# --- size -----------------------------------------------------------------------------------------


def test_five_dimensions_with_twenty_cuts_stay_fast() -> None:
    dimensions = [whole(f"d{i}", f"d{i}", "0 到 99") for i in range(5)]
    made = [
        Rule(f"{d.id}-{n}", ({d.id: Interval(5 * n, 5 * n + 4), **dict(before)},))
        for i, d in enumerate(dimensions)
        for n in range(19 if i < 4 else 20)
        for before in [[(e.id, Interval(95, 99)) for e in dimensions[:i]]]
    ]
    began = time.process_time()
    assert overlaps(dimensions, made) == ()
    assert gaps(dimensions, made) == ()
    assert decide(dimensions, made, {}).ask == "d0"
    without = [rule for rule in made if rule.id != "d4-7"]
    (gap,) = gaps(dimensions, without)
    assert gap.example == {"d0": 95, "d1": 95, "d2": 95, "d3": 95, "d4": 35}
    assert isinstance(overlaps(dimensions, [*made, Rule("all", ({},))])[0], Overlap)
    assert time.process_time() - began < 5
