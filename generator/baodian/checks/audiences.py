"""What each audience may see exists, and nothing that it sees refers to what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from baodian.checks.walk import meant
from baodian.model import kinds
from baodian.playbook import Playbook
from baodian.playbook.audience import CONTENT, named_in_vain, restricted
from baodian.said.messages import msg
from baodian.said.problems import Problem, Related


def named(playbook: Playbook) -> Iterator[Problem]:
    """What an audience may see exists: kinds, files of content/; single ids it can see indeed.

    Right: `kinds: [script]`. Wrong: `kinds: [scripts]`, or an audience that is to see nothing.
    """
    words = tuple(word for word in kinds.words() if word != "slot")  # they come with their texts
    files = tuple(
        file.removeprefix(CONTENT)
        for file in (*(name for name, _ in playbook.content), *playbook.beside)
    )
    for id_, audience in playbook.settings.audiences.items():
        for kind in audience.kinds:
            if kind not in words:
                message = msg("There is no kind “{kind}”.", kind=str(kind))
                yield Problem(
                    "wrong-choice", kind.at, message, meant(kinds.meant(kind, words) or kind, words)
                )
        for file in audience.content:
            if str(file) not in files:
                message = msg("There is no file “{file}” in content/.", file=str(file))
                yield Problem("unknown-reference", file.at, message, meant(str(file), files))
        for ref, why in named_in_vain(playbook, audience):
            message = msg("“{ref}” is named for “{audience}”, but it is written for others.",
                          ref=ref.entity, audience=str(id_))  # fmt: skip
            hint = msg("Name one of its roles under “roles” here, or take it out.")
            if why != ref.entity:
                message = msg("“{ref}” is named for “{audience}”, but “{why}” is not.",
                              ref=ref.entity, audience=str(id_), why=why)  # fmt: skip
                hint = msg("Name “{why}” too, or take it out.", why=why)
            yield Problem("not-for-audience", ref.at, message, hint)
        if not (audience.kinds or audience.ids or audience.roles):
            message = msg("“{audience}” would see nothing.", audience=str(id_))
            hint = msg("Name under “kinds”, “ids” or “roles” what it may see.")
            yield Problem("too-few", id_.at, message, hint)


def references(playbook: Playbook) -> Iterator[Problem]:
    """What an audience sees names nothing that it does not see.

    Lists that only lead on are shown without it. Right: `see: guide:internal`.
    Wrong: a text with 【guide:internal】, or `script: internal`.
    """
    for id_, audience in playbook.settings.audiences.items():
        for use in restricted(playbook, str(id_)).dangling():
            message = msg("“{by}” is in this edition, but it names “{to}”, which is left out.",
                          by=use.by, to=use.to)  # fmt: skip
            hint = msg("Let “{audience}” see “{ref}” too, leave out “{by}”, or name it no more.",
                       audience=str(id_), by=use.by, ref=use.entity)  # fmt: skip
            related = (Related(id_.at, msg("What it may see stands here.")),)
            name = str(audience.name)
            yield Problem("not-for-audience", use.at, message, hint, related, audience=name)
