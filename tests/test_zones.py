"""The day of an edition is the one that is asked for, wherever the server stands."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from found import problems_of
from outlines import lay
from test_cases import snapshot

from baodian.build import build
from baodian.report import report
from baodian.said.messages import words
from baodian.terminal import Progress
from baodian.today import today_of

ZONES = ("Pacific/Kiritimati", "America/Los_Angeles")  # UTC+14 and UTC-8: never the same day
EPOCH = int(datetime.datetime(2026, 12, 1, 23, 30, tzinfo=datetime.UTC).timestamp())
DAY = datetime.date(2026, 12, 1)


@pytest.fixture
def zones(monkeypatch: pytest.MonkeyPatch) -> Iterator[Iterator[str]]:
    """Let the server stand in one zone after the other."""

    def each() -> Iterator[str]:
        for zone in ZONES:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            yield zone

    yield each()
    monkeypatch.delenv("TZ", raising=False)
    time.tzset()


def test_the_zones_are_on_other_days_by_their_clocks(zones: Iterator[str]) -> None:
    assert len({datetime.date.fromtimestamp(EPOCH) for _ in zones}) == 2


def test_the_epoch_and_the_asked_day_are_the_same_everywhere(zones: Iterator[str]) -> None:
    for _ in zones:
        assert today_of(None, {"SOURCE_DATE_EPOCH": str(EPOCH)}) == DAY
        assert today_of(DAY, {"SOURCE_DATE_EPOCH": "0"}) == DAY


def test_the_same_day_gives_the_same_site_and_the_same_problems(
    zones: Iterator[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", str(EPOCH))
    sites, told = [], []
    for n, _ in enumerate(zones):
        project = lay("full", tmp_path / str(n))
        told.append(report(problems_of(project, DAY), words("en")))
        build(project, DAY, words("zh-CN"), Progress(quiet=True))
        sites.append(snapshot(project / "site"))
    assert told[0] == told[1]
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []
