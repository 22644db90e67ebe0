"""What a playbook answers in a terminal besides its problems: what is to be read again.

Texts for people, in the words of their language; the same as data, for programs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from baodian.playbook import Playbook
from baodian.playbook.freshness import Review, reviews
from baodian.said.messages import Words


def stale(playbook: Playbook | None, today: datetime.date, words: Words) -> str:
    """Return what is overdue and what was never reviewed, under each of those who answer for it."""
    if playbook is None:
        return words("What is to be read again is shown once every file can be read.") + "\n"
    return "".join(line + "\n" for line in _stale(reviews(playbook), today, words))


def _stale(all_: tuple[Review, ...], today: datetime.date, words: Words) -> Iterator[str]:
    late = sorted((r for r in all_ if r.overdue(today)), key=lambda r: -r.overdue(today))
    yield words("To be read again: {n}", n=len(late))
    for owner in dict.fromkeys(one.owner for one in late):
        yield f"  {owner}"
        for one in (r for r in late if r.owner == owner):
            days = words("{n} days overdue", n=one.overdue(today))
            last = words("reviewed {day}, every {n} days", day=str(one.reviewed), n=one.every)
            yield f"    {one.key}  {days}  {last}  {one.at}"
    never = [r for r in all_ if r.due is None]
    yield words("Never reviewed: {n}", n=len(never))
    for owner in dict.fromkeys(one.owner for one in never):
        yield f"  {owner}"
        for kind in dict.fromkeys(r.key.partition(":")[0] for r in never if r.owner == owner):
            prefix = f"{kind}:"
            ids = [r.key for r in never if r.owner == owner and r.key.startswith(prefix)]
            yield f"    {kind} ({len(ids)})  " + " ".join(key.removeprefix(prefix) for key in ids)


def reviews_as_data(
    playbook: Playbook | None, today: datetime.date
) -> list[dict[str, object]] | None:
    """Return what is overdue or was never reviewed; None if not all of a playbook can be read."""
    if playbook is None:
        return None
    waiting = (one for one in reviews(playbook) if one.due is None or one.overdue(today))
    return [
        {
            "id": one.key,
            "owner": one.owner,
            "reviewed": str(one.reviewed) if one.reviewed else None,
            "every": one.every,
            "due": str(one.due) if one.due else None,
            "overdue": one.overdue(today) if one.due else None,
            "file": one.at.file,
            "line": one.at.line,
        }
        for one in waiting
    ]
