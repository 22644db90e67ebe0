"""The wheel holds all that another company needs: words, templates, theme and starter."""

import gettext
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it, as an install would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("baodian-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_its_catalogue_speaks_chinese(unpacked: Path) -> None:
    catalogue = gettext.translation("baodian", unpacked / "baodian" / "locale", languages=["zh_CN"])
    assert catalogue.gettext("No problems.") not in ("", "No problems.")


def test_it_starts_and_builds_a_playbook_by_itself(unpacked: Path, tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}

    def baodian(*arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "baodian", *arguments], check=True, env=env, cwd=tmp_path
        )

    where = "import baodian; print(baodian.__file__)"
    used = subprocess.run(
        [sys.executable, "-c", where],
        check=True,
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert used.stdout.startswith(str(unpacked))
    baodian("init", "new")
    baodian("check", "--strict", "--project", "new")
    baodian("build", "--strict", "--project", "new")
    assert (tmp_path / "new" / "site" / "index.html").is_file()
