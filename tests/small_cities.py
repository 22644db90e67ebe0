"""The small playbook with a change to come and a city, for the tests of cities."""

import shutil
from pathlib import Path

SMALL = Path(__file__).parent / "small_playbook"


def with_city(project: Path, change: str, city: str) -> Path:
    """Lay the small playbook, of which a city may say one value and one list otherwise."""
    shutil.copytree(SMALL, project)
    data = project / "playbook_data"
    parameters = (data / "parameters.yml").read_text(encoding="utf-8")
    parameters = parameters.replace("default: 15", "set_by: [city], default: 15")
    (data / "parameters.yml").write_text(parameters, encoding="utf-8")
    leave = (data / "checklists" / "leave.yml").read_text(encoding="utf-8")
    (data / "checklists" / "leave.yml").write_text(f"{leave}set_by: [city]\n", encoding="utf-8")
    for name, text in (("changes/2027-01", change), ("overlays/north", city)):
        (data / name).parent.mkdir()
        (data / f"{name}.yml").write_text(text, encoding="utf-8")
    return project
