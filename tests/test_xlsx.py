"""The workbook: what it is made of, and what comes back of what was changed in it."""

import datetime
import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from workbooks import (
    TODAY,
    Book,
    changed_lines,
    exported,
    files,
    project_in,
    said,
    taken_in,
    written,
)

from baodian.cli import commands
from baodian.playbook.load import library
from baodian.said.messages import words
from baodian.sheets.grids import book, texts
from baodian.sheets.workbook import FIXED, INNER, MARK, NoWorkbook, key_of

ROOT = Path(__file__).parent.parent
T = words("en")
CARE = "matrix:care"
MONEY = ("leaving", "", "money")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_in(tmp_path)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the small playbook."""
    return exported(project_in(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the full playbook."""
    return exported(project_in(tmp_path_factory.mktemp("full"), "playbooks/full"))


@pytest.fixture
def desk(small: bytes) -> Book:
    """The workbook of the small playbook on somebody's desk."""
    return Book(small)


# --- what is written ------------------------------------------------------------------------------


def test_the_same_data_words_and_day_give_the_same_bytes(project: Path, small: bytes) -> None:
    assert exported(project) == small
    assert exported(project, "en") != small
    assert exported(project, day=TODAY + datetime.timedelta(1)) != small


def cells(data: bytes) -> Any:
    for ws in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in ws.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield ws, cell


def test_every_cell_is_text(full: bytes) -> None:
    kinds = {(cell.data_type, cell.number_format) for _, cell in cells(full)}
    assert {kind for kind, _ in kinds} == {"s"}
    assert all(cell.number_format == "@" for ws, cell in cells(full) if ws.title[0] != "说")
    with zipfile.ZipFile(io.BytesIO(full)) as parts:
        xml = b"".join(parts.read(n) for n in parts.namelist() if "worksheets" in n)
    assert b"<f>" not in xml
    assert b'Id="rId' not in xml  # nothing leads out of the file


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@a", '=HYPERLINK("x")', "_x0041_"])
def test_what_begins_like_a_formula_is_text_and_comes_back(project: Path, sign: str) -> None:
    path = project / "playbook_data" / "roles.yml"
    path.write_text(path.read_text("utf-8") + f"odd: {{name: 怪, text: '{sign}。'}}\n", "utf-8")
    data = exported(project)
    cell = Book(data).cell("role", ("odd",), "text")
    assert (cell.data_type, cell.quotePrefix) == ("s", sign[0] != "_")
    assert taken_in(project, data).files == ()
    assert taken_in(project, Book(data)).files == ()


def test_ids_are_locked_and_the_rest_is_not(desk: Book) -> None:
    for name in desk.titles:
        ws = desk.sheet(name)
        assert ws.protection.sheet
        assert not ws.protection.password
        assert ws.freeze_panes
        assert ws.auto_filter.ref
        letter = openpyxl.utils.get_column_letter(desk.column(name, MARK))
        assert ws.column_dimensions[letter].hidden
    assert desk.cell("param", ("gold-cycle",), "id").protection.locked
    assert not desk.cell("param", ("gold-cycle",), "default").protection.locked
    ids = desk.sheet("param").column_dimensions["A"]
    assert not ids.protection.locked  # a new row may have an id
    assert ids.number_format == "@"


@pytest.mark.parametrize(("language", "heading"), [("zh-CN", "标题\ntitle"), ("en", "title")])
def test_headings_are_in_the_language_asked_for(project: Path, language: str, heading: str) -> None:
    desk = Book(exported(project, language))
    assert desk.sheet("script").cell(1, desk.column("script", "title")).value == heading
    assert desk.cell(CARE, ("gold",), "call").value == "✓"


def test_words_and_ids_are_offered(desk: Book) -> None:
    def offered(name: str, key: str) -> tuple[list[str], bool]:
        ws = desk.sheet(name)
        letter = openpyxl.utils.get_column_letter(desk.column(name, key))
        (rule,) = [r for r in ws.data_validations.dataValidation if f"{letter}2" in r.sqref]
        title, place = rule.formula1.split("!")
        column = desk.file[title.strip("'")][place.replace("$", "")]
        return [cell.value for (cell,) in column], bool(rule.showErrorMessage)

    assert offered("rhythm", "kind") == (["contact", "review", "supervisor"], True)
    assert offered("rhythm", "who")[0] == ["rep", "supervisor"]
    assert offered("rhythm", "whom") == (["tier/silver", "tier/gold"], False)
    assert offered("script", "group")[0] == ["talk"]
    assert offered(CARE, "call")[0][0] == "✓"
    assert not offered("rhythm", "script")[1]  # there may be a new one


def test_the_first_sheet_says_what_it_is_and_what_is_not_in_it(full: bytes) -> None:
    first = openpyxl.load_workbook(io.BytesIO(full)).worksheets[0]
    text = "\n".join(str(cell.value) for row in first.iter_rows() for cell in row if cell.value)
    for wanted in ("2026-12-01", "baodian import xlsx", "--write", "playbook.yml", "content/",
                   "change", "overlay", "scheme.rows"):  # fmt: skip
        assert wanted in text
    links = {cell.value for row in first.iter_rows() for cell in row if cell.hyperlink}
    assert links == set(Book(full).titles.values())


def test_no_two_sheets_have_one_title(full: bytes) -> None:
    titles = openpyxl.load_workbook(io.BytesIO(full)).sheetnames
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(len(title) <= 31 for title in titles)


# --- nothing changed ------------------------------------------------------------------------------


@pytest.mark.parametrize("saved", [False, True], ids=["as exported", "saved by another program"])
def test_unchanged_not_one_byte_differs(tmp_path: Path, full: bytes, saved: bool) -> None:
    project = project_in(tmp_path, "playbooks/full")
    before = files(project)
    found = written(project, Book(full).bytes() if saved else full)
    assert (found.files, found.merged.changed, found.problems) == ((), [], ())
    assert files(project) == before


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_language_of_the_workbook_is_not_asked_for(project: Path, language: str) -> None:
    assert written(project, exported(project, language)).files == ()


def test_rows_sorted_columns_moved_and_hidden_change_nothing(project: Path, desk: Book) -> None:
    ws = desk.sheet("transition") if desk.sheet("transition").max_row > 2 else desk.sheet("measure")
    rows = [[cell.value for cell in row] for row in ws.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            ws.cell(number, column).value = value
    ws.column_dimensions["C"].hidden = True
    ws.row_dimensions[2].hidden = True
    ws = desk.sheet("rhythm")
    for row in ws.iter_rows(min_row=1):
        values = [cell.value for cell in row]
        for column, value in enumerate([*values[3:], *values[:3]], 1):
            row[column - 1].value = value
    ws.insert_rows(3)  # an empty row
    assert written(project, desk).files == ()


# --- something changed ----------------------------------------------------------------------------


def test_twenty_cells_are_twenty_lines(project: Path, desk: Book) -> None:
    """Each of these cells has a line to itself; nothing but those lines differs."""
    changes = [
        ("param", ("gold-cycle",), "default", "20"),
        ("rhythm", ("call-silver",), "each", "每月 2 次"),
        ("rhythm", ("call-gold",), "what", "上门谈一次"),
        ("script", ("leaving",), "title", "客户说不做了"),
        ("script", ("leaving",), "close", "我后天给您回话。"),
        ("script", ("leaving",), "record", "原话一句，写日期"),
        ("script", ("leaving",), "dont", "当场答应退款\n追问到底"),
        ("script.answers", MONEY, "they_say", "挣得太少了"),
        ("script.answers", MONEY, "say", "上个月的单子我带来了。"),
        ("script.answers", ("leaving", "", "tired"), "they_say", "就是累了"),
        ("checklist", ("leave",), "when", "出店门前两分钟"),
        ("checklist.items", ("leave", "", "decider"), "text", "见到拍板的人了吗？"),
        ("checklist.items", ("leave", "", "promise"), "text", "答应的事写下来了吗？"),
        ("matrix", ("care",), "name", "待遇表"),
        (CARE, ("silver",), "visit", "✓"),
        (CARE, ("gold",), "call", ""),
        ("measure", ("service", "call"), "name", "打电话回访"),
        ("scheme", ("tier",), "question", "这位客户有哪些待遇？"),
        ("scheme.classes", ("tier", "", "silver"), "call_them", "老主顾"),
        ("role", ("rep",), "name", "客户经理"),
    ]
    before = files(project)
    for name, key, column, value in changes:
        desk.put(name, key, column, value)
    found = written(project, desk)
    assert len(found.merged.changed) == len(changes)
    lines = changed_lines(before, files(project))
    assert all(gone == come for gone, come in lines.values()), lines
    assert sum(gone for gone, _ in lines.values()) == len(changes)
    assert taken_in(project, exported(project)).files == ()
    again = book(library(project).shelf)
    for name, key, column, value in changes:
        assert texts(again.grids[name].rows[key]).get(column, "") == value


def test_an_emptied_cell_takes_its_key_away(project: Path, desk: Book) -> None:
    desk.put("script", ("leaving",), "record", None)
    desk.put("checklist.items", ("leave", "", "promise"), "see", "  ")
    before = files(project)
    written(project, desk)
    lines = changed_lines(before, files(project))
    assert lines == {"scripts/leaving.yml": (1, 0), "checklists/leave.yml": (1, 1)}


def test_a_filled_cell_adds_its_key(project: Path, desk: Book) -> None:
    desk.put("script", ("leaving",), "goal", "问清原因")
    desk.put("script.answers", MONEY, "do", "当场查")
    desk.put("checklist.items", ("leave", "", "decider"), "why", "白跑一趟")
    desk.put("scheme", ("tier",), "when_moving.takes_effect", "下月 1 日")
    desk.put("scheme", ("tier",), "when_moving.promised", "照办")
    written(project, desk)
    data = project / "playbook_data"
    script = (data / "scripts/leaving.yml").read_text("utf-8")
    assert script.index("goal: 问清原因\n") < script.index("answers:")
    assert "    say: 上个月的单子我带着，咱们对一遍。\n    do: 当场查\n" in script
    assert "decider:" in (data / "checklists/leave.yml").read_text("utf-8")
    tier = (data / "tiers/tier.yml").read_text("utf-8")
    assert tier.count("when_moving:") == 1
    assert taken_in(project, exported(project)).files == ()


def test_a_class_can_be_given_what_must_be_approved(project: Path, desk: Book) -> None:
    desk.put(CARE, ("silver",), "visit", "需批准：主管")
    desk.put(CARE, ("gold",), "visit", "stopped: 今年不办")
    written(project, desk)
    shown = book(library(project).shelf).grids[CARE].rows
    assert texts(shown["silver",]) == {"call": "✓", "visit": "approve: 主管"}
    assert texts(shown["gold",]) == {"call": "✓", "visit": "stopped: 今年不办"}


def test_a_row_that_stands_only_in_the_matrix_is_shown(project: Path) -> None:
    edit(project, "matrices/care.yml", "  gold:", "  old: [visit]\n  gold:")
    desk = Book(exported(project))
    assert desk.cell(CARE, ("old",), "visit").value == "✓"
    assert taken_in(project, desk).files == ()


def test_a_class_without_a_row_gets_one(project: Path) -> None:
    edit(project, "matrices/care.yml", "  silver: [call]\n", "")
    desk = Book(exported(project))
    desk.put(CARE, ("silver",), "visit", "✓")
    written(project, desk)
    text = (project / "playbook_data/matrices/care.yml").read_text("utf-8")
    assert text.endswith("cells:\n  gold: [call, visit]\n  silver: [visit]\n")


def test_a_block_text_keeps_its_form(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    path = project / "playbook_data/guides/visit.yml"
    path.write_text(
        "id: visit\ntitle: 上门\ngroup: method\nparts:\n"
        "  - kind: prose\n    text: |\n      第一段\n\n      - 甲\n      - 乙   # 是字\n", "utf-8"
    )  # fmt: skip
    desk = Book(exported(project))
    key = ("visit", "", "prose")
    assert desk.cell("guide.parts", key, "text").value == "第一段\n\n- 甲\n- 乙   # 是字"
    assert taken_in(project, desk).files == ()
    desk.put("guide.parts", key, "text", "第一段\r\n\r\n- 甲\r\n- 丙   # 是字")
    before = files(project)
    written(project, desk)
    assert changed_lines(before, files(project)) == {"guides/visit.yml": (1, 1)}


def test_lines_that_were_not_changed_keep_their_blanks(project: Path) -> None:
    path = project / "playbook_data/guides/visit.yml"
    path.write_text(
        "id: visit\ntitle: 上门\ngroup: method\nparts:\n"
        "  - kind: prose\n    text: |\n      甲  \n      乙\n      丙  \n"
        "for: tier/*\n", "utf-8"
    )  # fmt: skip
    desk = Book(exported(project))
    desk.put("guide.parts", ("visit", "", "prose"), "text", "甲\n乙乙\n丙")
    before = files(project)
    written(project, desk)
    assert changed_lines(before, files(project)) == {"guides/visit.yml": (1, 1)}


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_mark_and_line_endings_of_windows_stay(project: Path, ending: str) -> None:
    path = project / "playbook_data/scripts/leaving.yml"
    text = path.read_text("utf-8").replace("\n", ending)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    desk = Book(exported(project))
    assert taken_in(project, desk).files == ()
    desk.put("script", ("leaving",), "title", "客户不做了")
    written(project, desk)
    wanted = text.replace("客户说不想做了", "客户不做了")
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()


# --- rows -----------------------------------------------------------------------------------------


def test_new_rows_become_new_things(project: Path, desk: Book) -> None:
    desk.add("param", id="silver-cycle", name="银卡多久", type="count", unit="天", default="030")
    desk.add("rhythm", id="read-all", kind="review", who="rep", what="看记录", whom="tier/*",
             each="每季")  # fmt: skip
    desk.add("checklist.items", checklist="leave", within="", id="stock", text="货够卖吗？")
    desk.add("script", id="price", title="客户嫌贵", group="talk", form="talk", for_="tier/*",
             open="您跟谁比？", close="我记下了。")  # fmt: skip
    desk.add("script.answers", script="price", within="rival", id="all", they_say="样样都便宜",
             say="您举一样。\n我记下来。")  # fmt: skip
    desk.add("script.answers", script="price", within="", id="rival", they_say="别家便宜",
             say="比哪一样？")  # fmt: skip
    desk.add("script.answers", script="price", within="", id="cash", they_say="手头紧",
             say="哪天宽裕？")  # fmt: skip
    desk.add("script.answers", script="leaving", within="money", id="rest", they_say="想歇歇",
             end="true")  # fmt: skip
    before = files(project)
    written(project, desk)
    after = files(project)
    assert after.keys() - before.keys() == {"scripts/price.yml"}
    text = after["scripts/price.yml"].decode()
    assert text.startswith("id: price\ntitle: 客户嫌贵\n")
    assert "silver-cycle: {name: 银卡多久" in after["parameters.yml"].decode()
    assert "default: 030" in after["parameters.yml"].decode()
    assert "\n  stock: 货够卖吗？\n" in after["checklists/leave.yml"].decode()
    shown = book(library(project).shelf).grids["script.answers"].rows
    assert texts(shown["price", "rival", "all"])["say"] == "您举一样。\n我记下来。"
    assert texts(shown["leaving", "money", "rest"]) == {"they_say": "想歇歇", "end": "true"}
    assert taken_in(project, exported(project)).files == ()


def test_a_row_put_between_two_others_stands_between_them(project: Path, desk: Book) -> None:
    ws = desk.sheet("checklist.items")
    at = desk.row("checklist.items", "leave", "", "promise")
    ws.insert_rows(at)
    for key, value in (("checklist", "leave"), ("id", "between"), ("text", "门关好了吗？")):
        ws.cell(at, desk.column("checklist.items", key)).value = value
    written(project, desk)
    text = (project / "playbook_data/checklists/leave.yml").read_text("utf-8")
    assert text.index("decider:") < text.index("between:") < text.index("promise:")


def test_rows_put_in_together_keep_their_order_unless_the_sheet_was_sorted(
    project: Path, desk: Book
) -> None:
    ws = desk.sheet("checklist.items")
    at = desk.row("checklist.items", "leave", "", "promise")
    ws.insert_rows(at, 2)
    for row, id_ in ((at, "one"), (at + 1, "two")):
        for key, value in (("checklist", "leave"), ("id", id_), ("text", "门关好了吗？")):
            ws.cell(row, desk.column("checklist.items", key)).value = value
    ids = [change.key[-1] for change in taken_in(project, desk).merged.added]
    assert ids == ["one", "two"]
    rows = [[cell.value for cell in row] for row in ws.iter_rows(min_row=2)]
    sorted_desk = Book(desk.bytes())
    for number, row in enumerate((rows[-1], *rows[:-1]), 2):
        for column, value in enumerate(row, 1):
            sorted_desk.sheet("checklist.items").cell(number, column).value = value
    written(project, desk)
    text = (project / "playbook_data/checklists/leave.yml").read_text("utf-8")
    places = [text.index(f"\n  {id_}:") for id_ in ("decider", "one", "two", "promise")]
    assert places == sorted(places)
    edit(project, "checklists/leave.yml", text[places[1] : places[3]], "")
    written(project, sorted_desk)
    text = (project / "playbook_data/checklists/leave.yml").read_text("utf-8")
    assert text.index("promise:") < min(text.index("one:"), text.index("two:"))


def test_a_copied_row_with_a_new_id_is_a_new_row(project: Path, desk: Book) -> None:
    ws = desk.sheet("rhythm")
    copied = [cell.value for cell in ws[desk.row("rhythm", "call-silver")]]
    copied[0] = "call-silver-too"
    number = ws.max_row + 1
    for column, value in enumerate(copied, 1):
        ws.cell(number, column).value = value
    found = taken_in(project, desk)
    assert [row.key for row in found.merged.added] == [("call-silver-too",)]
    assert found.objections == ()


def test_a_missing_row_stays_unless_deletions_are_allowed(project: Path, desk: Book) -> None:
    desk.delete("checklist.items", "leave", "", "decider")
    desk.delete("rhythm", "call-gold")
    before = files(project)
    kept = written(project, desk)
    assert files(project) == before
    assert {gone.row.key[-1] for gone in kept.merged.gone} == {"decider", "call-gold"}
    found = taken_in(project, desk, deletions=True)
    lines = {f.path.name: len(f.old.splitlines()) - len(f.new.splitlines()) for f in found.files
             if f.old and f.new}  # fmt: skip
    assert lines == {"leave.yml": 1, "rhythms.yml": 1}


def test_a_deleted_thing_takes_its_file_and_its_rows(project: Path, desk: Book) -> None:
    desk.delete("script", "leaving")
    left = taken_in(project, desk, deletions=True)
    assert "what stands inside it is there" in said(left)[0]
    for key in (MONEY, ("leaving", "", "tired")):
        desk.delete("script.answers", *key)
    found = taken_in(project, desk, deletions=True)
    assert [(f.path.name, f.new) for f in found.files] == [("leaving.yml", None)]
    assert any("script:leaving" in text for text in said(found))  # others still lead there
    assert found.refused


# --- both sides changed ---------------------------------------------------------------------------


def edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / "playbook_data" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_was_changed_only_in_yaml_stays(project: Path, desk: Book) -> None:
    edit(project, "parameters.yml", "default: 15", "default: 21")
    edit(project, "scripts/leaving.yml", "title: 客户说不想做了", "title: 他说不做了")
    desk.put("script", ("leaving",), "close", "我明天回话。")
    found = written(project, desk)
    assert found.merged.kept == 2
    assert [change.column.key for change in found.merged.changed] == ["close"]
    script = (project / "playbook_data/scripts/leaving.yml").read_text("utf-8")
    assert "title: 他说不做了\n" in script
    assert "close: 我明天回话。\n" in script


def test_the_same_on_both_sides_is_nothing(project: Path, desk: Book) -> None:
    edit(project, "parameters.yml", "default: 15", "default: 21")
    desk.put("param", ("gold-cycle",), "default", "21")
    assert written(project, desk).files == ()


def test_differently_on_both_sides_is_a_conflict_with_both_places(
    project: Path, desk: Book
) -> None:
    edit(project, "parameters.yml", "default: 15", "default: 21")
    place = desk.put("param", ("gold-cycle",), "default", "20")
    desk.put("script", ("leaving",), "close", "我明天回话。")
    before = files(project)
    found = taken_in(project, desk)
    (objection,) = found.objections
    assert objection.place == place
    assert str(objection.at).startswith("playbook_data/parameters.yml:1:")
    assert "here “20”, there “21”" in said(found)[0]
    assert found.refused
    assert found.files == ()
    assert files(project) == before


def test_a_row_deleted_on_one_side_and_changed_on_the_other_is_a_conflict(
    project: Path, desk: Book
) -> None:
    edit(project, "rhythms.yml", "what: 电话联系", "what: 打电话")
    desk.delete("rhythm", "call-silver")
    text = (project / "playbook_data/rhythms.yml").read_text("utf-8").splitlines(keepends=True)
    (project / "playbook_data/rhythms.yml").write_text(text[0], "utf-8")  # call-gold is gone
    desk.put("rhythm", ("call-gold",), "what", "去一次")
    found = taken_in(project, desk, deletions=True)
    assert len(found.objections) == 2
    assert "taken away in YAML" in said(found)[0]
    assert "was changed in YAML" in said(found)[1]


def test_rows_that_came_and_went_in_yaml_are_no_conflict(project: Path, desk: Book) -> None:
    path = project / "playbook_data/rhythms.yml"
    first, second = path.read_text("utf-8").splitlines()
    path.write_text(f"{first}\n{second.replace('call-gold', 'see-gold')}\n", "utf-8")
    assert written(project, desk, deletions=True).files == ()


# --- what programs make of cells ------------------------------------------------------------------

DAY = datetime.datetime(2026, 1, 2)
GOLD = ("gold-cycle",)


@pytest.mark.parametrize(
    ("column", "value", "form", "text"),
    [
        ("default", 20, "General", "20"),
        ("default", 20.0, "0", "20"),
        ("default", 12.5, "0.00", "12.5"),
        ("default", 0.1 + 0.2, "General", "0.3"),
        ("default", 1500, "#,##0", "1500"),
        ("default", 7, "000", "007"),
        ("default", 0.7, "0%", "70%"),
        ("default", 0.125, "0.0%", "12.5%"),
        ("default", 5, '0.00"元"', "5"),
        ("effective_from", DAY, "yyyy-mm-dd", "2026-01-02"),
        ("effective_from", DAY, "m/d/yy", "2026-01-02"),
        ("why", "1-2", "@", "1-2"),
        ("why", "甲\r\n乙 _x000D_", "@", "甲\n乙"),
    ],
)
def test_what_was_typed_comes_back(
    project: Path, desk: Book, column: str, value: object, form: str, text: str
) -> None:
    desk.put("param", GOLD, column, value, form)
    (change,) = taken_in(project, desk).merged.changed
    assert change.new == text


@pytest.mark.parametrize(
    ("column", "value", "form", "part"),
    [
        ("why", "=1+1", "General", "formula"),
        ("why", "#REF!", "General", "#REF!"),
        ("why", DAY, "m-d", "a date"),
        ("default", DAY, "m-d", "a date"),
        ("effective_from", datetime.time(12, 30), "h:mm", "a time"),
        ("why", datetime.timedelta(hours=30), "[h]:mm", "a time"),
        ("why", True, "General", "TRUE"),
        ("default", 13800138000, "General", "zeros"),
        ("default", 1.5e300, "General", "zeros"),
        ("default", 12, "0.00E+00", "the form"),
        ("default", 3.5, "# ?/?", "the form"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_cell(
    project: Path, desk: Book, column: str, value: object, form: str, part: str
) -> None:
    place = desk.put("param", GOLD, column, value, form)
    if value == "=1+1":
        desk.cell("param", GOLD, column).data_type = "f"
    if value == "#REF!":
        desk.cell("param", GOLD, column).data_type = "e"
    (objection,) = taken_in(project, desk).objections
    assert objection.place == place
    assert part in T.text(objection.message)
    assert objection.hint


def test_zeros_that_a_number_lost_are_not_lost(project: Path) -> None:
    edit(project, "parameters.yml", "default: 15", "default: 015")
    desk = Book(exported(project))
    place = desk.put("param", GOLD, "default", 15, "General")
    found = taken_in(project, desk)
    assert (found.files, found.objections) == ((), ())
    desk.put("param", GOLD, "default", 12, "General")
    (objection,) = taken_in(project, desk).objections
    assert objection.place == place


def test_a_percentage_is_written_as_yaml_writes_it(project: Path) -> None:
    path = project / "playbook_data/parameters.yml"
    path.write_text(
        path.read_text("utf-8") + "share: {name: 几成, type: percent, of: 时间, default: 70}\n",
        "utf-8",
    )
    for value, form in ((0.6, "0%"), ("60%", "@"), ("60％", "@"), (60, "General")):
        desk = Book(exported(project))
        desk.put("param", ("share",), "default", value, form)
        (change,) = taken_in(project, desk).merged.changed
        assert change.new == "60"


def test_a_truth_value_is_one_where_one_is_wanted(project: Path, desk: Book) -> None:
    desk.put("script.answers", MONEY, "end", True)
    (change,) = taken_in(project, desk).merged.changed
    assert change.new == "true"


# --- what cannot be taken -------------------------------------------------------------------------


def test_a_merged_cell_is_refused_by_name(project: Path, desk: Book) -> None:
    desk.sheet("rhythm").merge_cells("C2:C3")
    found = taken_in(project, desk)
    assert found.objections[0].place == f"{desk.titles['rhythm']}!C2"
    assert "merged" in said(found)[0]


def test_renamed_missing_and_foreign_sheets_are_refused(project: Path, desk: Book) -> None:
    desk.sheet("rhythm").title = "我的节奏"
    desk.file.create_sheet("草稿")
    assert [text.split(":")[0] for text in said(taken_in(project, desk))] == [
        desk.titles["rhythm"], "我的节奏!A1", "草稿!A1",
    ]  # fmt: skip


def test_columns_that_are_not_as_they_were_are_refused(project: Path, desk: Book) -> None:
    ws = desk.sheet("rhythm")
    ws.delete_cols(desk.column("rhythm", "each"))
    ws.cell(1, 2).value = "备注"
    ws = desk.sheet("role")
    ws.cell(1, ws.max_column + 1).value = "编号\nid"
    ws = desk.sheet("term")
    ws.cell(2, ws.max_column + 3).value = "记一笔"
    reasons = said(taken_in(project, desk))
    assert any("“备注” is no heading" in text for text in reasons)
    assert any("“each” is missing" in text for text in reasons)
    assert any("“id” stands here a second time" in text for text in reasons)
    assert any("below no heading" in text for text in reasons)


@pytest.mark.parametrize(
    ("do", "part"),
    [
        (lambda d: d.put("rhythm", ("call-gold",), "id", "call-best"), "was “call-gold”"),
        (lambda d: d.put("rhythm", ("call-gold",), "id", "call-silver"), "already stands in"),
        (lambda d: d.put("rhythm", ("call-gold",), "id", None), "id is missing"),
        (lambda d: setattr(d.mark("rhythm", ("call-gold",)), "value", "x"), "hidden column"),
        (lambda d: setattr(d.mark("rhythm", ("call-gold",)), "value", None), "has lost"),
        (lambda d: d.put("rhythm", ("call-gold",), "what", None), "must not be empty"),
        (lambda d: d.put("rhythm", ("call-gold",), "what", "长" * 32_001), "too long"),
        (lambda d: d.put(CARE, ("gold",), "call", "有时有"), "no sign"),
        (lambda d: d.add(CARE, **{"class": "vip"}), "no row “vip”"),
        (lambda d: d.add("scheme", id="new", name="新", judges="owner", order="none"),
         "cannot be added"),
        (lambda d: d.add("script", id="../../x", title="甲", group="talk", form="talk",
                         for_="tier/*"), "cannot be an id"),
        (lambda d: d.add("script", id="con", title="甲", group="talk", form="talk", for_="tier/*"),
         "Windows"),
        (lambda d: d.add("class", **{"class": "tier/../x"}, goal="甲"), "no class"),
        (lambda d: d.add("script.answers", script="none", id="a", they_say="甲"), "no “none”"),
        (lambda d: d.add("measure", **{"measure-group": "x"}, id="a", name="甲"), "no group “x”"),
        (lambda d: d.add("term", id="a", name="甲"), "must not be empty"),
        (lambda d: d.put("table.rows", ("brands", "", "small"), "then", "没有编号"),
         "no name before"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_rows_and_cells_that_cannot_be_taken_are_refused(
    project: Path, desk: Book, do: Any, part: str
) -> None:
    do(desk)
    before = files(project)
    found = taken_in(project, desk)
    assert any(part in text for text in said(found)), said(found)
    assert all("!" in objection.place for objection in found.objections)
    assert found.refused
    assert files(project) == before


def test_what_no_cell_can_show_is_said_and_stays(project: Path) -> None:
    edit(project, "scripts/leaving.yml", "record: [原话一句]", 'record: ["甲↵", 乙]')
    data = exported(project)
    desk = Book(data)
    cell = desk.cell("script", ("leaving",), "record")
    assert (cell.value, cell.protection.locked) == (FIXED, True)
    first = desk.file.worksheets[0]
    text = "\n".join(str(cell.value) for row in first.iter_rows() for cell in row)
    assert "script，leaving，record" in text
    desk.put("script", ("leaving",), "title", "客户不做了")
    assert len(written(project, desk).merged.changed) == 1
    desk.put("script", ("leaving",), "record", "甲")
    assert "cannot be changed in a cell" in said(taken_in(project, desk))[0]


def test_a_new_warning_is_shown_and_does_not_stand_in_the_way(project: Path, desk: Book) -> None:
    place = desk.put("script", ("leaving",), "close", "我明天给您回话" + "，好不好" * 12 + "。")
    found = written(project, desk)
    assert [problem.code for problem in found.problems] == ["long-line"]
    assert said(found)[0].startswith(place)


def test_a_mistake_is_told_by_the_cell_that_it_was_made_in(project: Path, desk: Book) -> None:
    wrong = {
        desk.put("rhythm", ("call-silver",), "each", "常常"): "no frequency",
        desk.put("scheme.classes", ("tier", "", "silver"), "when", "trucks: 不满 9"): "9",
    }
    before = files(project)
    found = taken_in(project, desk)
    for place, part in wrong.items():
        assert any(t.startswith(place) and part in t for t in said(found)), (place, said(found))
    assert found.refused
    assert files(project) == before


def test_what_was_wrong_before_does_not_stand_in_the_way(project: Path, desk: Book) -> None:
    edit(project, "rhythms.yml", "whom: tier/gold", "whom: tier/old")
    desk.put("param", GOLD, "default", "20")
    found = written(project, desk)
    assert [f.path.name for f in found.files] == ["parameters.yml"]


# --- files that are none --------------------------------------------------------------------------


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<x/>")
        for number in range(11):
            parts.writestr(f"xl/{number}.xml", b" " * 10_000_000)
    return out.getvalue()


def foreign() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "客户"
    book.save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "no Excel workbook"),
        (b"id,name\n1,x\n", "no Excel workbook"),
        ("编号,名称\n".encode("gb18030"), "no Excel workbook"),
        (OLE, "old form"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04" + b"x" * 200, "damaged"),
        (bomb(), "too large"),
        (foreign(), "was not made by"),
    ],
    ids=["empty", "csv", "gbk csv", "xls", "encrypted", "cut", "bomb", "foreign"],
)
def test_what_is_no_workbook_of_ours_gets_a_sentence(project: Path, data: bytes, part: str) -> None:
    with pytest.raises(NoWorkbook) as stopped:
        taken_in(project, data)
    assert part in T.text(stopped.value.message)
    assert "{" not in T.text(stopped.value.message)


def test_a_newer_form_is_not_read(project: Path, desk: Book) -> None:
    desk.file[INNER]["B1"] = "2"
    with pytest.raises(NoWorkbook) as stopped:
        taken_in(project, desk)
    assert "newer version" in T.text(stopped.value.message)


def test_damage_anywhere_is_a_sentence_or_an_objection(project: Path, small: bytes) -> None:
    """Every part of the file, cut in half or taken out."""
    with zipfile.ZipFile(io.BytesIO(small)) as parts:
        whole = {name: parts.read(name) for name in parts.namelist()}
    assert len(whole) > 40
    odd = [n for n in whole if "sheet1" not in n or n.endswith(("sheet1.xml", "sheet10.xml"))]
    for name in odd[:14]:
        for data in (None, whole[name][: len(whole[name]) // 2]):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as parts:
                for other, content in whole.items():
                    if other != name:
                        parts.writestr(other, content)
                    elif data is not None:
                        parts.writestr(other, data)
            try:
                found = taken_in(project, out.getvalue())
            except NoWorkbook:
                continue
            assert found.refused or not found.files, name


def test_many_rows_end_in_a_sentence(project: Path, desk: Book) -> None:
    ws = desk.sheet("term")
    for number in range(20_001):
        ws.append([f"t{number}"])
    found = taken_in(project, desk)
    assert any("More rows than" in text for text in said(found))


# --- the commands ---------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        commands(T)([*arguments, "--lang", "en"])
    caught = capsys.readouterr()
    return int(stopped.value.code or 0), caught.out, caught.err


def test_the_commands_from_end_to_end(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, to = tmp_path / "a.xlsx", ("--project", str(project))
    code, out, err = run(capsys, "export", "xlsx", "--out", str(file), *to)
    assert (code, err) == (0, "")
    assert file.name in out
    assert run(capsys, "import", "xlsx", str(file), "--write", *to) == (
        0, "The workbook changes nothing.\n", "",
    )  # fmt: skip
    desk = Book(file.read_bytes())
    place = desk.put("param", GOLD, "default", "20")
    file.write_bytes(desk.bytes())
    before = files(project)
    code, out, err = run(capsys, "import", "xlsx", str(file), *to)
    assert (code, err) == (0, "")
    assert f"{place} (gold-cycle · value): 15 → 20\n" in out
    assert "\n-gold-cycle: {" in out
    assert "times a year" in out  # what it means, not only which letters
    assert "add --write" in out
    assert files(project) == before
    assert run(capsys, "import", "xlsx", str(file), "--write", *to)[0] == 0
    assert changed_lines(before, files(project)) == {"parameters.yml": (1, 1)}
    edit(project, "parameters.yml", "default: 20", "default: 22")
    code, out, err = run(capsys, "import", "xlsx", str(file), "--write", *to)
    assert code == 1
    assert f"{place}: This was changed here and in YAML since the export" in err
    assert "In YAML: playbook_data/parameters.yml:1:" in err
    assert "Nothing was written.\n" in err


def test_a_file_that_is_not_there_or_none_of_ours_is_a_mistake_in_use(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = ("--project", str(project))
    for file in (tmp_path / "none.xlsx", tmp_path):
        code, _, err = run(capsys, "import", "xlsx", str(file), *to)
        assert code == 2
        assert "Traceback" not in err
    (tmp_path / "x.xlsx").write_bytes(foreign())
    code, _, err = run(capsys, "import", "xlsx", str(tmp_path / "x.xlsx"), *to)
    assert code == 2
    assert "x.xlsx: The workbook was not made by" in err


def test_a_playbook_that_cannot_be_read_is_neither_exported_nor_changed(
    project: Path, tmp_path: Path, small: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(small)
    edit(project, "rhythms.yml", "kind: contact", "kind：contact")
    to = ("--project", str(project))
    for arguments in (("export", "xlsx", "--out", str(tmp_path / "b.xlsx")),
                      ("import", "xlsx", str(tmp_path / "a.xlsx"))):  # fmt: skip
        code, _, err = run(capsys, *arguments, *to)
        assert code == 1
        assert "rhythms.yml:1:" in err
    assert not (tmp_path / "b.xlsx").exists()


def test_without_the_library_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    project: Path,
    tmp_path: Path,
    small: bytes,
) -> None:
    (tmp_path / "a.xlsx").write_bytes(small)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    wanted = re.search(r'^xlsx = \["(.+?)"\]', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert wanted
    for arguments in (("export", "xlsx"), ("import", "xlsx", str(tmp_path / "a.xlsx"))):
        code, _, err = run(capsys, *arguments, "--project", str(project))
        assert code == 2
        assert f'pip install "{wanted[1]}"' in err


def test_headings_are_known_by_their_last_line() -> None:
    assert key_of("标题\ntitle") == "title"
    assert key_of("标题\r\ntitle ") == "title"
    assert key_of(None) == ""
