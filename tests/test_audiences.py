"""Editions for others than colleagues: nothing of what they may not see, in no byte and no name."""

from __future__ import annotations

import base64
import datetime
import gzip
import html
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, TODAY
from outlines import lay
from pypdf import PdfReader

from baodian import cli
from baodian.build import build
from baodian.checking import checked
from baodian.export import pdf, single
from baodian.model import prose
from baodian.model.fields import Name, Prose
from baodian.model.leaves import leaves
from baodian.playbook import Playbook
from baodian.playbook.audience import restricted
from baodian.playbook.load import load
from baodian.publish.leaks import leaks
from baodian.read import UnknownEdition, read
from baodian.said.messages import words
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress

EN, QUIET = words("en"), Progress(quiet=True)
PARTNER = """
audiences:
  partner:
    name: 伙伴看的
    kinds: [escalation, role]
    ids: [script:leaving]
    content: [about.md, shop.png]
"""
LATER = """id: names-hidden
title: Another text
why: It is better.
effective_from: 2027-01-01
approved_by: Lead
change:
  guide:after-visit: {intro: See 【script:first-visit】 there.}
"""
SECRET = "# 内部说明\n\n月底才对外公布的价目表。\n"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4IScHAAK2AQU0pnWqAAAAAElFTkSuQmCC"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_audiences(lay("small", tmp_path / "p"), PARTNER)


def with_audiences(project: Path, text: str) -> Path:
    content = project / "content"
    (content / "internal.md").write_text(SECRET, encoding="utf-8")
    (content / "about.md").write_text("# 关于\n\n![店](shop.png)\n", encoding="utf-8")
    (content / "shop.png").write_bytes(PNG)
    (content / "price-list.png").write_bytes(PNG)
    settings = project / "playbook_data" / "playbook.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + text, encoding="utf-8")
    return project


def built(project: Path, audience: str = "partner") -> Path:
    build(project, TODAY, EN, QUIET, strict=True, audience=audience)
    return project / f"site-{audience}"


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def all_of(site: Path) -> str:
    """Return all bytes of a site as text, read as plainly as can be, with the names of files."""
    said = []
    for path in site.rglob("*"):
        said.append(path.relative_to(site).as_posix())
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            text = data.decode("utf-8", "replace")
            said += [text, re.sub(r"<[^>]+>", "", text)]
    return bare(html.unescape("\0".join(said)))


def texts(playbook: Playbook) -> set[str]:
    """Return every text and key of a playbook, in the pieces in which it may be shown."""
    said = set()
    for key, record in playbook.records():
        said.add(key)
        for _, value in leaves(record):
            if isinstance(value, Name | Prose):
                pieces = prose.parse(str(value)) if isinstance(value, Prose) else ()
                said |= {p.text for p in pieces if isinstance(p, prose.Words | prose.Strong)}
                said |= set() if pieces else {str(value)}
    return {bare(text) for text in said}


def hidden_in(project: Path, audience: str) -> Iterator[str]:
    """Yield the texts that stand only in what an audience does not see, small words aside."""
    playbook, _ = load(project, TODAY)
    seen = restricted(playbook, audience).playbook
    shown = texts(seen) | {f"class:{scheme.id}/{id_}" for scheme, id_, _ in seen.classes()}
    open_ = "\0".join(shown) + "\0".join(bare(text) for _, text in seen.content)
    hidden = (text for text in texts(playbook) if len(text) >= 7 and text not in open_)
    yield from (text for text in hidden if not re.fullmatch("[a-z-]+", text))


def test_it_stands_in_a_folder_of_its_own_and_holds_nothing_of_the_rest(folder: Path) -> None:
    site = built(folder)
    said = all_of(site)
    hidden = set(hidden_in(folder, "partner"))
    assert len(hidden) > 20
    assert {text for text in hidden if text in said} == set()
    for gone in ("对外公布", "internal", "price-list", "playbook_data/", "金卡", "guide:visit"):
        assert gone not in said
    for there in ("客户说不想做了", "小手册·伙伴看的", "退款", "about.html", "shop.png"):
        assert there in said
    assert sorted(p.name for p in (site / "scripts").iterdir()) == ["index.html", "leaving.html"]
    assert (site / ".baodian").is_file()
    assert not (folder / "site").exists()


def test_the_editions_do_not_touch_each_other(folder: Path) -> None:
    build(folder, TODAY, EN, QUIET)
    whole = all_of(folder / "site")
    site = built(folder)
    assert all_of(folder / "site") == whole
    (site / "CNAME").write_text("example.com", encoding="utf-8")
    with pytest.raises(PlaybookError) as refused:
        built(folder)
    assert [(p.code, p.at.file) for p in refused.value.problems] == [
        ("foreign-folder", "site-partner")
    ]


HOOK = """
def on_post_build(config):
    from pathlib import Path
    path = Path(config.site_dir) / {name!r}
    path.parent.mkdir(exist_ok=True)
    path.write_bytes({data!r})
"""
PLANTED = {
    "a page": ("extra.html", "<p>见到<b>能拍板的人</b>了吗？</p>".encode()),
    "data": ("extra.js", json.dumps(["见到能拍板的人了吗？"]).encode()),
    "a JSON file": ("search/extra.json", b'{"a": "' + "离店前自查".encode() + b'"}'),
    "data in signs for signs": ("extra.js", json.dumps("离店前自查").encode("ascii")),
    "packed data": ("extra.xml.gz", gzip.compress("见到能拍板的人了吗？".encode())),
    "broken by spaces": ("extra.txt", "见到能拍板\n  的人了吗？".encode()),
    "an id": ("extra.txt", b"checklist:leave"),
    "the name of a file": ("silver-to-gold.txt", b""),
    "a file of the data": ("extra.txt", b"playbook_data/checklists/leave.yml"),
    "a page of content": ("extra.txt", "月底才对外公布的价目表。".encode()),
}


@pytest.mark.parametrize("where", PLANTED)
def test_a_build_that_leaks_is_refused(folder: Path, where: str) -> None:
    site = built(folder)
    before = all_of(site)
    name, data = PLANTED[where]
    (folder / "hook.py").write_text(HOOK.format(name=name, data=data), encoding="utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks: [hook.py]\n")
    with pytest.raises(PlaybookError) as refused:
        built(folder)
    assert {(p.code, p.at.file) for p in refused.value.problems} >= {("leak", name)}
    assert {p.code for p in refused.value.problems} == {"leak"}
    assert all_of(site) == before


def test_files_to_hand_on_hold_no_more_than_the_pages(folder: Path) -> None:
    book = read(folder, TODAY, audience="partner")
    one = all_of_bytes(single.handbook(folder, book, EN, QUIET))
    paper = PdfReader(io.BytesIO(pdf.handbook(folder, book, EN, QUIET)))
    printed = bare("".join(sheet.extract_text() for sheet in paper.pages))
    for said in (one, printed):
        assert "客户说不想做了" in said
        assert {text for text in hidden_in(folder, "partner") if text in said} == set()


def all_of_bytes(data: bytes) -> str:
    text = html.unescape(data.decode())
    return bare(text + re.sub(r"<[^>]+>", "", text))


def test_a_file_to_hand_on_that_leaks_is_refused(folder: Path) -> None:
    book = read(folder, TODAY, audience="partner")
    whole = read(folder, TODAY)
    leaky = replace(book, site=whole.site, expand=whole.expand)
    for made in (single.handbook, pdf.handbook):
        with pytest.raises(PlaybookError) as refused:
            made(folder, leaky, EN, QUIET)
        assert "leak" in {p.code for p in refused.value.problems}


ROLES = """
audiences:
  desk: {name: 前台看的, roles: [rep]}
  lists: {name: 自查看的, kinds: [checklist], roles: [supervisor]}
"""


def test_roles_decide_who_sees_what_is_written_for_some(tmp_path: Path) -> None:
    folder = lay("small", tmp_path / "p")
    for name, role in (("checklists/leave", "rep"), ("guides/visit", "supervisor")):
        file = folder / "playbook_data" / f"{name}.yml"
        file.write_text(file.read_text("utf-8") + f"\naudience: [{role}]\n", encoding="utf-8")
    with (folder / "playbook_data" / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write(ROLES)
    playbook, _ = load(folder, TODAY)

    def seen(audience: str) -> set[str]:
        return {e.key for e in restricted(playbook, audience).playbook.all()}

    every = {e.key for e in playbook.all()}
    assert seen("desk") == every - {"guide:visit"}  # only roles: all that is for them or for all
    assert seen("lists") == {"guide:visit"}  # its list is written for others, the method for them


def test_an_unknown_audience_is_one_sentence(folder: Path) -> None:
    for asked in (read, lambda p, day, audience: checked(p, day, audience)):
        with pytest.raises(UnknownEdition) as unknown:
            asked(folder, TODAY, audience="parnter")
        assert "partner" in EN.text(unknown.value.message)


def test_check_looks_at_every_edition_or_at_one(folder: Path) -> None:
    with (folder / "playbook_data" / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("  other: {name: 别人看的, ids: [moment:door]}\n")
    _, problems = checked(folder, TODAY)
    assert {(p.code, p.audience) for p in problems} == {("not-for-audience", "别人看的")}
    assert checked(folder, TODAY, "partner")[1] == ()
    assert checked(folder, TODAY, "other")[1] == problems
    with pytest.raises(PlaybookError):
        built(folder, "other")
    built(folder)


def test_a_link_of_content_to_a_page_that_is_left_out_is_told(folder: Path) -> None:
    about = folder / "content" / "about.md"
    about.write_text("# 关于\n\n[上门](guides/visit.html)\n", encoding="utf-8")
    _, problems = checked(folder, TODAY)
    assert [(p.code, str(p.at), p.audience) for p in problems] == [
        ("broken-link", "content/about.md:3:6", "伙伴看的")
    ]
    build(folder, TODAY, EN, QUIET)


def test_nothing_leads_to_a_source(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(
            "\nrepo_url: https://git.yuanqiao-auto.cn/a/b\nedit_uri: edit/main/content/\n"
        )
    assert "git.yuanqiao-auto.cn" not in all_of(built(folder))
    build(folder, TODAY, EN, QUIET)
    assert "git.yuanqiao-auto.cn" in all_of(folder / "site")


def test_what_is_seen_too_is_no_secret(folder: Path) -> None:
    book = read(folder, TODAY, audience="partner")
    assert leaks([("a.html", "客户说不想做了 script:leaving".encode())], book.secrets) == ()
    assert leaks([("a.html", "离店前<i>自查</i>".encode())], book.secrets)


@pytest.mark.parametrize("audience", ["partner", "service-desk"])
def test_the_shipped_editions_build_and_keep_quiet(audience: str, tmp_path: Path) -> None:
    for name in ("content", "playbook_data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    said = all_of(built(tmp_path, audience))
    hidden = set(hidden_in(tmp_path, audience))
    assert len(hidden) > 2000
    assert {text for text in hidden if text in said} == set()
    assert "投诉处理" in said


CITY = """id: north
name: 北城
kind: city
approved_by: 运营部
change:
  term:silver-card: {definition: 在用不满 8 台的车主。, why: 店小}
"""


def with_city(project: Path, sees: str) -> Path:
    """Let the small playbook have a city, and an audience that sees it or not."""
    terms = project / "playbook_data" / "glossary.yml"
    text = terms.read_text(encoding="utf-8").replace("name: 银卡,", "name: 银卡, set_by: [city],")
    terms.write_text(text, encoding="utf-8")
    city = project / "playbook_data" / "overlays" / "north.yml"
    city.parent.mkdir(exist_ok=True)
    city.write_text(CITY, encoding="utf-8")
    return with_audiences(project, PARTNER.replace("script:leaving", f"script:leaving, {sees}"))


@pytest.mark.parametrize("how", ["single", "pdf"])
def test_a_city_of_an_edition_is_handed_on_if_its_readers_may_know_of_it(
    how: str, tmp_path: Path
) -> None:
    seen = with_city(lay("small", tmp_path / "seen"), "term:silver-card, overlay:north")
    unseen = with_city(lay("small", tmp_path / "unseen"), "term:silver-card")
    asked = ["export", how, "--audience", "partner", "--date", str(TODAY), "--quiet"]

    def run(project: Path, *city: str) -> Result:
        command = [*asked, "--project", str(project), *city]
        return CliRunner().invoke(cli.commands(EN), command)

    ending = "html" if how == "single" else "pdf"
    made = {}
    for city in ((), ("--city", "north")):
        done = run(seen, *city)
        assert done.exit_code == 0, done.output
        file = seen / f"handbook-{'-'.join(('partner', *city[1:]))}.{ending}"
        data = file.read_bytes()
        if how == "pdf":
            sheets = PdfReader(io.BytesIO(data)).pages
            made[city] = bare("".join(sheet.extract_text() for sheet in sheets))
        else:
            made[city] = all_of_bytes(data)
        assert {text for text in hidden_in(seen, "partner") if text in made[city]} == set()
    assert "在用不满10台的车主" in made[()]
    assert "在用不满8台的车主" in made["--city", "north"]
    refused = run(unseen, "--city", "north")
    assert refused.exit_code == 2
    assert "let its audience see “overlay:north”" in refused.stderr
    assert not list(unseen.glob("handbook*"))
    assert run(unseen, "--city", "nowhere").exit_code == 2


def test_what_an_audience_must_not_see_is_told_of_a_later_day_too(tmp_path: Path) -> None:
    """Rules are asked again about the next day; what things name is then what they name there."""
    shutil.copytree(Path(cli.__file__).parent / "starter_en", tmp_path / "p")
    data = tmp_path / "p" / "playbook_data"
    with (data / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write(
            "audiences:\n  partner:\n    name: Partners\n"
            "    kinds: [guide, scheme, class, role, channel, param, term, moment]\n"
        )
    (data / "changes").mkdir()
    (data / "changes" / "names-hidden.yml").write_text(LATER, encoding="utf-8")
    told = {(p.code, p.since) for p in checked(tmp_path / "p", TODAY)[1]}
    assert ("not-for-audience", datetime.date(2027, 1, 1)) in told
