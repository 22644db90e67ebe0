"""What came to mean something else, day by day: of changes, of git's history, and of the folder."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from outlines import lay
from test_since import NOBODY, edit, git

from baodian import history, page
from baodian.editing import files
from baodian.editing.folding import folded
from baodian.editing.renaming import renamed
from baodian.editing.typed import Written
from baodian.meaning import Change
from baodian.page import Folded, Site, Widget
from baodian.pages.parts.places import CHANGES
from baodian.playbook import Edition, Playbook
from baodian.playbook.load import library
from baodian.read import Read, read
from baodian.said.messages import words
from baodian.timeline import Event, Timeline, event, timeline

TODAY = datetime.date(2026, 12, 1)
ZH = words("zh-CN")
PARAMETERS = "parameters.yml"
CHANGE = """\
id: gold
title: 金卡二十天一次
effective_from: 2026-11-10
why: 人手紧
approved_by: 甲
must_read: true
change:
  param:gold-cycle: {default: 20}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small playbook in git, as it was half a year ago."""
    folder = lay("small", tmp_path / "p")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "2026-06-01")
    return folder


def commit(folder: Path, day: str) -> None:
    made = f"{day}T12:00:00+08:00"
    env = {**os.environ, **NOBODY, "GIT_COMMITTER_DATE": made, "GIT_AUTHOR_DATE": made}
    git(folder, "add", "-A")
    subprocess.run(["git", "-C", str(folder), "commit", "-q", "-m", "x"], env=env, check=True)


def put(folder: Path, text: str, name: str = "changes/gold.yml") -> None:
    file = folder / "playbook_data" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def line(folder: Path, today: datetime.date = TODAY, audience: str = "") -> Timeline:
    return timeline(folder, library(folder), Edition(ZH, today, audience=audience))


def told(events: tuple[Event, ...]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return day, source, and what is another: kind, old, new; wording left out."""
    return [
        (str(e.day), e.source,
         [(p.kind, p.old, p.new) for p in e.pieces
          if p.key.startswith("param:") and p.kind != "reworded"])
        for e in events
    ]  # fmt: skip


def test_a_commit_is_told_on_its_day_and_other_words_are_no_other_meaning(project: Path) -> None:
    edit(project, PARAMETERS, "default: 15", "default: 10")
    commit(project, "2026-11-05")
    edit(project, "checklists/leave.yml", "答应的事写下了吗？", "答应的都写下了吗？")
    commit(project, "2026-11-06")
    first, second = line(project).events
    assert told((first,)) == [("2026-11-05", "history", [("loosened", "15天", "10天")])]
    assert {piece.kind for piece in second.pieces} == {"reworded"}
    assert line(project).since == datetime.date(2026, 6, 1)
    assert line(project).gap == ""


def test_what_is_only_written_otherwise_is_no_event(project: Path) -> None:
    old = "name: 金卡客户多久联系一次, type: count"
    edit(project, PARAMETERS, old, "type: count, name: 金卡客户多久联系一次")
    commit(project, "2026-11-05")
    edit(project, PARAMETERS, "gold-cycle:", "# 一行说明\ngold-cycle:")
    assert line(project).events == ()


def test_a_change_is_told_when_it_begins_and_not_when_it_is_written_or_folded(
    project: Path,
) -> None:
    put(project, CHANGE)
    commit(project, "2026-11-01")
    begins = ("2026-11-10", "change", [("tightened", "15天", "20天")])
    told_now = line(project)
    assert told(told_now.events) == [begins]
    assert told_now.announced == {"gold": datetime.date(2026, 11, 1)}
    edit(project, PARAMETERS, "default: 15", "default: 20")
    (project / "playbook_data" / "changes" / "gold.yml").unlink()
    commit(project, "2026-11-20")
    assert line(project).events == ()


MORE = """\
add:
  term:lorry: {name: 卡车, definition: 拉货的车。}
withdraw:
  term:silver-card: {why: 不再发, successor: term:lorry}
"""


def test_a_folded_change_is_told_as_before(project: Path) -> None:
    def said() -> list[tuple[object, ...]]:
        events = (e for e in line(project).events if e.source == "change")
        return [(e.day, e.change, [(p.kind, p.key, p.said, p.causes) for p in e.pieces])
                for e in events]  # fmt: skip

    put(project, CHANGE + MORE)
    before = said()
    assert {"term:lorry", "param:gold-cycle"} < {key for _, key, *_ in before[0][2]}  # type: ignore[attr-defined]
    files.write(folded(Written(project), "gold", TODAY))
    assert said() == before
    # where a file tells only the name of what was withdrawn, it stays folded; nothing else stops
    edit(project, "changes/gold.yml", ", definition: 在用不满 10 台的车主。", "")
    assert said() == []


def test_a_change_that_ends_is_told_again_the_other_way_round(project: Path) -> None:
    put(project, CHANGE.replace("why:", "effective_until: 2026-11-20\nwhy:"))
    begins, ends = line(project).events
    assert (begins.change, begins.ends, ends.change, ends.ends) == ("gold", False, "gold", True)
    assert told((ends,)) == [("2026-11-21", "change", [("loosened", "20天", "15天")])]


def test_of_two_changes_on_one_day_each_tells_its_own(project: Path) -> None:
    put(project, CHANGE)
    other = "id: door\ntitle: 门口\neffective_from: 2026-11-10\nwhy: 顺\napproved_by: 甲\n"
    put(project, f"{other}change:\n  role:rep: {{name: 客户经理}}\n", "changes/door.yml")
    by = {e.change: {p.key for p in e.pieces} for e in line(project).events}
    assert "param:gold-cycle" in by["gold"] - by["door"]
    assert "role:rep" in by["door"] - by["gold"]


def test_a_revision_that_cannot_be_read_is_skipped_and_said(project: Path) -> None:
    edit(project, PARAMETERS, "default: 15", "default: [15")
    commit(project, "2026-11-04")
    edit(project, PARAMETERS, "default: [15", "default: 10")
    commit(project, "2026-11-05")
    now = line(project)
    assert told(now.events) == [("2026-11-05", "history", [("loosened", "15天", "10天")])]
    (skipped,) = now.skipped
    assert str(skipped.day) == "2026-11-04"
    assert skipped.why.startswith("playbook_data/parameters.yml:1: ")


def test_a_revision_with_faults_among_things_is_compared_all_the_same(project: Path) -> None:
    """Whatever `check` says of an old revision, nothing breaks, and what is clear is told."""
    edit(project, "rhythms.yml", "tier/gold", "tier/gone")
    edit(project, "moments/door.yml", "script:leaving", "script:nobody")
    edit(project, PARAMETERS, "default: 15", "default: 12")
    commit(project, "2026-11-04")
    git(project, "checkout", "-q", "HEAD~1", "--", ".")
    commit(project, "2026-11-05")
    days = [day for day, _, _ in told(line(project).events)]
    assert days == ["2026-11-04", "2026-11-05"]


def test_what_stands_in_the_folder_alone_is_of_today(project: Path) -> None:
    edit(project, PARAMETERS, "default: 15", "default: 10")
    assert told(line(project).events) == [
        ("2026-12-01", "folder", [("loosened", "15天", "10天")])
    ]  # fmt: skip


def test_without_history_changes_are_told_and_what_is_missing_is_said(
    project: Path, tmp_path: Path
) -> None:
    put(project, CHANGE)
    commit(project, "2026-11-01")
    bare = tmp_path / "bare"
    shutil.copytree(project, bare, ignore=shutil.ignore_patterns(".git"))
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{project}", str(shallow))
    for folder, why in ((bare, "这个文件夹不在 git 仓库里。"), (shallow, "--unshallow")):
        assert [e.change for e in line(folder).events] == ["gold"]
        assert why in line(folder).gap


def test_an_audience_is_told_of_changes_alone_and_of_what_it_may_see(project: Path) -> None:
    edit(project, PARAMETERS, "default: 15", "default: 10")
    audience = "audiences:\n  partner: {name: 伙伴, kinds: [change, role, channel]}\n"
    settings = project / "playbook_data" / "playbook.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + audience, encoding="utf-8")
    role = "  role:rep: {name: 客户经理, text: 管门店。}\n"
    put(project, CHANGE.replace("default: 20", "default: 22") + role)
    commit(project, "2026-11-05")
    partner = line(project, audience="partner")
    assert [(e.source, {p.key for p in e.pieces}) for e in partner.events] == [
        ("change", {"role:rep"})
    ]  # fmt: skip
    assert (partner.gap, partner.since, partner.skipped) == ("", None, ())
    assert len(line(project).events) == 2


def test_of_a_change_that_an_audience_may_not_see_nothing_is_told(project: Path) -> None:
    settings = project / "playbook_data" / "playbook.yml"
    seen = "kinds: [param, rhythm, role, channel, scheme], ids: [change:door]"
    text = settings.read_text(encoding="utf-8") + f"audiences:\n  p: {{name: 伙伴, {seen}}}\n"
    settings.write_text(text, encoding="utf-8")
    put(project, CHANGE)
    assert line(project, audience="p").events == ()
    assert len(line(project).events) == 2  # the folder's own words about audiences are one
    door = "id: door\ntitle: 门口\neffective_from: 2026-11-10\nwhy: 顺\napproved_by: 甲\n"
    put(project, f"{door}change:\n  role:rep: {{name: 客户经理}}\n", "changes/door.yml")
    (event,) = line(project, audience="p").events
    assert (event.change, {piece.key for piece in event.pieces}) == ("door", {"role:rep"})


def test_what_was_found_in_the_history_is_kept_and_never_read_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, PARAMETERS, "default: 15", "default: 10")
    commit(project, "2026-11-05")
    first = line(project)
    monkeypatch.setattr(history, "at", None)
    assert line(project) == first
    cache = project / ".baodian-cache"
    status = subprocess.run(["git", "-C", str(project), "status", "--porcelain"],
                            capture_output=True, text=True, check=True)  # fmt: skip
    assert status.stdout == ""
    monkeypatch.undo()
    for file in cache.glob("*.json"):
        file.write_text("{", encoding="utf-8")
    assert line(project) == first
    shutil.rmtree(cache)
    cache.write_text("no folder", encoding="utf-8")
    assert line(project) == first


def test_the_print_of_a_change_lasts_as_long_as_its_meaning(project: Path) -> None:
    """Its title, its reasons and the words of what it adds may be said better."""

    def print_of(text: str) -> str:
        put(project, text)
        return line(project).print_of("gold")

    added = CHANGE + "  role:rep: {text: 管门店，每月交 3 份表。}\n"
    first = print_of(added)
    for old, new in (
        ("金卡二十天一次", "金卡改成二十天"),
        ("人手紧", "人手不够"),
        ("管门店，每月交 3 份表", "门店归他，一个月 3 份表"),
        ("must_read: true\n", ""),
    ):
        assert print_of(added.replace(old, new)) == first, new
    for old, new in (("20}", "21}"), ("3 份", "4 份"), ("2026-11-10", "2026-11-11"),
                     ("why:", "effective_until: 2026-12-31\nwhy:")):  # fmt: skip
        assert print_of(added.replace(old, new)) != first, new


def test_what_was_confirmed_stays_so_when_a_thing_gets_another_id(tmp_path: Path) -> None:
    """It is told by names of which one is the same before, in between, and at the end."""
    folder = lay("full", tmp_path / "p")

    def rename(kind: str, old: str, new: str) -> None:
        files.write(renamed(Written(folder), kind, old, new))

    def prints(change: str) -> set[str]:
        return set(line(folder).print_of(change).split())

    kept = prints("coming")
    for kind, old, new in (
        ("param", "rest-days", "days-of-rest"), ("measure", "visit", "call-on"),
        ("measure", "call-on", "come"), ("class", "heat/c", "cold"), ("scheme", "heat", "warmth"),
        ("matrix", "care", "having"), ("checklist", "order-day#bill", "paper"),
        ("term", "slow-shop", "slow"), ("moment", "lunch", "noon"),
    ):  # fmt: skip
        rename(kind, old, new)
        assert prints("coming") & kept, (kind, old)
        kept |= prints("coming")
    rename("change", "coming", "next")
    rename("change", "next", "soon")
    changes = next(p for p in pages(folder).pages if p.address == "changes/index.html")
    (asked,) = (b for b in changes.blocks if isinstance(b, Widget) and b.name == "receipts")
    soon = next(one for one in asked.data["all"] if one["id"] == "soon")
    assert soon["was"] == ["coming", "next"]
    assert set(soon["print"].split()) & kept


def test_what_was_confirmed_stays_so_when_a_thing_stands_for_another(project: Path) -> None:
    put(project, CHANGE + "  measure:call: {who: rep}\n")
    before = line(project).print_of("gold")
    put(project, "measure:ring: measure:call\nparam:every: param:gold-cycle\n", "retired.yml")
    assert set(line(project).print_of("gold").split()) > {before}


# --- what readers see of it -----------------------------------------------------------------------


def pages(folder: Path) -> Site:
    return read(folder, TODAY).site


def test_pages_that_show_a_value_tell_when_it_changed_and_others_that_nothing_did(
    project: Path,
) -> None:
    edit(project, PARAMETERS, "default: 15", "default: 10")
    commit(project, "2026-11-05")
    site = pages(project)
    changed = {p.address: [c.day for c in p.changed] for p in site.pages}
    assert {a: len(days) for a, days in changed.items() if days} == {
        "customers/tier/gold.html": 3, "parameters.html": 1, "rhythms.html": 2,
    }  # fmt: skip
    assert {day for days in changed.values() for day in days} == {"2026-11-05"}
    for one in site.pages:
        assert len(set(one.changed)) == len(one.changed), "told twice"
        assert not (one.changed and one.unchanged)
    page = next(p for p in site.pages if p.address == "scripts/leaving.html")
    assert page.unchanged == "2026-06-01"
    (news,) = site.news
    assert (news.day, news.href) == ("2026-11-05", "changes/index.html#d-2026-11-05")


def test_a_day_before_the_last_revision_has_its_pages_too(project: Path) -> None:
    """What stands in a revision holds on whatever day one builds; no anchor stands twice."""
    with (project / "playbook_data" / "glossary.yml").open("a", encoding="utf-8") as file:
        file.write("soon: {name: 快款, definition: 交货就付。, effective_from: 2026-11-20}\n")
    commit(project, "2026-11-10")
    for day, old, new in ((20, 15, 10), (25, 10, 11)):
        edit(project, PARAMETERS, f"default: {old}", f"default: {new}")
        commit(project, f"2026-11-{day}")
    site = read(project, datetime.date(2026, 11, 21)).site
    index = next(p for p in site.pages if p.address == "changes/index.html")
    anchors = [b.anchor for b in index.blocks if isinstance(b, Folded)]
    assert sorted(map(str, anchors)) == ["d-2026-11-20", "d-2026-11-25", "t-2026-11-20"]
    assert len({one.name for one in site.news}) == len(site.news) == 2
    read(project, datetime.date(1, 1, 1))


def test_two_readings_of_one_revision_are_equal_and_so_is_a_clone(
    project: Path, tmp_path: Path
) -> None:
    put(project, CHANGE)
    commit(project, "2026-11-01")
    assert pages(project) == pages(project)
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", str(project), str(copy))
    assert pages(copy) == pages(project)


def test_revisions_too_faulty_to_compare_are_skipped_until_two_are_sound(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that is wrong in an old revision, and nobody can mend, stops a build."""
    diff = event.diff

    def faulty(old: Playbook, new: Playbook, *, quotes: bool = True) -> tuple[Change, ...]:
        if "12" in (old.value("gold-cycle"), new.value("gold-cycle")):
            raise LookupError("what is not there")
        return diff(old, new, quotes=quotes)

    monkeypatch.setattr(event, "diff", faulty)
    for day, value in ((1, 12), (2, 13), (3, 14)):
        file = project / "playbook_data" / PARAMETERS
        text = re.sub("default: [0-9]+", f"default: {value}", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
        commit(project, f"2026-11-0{day}")
    now = line(project)
    assert [str(one.day) for one in now.skipped] == ["2026-11-01"]
    assert [day for day, _, _ in told(now.events)] == ["2026-11-02", "2026-11-03"]


def test_a_faulty_revision_at_the_beginning_is_left_behind(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diff = event.diff

    def faulty(old: Playbook, new: Playbook, *, quotes: bool = True) -> tuple[Change, ...]:
        if old.value("gold-cycle") == "15":
            raise LookupError("what is not there")
        return diff(old, new, quotes=quotes)

    monkeypatch.setattr(event, "diff", faulty)
    for day, (before, now) in enumerate(((15, 13), (13, 14), (14, 16)), 1):
        edit(project, PARAMETERS, f"default: {before}", f"default: {now}")
        commit(project, f"2026-11-0{day}")
    assert [str(one.day) for one in line(project).skipped] == ["2026-11-01", "2026-11-02"]
    assert [day for day, _, _ in told(line(project).events)] == ["2026-11-03"]


def test_the_list_of_changes_and_the_page_of_one_count_the_same(shipped_read: Read) -> None:
    """Both count the texts that are listed; of search words, that nobody reads, neither tells."""
    index = next(p for p in shipped_read.site.pages if p.address == CHANGES)
    counts = []
    for block in index.blocks:
        if isinstance(block, page.Facts):
            said = [page.plain(line) for fact in block.facts for line in fact.lines]
            counts += [
                int(n[1]) for one in said if (n := re.match(r"另有 (\d+) 处只改了说法", one))
            ]
    listed = [
        len(lines.lines)
        for p in shipped_read.site.pages if (p.entity or "").startswith("change:")
        for fold in p.blocks if isinstance(fold, page.Folded) and fold.anchor == "h-reworded"
        for lines in fold.blocks if isinstance(lines, page.Bullets)
    ]  # fmt: skip
    assert listed
    assert sorted(counts) == sorted(listed)


def test_what_must_be_read_stands_by_its_days_and_says_who_is_not_touched(project: Path) -> None:
    later = "\n".join(
        ["id: a-later", "title: 主管去", "effective_from: 2026-11-20", "why: 人手紧",
         "approved_by: 甲", "must_read: true", "change:", "  rhythm:call-gold: {who: supervisor}"]
    )  # fmt: skip
    put(project, CHANGE)
    put(project, later, "changes/a-later.yml")  # read before gold.yml
    rhythms = next(p for p in pages(project).pages if p.address == "rhythms.html")
    notes = [w.blocks[0] for w in rhythms.blocks if isinstance(w, Widget) and w.name == "must"]
    assert [n.about for n in notes if isinstance(n, page.Callout)] == [
        "change:gold", "change:a-later",
    ]  # fmt: skip
    for note in notes:
        assert isinstance(note, page.Callout)
        lines = note.blocks[0]
        assert isinstance(lines, page.Bullets)
        assert page.plain(lines.lines[-1][0]) == "其他客户照旧"


def test_each_thing_is_told_once_and_those_of_which_the_same_is_told_together(
    project: Path,
) -> None:
    for rhythm in ("call-silver", "call-gold"):
        first = f"{rhythm}: {{kind: contact, who: "
        edit(project, "rhythms.yml", f"{first}rep", f"{first}supervisor")
    edit(project, "checklists/leave.yml", "decider: 见到能拍板的人了吗？", "next: 下次哪天来？")
    commit(project, "2026-11-20")
    day = next(b for p in pages(project).pages if p.address == CHANGES for b in p.blocks
               if isinstance(b, Folded) and b.anchor == "d-2026-11-20")  # fmt: skip
    facts = day.blocks[0]
    assert isinstance(facts, page.Facts)
    assert [(f.label, [page.plain(line) for line in f.lines]) for f in facts.facts] == [
        ("改了", [
            "自查“离店前自查”（银卡客户、金卡客户）：",
            "· 多了：下次哪天来？", "· 不再有：见到能拍板的人了吗？",
            "节奏“电话联系”、节奏“上门联系”（银卡客户、金卡客户）：",
            "· 谁做，多了：区域主管", "· 谁做，不再有：市场经理",
        ]),
    ]  # fmt: skip
