"""Packed copies beside a site's files: the same text, smaller, made the same way every time."""

import gzip
import json
import os
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner
from outlines import lay
from small_site import project, small_read
from test_audiences import HOOK, PARTNER, with_audiences
from test_build import digest

from baodian.build import build, publish
from baodian.cli import commands
from baodian.publish import compressed
from baodian.publish.compressed import KINDS, SMALLEST, opened
from baodian.publish.frames import Wanted
from baodian.publish.ours import MARKER, marked
from baodian.said.messages import words
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress

EN, QUIET = words("en"), Progress(quiet=True)
PACKED = Wanted(packed=True)


def made(folder: Path, wanted: Wanted = PACKED) -> Path:
    publish(folder, small_read(), EN, QUIET, strict=True, wanted=wanted)
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay("small", tmp_path_factory.mktemp("packed") / "p")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("site_url: https://handbook.far-bridge.cn/book/\n")
    build(folder, small_read().today, EN, QUIET, wanted=PACKED)
    return folder / "site"


def test_each_text_that_gains_has_both_and_nothing_else_has_one(site: Path) -> None:
    texts = [p for p in site.rglob("*") if p.suffix in KINDS]
    packed = [p for p in site.rglob("*") if p.suffix in (".gz", ".br")]
    assert len(texts) > 40
    assert len(packed) > 60
    for copy in packed:
        text = copy.with_suffix("")
        assert text in texts
        assert opened(copy.name, copy.read_bytes()) == text.read_bytes()
        assert copy.stat().st_size < text.stat().st_size or text.name == "sitemap.xml"
    large = {p for p in texts if p.stat().st_size >= SMALLEST}
    assert {p.with_suffix("") for p in packed if p.suffix == ".br"} == large
    assert {p.with_suffix("").name for p in packed} - {p.name for p in large} <= {"sitemap.xml"}
    sizes = {end: sum((p.parent / f"{p.name}{end}").stat().st_size for p in large)
             for end in (".gz", ".br")}  # fmt: skip
    assert sizes[".br"] < 0.95 * sizes[".gz"]


def test_its_list_knows_them_and_no_device_keeps_them(site: Path) -> None:
    names = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    assert marked(site) == names - {MARKER}
    kept = json.loads((site / "offline.json").read_bytes())["files"]
    assert len(kept) > 30
    assert [name for name in kept if name.endswith((".gz", ".br"))] == []


def test_without_being_asked_there_are_none_and_the_rest_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    folder = project(tmp_path / "p")
    packed = digest(made(folder))
    plain = digest(made(folder, Wanted()))
    assert [name for name in plain if name.endswith((".gz", ".br"))] == []
    rest = {n: d for n, d in packed.items() if not n.endswith((".gz", ".br"))}
    assert {**rest, MARKER: ""} == {**plain, MARKER: ""}
    assert digest(made(folder)) == packed  # to the byte, whatever the clock says


def test_a_text_that_does_not_gain_has_none(tmp_path: Path) -> None:
    (tmp_path / "random.json").write_bytes(os.urandom(5000))
    (tmp_path / "short.txt").write_bytes(b"a" * (SMALLEST - 1))
    (tmp_path / "long.txt").write_bytes(b"a" * SMALLEST)
    (tmp_path / "picture.png").write_bytes(b"a" * 5000)
    assert compressed.compress(tmp_path) == ()
    packed = {p.name for p in tmp_path.iterdir()} & {
        f"{name}{ending}"
        for name in ("random.json", "short.txt", "long.txt", "picture.png")
        for ending in (".gz", ".br")
    }
    assert packed == {"long.txt.gz", "long.txt.br"}
    assert (tmp_path / "long.txt.gz").read_bytes()[4:8] == b"\0\0\0\0"  # no time


@pytest.mark.parametrize("data", [gzip.compress(b"other", mtime=0), b"no gzip at all", b""])
def test_a_file_of_that_name_that_holds_something_else_stops_it(
    tmp_path: Path, data: bytes
) -> None:
    folder = project(tmp_path / "p")
    (folder / "hook.py").write_text(HOOK.format(name="index.html.gz", data=data), encoding="utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("hooks: [hook.py]\n")
    with pytest.raises(PlaybookError) as refused:
        made(folder)
    assert [(p.code, p.at.file) for p in refused.value.problems] == [
        ("address-clash", "index.html.gz")
    ]
    assert not (folder / "site").exists()


LEAK = "见到能拍板的人了吗？" * 200


SEALED = {
    "gzip": ("extra.bin.gz", gzip.compress(LEAK.encode()), False),
    "brotli": ("extra.bin.br", brotli.compress(LEAK.encode()), False),
    "brotli that nobody can open here": ("extra.bin.br", brotli.compress(LEAK.encode()), True),
    "no gzip": ("extra.bin.gz", b"\x1f\x8b no gzip", False),
    "no brotli": ("extra.bin.br", b"no brotli", False),
}


@pytest.mark.parametrize("what", SEALED)
def test_an_audience_gets_no_secret_in_a_packed_file(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, data, without = SEALED[what]
    if without:
        monkeypatch.setattr(compressed, "brotli", None)
    folder = with_audiences(lay("small", tmp_path / "p"), PARTNER)
    site = folder / "site-partner"
    build(folder, small_read().today, EN, QUIET, audience="partner", wanted=PACKED)
    assert list(site.rglob("*.html.gz" if without else "*.html.br"))
    (folder / "hook.py").write_text(HOOK.format(name=name, data=data), encoding="utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks: [hook.py]\n")
    with pytest.raises(PlaybookError) as refused:
        build(folder, small_read().today, EN, QUIET, audience="partner", wanted=PACKED)
    assert {(p.code, p.at.file) for p in refused.value.problems} == {("leak", name)}


def test_without_brotli_it_says_so_and_packs_with_gzip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay("small", tmp_path / "p")
    command = ["build", "--compress", "--project", str(folder), "--date", "2026-12-01"]
    done = CliRunner().invoke(commands(EN), command)
    assert (done.exit_code, "brotli" in done.output) == (0, False)
    assert (folder / "site" / "index.html.br").is_file()
    monkeypatch.setattr(compressed, "brotli", None)
    done = CliRunner().invoke(commands(EN), command)
    assert done.exit_code == 0
    assert done.output.count('pip install "baodian[brotli]"') == 1
    assert (folder / "site" / "index.html.gz").is_file()
    assert list((folder / "site").rglob("*.br")) == []
