"""Whom to call, by which channels, who is who, and who does what how often: a page each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian import model, page
from baodian.page import Heading, Inline, Page, PictureStep, Row
from baodian.pages.dialled import linked, numbers
from baodian.pages.ground import Ground
from baodian.pages.parts.calls import to_dial
from baodian.pages.parts.places import WHOM
from baodian.pages.parts.rhythms import how_often
from baodian.pages.parts.tables import cell, record_page, row, without_empty_columns, words_cell
from baodian.pages.whom import classes_of, role_names
from baodian.playbook import selectors_of


def write(ground: Ground) -> Iterator[Page]:
    """Yield a page for each of these kinds that has any."""
    playbook = ground.playbook
    if playbook.escalations:
        yield _escalation(ground)
    if playbook.channels:
        yield _channels(ground)
    if playbook.rhythms:
        yield _rhythms(ground)
    if playbook.roles:
        yield _roles(ground)


# --- whom to call ---------------------------------------------------------------------------------


def _escalation(ground: Ground) -> Page:
    t = ground.t
    escalations = list(ground.playbook.escalations.values())
    rows = []
    for entity in escalations:
        dialled = numbers(ground.playbook, str(entity.tel)) if entity.tel else ()
        rows.append(
            row(
                ground, entity,
                cell(page.line(str(entity.level)) if entity.level else ()),
                cell((ground.link("role", str(entity.to)),)),
                cell(ground.inline(entity.by)),
                cell(linked(dialled)),
                cell(*((link,) for link in ground.links(entity.see))),
            )
        )  # fmt: skip
    columns = (
        t("What has happened"), t("Level"), t("Who takes over"), t("By when"), t("Phone"),
        t("Until then"),
    )  # fmt: skip
    calls = to_dial(ground, escalations)
    blocks: list[page.Block] = [page.Links(calls, big=True)] if calls else []
    blocks.append(_by_clock(ground, escalations))
    blocks.append(without_empty_columns(columns, rows))
    lead = t("What goes beyond your limit: to whom, and by when.")
    return record_page(
        ground, WHOM, t("Whom to call"), "red-lines", "escalation", blocks,
        escalations, lead, "account-arrow-up",
    )  # fmt: skip


def _by_clock(ground: Ground, escalations: list[model.Escalation]) -> page.Picture:
    """Return who takes over and by when: rising by level, in no order where levels lack."""
    t = ground.t
    steps = tuple(
        PictureStep(
            f"{e.level or ''} {ground.title('role', str(e.to))}".strip(),
            f"{e.what}{t.colon}{page.plain(ground.inline(e.by))}",
            ground.address(e),
        )
        for e in escalations
    )
    said = (f"{step.label}{t(', ')}{step.note}" for step in steps)
    levels = all(e.level for e in escalations)
    return page.Picture("ladder" if levels else "set", steps, t("; ").join(said))


# --- channels, roles, rhythms ---------------------------------------------------------------------


def _channels(ground: Ground) -> Page:
    t = ground.t
    channels = list(ground.playbook.channels.values())
    rows = [
        row(
            ground, channel,
            cell(ground.inline(channel.suits)),
            cell(ground.inline(channel.strength)),
            cell(ground.inline(channel.weakness)),
            cell(*_minutes(ground, channel)),
            words_cell(ground, channel.aliases),
        )
        for channel in channels
    ]  # fmt: skip
    columns = (
        t("Channel"), t("Good for"), t("Its strength"), t("Its weakness"), t("Takes"),
        t("Also called"),
    )  # fmt: skip
    lead = t("The ways to reach a customer, and what each is good for.")
    return record_page(
        ground, "channels.html", t("Channels"), "methods", "channels",
        (without_empty_columns(columns, rows),), channels, lead, "phone",
    )  # fmt: skip


def _minutes(ground: Ground, channel: model.Channel) -> Iterator[Inline]:
    t = ground.t
    if channel.minutes:
        yield page.line(t("{n} {n|minute|minutes}", n=ground.number(channel.minutes)))
    if channel.travel:
        yield page.line(t("{n} {n|minute|minutes} on the way", n=ground.number(channel.travel)))


def _roles(ground: Ground) -> Page:
    t = ground.t
    roles = list(ground.playbook.roles.values())
    calls = list(ground.playbook.escalations.values())
    rows = [
        row(
            ground, role,
            cell(ground.inline(role.text)),
            cell(*((ground.link("escalation", str(c.id)),) for c in calls if c.to == role.id)),
        )
        for role in roles
    ]  # fmt: skip
    table = without_empty_columns((t("Role"), t("What they do"), t("What they take over")), rows)
    lead = t("Who is who in this handbook.")
    return record_page(
        ground, "roles.html", t("Roles"), "plans", "roles", (table,), roles, lead, "account-group"
    )


def _rhythms(ground: Ground) -> Page:
    t = ground.t
    rhythms = list(ground.playbook.rhythms.values())
    blocks: list[page.Block] = []
    columns = (t("What"), t("For whom"), t("How often"), t("Channel"), t("Who"), t("Why and how"))
    for anchor, title, icon, those in _by_whom(ground, rhythms):
        blocks.append(Heading(title, anchor, icon=icon))
        blocks.append(without_empty_columns(columns, [_rhythm(ground, r) for r in those]))
    lead = t("Who does what for whom, and how often. It stands nowhere else.")
    return record_page(
        ground, "rhythms.html", t("Rhythms"), "plans", "rhythms", blocks, rhythms, lead, "repeat"
    )


def _by_whom(
    ground: Ground, rhythms: Iterable[model.Rhythm]
) -> Iterator[tuple[str, str, str, list[model.Rhythm]]]:
    """Yield (anchor, title, icon, rhythms): those with customers by ruler, then all others."""
    t = ground.t
    by_kind: dict[str, list[model.Rhythm]] = {}
    for rhythm in rhythms:
        by_kind.setdefault(str(rhythm.kind_), []).append(rhythm)
    rulers: tuple[str | None, ...] = (*ground.playbook.schemes, None)
    for ruler in rulers:
        if those := [r for r in by_kind.get("contact", ()) if _accent(r) == ruler]:
            name = str(ground.playbook.schemes[ruler].name) if ruler else t("everyone")
            title = t("With the customer: {ruler}", ruler=name)
            yield f"h-contact-{ruler or 'all'}", title, "forum", those
    for kind, title, icon in (
        ("review", t("Of the records"), "file-document"),
        ("supervisor", t("By the supervisor"), "eye"),
    ):
        if kind in by_kind:
            yield f"h-{kind}", title, icon, by_kind[kind]


def _rhythm(ground: Ground, rhythm: model.Rhythm) -> Row:
    tools = [
        (ground.link(kind, str(id_)),)
        for kind, id_ in (("script", rhythm.script), ("checklist", rhythm.checklist))
        if id_
    ]
    channels = (ground.title("channel", str(c)) for c in rhythm.channels)
    return row(
        ground, rhythm,
        cell(classes_of(ground, rhythm.whom)),
        cell(how_often(ground, rhythm)),
        words_cell(ground, (ground.t(" or ").join(channels),)),
        words_cell(ground, (role_names(ground, rhythm.who),)),
        cell(ground.inline(rhythm.why), *_apart(ground, rhythm), *tools),
        accent=_accent(rhythm),
    )  # fmt: skip


def _apart(ground: Ground, rhythm: model.Rhythm) -> Iterator[page.Inline]:
    """Yield with which contacts a rhythm never falls on one day."""
    if rhythm.apart:
        what = ground.t.listed(ground.title(ref.kind, ref.id) for ref in rhythm.apart)
        yield page.line(ground.t("not on the day of: {what}", what=what))


def _accent(entity: model.Entity) -> str | None:
    """Return the ruler an entity is mainly about, for its colour."""
    terms = (term for selector in selectors_of(entity) for term in selector.terms)
    return next((str(term.scheme) for term in terms), None)
