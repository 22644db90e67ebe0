"""Problems in their three formats, and progress that is silent where nobody watches."""

import io
import json

import pytest

from baodian.report import report, summary
from baodian.said.messages import msg, words
from baodian.said.problems import At, Problem, Related
from baodian.terminal import Progress

WORDS = words("en")
TWICE = Problem(
    "duplicate-id",
    At("a,b/x.yml", 3, 5),
    msg("“{id}” is there twice: 100%", id="gold"),
    msg("Rename one.\nOr delete it."),
    (Related(At("a,b/w.yml", 1, 2), msg("the first one")),),
)
LONG = Problem("long-line", At("a,b/x.yml", 2), msg("Too long."))


def test_text_is_sorted_and_counted() -> None:
    assert report([TWICE, LONG], WORDS) == (
        "a,b/x.yml:2:1: Too long. [long-line]\n"
        "a,b/x.yml:3:5: “gold” is there twice: 100% [duplicate-id]\n"
        "    Rename one.\n"
        "    Or delete it.\n"
        "    a,b/w.yml:1:2: the first one\n"
        "1 error, 1 warning\n"
    )


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ((), "No problems."),
        ((TWICE,), "1 error"),
        ((TWICE, TWICE), "2 errors"),
        ((LONG, LONG), "2 warnings"),
    ],
)
def test_summary(problems: tuple[Problem, ...], said: str) -> None:
    assert summary(problems, WORDS) == said


def test_json_is_a_list_of_objects() -> None:
    assert report([], WORDS, "json") == "[]\n"
    assert json.loads(report([TWICE], WORDS, "json")) == [
        {
            "file": "a,b/x.yml",
            "line": 3,
            "column": 5,
            "severity": "error",
            "code": "duplicate-id",
            "message": "“gold” is there twice: 100%",
            "hint": "Rename one.\nOr delete it.",
            "related": [{"file": "a,b/w.yml", "line": 1, "column": 2, "message": "the first one"}],
        }
    ]


def test_github_annotations_are_escaped() -> None:
    assert report([TWICE, LONG], WORDS, "github") == (
        "::warning file=a%2Cb/x.yml,line=2,col=1,title=long-line::Too long.\n"
        "::error file=a%2Cb/x.yml,line=3,col=5,title=duplicate-id::"
        "“gold” is there twice: 100%25%0ARename one.%0AOr delete it.\n"
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_goes_away() -> None:
    out = Terminal()
    progress = Progress(out)
    with progress.stage("Writing"):
        progress.step(1, 2)
    clear = "\r\x1b[K"
    assert out.getvalue() == f"{clear}Writing …{clear}Writing … 1/2{clear}"


def test_progress_keeps_what_took_long(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 12.5])
    monkeypatch.setattr("baodian.terminal.time.monotonic", lambda: next(clock))
    out = Terminal()
    with Progress(out).stage("Writing"):
        pass
    assert out.getvalue().endswith("Writing  2.5 s\n")


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_no_progress_when_piped_or_quiet(stream: io.StringIO, quiet: bool) -> None:
    progress = Progress(stream, quiet=quiet)
    with progress.stage("Writing"):
        progress.step(1, 2)
    progress.say("done")
    assert stream.getvalue() == ""


def test_verbose_speaks_even_when_piped() -> None:
    out = io.StringIO()
    with Progress(out, verbose=True).stage("Writing"):
        pass
    assert out.getvalue() == "Writing  0.0 s\n"


def test_one_fault_a_thousand_times_is_told_two_hundred_times_a_file() -> None:
    many = [Problem("tab", At(file, n), msg("x")) for file in ("a", "b") for n in range(1, 1001)]
    few = [Problem("tab", At("c", n), msg("x")) for n in range(1, 201)]
    lines = report((*many, *few), words("en")).splitlines()
    assert sum(line.startswith("a:") for line in lines) == 201
    assert lines[200] == "a:201:1: 800 more problems of this file are not shown. [tab]"
    assert sum(line.startswith("c:") for line in lines) == 200
    assert lines[-1] == "2200 errors"
    assert len(json.loads(report(many, words("en"), "json"))) == 402
    assert report(many, words("en"), "github").count("::error") == 402
