"""Sample numbers and addresses: told before they are published, unless they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from baodian.checks.walk import pages, values
from baodian.model import Param
from baodian.model.fields import Name, Prose
from baodian.model.telephones import Telephone
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import At, Problem
from baodian.text import samples

SETTINGS = "mkdocs.yml"


def in_texts(playbook: Playbook) -> Iterator[Problem]:
    """No number or address that leads to nobody is published, but those that are meant.

    Right: a real number; `samples: {400-123-4567: …}` in playbook.yml. Wrong: `tel: 400-123-4567`.
    """
    settings = playbook.settings
    if settings.company in settings.samples:
        return
    meant = {_bare(sample) for sample in settings.samples}
    for at, sample in _found(playbook):
        if _bare(sample) not in meant:
            message = msg("“{sample}” is a sample; it leads to nobody.", sample=sample)
            hint = msg("Write the real one. If it is meant, name it and why under “samples” in "
                       "playbook.yml.")  # fmt: skip
            yield Problem("placeholder", at, message, hint)


def unneeded(playbook: Playbook) -> Iterator[Problem]:
    """What is named as meant stands somewhere.

    Right: `samples: {400-123-4567: …}` while that number stands in a text, or the company's name.
    """
    settings = playbook.settings
    named = {_bare(sample): sample for sample in settings.samples if sample != settings.company}
    found = playbook.once(_all) if named else frozenset()
    for bare in named.keys() - found:
        sample = named[bare]
        message = msg("No sample “{sample}” stands anywhere.", sample=str(sample))
        hint = msg("Remove it. To mean all samples, name the invented “company” here as it stands.")
        yield Problem("unneeded-reason", sample.at, message, hint)


def in_settings(text: str) -> Iterator[Problem]:
    """Yield the addresses of nobody that stand in `mkdocs.yml`."""
    try:
        scalars = [
            (event.value, At(SETTINGS, mark.line + 1, mark.column + 1))
            for event in yaml.parse(text, Loader=yaml.CSafeLoader)
            if isinstance(event, yaml.ScalarEvent) and (mark := event.start_mark)
        ]
    except (yaml.YAMLError, ValueError):  # whoever reads the settings says so
        return
    for value, at in scalars:
        for _, sample in samples.addresses(value):
            message = msg("“{sample}” is a sample; it leads to nobody.", sample=sample)
            hint = msg("Write your own address, or put “# ” before the line until there is one.")
            yield Problem("placeholder", at, message, hint)


def _all(playbook: Playbook) -> frozenset[str]:
    return frozenset(_bare(sample) for _, sample in _found(playbook))


def _found(playbook: Playbook) -> Iterator[tuple[At, str]]:
    """Yield every sample of the data and of the hand-written pages, but what is named as one.

    Code on a page counts too: it is shown as it stands.
    """
    for record, path, value in values(playbook):
        called = isinstance(record, Param) and record.type == "phone" and path[-1] == "default"
        if called or isinstance(value, Telephone):
            yield from ((value.where(n), s) for n, s in samples.numbers(value, telephone=True))
        elif isinstance(value, (Name, Prose)) and "samples" not in path:
            yield from ((value.where(n), sample) for n, sample in _in(str(value)))
    for file, text in pages(playbook):
        for number, line in enumerate(text.splitlines(), 1):
            yield from ((At(file, number, n + 1), sample) for n, sample in _in(line))


def _in(text: str) -> Iterator[tuple[int, str]]:
    yield from samples.addresses(text)
    yield from samples.numbers(text)


def _bare(sample: str) -> str:
    return re.sub(r"[\s()-]", "", sample).lower()
