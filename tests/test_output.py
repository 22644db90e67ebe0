"""Where a build may write: what is not ours stays, links and mount points stay what they are."""

import errno
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from small_site import project, small_read

from baodian.build import publish
from baodian.cache import FOLDER
from baodian.publish import ours, stage
from baodian.publish.exchange import exchange
from baodian.said.messages import words
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress

LOCK = stage.LOCK.format(site="site")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built."""
    folder = project(tmp_path_factory.mktemp("once") / "project")
    build(folder)
    return folder


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(once, tmp_path / "project"))


def build(folder: Path) -> None:
    publish(folder, small_read(), words("en"), Progress(quiet=True))


def refused(folder: Path) -> str:
    """Return the sentence with which a build is refused; look that it touched nothing."""
    before = everything(folder.parent)
    with pytest.raises(PlaybookError) as caught:
        build(folder)
    (problem,) = caught.value.problems
    assert problem.code == "foreign-folder"
    assert everything(folder.parent) == before
    return words("en").text(problem.message)


def everything(folder: Path) -> dict[str, bytes | str]:
    """Return every file with its bytes, every link with where it leads, every folder."""
    there: dict[str, bytes | str] = {}
    for place, folders, files in os.walk(folder):
        for name in {*folders, *files} - {LOCK}:
            path = Path(place, name)
            if path.is_symlink():
                there[str(path)] = f"-> {path.readlink()}"
            else:
                there[str(path)] = path.read_bytes() if path.is_file() else "folder"
    return there


def put(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("of somebody else", encoding="utf-8")


@pytest.mark.parametrize("name", ["thesis.docx", "CNAME", ".git/HEAD", "deep/in/index.html"])
def test_a_folder_with_files_of_others_is_refused(folder: Path, name: str) -> None:
    put(folder / "site", name)
    assert refused(folder) == (
        f"“site” holds files that no build wrote, such as {name}; they would be lost."
    )


@pytest.mark.parametrize("name", ["thesis.docx", "CNAME", ".git/HEAD", "scripts/mine.html"])
def test_what_others_put_beside_our_files_is_not_lost(built: Path, name: str) -> None:
    put(built / "site", name)
    assert name in refused(built)
    (built / "site" / name).unlink()
    assert ours.refusal(built / "site", built) is None  # an empty folder is nothing to lose


def test_what_systems_put_into_any_folder_is_no_reason(built: Path) -> None:
    put(built / "site", ".DS_Store")
    put(built / "site", "scripts/Thumbs.db")
    put(built / "site", "lost+found/of the system")
    assert ours.refusal(built / "site", built) is None


def test_an_empty_folder_is_taken(folder: Path) -> None:
    (folder / "site").mkdir()
    build(folder)
    assert (folder / "site" / ours.MARKER).is_file()


def test_a_site_of_an_earlier_version_is_taken_but_not_what_lies_in_it(built: Path) -> None:
    (built / "site" / ours.MARKER).unlink()
    for name in ("robots.txt", "changes.ics", "_headers"):  # none of them wrote these
        (built / "site" / name).unlink()
    (data,) = (built / "site" / "search").glob("1.*.js")  # its name had no digest
    data.rename(data.with_name("1.js"))
    put(built / "site", "form.docx")
    put(built / "content", "form.docx")  # an earlier version published it
    for name in ("CNAME", "letter.docx", ".git/HEAD"):
        put(built / "site", name)
        assert name in refused(built)
        (built / "site" / name).unlink()
    assert ours.refusal(built / "site", built) is None


@pytest.mark.parametrize("target", [".", "..", "/", "playbook_data", "content", "content/new"])
def test_the_playbook_itself_is_refused(folder: Path, target: str) -> None:
    (folder / "site").symlink_to(target, target_is_directory=True)
    assert "would delete the playbook" in refused(folder)


def test_an_empty_source_folder_is_refused_too(folder: Path) -> None:
    for name in (".git", "content"):
        (folder / name).mkdir(exist_ok=True)
        (folder / "site").unlink(missing_ok=True)
        (folder / "site").symlink_to(folder / name, target_is_directory=True)
        assert "would delete the playbook" in refused(folder)


@pytest.mark.parametrize("target", ["site", "gone/away", "mkdocs.yml"])
def test_a_link_that_leads_to_no_folder_is_refused(folder: Path, target: str) -> None:
    (folder / "site").symlink_to(target)
    assert "is no folder" in refused(folder)


def test_a_file_in_the_place_of_the_folder_is_refused(folder: Path) -> None:
    put(folder, "site")
    assert "is no folder" in refused(folder)


def test_a_link_to_a_folder_that_can_be_made_is_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "site").symlink_to(tmp_path / "www", target_is_directory=True)
    build(folder)
    build(folder)
    assert (tmp_path / "www" / "index.html").is_file()
    assert (folder / "site").is_symlink()
    hidden = {p for p in tmp_path.rglob(".*") if FOLDER not in p.parts}
    assert not [p for p in hidden if p.name not in (ours.MARKER, LOCK)]


def test_a_web_root_with_files_of_others_is_refused(folder: Path, tmp_path: Path) -> None:
    put(tmp_path / "www", "shop/index.html")
    (folder / "site").symlink_to(tmp_path / "www", target_is_directory=True)
    assert "shop/index.html" in refused(folder)


def test_a_web_root_keeps_its_folder_and_what_the_new_site_has_not_goes(
    folder: Path, tmp_path: Path
) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (folder / "site").symlink_to(www, target_is_directory=True)
    (folder / "content" / "stale.md").write_text("# 旧的\n", encoding="utf-8")
    build(folder)
    number = www.stat().st_ino
    (folder / "content" / "stale.md").unlink()
    build(folder)
    assert www.stat().st_ino == number
    assert not (www / "stale.html").exists()
    assert ours.marked(www) == frozenset(ours._files(www)) - {ours.MARKER}


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_mount_point_that_only_shows_when_it_is_moved(
    built: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def no(*_: object) -> bool:
        raise OSError(number, os.strerror(number))

    inode = (built / "site").stat().st_ino
    monkeypatch.setattr(stage, "exchange", no)
    build(built)
    assert (built / "site").stat().st_ino == inode
    assert stage.leftovers(built / "site") == ()


MOUNTS = (["mount", "-t", "tmpfs", "none"], ["mount", "--bind", "../bound"])


@pytest.mark.parametrize("mount", MOUNTS, ids=["another file system", "the same file system"])
def test_a_real_mount_point_is_written_into(folder: Path, mount: list[str]) -> None:
    """Where mounting is allowed; elsewhere the same without it, as an ordinary folder."""
    site = folder / "site"
    site.mkdir()
    (folder.parent / "bound").mkdir()
    mounted = bool(shutil.which("mount")) and (
        subprocess.run([*mount, "site"], cwd=folder, check=False, capture_output=True).returncode
        == 0
    )
    try:
        build(folder)
        build(folder)
        assert (site / "index.html").is_file()
        assert stage.leftovers(site) == ()
        assert refused_inside(folder)
    finally:
        if mounted:
            subprocess.run(["umount", str(site)], check=True)
    assert (site / "index.html").exists() is not mounted


def refused_inside(folder: Path) -> bool:
    put(folder / "site", "CNAME")
    try:
        build(folder)
    except PlaybookError:
        (folder / "site" / "CNAME").unlink()
        return True
    return False


def test_two_folders_change_places_at_once_where_the_system_can(tmp_path: Path) -> None:
    for name in ("one", "other"):
        put(tmp_path / name, f"{name}.txt")
    changed = exchange(tmp_path / "one", tmp_path / "other")
    assert changed is (os.uname().sysname in ("Linux", "Darwin"))
    assert (tmp_path / "other" / "one.txt").exists() is changed
    with pytest.raises(OSError, match=r"No such file"):
        exchange(tmp_path / "one", tmp_path / "gone")


def test_any_web_server_may_read_what_is_built(folder: Path) -> None:
    (folder / "content" / "form.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "content" / "form.svg").chmod(0o600)
    before = os.umask(0o077)
    try:
        build(folder)
    finally:
        os.umask(before)
    for path in (folder / "site", *(folder / "site").rglob("*")):
        wanted = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) & wanted == wanted, path


def test_the_list_is_the_files_and_is_in_no_copy(built: Path) -> None:
    site = built / "site"
    there = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    assert ours.marked(site) == there - {ours.MARKER}
    assert f'"{ours.MARKER}"' not in (site / "offline.json").read_text(encoding="utf-8")
