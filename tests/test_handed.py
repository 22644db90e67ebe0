"""What pages hand over to scripts: told once for both sides, and nothing that nobody reads.

`python tests/test_handed.py` writes the types into the scripts anew.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NotRequired, cast, get_args, get_origin, get_type_hints

import pytest
from conftest import TODAY

from baodian import page
from baodian.pages import Edition, handed, pages
from baodian.playbook import Playbook
from baodian.said.messages import words
from baodian.writers import widgets as shelf

# Words that are said by what stands in data: marks of a measure, what became of imported runs,
# headings of columns, what is wrong with a line of a sheet.
BY_VALUE = {
    "book": {
        *(f"h_{name}" for name in ("code", "class", "last", "promise", "by", "rest")),
        *(f"p_{name}" for name in ("name", "shop", "number", "plate", "mail", "long")),
    },
    "finder": {"yes", "approve", "stopped"},
    "runs-all": {"added", "replaced", "kept", "strange", "bad"},
}
# The widgets whose data is told, with the scripts that are loaded with them.
WIDGETS: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "finder": (handed.FinderData, ()),
    "planner": (handed.PlannerData, ()),
    "runs": (handed.RunsData, ("runs-list", "runs-all")),
    "runs-list": (handed.RunsListData, ("runs",)),
    "runs-all": (handed.RunsAllData, ("runs",)),
    "card": (handed.CardData, ()),
    "path": (handed.PathData, ()),
    "mine": (handed.MineData, ()),
    "must": (handed.MustData, ()),
    "book": (handed.BookData, ()),
    "due": (handed.DueData, ()),
    "hour": (handed.HourData, ()),
    "newcomer": (handed.NewcomerData, ()),
    "news": (handed.NewsData, ()),
    "offline": (handed.OfflineData, ()),
    "receipts": (handed.ReceiptsData, ("must",)),
}


# --- the same on both sides -----------------------------------------------------------------------


def script_type(told: Any) -> str:
    """Return a type of Python's as JSDoc writes it."""
    origin, args = get_origin(told), get_args(told)
    if typing.is_typeddict(told):
        return cast("type", told).__name__
    if origin is NotRequired:
        return script_type(args[0])
    if origin is list:
        inner = script_type(args[0])
        return f"({inner})[]" if " " in inner and not inner.startswith("[") else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(map(script_type, args))}]"
    if origin in (dict, Mapping):
        return f"Object<string, {script_type(args[1])}>"
    if origin is Literal:
        return " | ".join(f'"{a}"' for a in args)
    if origin is types.UnionType:
        return " | ".join(map(script_type, args))
    plain = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
    return plain[told]


def told_within(told: Any) -> Iterator[type]:
    """Yield every TypedDict that a type is made of, inner ones first."""
    if typing.is_typeddict(told):
        for inner in get_type_hints(told).values():
            yield from told_within(inner)
        yield told
    for inner in get_args(told):
        yield from told_within(inner)


def typedefs(told: type) -> str:
    """Return a type and all within as JSDoc."""
    lines = ["/* What `pages/handed.py` says that is handed over:"]
    for one in dict.fromkeys(told_within(told)):
        hints = get_type_hints(one, include_extras=True)
        fields = (
            f"{name}{'?' if get_origin(hint) is NotRequired else ''}: {script_type(hint)}"
            for name, hint in hints.items()
        )
        lines.append(f"   @typedef {{{{ {', '.join(fields)} }}}} {one.__name__}")
    return "/**" + "\n".join(lines)[2:] + " */\n"


BLOCK = re.compile(r"/\*\* What `pages/handed\.py` says.*?\*/\n", re.DOTALL)


@pytest.mark.parametrize("name", WIDGETS)
def test_the_script_has_the_types_of_what_is_handed_over(name: str) -> None:
    text = (shelf.WIDGETS / f"{name}.js").read_text(encoding="utf-8")
    assert BLOCK.findall(text) == [typedefs(WIDGETS[name][0])]


def write() -> None:
    """Write the types into the scripts, before the function that a script is."""
    for name, (told, _) in WIDGETS.items():
        file = shelf.WIDGETS / f"{name}.js"
        text = BLOCK.sub("", file.read_text(encoding="utf-8"))
        text = text.replace("(() => {\n", typedefs(told) + "(() => {\n", 1)
        file.write_text(text, encoding="utf-8")


# --- nothing that nobody reads --------------------------------------------------------------------


@pytest.fixture(scope="module")
def widgets(shipped: Playbook) -> list[page.Widget]:
    """Every widget of the shipped handbook."""
    found: list[page.Widget] = []
    for one in pages(shipped, Edition(words("en"), TODAY)).pages:
        found += [block for block in shelf.inside(one.blocks) if isinstance(block, page.Widget)]
    return found


def scripts(name: str) -> str:
    """Return the code of a widget, its parts included, without comments."""
    files = [shelf.WIDGETS / f"{n}.js" for n in (name, *WIDGETS[name][1])]
    files += [f for n in (name, *WIDGETS[name][1]) for f in shelf.WIDGETS.glob(f"{n}.*.js")]
    files += [shelf.WIDGETS / f"{part}.js" for part in shelf.BORROWED.get(name, ())]
    text = "\n".join(f.read_text(encoding="utf-8") for f in files)
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)


def read_names(text: str) -> set[str]:
    """Return what a script reads by name, or may: `one.name`, `{ name } =`, `"name"`."""
    names = set(re.findall(r"\.([A-Za-z_]\w*)", text)) | set(re.findall(r'"([a-z_]\w*)"', text))
    for inside in re.findall(r"(?:const|let) \{([^{}]*)\} =", text):
        names |= set(re.findall(r"\w+", inside))
    return names


def keys(value: object, told: Any) -> Iterator[str]:
    """Yield every key of data that its type names, and no key of a map."""
    origin, args = get_origin(told), get_args(told)
    if typing.is_typeddict(told) and isinstance(value, Mapping):
        hints = get_type_hints(told)
        assert set(value) <= set(hints), set(value) - set(hints)
        for name, inner in value.items():
            yield str(name)
            yield from keys(inner, hints[str(name)])
    elif origin in (dict, Mapping) and isinstance(value, Mapping):
        for inner in value.values():
            yield from keys(inner, args[1])
    elif origin is list and isinstance(value, list):
        for inner in value:
            yield from keys(inner, args[0])


def given_words(widget: page.Widget) -> Mapping[str, str]:
    return cast("Mapping[str, str]", widget.data["words"])


@pytest.mark.parametrize("name", WIDGETS)
def test_every_key_is_read(name: str, widgets: list[page.Widget]) -> None:
    mine = [w for w in widgets if w.name == name]
    assert mine
    told = {key for w in mine for key in keys(w.data, WIDGETS[name][0])}
    gaps = " ".join(text for w in mine for text in given_words(w).values())
    read = read_names(scripts(name)) | set(re.findall(r"\{(\w+)\}", gaps))
    assert told - read == set()


@pytest.mark.parametrize("name", WIDGETS)
def test_every_word_is_said(name: str, widgets: list[page.Widget]) -> None:
    text = scripts(name)
    given = {word for w in widgets if w.name == name for word in given_words(w)}
    said = set(re.findall(r"\bwords\.(\w+)", text)) | set(re.findall(r'"([a-z_]\w*)"', text))
    said |= by_the_kit(text)
    assert given - said - BY_VALUE.get(name, set()) == set()


def by_the_kit(text: str) -> set[str]:
    """Return the words that `js/` says for a script that copies or keeps something."""
    names = {"copied", "by_hand"} if "baodian.cop" in text else set()
    return names | ({"blocked", "full", "newer"} if "store.trouble(" in text else set())


def said_by(text: str) -> set[str]:
    """Return the words that a script says by name."""
    names = set(re.findall(r"\bwords\.([a-z_]\w*)", text))
    names |= set(re.findall(r'\b(?:say|add)\("([a-z_]\w*)"', text))
    for chosen in re.findall(r"\b(?:words\[|say\(|add\()([^][()]*\?[^][()]*)", text):
        names |= set(re.findall(r'[?:] "([a-z_]\w*)"', chosen))
    return names | by_the_kit(text)


@pytest.mark.parametrize(("name", "with_"), [
    ("finder", ()), ("planner", ()), ("card", ()), ("path", ()), ("mine", ()), ("book", ()),
    ("due", ()),
    ("runs", ("runs-list",)), ("runs", ("runs-all",)),
])  # fmt: skip
def test_every_word_that_is_said_is_given(
    name: str, with_: tuple[str, ...], widgets: list[page.Widget]
) -> None:
    given = {
        word for w in widgets if w.name in (name, *with_) for word in given_words(w)
    }  # fmt: skip
    text = "\n".join(
        (shelf.WIDGETS / f"{n}.js").read_text(encoding="utf-8") for n in (name, *with_)
    )
    if with_ == ("runs-all",):  # the form of names is used on the page of a list only
        form = text.index("function nextName"), text.index("return Object.assign({}, record")
        text = text[: form[0]] + text[form[1] :]
    assert said_by(text) - given == set()


@pytest.mark.parametrize("name", WIDGETS)
def test_every_key_of_the_data_that_is_read_is_handed_over(name: str) -> None:
    text = (shelf.WIDGETS / f"{name}.js").read_text(encoding="utf-8")
    given = "asked" if name.startswith("runs-") else "data"
    if name == "runs-list":  # there `asked` is also what a reader typed
        text = text[: text.index("function anchor")]
    read = set(re.findall(rf"\b{given}\.(\w+)", text))
    assert read
    assert read <= set(get_type_hints(WIDGETS[name][0]))


if __name__ == "__main__":
    write()
