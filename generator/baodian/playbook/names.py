"""A name that stands where an id belongs: which id was meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from baodian import model
from baodian.model.ids import SetterId
from baodian.playbook.slips import Slip
from baodian.said.messages import msg
from baodian.said.problems import Problem


@dataclass(frozen=True)
class Names:
    """The names of everything that could be read."""

    entities: Mapping[str, Mapping[str, model.Entity]]
    settings: model.Settings | None

    def meant(self, slip: Slip) -> Problem:
        """Return the problem of a slip; if a name stands for an id, with the id as its hint."""
        kind, problem = slip
        if problem.code not in ("bad-selector", "bad-id"):
            return problem
        text = str(dict(problem.message.params).get("text", "")).strip()
        if problem.code == "bad-selector":
            choices = self._classes(text.replace("／", "/"))
        else:
            choices = self._ids(text, kind)
        if not choices:
            return problem
        if len(choices) == 1:
            hint = msg("Write its id instead of its name: “{id}”.", id=choices[0])
        else:
            hint = msg("Write an id instead of a name: {ids}.", ids=choices)
        return replace(problem, hint=hint)

    def _classes(self, text: str) -> tuple[str, ...]:
        """Return `scheme/class` of the classes with a name, else of those whose names begin so."""
        scheme_name, _, name = text.rpartition("/")
        exact, alike = [], []
        for scheme in self.entities["scheme"].values():
            if not isinstance(scheme, model.Scheme):
                continue
            if scheme_name not in ("", scheme.id, scheme.name):
                continue
            if (name == "*" and scheme_name) or name == scheme.name:
                exact.append(f"{scheme.id}/*")
            for id_, class_ in scheme.classes.items():
                names = (class_.name, scheme.class_name(id_), *class_.aliases)
                if name in names or (scheme_name and name == id_):
                    exact.append(f"{scheme.id}/{id_}")
                elif len(name) > 1 and class_.name.startswith(name):
                    alike.append(f"{scheme.id}/{id_}")
        return tuple(exact or alike)

    def _ids(self, text: str, kind: str) -> tuple[str, ...]:
        """Return the ids of a kind that a name or a search word stands for, nearest first."""
        sets = kind == SetterId.kind
        entities = self.entities.get("role" if sets else kind, {})
        named = [
            (str(entity.id), (entity.label, *map(str, entity.aliases)))
            for entity in entities.values()
        ]
        if self.settings is not None:
            listed = self.settings.listed(kind)
            named += [(str(id_), (str(name),)) for id_, name in listed.items()]
        if sets:
            named += [(id_, ()) for id_ in model.SETTERS]
        exact = [id_ for id_, names in named if text in names]
        alike = [id_ for id_, names in named if len(text) > 1 and names and text in names[0]]
        return tuple(dict.fromkeys(exact or ([id_ for id_, _ in named] if sets else alike)))
