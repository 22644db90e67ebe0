"""Work that is shared among processes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from baodian import cores


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be four cores."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)))


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("count", [0, 1, cores.FEWEST - 1, cores.FEWEST, 101])
def test_all_is_made_once_in_its_order(count: int, tmp_path: Path) -> None:
    def make(n: int) -> tuple[int, str]:
        (tmp_path / f"{n}").touch(exist_ok=False)
        return os.getpid(), f"<{n}>"

    made = cores.each(make, range(count))
    processes = {process for process, _ in made}
    assert [text for _, text in made] == [f"<{n}>" for n in range(count)]
    assert len(list(tmp_path.iterdir())) == count
    assert len(processes) == (4 if count >= cores.FEWEST else min(count, 1))


@pytest.mark.usefixtures("four")
def test_a_mistake_is_raised_here(tmp_path: Path) -> None:
    def make(n: int) -> int:
        (tmp_path / f"{os.getpid()}").touch()
        if n == 33:
            raise ValueError("33")
        return n

    with pytest.raises(ValueError, match="33"):
        cores.each(make, range(100))
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.usefixtures("four")
def test_beside_other_threads_one_does_it_all() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        made = cores.each(lambda _: os.getpid(), range(100))
    finally:
        done.set()
        thread.join()
    assert set(made) == {os.getpid()}
