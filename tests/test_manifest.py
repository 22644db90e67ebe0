"""The handbook on a home screen: what the manifest says holds under any path, and is there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from baodian.page import Site
from baodian.publish.manifest import FILE, manifest
from baodian.publish.reading import Reading, read_manifest
from baodian.publish.verify import verify
from baodian.read import Read


@pytest.fixture(scope="module")
def told(site: Path) -> dict[str, object]:
    return json.loads((site / FILE).read_text(encoding="utf-8"))


def test_it_names_the_handbook_and_what_is_there_relative_to_itself(
    site: Path, told: dict[str, object], shipped_read: Read
) -> None:
    assert (told["name"], told["lang"]) == (shipped_read.site.name, "zh-CN")
    assert told["scope"] == "./"
    assert (site / str(told["start_url"])).is_file()
    icons = told["icons"]
    assert [icon["sizes"] for icon in icons] == ["192x192", "512x512"]
    for icon in icons:
        data = (site / icon["src"]).read_bytes()
        size = "x".join(str(int.from_bytes(data[at : at + 4])) for at in (16, 20))
        assert (data[1:4], size) == (b"PNG", icon["sizes"])


@pytest.mark.parametrize(
    ("page", "up"), [("index.html", ""), ("scripts/index.html", "../"), ("404.html", "./")]
)
def test_every_page_names_it_and_may_send_the_password_along(
    site: Path, page: str, up: str
) -> None:
    html = (site / page).read_text(encoding="utf-8")
    assert f'<link rel="manifest" href="{up}{FILE}" crossorigin="use-credentials">' in html
    assert f'<link rel="icon" href="{up}icons/48.png">' in html


def test_a_manifest_that_leads_nowhere_or_to_another_host_is_told(
    site: Path, shipped_read: Read
) -> None:
    none = replace(shipped_read.site, pages=())
    text = manifest(none, site)
    assert _wrong(text, none) == []
    assert _wrong(text.replace('"index.html"', '"inde.html"'), none) == ["broken-link"]
    assert _wrong(text.replace("icons/512.png", "icons/51.png"), none) == ["broken-link"]
    other = text.replace("icons/512.png", "https://x.example/512.png")
    assert _wrong(other, none) == ["other-host"]


def _wrong(text: str, site: Site) -> list[str]:
    files = frozenset(("index.html", "icons/192.png", "icons/512.png"))
    reading = Reading(files, {}, manifests={FILE: read_manifest(text)})
    return [problem.code for problem in verify(reading, site)]
