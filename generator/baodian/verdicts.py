"""The problems of a project in which nothing has changed since it was checked: they are known."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from baodian.cache import Cache, digest
from baodian.said.messages import Message
from baodian.said.problems import At, Problem, Related

READ = ("mkdocs.yml", "content", "playbook_data")
"""What a check reads of a project."""


class Unsure(Exception):  # noqa: N818 - read as a sentence
    """What is read, or what was found, cannot be told by its bytes alone."""


def known(
    project: Path, today: datetime.date, audience: str, find: Callable[[], tuple[Problem, ...]]
) -> tuple[Problem, ...]:
    """Return the problems of a day and an audience that `find` finds, or found in the same files.

    `find` is asked whenever a link, or a file that cannot be read, stands among them.
    """
    cache = Cache.of(project)
    try:
        name = _name(project, today, audience)
    except Unsure:
        return find()
    if (kept := cache.get(name)) is not None:
        return tuple(_problem(one) for one in kept)
    found = find()
    try:
        if name == _name(project, today, audience):  # nobody wrote meanwhile
            cache.put(name, [_plain(problem) for problem in found])
    except Unsure:
        pass
    return found


def _name(project: Path, today: datetime.date, audience: str) -> str:
    """Return what stands for a day, an audience and all that a check reads."""
    parts = [repr((str(today), audience)).encode("utf-8", "surrogatepass")]
    parts += (part for name in READ for part in _written(project / name, name))
    return "checked-" + digest(b"".join(len(part).to_bytes(8, "big") + part for part in parts))


def _written(path: Path, name: str) -> Iterator[bytes]:
    """Yield what stands at a path: names, and what is in the files."""
    yield os.fsencode(name)
    try:
        if path.is_symlink():
            raise Unsure
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
            yield str(len(inside)).encode()
            for one in inside:
                yield from _written(one, one.name)
        elif path.is_file():
            yield path.read_bytes()
        elif path.exists():
            raise Unsure
    except OSError:
        raise Unsure from None


def _plain(value: object) -> Any:  # noqa: ANN401
    """Return a value as JSON holds it, so that `_value` gives one that is equal."""
    match value:
        case Problem():
            day = str(value.since) if value.since else None
            return [value.code, _plain(value.at), _plain(value.message), _plain(value.hint),
                    _plain(value.related), day, value.city, value.audience]  # fmt: skip
        case Related():
            return [_plain(value.at), _plain(value.message)]
        case At():
            return [value.file, value.line, value.column]
        case Message():
            return {"said": [value.msgid, [[k, _plain(v)] for k, v in value.params]]}
        case tuple():
            return [_plain(one) for one in value]
        case None | bool() | int() | str():
            return value
    raise Unsure


def _value(plain: Any) -> Any:  # noqa: ANN401
    """Return what fills a gap of a message."""
    if isinstance(plain, dict):
        return _message(plain)
    return tuple(map(_value, plain)) if isinstance(plain, list) else plain


def _message(plain: Any) -> Message:  # noqa: ANN401
    text, gaps = plain["said"]
    return Message(text, tuple((name, _value(value)) for name, value in gaps))


def _problem(plain: Any) -> Problem:  # noqa: ANN401
    code, at, message, hint, related, day, city, audience = plain
    return Problem(
        code,
        At(*at),
        _message(message),
        _message(hint) if hint else None,
        tuple(Related(At(*place), _message(said)) for place, said in related),
        datetime.date.fromisoformat(day) if day else None,
        city,
        audience,
    )
