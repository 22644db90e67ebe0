"""Every page of the small playbook says exactly what stands in tests/pages."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lines_run import left_out, watched
from outlines import kept, written

from baodian import page as form
from baodian import pages
from baodian.page import Page, Site
from baodian.pages import content_links
from baodian.said.problems import At
from baodian.writers.outline import outline, outline_of_site

WRITERS = Path(pages.__file__).parent
SHOWN = 60  # lines of a difference; `make pages` and `git diff` show all


class Now(NamedTuple):
    """The sites of tests/pages, and what they say."""

    sites: dict[str, Site]
    texts: dict[str, str]


@pytest.fixture(scope="module")
def now() -> Now:
    """What the code says now."""
    return Now(*written())


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return what is another now, as the lines of a diff, cut short, and how to take it over."""
    lines = [
        line
        for name in sorted({*before, *now})
        for line in difflib.unified_diff(
            before.get(name, "").splitlines(),
            now.get(name, "").splitlines(),
            f"tests/pages/{name}",
            "as it is now",
            n=2,
            lineterm="",
        )
    ]
    if not lines:
        return ""
    more = [f"… and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    told = "If this is meant, run `make pages` and read the diff."
    return "\n".join([*lines[:SHOWN], *more, told])


def test_every_page_is_as_it_was(now: Now) -> None:
    before, texts = kept(), now.texts
    if told := difference(before, texts):
        pytest.fail(told, pytrace=False)
    assert set(before) == set(texts)


def test_a_difference_is_shown_with_its_page_and_the_way_to_take_it_over() -> None:
    assert difference({"a.txt": "x\n"}, {"a.txt": "x\n"}) == ""
    told = difference({"a.txt": "x\n", "gone.txt": "z\n"}, {"a.txt": "y\n"}).splitlines()
    assert [line for line in told if line[:1] in "+-"] == [
        "--- tests/pages/a.txt", "+++ as it is now", "-x", "+y",
        "--- tests/pages/gone.txt", "+++ as it is now", "-z",
    ]  # fmt: skip
    assert told[-1] == "If this is meant, run `make pages` and read the diff."
    long = difference({}, {"a.txt": "x\n" * 100}).splitlines()
    assert (len(long), long[-2]) == (SHOWN + 2, "… and 43 lines more")


# --- nothing is missing from an outline -----------------------------------------------------------


def inside(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every dataclass in a value with the way to it: names of fields, positions, keys."""
    if dataclasses.is_dataclass(value):
        yield path, value
        for field in dataclasses.fields(value):
            yield from inside(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from inside(one, (*path, number))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from inside(one, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return a value with what stands at the end of `path` replaced."""
    if not path:
        return new
    step, *rest = path
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{step: put(getattr(value, step), tuple(rest), new)})
    if isinstance(value, tuple):
        return (*value[:step], put(value[step], tuple(rest), new), *value[step + 1 :])
    return {**value, step: put(value[step], tuple(rest), new)}


NEVER_MADE = {"Arrow"}  # the writer of pictures draws them, no page has any
RECORDS = {
    "Origin | None": form.Origin("x"),
    "At | None": At("x"),
    "Crumb | None": form.Crumb("x", "x"),
    "Link | None": form.Link("x", "x"),
}


def changes(value: Any, type_: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the ways to what can be changed in a field, the field itself first, and the change."""
    yield (), another(value, type_)
    if isinstance(value, tuple):
        for number, one in enumerate(value):
            if isinstance(one, tuple):
                yield from (((number, *path), new) for path, new in changes(one, type_))
            elif isinstance(one, str | int | float):
                yield (number,), another(one, type_)


def another(value: Any, type_: Any) -> Any:
    """Return something that differs a little from the value of a field of a type."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case None:
            return RECORDS.get(type_, "x")
        case frozenset():
            return value | {"x"}
        case tuple():
            return (*value, "x") if not value or isinstance(value[0], str) else value[:-1]
        case Mapping():
            return {**value, "x": "x"}
        case form.Link():
            return form.Link("x", "x")
    return None  # a record: that it is gone must show


def test_no_field_of_any_block_is_missing_from_the_outline(
    now: Now,
) -> None:
    seen: set[str] = set()
    site = now.sites["full"]
    for root in (site, *site.pages):
        told = outline_of_site if isinstance(root, Site) else outline
        before = told(root)  # type: ignore[arg-type]
        for path, record in inside(root):
            kind = type(record).__name__
            if kind in seen or (isinstance(root, Site) and path[:1] == ("pages",)):
                continue
            seen.add(kind)
            for field in dataclasses.fields(record):
                if kind == "Site" and field.name == "pages":
                    continue
                for way, new in changes(getattr(record, field.name), field.type):
                    after = told(put(root, (*path, field.name, *way), new))
                    assert after != before, f"{kind}.{field.name} does not show"
    parts = (vars(form.blocks), vars(form.inline), vars(form.pictures), vars(form.site))
    every = {c.__name__ for part in parts for c in part.values() if dataclasses.is_dataclass(c)}
    assert seen == every - NEVER_MADE, "no page of the full playbook shows some of these"


def test_the_outline_of_a_site_names_its_pages_in_order(
    now: Now,
) -> None:
    site = now.sites["full"]
    turned = dataclasses.replace(site, pages=site.pages[::-1])
    assert outline_of_site(turned) != outline_of_site(site)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (form.Text("**a**"), form.Strong("a")),
        (form.Text("[a](b)"), form.Link("a", "b")),
        (form.Text("{a}(b)"), form.Value("a", "b")),
        (form.Text("【a】"), form.Slot("a", "")),
        (form.Text("a\nb"), form.Text("a\\nb")),
    ],
)
def test_two_lines_never_read_alike(one: form.Segment, two: form.Segment) -> None:
    def told(segment: form.Segment) -> str:
        return outline(Page("a.html", "a", "a", "a", (form.Paragraph((segment,)),)))

    assert told(one) != told(two)


# --- every line of every page writer shows in an outline ------------------------------------------

NOT_SHOWN = {
    ("ground.py", "never: return Text(text)"): "the check refuses such a text",
    ("__init__.py", "never: return site(ground(playbook, edition, problems))"): "for links of "
    "hand-written pages: tests/test_content.py",
}
"""What no page can show with data that passes the check, and why."""
NO_WRITERS = {
    "announcing.py": "two editions compared: tests/test_cities.py",
    "compared.py": "two editions compared: tests/test_cities.py",
    "differing.py": "two editions compared: tests/test_cities_browser.py",
    "touched.py": "two editions compared: tests/test_cities.py",
    "clashes.py": "a check: tests/cases/address-clash.yml and address-index.yml",
    "content_links.py": "a check: tests/cases/content-broken-links.yml and content-ids.yml",
    "sought.py": "for links of hand-written pages: tests/test_content.py",
    "wording.py": "names of keys and ids in whatever a layer says: tests/test_alterations.py",
    "kept.py": "what is kept between builds: tests/test_kept.py",
    "looks.py": "the table: tests/test_looks.py",
}
"""What stands in the room and writes no page, and what holds it."""


def test_every_statement_of_every_page_writer_ran_and_every_condition_went_both_ways() -> None:
    content_links.seen.cache_clear()  # else what is seen depends on the tests before
    with watched(WRITERS) as steps:
        written()
    left = {
        (file.name, one)
        for file in sorted(WRITERS.rglob("*.py"))
        if file.name not in NO_WRITERS
        for one in left_out(file, steps[str(file)])
    }
    assert left == set(NOT_SHOWN)
