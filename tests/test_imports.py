"""Imports go one way only: a room uses those before it in the list of CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "baodian"

# A room, or a module that stands alone, may import from those before it; inside a room no module
# imports another that imports it.
ORDER = (
    "said", "today", "cache", "compiled", "values", "cores", "text", "source", "model",
    "trees", "sheets", "history", "verdicts", "rules", "playbook", "meaning", "timeline",
    "checks", "page", "pages", "read", "checking", "editing", "writers", "publish", "terminal",
    "report", "answers", "comparing", "schema", "mkdocs_plugin", "build", "export",
    "interrupted", "serve", "starting", "commands", "cli", "__main__",
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
    assert len(found) > 12
    assert found == set(ORDER)


def test_the_guide_for_contributors_has_the_same_list() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    layout = text.split("## The modules", 1)[1].split("```")[1]
    listed = re.findall(r"^(\w+)(?:\.py|/)", layout, re.MULTILINE)
    assert listed == list(ORDER[:-1])


@pytest.mark.parametrize("file", code(), ids=lambda f: f.relative_to(PACKAGE).as_posix())
def test_imports_go_up_the_list(file: Path) -> None:
    assert wrong(owner(file), file.read_text(encoding="utf-8")) == []


def name_of(file: Path) -> str:
    """Return the dotted name of a module."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def uses(file: Path, names: set[str]) -> set[str]:
    """Return the modules that a file imports; a room's own files go round its `__init__`."""
    own, found = name_of(file), set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{a.name}" for a in node.names} | {node.module or ""}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    above = {own.rsplit(".", n)[0] for n in range(own.count(".") + 1)}
    return {n for n in found if n in names} - above


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a ring, or nothing."""
    done: set[str] = set()

    def visit(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph.get(name, ())):
            if ring := visit(other, [*trail, name]):
                return ring
        done.add(name)
        return []

    return next((ring for name in sorted(graph) if (ring := visit(name, []))), [])


def test_no_module_imports_one_that_imports_it() -> None:
    names = {name_of(f) for f in code()}
    assert len(names) > 80
    assert circle({name_of(f): uses(f, names) for f in code()}) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]


def test_an_import_that_goes_down_is_seen() -> None:
    assert wrong("source", "from baodian.said.messages import msg\n") == []
    assert wrong("source", "def f():\n    from baodian.trees import files\n") == ["trees"]
    assert wrong("page", "from baodian import said, writers\n") == ["writers"]


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


def test_writers_of_pages_do_not_borrow_from_each_other() -> None:
    folder = PACKAGE / "pages"
    table = {"__init__", "looks"}
    writers = {f.stem for f in folder.glob("*.py")} - table
    shared = {
        "announcing",
        "clashes",
        "compared",
        "content_links",
        "dialled",
        "differing",
        "ground",
        "handed",
        "kept",
        "sheet",
        "touched",
        "provenance",
        "whom",
        "markdown_prose",
    }
    names = {f"baodian.pages.{name}" for name in writers - shared}
    assert len(names) > 20
    files = [f for f in code() if folder in f.parents]
    borrowers = {name_of(f) for f in files if uses(f, names) - {name_of(f)}}
    assert borrowers == {"baodian.pages", "baodian.pages.looks"}
