"""What was written and what it must not say → problems: the last look at an audience's edition.

It rests on the bytes, so it sees whatever comes out of pages, search data, scripts, the one file,
the lists of files and the names of files, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from baodian.playbook.withheld import START, Secret, folded
from baodian.publish.compressed import opened
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, in_order

_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\([\"'\\/nrt])")


def leaks(written: Iterable[tuple[str, bytes]], secrets: tuple[Secret, ...]) -> tuple[Problem, ...]:
    """Return where files, given as (name, bytes), say what they must not.

    One problem for each file and secret.
    """
    by_start: dict[str, list[Secret]] = {}
    for secret in secrets:
        by_start.setdefault(secret.text[:START], []).append(secret)
    problems: list[Problem] = []
    seen: set[bytes] = set()
    for name, packed in written if secrets else ():
        data = opened(name, packed)
        if data is None:
            problems.append(_sealed(name))
            continue
        where = _readings(name, b"" if data in seen else data)
        seen.add(data)
        starts = {w[i : i + START] for w in where for i in range(len(w))}
        for start in by_start.keys() & starts:
            for secret in by_start[start]:
                if any(secret.stands_in(reading) for reading in where):
                    problems.append(_problem(name, data, secret))
    return in_order(problems)


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file of a site."""
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _readings(name: str, data: bytes) -> tuple[str, ...]:
    """Return what can be read in a file: with its tags and without them; its name too."""
    text = data.decode("utf-8", "ignore")
    if "\\" in text:
        text = _ESCAPED.sub(_escaped, text)
    if "&" in text:
        text = unescape(text)
    whole = f"{name}\0{folded(text)}"
    if "<" not in text:
        return (whole,)
    return whole, folded(_TAG.sub("\0", _INLINE.sub("", text)))


def _escaped(sign: re.Match[str]) -> str:
    if sign[1]:
        return chr(int(sign[1], 16))
    return " " if sign[2] in "nrt" else sign[2]


def _sealed(name: str) -> Problem:
    message = msg("This packed file cannot be opened, so nobody can say what stands in it.")
    hint = msg('Take it away. A “.br” is opened with: pip install "baodian[brotli]"')
    return Problem("leak", At(name), message, hint)


def _problem(name: str, data: bytes, secret: Secret) -> Problem:
    start = data.find(secret.text.encode())
    line = data.count(b"\n", 0, start) + 1 if start >= 0 else 1
    message = msg("“{text}” stands here, of {of}, which this edition leaves out.",
                  text=secret.text, of=secret.of)  # fmt: skip
    hint = msg("Nothing is published. Look whether mkdocs.yml or a hook of yours says it; if not, "
               "it is a fault of ours: please report it.")  # fmt: skip
    return Problem("leak", At(name, line), message, hint)
