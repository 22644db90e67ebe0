"""Whatever is typed into whichever cells comes back, and nothing else is touched."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from workbooks import exported, files, project_in

from baodian.editing import spliced_bytes
from baodian.editing.xlsx_edits import edits
from baodian.editing.xlsx_merge import merged
from baodian.editing.xlsx_read import Line, Taken, taken
from baodian.editing.xlsx_values import Raw
from baodian.playbook.load import library
from baodian.sheets import matrices
from baodian.sheets.cells import normal
from baodian.sheets.columns import Column
from baodian.sheets.grids import Book, Key, book, texts

NAMING = {("guide.parts", "kind"), ("matrix", "rows"), ("matrix", "columns")}
"""What tells which rows and columns there are."""
ROUNDS, CELLS = 40, 8
ODD = (
    "010", "1-2", "70%", "null", "~", "yes", "- a", "# b", "a: b", "【甲】", "'x'", '"y"', "{z}",
    "[w]", "=1", "*a", "&b", "!c", "%d", "@e", "a #b", "a  #b", "，", "?", "|", ">", "甲 乙",
    "名称：甲", "---", "...", "<<", "a, b", "[a", "b]", "{c", "d}", "- ", "? x", ": y", "`", "%",
    "一句很长的话，长得要在一行里写不下，写不下也还是一句话，读的人不应该看出来它在哪里断开。",
)  # fmt: skip
SIGNS = "甲乙丙，。：；“”、（）《》abcxyz019:#-'\"[]{}|>&*!%@`~?/\\ "


@dataclass(frozen=True)
class Desk:
    """The full playbook, its workbook, and every cell that may be changed."""

    now: Book
    found: Taken
    cells: list[tuple[str, Line, Column]]
    before: dict[str, bytes]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    project = project_in(tmp_path_factory.mktemp("random"), "playbooks/full")
    now = book(library(project).shelf)
    found = taken(exported(project), {name: grid.sheet for name, grid in now.grids.items()})
    cells = [
        (name, line, column)
        for name, page in found.pages.items()
        for line in page.lines
        for column in now.grids[name].sheet.columns
        if (name, column.key) not in NAMING
    ]
    return Desk(now, found, cells, files(project))


def one_line(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(ODD)
    return "".join(chance.choices(SIGNS, k=chance.randint(1, 14)))


def typed(chance: random.Random, column: Column) -> str:
    """Return a text that fits the form of a column, sometimes none."""
    if not column.required and chance.random() < 0.2:
        return ""
    lines = [one_line(chance) for _ in range(chance.randint(1, 3))]
    if column.shape == "sign":
        return chance.choice(["✓", "", f"需批准：{lines[0]}", f"停用：{lines[0]}"])
    if column.shape == "text":
        return chance.choice([lines[0], "\n".join(lines), "\n\n".join(lines)])
    if column.shape == "list":
        return "\n".join(filter(None, map(str.strip, lines))) or "甲"
    said = (line.replace(" / ", "").strip() or "1" for line in lines)
    return "\n".join(f"{key}: {line}" for key, line in zip("abc", said, strict=False))


def with_texts(found: Taken, changes: dict[tuple[str, int], dict[str, str]]) -> Taken:
    """Return a workbook with other texts in some cells."""
    pages = {}
    for name, page in found.pages.items():
        lines = []
        for line in page.lines:
            said = dict(line.cells)
            for key, text in changes.get((name, line.number), {}).items():
                said[key] = Raw(f"{page.letters[key]}{line.number}", "text", text, "@")
            lines.append(replace(line, cells=said))
        pages[name] = replace(page, lines=tuple(lines))
    return Taken(found.meta, pages)


def key_of(line: Line) -> Key:
    return tuple("" if raw is None else str(raw.value) for raw in line.key)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_is_typed_comes_back_and_nothing_else_is_touched(
    desk: Desk, seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    changes: dict[tuple[str, int], dict[str, str]] = {}
    wanted: dict[tuple[str, Key, str], str] = {}
    for name, line, column in chance.sample(desk.cells, CELLS):
        text = typed(chance, column)
        if not normal(text) and column.required:
            continue
        changes.setdefault((name, line.number), {})[column.key] = text
        own = normal(text)
        if desk.now.grids[name].sheet.grid:
            own = matrices.out_of_words(own, signs=column.shape == "sign")
        wanted[name, key_of(line), column.key] = own
    asked = merged(with_texts(desk.found, changes), desk.now)
    planned = edits(asked, desk.now, deletions=False)
    assert asked.objections + planned.objections == []
    for file, old in desk.before.items():
        target = tmp_path / "playbook_data" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(spliced_bytes(old, planned.edits.get(f"playbook_data/{file}", [])))
    after = files(tmp_path)
    touched = {f"playbook_data/{file}" for file, new in after.items() if new != desk.before[file]}
    assert touched == {change.row.file for change in asked.changed}
    again = book(library(tmp_path).shelf)
    for name, grid in desk.now.grids.items():
        assert list(again.grids[name].rows) == list(grid.rows)
        for key, row in grid.rows.items():
            expected = texts(row) | {
                c: t for (n, k, c), t in wanted.items() if (n, k) == (name, key)
            }
            found = texts(again.grids[name].rows[key])
            assert found == {c: t for c, t in expected.items() if t}, (name, key)
