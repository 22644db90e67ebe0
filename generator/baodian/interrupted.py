"""A signal that ends a command → one exception, so that everything is cleaned up on its way out."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupted(BaseException):
    """Somebody wants the command to end. `signal` is the number; nothing but `main` catches it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.signal = number


def listen() -> None:
    """From now on raise `Interrupted` at the first signal, and let none disturb the cleaning up.

    A signal that whoever started the command has switched off (`nohup`) stays so.
    """
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def end(interrupted: Interrupted) -> NoReturn:
    """End the process as shells expect it: 128 and the number of the signal."""
    sys.exit(128 + interrupted.signal)


def _end(number: int, _: FrameType | None) -> NoReturn:
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Interrupted(number)
