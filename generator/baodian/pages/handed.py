"""What pages hand over to their scripts, once for both sides.

Writers of pages fill these; each script in `theme/widgets/` has the same as JSDoc at its head
(`tests/test_handed.py` compares them, writes them anew, and finds each key read).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from baodian.rules import Walk

Words = Mapping[str, str]  # a sentence by a name of ours, with gaps in braces

# --- finder ---------------------------------------------------------------------------------------


class FinderAsk(TypedDict):
    """A question of a ruler; `values` are (id, label)."""

    id: str
    name: str
    kind: Literal["whole", "number", "values"]
    unit: str
    values: list[tuple[str, str]]


class FinderClass(TypedDict):
    """A class, how one tells it (`why`: a line for each box of its rule) and what follows."""

    id: str
    name: str
    href: str
    told: str
    then: str
    looks: list[str]
    why: list[str]


class FinderSign(TypedDict):
    """A sign that points to a class."""

    id: str
    name: str
    values: list[str]


# Class → sign → values that fit; `for` names the classes of another ruler that it holds for.
FinderTable = TypedDict("FinderTable", {"for": str, "rows": dict[str, dict[str, list[str]]]})


class FinderScheme(TypedDict):
    """A ruler."""

    id: str
    name: str
    question: str
    judges: str
    asks: list[FinderAsk]
    walk: Walk
    classes: list[FinderClass]
    signs: list[FinderSign]
    tables: list[FinderTable]
    apart: str


class FinderThing(TypedDict):
    """A rhythm, script or list; a rhythm's `days` lie between two times at most, 0 for none."""

    title: str
    href: str
    often: NotRequired[str]
    days: NotRequired[float]
    who: NotRequired[str]
    of: NotRequired[str]


class FinderFollows(TypedDict):
    """What applies to a class: (id, classes of another ruler that decide it), as read on its page.

    A measure is (id, title, mark, note, address); `goal`, `do`, `dont` are the advice of its guide.
    """

    goal: list[str]
    do: list[str]
    rhythm: list[tuple[str, list[str]]]
    script: list[tuple[str, list[str]]]
    checklist: list[tuple[str, list[str]]]
    measure: list[tuple[str, str, str, str, str]]
    dont: list[str]


class FinderData(TypedDict):
    """The class finder: `things` by `kind:id`, what `applies` by `ruler/class`."""

    kinds: list[tuple[str, str]]
    schemes: list[FinderScheme]
    things: dict[str, FinderThing]
    applies: dict[str, FinderFollows]
    words: Words


# --- first words ----------------------------------------------------------------------------------


class SayData(TypedDict):
    """The first words of a script."""

    words: Words


# --- offline copy ---------------------------------------------------------------------------------


class OfflineData(TypedDict):
    """The panel of the offline copy, but for what the foot of every page says too."""

    words: Words


# --- customer book --------------------------------------------------------------------------------


class BookClass(TypedDict):
    """A class; `why` is a line for each box of its rule, `script` and `list` serve it first."""

    id: str
    name: str
    href: str
    why: list[str]
    script: str
    list: str


class BookAsk(FinderAsk):
    """A question of a ruler; one that goes `on` is one more each day."""

    on: bool


class BookScheme(TypedDict):
    """A ruler that contacts go by."""

    id: str
    name: str
    judges: str
    asks: list[BookAsk]
    walk: Walk
    classes: list[BookClass]


Whom = list[dict[str, list[str]]]  # alternatives: ruler → classes, all of which must hold


class BookRhythm(TypedDict):
    """A contact that is due again `months` or else `days` after the last one."""

    id: str
    what: str
    often: str
    who: list[str]
    months: int
    days: int
    apart: list[str]
    whom: Whom
    script: str
    list: str


class BookStep(TypedDict):
    """What is done from `early` to `late`, in days after day zero; `see` are (title, address)."""

    id: str
    what: str
    early: int
    late: int
    see: list[tuple[str, str]]


class BookUntil(TypedDict):
    """What ends a plan early; customers of `whom` end it by themselves."""

    id: str
    text: str
    whom: Whom


class BookPlan(TypedDict):
    """Steps from a day that the reader gives; `zero` says which."""

    id: str
    name: str
    zero: str
    href: str
    whom: Whom
    steps: list[BookStep]
    until: list[BookUntil]


class BookData(TypedDict):
    """The customer book: `things` by `script:id` or `checklist:id` are (title, address).

    `roles` are those that contact customers, `role` the one whose book it is until he says so;
    `off` and `work` are as in the planner, `retired` has what stands for `kind:id` now.
    """

    kinds: list[tuple[str, str]]
    schemes: list[BookScheme]
    rhythms: list[BookRhythm]
    plans: list[BookPlan]
    things: dict[str, tuple[str, str]]
    roles: list[tuple[str, str]]
    role: str
    off: dict[str, str]
    work: dict[str, str]
    retired: dict[str, str]
    words: Words


class DueData(TypedDict):
    """What is due by the customer book, for another page; `book` is where it stands."""

    book: str
    words: Words


# --- first page -----------------------------------------------------------------------------------


class HourData(TypedDict):
    """When the moments of the first page come up, in the order of their cards."""

    moments: list[list[str]]
    words: Words


class NewcomerPath(TypedDict):
    """A path; `days` are (name, where it stands, ids of its lines), `retired` old id → new id."""

    id: str
    title: str
    was: list[str]
    retired: dict[str, str]
    days: list[tuple[str, str, list[str]]]


class NewcomerData(TypedDict):
    """The paths, for another page."""

    paths: list[NewcomerPath]
    words: Words


# --- planner --------------------------------------------------------------------------------------


class PlannerNumber(TypedDict):
    """What a reader may set for himself: hours of a day, minutes of a contact."""

    id: str
    name: str
    unit: str
    value: float
    said: str
    href: str | None


class PlannerClass(TypedDict):
    """A class of a row and its part of the row's customers."""

    id: str
    name: str
    mix: float


# Contacts with `part` of a class's customers (None: with all of the row) in a month: `fixed` times,
# and `daily` times a working day, by the first channel or one of the others.
PlannerContact = TypedDict(
    "PlannerContact",
    {
        "class": str | None,
        "what": str,
        "href": str | None,
        "often": str,
        "limit": str,
        "fixed": float,
        "daily": float,
        "part": float,
        "channels": list[str],
    },
)


class PlannerRow(TypedDict):
    """A row of a table: days and customers; `fresh` are those without a class yet."""

    id: str
    name: str
    days: float
    customers: float
    share: str | None
    fresh: bool
    classes: list[PlannerClass]
    contacts: list[PlannerContact]


class PlannerPlan(TypedDict):
    """A table that shares out `days`; `development` is the per cent of them that it wants."""

    id: str
    name: str
    href: str
    told: str
    days: float
    development: float | None
    numbers: list[PlannerNumber]
    rows: list[PlannerRow]
    events: list[str]


class PlannerData(TypedDict):
    """The planner; `off` are holidays, `work` days that make up for them: date → name."""

    plans: list[PlannerPlan]
    channels: dict[str, str]
    off: dict[str, str]
    work: dict[str, str]
    words: Words


# --- self-check runs ------------------------------------------------------------------------------


class RunsList(TypedDict):
    """A list; a group is (id, title, items), an item (id, text)."""

    title: str
    href: str
    groups: list[tuple[str, str, list[tuple[str, str]]]]


class RunsData(TypedDict):
    """What runs are made of; `retired` is `list` or `list#part` → what stands for it now."""

    handbook: str
    address: str
    lists: dict[str, RunsList]
    retired: dict[str, str]
    words: Words


class RunsListData(TypedDict):
    """The page of the list `here`; `book` is where the customer book stands, "" without one."""

    here: str
    book: str
    words: Words


class RunsAllData(TypedDict):
    """The page of all runs."""

    words: Words


# --- the others -----------------------------------------------------------------------------------


class CardData(TypedDict):
    """A script's page; a slot is (name, example)."""

    id: str
    title: str
    handbook: str
    version: str
    owner: str
    slots: list[tuple[str, str]]
    words: Words


class PathData(TypedDict):
    """A path: days are (id, name, title), plays (id, title).

    `was` are ids that the path stands for, `retired` its parts that became others.
    """

    id: str
    title: str
    days: list[tuple[str, str, str]]
    plays: list[tuple[str, str]]
    was: list[str]
    retired: dict[str, str]
    words: Words


class Must(TypedDict):
    """A change that must be read; `was` are ids that it had, `since` is its day.

    Of two `print`s that share one of their words the meaning is the same.
    """

    id: str
    was: list[str]
    print: str
    title: str
    since: str


class MustData(Must):
    """One on top of a page; it `stays` there when it was read. `receipts` is where all are."""

    stays: bool
    receipts: str
    words: Words


class ReceiptsData(TypedDict):
    """All that must be read, to tell which were."""

    all: list[Must]
    words: Words


class NewsData(TypedDict):
    """What changed since the last visit; `quiet` shows nothing where there is nothing."""

    quiet: bool
    all: str
    words: Words


class MineData(TypedDict):
    """The reader's own page: version, start and day of this copy, where finder and runs are."""

    version: str
    since: str
    made: str
    finder: str
    runs: str
    words: Words
