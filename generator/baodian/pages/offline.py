"""The page on the offline copy: what it is, where it is not possible, and the panel to work it."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import page
from baodian.page import Link, LinkItem, Page, Text, Value
from baodian.pages.ground import Ground
from baodian.pages.parts.calls import to_dial
from baodian.pages.parts.occasions import in_order
from baodian.pages.parts.places import HOME, MOMENTS, WHOM
from baodian.pages.sheet import shared_page
from baodian.pages.widgets.offline import STALE_AFTER, stale_after, widget
from baodian.playbook.places import PLACES, places
from baodian.said.messages import msg

ADDRESS = "offline.html"
# What can become of a copy, and what each browser promises.
KEPT = (
    msg("A file that was lost or damaged is loaded again once there is network; without network, "
        "a page that is missing says so."),
    msg("A browser may throw the copy away: when the device runs out of room, or when its data are "
        "cleared. Who taps “Keep it” or “Look through it” asks the browser not to; some promise "
        "it, some do not."),
    msg("Safari on iPhone and iPad throws it away if the handbook is not opened for 7 days in a "
        "row, unless it was put on the home screen: Share, Add to Home Screen."),
    msg("A private window keeps it only until it is closed. Before a long trip look here, or take "
        "the one file with you: nobody clears it away."),
)  # fmt: skip


def first(ground: Ground) -> tuple[str, ...]:
    """Return what somebody needs first who has no network: this page, whom to call, the moments."""
    whom = (WHOM,) if ground.playbook.escalations else ()
    moments = sorted(in_order(ground), key=lambda one: not one.urgent)
    index = (MOMENTS,) if moments else ()
    return (ADDRESS, *whom, HOME, *index, *map(ground.address, moments))


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page, unless the playbook wants no offline copy."""
    if not ground.playbook.settings.kept_offline:
        return
    t = ground.t
    days = str(stale_after(ground))
    href = ground.href("param", STALE_AFTER)
    age: page.Segment = Value(days, href) if href else Text(days)
    before, _, after = t(
        "A copy older than {days} {days|day|days} says so on every page.", days="\0"
    ).partition("\0")
    lines = (
        page.line(t("Once the handbook is kept, every page and the search open without network.")),
        page.line(t("It is loaded in the background, not while the device saves data.")),
        page.line(t("A new version is loaded beside the old one; you choose when to go to it.")),
        page.line(t("If the new version fails, go back to the one before.")),
        (Text(before), age, Text(after)),
        *(page.line(t.text(one)) for one in KEPT),
        page.line(t("Inside a chat app open the page in a browser, or download the one file.")),
    )
    yield shared_page(
        ground, ADDRESS, t("Offline copy"), "home", "offline",
        (*_at_hand(ground), widget(ground), page.Bullets(tuple((one, None) for one in lines))),
        lead=page.line(t("The handbook on your device, for places without network.")),
        icon="cloud-download",
    )  # fmt: skip


def _at_hand(ground: Ground) -> Iterator[page.Block]:
    """Yield whom to call, what is kept first and what one works with once all is kept.

    The page stands in for one that is not there.
    """
    t = ground.t
    calls = ground.playbook.escalations
    moments = in_order(ground)
    dialled = to_dial(ground, calls.values())
    yield from (page.Links(dialled, big=True),) if dialled else ()
    ways = [
        *([Link(t("Whom to call"), WHOM)] if calls else ()),
        *(Link(str(one.title), ground.address(one)) for one in moments if one.urgent),
        *([Link(t("Moments"), MOMENTS)] if moments else ()),
        Link(t("Home"), HOME),
    ]
    yield page.Links(tuple(map(LinkItem, ways)), line=True, label=t("Kept first: "))
    more = tuple(
        LinkItem(Link(t.text(PLACES[id_][0]), f"{id_}.html")) for id_ in places(ground.playbook)
    )
    label = t("Once all is kept, these too: ")
    yield from (page.Links(more, line=True, label=label),) if more else ()
