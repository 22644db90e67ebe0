"""Every field of the model is shown on some page, or there is a reason why it is not.

A field that holds texts is shown when a mark, put behind its texts in the playbook `full`, stands
on a page. Of any other field, or one without a text in `full`, all that can be asked is that what
writes the pages looks at it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from outlines import TODAY, lay
from test_model import RECORDS

import baodian
from baodian import pages
from baodian.model import Record
from baodian.model.fields import Field, Name, Prose
from baodian.page import Filters
from baodian.playbook import Edition, Playbook
from baodian.playbook.load import load
from baodian.said.messages import words

PACKAGE = Path(baodian.__file__).parent

PLANNING = "Planning ids of the digest: for us, and for the check of what is covered."
ORDER = "It sorts what pages show; `load` has done that before."
CHECKED = "A check goes by it."
EDITION = "Editions go by it: they show or leave out what they are about."
NOT_SHOWN = {
    "Case.covers": PLANNING,
    "Checklist.covers": PLANNING,
    "Guide.covers": PLANNING,
    "Moment.covers": PLANNING,
    "Script.covers": PLANNING,
    "InOrder.case": ORDER,
    "InOrder.checklist": ORDER,
    "InOrder.guide": ORDER,
    "InOrder.scheme": ORDER,
    "Settings.order": ORDER,
    "Scheme.sections": CHECKED,
    "Settings.never_say_except": CHECKED,
    "Settings.real_names": CHECKED,
    "Settings.samples": CHECKED,
    "Audience.content": EDITION,
    "Audience.ids": EDITION,
    "Audience.kinds": EDITION,
    "Audience.name": EDITION,
    "Audience.roles": EDITION,
    "Entity.audience": EDITION,
    "Settings.audiences": EDITION,
    "Overlay.kind_": "There is one kind so far.",
    "SlotRecord.status": "A gap that no text has yet is shown nowhere.",
    **dict.fromkeys(
        (
            "Altering.approved_by",
            "Altering.effective_from",
            "Altering.effective_until",
            "Altering.why",
            "Change.change",
            "Change.folded",
            "Layer.add",
            "Layer.was",
            "Layer.withdraw",
            "Overlay.change",
            "Withdrawal.approved_by",
            "Withdrawal.effective_from",
            "Withdrawal.effective_until",
            "Withdrawal.successor",
            "Withdrawal.why",
        ),
        "Merged as trees; pages show what came of it: parts/alterations.py.",
    ),
}


def name_of(model: type[Record], field: str) -> str:
    """Return a field as `Model.field`, by the model that says what it is."""
    says = [m for m in model.__mro__ if issubclass(m, Record) and field in m.__annotations__]
    return f"{says[-1].__name__}.{field}"


FIELDS = {name_of(model, field) for model in RECORDS for field in model.model_fields}


RECKONED = ("Param.default", "Escalation.tel")  # a mark would make them no number


def marked(value: Any, name: str) -> Any:
    """Return a value with `⟦Model.field⟧` behind each of its texts."""
    if isinstance(value, Field):
        texts = isinstance(value, (Name, Prose)) and name not in RECKONED
        return type(value).of(value, f"{value}⟦{name}⟧") if texts else value
    if isinstance(value, Record):
        model = type(value)
        return value.model_copy(update={
            field: marked(getattr(value, field), name_of(model, field))
            for field in model.model_fields.keys() & value.model_fields_set
        })  # fmt: skip
    if isinstance(value, dict):
        return {key: marked(inner, name) for key, inner in value.items()}
    return tuple(marked(inner, name) for inner in value) if isinstance(value, tuple) else value


def all_marked(playbook: Playbook) -> Playbook:
    """Return the playbook with all its texts marked."""
    return replace(
        playbook,
        settings=marked(playbook.settings, ""),
        entities={kind: marked(dict(of), "") for kind, of in playbook.entities.items()},
        measure_groups=marked(dict(playbook.measure_groups), ""),
        class_guides=marked(dict(playbook.class_guides), ""),
        slots=marked(dict(playbook.slots), ""),
    )


@contextmanager
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Note the fields that pages, or answers of model and playbook, read inside the block."""
    read: set[str] = set()

    def get(record: Any, name: str) -> Any:
        model = type(record)
        if name in model.__dict__["__pydantic_fields__"] and _asks(sys._getframe(1).f_code):
            read.add(name_of(model, name))
        return object.__getattribute__(record, name)

    with monkeypatch.context() as patch:
        patch.setattr(Record, "__getattribute__", get, raising=False)
        yield read


def _asks(code: Any) -> bool:
    """Say whether code asks for a field by its name; walks, stamps and lists of ids look at all."""
    path = Path(code.co_filename)
    if path.name in ("leaves.py", "uses.py", "stamps.py") or code.co_name == "parts":
        return False
    return path.is_relative_to(PACKAGE) and path.relative_to(PACKAGE).parts[0] in (
        "model", "playbook", "pages",
    )  # fmt: skip


def unshown(playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the fields that no page of a playbook shows."""
    edition = Edition(words("zh-CN"), TODAY, drafts=True)
    with looked_at(monkeypatch) as read:
        site = pages.pages(all_marked(playbook), edition, ())
    shown = repr(replace(site, found_by={}, filters=Filters()))
    texts = repr(all_marked(playbook))
    of_texts = {name for name in FIELDS if f"⟦{name}⟧" in texts}
    on_pages = {name for name in of_texts if f"⟦{name}⟧" in shown}
    return FIELDS - on_pages - (read - of_texts)


@pytest.fixture
def full(tmp_path: Path) -> Playbook:
    """The small playbook with something of everything."""
    playbook, problems = load(lay("full", tmp_path / "full"))
    assert problems == ()
    return playbook


def test_every_field_is_shown_or_there_is_a_reason_why_not(
    full: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(FIELDS) > 250
    assert unshown(full, monkeypatch) == set(NOT_SHOWN)
