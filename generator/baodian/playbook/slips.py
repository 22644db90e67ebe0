"""What pydantic refuses, said in our words: each slip at the place it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from baodian import source
from baodian.model.fields import Bad, describe
from baodian.model.kinds import Accepts
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.source import Mapping, Node, Scalar
from baodian.text.nearest import nearest

Slip = tuple[str, Problem]
"""A problem, and the kind of id that is wanted where it is; empty where any text is."""


def read_as(accepts: Accepts, tree: Node) -> tuple[Any, tuple[Slip, ...]]:
    """Return what a tree says as a record, or None and every slip that keeps it from being one."""
    try:
        return _adapter(accepts).validate_python(tree), ()
    except ValidationError as error:
        slips = _without_slips_twice(error.errors(), tree)
        return None, tuple((_wanted(slip), problem_of(slip, tree)) for slip in slips)


@cache
def _adapter(accepts: Accepts) -> TypeAdapter[Any]:
    return TypeAdapter(accepts)


def _wanted(error: Any) -> str:  # noqa: ANN401
    raised = error.get("ctx", {}).get("error")
    return raised.wanted if isinstance(raised, Bad) else ""


def _without_slips_twice(errors: Iterable[Any], tree: Node) -> Iterator[Any]:
    """Leave out that a key is missing where another key of its group is a slip for it."""
    errors = list(errors)
    slips = {
        (*error["loc"][:-1], near)
        for error in errors
        if error["type"] == "extra_forbidden" and (near := _near_key(error, tree))
    }
    for error in errors:
        if error["type"] != "missing" or error["loc"] not in slips:
            yield error


def _near_key(error: Any, tree: Node) -> str | None:  # noqa: ANN401
    return nearest(str(error["loc"][-1]), source.known_keys(tree, error["loc"]))


def problem_of(error: Any, tree: Node) -> Problem:  # noqa: ANN401
    """Return one of pydantic's errors as a problem of ours, at the place it is about."""
    loc, kind = error["loc"], error["type"]
    at = getattr(error["input"], "at", None) or source.place(tree, loc)
    raised = error.get("ctx", {}).get("error")
    code = raised.code if isinstance(raised, Bad) else ""
    if (code or kind) in ("wrong-type", "dict_type", "tuple_type", "union_tag_not_found") and (
        wide := _wide_colon(error["input"])
    ):
        return wide
    if isinstance(raised, Bad):
        return Problem(raised.code, at, raised.message, raised.hint)
    explain = EXPLAINED.get(kind)
    if explain is None:
        raise AssertionError(f"no sentence for pydantic's {kind}: {error}")
    code, message, hint = explain(error, tree)
    if kind == "extra_forbidden":
        at = source.key_place(tree, loc)
    return Problem(code, at, message, hint)


_WIDE_ENTRY = re.compile(r"([^\s:：，。、；！？“”]{1,20})：\s*(.*)")


def _wide_colon(value: object) -> Problem | None:
    """Explain a text where a group belongs, if it looks like an entry with a full-width colon."""
    if not isinstance(value, Scalar) or value.style != "plain":
        return None
    if (entry := _WIDE_ENTRY.match(value)) is None:
        return None
    name, rest = entry.groups()
    at = At(value.at.file, value.at.line, value.at.column + len(name))
    rest = rest if len(rest) <= 40 else rest[:40] + "…"
    return source.wide_colon(at, f"{name}: {rest}".rstrip())


Explanation = tuple[str, Message, Message | None]


def _unknown_key(error: Any, tree: Node) -> Explanation:  # noqa: ANN401
    key = str(error["loc"][-1])
    known = source.known_keys(tree, error["loc"])
    near = _near_key(error, tree)
    hint = msg("Did you mean “{near}”?", near=near) if near else None
    if hint is None and known:
        hint = msg("Possible keys: {keys}.", keys=known)
    return "unknown-key", msg("“{key}” is not a key here.", key=key[:60]), hint


def _missing(error: Any, tree: Node) -> Explanation:  # noqa: ANN401
    key = str(error["loc"][-1])
    return "missing-key", msg("“{key}” is missing.", key=key), msg("Add “{key}: …”.", key=key)


def _choice(error: Any, tree: Node) -> Explanation:  # noqa: ANN401
    value = error["input"]
    choices = tuple(c.strip(" '") for c in error["ctx"]["expected_tags"].split(","))
    if isinstance(value, Mapping):
        value = value.get(Scalar("kind"), "")
    near = nearest(str(value), choices)
    message = msg("“{text}” is not one of {choices}.", text=str(value)[:40], choices=choices)
    return "wrong-choice", message, msg("Did you mean “{near}”?", near=near) if near else None


def _wanted_a_list(error: Any, tree: Node) -> Explanation:  # noqa: ANN401
    value = error["input"]
    message = msg("A list is wanted here, not {found}.", found=describe(value))
    if isinstance(value, Scalar) and not value.strip():
        message = msg("A list is missing here.")
    hint = msg("Write it as [a, b], or one on each line after “- ”.")
    return "wrong-type", message, hint


def _wanted_a_group(error: Any, tree: Node) -> Explanation:  # noqa: ANN401
    value = error["input"]
    message = msg("A group of keys is wanted here, not {found}.", found=describe(value))
    if isinstance(value, Scalar) and not value.strip():
        message = msg("A group of keys is missing here.")
    hint = msg("Write lines of the form “key: value” below it, indented by two spaces.")
    return "wrong-type", message, hint


def _no_kind(error: Any, tree: Node) -> Explanation:  # noqa: ANN401
    if not isinstance(error["input"], Mapping):
        return _wanted_a_group(error, tree)
    return "missing-key", msg("“{key}” is missing.", key="kind"), msg("Add “{key}: …”.", key="kind")


EXPLAINED: dict[str, Callable[[Any, Node], Explanation]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _no_kind,
    "dict_type": _wanted_a_group,
    "tuple_type": _wanted_a_list,
}
