"""Which packages come along or help to make it: licence, age, and what they are for.

`make licences` runs it. The licences stand in what is installed; when a version was published the
index knows, which `uv` asks. Ends with 1 if a licence is not one of `FREE`: somebody must read it.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
READERS = "requirements.lock"  # what runs, and what builds a wheel
TESTS = "requirements-test.lock"  # what only contributors install
OLD = 730  # days
ELSEWHERE = "not installed here"
# As SPDX writes them. MPL-2.0 asks to publish changes to its own files, the others for a notice.
FREE = frozenset(
    (
        "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT",
        "MIT-0", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
    )
)  # fmt: skip
# What older metadata says in words of its own.
SPOKEN = {
    "apache 2.0": "Apache-2.0", "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0", "apache license, version 2.0": "Apache-2.0",
    "bsd license": "BSD", "bsd": "BSD", "bsd 3-clause": "BSD-3-Clause",
    "isc license (iscl)": "ISC", "mit license": "MIT", "mpl 2.0": "MPL-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "psf": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}  # fmt: skip
READ = {"axe-playwright-python": "MIT AND MPL-2.0"}
"""Licences that were read in the packages themselves, because their metadata does not tell."""


def locked(text: str) -> dict[str, str]:
    """Return the names and versions that a lock file holds."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))


def licence(about: Mapping[str, str | list[str]]) -> str:
    """Return the licence that metadata tells, as SPDX writes it if that is known; "" if none."""
    told = str(about.get("license_expression") or "")
    if not told:
        listed = [c for c in about.get("classifier", ()) if c.startswith("License ::")]
        classifiers = [c.rpartition(" :: ")[2] for c in listed]
        said = str(about.get("license") or "").strip()
        short = said if said and "\n" not in said and len(said) < 60 else ""
        spoken = [SPOKEN.get(words.lower(), words) for words in (short, *classifiers) if words]
        told = min(spoken, key=lambda one: (one not in FREE, spoken.index(one)), default="")
    return told


def free(told: str) -> bool:
    """Say whether a licence, or each that must be kept, is one of `FREE`: A OR B, A AND B."""
    return all(
        any(one.strip(" ()") in FREE for one in part.split(" OR "))
        for part in re.split(r"\s+AND\s+", told)
    )


def published(folder: Path) -> dict[str, datetime.date]:
    """Return when each locked version was published; empty if `uv` or the index is not there."""
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    if not Path(uv).exists():
        return {}
    made = folder / "pylock.toml"
    command = [uv, "pip", "compile", "--quiet", "pyproject.toml", "--all-extras", "--group",
               "build", "--group", "test", "--universal", "--python-version", "3.11", "--format",
               "pylock.toml", "-c", READERS, "-c", TESTS, "-o", str(made)]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        click.echo(done.stderr, err=True)
        return {}
    found = {}
    for package in tomllib.loads(made.read_text(encoding="utf-8"))["packages"]:
        files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
        days = [file["upload-time"].date() for file in files if "upload-time" in file]
        if days:
            found[f"{package['name']}=={package['version']}"] = min(days)
    return found


def main() -> int:
    """Print a table, oldest first, and what somebody should look at."""
    readers = locked((ROOT / READERS).read_text(encoding="utf-8"))
    tests = locked((ROOT / TESTS).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        days = published(Path(folder))
    today, rows = datetime.date.today(), []
    for name, version in {**tests, **readers}.items():
        try:
            told = READ.get(name) or licence(metadata.metadata(name).json) or "not told"
        except metadata.PackageNotFoundError:  # one for another system
            told = ELSEWHERE
        day = days.get(f"{name}=={version}")
        what = "readers" if name in readers else "tests"
        rows.append((day or datetime.date.max, name, version, what, told))
    click.echo(f"{'package':28}{'version':16}{'published':12}{'days':>6}  {'for':9}licence")
    for day, name, version, what, told in sorted(rows):
        when = ("?", "?") if day == datetime.date.max else (day.isoformat(), (today - day).days)
        click.echo(f"{name:28}{version:16}{when[0]:12}{when[1]:>6}  {what:9}{told}")
    old = sum((today - day).days > OLD for day, *_ in rows)
    click.echo(f"\n{len(rows)} packages; {old} of these versions are older than {OLD} days.")
    if not days:
        click.echo("When they were published is not known: that needs uv and the package index.")
    strange = [row for row in rows if row[-1] != ELSEWHERE and not free(row[-1])]
    for _, name, version, _, told in strange:
        click.echo(f"{name} {version}: “{told}” is not one of the known free licences.", err=True)
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
