"""What `baodian init --with` writes, step by step: files, the script in a real git repository."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from baodian.cli import commands
from baodian.said.messages import words
from baodian.starting import EXTRAS, HOSTING, start

ROOT = Path(__file__).parent.parent


def init(folder: Path, *extras: str, language: str = "en") -> Result:
    options = [option for extra in extras for option in ("--with", extra)]
    return CliRunner().invoke(commands(words(language)), ["init", *options, str(folder)])


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# --- init -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("extra", EXTRAS)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_new_playbook_gets_it_with_a_guide(extra: str, language: str, tmp_path: Path) -> None:
    plain, more = tmp_path / "plain", tmp_path / "more"
    init(plain, language=language)
    done = init(more, extra, language=language)
    assert done.exit_code == 0
    added = files(more) - files(plain)
    assert added == {*EXTRAS[extra].values(), "hosting/README.md"}
    assert all(name in done.output for name in added)
    assert ("怎么发布" in (more / "hosting/README.md").read_text("utf-8")) == (language != "en")


def test_a_playbook_that_is_there_only_gets_what_it_has_not(tmp_path: Path) -> None:
    init(tmp_path / "p", "nginx")
    (tmp_path / "p" / "playbook_data" / "roles.yml").write_text("# mine\n", encoding="utf-8")
    (tmp_path / "p" / "hosting" / "handbook.sh").write_text("# changed\n", encoding="utf-8")
    before = files(tmp_path / "p")
    done = init(tmp_path / "p", "gitlab", "windows")
    assert done.exit_code == 0
    assert files(tmp_path / "p") - before == {".gitlab-ci.yml", "handbook.cmd"}
    assert (tmp_path / "p" / "playbook_data" / "roles.yml").read_text("utf-8") == "# mine\n"
    assert (tmp_path / "p" / "hosting" / "handbook.sh").read_text("utf-8") == "# changed\n"
    assert "Left as it is: hosting/README.md, hosting/handbook.sh." in done.output
    assert init(tmp_path / "p").exit_code == 2  # without --with it is just no empty folder
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("x", encoding="utf-8")
    assert init(tmp_path / "other", "nginx").exit_code == 2
    assert files(tmp_path / "other") == {"letter.txt"}
    assert init(tmp_path / "new", "jenkins").exit_code == 2


def test_every_file_is_reached_and_the_guides_name_each() -> None:
    used = {name for extra in EXTRAS.values() for name in extra}
    assert {p.name for p in HOSTING.iterdir()} == used | {"README.md", "README.zh-CN.md"}
    for guide in ("README.md", "README.zh-CN.md"):
        text = (HOSTING / guide).read_text(encoding="utf-8")
        assert {f"`{extra}`" for extra in EXTRAS} <= set(re.findall(r"`\w+`", text))
        for to in {to for extra in EXTRAS.values() for to in extra.values()}:
            assert f"`{to}`" in text


# --- the script -----------------------------------------------------------------------------------

GIT = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
       "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], env=os.environ | GIT,
                          check=True, capture_output=True, text=True)  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A company's own repository, in which `.venv` runs the Baodian of this one."""
    folder = tmp_path / "our handbook"
    start(folder, "en", ["script"])
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / ".gitignore").write_text("/.venv/\n/site/\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "start")
    return folder


def script(
    folder: Path, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the script as a host does: from another folder, with hardly any environment."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator"), "BAODIAN_LANG": "en"}
    return subprocess.run(
        ["sh", str(folder / "hosting" / "handbook.sh"), *map(str, arguments)],
        cwd="/", env=env | GIT | environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def test_check_fails_on_a_warning_and_speaks_githubs_language_there(repository: Path) -> None:
    assert script(repository, "check").returncode == 0
    guide = repository / "playbook_data" / "roles.yml"
    guide.write_text(guide.read_text("utf-8") + "nobody: {name: Nobody, does: nothing}\n", "utf-8")
    done = script(repository, "check", GITHUB_ACTIONS="true")
    assert done.returncode == 1
    assert done.stdout.startswith("::")


def test_the_day_is_that_of_the_readers_not_of_the_host(repository: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    spy = repository / ".venv" / "bin" / "python"
    spy.write_text(f'#!/bin/sh\necho "$@" >>"{asked}"\n', encoding="utf-8")
    for zone in ("UTC0", "CST-8", "AAA-24", "AAA+24"):
        script(repository, "check", HANDBOOK_ZONE=zone)
    script(repository, "check")
    days = re.findall(r"--date (\S+)", asked.read_text("utf-8"))
    assert days[4] == days[1]  # China, if nobody says otherwise
    assert days[3] < days[0] < days[2]


def test_a_difference_is_told_by_meaning(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "proposal")
    file = repository / "playbook_data" / "parameters.yml"
    file.write_text(file.read_text("utf-8").replace("default: 40", "default: 30"), "utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "propose")
    done = script(repository, "diff", "main")
    assert done.returncode == 0
    assert "40 kg → 30 kg" in done.stdout
    assert done.stdout.startswith("# ")
    same = script(repository, "diff", "main", "main")
    assert (same.returncode, "→" in same.stdout) == (0, False)
    assert script(repository, "diff", "nowhere").returncode == 2


@pytest.mark.parametrize(("told", "code"), [(0, 0), (1, 0), (2, 2)])
def test_a_difference_is_no_failure_and_one_that_cannot_be_told_is(
    told: int, code: int, repository: Path
) -> None:
    spy = repository / ".venv" / "bin" / "python"
    spy.write_text(f'#!/bin/sh\necho "$@"\nexit {told}\n', encoding="utf-8")
    for arguments, asked in ((("v1",), "v1 HEAD"), (("v1", "v2"), "v1 v2")):
        done = script(repository, "diff", *arguments)
        assert done.returncode == code
        assert re.fullmatch(rf"-m baodian diff --date \S+ --format markdown {asked}\n", done.stdout)


def test_build_and_publish_touch_only_what_changed(repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "srv" / "handbook"
    target.mkdir(parents=True)
    assert script(repository, "publish", target).returncode == 2  # nothing is built yet
    assert script(repository, "build", SOURCE_DATE_EPOCH="1764547200").returncode == 0
    done = script(repository, "publish", target)
    assert (done.returncode, done.stderr) == (0, f"site/ is published to {target}/.\n")
    assert files(target) == files(repository / "site")
    assert "index.html.gz" in files(target)
    for path in target.rglob("*"):
        os.utime(path, (1, 1))
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)

    # A page of prose changes, and one comes and goes, which the first page lists.
    about = repository / "content" / "about.md"
    about.write_text(about.read_text("utf-8") + "\nOne more line.\n", encoding="utf-8")
    shutil.copy(about, repository / "content" / "more.md")
    script(repository, "build", SOURCE_DATE_EPOCH="1764547200")
    script(repository, "publish", f"{target}/")
    assert "more.html" in files(target)
    (repository / "content" / "more.md").unlink()
    script(repository, "build", SOURCE_DATE_EPOCH="1764547200")
    assert script(repository, "publish", target).returncode == 0
    assert files(target) == files(repository / "site")
    changed = {name for name in files(target) if (target / name).stat().st_mtime > 1}
    assert "about.html" in changed
    assert {n for n in changed if n.endswith(".html")} <= {
        "about.html",
        "handbook.html",
        "index.html",
    }


def test_publish_deletes_nothing_that_no_build_wrote(repository: Path, tmp_path: Path) -> None:
    script(repository, "build")
    target = tmp_path / "srv"
    target.mkdir()
    (target / "thesis.docx").write_text("mine", encoding="utf-8")
    done = script(repository, "publish", target)
    assert (done.returncode, files(target)) == (2, {"thesis.docx"})
    assert "thesis.docx" in done.stderr
    (target / "thesis.docx").unlink()
    assert script(repository, "publish", target).returncode == 0
    (target / "scripts" / "letter.txt").write_text("mine", encoding="utf-8")
    (repository / "site" / "index.html").write_text("new", encoding="utf-8")
    assert script(repository, "publish", target).returncode == 2
    assert (target / "scripts" / "letter.txt").exists()
    assert (target / "index.html").read_text("utf-8") != "new"


def test_what_is_missing_is_said(repository: Path, tmp_path: Path) -> None:
    shutil.rmtree(repository / ".venv")
    for arguments, said in (
        (("check",), "handbook.sh install"),
        (("diff",), "OLD [NEW]"),
        (("install",), "baodian-….whl"),
        (("publish",), "where to"),
        (("help",), "sh hosting/handbook.sh all [TARGET]"),
        ((), "sh hosting/handbook.sh all [TARGET]"),
    ):
        done = script(repository, *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert "set -e" not in done.stderr


# --- the workflows --------------------------------------------------------------------------------


def steps(text: str) -> list[str]:
    """Return what a workflow calls the script with, in order."""
    return re.findall(r"^[^#\n]*sh hosting/handbook\.sh (\w+)", text, re.MULTILINE)


def test_both_workflows_do_the_same_steps_in_the_same_order() -> None:
    github = (HOSTING / "github.yml").read_text(encoding="utf-8")
    gitlab = (HOSTING / "gitlab.yml").read_text(encoding="utf-8")
    assert steps(github) == ["install", "check", "diff", "build", "publish"]
    assert steps(gitlab) == ["install", "check", "diff", "build", "install", "publish"]
    known = (HOSTING / "handbook.sh").read_text(encoding="utf-8")
    for step in steps(github):
        assert f"\n  {step}) " in known
    on = yaml.safe_load(github)[True]  # YAML 1.1 takes `on` for one
    assert {"push", "pull_request", "schedule", "workflow_dispatch"} == set(on)
    jobs = yaml.safe_load(github)["jobs"]
    for step in jobs["build"]["steps"]:  # what strangers write never becomes a command
        assert "${{" not in step.get("run", "")
    assert yaml.safe_load(gitlab)["variables"]["GIT_DEPTH"] == "0"
    assert jobs["build"]["steps"][0]["with"]["fetch-depth"] == 0


NEW_ENOUGH = {"checkout": 5, "setup-python": 6, "upload-pages-artifact": 5, "deploy-pages": 5}
"""The first versions of GitHub's own actions that run on Node.js 24: it took Node.js 20 away."""


def test_no_step_of_github_needs_what_github_took_away() -> None:
    used = re.findall(r"uses: (\S+)@v(\d+)", (HOSTING / "github.yml").read_text("utf-8"))
    assert {name for name, _ in used} == {f"actions/{name}" for name in NEW_ENOUGH}
    assert [n for n, major in used if int(major) < NEW_ENOUGH[n.removeprefix("actions/")]] == []


FAKE = """#!/bin/sh
case "$*" in
  "-m pip"*) echo "pip $*" >>"{log}"; exit 0 ;;
  "-m baodian diff"*) echo "# 1 change"; exit 1 ;;
esac
echo "$*" >>"{log}"
exec "{python}" "$@"
"""


@pytest.fixture
def proposed(repository: Path, tmp_path: Path) -> Path:
    """The repository with a proposal; what would need a network only notes that it was asked."""
    start(repository, "en", ["github", "gitlab"])
    (repository / "baodian-0.1.0-py3-none-any.whl").touch()
    python = repository / ".venv" / "bin" / "python"
    python.write_text(FAKE.format(log=tmp_path / "log", python=sys.executable), encoding="utf-8")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(repository, "checkout", "--quiet", "-b", "proposal")
    about = repository / "content" / "about.md"
    about.write_text(about.read_text("utf-8") + "\nOne more line.\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "propose")
    return repository


def happens(step: dict[str, str], event: str, variables: dict[str, str]) -> bool:
    """Say whether GitHub would run a step for an event."""
    known = {
        "github.event_name": event,
        "steps.difference.outcome": "success" if event == "pull_request" else "skipped",
        "github.event.pull_request.head.repo.full_name": "a/b",
        "github.repository": "a/b",
    }
    text = step.get("if", "'' == ''").replace("&&", "and")
    text = re.sub(r"vars\.(\w+)", lambda name: repr(variables.get(name[1], "")), text)
    for name in sorted(known, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w.])", repr(known[name]), text)
    return bool(eval(text))


def in_a_shell(command: str, folder: Path, **environment: str) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator"), "BAODIAN_LANG": "en"}
    subprocess.run(["bash", "-e", "-c", command], cwd=folder, env=env | GIT | environment,
                   check=True, capture_output=True)  # fmt: skip


@pytest.mark.parametrize("event", ["pull_request", "push", "schedule"])
def test_the_steps_of_github_run_one_by_one(event: str, proposed: Path, tmp_path: Path) -> None:
    steps = yaml.safe_load((HOSTING / "github.yml").read_text("utf-8"))["jobs"]["build"]["steps"]
    target = tmp_path / "srv"
    target.mkdir()
    (tmp_path / "gh").write_text('#!/bin/sh\necho "$@" >"$0.asked"\n', encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    ran = [s for s in steps if happens(s, event, {"HANDBOOK_TARGET": str(target)})]
    for step in (s for s in ran if "run" in s):
        in_a_shell(
            step["run"], proposed, GITHUB_ACTIONS="true", GITHUB_BASE_REF="main", NUMBER="7",
            GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"), TARGET=str(target),
            PATH=f"{tmp_path}:{os.environ['PATH']}",
        )  # fmt: skip
    log = (tmp_path / "log").read_text("utf-8")
    assert re.findall(r"pip -m pip install .*", log)[0].endswith(
        "./baodian-0.1.0-py3-none-any.whl brotli"
    )
    assert "check --strict" in log
    assert "build --strict --compress" in log
    proposal = event == "pull_request"
    assert (tmp_path / "summary.md").exists() == proposal
    assert (tmp_path / "gh.asked").exists() == proposal
    assert bool(files(target)) == (not proposal)
    if proposal:
        assert (tmp_path / "summary.md").read_text("utf-8") == "# 1 change\n"
        assert "pr comment 7" in (tmp_path / "gh.asked").read_text("utf-8")


@pytest.mark.parametrize("proposal", [True, False])
def test_the_steps_of_gitlab_run_one_by_one(proposal: bool, proposed: Path, tmp_path: Path) -> None:
    jobs = yaml.safe_load((HOSTING / "gitlab.yml").read_text("utf-8"))
    (tmp_path / "curl").write_text('#!/bin/sh\necho "$@" >"$0.asked"\n', encoding="utf-8")
    (tmp_path / "curl").chmod(0o755)
    base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": git(proposed, "rev-parse", "origin/main")}
    for command in jobs["build"]["script"]:
        in_a_shell(
            command, proposed, **(base if proposal else {}), HANDBOOK_TOKEN="t", CI_API_V4_URL="u",
            CI_PROJECT_ID="1", CI_MERGE_REQUEST_IID="2", PATH=f"{tmp_path}:{os.environ['PATH']}",
        )  # fmt: skip
    assert (proposed / "site" / "index.html").is_file()
    assert (proposed / "difference.md").exists() == proposal
    assert (tmp_path / "curl.asked").exists() == proposal
    if proposal:
        assert "u/projects/1/merge_requests/2/notes" in (tmp_path / "curl.asked").read_text("utf-8")
    in_a_shell(jobs["pages"]["script"][0], proposed)
    assert (proposed / "public" / "index.html").is_file()


def test_nothing_is_published_until_somebody_says_where() -> None:
    jobs = yaml.safe_load((HOSTING / "github.yml").read_text(encoding="utf-8"))["jobs"]
    publishing = [s for s in jobs["build"]["steps"] if "ublish" in s.get("name", "")
                  or "pages" in s.get("uses", "")]  # fmt: skip
    assert len(publishing) == 2
    for job in (jobs["pages"], *publishing):
        assert job["if"].startswith("github.event_name != 'pull_request' && vars.HANDBOOK_")
    lab = yaml.safe_load((HOSTING / "gitlab.yml").read_text(encoding="utf-8"))
    for name in ("pages", "server"):
        (rule,) = lab[name]["rules"]
        assert re.search(r"== \$CI_DEFAULT_BRANCH && \$HANDBOOK_", rule["if"])


# --- Windows --------------------------------------------------------------------------------------


def test_the_windows_starter_is_a_file_that_windows_reads() -> None:
    data = (HOSTING / "handbook.cmd").read_bytes()
    assert data.isascii()
    assert data.count(b"\r\n") == data.count(b"\n") > 30
    text = data.decode()
    assert "%PY% -m baodian %*" in text
    wanted = set(re.findall(r"goto (\w+)", text))
    assert wanted == set(re.findall(r"^:(\w+)\r?$", text, re.MULTILINE))
    assert text.count("(\r\n") == len(re.findall(r"^\s*\)\r$", text, re.MULTILINE))


def test_the_starter_for_python_is_the_same_program(tmp_path: Path) -> None:
    start(tmp_path / "p", "en", ())
    done = subprocess.run(
        [sys.executable, "-m", "baodian", "check", "--project", str(tmp_path / "p")],
        capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator"),
             "BAODIAN_LANG": "en"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "No problems.\n")
