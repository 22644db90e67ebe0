"""What was found in a project is known while nothing in it changes: its problems, its site."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baodian import history
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
    name = _name("checked", project, today, audience)
    if name is None:
        return find()
    if (kept := cache.get(name)) is not None:
        return tuple(_problem(one) for one in kept)
    found = find()
    if name == _name("checked", project, today, audience):  # nobody wrote meanwhile
        _keep(cache, name, found)
    return found


@dataclass(frozen=True)
class Site:
    """A site as it was built: for what it stands, how many pages it has, what was found wrong."""

    name: str
    pages: int = 0
    problems: tuple[Problem, ...] = ()

    @classmethod
    def asked(cls, project: Path, around: str | None, *facts: object) -> Site | None:
        """Return the site that a build is asked for; None if its files do not tell which it is.

        `around` is what an engine puts around its pages, None if it cannot tell.
        """
        if around is None:
            return None
        name = _name("built", project, around, history.standing(project), *facts)
        return None if name is None else cls(name)

    def standing(self, cache: Cache, folder: Path) -> Site | None:
        """Return the site if a folder holds it as it was built, else None."""
        kept = cache.get(self.name)
        if kept is None or kept[0] != _state(folder):
            return None
        return Site(self.name, kept[1], tuple(_problem(one) for one in kept[2]))

    def keep(self, cache: Cache, folder: Path) -> None:
        """Keep that a folder holds this site."""
        with contextlib.suppress(Unsure, OSError):
            cache.put(self.name, [_state(folder), self.pages, [_plain(p) for p in self.problems]])


def _keep(cache: Cache, name: str, found: Iterable[Problem]) -> None:
    """Keep what was found, if it can be written as plain data."""
    with contextlib.suppress(Unsure):
        cache.put(name, [_plain(problem) for problem in found])


def _state(folder: Path) -> str:
    """Return what changes whenever a file of a folder does, as file systems tell."""
    held = []
    for file in sorted(folder.rglob("*")):
        of = file.lstat()
        facts = () if file.is_dir() else (of.st_size, of.st_mtime_ns, of.st_ctime_ns)
        held.append((os.fsencode(file.relative_to(folder)), of.st_mode, of.st_ino, facts))
    return digest(repr(held).encode())


def _name(kind: str, project: Path, *facts: object) -> str | None:
    """Return what stands for facts and all that a check reads; None if bytes do not tell."""
    parts = [repr(facts).encode("utf-8", "surrogatepass")]
    try:
        parts += (part for name in READ for part in _written(project / name, name))
    except Unsure:
        return None
    return f"{kind}-" + digest(b"".join(len(part).to_bytes(8, "big") + part for part in parts))


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
