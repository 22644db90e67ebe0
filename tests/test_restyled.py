"""Every valid YAML loads: all our files, written again in many styles, give the same trees.

A sample for each style; `RESTYLED=all` writes every file in every style.
"""

from __future__ import annotations

import os
import random
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from restyled import STYLES

from baodian.source import Mapping, Node, Sequence, read

ROOT = Path(__file__).parent.parent
FOLDERS = (
    "playbook_data", "generator/baodian/starter", "generator/baodian/starter_en",
    "tests/small_playbook", "tests/playbooks",
)  # fmt: skip
SAMPLE = 12


@cache
def trees() -> tuple[tuple[str, Node], ...]:
    """Return every shipped file and every valid file of a case, by name."""
    files = [
        (str(path.relative_to(ROOT)), path.read_bytes())
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.yml"))
    ]
    for path in sorted((ROOT / "tests/cases").glob("*.yml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = {name: text for name, text in case["files"].items() if isinstance(text, str)}
        files += [(f"{path.stem}/{name}", text.encode()) for name, text in texts.items()]
    read_ = [(name, *read(data, name)) for name, data in files if not name.endswith(".md")]
    return tuple(
        (name, tree) for name, tree, problems in read_ if tree is not None and not problems
    )


def unspaced(node: Node) -> object:
    """Return a tree without the spaces that a line break may take away beside wide signs."""
    if isinstance(node, Mapping):
        return {key: unspaced(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [unspaced(item) for item in node]
    wide = "[^\x00-\xb6]"
    return re.sub(f"(?<={wide})(\\**) (?=\\**\\S)|(?<=\\S)(\\**) (?=\\**{wide})", r"\1\2", node)


def test_there_is_enough_to_write() -> None:
    assert len(STYLES) >= 30
    assert len(trees()) >= 350


@pytest.mark.parametrize("name", STYLES)
def test_a_file_in_any_style_loads_to_the_same_tree(name: str) -> None:
    style = STYLES[name]
    files = trees()
    if os.environ.get("RESTYLED") != "all":
        files = tuple(random.Random(name).sample(files, SAMPLE))
    for file, tree in files:
        data = style.write(tree)
        again, problems = read(data, file)
        shown = f"{file}\n{data.decode()[:3000]}"
        assert again is not None, (problems, shown)
        same = unspaced(again) == unspaced(tree) if style.folds else again == tree
        assert (problems, same) == ((), True), shown
