"""Names beside each other, without the word that all of them end with."""

from __future__ import annotations


def shortened(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without their common end, whole words of it; as they are if one is no more."""
    end = names[0] if len(names) > 1 else ""
    while not all(name.endswith(end) for name in names):
        end = end[1:]
    if end[:1].isascii():  # not in the middle of a word
        end = " " + end.partition(" ")[2] if " " in end else ""
    short = tuple(name.removesuffix(end) for name in names)
    return short if all(short) else names
