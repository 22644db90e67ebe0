"""Random edits over the shipped files and over messy hand-written ones, each proved.

    python tests/splices.py [EDITS] [SEED]

After each edit the text is read with the reader of `baodian.source` and compared with what plain
Python makes of the old tree; every character outside the node edited must be where it was; every
note must be there still, but for those inside what was deleted or replaced.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from baodian.editing import (
    CannotWriteError,
    Data,
    Delete,
    Edit,
    Insert,
    RenameKey,
    Replace,
    as_data,
    spliced,
)
from baodian.source import Mapping, Node, Scalar, Sequence, read

ROOT = Path(__file__).parent.parent
HAND_WRITTEN = ROOT / "tests" / "messy.txt"
TEXTS = (
    "简单一句话", "带，全角：标点；的“话”。", "a # b", "a #b", "a#b", "名称：银卡", "名称:银卡",
    "key: value", "key:value", "结尾冒号:", "- 项目", "-项目", "—— 破折号", "[a, b]", "{a: b}",
    "*粗*", "&锚", "!惊", "%百分", "@人", "`码`", "|竖", ">大", "? 问", "?问", ": 冒号", ",逗号",
    "a, b", "a] b", "a} b", "'单引", '"双引', "\"双\"和'单'", "反\\斜", "90", "010", "1e3", "12:30",
    "2026-11-29", "-1", "+1", "0.5", "70%", "NO", "yes", "true", "null", "~", "Null", "", " ",
    "前 ", " 后", "两  格", "script:says-will-stop", "【script:x】，您好",
    "【客户称呼】，您好：在吗？",
    "第一行\n第二行", "第一行\n第二行\n", "一\n\n三\n", "a\nb\n\n", "\n开头", "  缩进\n不缩进\n",
    "- 一\n- 二\n", "a: b\nc: d\n", "# 不是注\n是正文\n", "尾 #注\n第二行", "👍行", "𠮷野家",
    "café",
    "很长" * 60 + "。" + "一句接一句，" * 20, "word " * 40 + "end", "---", "...", "--- x", "<<",
    "=",
    "a\tb", "a |", "a >-", "x  # y", "#开头", "“引”#2", "http://a.b/c#d", "C:\\x", "１２", "、顿",
    "a\\nb", "'", '"', "''", "：", "，", "，a", "·点", "– 短", "・日", "1. 点", "1) 括", "% x", "@",
)  # fmt: skip
KEYS = ("new", "new-2", "键", "a b", "1", "2026-01-01", "no", "null", "k: v", "#k", "'q'", '"d"',
        "a,b", "[x]", "{y}", "客户称呼", "S2.9-01", "- d", "？", "x：y", "100%",
        "matrix:a#b.c")  # fmt: skip


def messy() -> list[str]:
    """Return the hand-written texts, some of them with other line ends, a BOM, or no last end."""
    shapes = re.split(r"^={5,}.*\n", HAND_WRITTEN.read_text(encoding="utf-8"), flags=re.MULTILINE)
    shapes = [shape.replace("␉", "\t").replace("␣", " ") for shape in shapes if shape.strip()]
    ends = [shape.rstrip("\n") for shape in shapes]
    crlf = [shape.replace("\n", "\r\n") for shape in (*shapes, *ends)]
    return [*shapes, *ends, *crlf, *("\ufeff" + shape for shape in (*shapes[:3], *crlf[:3]))]


def shipped() -> list[str]:
    """Return the texts of all files that we ship."""
    package = ROOT / "generator" / "baodian"
    folders = (ROOT / "playbook_data", package / "starter", package / "starter_en")
    files = [file for folder in folders for file in sorted(folder.rglob("*.yml"))]
    assert len(files) > 200
    return [file.read_bytes().decode("utf-8") for file in files]


@lru_cache(maxsize=1000)
def tree_of(text: str) -> Mapping:
    """Return the tree of a text without faults."""
    tree, problems = read(text.encode("utf-8"), "-")
    assert isinstance(tree, Mapping), text
    assert not problems, (text, problems)
    return tree


# --- random edits ---------------------------------------------------------------------------------


def value(chance: random.Random, depth: int = 0) -> Data:
    """Return a random value."""
    kind = chance.random()
    if depth > 2 or kind < 0.6:
        return chance.choice(TEXTS)
    if kind < 0.62:
        return None
    if kind < 0.8:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    keys = chance.sample(KEYS, chance.randrange(4))
    return {key: value(chance, depth + 1) for key in keys}


def paths(node: Node, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every node."""
    yield way
    if isinstance(node, Mapping):
        for key, inner in node.items():
            yield from paths(inner, (*way, str(key)))
    elif isinstance(node, Sequence):
        for number, inner in enumerate(node):
            yield from paths(inner, (*way, number))


def node_at(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return what stands at a path."""
    for step in path:
        node = node[Scalar(step)] if isinstance(node, Mapping) else node[step]  # type: ignore
    return node


def edit(chance: random.Random, tree: Mapping) -> tuple[Edit, Data]:
    """Return a random edit of a tree, and what is to come of it."""
    every = [path for path in paths(tree) if path]
    path = chance.choice(every)
    node, outer = node_at(tree, path), node_at(tree, path[:-1])
    data = as_data(tree)
    kind = chance.random()
    if kind < 0.35:
        new = value(chance)
        if isinstance(node, Scalar) and chance.random() < 0.6:
            new = chance.choice(TEXTS)
        return Replace(path, new), put(data, path, lambda old: new)
    if kind < 0.55:
        return Delete(path), put(data, path[:-1], lambda old: without(old, path[-1]))
    if kind < 0.7 and isinstance(outer, Mapping):
        name = chance.choice([key for key in KEYS if key not in outer])
        return RenameKey(path, name), put(data, path[:-1], lambda old: named(old, path[-1], name))
    groups = [path for path in ((), *every) if not isinstance(node_at(tree, path), Scalar)]
    empty = [path for path in every if node_at(tree, path) == ""]
    path = chance.choice(empty if empty and chance.random() < 0.2 else groups)
    node, new = node_at(tree, path), value(chance)
    if isinstance(node, Mapping) or (not node and chance.random() < 0.5 and node == ""):
        there = list(node) if isinstance(node, Mapping) else []
        name = chance.choice([key for key in KEYS if key not in there])
        before = str(chance.choice(there)) if there and chance.random() < 0.5 else None
        return Insert(path, name, new, before), put(
            data, path, lambda old: put_in(old, name, new, before)
        )
    where = chance.randrange(len(node) + 1)
    return Insert(path, where, new), put(
        data, path, lambda old: [*(old or [])[:where], new, *(old or [])[where:]]
    )


def put(data, path, change):
    """Return data with what stands at a path changed."""
    if not path:
        return change(data)
    step, *rest = path
    if isinstance(data, list):
        return [put(v, rest, change) if n == step else v for n, v in enumerate(data)]
    return {k: put(v, rest, change) if k == step else v for k, v in data.items()}


def without(old, step):
    """Return a map or list without an entry."""
    if isinstance(old, list):
        return old[:step] + old[step + 1 :]
    return {key: inner for key, inner in old.items() if key != step}


def named(old, step, name):
    """Return a map with another key for an entry."""
    return {name if key == step else key: inner for key, inner in old.items()}


def put_in(old, name, new, before):
    """Return a map with an entry more."""
    pairs = list((old or {}).items())
    place = [key for key, _ in pairs].index(before) if before else len(pairs)
    return dict([*pairs[:place], (name, new), *pairs[place:]])


# --- what must hold -------------------------------------------------------------------------------


def ordered(data: Data) -> object:
    """Return data in a form in which the order of keys counts."""
    if isinstance(data, dict):
        return [(key, ordered(inner)) for key, inner in data.items()]
    return [ordered(inner) for inner in data] if isinstance(data, list) else data


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, each with its break."""
    return re.findall(r".*?(?:\r\n|\r|\n)|.+$", text, re.DOTALL)


def span(text: str, tree: Mapping, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Return which lines, from 0, an edit of a node may touch: the second is the first after it."""
    starts: list[tuple[int, bool]] = []

    def walk(node: Node, way: tuple[str | int, ...]) -> None:
        inside = way[: len(path)] == path
        if isinstance(node, Mapping):
            for key, inner in node.items():
                starts.append((key.at.line, inside or (*way, str(key))[: len(path)] == path))
                walk(inner, (*way, str(key)))
        elif isinstance(node, Sequence):
            for number, inner in enumerate(node):
                walk(inner, (*way, number))
        else:
            starts.append((node.at.line, inside))

    walk(tree, ())
    first = next((n for n, (_, inside) in enumerate(starts) if inside), None)
    if first is None:  # an empty group
        node = node_at(tree, path)
        line = node.at.line
        after = [number for number, _ in starts if number > line]
        return line - 1, after[0] - 1 if after else len(lines_of(text))
    last = next((n for n in range(first, len(starts)) if not starts[n][1]), None)
    begin = starts[first][0] - 1
    if path and isinstance(path[-1], int):  # its dash may stand in a line above
        begin = min(begin, starts[first - 1][0])
    return begin, len(lines_of(text)) if last is None else max(starts[last][0] - 1, begin + 1)


def placed_notes(text: str) -> list[tuple[int, str]]:
    """Return the notes of a text, what is behind a `#` outside of every value, with their lines."""
    text = BLANKS.sub(lambda blank: " " * len(blank[0]), text.removeprefix("\ufeff"))
    bare = list(text)
    parser = yaml.CSafeLoader(text)
    while (event := parser.get_event()) is not None:
        if isinstance(event, yaml.ScalarEvent):
            start, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):
                start = re.compile(r"\r\n|\r|\n|$").search(text, start).end()
            bare[start:end] = [sign if sign in "\r\n" else "x" for sign in bare[start:end]]
    return [
        (number, note[0].strip())
        for number, line in enumerate(re.split(r"\r\n|\r|\n", "".join(bare)))
        for note in re.finditer(r"(?:^|(?<=\s))#.*", line)
    ]


def notes(text: str) -> Counter[str]:
    """Return how often each note stands in a text."""
    return Counter(note for _, note in placed_notes(text))


BLANKS = re.compile(r"(?<=[\r\n])[^\S\r\n]+(?=[\r\n])")


def wrong(text: str, edit: Edit, wanted: Data) -> str:
    """Return what is wrong with an edit of a text, nothing if all is as it must be."""
    tree = tree_of(text)
    new = spliced(text, [edit])
    if ordered(as_data(tree_of(new))) != ordered(wanted):
        return "another tree"
    path = edit.path
    if isinstance(edit, Delete) and len(node_at(tree, path[:-1])) == 1:  # the group is empty then
        path = path[:-1]
    begin, end = span(text, tree, path)
    lines = lines_of(text)
    before, after = "".join(lines[:begin]), "".join(lines[end:])
    if isinstance(edit, Delete):
        after = after.lstrip(" ")  # what follows may take the place in the line of a dash or brace
        if not new.startswith(before) and "," in before:  # the last between brackets, and its comma
            head, _, tail = before.rpartition(",")
            before = head if not tail.strip() else head + tail
    if not new.startswith(before) or not new.endswith(after):
        return "something outside was touched"
    odd = open_end(text) or "{\n" in text.replace("\r", "")  # notes behind a comma, at two places
    odd = odd or (isinstance(edit, Insert) and not node_at(tree, path))
    if isinstance(edit, Insert) and not kept(text, new) and not (odd and all_in(text, new)):
        return "something was lost by what was put in"
    if isinstance(edit, Delete) and path == edit.path and not kept(new, text):
        if odd and all_in(new, text):
            return ""
        return "more than a gap was made"
    lost = notes(text) - notes(new)
    own = Counter(note for line, note in placed_notes(text) if begin <= line < end)
    if isinstance(edit, Insert | RenameKey) and lost:
        return f"notes were lost: {lost}"
    return f"notes of others were lost: {lost - own}" if lost - own else ""


def kept(text: str, more: str) -> bool:
    """Say whether a text is in a longer one with nothing but additions, empty brackets aside."""
    begin = 0
    while begin < min(len(text), len(more)) and text[begin] == more[begin]:
        begin += 1
    end = 0
    while end < min(len(text), len(more)) - begin and text[-1 - end] == more[-1 - end]:
        end += 1
    rest = text[begin : len(text) - end]
    return not re.sub(r"[\s,{}\[\]-]|null|~|\"\"", "", rest)


def all_in(text: str, more: str) -> bool:
    """Say whether a text is in a longer one but for brackets, with additions at any place."""
    ahead = iter(more)
    return all(sign in ahead for sign in re.sub(r" ?\{\}| ?\[\]|\"\"|~|null", "", text))


def open_end(text: str) -> bool:
    """Say whether a file ends in the middle of a block text, whose sign may have to change."""
    return not text.endswith("\n") and re.search(r"[|>]\s.*\Z", text, re.DOTALL) is not None


def run(count: int, seed: int) -> tuple[int, int, list[str]]:
    """Carry out random edits; return how many, how many were refused, and the faults."""
    chance = random.Random(seed)
    files, hard = shipped(), messy()
    done, refused = 0, 0
    faults: list[str] = []
    while done < count:
        text = chance.choice(files) if chance.random() < 0.5 else chance.choice(hard)
        one, wanted = edit(chance, tree_of(text))
        try:
            fault = wrong(text, one, wanted)
        except CannotWriteError:
            refused += 1
            continue
        except Exception as error:
            fault = f"{type(error).__name__}: {error} {getattr(error, 'problems', '')}"
        done += 1
        if fault:
            faults.append(f"{fault}\n  {one}\n  in {text[:3000]!r}")
            if len(faults) > 20:
                break
    return done, refused, faults


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    begun = time.process_time()
    done, refused, faults = run(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    spent = f"{time.process_time() - begun:.1f} s"
    told = f"{done} edits, {len(faults)} faults, {refused} refused, {spent}"
    sys.stdout.write("\n".join([*faults, told, ""]))
    sys.exit(bool(faults))
