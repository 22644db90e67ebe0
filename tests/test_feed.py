"""The feed (RFC 4287) and the calendar (RFC 5545) of changes: valid, lasting, from data alone."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest
from small_site import SITE

from baodian.page import Dated, News, Site
from baodian.writers.calendar import calendar
from baodian.writers.feed import ATOM, feed

TODAY = datetime.date(2026, 12, 1)
DATE = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
BAD = "缺货\x0b “<b>&amp;”；A, B\\ 三\u2028行 👍" + "很长" * 60


@pytest.fixture
def told() -> Site:
    """A site with something to tell."""
    return replace(
        SITE,
        news=(
            News("change:b", BAD, "2026-11-05", "changes/b.html", (BAD, "90 天 → 75 天")),
            News("day:2026-11-01", "改动", "2026-11-01", "changes/index.html#d", ()),
        ),
        news_at="changes/index.html",
        dates=(
            Dated("change:b:from", "2027-01-01", BAD, (BAD, "90 天 → 75 天")),
            Dated("review:x:2028-02-29", "2028-02-29", "要再看"),
        ),
    )


def read(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # of our own making


def texts(root: ET.Element, path: str) -> list[str]:
    return [one.text or "" for one in root.findall(path, {"": ATOM})]


def links(root: ET.Element, path: str) -> list[tuple[str, str]]:
    return [(o.attrib["rel"], o.attrib["href"]) for o in root.findall(path, {"": ATOM})]


def test_the_feed_has_what_the_standard_asks_for(told: Site) -> None:
    root = read(feed(told))
    assert root.tag == f"{{{ATOM}}}feed"
    assert texts(root, "title") == [told.name]
    assert texts(root, "author/name") == [told.owner]
    for path, many in (("id", 1), ("updated", 1), ("entry/id", 2), ("entry/updated", 2)):
        assert len(set(texts(root, path))) == many
    assert all(i.startswith("urn:uuid:") for i in (*texts(root, "id"), *texts(root, "entry/id")))
    assert texts(root, "updated") == ["2026-11-05T00:00:00Z"]
    assert all(DATE.fullmatch(day) for day in texts(root, "entry/updated"))
    title, _ = texts(root, "entry/title")
    assert "“<b>&amp;”；A, B\\ 三" in title
    assert "\x0b" not in title
    assert "<p>90 天 → 75 天</p>" in texts(root, "entry/content")[0]
    assert "&lt;b&gt;" in texts(root, "entry/content")[0]


def test_links_are_whole_only_where_the_address_of_the_site_is_known(told: Site) -> None:
    assert links(read(feed(told)), "link") == [("alternate", "changes/index.html")]
    root = read(feed(told, "https://book.example.cn/team"))
    at = "https://book.example.cn/team/"
    assert links(root, "link") == [
        ("alternate", f"{at}changes/index.html"), ("self", f"{at}changes.xml"),
    ]  # fmt: skip
    assert links(root, "entry/link")[1] == ("alternate", f"{at}changes/index.html#d")


def test_ids_last_whatever_things_are_called_and_wherever_the_site_stands(told: Site) -> None:
    news = tuple(replace(one, title="改了名", lines=()) for one in told.news)
    other = replace(told, name="改了名的手册", news=news)
    before, after = read(feed(told)), read(feed(other, "https://elsewhere.example.cn/"))
    for path in ("id", "entry/id", "entry/updated"):
        assert texts(before, path) == texts(after, path)
    elsewhere = read(feed(replace(told, company="另一家")))
    assert set(texts(before, "entry/id")).isdisjoint(texts(elsewhere, "entry/id"))


def test_a_feed_without_news_is_one_too(told: Site) -> None:
    root = read(feed(replace(told, news=())))
    assert texts(root, "updated") == [f"{told.effective_from}T00:00:00Z"]
    assert texts(root, "entry/id") == []


def test_the_calendar_can_be_read_and_its_days_take_no_time(told: Site) -> None:
    text = calendar(told, TODAY)
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    first, second = events
    assert first.decoded("DTSTART") == datetime.date(2027, 1, 1)
    assert second.decoded("DTSTART") == datetime.date(2028, 2, 29)
    assert first["TRANSP"] == "TRANSPARENT"
    wanted = re.sub("\x0b|\u2028", "\n", BAD)
    assert str(first["SUMMARY"]) == wanted
    assert str(first["DESCRIPTION"]) == f"{wanted}\n90 天 → 75 天"
    assert "DESCRIPTION" not in second


def test_lines_of_the_calendar_are_folded_and_no_character_is_torn(told: Site) -> None:
    data = calendar(told, TODAY).encode()
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert [line for line in lines if b"\n" in line or b"\r" in line] == []
    assert all(line.decode() for line in lines)


def test_names_of_days_last_and_a_new_day_makes_the_same_calendar(told: Site) -> None:
    later = calendar(replace(told, name="改了名"), TODAY + datetime.timedelta(days=9))
    uids = re.compile(r"^UID:(.+)\r$", re.MULTILINE)
    assert uids.findall(calendar(told, TODAY)) == uids.findall(later)
    assert len(set(uids.findall(later))) == 2
    assert calendar(told, TODAY) == calendar(told, TODAY)


@pytest.mark.parametrize("name", ["index.html", "nanyu/index.html", "changes/index.html"])
def test_a_page_leads_to_the_feed_and_lets_the_theme_ask_for_no_site_map(
    site: Path, name: str
) -> None:
    """The theme's script asks for a site map beside whatever is `link[rel=alternate]`."""
    head = (site / name).read_text(encoding="utf-8").partition("</head>")[0]
    named = [
        found[1].split() for found in re.finditer(r'<link rel="?([^">]*alternate[^">]*)', head)
    ]
    assert len(named) == 1
    assert "alternate" in named[0]
    assert len(named[0]) > 1
