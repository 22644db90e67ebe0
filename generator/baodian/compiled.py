"""Templates as they were compiled, beside what Python compiled: who may write one may the other."""

from __future__ import annotations

import contextlib
import importlib.util
import pickle
import sys
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from baodian.cache import made_by

FOLDER = Path(importlib.util.cache_from_source(__file__)).parent
NAME = "template-"


class _Beside(FileSystemBytecodeCache):
    """Keeps nothing where Python keeps nothing: told not to, or not allowed to."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, TypeError, ValueError, pickle.UnpicklingError):  # not whole
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                _tidied()
                super().dump_bytecode(bucket)


def keep(environment: Environment, name: str) -> None:
    """Let an environment read its templates as they were compiled before, and keep the others.

    What is kept goes by a template's text, by our code and the packages that are installed, and by
    the name: code of ours or of theirs alone may have set the environment's ways of reading.
    """
    # Python's own ending, by which all else knows that it is no source.
    environment.bytecode_cache = _Beside(str(FOLDER), f"{_ours()}-{name}-%s.pyc")


def _ours() -> str:
    return f"{NAME}{made_by()[:16]}"


@cache
def _tidied() -> None:
    """Take away, once in a process, what other code compiled."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in FOLDER.glob(f"{NAME}*"):
        if not file.name.startswith(f"{_ours()}-"):
            file.unlink(missing_ok=True)
