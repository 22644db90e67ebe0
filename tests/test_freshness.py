"""When things are read again: whose time counts, how it is shown, and what it does not touch."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from baodian.cli import commands
from baodian.page import Page
from baodian.playbook.freshness import YEAR, Review, reviews
from baodian.playbook.load import load
from baodian.read import read
from baodian.said.messages import words
from baodian.said.problems import At

SMALL = Path(__file__).parent / "small_playbook"
TODAY = datetime.date(2026, 12, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "p"))


def edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / "playbook_data" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def review(project: Path, key: str) -> Review:
    return next(one for one in reviews(load(project, TODAY)[0]) if one.key == key)


def run(project: Path, *options: str) -> Result:
    asked = ["check", "--project", str(project), "--date", str(TODAY), "--stale", *options]
    return CliRunner().invoke(commands(words("en")), asked)


def page(project: Path, address: str, today: datetime.date = TODAY) -> Page:
    return next(p for p in read(project, today).site.pages if p.address == address)


def test_its_own_time_counts_before_that_of_its_kind_before_the_default(project: Path) -> None:
    edit(project, "scripts/leaving.yml", "group: talk\n", "group: talk\nreviewed: 2026-11-01\n")
    assert review(project, "script:leaving").every == YEAR
    settings = "freshness: {default: 100 天}\nowner: 运营部\n"
    edit(project, "playbook.yml", "owner: 运营部\n", settings)
    assert review(project, "script:leaving").every == 100
    edit(project, "playbook.yml", "{default: 100 天}", "{script: 60 天, default: 100 天}")
    assert review(project, "script:leaving").every == 60
    assert review(project, "class:tier/gold").every == 100
    edit(project, "scripts/leaving.yml", "reviewed:", "freshness: ３０天\nreviewed:")
    found = review(project, "script:leaving")
    assert (found.every, found.due) == (30, datetime.date(2026, 12, 1))


def test_a_thing_was_read_on_its_own_day_or_with_all_of_its_kind(project: Path) -> None:
    owner = "owner: 运营部\n"
    kinds = "reviewed: {script: 2026-10-01, moment: 2026-09-01}\n"
    edit(project, "playbook.yml", owner, kinds + owner)
    assert review(project, "script:leaving").reviewed == datetime.date(2026, 10, 1)
    assert review(project, "checklist:leave").reviewed is None
    assert page(project, "scripts/leaving.html").reviewed == "2026-10-01"
    edit(project, "playbook.yml", "moment: 2026-09-01", "default: 2026-09-01")
    assert review(project, "checklist:leave").reviewed == datetime.date(2026, 9, 1)
    for own, last in (("2026-09-30", 1), ("2026-10-02", 2)):
        edit(project, "scripts/leaving.yml", "group: talk\n", f"group: talk\nreviewed: {own}\n")
        assert review(project, "script:leaving").reviewed == datetime.date(2026, 10, last)
        edit(project, "scripts/leaving.yml", f"reviewed: {own}\n", "")


def test_the_day_itself_is_in_time_and_the_next_is_one_day_late() -> None:
    day = datetime.date(2026, 1, 1)
    one = Review("script:x", "运营部", day, 30, At("x.yml"))
    assert one.due == datetime.date(2026, 1, 31)
    assert [one.overdue(day + datetime.timedelta(days=n)) for n in (0, 30, 31, 33)] == [0, 0, 1, 3]
    assert Review("script:x", "运营部", None, 30, At("x.yml")).overdue(TODAY) == 0
    assert Review("script:x", "运营部", day, 10**9, At("x.yml")).due == datetime.date.max


def test_the_owner_is_its_own_else_the_rulers_else_the_playbooks(project: Path) -> None:
    assert review(project, "class:tier/gold").owner == "运营部"
    edit(project, "tiers/tier.yml", "id: tier\n", "id: tier\nowner: 销售部\n")
    assert review(project, "class:tier/gold").owner == "销售部"
    edit(project, "guides/tier/gold.yml", "class: tier/gold\n", "class: tier/gold\nowner: 合规\n")
    assert review(project, "class:tier/gold").owner == "合规"
    assert review(project, "script:leaving").owner == "运营部"


def test_overdue_and_never_reviewed_are_listed_apart_and_do_not_fail(project: Path) -> None:
    reviewed = "group: talk\nowner: 合规\nfreshness: 30 天\nreviewed: 2026-10-01\n"
    edit(project, "scripts/leaving.yml", "group: talk\n", reviewed)
    result = run(project, "--strict")
    assert result.exit_code == 0
    late, _, never = result.stdout.partition("Never reviewed: ")
    assert late.splitlines() == [
        "No problems.",
        "To be read again: 1",
        "  合规",
        "    script:leaving  31 days overdue  reviewed 2026-10-01, every 30 days"
        "  playbook_data/scripts/leaving.yml:6:11",
    ]
    assert "leaving" not in never.replace("leaving.yml", "")
    assert "    class (2)  tier/gold tier/silver\n" in never
    found = json.loads(run(project, "--format", "json").stdout)
    assert found["problems"] == []
    by_id = {one["id"]: one for one in found["reviews"]}
    assert by_id["script:leaving"]["overdue"] == 31
    assert by_id["script:leaving"]["due"] == "2026-10-31"
    assert by_id["class:tier/gold"]["overdue"] is None
    both = json.loads(run(project, "--format", "json", "--coverage").stdout)
    assert set(both) == {"problems", "coverage", "reviews"}


def test_what_cannot_be_read_is_said_instead_of_a_list(project: Path) -> None:
    edit(project, "scripts/leaving.yml", "group: talk", "grp: talk")
    result = run(project)
    assert result.exit_code == 1
    assert "shown once every file can be read" in result.stdout
    assert json.loads(run(project, "--format", "json").stdout)["reviews"] is None


def test_a_page_says_gently_what_on_it_is_overdue_and_nothing_on_the_last_day(
    project: Path,
) -> None:
    edit(project, "scripts/leaving.yml", "group: talk\n",
         "group: talk\nfreshness: 30 天\nreviewed: 2026-10-01\n")  # fmt: skip
    script = "scripts/leaving.html"
    assert page(project, script).overdue == "2026-10-31 以前"
    assert page(project, script, datetime.date(2026, 10, 31)).overdue == ""
    old = "{name: 金卡客户多久联系一次,"
    edit(project, "parameters.yml", old, f"{old} reviewed: 2026-10-01, freshness: 1 天,")
    assert page(project, "parameters.html").overdue == "金卡客户多久联系一次（2026-10-02 以前）"


def test_the_guide_of_a_class_has_a_review_of_its_own(project: Path) -> None:
    address = "customers/tier/gold.html"
    edit(project, "tiers/tier.yml", "id: tier\n", "id: tier\nreviewed: 2026-01-01\n")
    assert page(project, address).reviewed == ""
    own = "class: tier/gold\nreviewed: 2026-11-01\nfreshness: 7 天\n"
    edit(project, "guides/tier/gold.yml", "class: tier/gold\n", own)
    assert (page(project, address).reviewed, page(project, address).overdue) == (
        "2026-11-01", "2026-11-08 以前",
    )  # fmt: skip


def test_editors_see_it_by_owner(project: Path) -> None:
    edit(project, "scripts/leaving.yml", "group: talk\n",
         "group: talk\nowner: 合规\nfreshness: 30 天\nreviewed: 2026-10-01\n")  # fmt: skip
    health = str(page(project, "editors/health.html").blocks)
    assert "合规" in health
    assert "scripts/leaving.html" in health
    assert "2026-10-31" in health


def test_a_city_has_no_such_page_of_its_own(project: Path) -> None:
    overlays = project / "playbook_data" / "overlays"
    overlays.mkdir()
    edit(project, "scripts/leaving.yml", "group: talk\n", "group: talk\nset_by: city\n")
    (overlays / "south.yml").write_text(
        "id: south\nname: 南城\nkind: city\napproved_by: 总监\nwithdraw:\n"
        "  script:leaving: {why: 不做, successor: checklist:leave}\n",
        encoding="utf-8",
    )
    pages = [p for p in read(project, TODAY).site.pages if p.address.endswith("health.html")]
    assert [(p.address, p.cities) for p in pages] == [("editors/health.html", ())]


def test_a_day_that_merely_passes_announces_no_change(project: Path) -> None:
    """A thing that will be overdue on the day of a change is not what the change is about."""
    edit(project, "scripts/leaving.yml", "group: talk\n",
         "group: talk\nfreshness: 30 天\nreviewed: 2026-11-20\n")  # fmt: skip
    changes = project / "playbook_data" / "changes"
    changes.mkdir()
    (changes / "cycle.yml").write_text(
        "id: cycle\ntitle: 改周期\neffective_from: 2027-06-01\nwhy: 试\napproved_by: 总监\n"
        "change:\n  param:gold-cycle: {default: 20}\n",
        encoding="utf-8",
    )
    assert page(project, "scripts/leaving.html").turns == ""
    assert page(project, "rhythms.html").turns == "2027-06-01"
