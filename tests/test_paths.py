"""Pages of paths: each line can be ticked, each answer is judged in words, drafts leave no gap."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

from baodian import page
from baodian.playbook import Playbook
from baodian.read import read
from baodian.said.messages import words
from baodian.writers import html

SMALL = Path(__file__).parent / "small_playbook"
DAY = datetime.date(2026, 12, 1)
PATH = """\
new:
  title: 新人七天
  intro: 七天以后自己跑店。
  days:
    1: {title: 先看, read: [guide:visit, script:leaving], do: [只看不说, 讲给师傅听], check: leave}
    3: {do: {alone: 自己开口}}
  questions:
    gold:
      ask: 几台算**金卡**？
      day: 3
      choices:
        nine: {text: 九台, right: false, why: 九台不满十台。}
        ten: {text: 十台, right: true, why: 十台就满了。}
      taught_by: class:tier/gold
    silver:
      ask: 几台算银卡？
      choices:
        nine: {text: 九台也算, right: true, why: 不满十台都算。}
        two: {text: 两台也算, right: true, why: 两台也不满十台。}
        ten: {text: 十台也算, right: false, why: 十台就是金卡了。}
      taught_by: script:leaving
  role_plays:
    angry:
      title: 老板发火
      day: 3
      setting: 上午在店里。
      trainee: 让他把话说完。
      partner: [大声说货不对, 听到道歉才坐下]
      script: leaving
      pass: {listened: 没有打断, sorry: 先道歉, time: 说了回话的时间}
      signed_by: rep
"""


def made(folder: Path, *, draft: bool = False) -> tuple[page.Page, str, str]:
    """Return the page of the path over the small playbook, its article, and the first page's."""
    project = folder / "project"
    shutil.copytree(SMALL, project)
    data = project / "playbook_data"
    (data / "onboarding").mkdir()
    (data / "onboarding" / "new.yml").write_text(PATH, encoding="utf-8")
    if draft:
        file = data / "scripts" / "leaving.yml"
        file.write_text(file.read_text(encoding="utf-8") + "\nstatus: draft\n", encoding="utf-8")
    site = read(project, DAY).site
    pages = {p.address: p for p in site.pages}
    own, first = pages["paths/new.html"], pages["index.html"]
    t = words("zh-CN")
    return own, html.render(own, site, t).html, html.render(first, site, t).html


def test_every_line_of_a_path_has_an_anchor_that_ticks_can_follow(tmp_path: Path) -> None:
    own, article, first = made(tmp_path)
    parts = {
        "day-1", "day-1.read-guide-visit", "day-1.read-script-leaving", "day-1.do-1", "day-1.do-2",
        "day-1.check-leave", "day-3", "day-3.alone", "gold", "silver", "angry", "listened", "sorry",
        "time",
    }  # fmt: skip
    assert own.holds == {"path:new", *(f"path:new#{part}" for part in parts)}
    assert set(re.findall(r'data-item="([^"]+)"', article)) == parts
    ids = re.findall(r' id="([^"]+)"', article)
    assert len(ids) == len(set(ids))
    assert {part.replace(".", "-") for part in parts} <= set(ids)
    assert 'href="paths/new.html"' in first


def test_each_answer_is_judged_in_words_and_with_its_reason(tmp_path: Path) -> None:
    _, article, _ = made(tmp_path)
    for question, verdicts in (
        ("gold", [("nine", "不对"), ("ten", "对")]),
        ("silver", [("nine", "对"), ("two", "对"), ("ten", "不对")]),
    ):
        block = article.partition(f'id="{question}"')[2].partition("</section>")[0]
        asked, folded, answer = block.partition("<details")
        assert folded
        assert re.findall(r'data-choice="([^"]+)"', asked) == [choice for choice, _ in verdicts]
        assert "不满十台" not in asked
        judged = re.findall(r'data-verdict="([^"]+)".*?<strong>(.+?)</strong>', answer, re.DOTALL)
        assert judged == verdicts
        assert ("对的不止一个" in asked) == (question == "silver")


def test_a_question_stands_in_its_day_or_at_the_end(tmp_path: Path) -> None:
    _, article, _ = made(tmp_path)
    day, test = article.index('id="day-3"'), article.index('id="questions"')
    assert day < article.index('id="gold"') < test < article.index('id="silver"')


def test_a_draft_to_read_leaves_no_line_and_no_link(tmp_path: Path) -> None:
    own, article, _ = made(tmp_path, draft=True)
    assert "path:new#day-1.read-script-leaving" not in own.holds
    assert "leaving" not in article
    assert "read-guide-visit" in article


def test_the_shipped_paths_ask_and_let_people_act(shipped: Playbook) -> None:
    paths = shipped.paths.values()
    assert sum(len(p.questions) for p in paths) >= 40
    assert sum(len(p.role_plays) for p in paths) >= 3
