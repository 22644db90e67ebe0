"""Imports go one way only: a module uses those before it in the list of CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "baodian"

# Each line may import from the lines above it, and a package's files from each other.
ORDER = (
    "messages", "problems", "hanzi", "intervals", "source", "fields", "model", "prose", "rules",
    "mends", "playbook", "coverage", "load", "checks", "page", "pages", "picture", "html", "search",
    "verify", "lean", "single", "offline", "report", "read", "stage", "mkdocs_plugin", "build",
    "export", "serve", "cli", "__main__",
)  # fmt: skip


def owner(path: Path) -> str:
    """Return the module of the list that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def code() -> list[Path]:
    """Return every Python file of the package but its own `__init__.py` and the starter."""
    files = sorted(PACKAGE.rglob("*.py"))
    return [f for f in files if f != PACKAGE / "__init__.py" and owner(f) != "starter"]


def imported(text: str) -> Iterator[str]:
    """Yield the modules of ours that a text imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a module stands"
            names = [f"{node.module}.{a.name}" for a in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "baodian" and len(parts) > 1 and not parts[1].startswith("__v"):
                yield parts[1]


def wrong(module: str, text: str) -> list[str]:
    """Return the imports of `text` that do not go up the list."""
    own = ORDER.index(module)
    return [name for name in imported(text) if ORDER.index(name) > own]


def test_the_list_is_the_modules_that_exist() -> None:
    found = {owner(f) for f in code()}
    assert len(found) > 20
    assert found == set(ORDER)


def test_the_guide_for_contributors_has_the_same_list() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    layout = text.split("## The modules", 1)[1].split("```")[1]
    listed = re.findall(r"^(\w+)(?:\.py|/)", layout, re.MULTILINE)
    assert listed == list(ORDER[:-1])


@pytest.mark.parametrize("file", code(), ids=lambda f: f.relative_to(PACKAGE).as_posix())
def test_imports_go_up_the_list(file: Path) -> None:
    assert wrong(owner(file), file.read_text(encoding="utf-8")) == []


def test_an_import_that_goes_down_is_seen() -> None:
    assert wrong("source", "from baodian.messages import msg\n") == []
    assert wrong("source", "def f():\n    from baodian.load import load\n") == ["load"]
    assert wrong("page", "from baodian import problems, html\n") == ["html"]


def test_only_the_plugin_imports_mkdocs() -> None:
    users = set()
    for file in code():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            if any(n.split(".")[0] == "mkdocs" for n in names):
                users.add(owner(file))
    assert users == {"mkdocs_plugin"}
