"""A style sheet → the same one without the rules that can hold nowhere.

The theme's sheets dress far more than a handbook has. A selector stays unless it asks for a class,
a direction or a colour that stands on no page and is no word of a script: nothing looks different.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_INNER = rf"\((?:{_STRING}|[^()\"'])*\)"
_CALL = rf"\((?:{_STRING}|[^()\"']|{_INNER})*\)"  # brackets in brackets, as in hsla(var(--a), 1)
_BESIDE = re.compile(rf"({_STRING})|\s*([{{}};,])\s*|\s+", re.DOTALL)
_TOKEN = re.compile(rf"{_STRING}|[{{}};]|[^{{}};\"']+", re.DOTALL)
_SELECTOR = re.compile(rf"(?:{_STRING}|\\.|{_CALL}|\[(?:{_STRING}|[^\]\"'])*\]|[^,(\[\"'\\])+")
_VALUE = re.compile(rf"(?:{_STRING}|{_CALL}|[^;(\"'])+")
_CALLED = re.compile(_CALL)
_BRACKETS = re.compile(rf"\[(?:{_STRING}|[^\]\"'])*\]")
_ODD = re.compile(r"[()\[\]\\\"',]")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_MARKED = re.compile(r"""\[(?:dir|data-md-(?:color-\w+|level|toggle|type))=["']?([^\]"']*)""")
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_NAME = re.compile(r"--[\w-]+")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_LOOK = re.compile(
    r"""\s(?:class|dir|data-md-(?:color-\w+|level|toggle|type))\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""",
    re.IGNORECASE,
)
_GROUPS = ("@media", "@supports", "@layer", "@container")

Rule = tuple[str, str]
"""What stands before the braces, and between them; a line such as `@charset` has no second."""


def words(text: str) -> frozenset[str]:
    """Return all that could be the name of a class in a script."""
    return frozenset(_WORD.findall(text))


def looks(html: str) -> tuple[str, ...]:
    """Return by which classes, directions and colours of a page a sheet may dress it, sorted."""
    found = set(_LOOK.findall(html))
    return tuple(sorted({word for look in found for word in look.strip("\"'").split()}))


def packed(sheet: str) -> str:
    """Return a sheet without comments and without the white space that means nothing."""
    return _BESIDE.sub(lambda m: m[1] or m[2] or " ", _COMMENT.sub("", sheet)).replace(";}", "}")


def pruned(sheet: str, used: Collection[str]) -> str:
    """Return a sheet without the selectors that ask for a class which is not `used`."""
    return "".join(_kept(sheet, used))


def without_unasked(sheet: str, asking: str) -> str:
    """Return a sheet without the values (`--name`) that neither it nor `asking` asks for."""
    while True:
        names = {*_ASKED.findall(sheet), *_NAME.findall(asking)}
        less = "".join(_valued(sheet, names))
        if less == sheet:
            return sheet
        sheet = less


def _kept(sheet: str, used: Collection[str]) -> Iterator[str]:
    for head, body in rules(sheet):
        if head.startswith(_GROUPS):
            if inner := "".join(_kept(body, used)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}" if body else head
        else:
            selectors = [one for one in _pieces(_SELECTOR, ",", head) if _can_hold(one, used)]
            if selectors and body:
                yield f"{','.join(selectors)}{{{body}}}"


def _pieces(piece: re.Pattern[str], sign: str, text: str) -> list[str]:
    found = piece.findall(text)
    return found if sign.join(found) == text else [text]


def _can_hold(selector: str, used: Collection[str]) -> bool:
    outside = _CALLED.sub("", selector)  # what must not hold, or one of several, is left alone
    plain = _BRACKETS.sub("", outside)
    if _ODD.search(plain):  # what is not understood stays
        return True
    return all(name in used for name in (*_CLASS.findall(plain), *_MARKED.findall(outside)))


def _valued(sheet: str, names: Collection[str]) -> Iterator[str]:
    for head, body in rules(sheet):
        if head.startswith(_GROUPS):
            inner = "".join(_valued(body, names))
        elif head.startswith("@"):
            inner = body
        else:
            inner = ";".join(
                one for one in _pieces(_VALUE, ";", body)
                if not one.startswith("--") or one.partition(":")[0].strip() in names
            )  # fmt: skip
        if inner or (head.startswith("@") and not head.startswith(_GROUPS)):
            yield f"{head}{{{inner}}}" if inner else head


def rules(sheet: str) -> Iterator[Rule]:
    """Yield the rules of a sheet, or of what stands between the braces of a group."""
    head, body, depth = "", "", 0
    for token in _TOKEN.findall(sheet):
        if token == "{":
            body += token if depth else ""
            depth += 1
        elif token == "}":
            depth -= 1
            if depth:
                body += token
            else:
                yield head.strip(), body
                head, body = "", ""
        elif depth:
            body += token
        elif token == ";":
            yield head.strip() + ";", ""
            head = ""
        else:
            head += token
