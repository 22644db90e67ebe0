"""The schemas for editors: they take what is good and refuse what has the wrong form."""

from __future__ import annotations

import json
import re
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from found import problems_of
from outlines import LAYERS, lay
from test_cases import CASES, TODAY, laid

from baodian import source
from baodian.cli import main
from baodian.model import kinds
from baodian.said.messages import words
from baodian.schema import Place, files, places
from baodian.schema.texts import words as said_by_the_models
from baodian.source import Mapping, Scalar, Sequence
from baodian.starting import STARTER, STARTER_EN

ROOT = Path(__file__).parents[1]
PLACES = places(words("en"))
CHECKERS = {place.name: jsonschema.Draft7Validator(place.schema) for place in PLACES}


def core(node: Any) -> Any:
    """Return a tree as an editor reads it, by the core types of YAML 1.2."""
    if isinstance(node, Mapping):
        return {str(key): core(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [core(value) for value in node]
    assert isinstance(node, Scalar)
    text = str(node)
    if node.style != "plain":
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch("[-+]?[0-9]{1,4000}", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def place_of(file: str) -> Place | None:
    """Return the place of a file: a sign of a pattern never stands for a slash."""
    found = [p for p in PLACES for glob in p.globs
             if fnmatch(file, glob) and file.count("/") == glob.count("/")]  # fmt: skip
    assert len(found) <= 1, f"{file} has several schemas"
    return found[0] if found else None


def refused(project: Path, file: str) -> list[str] | None:
    """Return what a schema says against a file; None if nothing is there that one could read."""
    place, path = place_of(file), project / file
    if place is None or not path.is_file():
        return None
    tree, _ = source.read(path.read_bytes(), file)
    return None if tree is None else [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in CHECKERS[place.name].iter_errors(core(tree))
    ]  # fmt: skip


def data_of(project: Path) -> list[str]:
    return sorted(p.relative_to(project).as_posix()
                  for p in (project / "playbook_data").rglob("*.yml"))  # fmt: skip


# --- what is good is taken ------------------------------------------------------------------------


@pytest.mark.parametrize("project", [ROOT, STARTER, STARTER_EN], ids=["shipped", "zh", "en"])
def test_every_shipped_file_fits_its_schema(project: Path) -> None:
    found = data_of(project)
    assert len(found) > 15
    assert {file: wrong for file in found if (wrong := refused(project, file)) != []} == {}


@pytest.mark.parametrize("name", LAYERS)
def test_the_playbooks_of_the_tests_fit(name: str, tmp_path: Path) -> None:
    project = lay(name, tmp_path / name)
    wrong = {file: refused(project, file) for file in data_of(project)}
    assert {file: said for file, said in wrong.items() if said} == {}


GOOD = sorted(n for n, case in CASES.items() if case["expect"] == "No problems.\n")


@pytest.mark.parametrize("name", GOOD)
def test_what_check_takes_the_schemas_take(name: str, tmp_path: Path) -> None:
    project = laid(CASES[name], tmp_path / "project")
    wrong = {file: refused(project, file) for file in data_of(project)}
    assert {file: said for file, said in wrong.items() if said} == {}


# --- what has the wrong form is refused -----------------------------------------------------------

FORM = {
    "unknown-key", "wrong-type", "wrong-choice", "missing-key", "empty-text", "bad-id", "bad-date",
    "bad-quantity", "bad-selector", "bad-reference", "bad-number", "bad-frequency", "bad-telephone",
}  # fmt: skip
KEYS = "Which keys go together is a check, not a form."
CALENDAR = "What days a calendar has is no pattern."
IN_TEXT = "It stands inside a text."
SENSE = "The form is right; what it says cannot be."
NOT_REFUSED = {
    ("bad-date", "bad-date"): CALENDAR,
    ("date-of-a-holiday", "bad-date"): CALENDAR,
    ("layer-dates", "bad-date"): CALENDAR,
    ("aliases-without-unit", "missing-key"): KEYS,
    ("ledger", "missing-key"): KEYS,
    ("list-without-items", "missing-key"): KEYS,
    ("message-with-answers", "unknown-key"): KEYS,
    ("message-with-answers", "missing-key"): KEYS,
    ("rhythm-never", "missing-key"): KEYS,
    ("rule-missing", "missing-key"): KEYS,
    ("talk-without-close", "missing-key"): KEYS,
    ("wide-keys-and-ids", "bad-reference"): IN_TEXT,
    ("frequency-impossible", "bad-frequency"): SENSE,
    ("review-dates", "bad-quantity"): SENSE,
    ("example-form", "bad-number"): "The dimension says whether it is a number.",
    ("bad-telephone", "bad-telephone"): "What can be dialled is no pattern.",
}


def slips(name: str, project: Path) -> set[tuple[str, str]]:
    """Return (file, code) of each slip of form in a file that stands there as it will be read."""
    found = {(p.at.file, p.code) for p in problems_of(project, CASES[name].get("date", TODAY))
             if p.code in FORM and not p.since and not p.city}  # fmt: skip
    return {(file, code) for file, code in found if refused(project, file) is not None}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_slip_of_form_is_refused(name: str, tmp_path: Path) -> None:
    project = laid(CASES[name], tmp_path / "project")
    let = {(name, code) for file, code in slips(name, project) if not refused(project, file)}
    assert let == {known for known in NOT_REFUSED if known[0] == name}


# --- what is there --------------------------------------------------------------------------------


def test_the_repository_has_the_schemas_as_they_are_now() -> None:
    folder = ROOT / ".vscode"
    there = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8")
             for p in folder.rglob("*.json")}  # fmt: skip
    assert there == dict(files(words("zh-CN"))), "run `baodian schema --lang zh-CN`"


def ran(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["baodian", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_new_handbook_has_them_in_its_language(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(monkeypatch, "init", "--lang", language, str(tmp_path / "new"))
    for name, text in files(words(language)).items():
        assert (tmp_path / "new" / name).read_text(encoding="utf-8") == text
    found = json.loads((tmp_path / "new/.vscode/settings.json").read_text(encoding="utf-8"))
    for schema, globs in found["yaml.schemas"].items():
        assert (tmp_path / "new" / schema).is_file()
        assert all(glob.startswith("playbook_data/") for glob in globs)
    globs = {glob for some in found["yaml.schemas"].values() for glob in some}
    assert all(any(fnmatch(file, g) for g in globs) for file in data_of(tmp_path / "new"))
    assert problems_of(tmp_path / "new", TODAY) == ()


def test_settings_of_somebody_else_are_left_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(STARTER, tmp_path / "p")
    settings = tmp_path / "p/.vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text('{"editor.fontSize": 20} // mine\n', encoding="utf-8")
    old = tmp_path / "p/.vscode/baodian/script.json"
    old.parent.mkdir()
    old.write_text("{}", encoding="utf-8")
    ran(monkeypatch, "schema", "--lang", "en", "--project", str(tmp_path / "p"))
    assert settings.read_text(encoding="utf-8") == '{"editor.fontSize": 20} // mine\n'
    assert ".vscode/settings.json is yours" in capfd.readouterr().err
    assert len(old.read_text(encoding="utf-8")) > 1000
    settings.unlink()
    ran(monkeypatch, "schema", "--lang", "en", "--project", str(tmp_path / "p"))
    assert "yaml.schemas" in settings.read_text(encoding="utf-8")
    ran(monkeypatch, "schema", "--lang", "en", "--project", str(tmp_path / "p"))
    assert capfd.readouterr().err == ""


def test_each_place_has_one() -> None:
    globs = {glob for place in PLACES for glob in place.globs}
    for place, kind in kinds.places().items():
        wanted = place.replace("…", "*") + ("*.yml" if place.endswith("/") else "")
        assert f"playbook_data/{wanted}" in globs, kind.name
    for place in PLACES:
        jsonschema.Draft7Validator.check_schema(place.schema)


def properties(schema: Any) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        return [found for one in schema for found in properties(one)]
    if not isinstance(schema, dict):
        return []
    own = schema.get("properties")
    here = list(own.items()) if isinstance(own, dict) and "type" in schema else []
    return here + [found for one in schema.values() for found in properties(one)]


def test_each_key_says_in_chinese_what_it_is() -> None:
    assert len(said_by_the_models()) > 350
    for place in places(words("zh-CN")):
        found = properties(place.schema)
        for key, schema in found:
            said = schema.get("description", schema.get("title", ""))
            assert re.search("[\u4e00-\u9fff]", said) or key == "group", (place.name, key, schema)
            assert not re.search("[a-z]{3,} [a-z]{2,} [a-z]{2,}", said), said
    english = next(p for p in PLACES if p.name == "script").schema["definitions"]["Script"]
    assert english["properties"]["goal"]["title"] == "What is reached when it goes well"


def test_what_they_offer_is_what_the_models_take() -> None:
    script = next(p for p in PLACES if p.name == "script").schema
    of = script["definitions"]["Script"]
    assert of["properties"]["form"]["enum"] == ["talk", "message", "letter"]
    assert of["additionalProperties"] is False
    assert {"id", "title", "group", "form", "for"} == set(of["required"])
    assert "examples" in script["definitions"]["Selector"]
    checker = CHECKERS["rhythm"]
    good = {"a": {"kind": "contact", "who": "rep", "what": "x", "whom": "tier/gold"}}
    assert checker.is_valid({"a": {**good["a"], "each": "每月至少 2 次"}})
    assert checker.is_valid({"a": {**good["a"], "who": ["rep", "boss"], "each": "每月两次"}})
    assert not checker.is_valid({"a": {**good["a"], "each": "一个月两次"}})
    assert not checker.is_valid({"a": {**good["a"], "id": "a", "each": "每月"}})


def test_a_change_may_leave_out_keys_and_take_them_away_and_a_city_says_why() -> None:
    change, city = CHECKERS["change"], CHECKERS["overlay"]
    head = {"id": "a", "title": "a", "effective_from": "2027-01-01", "why": "a"}
    step = {"rhythm:call": {"each": "每月至少 2 次", "why": None}}
    assert change.is_valid({**head, "change": step})
    assert not change.is_valid({**head, "change": {"rhythm:call": {"eech": "每月"}}})
    assert not change.is_valid({**head, "change": {"rythm:call": {"each": "每月"}}})
    assert change.is_valid({**head, "change": {"matrix:sales#gold.travel": {"stopped": "a"}}})
    new = {"scheme:a": {"examples": {"b": {"is": "c"}}, "effective_until": "2027-02-01"}}
    assert change.is_valid({**head, "change": new})
    assert not change.is_valid({**head, "add": {"term:a": {"name": "a"}}})
    assert change.is_valid({**head, "add": {"term:a": {"name": "a", "definition": "b"}}})
    assert change.is_valid({**head, "withdraw": {"term:a": {"why": "b"}}})
    here = {"id": "a", "name": "a", "kind": "city"}
    assert not city.is_valid({**here, "change": {"param:a": {"default": 3}}})
    assert city.is_valid({**here, "change": {"param:a": {"default": 3, "why": "a"}}})
