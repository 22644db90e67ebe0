"""What the shipped handbook has people say: refusals and complaints are heard, not argued with."""

from __future__ import annotations

import re

import pytest

from baodian import model
from baodian.playbook import Playbook

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
