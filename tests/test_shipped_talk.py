"""What the shipped handbook has people say: refusals and complaints are heard, not argued with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from baodian import model, page
from baodian.model.leaves import leaves
from baodian.page import Block, Link, Page
from baodian.playbook import Playbook
from baodian.read import Read
from baodian.writers.widgets import inside

ASKS_WHY = re.compile("为什么|怎么回事|哪样不|什么原因|是不是.*不|嫌")


def test_who_says_do_not_come_again_is_heard_at_once(shipped: Playbook) -> None:
    """Every choice “他说别再来、别再打” leads to words that accept, stop, and ask nothing."""
    goes = [
        choice.go
        for moment in shipped.moments.values()
        for choice in moment.choose.values()
        if "别再" in choice.ask
    ]
    assert len(goes) >= 2
    for go in goes:
        script = shipped.scripts[go.id]
        assert "不再" in script.open[0]
        assert not re.search("[？?]|为什么", "".join(script.open))
        told = "".join((*script.do, *script.record))
        assert "只有他自己来找，才能再联系" in told
        assert "原话" in told


def test_wherever_it_is_said_the_answer_stops(shipped: Playbook) -> None:
    for script in shipped.scripts.values():
        for id_, answer in model.talk.walk(script.answers):
            if re.search("别再?(来|打)(了|就行|$)|别打了", answer.they_say):
                said = "".join(answer.say)
                assert not re.search("[？?]", said), f"{script.key}#{id_}"
                assert answer.end or answer.then == "stop-and-delete", f"{script.key}#{id_}"


@pytest.mark.parametrize("group", ["refusal", "complaint"])
def test_the_first_words_to_a_refusal_or_complaint_do_not_ask_why(
    shipped: Playbook, group: str
) -> None:
    scripts = [s for s in shipped.scripts.values() if s.group == group and s.open]
    assert scripts
    for script in scripts:
        assert not re.search("[？?]", script.open[0]), script.key
        if group == "refusal":
            assert not ASKS_WHY.search("".join(script.open)), script.key


def page_of(read: Read, entity: str) -> Page:
    return next(p for p in read.site.pages if p.entity == entity)


def links(blocks: tuple[Block, ...]) -> set[str]:
    """Return where the links, cards and steps of blocks lead."""
    found = {
        "Steps": lambda b: [s.href for step in b.steps for s in step.text if isinstance(s, Link)],
        "Links": lambda b: [item.link.href for item in b.links],
        "Cards": lambda b: [card.href for card in b.cards],
    }
    return {href for b in blocks for href in found.get(type(b).__name__, lambda _: [])(b)}


@pytest.mark.parametrize(
    ("moment", "row"), [("wants-benefit", "benefit"), ("angry", "injury"), ("first-day", "benefit")]
)
def test_the_number_to_call_stands_on_the_page_itself(
    shipped: Playbook, shipped_read: Read, moment: str, row: str
) -> None:
    phone = str(shipped.escalations[row].tel).removeprefix("【param:").removesuffix("】")
    number = "tel:" + shipped.params[phone].default.replace("-", "")
    assert number in links(page_of(shipped_read, f"moment:{moment}").blocks)


def test_whom_to_call_says_which_words_of_the_customer_its_links_lead_to(
    site: Path,
) -> None:
    html = (site / "escalation.html").read_text(encoding="utf-8")
    told = dict(re.findall(r'<a href="(scripts/[^"]+#[^"]+)">([^<]+)</a>', html))
    again = told["scripts/complaint-three-levels.html#again"]
    assert again.endswith("：又是这事！上回你们说办好了")
    assert told["scripts/technical-cause.html#hurt"].startswith("货或设备出了毛病：")


def test_steps_lead_to_what_they_name(shipped_read: Read) -> None:
    upgraded = page_of(shipped_read, "moment:upgraded").blocks
    assert "moves.html#g-member-tier" in links((upgraded[0],))
    assert "scripts/dead-account-visit.html" in links(
        page_of(shipped_read, "moment:at-the-door").blocks
    )
    benefit = links((page_of(shipped_read, "moment:wants-benefit").blocks[0],))
    assert any(href.startswith("tel:") for href in benefit)


def said_on(move: page.Page) -> page.Say:
    return next(one for one in inside(move.blocks) if isinstance(one, page.Say))


def test_a_move_and_its_script_know_each_other(shipped_read: Read) -> None:
    say = said_on(page_of(shipped_read, "transition:gold-to-yellow-gold"))
    assert say.of is not None
    assert say.of.href == "scripts/tier-changed.html"
    _, turned, lost, gained, consent, stays = map(page.plain, say.lines)
    assert "由金卡客户改成黄金卡客户" in turned
    assert gained.startswith("多的是")
    assert "定期检修" in gained
    assert lost.startswith("先说少的")
    assert "推介会" in lost
    assert "外地旅游" not in lost
    assert consent.startswith("外地旅游往后每回要先报批")
    assert stays.startswith("照旧的是")
    back = said_on(page_of(shipped_read, "transition:diamond-to-yellow-gold")).lines
    *_, gained, consent, stays = map(page.plain, back)
    assert "外地旅游" not in gained
    assert consent.startswith("外地旅游往后每回要先报批")
    assert "等 12 样" in stays
    assert "moves.html" in links(page_of(shipped_read, "script:tier-changed").blocks)


def test_who_moves_hears_why_and_what_stays_and_of_nothing_that_is_not_there(
    shipped: Playbook, shipped_read: Read
) -> None:
    lowered = page_of(shipped_read, "transition:gold-to-silver")
    _, turned, lost, stays = map(page.plain, said_on(lowered).lines)
    assert turned.endswith("缘故是：在用的不到 10 台。")
    assert "市场经理上门" in lost
    assert "外地旅游" in stays
    (talk,) = (b for b in inside(lowered.blocks) if isinstance(b, page.Script))
    why = "".join(map(page.plain, talk.answers[0].say))
    assert "在用的不到 10 台" in why
    assert "外地旅游" in why
    slots = {name for name, slot in shipped.slots.items() if slot.move}
    moves = [p for p in shipped_read.site.pages if p.kind == "transition"]
    for block in (b for move in moves for b in inside(move.blocks) if isinstance(b, page.Say)):
        said = [page.plain(line) for line in block.lines]
        assert not any(f"【{name}】" in line for line in said for name in slots)
        assert any("缘故是：" in line for line in said)
        assert any(line.startswith("照旧的是") for line in said)


def test_what_customers_reply_to_a_move_fits_its_direction(
    shipped: Playbook, shipped_read: Read
) -> None:
    tiers = list(map(str, shipped.schemes["member-tier"].classes))
    for id_, move in shipped.transitions.items():
        if not move.to or move.to.scheme != "member-tier":
            continue
        (talk,) = (b for b in inside(page_of(shipped_read, f"transition:{id_}").blocks)
                   if isinstance(b, page.Script))  # fmt: skip
        replies = "".join(page.plain(answer.they_say) for answer in talk.answers)
        start = move.from_[0].terms[0].low
        assert start
        down = tiers.index(str(move.to.name)) < tiers.index(start)
        wrong = ("升了级", "挺好") if down else ("降",)
        assert not any(word in replies for word in wrong), id_
        assert ("把我降了" in replies) == down, id_


def test_any_later_complaint_goes_to_the_supervisor_as_the_second_does(shipped: Playbook) -> None:
    assert "第二次及以上的投诉" in shipped.escalations["refund"].what


def test_under_what_was_promised_a_change_says_only_that(shipped: Playbook) -> None:
    changes = shipped.of(model.Change).values()
    assert not any("通知" in (change.promised or "") for change in changes)


def test_titles_speak_of_a_customer_and_never_to_one(shipped: Playbook) -> None:
    """Who reads them is a manager; what is said to a customer stands in the words to say."""
    titles = {
        (thing.key, *path): re.sub("“[^”]*”", "", str(leaf))
        for thing in shipped.all()
        for path, leaf in leaves(thing)
        if path[-1] in ("title", "name")
    }
    assert len(titles) > 1000
    assert not {key: title for key, title in titles.items() if "您" in title}
