"""Classes that stand in an order: one can move between them, and the better one has no less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from baodian import model
from baodian.checks.findings import Finding, finds, unexplained
from baodian.model import interval_texts, intervals, methods, prose
from baodian.playbook import Playbook, judging
from baodian.playbook.contacts import better_first
from baodian.said.messages import Message, msg
from baodian.said.problems import Problem, Related
from baodian.text import numerals
from baodian.text.units import same_unit

# --- moves ----------------------------------------------------------------------------------------


def moves(playbook: Playbook) -> Iterator[Problem]:
    """In a scheme with an order, moves lead to every class but the first, out of all but the last.

    Right: `silver-to-gold` and `gold-to-silver`. Wrong: a class in between that no move names.
    """
    yield from unexplained(playbook, find_unmoved)


@finds
def find_unmoved(playbook: Playbook) -> Iterator[Finding]:
    """Yield the classes that customers cannot come to, or cannot leave, by any move."""
    if not playbook.transitions:
        return
    for scheme in playbook.schemes.values():
        ladder = [str(id_) for id_ in scheme.classes]
        if scheme.order == "none" or len(ladder) < 2:
            continue
        if scheme.order == "high-to-low":
            ladder.reverse()
        steps = {
            (start, str(move.to.name))
            for move in playbook.transitions.values()
            if move.to is not None and move.to.scheme == scheme.id
            for start in _starts(playbook, move, scheme)
            if start != move.to.name
        }
        for id_ in ladder:
            into, out = any(b == id_ for _, b in steps), any(a == id_ for a, _ in steps)
            message = _unmoved(scheme.class_name(id_), into or id_ == ladder[0],
                               out or id_ == ladder[-1], into or out)  # fmt: skip
            if message is not None:
                at = next(key.at for key in scheme.classes if key == id_)
                how = msg("Write the move in {file}", file="transitions.yml")
                yield Finding("no-move", at, message, how, ((str(scheme.id), id_),),
                              without=("move",))  # fmt: skip


def _unmoved(name: str, into: bool, out: bool, some: bool) -> Message | None:
    if not some:
        return msg("No move leads to {name}, and none away.", name=name)
    if not into:
        return msg("No move leads to {name}.", name=name)
    return None if out else msg("No move leads away from {name}.", name=name)


def _starts(playbook: Playbook, move: model.Transition, scheme: model.Scheme) -> list[str]:
    terms = [t for s in move.from_ for t in s.terms if t.scheme == scheme.id]
    return [name for term in terms for _, name in playbook.selected(term)]


# --- moves that are turned round ------------------------------------------------------------------


def turned(playbook: Playbook) -> Iterator[Problem]:
    """What a move says fits where it leads: its id, its numbers, the words for up and down.

    Right: `when: 添到 10 台`, from silver to gold. Wrong: the same, from gold to silver.
    """
    yield from unexplained(playbook, find_turned)


@finds
def find_turned(playbook: Playbook) -> Iterator[Finding]:
    """Yield the moves whose `from` and `to` seem to have changed places."""
    for move in playbook.transitions.values():
        scheme = playbook.schemes.get(move.to.scheme) if move.to is not None else None
        if scheme is None or move.to is None or move.to.name not in scheme.classes:
            continue
        starts, end = _starts(playbook, move, scheme), str(move.to.name)
        if len(starts) != 1 or starts[0] == end:
            continue
        start = starts[0]
        a, b = scheme.class_name(start), scheme.class_name(end)
        message = _told_otherwise(playbook, scheme, move, start, end)
        if message is None:
            continue
        how = msg("Let “from” and “to” change places, or mend the text")
        classes = ((str(scheme.id), start),)
        title = msg("The move leads from {a} to {b}: {why}", a=a, b=b, why=message)
        yield Finding("turned-move", move.id.at, title, how, classes, about=(move.key,))


_UP = re.compile(
    r"升[级到为入至]|[上晋回]升|提[到升]|往上|变大"
    r"|\b(?:promot|upgrad)\w*|\b(?:mov|go|step)\w* up\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"降[级到为低至]|下降|[掉跌退]到|往下|变小"
    r"|\b(?:demot|downgrad)\w*|\b(?:mov|go|step)\w* down\b",
    re.IGNORECASE,
)
_BECOMES = r"(?:[改转变][成为到]|成为|[升降][到为级成]*|归[到入]?|进入?|\bbecomes?|\binto)\s*"


def _told_otherwise(
    playbook: Playbook, scheme: model.Scheme, move: model.Transition, start: str, end: str
) -> Message | None:
    """Return what a move says that fits the way back only."""
    id_ = str(move.id)
    if _leads(id_, end, start) and not _leads(id_, start, end):
        return msg("its id “{id}” says the opposite.", id=id_)
    text = _resolved(playbook, move)
    if found := _number_of_start(playbook, scheme, text, start, end):
        return msg("“{text}” is true of where it begins, not of where it ends.", text=found)
    a, b = scheme.class_name(start), scheme.class_name(end)
    if re.search(_BECOMES + re.escape(a), text) and b not in text:
        return msg("its text lets customers become {name}.", name=a)
    ladder = better_first(scheme)
    if ladder:
        rises = ladder.index(end) < ladder.index(start)
        up, down = _UP.search(text), _DOWN.search(text)
        if (up and not down and not rises) or (down and not up and rises):
            said = up or down
            assert said is not None
            way = msg("up") if rises else msg("down")
            return msg("it says “{text}” and goes {way}.", text=said[0], way=way)
    return None


def _leads(id_: str, start: str, end: str) -> bool:
    return bool(re.search(rf"(?:^|-){re.escape(start)}(?:-to|-into)?-{re.escape(end)}$", id_))


def _resolved(playbook: Playbook, move: model.Transition) -> str:
    """Return what a move says, its parameters as numbers with units."""
    words: list[str] = []
    for text in (move.when, move.do or ""):
        for piece in prose.parse(str(text)):
            if isinstance(piece, prose.Words | prose.Strong):
                words.append(piece.text)
            elif isinstance(piece, prose.Reference):
                known = piece.kind == "param" and piece.id in playbook.values
                words.append(playbook.worded(piece.id) if known else " ")
        words.append("\n")
    return numerals.plain("".join(words))


_N = r"(?P<n>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>个月|[\u4e00-\u9fff]|[a-z%²]+)?"
_TELLS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (rf"(?P<m>[0-9]+)\s*(?:到|至|to)\s*{_N}", "{m} 到 {n}"),
        (rf"(?:不满|未满|不到|不足|少于|低于|under|below|less than|fewer than)\s*{_N}", "不满 {n}"),
        (rf"(?:超过|多于|高于|大于|over|more than)\s*{_N}", "超过 {n}"),
        (rf"(?:只?剩下?|[降减卖退]到|最多|down to|up to)\s*第?\s*{_N}", "{n} 以下"),
        (rf"{_N}\s*(?:以下|以内|or less|or fewer)", "{n} 以下"),
        (rf"{_N}\s*(?:以上|or more)", "{n} 以上"),
        (rf"(?:(?<![不未])满|[添增升涨加]到|达到?|够|至少|reach\w*|at least)\s*第?\s*{_N}",
         "{n} 以上"),
    )
)  # fmt: skip


def _number_of_start(
    playbook: Playbook, scheme: model.Scheme, text: str, start: str, end: str
) -> str | None:
    """Return a number of the text that the rule of the first class takes, the last one's not."""
    numbers = [(str(k), d) for k, d in scheme.dimensions.items() if not d.values]
    for pattern, form in _TELLS:
        for match in pattern.finditer(text):
            told = interval_texts.parse(form.format(**match.groupdict()))
            unit = match["unit"] or ""
            mine = [k for k, d in numbers if d.unit and same_unit(unit, str(d.unit))]
            if len(mine) != 1:
                continue
            try:
                first = _takes(playbook, scheme, start, mine[0], told)
                last = _takes(playbook, scheme, end, mine[0], told)
            except (KeyError, StopIteration, interval_texts.BadInterval):
                return None  # told by `schemes.class_rules`
            if first and not last:
                return match[0].strip()
            break
        else:
            continue
        break  # the most telling form decides: “2 到 9” is no “9 以上”
    return None


def _takes(
    playbook: Playbook, scheme: model.Scheme, class_: str, dimension: str, told: intervals.Interval
) -> bool:
    """Say whether the rule of a class takes some number of an interval."""
    when = next(c.when for id_, c in scheme.classes.items() if id_ == class_)
    whole = any(d.whole for k, d in scheme.dimensions.items() if k == dimension)
    boxes = [judging.box(playbook, scheme.dimensions, box) for box in when]
    spans = [box.get(dimension, intervals.Interval()) for box in boxes]
    return any(
        not span.intersect(told).is_empty(whole)
        for span in spans if isinstance(span, intervals.Interval)
    )  # fmt: skip


# --- what the better class lacks ------------------------------------------------------------------


def entitlements(playbook: Playbook) -> Iterator[Problem]:
    """A better class has what a lower one has: each measure, each text of a table.

    Right: `silver: [call]`, `gold: [call, visit]`. Wrong: `gold: [visit]`. What is stopped has
    its reason beside it.
    """
    yield from unexplained(playbook, find_lacking)


@finds
def find_lacking(playbook: Playbook) -> Iterator[Finding]:
    """Yield what a class lacks in a table while a lower one has it."""
    for matrix in playbook.matrices.values():
        scheme = playbook.schemes.get(str(matrix.rows))
        columns = _columns(playbook, matrix)
        rows = {str(row): _given(matrix, str(row)) for row in matrix.cells}
        ladder = [id_ for id_ in better_first(scheme) if id_ in rows] if scheme else []
        for number, id_ in enumerate(ladder):
            assert scheme is not None
            known = {*rows[id_][0], *rows[id_][1]}
            for below in ladder[:number:-1]:
                for column in (c for c in rows[below][0] if c in columns and c not in known):
                    known.add(column)
                    yield _lacking(matrix, scheme, id_, below, (column, columns[column]))


def _columns(playbook: Playbook, matrix: model.Matrix) -> Mapping[str, str]:
    """Return what a table has in its rows, by id: the names of measures, or of a guide's elements.

    What else stands in a row is told by `shapes`.
    """
    if isinstance(matrix, model.EntitlementMatrix):
        return {id_: m.label for id_, m in playbook.measures.items()}
    guide = playbook.guides.get(matrix.columns.id) if matrix.columns.kind == "guide" else None
    part = next((p for p in guide.parts_ if p.kind == "elements"), None) if guide else None
    items = methods.part_items(part) if part else {}
    return {str(id_): str(item.name or id_) for id_, item in items.items()}


def _given(matrix: model.Matrix, row: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a class has in a table, and what is stopped for a reason."""
    cell = next(c for k, c in matrix.cells.items() if k == row)
    if isinstance(cell, model.given.Entitled):
        return tuple(map(str, (*cell.has, *cell.approve))), tuple(map(str, cell.stopped))
    return tuple(map(str, cell)), ()


def _lacking(
    matrix: model.Matrix, scheme: model.Scheme, id_: str, below: str, column: tuple[str, str]
) -> Finding:
    row = next(k for k in matrix.cells if k == id_)
    low = next(k for k in matrix.cells if k == below)
    by_measure = isinstance(matrix, model.EntitlementMatrix)
    message = msg("{name} lacks what the lower class {low} has: {what}.",
                  name=scheme.class_name(id_), low=scheme.class_name(below),
                  what=column[1])  # fmt: skip
    how = msg("Add it to the row")
    related = Related(low.at, msg("The lower class stands here."))
    about = f"measure:{column[0]}" if by_measure else matrix.key
    return Finding("better-lacks", row.at, message, how, ((str(scheme.id), id_),),
                   without=("measure",) if by_measure else (), about=(about,),
                   related=(related,))  # fmt: skip


def rows(playbook: Playbook) -> Iterator[Problem]:
    """Every class of its scheme has a row in a table.

    Right: `silver: [call]` and `gold: [call]`. Wrong: only one of them.
    """
    yield from unexplained(playbook, find_rowless)


@finds
def find_rowless(playbook: Playbook) -> Iterator[Finding]:
    """Yield the classes that have no row in a table of their scheme."""
    for matrix in playbook.matrices.values():
        scheme = playbook.schemes.get(str(matrix.rows))
        if scheme is None or any(row not in scheme.classes for row in matrix.cells):
            continue  # told by `shapes.matrix_rows`
        for id_ in scheme.classes:
            if id_ not in matrix.cells:
                message = msg("The table “{table}” has no row for {name}.",
                              table=matrix.label, name=scheme.class_name(id_))  # fmt: skip
                how = msg("Write the row “{id}: …”", id=str(id_))
                by_measure = isinstance(matrix, model.EntitlementMatrix)
                related = Related(id_.at, msg("The class stands here."))
                yield Finding("no-row", matrix.id.at, message, how, ((str(scheme.id), str(id_)),),
                              without=("measure",) if by_measure else (), about=(matrix.key,),
                              related=(related,))  # fmt: skip
